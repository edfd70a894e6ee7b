"""转办、分项、撤回、检索：the other deeds of handling."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gongkai.applications.actions import receiving, replying, searching, transferring
from gongkai.applications.desk.deeds.page import Deed
from gongkai.applications.forms.deeds import course as forms
from gongkai.applications.models import Application
from gongkai.organs.models import Staff


def _transfer(one: Application, by: Staff, told: dict[str, Any]) -> object:
    transferring.transfer(one, told["to"], by=by, reason=told["reason"])
    return one


def _split(one: Application, by: Staff, told: dict[str, Any]) -> object:
    return receiving.split(one, told["texts"], by=by)


def _withdraw(one: Application, by: Staff, told: dict[str, Any]) -> object:
    files = told.pop("sent")
    with transaction.atomic():
        replying.withdraw(one, by=by, **told)
        return [receiving.attach(one, file, by=by) for file in files]


def _search(one: Application, by: Staff, told: dict[str, Any]) -> object:
    return searching.log_search(one, by=by, **told)


DEEDS = (
    Deed(move="transfer", form=forms.TransferForm, do=_transfer, button="转出并拟写答复"),
    Deed(move="split", form=forms.SplitForm, do=_split, button="保存分项"),
    Deed(move="withdraw", form=forms.WithdrawForm, do=_withdraw, button="登记撤回"),
    Deed(move="log_search", form=forms.SearchForm, do=_search, button="登记检索"),
)
