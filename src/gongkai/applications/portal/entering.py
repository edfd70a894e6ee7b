"""查询的门：number and code open one matter for this session, for half an hour."""

from __future__ import annotations

import secrets
import time
from datetime import timedelta

from django.http import HttpRequest

from gongkai.applications.actions.limiting import Limit
from gongkai.applications.models import Application, Complaint
from gongkai.errors import NotAllowed
from gongkai.organs.signin import client_address
from gongkai.vault.sealing import seal, unseal

_KEY = "applications.tracked"
#: So long without a click.
STAYS = 30 * 60
_WITHIN = timedelta(minutes=30)
#: 输错次数：of one number from one address; of one number from anywhere; from one address.
_BY_BOTH = Limit("track-both", 5, _WITHIN)
_BY_NUMBER = Limit("track-number", 100, _WITHIN)
_BY_ADDRESS = Limit("track-address", 60, _WITHIN)
LOCKED = "编号和查询码输错次数太多，请30分钟后再试；忘记查询码的，请带身份证明与工作机构联系。"
WRONG = "编号或者查询码不对，请对照回执核对。"
_BRACKETS = str.maketrans("[]()（）【】［］", "〔〕〔〕〔〕〔〕〔〕")
_CONTEXT = "applications.portal.entering"

Matter = Application | Complaint


def enter(request: HttpRequest, number: str, code: str) -> Matter:
    """凭编号和查询码进入。Raises NotAllowed: locked, or wrong, never which of the two."""
    number = "".join(number.split()).translate(_BRACKETS)
    address = client_address(request) or ""
    both = f"{number}\n{address}"
    if _BY_BOTH.reached(both) or _BY_NUMBER.reached(number) or _BY_ADDRESS.reached(address):
        raise NotAllowed(LOCKED)
    matter = _numbered(number)
    if not _fits(matter, code):
        for limit, who in ((_BY_BOTH, both), (_BY_NUMBER, number), (_BY_ADDRESS, address)):
            limit.count(who)
        raise NotAllowed(WRONG)
    assert matter is not None
    _BY_BOTH.forget(both)
    request.session.cycle_key()
    kind = "application" if isinstance(matter, Application) else "complaint"
    request.session[_KEY] = [kind, matter.pk, time.time()]
    return matter


def _numbered(number: str) -> Matter | None:
    found: Matter | None = Application.objects.filter(number=number).first()
    return found or Complaint.objects.filter(number=number).first()


def _fits(matter: Matter | None, code: str) -> bool:
    """In the same time whether the number is known or not."""
    typed = "".join(code.split()).upper()
    # Opening a token takes its time: one is opened in either case.
    known = matter.code.open() if matter else unseal(seal("-" * 8, _CONTEXT), _CONTEXT)
    same = secrets.compare_digest(known.encode(), typed.encode("utf-8", "replace"))
    return same and matter is not None


def entered(request: HttpRequest) -> Matter | None:
    """本次查询的：what number and code have opened; None once half an hour went by."""
    told = request.session.get(_KEY)
    if not told:
        return None
    kind, pk, at = told
    now = time.time()
    if now - at > STAYS:
        leave(request)
        return None
    if now - at > 60:  # the session is not written for every click
        request.session[_KEY] = [kind, pk, now]
    if kind == "complaint":
        return Complaint.objects.select_related("organ", "against").filter(pk=pk).first()
    return Application.objects.select_related("organ__parent").filter(pk=pk).first()


def leave(request: HttpRequest) -> None:
    """结束查询。"""
    request.session.pop(_KEY, None)
