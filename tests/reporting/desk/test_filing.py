"""The page on which a report is written."""

import re
from datetime import date
from urllib.parse import unquote

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from asked import make_request
from city import make_organ, make_staff
from filed import FIFTH, YEAR, make_filing, make_writers, publish, send_in, write_part
from gongkai.annual.forms import NEW, TABLE_3, TOTAL, Ref
from gongkai.annual.model import Undeterminable
from gongkai.annual.read import read_bytes
from gongkai.annual.write import write
from gongkai.organs.states import Duty
from gongkai.reporting.actions import filling, moving
from gongkai.reporting.actions.loading import load_published
from gongkai.reporting.assembling import report_of
from gongkai.reporting.counting import BY_HAND
from gongkai.reporting.desk.parts import query_of
from gongkai.reporting.models import Entry, Filing, FilingFile, Section, Waiver
from gongkai.reporting.sheets import shown
from gongkai.reporting.states import State

pytestmark = pytest.mark.django_db
#: Counted anew, and while nothing has changed since it was counted.
QUESTIONS, REMEMBERED = 54, 16


@pytest.fixture(autouse=True)
def _ready(settings):
    settings.DEMO = True


@pytest.fixture
def office():
    return make_writers()


def signed_in(client, staff):
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def fields_of(response):
    """What the browser would send of the form as it was drawn."""
    page = response.content.decode()
    form = page[page.index('<form id="filing"') : page.index('aria-labelledby="trail-title"')]
    found = {}
    for tag in re.findall(r"<input [^>]*>", form):
        told = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        if told.get("type") not in ("file", "checkbox") and "name" in told:
            found[told["name"]] = told.get("value", "")
    areas = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL)
    return found | dict(areas)


def opened(client, filing):
    response = client.get(filing.get_absolute_url())
    assert response.status_code == 200
    return fields_of(response)


def test_one_button_saves_all_that_was_touched(client, office):
    organ, people = office
    filing = filling.begin(organ, YEAR, by=people[Duty.DISCLOSURE])
    signed_in(client, people[Duty.DISCLOSURE])
    fields = opened(client, filing)

    fields |= {
        "text-5": "问题\r\n\r\n改进",
        "cell-0": "12",
        "source-0": "审批局报表",
        "phone": "12345",
    }
    response = client.post(reverse("reporting:store", args=[filing.pk]), fields)

    assert response.status_code == 302
    assert Section.objects.get(filing=filing, number=5).text == "问题\n\n改进"
    assert [(one.ref, one.figure, one.source) for one in Entry.objects.all()] == [
        (BY_HAND[0], 12, "审批局报表")
    ]
    assert Filing.objects.get().phone == "12345"
    revisions = Section.objects.order_by("number").values_list("revision", flat=True)
    assert list(revisions) == [0, 0, 0, 0, 0, 1, 0]


def post(client, filing, fields, **more):
    return client.post(reverse("reporting:store", args=[filing.pk]), fields | more)


def test_what_the_checks_object_to_may_be_saved(client, office):
    organ, people = office
    filing = filling.begin(organ, YEAR, by=people[Duty.DISCLOSURE])
    signed_in(client, people[Duty.DISCLOSURE])
    fields = opened(client, filing)
    text = "全年新收政府信息公开申请99件，{没有的}件。"

    response = post(client, filing, fields | {"text-1": text})

    assert response.status_code == 302
    assert Section.objects.get(filing=filing, number=1).text == text


