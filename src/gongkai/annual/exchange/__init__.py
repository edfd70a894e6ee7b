"""交换格式：a report as a JSON object, and back, losing nothing.

::

    {
      "organ": "淮安市人民政府", "year": 2024, "format": "2021",
      "title": "…", "header": {"preamble": […], "period": ["2024-01-01", "2024-12-31"], …},
      "tables": {"表二 主动公开政府信息情况": {"规章": {"本年制发件数": 1, …}, …}, …},
      "undeterminable": [{"table": …, "row": …, "column": …, "reason": …}],
      "absent": {"表二 主动公开政府信息情况": "原文没有这张表"},
      "cells": [{"table": …, "row": …, "column": …, "value": 1, "place": …, "quote": "1"}],
      "parts": [{"number": 1, "heading": "总体情况", "paragraphs": […]}],
      "remarks": [{"code": …, "message": …, "cell": null, "quote": ""}],
      "source": "szfgs2024.pdf"
    }

In ``tables`` a figure is a JSON number, a blank cell ``null``, an undeterminable cell the
string ``"?"`` (its reason stands in ``undeterminable``), an absent table ``null`` (its
reason stands in ``absent``). Only ``tables`` is required; a key that begins with ``_`` is
a note, and other unknown keys are passed over.
"""

from __future__ import annotations

from gongkai.annual.exchange.reading import load, loads
from gongkai.annual.exchange.writing import dump, dumps

__all__ = ["dump", "dumps", "load", "loads"]
