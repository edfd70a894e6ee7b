"""机关的类别与岗位：the kinds of organs, and the duties a person may hold there."""

from __future__ import annotations

from django.db.models import TextChoices


class Kind(TextChoices):
    """机关类别（《政府信息公开条例》第二条、第十条、第五十四条、第五十五条）。"""

    CITY = "city", "市政府"
    OFFICE = "office", "政府办公厅（室）"
    DEPARTMENT = "department", "政府部门"
    COUNTY = "county", "县（市、区）政府"
    TOWNSHIP = "township", "乡镇政府（街道办事处）"
    ENTERPRISE = "enterprise", "公共企事业单位"
    VERTICAL = "vertical", "垂直管理部门"


class Duty(TextChoices):
    """岗位职责：what a person may do for an organ."""

    DRAFT = "draft", "起草"
    UNIT_HEAD = "unit_head", "部门负责人"
    SECRECY = "secrecy", "保密审查"
    LEGAL = "legal", "法制审核"
    DISCLOSURE = "disclosure", "信息公开机构"
    OFFICE_HEAD = "office_head", "信息公开机构负责人"
    DIRECTOR = "director", "办公室主任"
    SIGN = "sign", "签发"
    COMPETENT = "competent", "主管部门"
    SYSTEM = "system", "系统管理员"
    SECURITY = "security", "安全管理员"
    AUDIT = "audit", "审计管理员"


#: 三员：whoever is one of them may not be another (GB/T 22239—2019, 8.1.5 安全管理中心).
ADMINISTRATORS = frozenset({Duty.SYSTEM, Duty.SECURITY, Duty.AUDIT})

#: Duties that reach down to every organ below: the competent department of an area
#: (《政府信息公开条例》第三条) and the administrators of the installation.
REACHING = ADMINISTRATORS | {Duty.COMPETENT}
