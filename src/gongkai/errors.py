"""可能出的错：one tree of errors, each a Chinese sentence a person can act on.

::

    GongkaiError
    ├── BadInput            what was typed or handed in does not make sense
    │   ├── BadDate         no such day: 2025-02-30
    │   ├── BadNumber       not a 文号, not a 索引号, not a count
    │   └── BadLedger       events out of order, contradictory, or of an unknown kind
    ├── NotAllowed          the law does not allow it
    ├── Unreadable          a file that cannot be read as what it claims to be
    └── NotInstalled        something outside Python is missing: a font

The command line turns any of them into one line on standard error and exit code 2.
"""

from __future__ import annotations


class GongkaiError(Exception):
    """出错：the root; ``str()`` of it is the sentence to show."""


class BadInput(GongkaiError):
    """输入有误：what a person typed or handed in does not make sense."""


class BadDate(BadInput):
    """日期有误：no such day, or a day outside what can be computed."""


class BadNumber(BadInput):
    """号码或数量有误：not a 文号, not a 索引号, or a count below zero."""


class BadLedger(BadInput):
    """办理记录有误：events out of order, contradictory, or of an unknown kind."""


class NotAllowed(GongkaiError):
    """法律不允许：the sentence names the article."""


class Unreadable(GongkaiError):
    """文件读不了：empty, truncated, encrypted, too large, or not what it claims to be."""


class NotInstalled(GongkaiError):
    """缺少组件：something outside Python is missing; the sentence names what to install."""
