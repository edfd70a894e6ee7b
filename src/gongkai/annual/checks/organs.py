"""机关类别：what an organ's name tells of its kind, as far as a rule depends on it."""

from __future__ import annotations

import re
from enum import Enum


class Kind(Enum):
    """机关类别：whose report it is."""

    #: A government's report for its whole area.
    GOVERNMENT = "政府"
    #: A department's or an office's own report.
    DEPARTMENT = "部门"
    TOWNSHIP = "乡镇、街道"
    UNKNOWN = "不明"


_WHOLE_AREA = re.compile(r"[（(]全[省市区县旗州][）)]$|^全[省市区县旗州]")
_TOWNSHIP = re.compile(r"(?:[乡镇]|街道)(?:人民政府|办事处|政府)?$|苏木")
_DEPARTMENT = re.compile(
    r"(?:局|委|办|厅|室|部|署|院|处|所|站|中心|支队|大队|总队|集团|公司|学校|学院|委员会|协会|联合会|社)$"
)
_AREA_BOARD = re.compile(r"(?:管理委员会|管委会)$")
_GOVERNMENT = re.compile(r"(?:人民政府|政府|[省市区县旗州盟])$")

_PROVINCE_NAMES = """
北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南
湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 内蒙古 广西 西藏 宁夏 新疆
"""
#: 设区的市，以及依《立法法》第九十三条的规定和2015年的决定行使同样职权的东莞、中山、嘉峪关、儋州.
_CITY_NAMES = """
石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治
晋城 朔州 晋中 运城 忻州 临汾 吕梁 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔
巴彦淖尔 乌兰察布 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳
葫芦岛 长春 吉林 四平 辽源 通化 白山 松原 白城 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山
大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 南京 无锡 徐州 常州 苏州 南通 连云港 淮安
盐城 扬州 镇江 泰州 宿迁 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水
合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城
福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州
吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂
德州 聊城 滨州 菏泽 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河
三门峡 南阳 商丘 信阳 周口 驻马店 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州
黄冈 咸宁 随州 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底
广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远
东莞 中山 潮州 揭阳 云浮 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州
河池 来宾 崇左 海口 三亚 三沙 儋州 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江
乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 贵阳 六盘水 遵义 安顺 毕节 铜仁 昆明
曲靖 玉溪 保山 昭通 丽江 普洱 临沧 拉萨 日喀则 昌都 林芝 山南 那曲 西安 铜川 宝鸡
咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉
庆阳 定西 陇南 西宁 海东 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密
"""
_PROVINCES = tuple(_PROVINCE_NAMES.split())
_CITIES = frozenset(_CITY_NAMES.split())
_OFFICE = re.compile(r"(?:(?:人民)?政府)?(?:办公[厅室])?$")
_STATE = re.compile(r"^(?:国务院|中华人民共和国|国家)")
_PROVINCE = re.compile(rf"(?:{'|'.join(_PROVINCES)})(?:壮族|回族|维吾尔)?(?:省|市|自治区)?")
_PREFECTURE = re.compile(r"[\u4e00-\u9fff]{2,12}自治州")
_CITY = re.compile(r"([\u4e00-\u9fff]{2,5})市")


def kind_of(organ: str) -> Kind:
    """机关类别：a government, a department, a township, or not to be told from the name."""
    name = organ.strip()
    if _WHOLE_AREA.search(name):
        return Kind.GOVERNMENT
    if _TOWNSHIP.search(name):
        return Kind.TOWNSHIP
    if _AREA_BOARD.search(name):
        return Kind.GOVERNMENT
    if _DEPARTMENT.search(name):
        return Kind.DEPARTMENT
    if _GOVERNMENT.search(name):
        return Kind.GOVERNMENT
    return Kind.UNKNOWN


def may_make_rules(organ: str) -> bool:
    """规章制定权：whether the name is that of a government (or its office) that makes rules.

    《立法法》第九十一条、第九十三条: departments of the State Council; the governments of
    provinces, of cities with districts and of autonomous prefectures. A department of a local
    government makes none.
    """
    name = _WHOLE_AREA.sub("", organ.strip())
    return bool(_STATE.match(name)) or _is_rule_making_area(_OFFICE.sub("", name, count=1))


def _is_rule_making_area(area: str) -> bool:
    rest = _PROVINCE.sub("", area, count=1) if _PROVINCE.match(area) else area
    if not rest or _PREFECTURE.fullmatch(rest):
        return True
    if city := _CITY.fullmatch(rest):
        return city[1] in _CITIES
    return area.removesuffix("市") in _CITIES
