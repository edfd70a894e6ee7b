"""统一社会信用代码（GB 32100-2015）：as people type it, tidied, or refused saying what is wrong."""

from __future__ import annotations

from gongkai.errors import BadNumber
from gongkai.law.credit_code import is_credit_code


def credit_code(text: str) -> str:
    """统一社会信用代码：without spaces, in capitals; raises BadNumber with what is wrong.

    >>> credit_code(" 11370322 004222241n ")
    '11370322004222241N'
    """
    code = "".join(text.split()).upper()
    if len(code) != 18:
        raise BadNumber(f"统一社会信用代码应为18位，“{code[:30]}”是{len(code)}位。")
    if wrong := [one for one in code if one in "IOSVZ" or not one.isascii() or not one.isalnum()]:
        raise BadNumber(f"统一社会信用代码中不会出现“{wrong[0]}”（不用 I、O、S、V、Z）。")
    if not is_credit_code(code):
        raise BadNumber(f"统一社会信用代码“{code}”的校验码不对，请核对。")
    return code
