"""拟写答复、审核、签发：through the pages."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from asked import GIVEN, approve, make_request
from gongkai.applications.actions import replying
from gongkai.applications.actions.deciding import decide
from gongkai.applications.states import Sort
from gongkai.law.outcomes import OUTCOMES
from gongkai.organs.states import Duty

pytestmark = pytest.mark.django_db
D = date


def said(response):
    return [str(error) for error in response.context["form"].non_field_errors()]


@pytest.fixture
def drafting(one, clerk, today):
    replying.draft(one, by=clerk)
    return one


@pytest.fixture
def written(drafting, clerk):
    decide(drafting.matters.get(), "A2", by=clerk, findings=GIVEN)
    replying.compose_reply(drafting, by=clerk)
    return drafting


def test_all_outcomes_stand_there_the_closed_ones_with_their_reasons(desk, drafting):
    page = desk.get("decide", drafting, drafting.matters.get().pk)
    rows = [row for _, rows in page.context["groups"] for row in rows]
    assert [row["outcome"] for row in rows] == list(OUTCOMES)
    closed = {row["outcome"].code: row["reasons"] for row in rows if row["reasons"]}
    assert "检索记录" in closed["D1a"][0]
    assert "书面征求第三方的意见" in closed["C4"][0]
    assert "A2" not in closed


@pytest.mark.parametrize("chosen", OUTCOMES, ids=lambda one: one.code)
def test_each_outcome_asks_for_what_its_letter_must_say(desk, drafting, chosen):
    from gongkai.applications.letters.fields import fields_to_fill

    key = drafting.matters.get().pk
    url = f"/desk/applications/{drafting.pk}/do/reply/{key}/?outcome={chosen.code}"
    page = desk.client.get(url)
    asked = {one.name for one in fields_to_fill(chosen.letter)} - {"检索记录"}
    assert asked <= set(page.context["form"].fields)
    assert ("severable" in page.context["form"].fields) == (chosen.code in REFUSED)


REFUSED = ("C1", "C2", "C3", "C4", "C5", "C6", "C7")


def test_an_outcome_of_another_law_is_refused_in_words(desk, drafting):
    key = drafting.matters.get().pk
    page = desk.client.get(f"/desk/applications/{drafting.pk}/do/reply/{key}/?outcome=Z9")
    assert page.context["told"].startswith("没有答复结果")


def test_a_closed_outcome_sent_by_hand_is_refused(desk, drafting):
    key = drafting.matters.get().pk
    page = desk.post("decide", drafting, key, outcome="D1a")
    assert "检索记录" in said(page)[0]
    assert drafting.matters.get().outcome == ""


def test_a_half_written_answer_is_kept_and_not_composed(desk, drafting):
    key = drafting.matters.get().pk
    desk.post("decide", drafting, key, outcome="C6", severable="no", severing="全为讨论记录",
              过程性信息的类别="讨论记录")  # fmt: skip
    matter = drafting.matters.get()
    assert (matter.outcome, matter.severable) == ("C6", False)
    assert matter.findings["过程性信息的类别"] == "讨论记录"

    page = desk.post("submit", drafting, step="compose")
    assert "所处的阶段" in said(page)[0]
    assert drafting.replies.count() == 0


def test_severable_means_it_must_be_disclosed_in_part(desk, drafting):
    key = drafting.matters.get().pk
    desk.post("decide", drafting, key, outcome="C6", severable="yes", severing="附件可以公开",
              过程性信息的类别="讨论记录", 所处阶段="讨论")  # fmt: skip
    page = desk.post("submit", drafting, step="compose")
    assert "应当部分公开" in said(page)[0]


def test_rows_grow_without_script(desk, drafting):
    key = drafting.matters.get().pk
    told = {"outcome": "A2", "信息清单-rows": "2", "信息清单-0-0": "甲", "信息清单-1-0": "乙"}
    page = desk.post("decide", drafting, key, step="rows", **told)
    html = page.content.decode()
    assert 'name="信息清单-rows" value="4"' in html
    assert 'value="乙"' in html
    assert page.context["form"].errors == {}
    assert drafting.matters.get().outcome == ""


def test_too_long_a_cell_is_refused_and_kept(desk, drafting):
    key = drafting.matters.get().pk
    page = desk.post(
        "decide", drafting, key, outcome="A2", **{"信息清单-rows": "1", "信息清单-0-0": "长" * 501}
    )
    assert page.context["form"].errors["信息清单"] == ["第1行“名称”最多500字。"]
    assert "长" * 501 in page.content.decode()


def test_the_list_is_filled_from_the_files_that_go_with_it(desk, drafting):
    file = SimpleUploadedFile("2024年部门预算.txt", b"1")
    desk.post("submit", drafting, step="supply", file=file)
    key = drafting.matters.get().pk
    url = f"/desk/applications/{drafting.pk}/do/reply/{key}/?outcome=A2"
    rows = desk.client.get(url).context["form"]["信息清单"].value()
    assert [row["名称"] for row in rows] == ["2024年部门预算"]


def test_a_file_with_personal_numbers_stops_until_somebody_says_why(desk, written):
    text = "联系人张三，身份证号130102199003074514".encode()
    desk.post("submit", written, step="supply", file=SimpleUploadedFile("名单.txt", text))
    page = desk.post("submit", written, step="submit")
    assert "名单.txt" in said(page)[0]
    assert written.state == "drafting"
    assert "130102199003074514" not in page.content.decode()

    file = written.attachments.get(sort="supplied")
    page = desk.post("submit", written, step=f"clear-{file.pk}", **{f"reason-{file.pk}": " "})
    assert said(page) == ["请写明为什么可以提供。"]
    desk.post(
        "submit", written, step=f"clear-{file.pk}", **{f"reason-{file.pk}": "申请人本人的信息"}
    )
    desk.post("submit", written, step="submit")
    assert written.state == "legal"


def test_a_file_is_taken_back(desk, written):
    desk.post("submit", written, step="supply", file=SimpleUploadedFile("甲.txt", b"1"))
    desk.post("submit", written, step=f"drop-{written.attachments.get().pk}")
    assert written.attachments.count() == 0


def test_the_text_is_kept_when_it_is_refused(desk, written):
    page = desk.post("submit", written, step="save", body="张三丰，电话13800138000：予以公开。")
    assert "证件号码、电话" in said(page)[0]
    assert "电话13800138000：予以公开。" in page.content.decode()


def test_too_long_a_text_is_refused_in_a_sentence(desk, written):
    page = desk.post("submit", written, step="save", body="长" * 30_001)
    assert said(page)[0].startswith("正文：")


def test_who_reviews_writes_nothing(desk_of, written):
    desk = desk_of(Duty.LEGAL)
    body = written.replies.get().paper.body
    key = written.matters.get().pk
    assert desk.get("submit", written).context["why_not"] != []
    page = desk.post("submit", written, step="save", body="另一个决定")
    assert "提交审核" in said(page)[0]
    page = desk.post("decide", written, key, outcome="A1", 公开位置="网站")
    assert "提交审核" in said(page)[0]
    page = desk.post("submit", written, step="supply", file=SimpleUploadedFile("a.txt", b"1"))
    assert "提交审核" in said(page)[0]
    assert written.replies.get().paper.body == body
    assert (written.matters.get().outcome, written.attachments.count()) == ("A2", 0)


def test_after_it_was_submitted_nothing_of_it_is_written(desk, written):
    desk.post("submit", written, step="submit")
    page = desk.post("submit", written, step="save", body="另一个决定")
    assert "现在是“合法性审核”" in said(page)[0]
    page = desk.post("submit", written, step="compose", seen="drafting")
    assert said(page) == ["这件事刚刚由别人办理过，状态已经变化。请刷新页面后再看。"]


def test_a_request_to_correct_a_record_gets_its_own_letter(desk, organ, clerk, today):
    one = make_request(organ, clerk, sort=Sort.RECTIFICATION, subject="更正门牌")
    replying.draft(one, by=clerk)
    key = one.matters.get().pk
    page = desk.get("decide", one, key)
    assert page.context["letter"].number == 37
    desk.post("decide", one, key, 更正的证据="产权证一份", 更正结果="更正为12号")
    desk.post("submit", one, step="compose", seen="drafting")
    paper = one.replies.get().paper
    assert paper.letter == 37
    assert "更正为12号" in paper.body


def test_the_desks_see_the_reply_and_its_grounds_and_send_it_back(desk_of, written, clerk):
    replying.advance(written, "submit", by=clerk)
    legal = desk_of(Duty.LEGAL)
    page = legal.get("pass_legal", written).content.decode()
    assert "2024年部门预算" in page
    assert "第三十六条第（二）项" in page

    page = legal.post("pass_legal", written, move="return_legal", note="")
    assert page.context["problem"] == "退回须写明理由。"
    legal.post("pass_legal", written, move="return_legal", note="引用条款有误")
    assert written.state == "drafting"


def test_a_desk_takes_no_other_move(desk_of, written, clerk):
    replying.advance(written, "submit", by=clerk)
    page = desk_of(Duty.LEGAL).post("pass_legal", written, move="sign", note="")
    assert page.context["problem"] == "没有这个办理动作，请刷新页面。"
    page = desk_of(Duty.SIGN).post("sign", written, move="sign", note="")
    assert "现在是“合法性审核”" in page.context["problem"]
    assert written.state == "legal"


def test_too_long_an_opinion_is_refused_and_kept(desk_of, written, clerk):
    replying.advance(written, "submit", by=clerk)
    page = desk_of(Duty.LEGAL).post("pass_legal", written, move="pass_legal", note="长" * 2001)
    assert page.context["problem"] == "意见最多2000字，现在有2001字。"
    assert page.context["note"] == "长" * 2001


def test_the_second_signer_is_told(desk_of, written, people, clerk):
    approve(written, people)
    page = desk_of(Duty.SIGN).post("sign", written, move="sign", note="", seen="signing")
    assert "刚刚由别人办理过" in page.context["problem"]
