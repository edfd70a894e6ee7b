"""隐藏信息：what a file carries that its reader does not see."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from django.db import models


class What(models.TextChoices):
    """隐藏信息的种类。"""

    TRACKED = "tracked", "修订痕迹"
    COMMENT = "comment", "批注"
    HIDDEN_TEXT = "hidden_text", "隐藏文字"
    COVERED_TEXT = "covered_text", "遮盖之下的文字"
    HIDDEN_SHEET = "hidden_sheet", "隐藏的工作表"
    HIDDEN_ROWS = "hidden_rows", "隐藏的行列"
    HIDDEN_SLIDE = "hidden_slide", "隐藏的幻灯片"
    HIDDEN_LAYER = "hidden_layer", "隐藏的图层"
    NOTES = "notes", "演讲者备注"
    PIVOT = "pivot", "数据透视表缓存"
    LINK = "link", "外部链接"
    EMBEDDED = "embedded", "嵌入的文件"
    MACRO = "macro", "宏"
    SCRIPT = "script", "脚本"
    EARLIER = "earlier", "以前的版本"
    METADATA = "metadata", "文档属性"
    LOCATION = "location", "拍摄地点"
    THUMBNAIL = "thumbnail", "缩略图"
    TRAILING = "trailing", "尾部附加数据"
    UNSEEN = "unseen", "无法检查"


_ADVICE: Final = {
    What.TRACKED: "接受或者拒绝全部修订后重新上传",
    What.COMMENT: "删除全部批注后重新上传",
    What.HIDDEN_TEXT: "显示并删除隐藏文字后重新上传",
    What.COVERED_TEXT: "色块盖不住文字，选中即可复制；请删去文字，或者转成图片再遮盖",
    What.HIDDEN_SHEET: "取消隐藏，删除不公开的工作表后重新上传",
    What.HIDDEN_ROWS: "取消隐藏，删除不公开的行列后重新上传",
    What.HIDDEN_SLIDE: "删除不公开的幻灯片后重新上传",
    What.HIDDEN_LAYER: "合并或者删除图层后重新导出",
    What.NOTES: "删除备注后重新上传",
    What.PIVOT: "透视表带着全部源数据；请复制为数值后重新上传",
    What.LINK: "断开链接，只保留结果后重新上传",
    What.EMBEDDED: "嵌入的文件会随正文一起公开；请删除，或者改用图片",
    What.MACRO: "另存为不带宏的格式后重新上传",
    What.SCRIPT: "去掉脚本后重新导出",
    What.EARLIER: "文件里留着修改以前的内容；可以一键清除，或者重新导出",
    What.METADATA: "可以一键清除；不影响正文",
    What.LOCATION: "可以一键清除；不影响图像",
    What.THUMBNAIL: "可以一键清除；缩略图可能是修改以前的样子",
    What.TRAILING: "可以一键清除；文件末尾的数据看文件时看不到",
    What.UNSEEN: "请另存为新格式（.docx、.xlsx、.pdf）后重新上传",
}

#: These only tell who made the file and with what; publication is warned of them, not stopped.
_HARMLESS: Final = frozenset({What.METADATA, What.LINK, What.THUMBNAIL})

#: What :func:`gongkai.files.cleaning.cleaned` takes away.
_REMOVABLE: Final = frozenset(
    {What.METADATA, What.LOCATION, What.THUMBNAIL, What.EARLIER, What.TRAILING}
)

#: How much of a hidden text is shown.
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Hidden:
    """一处隐藏信息：its kind, where it is, and what it says."""

    kind: What
    where: str
    what: str

    @property
    def advice(self) -> str:
        """怎么办。"""
        return _ADVICE[self.kind]

    @property
    def blocks(self) -> bool:
        """是否应当先处理再公开。"""
        return self.kind not in _HARMLESS

    @property
    def removable(self) -> bool:
        """是否可以一键清除。"""
        return self.kind in _REMOVABLE

    def as_json(self) -> dict[str, Any]:
        """For keeping with the file."""
        return {**asdict(self), "kind": self.kind.value}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Hidden:
        """As it was kept."""
        return cls(What(kept["kind"]), kept["where"], kept["what"])


def shown(text: str) -> str:
    """One line of a text, cut where it grows long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}……"