def test_of_two_who_write_one_part_the_second_sees_both_texts_and_decides(client, office):
    organ, people = office
    first, second = people[Duty.DISCLOSURE], make_staff("同事", Duty.DISCLOSURE, organ=organ)
    filing = filling.begin(organ, YEAR, by=first)
    signed_in(client, second)
    fields = opened(client, filing)
    write_part(filing, 5, "先写的问题", first)
    write_part(filing, 6, "先写的其他事项", first)

    response = post(client, filing, fields | {"text-5": "后写的问题", "text-2": "后写的说明"})

    page = response.content.decode()
    assert response.status_code == 200
    assert "先写的问题" in page
    assert fields_of(response)["text-5"] == "后写的问题"
    assert "“存在的主要问题及改进情况”刚刚由" in page
    # What he did not touch is the other's, what does not clash is saved.
    assert fields_of(response)["text-6"] == "先写的其他事项"
    texts = dict(Section.objects.filter(filing=filing).values_list("number", "text"))
    assert (texts[2], texts[5], texts[6]) == ("后写的说明", "先写的问题", "先写的其他事项")

    again = post(client, filing, fields_of(response))

    assert again.status_code == 302
    assert Section.objects.get(filing=filing, number=5).text == "后写的问题"
    assert Section.objects.get(filing=filing, number=6).text == "先写的其他事项"


def test_of_two_who_fill_one_cell_the_second_is_told(client, office):
    organ, people = office
    clerk = people[Duty.DISCLOSURE]
    filing = filling.begin(organ, YEAR, by=clerk)
    signed_in(client, clerk)
    fields = opened(client, filing)
    filling.enter(filing, BY_HAND[0], "3", by=clerk, source="先填的")

    response = post(client, filing, fields | {"cell-0": "4", "source-0": "后填的"})

    assert f"刚刚由{clerk}改为3（来源：先填的）；您填的4还没有保存" in response.content.decode()
    assert Entry.objects.get().figure == 3
    assert post(client, filing, fields_of(response)).status_code == 302
    assert (Entry.objects.get().figure, Entry.objects.get().source) == (4, "后填的")


@pytest.mark.parametrize(
    ("typed", "source", "why"),
    [("-1", "报表", "不能是负数"), ("三", "报表", "不是数字"), ("1.5", "报表", "应当是整数"),
     ("3", "", "请写明数字的来源")],
)  # fmt: skip
def test_a_figure_that_is_none_stays_as_typed_and_the_rest_is_saved(
    client, office, typed, source, why
):
    organ, people = office
    filing = filling.begin(organ, YEAR, by=people[Duty.DISCLOSURE])
    signed_in(client, people[Duty.DISCLOSURE])
    fields = opened(client, filing) | {"cell-0": typed, "source-0": source, "text-5": "问题"}

    response = post(client, filing, fields)

    assert response.status_code == 200
    assert why in response.content.decode()
    kept = fields_of(response)
    assert (kept["cell-0"], kept["source-0"]) == (typed, source)
    assert not Entry.objects.exists()
    assert Section.objects.get(filing=filing, number=5).text == "问题"


def test_a_contact_that_is_none_stays_as_typed(client, office):
    organ, people = office
    filing = filling.begin(organ, YEAR, by=people[Duty.DISCLOSURE])
    signed_in(client, people[Duty.DISCLOSURE])

    response = post(client, filing, opened(client, filing) | {"email": "不是邮箱"})

    assert response.status_code == 200
    assert fields_of(response)["email"] == "不是邮箱"
    assert Filing.objects.get().email == filing.email


def test_what_was_written_while_the_report_was_sent_up_is_shown_to_be_copied(client, office):
    organ, people = office
    clerk = people[Duty.DISCLOSURE]
    filing = make_filing(organ, clerk)
    signed_in(client, clerk)
    fields = opened(client, filing)
    moving.advance(filing, "send_up", by=clerk)

    response = post(client, filing, fields | {"text-5": "还没有写完的话", "cell-0": "7"})

    assert response.context["unsaved"] == [
        ("存在的主要问题及改进情况", "还没有写完的话"),
        (f"{BY_HAND[0]}", "7（来源：本机关业务统计）"),
    ]
    assert "现在是“待审签”，不能修改" in response.content.decode()
    assert Section.objects.get(filing=filing, number=5).text != "还没有写完的话"


