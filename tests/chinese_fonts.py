"""Tests that set a PDF need Chinese fonts, which a bare system lacks; HTML and Word need none."""

import pytest

from gongkai.errors import NotInstalled
from gongkai.paper.fonts import Style, system_fonts


def _missing() -> str:
    try:
        system_fonts().stack(Style.BODY)
    except NotInstalled as missing:
        return str(missing)
    return ""


needs_fonts = pytest.mark.skipif(bool(_missing()), reason=_missing())
#: The format to parametrise with.
PDF = pytest.param("pdf", marks=needs_fonts)
