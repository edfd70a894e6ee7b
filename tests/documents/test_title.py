from gongkai.documents.body.clean import without_title

TITLE = "石州市人民政府关于做好有关工作的通知"


def test_a_manuscript_loses_the_title_it_begins_with():
    html = f'<h2 id="s1">{TITLE}</h2>\n<p>各单位：</p>'

    assert without_title(html, TITLE) == "<p>各单位：</p>"


def test_a_title_over_two_lines_is_one_title():
    html = '<p align="center">石州市人民政府</p><p>关于做好有关工作的通知</p><p>各单位：</p>'

    assert without_title(html, TITLE) == "<p>各单位：</p>"


def test_a_text_that_begins_otherwise_stays_as_it_is():
    for html in (
        "<p>各单位：</p>",
        "<p>石州市人民政府</p><p>各单位：</p>",
        f"<table><tr><td><p>{TITLE}</p></td></tr></table><p>一</p>",
        "",
    ):
        assert without_title(html, TITLE) == html
