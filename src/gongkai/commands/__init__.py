"""站点命令：what `gongkai` can do when the site is installed; a door, like the pages.

`gongkai` finds these by name through the entry-point group ``gongkai.commands``. Each module has
``add(commands)``, which must stay cheap, and ``run(args)``, which may import Django.
"""

from __future__ import annotations

import os

from gongkai.errors import NotInstalled


def start() -> None:
    """Make Django ready, with the settings of the environment.

    Raises NotInstalled when only the pure part of the house is here.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings")
    try:
        import django

        django.setup()
    except ModuleNotFoundError as problem:
        if (problem.name or "").startswith("gongkai"):
            raise
        raise NotInstalled(
            f"网站部分没有装全（缺少 {problem.name}），请执行：pip install 'gongkai[site]'"
        ) from problem
