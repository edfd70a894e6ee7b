from gongkai.theme.chinese import page_to_traditional


def test_text_and_what_is_read_aloud_is_turned():
    page = '<a href="/栏目/发展" title="发展">发展</a><img alt="国务院"><p>政府信息公开</p>'

    assert page_to_traditional(page) == (
        '<a href="/栏目/发展" title="發展">發展</a><img alt="國務院"><p>政府信息公開</p>'
    )


def test_what_a_form_sends_back_stays_as_it_is():
    page = (
        '<input type="hidden" name="move" value="发布"><textarea>发布</textarea>'
        "<script>var 发 = 1</script><!-- 发 -->"
    )

    assert page_to_traditional(page) == page


def test_characters_are_chosen_by_the_phrase():
    assert page_to_traditional("<p>头发、发展、皇后、以后</p>") == "<p>頭髮、發展、皇后、以後</p>"
