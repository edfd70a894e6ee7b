"""发布前筛查：text in, findings with place, reason and advice out. Points, never decides.

::

    from gongkai.screening import screen, screen_file

    for finding in screen("联系人：张某，身份证号11010519491231002X"):
        print(finding.rule, finding.shown, finding.reason, finding.advice)
"""

from gongkai.screening.extract import Extract, extract
from gongkai.screening.finding import Category, Finding, Severity
from gongkai.screening.rule import Rule
from gongkai.screening.rules import RULES
from gongkai.screening.screen import Screened, screen, screen_file
from gongkai.screening.source import check_zip, decode, open_safely
from gongkai.screening.words import Word, load_words

__all__ = [
    "RULES",
    "Category",
    "Extract",
    "Finding",
    "Rule",
    "Screened",
    "Severity",
    "Word",
    "check_zip",
    "decode",
    "extract",
    "load_words",
    "open_safely",
    "screen",
    "screen_file",
]
