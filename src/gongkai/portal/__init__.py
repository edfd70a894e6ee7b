"""门户：the door for the public: home, search, organs, the maps of the site, what it promises."""