def test_the_checks_look_at_what_is_typed_and_keep_nothing(client, office):
    organ, people = office
    filing = make_filing(organ, people[Duty.DISCLOSURE])
    signed_in(client, people[Duty.DISCLOSURE])
    fields = opened(client, filing)
    typed = {"text-1": "全年新收政府信息公开申请99件。\n办结{办结}件，{没有的}件。", "cell-0": "8"}

    response = client.post(reverse("reporting:check", args=[filing.pk]), fields | typed)

    page = response.content.decode()
    part = response.context["parts"][1]
    assert [(one.finding.rule, one.jump) for one in part.tally.shown] == [("N-01", "p-1-1")]
    assert part.tally.misnamed == ["没有的"]
    assert part.tally.errors == 2
    assert '<p id="p-1-1" class="doubtful">全年新收政府信息公开申请99件。</p>' in page
    assert '<mark class="not-live" title="没有这个名称的数字">{没有的}</mark>' in page
    assert 'id="findings-1" hx-swap-oob="innerHTML"' in page
    assert Section.objects.get(filing=filing, number=1).revision == 0
    assert Entry.objects.get(row=BY_HAND[0].row).figure == 0


def test_a_finding_is_explained_with_everything_else_saved(client, office):
    organ, people = office
    filing = filling.begin(organ, YEAR, by=people[Duty.DISCLOSURE])
    signed_in(client, people[Duty.DISCLOSURE])
    fields = opened(client, filing)
    (blank,) = client.get(filing.get_absolute_url()).context["parts"][2].tally.shown
    assert (blank.finding.rule, blank.key, blank.explicable) == ("T2-05", "T2-05", True)
    fields |= {"text-5": "问题和改进", "reason:T2-05": "各科室还在统计"}

    response = post(client, filing, fields, do="waive:T2-05")

    assert response.status_code == 302
    assert [(one.key, one.reason) for one in Waiver.objects.all()] == [("T2-05", "各科室还在统计")]
    assert Section.objects.get(filing=filing, number=5).text == "问题和改进"
    tally = client.get(filing.get_absolute_url()).context["parts"][2].tally
    assert (tally.warnings, tally.waived) == (0, 1)

    post(client, filing, opened(client, filing), do=f"unwaive:{Waiver.objects.get().pk}")
    assert not Waiver.objects.exists()


def test_findings_of_one_rule_in_two_parts_are_explained_from_either(client, office):
    organ, people = office
    filing = filling.begin(organ, YEAR, by=people[Duty.DISCLOSURE])
    for number in (1, 5):
        write_part(filing, number, "全年新收政府信息公开申请9件。", people[Duty.DISCLOSURE])
    signed_in(client, people[Duty.DISCLOSURE])
    fields = opened(client, filing) | {"reason:N-01": ["按办结的口径写", ""]}

    assert post(client, filing, fields, do="waive:N-01").status_code == 302
    assert Waiver.objects.get().reason == "按办结的口径写"


def test_an_explanation_without_a_reason_keeps_what_was_typed(client, office):
    organ, people = office
    filing = filling.begin(organ, YEAR, by=people[Duty.DISCLOSURE])
    signed_in(client, people[Duty.DISCLOSURE])
    fields = opened(client, filing) | {"reason:T2-05": "无"}

    response = post(client, filing, fields, do="waive:T2-05")

    assert "请写明理由。" in response.content.decode()
    assert fields_of(response)["reason:T2-05"] == "无"


def test_blank_0_and_what_cannot_be_told_look_different(client, office):
    organ, people = office
    filing = filling.begin(organ, YEAR, by=people[Duty.DISCLOSURE])
    filling.enter(filing, BY_HAND[1], "0", by=people[Duty.DISCLOSURE], source="报表")
    signed_in(client, people[Duty.SIGN])

    page = client.get(filing.get_absolute_url()).content.decode()

    cells = {ref: box(page, ref) for ref in BY_HAND[:2]}
    assert '<span class="cell-blank">未填</span>' in cells[BY_HAND[0]]
    assert ">0</a>" in cells[BY_HAND[1]]
    assert shown(Undeterminable("原文污损")) == (
        '<span class="cell-unknown" title="原文污损">无法确定</span>'
    )


def box(page, ref):
    """The box of a cell, by the link it has."""
    query = query_of(ref).replace("&", "&amp;")
    return next(one for one in re.findall(r"<td[^>]*>.*?</td>", page, re.DOTALL) if query in one)


