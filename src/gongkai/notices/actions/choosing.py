"""通知设置：how a person wants to be told."""

from __future__ import annotations

from gongkai.errors import BadInput
from gongkai.notices.models import Preference
from gongkai.notices.states import Channel, Pace
from gongkai.notices.subjects import staff_recipient
from gongkai.organs.models import Staff


def preference_of(staff: Staff) -> Preference:
    """通知设置：what he chose, or what holds until he chooses; read once per object."""
    known: Preference | None = staff.__dict__.get("_notices")
    if known is None:
        kept = Preference.objects.filter(staff=staff).first()
        known = staff.__dict__["_notices"] = kept or Preference(staff=staff)
    return known


def channels_of(staff: Staff) -> list[Channel]:
    """渠道：those he chose and has an address for."""
    chosen = preference_of(staff)
    wanted = {Channel.EMAIL: chosen.email, Channel.SMS: chosen.sms}
    return [
        channel for channel, wants in wanted.items()
        if wants and staff_recipient(staff, channel).address
    ]  # fmt: skip


def choose(staff: Staff, *, email: bool, sms: bool, pace: Pace) -> Preference:
    """选择：keep how he wants to be told; raises BadInput for a way he cannot be reached by."""
    if sms and not staff_recipient(staff, Channel.SMS).address:
        raise BadInput("您的账号里没有手机号码，收不到短信。请先由系统管理员在账号里补上。")
    chosen, _ = Preference.objects.update_or_create(
        staff=staff, defaults={"email": email, "sms": sms, "pace": pace}
    )
    staff.__dict__["_notices"] = chosen
    return chosen
