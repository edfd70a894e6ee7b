import pytest

from chinese_fonts import needs_fonts
from gongkai.errors import NotInstalled
from gongkai.paper import fonts
from gongkai.paper.fonts import Fonts, Style, system_fonts
from gongkai.paper.typeset import typeset


def test_without_chinese_fonts_the_package_to_install_is_named(tmp_path):
    with pytest.raises(NotInstalled) as caught:
        Fonts([tmp_path], system=False).stack(Style.BODY)

    assert str(caught.value) == (
        "系统里没有中文字体，不能生成PDF；请安装fonts-noto-cjk（Debian、Ubuntu：apt install "
        "fonts-noto-cjk），或用环境变量GONGKAI_FONTS指明字体所在的文件夹"
    )


def test_without_chinese_fonts_nothing_is_set(tmp_path):
    with pytest.raises(NotInstalled, match="fonts-noto-cjk"):
        typeset("#title()", {}, fonts=Fonts([tmp_path], system=False))


@needs_fonts
@pytest.mark.parametrize("style", Style)
def test_every_style_has_a_font_on_this_system(style):
    families = set(system_fonts().found.families())

    stack = system_fonts().stack(style)

    assert stack
    assert set(stack) <= families
    assert len(stack) == len(set(stack))


def test_the_offices_own_font_comes_first(monkeypatch):
    library = Fonts(system=False)
    own = {"FangSong_GB2312", "FandolFang", "Noto Serif CJK SC", "SimHei"}
    monkeypatch.setattr(library, "_families", frozenset(own))

    assert library.stack(Style.BODY) == [
        "FangSong_GB2312",
        "FandolFang",
        "Noto Serif CJK SC",
        "SimHei",
    ]
    assert library.stack(Style.HEADING)[0] == "SimHei"


def test_the_folder_of_the_variable_is_looked_at(monkeypatch, tmp_path):
    monkeypatch.setenv(fonts.DIRECTORIES, str(tmp_path))

    assert system_fonts() is not fonts._fonts("")
