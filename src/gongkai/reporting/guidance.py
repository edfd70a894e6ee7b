"""编写提示：what each part of the report has to say, and the sentences it opens with.

国办公开办函〔2021〕30号: six parts in a fixed order, none left out, none added.
"""

from __future__ import annotations

from gongkai.organs.models import Organ
from gongkai.organs.states import Kind
from gongkai.reporting.models import OPENING
from gongkai.reporting.states import Scope

FORM_TITLE = (
    "《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》"
    "（国办公开办函〔2021〕30号）"
)
ADVICE = {
    OPENING: "写明编制依据、统计期限（当年1月1日至12月31日）和联系方式（地址、邮编、电话、邮箱）。"
    "联系方式由下面的栏目填写，公布时自动列出。",
    1: "分主动公开、依申请公开、政府信息管理、平台建设、监督保障五个方面写；"
    "政府的年报还要写工作考核、社会评议和责任追究的情况。数字用花括号引用，如{新收}，随记录更新。",
    2: "表格由文件库统计；行政许可、行政处罚、行政强制和行政事业性收费由本机关填写并注明来源。"
    "需要说明口径的，写在表后。",
    3: "表格由申请登记簿统计，不能改写；数字不对的，请更正登记簿里的那一件。",
    4: "表格由复议诉讼台账统计，不能改写；年底未审结的计入“尚未审结”。",
    5: "写存在的主要问题和改进情况，结合本机关实际，不与上年或者其他单位雷同（雷同的要追责）。",
    6: "写收取信息处理费等其他需要报告的事项；没有的，写“无其他需要报告的事项”。",
}
_FIRST = """（一）主动公开。全年通过政府网站发布信息{{网站信息}}条，公开政策文件{{政策文件}}件。
（二）依申请公开。全年新收政府信息公开申请{{新收}}件，其中自然人{{自然人}}件；上年结转{{上年结转}}件；办结{{办结}}件，结转下年度继续办理{{结转下年}}件。发生行政复议{{复议}}件、行政诉讼{{诉讼}}件。
（三）政府信息管理。截至{year}年底，现行有效行政规范性文件{{规范性文件有效}}件，本年制发{{规范性文件制发}}件、废止{{规范性文件废止}}件。
（四）平台建设。
（五）监督保障。"""
_ASSESSED = "\n（六）工作考核、社会评议和责任追究情况。"
_SIXTH = "无其他需要报告的事项。"


def first_text(number: int, organ: Organ, scope: str, year: int) -> str:
    """起始文字：what a new report has in a part, for the office to go on from."""
    if number == OPENING:
        return (
            f"根据《中华人民共和国政府信息公开条例》和{FORM_TITLE}，编制本年度报告。"
            f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
        )
    if number == 1:
        government = organ.kind in (Kind.CITY, Kind.COUNTY) or scope == Scope.WHOLE
        return _FIRST.format(year=year) + (_ASSESSED if government else "")
    return _SIXTH if number == 6 else ""
