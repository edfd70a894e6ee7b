"""机关、人员、任职、委托、放假安排。"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from gongkai.errors import BadNumber
from gongkai.law.calendar import Override, read_overrides
from gongkai.organs.codes import credit_code
from gongkai.organs.queries import DelegationQuery, HolidayQuery, OrganQuery, RoleQuery
from gongkai.organs.states import Duty, Kind


def proven_credit_code(value: str) -> None:
    """The form's view of ``credit_code``."""
    try:
        tidy = credit_code(value)
    except BadNumber as problem:
        raise ValidationError(str(problem)) from problem
    if tidy != value:
        raise ValidationError(f"请写成“{tidy}”（大写、无空格）。")


class Organ(models.Model):
    """行政机关：one organ in the tree; a merged or split organ ends on a day and stays readable."""

    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="上级机关", null=True, blank=True, related_name="below"
    )
    path = models.CharField("位置", max_length=255, unique=True, editable=False)
    kind = models.CharField("机关类别", max_length=12, choices=Kind)
    name = models.CharField("全称", max_length=100, unique=True)
    short_name = models.CharField("简称", max_length=40, blank=True)
    code = models.CharField(
        "统一社会信用代码",
        max_length=18,
        unique=True,
        null=True,
        blank=True,
        validators=[proven_credit_code],
        help_text="18 位，用于编制索引号",
    )
    number_words = models.CharField(
        "机关代字", max_length=100, blank=True, help_text="如 石政发、石政办函，用顿号分开"
    )
    position = models.PositiveSmallIntegerField("排序", default=100)

    address = models.CharField("地址", max_length=200, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    hours = models.CharField("办公时间", max_length=200, blank=True)
    phone = models.CharField("电话", max_length=60, blank=True)
    fax = models.CharField("传真", max_length=60, blank=True)
    email = models.EmailField("电子邮箱", blank=True)

    disclosure_office = models.CharField("政府信息公开工作机构", max_length=100, blank=True)
    disclosure_head = models.CharField("工作机构负责人", max_length=40, blank=True)
    disclosure_phone = models.CharField("工作机构电话", max_length=60, blank=True)
    review_body = models.CharField(
        "行政复议机关", max_length=100, blank=True, help_text="不服答复时向谁申请行政复议"
    )
    court = models.CharField("行政诉讼管辖法院", max_length=100, blank=True)

    valid_from = models.DateField("设立日期", null=True, blank=True)
    valid_to = models.DateField("撤并日期", null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="承继机关",
        null=True,
        blank=True,
        related_name="predecessors",
    )
    demo = models.BooleanField("演示", default=False, editable=False)

    objects = OrganQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "机关"
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
                name="an_organ_ends_after_it_begins",
                violation_error_message="撤并日期不能早于设立日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """An organ may not stand below itself."""
        if self.code == "":
            self.code = None
        if self.parent and self.pk and self.pk in self.parent.lineage:
            raise ValidationError({"parent": "上级机关不能是本机关或本机关的下属。"})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep ``path`` true: places and keys from the root to here; those below move along.

        Sorted by it, organs stand as in the tree, each level by its position.
        """
        with transaction.atomic():
            before = self.path
            if not self.pk:
                self.path = f"?{self.name}"[:200]
                super().save(*args, **kwargs)
                kwargs = {"using": kwargs.get("using")}
            above = self.parent.path if self.parent else "/"
            self.path = f"{above}{self.position:05d}-{self.pk}/"
            super().save(*args, **kwargs)
            if before and before != self.path:
                Organ.objects.filter(path__startswith=before).exclude(pk=self.pk).update(
                    path=Concat(Value(self.path), Substr("path", len(before) + 1))
                )

    @property
    def lineage(self) -> list[int]:
        """Keys from the root down to this organ."""
        return [int(part.partition("-")[2]) for part in self.path.strip("/").split("/")]

    @property
    def depth(self) -> int:
        """How far below the root: 0 for the root itself."""
        return self.path.count("/") - 2

    @property
    def words(self) -> list[str]:
        """机关代字：each by itself."""
        return [word for word in self.number_words.replace("，", "、").split("、") if word.strip()]

    def stands(self, on: date) -> bool:
        """存续：whether the organ exists on that day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )


class StaffManager(BaseUserManager["Staff"]):
    """工作人员：made with a name and an organ; there are no superusers."""

    def get_queryset(self) -> models.QuerySet[Staff]:
        """Always with the organ: every page shows it and every step writes it down."""
        return super().get_queryset().select_related("organ")

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Staff:
        """A new account; without a password nobody can sign in to it."""
        staff = self.model(username=self.model.normalize_username(username), **fields)
        staff.set_password(password)
        staff.full_clean(exclude=["password"])
        staff.save(using=self._db)
        return staff

    def get_by_natural_key(self, username: str | None) -> Staff:
        """Find by username, whatever its case."""
        return self.get(username__iexact=username)


class Staff(AbstractBaseUser):
    """工作人员：whoever works on the desk. Rights come from roles alone; nobody is above them."""

    username = models.CharField(
        "用户名",
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": "这个用户名已经有人用了。"},
    )
    name = models.CharField("姓名", max_length=40)
    organ = models.ForeignKey(Organ, models.PROTECT, verbose_name="所在机关", related_name="staff")
    unit = models.CharField("处（科）室", max_length=60, blank=True)
    phone = models.CharField("电话", max_length=60, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("在用", default=True)
    must_change_password = models.BooleanField("下次登录须改口令", default=True)
    demo = models.BooleanField("演示", default=False, editable=False)
    joined_at = models.DateTimeField("开户时间", default=timezone.now, editable=False)

    objects: ClassVar[StaffManager] = StaffManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "工作人员"
        ordering = ["organ", "username"]

    def __str__(self) -> str:
        return self.name

    @property
    def display_name(self) -> str:
        """姓名：as the trail writes it down."""
        return self.name

    @property
    def organ_name(self) -> str:
        """所在机关：as the trail writes it down."""
        return self.organ.name

    def get_full_name(self) -> str:
        """The name Django's own parts ask for."""
        return self.name


class Role(models.Model):
    """任职：a person holds a duty at an organ, from a day to a day."""

    staff = models.ForeignKey(Staff, models.PROTECT, verbose_name="工作人员", related_name="roles")
    organ = models.ForeignKey(Organ, models.PROTECT, verbose_name="机关", related_name="roles")
    duty = models.CharField("岗位", max_length=12, choices=Duty)
    valid_from = models.DateField("任职日期", null=True, blank=True)
    valid_to = models.DateField("离任日期", null=True, blank=True)

    objects = RoleQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ["organ", "duty", "staff"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "organ", "duty"],
                condition=Q(valid_to__isnull=True),
                name="a_duty_is_held_once",
                violation_error_message="已经担任这个岗位。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff} {self.organ}{self.get_duty_display()}"


class Delegation(models.Model):
    """委托：while one is away another acts with some of his duties, and the trail says for whom."""

    giver = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="委托人", related_name="delegations_given"
    )
    taker = models.ForeignKey(
        Staff, models.PROTECT, verbose_name="受托人", related_name="delegations_taken"
    )
    duties = models.JSONField("委托的岗位", default=list)
    first_day = models.DateField("自")
    last_day = models.DateField("至")
    reason = models.CharField("事由", max_length=200)
    ended_at = models.DateTimeField("收回时间", null=True, editable=False)

    objects = DelegationQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "委托"
        ordering = ["-first_day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")),
                name="a_delegation_ends_after_it_begins",
                violation_error_message="委托的结束日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                condition=~Q(giver=F("taker")),
                name="nobody_delegates_to_oneself",
                violation_error_message="不能委托给自己。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver}委托{self.taker}（{self.first_day}至{self.last_day}）"

    @property
    def duty_labels(self) -> list[str]:
        """The duties in words."""
        return [Duty(duty).label for duty in self.duties]


