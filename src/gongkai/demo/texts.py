"""演示文件的标题和正文：invented, each saying of itself that it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

MARK = "（演示）"

#: 规章：59, as many as the report counts in force.
RULE_SUBJECTS = (
    *("城市供水", "城市供热", "城市燃气", "城市节约用水", "城市排水", "城市绿线", "城市照明"),
    *("城市道路挖掘", "城市桥梁隧道安全", "城市市容和环境卫生", "户外广告和招牌设置"),
    *("建筑垃圾", "餐厨废弃物", "生活垃圾分类", "城市公共厕所", "停车场", "机动车停放"),
    *("公共汽车客运", "出租汽车客运", "轨道交通运营", "非机动车", "电动自行车消防安全"),
    *("道路交通安全", "客运站场", "建设工程施工现场", "建设工程质量", "房屋安全"),
    *("物业服务", "住宅专项维修资金", "公共租赁住房", "房屋租赁", "国有土地上房屋征收与补偿"),
    *("历史建筑保护", "文物保护", "古树名木保护", "公园", "湿地保护", "水源地保护"),
    *("地下水", "河道", "防洪", "扬尘污染防治", "机动车排气污染防治", "环境噪声污染防治"),
    *("秸秆综合利用", "烟花爆竹", "养犬", "消防", "气象灾害防御", "突发事件应急预案"),
    *("政府投资项目", "政府合同", "政府规章制定", "行政规范性文件", "重大行政决策程序"),
    *("政务数据共享", "公共信用信息", "献血", "居家养老服务"),
)

_NORM_SUBJECTS = (
    *("城乡居民最低生活保障", "特困人员救助供养", "临时救助", "医疗救助", "养老机构扶持"),
    *("残疾人两项补贴", "孤儿基本生活保障", "被征地农民社会保障", "创业担保贷款", "稳岗返还"),
    *("公益性岗位开发", "高校毕业生就业见习", "职业技能提升补贴", "人才引进", "人才公寓"),
    *("科技创新券", "高新技术企业培育", "中小企业发展专项资金", "工业用地弹性出让"),
    *("标准地改革", "工程建设项目审批", "建设用地规划", "农村宅基地审批", "农村公路养护"),
    *("农业保险", "耕地轮作休耕", "畜禽养殖污染治理", "粮食储备", "菜篮子基地建设"),
    *("生猪稳产保供", "重污染天气应急", "散煤治理", "气代煤电代煤补贴", "水价综合改革"),
    *("雨污分流改造", "老旧小区改造", "既有住宅加装电梯", "保障性租赁住房", "住房公积金提取"),
    *("学前教育普惠发展", "义务教育招生入学", "校外培训监管", "中小学课后服务", "助学资助"),
    *("家庭医生签约服务", "分级诊疗", "村卫生室运行补助", "计划生育家庭奖励扶助"),
    *("体育场馆免费低收费开放", "公共文化设施开放", "旅游发展专项资金", "非物质文化遗产保护"),
    *("网约车经营服务", "共享单车停放", "货运车辆通行", "停车收费", "城市道路占用挖掘收费"),
    *("食品小作坊小餐饮小摊点", "药品零售监管", "电梯安全", "特种设备应急救援", "价格监测"),
    *("法律援助补贴", "人民调解员补贴", "行政执法公示", "行政裁量权基准", "公平竞争审查"),
    *("政府购买服务", "财政专项资金", "国有企业投资监管", "行政事业单位资产", "政府采购监管"),
    *("电子证照应用", "政务服务好差评"),
)
_NORM_FORMS = ("关于印发{}管理办法的通知", "关于进一步规范{}工作的意见")

_POLICY_SUBJECTS = (
    *("国民经济和社会发展计划任务分工", "政务公开工作要点", "优化营商环境行动方案"),
    *("稳定经济运行若干措施", "重点建设项目安排", "民生工程实施方案", "安全生产大检查"),
    *("森林草原防灭火工作", "防汛抗旱工作", "食品安全工作要点", "春季农业生产", "秸秆禁烧"),
    *("冬季清洁取暖", "大气污染综合治理", "水污染防治工作方案", "城市更新行动计划"),
    *("数字经济发展规划", "先进制造业集群培育", "消费促进活动", "会展业发展扶持措施"),
    *("普惠金融发展", "科技成果转化", "知识产权强市建设", "质量强市工作", "标准化工作"),
    *("基本公共服务标准", "养老服务体系建设", "托育服务发展", "全民健身实施计划"),
    *("职业教育改革", "义务教育优质均衡发展", "青少年体育促进", "公共文化服务提升"),
    *("乡村振兴重点工作", "高标准农田建设", "农村人居环境整治", "四好农村路建设"),
    *("行政审批制度改革", "一件事一次办", "跨省通办事项", "政务服务事项基本目录"),
    *("法治政府建设工作安排", "行政执法监督", "规章制定计划", "行政复议体制改革"),
    *("统计督察整改", "人口变动抽样调查", "经济普查准备", "地名普查"),
    *("爱国卫生月活动", "无偿献血表扬", "见义勇为表扬", "政府工作部门权责清单"),
)
_POLICY_FORMS = (
    "关于印发{}的通知",
    "关于做好{}有关工作的通知",
    "关于{}的实施意见",
    "关于调整{}领导小组成员的通知",
)
_REPLY_SUBJECTS = (
    *("增加中心城区停车位", "改善老旧小区供热", "规范外卖电动车通行", "加强校园周边交通管理"),
    *("推进社区养老服务", "扩大普惠托育供给", "整治占道经营", "完善公交接驳", "保护滹沱河湿地"),
    *("支持中小企业融资", "加快充电设施建设", "提升农村教育质量", "推广垃圾分类", "治理噪声扰民"),
)
_NEWS_SUBJECTS = (
    *("召开安全生产工作调度会", "开展食品安全抽检", "组织政务公开培训", "举行防汛应急演练"),
    *("推进重点项目建设", "开展普法宣传活动", "公布空气质量情况", "启动就业援助月活动"),
    *("检查冬季供热保障", "开展爱国卫生运动", "举办招聘会", "发布消费提示"),
)


@dataclass(frozen=True, slots=True)
class Text:
    """标题和正文。"""

    title: str
    html: str
    subject: str


def _articles(*lines: str) -> str:
    numerals = "一二三四五六七八九十"
    return "".join(
        f'<p id="a{place}">第{numerals[place - 1]}条　{line}</p>'
        for place, line in enumerate(lines, 1)
    )


def rules() -> Iterator[Text]:
    """规章：title and articles."""
    for subject in RULE_SUBJECTS:
        html = '<h2 id="s1" align="center">第一章　总则</h2>' + _articles(
            f"为了规范{subject}工作，保障公众合法权益，结合本市实际，制定本办法。",
            f"本市行政区域内{subject}的规划、建设、管理和监督，适用本办法。",
            f"{subject}工作遵循统筹规划、分级负责、公开透明、便民高效的原则。",
            f"市、县（市、区）人民政府加强对{subject}工作的领导，所需经费列入本级预算。",
            "有关主管部门应当依法公开办事依据、程序、期限和结果，接受社会监督。",
            "任何单位和个人有权对违反本办法的行为进行举报，有关部门应当及时处理。",
            "违反本办法的行为，法律、法规、规章已有处罚规定的，从其规定。",
            "本办法自公布之日起三十日后施行。本文为演示内容，不具有法律效力。",
        )
        yield Text(f"石家庄市{subject}管理办法{MARK}", html, subject)


def norms() -> Iterator[Text]:
    """行政规范性文件：of the city government, every subject in two forms."""
    for form in _NORM_FORMS:
        for subject in _NORM_SUBJECTS:
            yield Text(
                f"石家庄市人民政府{form.format(subject)}{MARK}", notice(subject, "规范"), subject
            )


def policies() -> Iterator[Text]:
    """其他政策文件：of the city government and of its office."""
    for form in _POLICY_FORMS:
        for subject in _POLICY_SUBJECTS:
            issuer = "石家庄市人民政府办公室" if "领导小组" in form else "石家庄市人民政府"
            yield Text(f"{issuer}{form.format(subject)}{MARK}", notice(subject, "推进"), subject)


def interpretation(title: str, number: str = "") -> str:
    """政策解读的正文：why, what, for whom, how."""
    name, told = title.removesuffix(MARK), f"（{number}）" if number else ""
    return (
        '<h2 id="s1">一、制定背景</h2>'
        f"<p>为方便公众了解《{name}》{told}，现将有关内容解读如下。</p>"
        '<h2 id="s2">二、主要内容</h2>'
        "<p>文件明确了总体要求、主要任务和组织实施三方面内容，规范了申请条件、材料、流程和时限。</p>"
        '<h2 id="s3">三、适用对象</h2><p>本市行政区域内的有关单位和个人。</p>'
        '<h2 id="s4">四、怎样办理</h2>'
        "<p>按照文件公布的流程，向县（市、区）有关部门提出；需要的表格见文件的附件。</p>"
        "<p>解读单位：文件的起草单位。本文为演示内容。</p>"
    )


def reply(number: int, *, proposal: bool) -> Text:
    """建议提案复文：the reply to a deputy's suggestion or to a proposal of the CPPCC."""
    subject = _REPLY_SUBJECTS[number % len(_REPLY_SUBJECTS)]
    whose = "市政协十四届二次会议第{}号提案" if proposal else "市十五届人大二次会议第{}号建议"
    whose = whose.format(1000 + number)
    html = (
        f"<p>您提出的关于{subject}的{'提案' if proposal else '建议'}收悉，现答复如下：</p>"
        '<h2 id="s1">一、工作开展情况</h2>'
        f"<p>围绕{subject}，我市建立了部门协同机制，开展了专项排查，梳理问题清单并逐项整改。</p>"
        '<h2 id="s2">二、下一步工作打算</h2>'
        "<p>我们将结合您的意见，细化措施，压实责任，并及时公开进展情况。</p>"
        "<p>感谢您对政府工作的关心和支持。本文为演示内容。</p>"
    )
    return Text(f"关于{whose}的答复{MARK}", html, subject)