def test_carried_in_is_held_against_what_last_year_published(client, office):
    organ, people = office
    clerk = people[Duty.DISCLOSURE]
    make_request(organ, clerk, on=date(YEAR - 1, 12, 20))
    publish(make_filing(organ, clerk, YEAR - 1), people)
    make_request(organ, clerk, on=date(YEAR - 1, 12, 30), subject="补登的")
    filing = filling.begin(organ, YEAR, by=clerk)
    signed_in(client, clerk)

    part = client.get(filing.get_absolute_url()).context["parts"][3]

    assert [one.sentence for one in part.carried if one.differs] == [
        "自然人：上年公布的年报“结转下年度继续办理”1件，本年“上年结转”2件，多1件。",
        "总计：上年公布的年报“结转下年度继续办理”1件，本年“上年结转”2件，多1件。",
    ]
    assert {one.key for one in part.tally.shown if one.finding.rule == "T3-05"} == {
        "T3-05 自然人", "T3-05 总计",
    }  # fmt: skip


def test_last_years_text_stands_beside(client, office):
    organ, people = office
    clerk = people[Duty.DISCLOSURE]
    publish(make_filing(organ, clerk, YEAR - 1), people)
    filing = filling.begin(organ, YEAR, by=clerk)
    signed_in(client, clerk)

    parts = client.get(filing.get_absolute_url()).context["parts"]

    assert parts[5].last == (FIFTH,)


def test_of_merged_organs_ones_own_text_stands_beside_and_the_figures_are_added_up(client, office):
    organ, people = office
    clerk = people[Duty.DISCLOSURE]
    merged, theirs = make_writers(make_organ("石家庄市原物价局", parent=organ.parent))
    for one, staff in ((merged, theirs), (organ, people)):
        make_request(one, staff[Duty.DISCLOSURE], on=date(YEAR - 1, 12, 20))
        publish(make_filing(one, staff[Duty.DISCLOSURE], YEAR - 1), staff)
    merged.valid_to, merged.successor = date(YEAR, 6, 30), organ
    merged.save()
    filing = filling.begin(organ, YEAR, by=clerk)
    signed_in(client, clerk)

    parts = client.get(filing.get_absolute_url()).context["parts"]

    assert parts[5].last == (FIFTH,)
    assert [(one.now, one.before) for one in parts[3].carried if one.column == TOTAL] == [(2, 2)]


def test_the_reason_of_a_return_stands_on_top_until_it_is_sent_up_again(client, office):
    organ, people = office
    filing = make_filing(organ, people[Duty.DISCLOSURE])
    send_in(filing, people)
    moving.advance(filing, "give_back", by=people[Duty.COMPETENT], note="第五部分过于简略")
    signed_in(client, people[Duty.DISCLOSURE])

    assert client.get(filing.get_absolute_url()).context["returned"].note == "第五部分过于简略"
    moving.advance(filing, "send_up", by=people[Duty.DISCLOSURE])
    moving.advance(filing, "take_back", by=people[Duty.DISCLOSURE])
    assert client.get(filing.get_absolute_url()).context["returned"] is None


def test_what_changed_since_it_was_frozen_is_listed(client, office):
    organ, people = office
    filing = make_filing(organ, people[Duty.DISCLOSURE])
    moving.advance(filing, "send_up", by=people[Duty.DISCLOSURE])
    make_request(organ, people[Duty.DISCLOSURE], on=date(YEAR, 12, 30))
    signed_in(client, people[Duty.SIGN])

    changes = client.get(filing.get_absolute_url()).context["changes"]

    assert (Ref(TABLE_3, NEW, TOTAL), 0, 1) in [(one.ref, one.then, one.now) for one, _ in changes]


