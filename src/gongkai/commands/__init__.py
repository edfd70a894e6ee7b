"""站点命令：what `gongkai` can do when the site is installed; a door, like the pages.

`gongkai` finds these by name through the entry-point group ``gongkai.commands``. Each module has
``add(commands)``, which must stay cheap, and ``run(args)``, which may import Django. Those of
``gongkai.commands.report`` stand under `gongkai report`, beside what needs no site.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from gongkai.errors import BadInput, NotInstalled, Unreadable

if TYPE_CHECKING:
    from gongkai.organs.models import Organ


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


def organ_named(name: str) -> Organ:
    """机关：by its full or short name or its code.

    Raises BadInput for one that is not there, with those whose names are like it; Unreadable
    where the database is not, or has no tables yet.
    """
    from django.db import DatabaseError
    from django.db.models import Q
    from django.db.models.functions import Length

    from gongkai.organs.models import Organ

    try:
        organ = Organ.objects.filter(Q(name=name) | Q(short_name=name) | Q(code=name)).first()
    except DatabaseError as problem:
        raise Unreadable(
            "数据库打不开，或者还没有建表，请先执行：gongkai manage migrate"
        ) from problem
    if organ is None:
        like = Organ.objects.filter(name__contains=name.strip()).order_by(Length("name"), "path")
        named = [f"“{one}”" for one in like[:3] if name.strip()]
        also = f"名称相近的有{'、'.join(named)}。" if named else "请核对全称。"
        raise BadInput(f"没有“{name}”这个机关，{also}")
    return organ
