"""公开内容的种类：what an organ publishes of its own accord, each kind with its article.

The list follows 《政府信息公开条例》第二十条 and 第二十一条 item by item. ``KINDS`` is read by the
model, the forms, the flow, the columns and the yearly figures; a new kind is one more row.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from gongkai.law.articles import REGULATION, Article


class Path(Enum):
    """审签路径：which desks a draft passes before it is signed."""

    FULL = "公文：部门负责人、保密、法制、信息公开机构、办公室主任、签发"
    SHORT = "信息：部门负责人、保密、信息公开机构审定"


@dataclass(frozen=True, slots=True)
class Kind:
    """种类：one row of the list.

    code        as stored
    name        as shown
    article     the provision it is published under; None for what only accompanies a document
    path        the desks it passes
    policy      政策文件: an interpretation is planned, signed and published with it
    binding     generally binding: the legality review has a number（国办发〔2018〕115号）
    numbered    bears a 发文字号
    lives       has a validity: in force, amended, repealed, lapsed
    extra       of 第二十一条: for cities and counties ("local") or townships ("township") only
    reprint     made by another organ and shown here to be read: no 索引号 of ours, no validity of
                our saying
    column      ColumnType of the column it belongs to by default
    """

    code: str
    name: str
    article: Article | None
    path: Path = Path.SHORT
    policy: bool = False
    binding: bool = False
    numbered: bool = False
    lives: bool = False
    extra: str = ""
    reprint: bool = False
    column: str = "信息公开目录"

    @property
    def basis(self) -> str:
        """依据：《政府信息公开条例》第二十条第一款第一项, or nothing."""
        return str(self.article) if self.article else ""


def _item(number: int) -> Article:
    return REGULATION.article(20, 1, number)


_LOCAL = REGULATION.article(21)
_FULL = Path.FULL
_POLICY = "政策文件"

_ROWS = (
    Kind("rule", "规章", _item(1), _FULL, True, True, True, True, column=_POLICY),
    Kind("normative", "行政规范性文件", _item(1), _FULL, True, True, True, True, column=_POLICY),
    Kind("policy", "其他政策文件", _item(1), _FULL, True, False, True, True, column=_POLICY),
    Kind("interpretation", "政策解读", None, column="政策解读"),
    Kind("functions", "机关职能", _item(2), column="机构职能"),
    Kind("leaders", "负责人信息", _item(2), column="负责人信息"),
    Kind("plan", "规划计划", _item(3), _FULL, numbered=True, lives=True),
    Kind("statistics", "统计信息", _item(4), column="数据发布"),
    Kind("licensing", "行政许可和其他对外管理服务", _item(5)),
    Kind("penalty", "行政处罚和行政强制", _item(6)),
    Kind("budget", "财政预算、决算", _item(7)),
    Kind("fee", "行政事业性收费", _item(8)),
    Kind("procurement", "政府集中采购", _item(9)),
    Kind("project", "重大建设项目", _item(10)),
    Kind("welfare", "扶贫、教育、医疗、社会保障、促进就业", _item(11)),
    Kind("emergency", "突发公共事件应急管理", _item(12)),
    Kind("inspection", "监督检查情况", _item(13)),
    Kind("recruitment", "公务员招考录用", _item(14)),
    Kind("reply", "建议提案复文", _item(15), numbered=True),
    Kind("personnel", "人事任免", _item(15), numbered=True),
    Kind("other", "其他应当主动公开的信息", _item(15)),
    Kind("municipal", "市政建设", _LOCAL, extra="local"),
    Kind("services", "公共服务", _LOCAL, extra="local"),
    Kind("charity", "公益事业", _LOCAL, extra="local"),
    Kind("land", "土地征收", _LOCAL, extra="local township"),
    Kind("house", "房屋征收", _LOCAL, extra="local township"),
    Kind("security", "治安管理", _LOCAL, extra="local"),
    Kind("relief", "社会救助", _LOCAL, extra="local township"),
    Kind("farming", "贯彻落实农业农村政策", _LOCAL, extra="township"),
    Kind("irrigation", "农田水利工程建设运营", _LOCAL, extra="township"),
    Kind("contract_land", "农村土地承包经营权流转", _LOCAL, extra="township"),
    Kind("homestead", "宅基地使用情况审核", _LOCAL, extra="township"),
    Kind("levy", "筹资筹劳", _LOCAL, extra="township"),
    Kind("system", "政府信息公开制度", REGULATION.article(4), column="信息公开目录"),
    Kind("report", "政府信息公开年度报告", REGULATION.article(49), column="信息公开年报"),
    Kind("clarification", "澄清说明", REGULATION.article(6), column="回应关切"),
    Kind("news", "工作动态", None, column="工作动态"),
    Kind("catalogue", "清理结果目录", _item(1), _FULL, column=_POLICY),
    Kind("higher", "法律法规和上级文件", None, numbered=True, reprint=True, column=_POLICY),
)

#: 种类，以代码为键，先后为序
KINDS = MappingProxyType({kind.code: kind for kind in _ROWS})
#: 种类的选项，用于表单
CHOICES = [(kind.code, kind.name) for kind in _ROWS]


def codes(**wanted: object) -> list[str]:
    """种类代码：those whose row says so: ``codes(policy=True)``."""
    return [k.code for k in _ROWS if all(getattr(k, name) == v for name, v in wanted.items())]


#: 公文种类（《党政机关公文处理工作条例》第八条）
GENRES = [
    *("决议", "决定", "命令（令）", "公报", "公告", "通告", "意见", "通知"),
    *("通报", "报告", "请示", "批复", "议案", "函", "纪要"),
]

#: 主题分类：the first level of the classes official documents on gov.cn are filed under; 机构设置
#: stands where the State Council has 国务院组织机构.
TOPICS = [
    "机构设置",
    "综合政务",
    "国民经济管理、国有资产监管",
    "财政、金融、审计",
    "国土资源、能源",
    "农业、林业、水利",
    "工业、交通",
    "商贸、海关、旅游",
    "市场监管、安全生产监管",
    "城乡建设、环境保护",
    "科技、教育",
    "文化、广电、新闻出版",
    "卫生、体育",
    "人口与计划生育、妇女儿童工作",
    "劳动、人事、监察",
    "公安、安全、司法",
    "民政、扶贫、救灾",
    "民族、宗教",
    "对外事务",
    "港澳台侨工作",
    "国防",
    "其他",
]

#: 栏目类别（《政府网站发展指引》，国办发〔2017〕47号，附件：网页标签规范 ColumnType）
COLUMN_TYPES = [
    "首页",
    "概况信息",
    "机构职能",
    "负责人信息",
    "工作动态",
    "政策文件",
    "信息公开指南",
    "信息公开目录",
    "信息公开年报",
    "依申请公开",
    "数据发布",
    "数据开放",
    "政策解读",
    "回应关切",
    "办事服务",
    "咨询投诉",
    "征集调查",
    "在线访谈",
]