def test_the_steps_are_taken_on_the_page_and_a_wrong_day_comes_back(client, office):
    organ, people = office
    filing = make_filing(organ, people[Duty.DISCLOSURE])
    act = reverse("reporting:act", args=[filing.pk])

    def move(duty, name, seen, **told):
        signed_in(client, people[duty])
        return client.post(act, {"move": name, "seen": seen, "note": "", **told})

    assert move(Duty.DISCLOSURE, "send_up", "draft").status_code == 302
    assert move(Duty.SIGN, "approve", "signing").status_code == 302
    assert move(Duty.DISCLOSURE, "submit", "approved").status_code == 302
    assert move(Duty.COMPETENT, "give_back", "submitted").status_code == 403  # no reason
    assert move(Duty.COMPETENT, "clear", "submitted").status_code == 302
    wrong = move(Duty.DISCLOSURE, "publish", "cleared", on=f"{YEAR}-05-01")
    assert wrong.context["publish_form"].non_field_errors() == [
        f"公布日期{YEAR}-05-01不会早于{YEAR + 1}年。"
    ]
    assert move(Duty.DISCLOSURE, "publish", "cleared", on=f"{YEAR + 1}-01-20").status_code == 302

    filing.refresh_from_db()
    assert (filing.state, filing.published_on) == (State.PUBLISHED, date(YEAR + 1, 1, 20))


def test_who_presses_an_old_button_is_told(client, office):
    organ, people = office
    filing = make_filing(organ, people[Duty.DISCLOSURE])
    moving.advance(filing, "send_up", by=people[Duty.DISCLOSURE])
    signed_in(client, people[Duty.DISCLOSURE])

    response = client.post(
        reverse("reporting:act", args=[filing.pk]), {"move": "send_up", "seen": "draft"}
    )

    assert response.status_code == 403
    assert "刚刚由别人办理过" in response.content.decode()


def test_a_correction_is_begun_with_its_note(client, office):
    organ, people = office
    filing = make_filing(organ, people[Duty.DISCLOSURE])
    publish(filing, people)
    signed_in(client, people[Duty.DISCLOSURE])
    url = reverse("reporting:correct", args=[filing.pk])

    assert "请写明更正说明" in client.post(url, {"note": " "}).content.decode()
    response = client.post(url, {"note": "行政许可漏计一件"})

    second = Filing.objects.get(version=2)
    assert response["Location"] == second.get_absolute_url()
    fields = opened(client, second) | {"correction": "行政许可漏计一件，已补"}
    assert post(client, second, fields).status_code == 302
    second.refresh_from_db()
    assert second.note == "行政许可漏计一件，已补"


def test_files_are_attached_and_taken_away_from_the_same_page(client, office):
    organ, people = office
    filing = filling.begin(organ, YEAR, by=people[Duty.DISCLOSURE])
    signed_in(client, people[Duty.DISCLOSURE])
    upload = SimpleUploadedFile("说明.txt", "说明".encode())
    fields = opened(client, filing) | {"file": upload, "inside": "on", "text-5": "问题"}

    assert post(client, filing, fields, do="attach").status_code == 302

    kept = FilingFile.objects.get()
    assert (kept.name, kept.inside) == ("说明.txt", True)
    assert Section.objects.get(filing=filing, number=5).text == "问题"
    got = client.get(reverse("reporting:file", args=[filing.pk, kept.pk]))
    assert b"".join(got.streaming_content) == "说明".encode()
    post(client, filing, opened(client, filing), do=f"detach:{kept.pk}")
    assert not FilingFile.objects.exists()
    assert (
        "请先选择要上传的附件。"
        in post(client, filing, opened(client, filing), do="attach").content.decode()
    )


@pytest.mark.parametrize("form", ["html", "docx", "xlsx", "json"])
def test_a_draft_is_marked_so_in_its_name_and_reads_back_the_same(client, office, form):
    organ, people = office
    make_request(organ, people[Duty.DISCLOSURE], on=date(YEAR, 3, 3))
    filing = make_filing(organ, people[Duty.DISCLOSURE])
    signed_in(client, people[Duty.DISCLOSURE])

    response = client.get(reverse("reporting:draft", args=[filing.pk, form]))

    assert unquote(response["Content-Disposition"]).endswith(f"{filing}（草稿，编制中）.{form}")
    report = read_bytes(response.content, f"report.{form}")
    assert dict(report.cells()) == dict(report_of(filing).cells())


