"""申请人和所申请的：invented people who ask for what people do ask for.

Names are made of a surname and one of the twenty-four solar terms; identity numbers pass the
check and begin with 139999, which is no county; telephones and e-mail lead nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gongkai.applications.actions.receiving import Person
from gongkai.applications.states import Category, Identity
from gongkai.demo import city
from gongkai.demo.texts import MARK
from gongkai.law.credit_code import credit_check, organ_check
from gongkai.screening.identity import resident_check

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
_TERMS = (
    *("立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至", "小暑"),
    *("大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至"),
    *("小寒", "大寒"),
)
_BUSINESSES = ("商贸有限公司", "建材有限公司", "咨询有限公司", "物业服务有限公司")
_KINDS = {Category.BUSINESS: "91", Category.CHARITY: "52"}
#: 村、社区：invented.
_PLACES = (
    *("槐底", "东苑", "留营", "方村", "南翟营", "塔谈", "孙村", "大马", "塔冢", "位同"),
    *("谈固", "北宋", "柳林", "高柱", "西三教", "振头", "十里铺", "东焦"),
)


def identity_number(serial: int) -> str:
    """演示身份证号码：right in its last figure, of a county that does not exist.

    >>> identity_number(1)
    '139999196001020018'
    """
    born = date(1960, 1, 1) + timedelta(days=serial * 37 % 14_000 - 36)
    body = f"139999{born:%Y%m%d}{serial % 1000:03d}"
    return body + resident_check(body)


def applicant(serial: int, category: Category = Category.PERSON) -> Person:
    """申请人：the ``serial``-th invented one of a category."""
    reached: dict[str, Any] = {
        "phone": f"0311-0002{serial:04d}",
        "email": f"demo{serial}@example.cn",
        "address": f"石家庄市演示街{serial}号",
        "postcode": "050000",
    }
    if category is Category.PERSON:
        turn, place = divmod(serial, len(_TERMS))
        name = _SURNAMES[(place * 5 + turn) % len(_SURNAMES)] + _TERMS[place]
        return Person(name=f"{name}{MARK}", identity_number=identity_number(serial), **reached)
    kind = "公益服务中心" if category is Category.CHARITY else _BUSINESSES[serial % 4]
    body = f"{_KINDS[category]}{city.AREA}9{serial:07d}{organ_check(f'9{serial:07d}')}"
    return Person(
        name=f"石家庄{_TERMS[serial % len(_TERMS)]}{kind}{MARK}",
        category=category,
        identity=Identity.CREDIT_CODE,
        identity_number=body + credit_check(body),
        representative=applicant(serial + 500).name,
        contact=applicant(serial + 600).name,
        **reached,
    )


@dataclass(frozen=True, slots=True)
class Request:
    """一件申请：what is asked for, and what the office finds out about it."""

    subject: str
    description: str
    findings: Mapping[str, Any]
    severing: str = ""


def request(outcome: str, serial: int) -> Request:
    """所申请的：something that is rightly answered so; different for each serial."""
    place = _PLACES[serial % len(_PLACES)]
    year = 2012 + serial % 10
    subject, description, findings, severing = _ASKED[outcome]
    told = {"place": place, "year": year, "serial": serial % 97 + 1}
    return Request(
        subject.format(**told) + MARK,
        description.format(**told),
        {name: _filled(value, told) for name, value in findings.items()},
        severing,
    )


def _filled(value: Any, told: Mapping[str, Any]) -> Any:
    if isinstance(value, str):
        return value.format(**told)
    return [{name: _filled(part, told) for name, part in row.items()} for row in value]


_GIVEN = "电子文档，按申请人选择的途径提供"
_DISTRICT = {
    "非本机关负责的理由": "{place}片区的征收补偿由所在区人民政府组织实施，有关信息由其制作、保存",
    "负责公开的机关": "长安区人民政府",
    "负责公开的机关的联系方式": "石家庄市演示路32号，电话0311-00000032",
}
_ASKED: dict[str, tuple[str, str, Mapping[str, Any], str]] = {
    "A1": (
        "{year}年石家庄市国民经济和社会发展统计公报",
        "{year}年全市国民经济和社会发展统计公报全文。",
        {"公开位置": "本平台“法定主动公开内容”—“统计信息”栏目（演示）"},
        "",
    ),
    "A2": (
        "石家庄市人民政府{year}年第{serial}次常务会议议定的老旧小区改造任务清单",
        "{year}年{place}等片区老旧小区改造任务清单，包括小区名称、改造内容。",
        {
            "信息清单": [
                {"名称": "{year}年{place}片区老旧小区改造任务清单", "文号": "", "形式": "电子文档",
                 "页数": "6"},
            ],
            "提供方式": _GIVEN,
        },
        "",
    ),
    "B": (
        "{place}片区{year}年改造项目的批复及附图",
        "{place}片区改造项目{year}年的批复文件及其全部附件。",
        {
            "信息清单": [
                {"名称": "关于{place}片区改造项目的批复", "文号": "石政函〔{year}〕{serial}号",
                 "形式": "电子文档", "页数": "4"},
            ],
            "区分处理清单": [
                {"内容": "附件中被征收人的姓名、身份证号码和银行账号", "位置": "附件第2页",
                 "理由": "属于个人隐私，公开会对第三方合法权益造成损害",
                 "依据": "《政府信息公开条例》第十五条"},
            ],
            "提供方式": "遮盖不予公开的内容后提供电子文档",
        },
        "",
    ),
    "C1": (
        "{place}人防工程{year}年布局图",
        "{place}一带人防工程的位置和布局。",
        {
            "定密依据": "《人民防空工作国家秘密范围的规定》（演示）",
            "定密机关": "石家庄市人民政府办公室（演示）",
            "密级": "秘密",
            "定密日期": "2019-05-17",
        },
        "该文件各部分均属于国家秘密事项，不能区分处理",
    ),
    "C5": (
        "{year}年市政府办公室处室人员分工和考勤记录",
        "{year}年各处室的人员分工表和考勤记录。",
        {"内部事务信息的类别": "人事管理"},
        "全文均为人事管理内容，不能区分处理",
    ),
    "C7": (
        "{place}违法建设{year}年处罚案的全部案卷",
        "该案的立案、调查、审核、决定全部材料。",
        {
            "所属案件": "石演罚〔{year}〕{serial}号行政处罚案",
            "查阅案卷的权利": "当事人可以依法向办案机关申请查阅案卷",
        },
        "案卷材料互相关联，不能区分处理",
    ),
    "C8": (
        "{place}{serial}号房屋的不动产登记资料",
        "{place}{serial}号房屋的登记簿记载和原始登记资料。",
        {
            "特别规定": "《不动产登记暂行条例》规定，权利人、利害关系人可以依法查询、复制登记资料",
            "办理机构": "石家庄市不动产登记中心（演示），石家庄市演示路11号",
        },
        "",
    ),
    "D1a": (
        "{year}年{place}片区改造的市政府会议纪要",
        "{year}年市政府研究{place}片区改造的会议纪要。",
        {},
        "",
    ),
    "D1b": (
        "{place}村{year}年集体土地征收补偿安置方案",
        "{place}村{year}年第{serial}批次集体土地征收的补偿安置方案、公告和补偿协议。",
        _DISTRICT,
        "",
    ),
    "D2": (
        "{year}年以来{place}片区各类补助逐年对比表",
        "{year}年以来{place}片区各类补助的户数、金额，按年份逐年对比。",
        {"需要另行制作的内容": "{year}年以来各类补助的户数、金额的逐年对比表"},
        "",
    ),
    "E1": (
        "{place}小区物业乱收费为什么没有人管",
        "请公开为什么{place}小区物业乱收费没有人管，并要求查处。",
        {"办理渠道": "反映的问题可以拨打12345政务服务便民热线，或者向石家庄市信访局（演示）提出"},
        "",
    ),
    "E2": ("", "", {}, ""),
    "F1": (
        "{place}的所有材料",
        "{place}历年的所有材料。",
        {},
        "",
    ),
    "F3a": (
        "{year}年{place}道路改造工程中标公告",
        "{place}道路改造工程的中标公告。",
        {},
        "",
    ),
    "F3b": (
        "{place}业主委员会{year}年会议记录",
        "{place}业主委员会{year}年的会议记录。",
        {
            "终止的事实": "所申请的会议记录由业主委员会制作，不是行政机关在履行行政管理职能过程中"
            "制作或者获取的信息，不属于政府信息",
        },
        "",
    ),
}  # fmt: skip
