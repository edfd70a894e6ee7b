"""口径：whether a number in the prose counts what the tables count, or only a part of it."""

from __future__ import annotations

import re

from gongkai.annual.checks.organs import Kind, kind_of
from gongkai.annual.model import Report

_YEAR = re.compile(
    r"(?<![较比与同])(20\d\d)年(?!度?(?:未办结|顺延)?的?(?:政府信息公开)?(?:申请)?(?:结转|转入))"
)
_LAST_YEAR = re.compile(
    r"(?<![较比与同转自])(?:去年|上一?年)(?!度?(?:的|未办结的?|政府)?(?:信息公开)?(?:申请)?(?:结转|转|遗留|顺延|延续|同期))"
)
_PART_OF_YEAR = re.compile(
    r"季度|半年|月份|\d月(?!\d*[1-3]?[0-9]日)|累计|历年|近[两三五]年|[日月年]均|平均|截至(?:\d+年)?(?!12月|\d+年12月|年底|目前)\d+月"
    r"|(?<!今年)(?<!年初)(?<!本年)以来"
)
_WHOLE = re.compile(r"(?:全|本)[省市区县旗州盟国域]|各级|我[省市区县旗州]")
_NARROWER = re.compile(
    r"[市区县省州旗]政府(?!信息|网|门户|办公|公报|系统|工作|各|部门|及)|本级|办公[厅室](?!共?代表)|政府办(?![公理])|[我本]办|[市区县省]直|乡镇|街道|各(?:县|市|区|部门|单位|地)"
    r"|[\u4e00-\u9fff](?:局|委员会)(?![限部])|派出机构"
)
_BROADER = re.compile(r"全[省市区县旗州国]|各级|各(?:县|市|区|部门|单位)|系统")
_CHANNEL = re.compile(
    r"网上|网络|在线|网站|平台|信函|信件|邮寄|当面|现场|邮件|邮箱|传真|微信|电话|快递|窗口|线[上下]|口头|书面"
)
_PARTIAL = re.compile(
    r"协助|协办|转办|转交|转送|会办|配合|指导|审核|审查|会商|交办|承办|征求|代拟|补正|延期|延长|当场|当日|逾期|超期"
    r"|提前|重新|补充|撤回|撤销|首次|[一二再]审"
)
_THEME = re.compile(
    r"涉及|关于|有关|类(?:的|别)?(?:政府信息公开)?(?:申请)?(?:有|共|为|占)?$|领域|方面的"
)


class Scope:
    """口径：what kind of organ's report it is, for judging who and when a sentence speaks of."""

    def __init__(self, report: Report) -> None:
        self.year = report.year
        self.whole = kind_of(report.organ) in (Kind.GOVERNMENT, Kind.UNKNOWN)

    def doubt(self, before: str) -> str:
        """Why a number may count something else, from the sentence before it; empty if it counts
        the organ's whole year.
        """
        return self._when(before) or self._who(before)

    def _when(self, before: str) -> str:
        years = _YEAR.findall(before)
        if self.year is not None and years and int(years[-1]) != self.year:
            return f"说的是{years[-1]}年"
        last_year = _LAST_YEAR.search(before)
        if last_year and not years:
            return "说的是上一年"
        if part := _PART_OF_YEAR.search(before):
            return f"“{part.group()}”的数，不是全年的"
        return ""

    def _who(self, before: str) -> str:
        if self.whole:
            whole = _last(_WHOLE, before)
            narrower = _last(_NARROWER, before)
            if narrower and (whole is None or narrower.start() > whole.end() + 8):
                return f"“{narrower.group()}”的数，不是全部"
            return ""
        broader = _last(_BROADER, before)
        return f"“{broader.group()}”的数，不是本机关的" if broader else ""


def is_channel(clause: str) -> bool:
    """渠道：the clause counts what came by one channel."""
    return bool(_CHANNEL.search(clause))


def partial(clause: str) -> str:
    """部分：the word that makes a clause count some cases only（延期答复、二审）, if any."""
    found = _PARTIAL.search(clause)
    return f"“{found.group()}”的数，只是一部分" if found else ""


def is_theme(clause: str) -> bool:
    """主题：the clause counts what concerned one subject（涉及征地拆迁类申请）."""
    return bool(_THEME.search(clause))


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):  # noqa: B007 - the last one is wanted
        pass
    return found