class HolidayNotice(models.Model):
    """放假安排：an office's own dated rows above the national calendar, with their document.

    ``content`` is the file as it was uploaded, one row a day: 日期, 种类, 依据. It counts at the
    organ and everywhere below it from the moment it is applied until it is withdrawn.
    """

    organ = models.ForeignKey(
        Organ, models.PROTECT, verbose_name="机关", related_name="holiday_notices"
    )
    title = models.CharField("文件名称", max_length=200)
    content = models.TextField("内容")
    uploaded_by = models.ForeignKey(Staff, models.PROTECT, verbose_name="上传人", related_name="+")
    uploaded_at = models.DateTimeField("上传时间", default=timezone.now, editable=False)
    applied_at = models.DateTimeField("生效时间", null=True, editable=False)
    withdrawn_at = models.DateTimeField("撤销时间", null=True, editable=False)

    objects = HolidayQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "放假安排"
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def overrides(self) -> tuple[Override, ...]:
        """The rows, read."""
        return read_overrides(self.content)

    @property
    def in_force(self) -> bool:
        """Applied and not withdrawn."""
        return self.applied_at is not None and self.withdrawn_at is None


class Series(models.Model):
    """流水号：the last serial given out in a series of numbers, whichever room gives them.

    A deed that fails gives its serial back with everything else, so a series has no gap.
    """

    name = models.CharField("系列", max_length=120, primary_key=True)
    last = models.PositiveIntegerField("最后一号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "流水号"

    def __str__(self) -> str:
        return f"{self.name}：{self.last}"