def item(kind: str, name: str, organ: str, number: int) -> Text:
    """法定主动公开内容和工作动态：a short item of a kind."""
    if kind == "news":
        subject = _NEWS_SUBJECTS[number % len(_NEWS_SUBJECTS)]
        title = f"{organ}{subject}（2022年第{number + 1}期）{MARK}"
    else:
        subject = name
        title = f"{organ}2022年{name.removesuffix('信息')}信息（第{number + 1}号）{MARK}"
    html = (
        f"<p>按照《中华人民共和国政府信息公开条例》的规定，现将{organ}有关{subject}的情况予以公开。</p>"
        "<p>具体内容以附表和有关文件为准。本文为演示内容。</p>"
    )
    return Text(title, html, subject)


def recent(number: int, organ: str) -> Text:
    """近期动态：a short piece of news."""
    subject = _NEWS_SUBJECTS[number % len(_NEWS_SUBJECTS)]
    html = f"<p>近日，{organ}{subject}。有关情况将持续公开。本文为演示内容。</p>"
    return Text(f"{organ}{subject}{MARK}", html, subject)


def notice(subject: str, verb: str) -> str:
    """通知：the text of one, settled."""
    return (
        "<p>各县（市、区）人民政府，市政府各部门，各有关单位：</p>"
        f"<p>为{verb}{subject}工作，经研究，现就有关事项通知如下。</p>"
        '<h2 id="s1">一、总体要求</h2>'
        f"<p>坚持以人民为中心，统筹兼顾、突出重点，推动{subject}工作规范有序开展。</p>"
        '<h2 id="s2">二、主要任务</h2>'
        '<h3 id="s3">（一）健全工作机制</h3>'
        "<p>明确牵头单位和责任单位，建立台账，定期调度。</p>"
        '<h3 id="s4">（二）规范办理程序</h3>'
        "<p>公布申请条件、办理材料、办理流程和办结时限，方便群众办事。</p>"
        '<h3 id="s5">（三）加强资金保障</h3>'
        "<p>所需资金按照财政事权和支出责任划分，由市、县两级统筹安排。</p>"
        '<h2 id="s6">三、组织实施</h2>'
        "<p>各级各部门要加强宣传解读，及时回应社会关切。本文为演示内容，不具有效力。</p>"
    )
