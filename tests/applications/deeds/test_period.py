"""延期、说明理由、收费：through the pages."""

from datetime import date

import pytest

from asked import make_request
from gongkai.applications.models import Office
from gongkai.organs.states import Duty

pytestmark = pytest.mark.django_db
D = date
POST = {"way": "post", "tracking": "XA12345678913"}


def said(response):
    return [str(error) for error in response.context["form"].non_field_errors()]


def _told(until):
    return f"今天告知申请人的，答复期限由2025年3月31日延至{until}。"


def test_the_page_of_an_extension_tells_the_new_day_before_anything_is_sent(desk, one, today):
    today(D(2025, 3, 26))
    page = desk.get("propose_extension", one)
    assert page.context["form"]["workdays"].value() == 20
    assert (
        page.context["figures"][0] == "今天告知申请人的，答复期限由2025年3月31日延至2025年4月28日。"
    )

    page = desk.post("propose_extension", one, step="figures", workdays="5", reason="")
    assert (
        page.context["figures"][0] == "今天告知申请人的，答复期限由2025年3月31日延至2025年4月8日。"
    )
    assert page.context["form"].errors == {}
    assert page.context["form"]["workdays"].value() == "5"


def test_with_script_only_the_figures_are_sent(desk, one, today):
    page = desk.client.post(
        f"/desk/applications/{one.pk}/do/propose-extension/",
        {"step": "figures", "workdays": "21"}, headers={"HX-Request": "true"},
    )  # fmt: skip
    assert page.content.decode().strip() == (
        "<ul><li>延长最长不得超过20个工作日（《政府信息公开条例》第三十三条第二款）。</li></ul>"
    )


def test_an_extension_is_proposed_by_one_and_approved_with_its_letter_by_another(
    desk, desk_of, one, today
):
    today(D(2025, 3, 26))
    desk.post("propose_extension", one, workdays="10", reason="信息量大")
    head = desk_of(Duty.OFFICE_HEAD)
    page = head.get("extend", one)
    assert page.context["why_not"] == []
    assert "延长10个工作日：信息量大" in page.context["figures"][0]

    page = head.post("extend", one, step="preview", on="2025-03-26", **POST)
    assert page.context["trial"].outlook == "答复期限为2025年4月15日（原为2025年3月31日）。"
    assert one.due_on == D(2025, 3, 31)
    assert "信息量大" in page.context["body"]

    head.post(
        "extend", one, body=page.context["body"], drawn=page.context["drawn"], on="2025-03-26",
        **POST,
    )  # fmt: skip
    assert (one.due_on, one.extensions.get().approved) == (D(2025, 4, 15), True)


def test_too_late_an_extension_is_refused_with_its_reason(desk, one, today):
    today(D(2025, 4, 1))
    page = desk.get("propose_extension", one)
    assert page.context["why_not"] == ["答复期限已经届满，不能再延期（第三十三条第二款）"]
    assert "<textarea" not in page.content.decode().partition("<main")[2]
    page = desk.post("propose_extension", one, workdays="10", reason="信息量大")
    assert "已经届满" in said(page)[0]


def test_who_handles_does_not_approve(desk, one, today):
    desk.post("propose_extension", one, workdays="10", reason="信息量大")
    page = desk.post("extend", one, on="2025-03-07", **POST)
    assert "批准延期" in said(page)[0]
    assert one.due_on == D(2025, 3, 31)


def test_reasons_are_asked_given_and_a_later_day_is_set(desk, desk_of, one, today):
    page = desk.get("ask_reasons", one)
    form = page.context["form"]
    assert form["facts"].value() == "2025年3月内向本机关提出政府信息公开申请1件"
    desk.post(
        "ask_reasons", one, facts="一个月内申请42件", answer_by="2025-03-14", on="2025-03-07",
        **POST,
    )  # fmt: skip
    assert one.state == "reasoning"
    today(D(2025, 3, 14))
    desk.post("take_reasons", one, on="2025-03-12", text="撰写论文")
    assert one.state == "handling"
    desk_of(Duty.OFFICE_HEAD).post(
        "set_later_date", one, until="2025-05-30", reason="需要逐件核对", on="2025-03-14", **POST
    )
    assert one.due_on == D(2025, 5, 30)
    assert list(one.papers.order_by("letter").values_list("letter", flat=True)) == [10, 11]


@pytest.fixture
def account(organ):
    return Office.objects.create(organ=organ, fee_account="市财政非税收入专户")


@pytest.mark.usefixtures("account")
def test_the_fee_is_shown_with_its_working_before_it_is_asked_for(desk, one, organ, clerk, today):
    page = desk.post("charge", one, step="figures", method="pages", count="240")
    assert page.context["figures"][-1] == "应收4300元。"
    assert page.context["figures"][0].startswith("第1—30页：")

    told = {"method": "pages", "count": "240", "reason": "页数明显超过合理范围",
            "on": "2025-03-07", **POST}  # fmt: skip
    page = desk.post("charge", one, step="preview", **told)
    assert "4300元" in page.context["body"]
    desk.post("charge", one, body=page.context["body"], drawn=page.context["drawn"], **told)
    assert (one.state, one.fees.get().amount) == ("paying", 4300)

    today(D(2025, 3, 20))
    desk.post("note_fee_notice", one, on="2025-03-12")
    assert one.fees.get().pay_by == D(2025, 4, 10)
    page = desk.post("take_payment", one, on="2025-03-20", receipt="")
    assert "receipt" in page.context["form"].errors
    desk.post("take_payment", one, on="2025-03-20", receipt="冀财0001")
    assert (one.state, one.due_on) == ("handling", D(2025, 4, 18))


@pytest.mark.usefixtures("account")
def test_how_many_came_before_in_the_month_counts(desk, organ, clerk, today):
    for number in range(3):
        last = make_request(organ, clerk, subject=f"第{number}件")
    page = desk.post("charge", last, step="figures", method="items", count="1")
    assert page.context["figures"][0] == "同一申请人本月此前已向本机关提出2件。"


def test_by_page_what_is_public_already_costs_nothing_and_is_refused(desk, one, today):
    page = desk.post(
        "charge", one, step="figures", method="pages", count="240", already_public="on"
    )
    assert "不适用按量计收" in page.context["figures"][0]


@pytest.mark.parametrize("count", ["", "-1", "壹", "9" * 30, "<b>"])
def test_what_is_no_count_has_no_fee_and_no_error_page(desk, one, today, count):
    page = desk.post("charge", one, step="figures", method="pages", count=count)
    assert page.status_code == 200
    page = desk.post("charge", one, method="pages", count=count, reason="多", on="2025-03-07",
                     **POST)  # fmt: skip
    assert "count" in page.context["form"].errors
