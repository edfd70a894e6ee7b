"""演示城市的机关和人员：data only; the names of people are invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.law.credit_code import credit_check, organ_check
from gongkai.organs.states import Duty, Kind

AREA = "130100"


@dataclass(frozen=True, slots=True)
class Place:
    """机关：one organ of the city; ``above`` is the name of the organ above, ``desk`` how staffed.

    desk  "full": a person at every desk; "small": drafting, head, secrecy, disclosure; "": nobody
    """

    key: str
    name: str
    short: str
    kind: Kind
    above: str = ""
    words: str = ""
    desk: str = ""


CITY = "石家庄市人民政府"
OFFICE = "石家庄市人民政府办公室"

_DEPARTMENTS = (
    *("发展和改革委员会 发改委 石发改", "教育局 教育局 石教", "科学技术局 科技局 石科"),
    *("工业和信息化局 工信局 石工信", "民族宗教事务局 民宗局 石民宗", "公安局 公安局 石公"),
    *("民政局 民政局 石民", "司法局 司法局 石司", "财政局 财政局 石财"),
    *("人力资源和社会保障局 人社局 石人社", "自然资源和规划局 资规局 石资规"),
    *("生态环境局 生态环境局 石环", "住房和城乡建设局 住建局 石住建"),
    *("城市管理综合行政执法局 城管局 石城管", "交通运输局 交通局 石交"),
    *("水利局 水利局 石水", "农业农村局 农业农村局 石农", "商务局 商务局 石商"),
    *("文化广电和旅游局 文广旅局 石文广旅", "卫生健康委员会 卫健委 石卫"),
    *("退役军人事务局 退役军人局 石退役", "应急管理局 应急局 石应急", "审计局 审计局 石审"),
    *("市场监督管理局 市场监管局 石市监", "体育局 体育局 石体", "统计局 统计局 石统"),
    *("医疗保障局 医保局 石医保", "行政审批局 审批局 石审批"),
)
_STAFFED = {"教育局": "full", "财政局": "full", "生态环境局": "small", "司法局": "small"}
#: 县（市、区）
COUNTIES = (
    *("长安区", "桥西区", "新华区", "裕华区", "藁城区", "鹿泉区", "栾城区", "井陉矿区"),
    *("井陉县", "正定县", "行唐县", "灵寿县", "高邑县", "深泽县", "赞皇县", "无极县"),
    *("平山县", "元氏县", "赵县", "晋州市", "新乐市", "辛集市"),
)
_TOWNSHIPS = (("正定县", "正定镇 新城铺镇 曲阳桥镇"), ("平山县", "平山镇 西柏坡镇 岗南镇"))
_ENTERPRISES = ("水务集团有限责任公司", "公共交通集团有限责任公司", "燃气集团有限责任公司")


def places() -> Iterator[Place]:
    """机关：each after the organ above it."""
    yield Place("city", CITY, "市政府", Kind.CITY, "", "石政发、石政函、石政规、石政", "full")
    yield Place(
        "office", OFFICE, "市政府办公室", Kind.OFFICE, CITY, "石政办发、石政办函、石政办规", ""
    )
    for number, told in enumerate(_DEPARTMENTS, 1):
        name, short, words = told.split()
        signs = f"{words}发、{words}函、{words}规"
        yield Place(
            f"d{number}", f"石家庄市{name}", f"市{short}", Kind.DEPARTMENT, CITY, signs,
            _STAFFED.get(name, ""),
        )  # fmt: skip
    for number, name in enumerate(COUNTIES, 1):
        desk = "small" if name == "正定县" else ""
        signs = f"{name[:-1]}政发、{name[:-1]}政办发"
        yield Place(f"c{number}", f"{name}人民政府", name, Kind.COUNTY, CITY, signs, desk)
    for county, names in _TOWNSHIPS:
        for number, name in enumerate(names.split(), 1):
            yield Place(
                f"t{county}{number}", f"{county}{name}人民政府", name, Kind.TOWNSHIP,
                f"{county}人民政府",
            )  # fmt: skip
    for number, name in enumerate(_ENTERPRISES, 1):
        yield Place(f"e{number}", f"石家庄{name}", name, Kind.ENTERPRISE, CITY)


def code_of(serial: int) -> str:
    """统一社会信用代码：valid in form, given to nobody: area 130100, organisations from 99000000.

    >>> code_of(1)
    '11130100990000017K'
    """
    organisation = f"{99_000_000 + serial}"
    body = f"11{AREA}{organisation}{organ_check(organisation)}"
    return body + credit_check(body)


@dataclass(frozen=True, slots=True)
class Person:
    """人员：an account of the demonstration."""

    username: str
    name: str
    unit: str
    duties: tuple[Duty, ...]


#: Everyone at the desk of the city government, in the order a document meets them.
CITY_STAFF = (
    Person("qicao", "贺文远", "秘书一处", (Duty.DRAFT,)),
    Person("qicao2", "苏晓蔓", "秘书二处", (Duty.DRAFT,)),
    Person("chuzhang", "陆明川", "秘书一处", (Duty.UNIT_HEAD,)),
    Person("baomi", "顾秋实", "保密办公室", (Duty.SECRECY,)),
    Person("fazhi", "江正则", "法制审核处", (Duty.LEGAL,)),
    Person("gongkai", "沈若溪", "政务公开办公室", (Duty.DISCLOSURE,)),
    Person("fuzeren", "文若谷", "政务公开办公室", (Duty.OFFICE_HEAD,)),
    Person("zhuren", "秦望山", "办公室", (Duty.DIRECTOR,)),
    Person("qianfa", "岳承平", "办公室", (Duty.SIGN,)),
    Person("zhuguan", "方知新", "政务公开办公室", (Duty.COMPETENT,)),
    Person("xitong", "程立新", "信息中心", (Duty.SYSTEM,)),
    Person("anquan", "严守一", "信息中心", (Duty.SECURITY,)),
    Person("shenji", "纪明察", "信息中心", (Duty.AUDIT,)),
)
_SURNAMES = "温阮祝卓梅丛边冀佟席晏邢滕宁鲍庄穆卫甄柏"
_GIVEN = ("嘉言", "致远", "思齐", "清扬", "怀瑾", "若水", "云起", "景行", "知行", "亦安")
_DESKS = {
    "full": (
        *(Duty.DRAFT, Duty.UNIT_HEAD, Duty.SECRECY, Duty.LEGAL),
        *(Duty.DISCLOSURE, Duty.DIRECTOR, Duty.SIGN),
    ),
    "small": (Duty.DRAFT, Duty.UNIT_HEAD, Duty.SECRECY, Duty.DISCLOSURE),
}


def staff_of(place: Place, serial: int) -> Iterator[Person]:
    """人员：those at the desks of an organ other than the city government."""
    for step, duty in enumerate(_DESKS.get(place.desk, ())):
        number = 10 * serial + step
        name = _SURNAMES[number % len(_SURNAMES)] + _GIVEN[(number * 7) % len(_GIVEN)]
        yield Person(f"{place.key}_{duty.value}", name, "办公室", (duty,))
