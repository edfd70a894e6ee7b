"""站点命令：what `gongkai` can do when the site is installed; a door, like the pages.

`gongkai` finds these by name through the entry-point group ``gongkai.commands``. Each module has
``add(commands)``, which must stay cheap, and ``run(args)``, which may import Django.
"""

from __future__ import annotations

import os


def start() -> None:
    """Make Django ready, with the settings of the environment."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings")
    django.setup()
