"""三员：open the first three administrator accounts of an installation, once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from gongkai.organs.actions import first_password
from gongkai.organs.models import Organ, Role, Staff
from gongkai.organs.states import Duty, Kind
from gongkai.trail.actions import hold, record

#: Username and name of each; the people behind them change the password at once.
FIRST = {
    Duty.SYSTEM: ("sysadmin", "系统管理员"),
    Duty.SECURITY: ("secadmin", "安全管理员"),
    Duty.AUDIT: ("auditor", "审计管理员"),
}


class Command(BaseCommand):
    """Afterwards every account is opened on the desk; there is no superuser."""

    help = "开设首批系统、安全、审计管理员账号，打印一次性口令"

    def add_arguments(self, parser: CommandParser) -> None:
        """The organ at the root, unless it is there already."""
        parser.add_argument("--organ", help="最上级机关的全称，如：石家庄市人民政府")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse when there is a security administrator: from then on he appoints."""
        hold()
        today = timezone.localdate()
        if Role.objects.held(today).filter(duty=Duty.SECURITY, staff__is_active=True).exists():
            raise CommandError("已有安全管理员，请在工作台上开通账号、任免岗位。")
        root = Organ.objects.order_by("path").first()
        if root is None:
            if not options["organ"]:
                raise CommandError("还没有机关，请用 --organ 写明最上级机关的全称。")
            root = Organ.objects.create(name=options["organ"], kind=Kind.CITY)
            record(root, "create", by=None, label="设立机关")
        for duty, (username, name) in FIRST.items():
            self.stdout.write(f"{name}\t{username}\t{_open(username, name, root, duty)}")
        self.stdout.write("口令只显示这一次，第一次登录时须修改，并绑定动态口令。")


def _open(username: str, name: str, organ: Organ, duty: Duty) -> str:
    if Staff.objects.filter(username=username).exists():
        raise CommandError(f"用户名 {username} 已经有人用了，请先在数据库中改名。")
    password = first_password()
    staff = Staff.objects.create_user(username, password, name=name, organ=organ)
    Role.objects.create(staff=staff, organ=organ, duty=duty, valid_from=timezone.localdate())
    record(staff, "create", by=None, label="开通账号", changes={"岗位": duty.label})
    return password
