"""机关和人员的办理：every verb of this room; each leaves a step."""

from __future__ import annotations

from gongkai.organs.actions.accounts import (
    close_account,
    first_password,
    reopen_account,
    reset_password,
    reset_second_factor,
    save_staff,
    unlock,
    why_not_keep,
    why_not_secure,
)
from gongkai.organs.actions.conditions import (
    differences,
    refuse,
)
from gongkai.organs.actions.days import (
    KEEPERS_OF_DAYS,
    apply_holidays,
    upload_holidays,
    why_not_arrange,
    withdraw_holidays,
)
from gongkai.organs.actions.organs import (
    save_organ,
    why_not_edit,
)
from gongkai.organs.actions.roles import (
    appoint,
    delegate,
    dismiss,
    end_delegation,
    why_not_appoint,
    why_not_delegate,
    why_not_dismiss,
)

__all__ = [
    "KEEPERS_OF_DAYS",
    "apply_holidays",
    "appoint",
    "close_account",
    "delegate",
    "differences",
    "dismiss",
    "end_delegation",
    "first_password",
    "refuse",
    "reopen_account",
    "reset_password",
    "reset_second_factor",
    "save_organ",
    "save_staff",
    "unlock",
    "upload_holidays",
    "why_not_appoint",
    "why_not_arrange",
    "why_not_delegate",
    "why_not_dismiss",
    "why_not_edit",
    "why_not_keep",
    "why_not_secure",
    "withdraw_holidays",
]
