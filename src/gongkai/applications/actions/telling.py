"""告知申请人有新进展：that there is something to read, never what it says."""

from __future__ import annotations

from django.urls import reverse

from gongkai.applications.models import Applicant, Application, Paper
from gongkai.notices.actions.telling import tell
from gongkai.notices.states import Audience, Channel
from gongkai.notices.subjects import Recipient
from gongkai.organs.models import Role, Staff


def may_write_to(application: Application, to: Recipient) -> bool:
    """可以写给谁：its applicants at their own addresses, and who handles it at its own organ."""
    if to.audience is Audience.APPLICANT:
        return any(
            to.id == str(one.pk) and to.address in (one.email.open(), one.phone.open())
            for one in Applicant.objects.filter(application=application)
        )
    if to.audience is Audience.OFFICE:
        return to.id == str(application.organ_id)
    return (
        Role.objects.filter(staff_id=to.id, organ=application.organ_id).exists()
        or Staff.objects.filter(pk=to.id, pk__in=[application.handler_id or 0]).exists()
    )


def tell_applicant(application: Application, occasion: str, words: str) -> int:
    """告知申请人：by e-mail to each who gave an address; returns to how many.

    ``occasion`` names it, so that it is told once. The letter itself stays behind number and code.
    """
    told = 0
    for applicant in application.applicants.all():
        if not (address := applicant.email.open()):
            continue
        tell(
            f"applications:{application.pk}:{occasion}:{applicant.pk}",
            Recipient(Audience.APPLICANT, str(applicant.pk), address),
            Channel.EMAIL,
            f"政府信息公开申请{application.number}{words}",
            f"您的政府信息公开申请（{application.number}）{words}。"
            "请在本网站“查询办理”中凭登记编号和查询码查看。",
            application,
            number=application.number,
            link=reverse("applications:track"),
        )
        told += 1
    return told


def tell_of_paper(paper: Paper) -> int:
    """告知有新的文书。"""
    return tell_applicant(paper.application, f"paper:{paper.pk}", f"有新的文书：{paper.title}")
