"""门户的地址；a public address never changes."""

from __future__ import annotations

from django.urls import path

from gongkai.portal import home, maps, organs, search, words

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("search/feed.rss", search.feed, {"form": "rss"}, name="search_feed"),
    path("search/feed.atom", search.feed, {"form": "atom"}, name="search_feed"),
    path("organs/", organs.organs, name="organs"),
    path("organs/<int:pk>/", organs.organ, name="organ"),
    path("apply/", words.apply, name="apply"),
    path("contact/", words.contact, name="contact"),
    path("accessibility/", words.accessibility, name="accessibility"),
    path("sitemap/", maps.sitemap, name="sitemap"),
    path("sitemap.xml", maps.index_xml, name="sitemap_xml"),
    path("sitemap-<slug:part>.xml", maps.part_xml, name="sitemap_part"),
    path("robots.txt", maps.robots, name="robots"),
]