def test_the_draft_as_pdf_opens_in_the_browser(client, office):
    organ, people = office
    filing = make_filing(organ, people[Duty.DISCLOSURE])
    signed_in(client, people[Duty.DISCLOSURE])

    response = client.get(reverse("reporting:draft", args=[filing.pk, "pdf"]))

    assert response.content[:5] == b"%PDF-"
    assert response["Content-Disposition"].startswith("inline")
    assert client.get(reverse("reporting:draft", args=[filing.pk, "exe"])).status_code == 404


def test_nothing_of_a_report_is_for_who_has_nothing_to_do_with_it(client, office):
    organ, people = office
    filing = make_filing(organ, people[Duty.DISCLOSURE])
    publish(filing, people)
    stranger = make_staff("外人", Duty.DISCLOSURE, organ=make_organ("石家庄市教育局"))
    signed_in(client, stranger)
    looked = ["desk_filing", "cell"]
    done = ["store", "check", "act", "remark", "correct"]

    told = [client.get(reverse(f"reporting:{name}", args=[filing.pk])) for name in looked]
    told += [client.post(reverse(f"reporting:{name}", args=[filing.pk])) for name in done]
    told += [client.get(reverse("reporting:draft", args=[filing.pk, "json"]))]

    assert {response.status_code for response in told} == {404}


def test_who_reviews_reads_and_has_no_fields(client, office):
    organ, people = office
    filing = make_filing(organ, people[Duty.DISCLOSURE])
    for duty in (Duty.SIGN, Duty.COMPETENT):
        response = signed_in(client, people[duty]).get(filing.get_absolute_url())
        assert response.context["editing"] is False
        assert b'id="filing"' not in response.content


def test_the_page_asks_as_many_questions_for_a_busy_year_as_for_an_empty_one(
    client, office, django_assert_num_queries
):
    organ, people = office
    clerk = people[Duty.DISCLOSURE]
    filing = make_filing(organ, clerk)
    signed_in(client, clerk)
    opened(client, filing)
    for _ in range(2):
        cache.clear()
        with django_assert_num_queries(QUESTIONS):
            opened(client, filing)
        with django_assert_num_queries(REMEMBERED):
            opened(client, filing)
        for day in range(1, 8):
            make_request(organ, clerk, on=date(YEAR, 3, day), subject=f"第{day}件")
        for number in range(1, 7):
            write_part(filing, number, "全年新收{新收}件。问题和改进。", clerk)


def test_what_was_counted_is_remembered_until_a_record_changes(client, office):
    organ, people = office
    clerk = people[Duty.DISCLOSURE]
    filing = make_filing(organ, clerk)
    write_part(filing, 1, "全年新收政府信息公开申请{新收}件。", clerk)
    signed_in(client, clerk)

    def told():
        (line,) = client.get(filing.get_absolute_url()).context["parts"][1].lines
        return re.sub("<[^>]+>", "", line.text)

    assert told() == "全年新收政府信息公开申请0件。"
    make_request(organ, clerk, on=date(YEAR, 3, 3))
    assert told() == "全年新收政府信息公开申请1件。"


def test_what_was_read_from_a_file_is_shown_and_opens_to_no_records(client, office):
    organ, people = office
    clerk = people[Duty.DISCLOSURE]
    make_request(organ, clerk, on=date(YEAR, 3, 3))
    written = write(report_of(make_filing(organ, clerk)), "json")
    other, theirs = make_writers(make_organ("石家庄市教育局", parent=organ.parent))
    read = load_published(
        other, YEAR, written, "年报.json", by=theirs[Duty.DISCLOSURE], on=date(YEAR + 1, 1, 20)
    )
    signed_in(client, theirs[Duty.DISCLOSURE])

    page = client.get(read.get_absolute_url())
    cell = client.get(reverse("reporting:cell", args=[read.pk]), Ref(TABLE_3, NEW, TOTAL)._asdict())

    assert (page.status_code, page.context["editing"]) == (200, False)
    assert "/cell/?table" not in page.content.decode()
    assert "数字背后没有办理记录" in cell.content.decode()
