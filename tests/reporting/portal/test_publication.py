"""A published report as a document of the statutory column, and what a correction does to it."""

import re
from datetime import date

import pytest

from asked import answer, make_request
from city import make_organ, make_staff
from filed import YEAR, give_code, make_filing, make_writers, publish, write_part
from gongkai.annual.exchange import load
from gongkai.annual.write import write
from gongkai.documents.actions import publishing
from gongkai.documents.actions.publishing import withdraw
from gongkai.documents.models import Column, Document, Placement
from gongkai.errors import NotAllowed
from gongkai.files.actions import inspect
from gongkai.organs.states import Duty
from gongkai.reporting.actions import calling, filling, loading, moving
from gongkai.reporting.actions.printing import print_report
from gongkai.reporting.counting import BY_HAND
from gongkai.reporting.models import Call, Filing, Print
from gongkai.search.index import index

pytestmark = pytest.mark.django_db
ON = date(YEAR + 1, 1, 20)


@pytest.fixture
def office():
    return make_writers()


def make_published(office, on=ON, **fields):
    organ, people = office
    filing = make_filing(organ, people[Duty.DISCLOSURE], **fields)
    publish(filing, people, on=on)
    return filing


def correct(filing, people, note="行政许可漏计一件"):
    fresh = filling.correct(filing, by=people[Duty.DISCLOSURE], note=note)
    filling.enter(fresh, BY_HAND[0], "1", by=people[Duty.DISCLOSURE], source="审批局报表")
    publish(fresh, people)
    return fresh


def test_a_published_report_stands_in_the_statutory_column_under_an_index_number(office):
    organ, people = office
    request = make_request(organ, people[Duty.DISCLOSURE], on=date(YEAR, 3, 3))
    answer(request, people, date(YEAR, 3, 20))

    filing = make_published(office)

    document = Document.objects.get()
    place = Placement.objects.get(document=document, direct=True).column
    assert filing.document == document
    assert (document.kind, document.title, document.formed_on) == ("report", f"{filing}", ON)
    assert document.summary == (
        f"{YEAR}年新收政府信息公开申请1件，办结1件，结转下年度继续办理0件，行政复议0件，行政诉讼0件。"
    )
    assert (place.statutory, place.name) == ("report", "政府信息公开年报")
    assert set(Column.objects.filter(organ=organ).values_list("statutory", flat=True)) == {
        "platform",
        "report",
    }
    assert document.index_number.startswith(organ.code)
    assert filing.frozen["header"]["index_number"] == document.index_number


def test_the_document_leads_to_the_page_of_the_report_that_is_in_force(office, client):
    filing = make_published(office)
    address = filing.document.get_absolute_url()
    link = '<a href="/reports/{}/">图表、历年数据和各种格式下载</a>'
    assert link.format(filing.pk) in client.get(address).content.decode()

    fresh = correct(filing, office[1])

    assert re.findall(r'href="/reports/(\d+)/"', client.get(address).content.decode()) == [
        f"{fresh.pk}"
    ]


def test_it_is_found_by_search_and_in_the_feeds(office, client):
    filing = make_published(office)
    column = Column.objects.get(statutory="report")

    found = [entry.url for entry in index().find(f"{filing}")]
    feed = client.get(f"{column.get_absolute_url()}feed.atom").content.decode()

    assert found == [filing.document.get_absolute_url()]
    assert f"<title>{filing}</title>" in feed


def test_the_document_gets_every_format_and_the_attachments_meant_for_the_public(office):
    organ, people = office
    filing = make_filing(organ, people[Duty.DISCLOSURE])
    clerk = people[Duty.DISCLOSURE]
    filling.attach(filing, "收费标准".encode(), "收费标准.txt", by=clerk, title="收费标准")
    filling.attach(filing, "底稿".encode(), "底稿.txt", by=clerk, inside=True)
    publish(filing, people, on=ON)

    print_report.call(filing.pk)
    print_report.call(filing.pk)

    assert list(filing.document.files.values_list("name", "title")) == [
        (f"{filing}.docx", f"{filing}.docx"),
        (f"{filing}.pdf", f"{filing}.pdf"),
        (f"{filing}.xlsx", f"{filing}.xlsx"),
        ("收费标准.txt", "收费标准"),
    ]
    assert Print.objects.count() == 3


def test_a_correction_corrects_the_document_and_keeps_its_address_and_number(office, client):
    filing = make_published(office)
    before = Document.objects.get()

    fresh = correct(filing, office[1])
    print_report.call(fresh.pk)

    document = Document.objects.get()
    filing.refresh_from_db()
    assert (fresh.document, filing.document) == (document, document)
    assert (document.edition, document.index_number) == (2, before.index_number)
    page = client.get(document.get_absolute_url()).content.decode()
    assert "更正：行政许可漏计一件" in page
    assert client.get(f"{document.get_absolute_url()}changes/2/").status_code == 200
    prints = set(fresh.prints.values_list("blob", flat=True))
    assert set(document.files.values_list("blob", flat=True)) == prints


def test_the_summary_follows_a_correction(office):
    organ, people = office
    filing = make_published(office)
    request = make_request(organ, people[Duty.DISCLOSURE], on=date(YEAR, 3, 3))
    answer(request, people, date(YEAR, 3, 20))

    correct(filing, people, note="补登一件申请")

    assert Document.objects.get().summary.startswith(f"{YEAR}年新收政府信息公开申请1件，办结1件")


def test_the_text_is_corrected_where_it_was_made_and_nowhere_else(office):
    filing = make_published(office)

    with pytest.raises(NotAllowed, match="由“年度报告”公布，请在那里新建更正的版本"):
        publishing.correct(
            filing.document, "<p>另一个数字</p>", by=office[1][Duty.DISCLOSURE], reason="改数字"
        )


def test_the_head_of_the_office_publishes_a_correction_too(office):
    _, people = office
    filing = make_published(office)

    fresh = correct(filing, people | {Duty.DISCLOSURE: people[Duty.OFFICE_HEAD]})

    assert fresh.document.edition == 2


def test_what_the_screening_stops_is_not_sent_up_for_signature(office):
    organ, people = office
    filing = make_filing(organ, people[Duty.DISCLOSURE])
    write_part(filing, 1, "（一）申请人张三，身份证号130102199003074514。", people[Duty.DISCLOSURE])

    with pytest.raises(NotAllowed, match="筛查拦截"):
        moving.advance(filing, "send_up", by=people[Duty.DISCLOSURE])


def test_an_attachment_with_a_persons_number_is_not_sent_up_unless_kept_inside(office):
    organ, people = office
    filing = make_filing(organ, people[Duty.DISCLOSURE])
    kept = filling.attach(
        filing, "身份证号130102199003074514".encode(), "名单.txt", by=people[Duty.DISCLOSURE]
    )
    inspect.call(kept.blob_id)
    with pytest.raises(NotAllowed, match=r"附件“名单\.txt”"):
        moving.advance(filing, "send_up", by=people[Duty.DISCLOSURE])

    kept.inside = True
    kept.save()

    moving.advance(filing, "send_up", by=people[Duty.DISCLOSURE])


def test_an_organ_without_a_credit_code_is_told_so_before_it_publishes(office):
    organ, people = office
    filing = make_filing(organ, people[Duty.DISCLOSURE])
    organ.code = None
    organ.save()
    filing = Filing.objects.get(pk=filing.pk)
    for move, duty in (("send_up", Duty.DISCLOSURE), ("approve", Duty.SIGN),
                       ("submit", Duty.DISCLOSURE), ("clear", Duty.COMPETENT)):  # fmt: skip
        moving.advance(filing, move, by=people[duty])

    with pytest.raises(NotAllowed, match="统一社会信用代码"):
        moving.publish(filing, by=people[Duty.DISCLOSURE])
    offer = next(one for one in moving.offers(filing, by=people[Duty.DISCLOSURE])
                 if one.move.name == "publish")  # fmt: skip
    assert offer.reasons == [
        f"{organ}没有登记统一社会信用代码，不能编制索引号，请联系系统管理员补填"
    ]

    give_code(organ)
    filing = Filing.objects.get(pk=filing.pk)
    moving.publish(filing, by=people[Duty.DISCLOSURE])


def test_a_report_read_from_a_file_is_found_and_is_no_document(office):
    filing = make_published(office)
    data = filing_as_file(filing)
    other, people = make_writers(make_other())

    loaded = loading.load_published(other, YEAR, data, "旧.html", by=people[Duty.DISCLOSURE])

    assert loaded.document is None
    assert f"/reports/{loaded.pk}/" in [entry.url for entry in index().find(f"{loaded}")]


def test_a_unit_outside_the_system_is_published_without_a_document(office, client):
    organ, _ = office
    filing = make_published(office)
    call = Call(organ=organ, year=YEAR, title="编报通知", due_on=date(YEAR + 1, 1, 15),
                publish_on=date(YEAR + 1, 1, 31), whole_on=date(YEAR + 1, 3, 31))  # fmt: skip
    clerk = make_staff("主管员", Duty.COMPETENT, Duty.DISCLOSURE, organ=organ)
    calling.call(call, by=clerk)
    unit = calling.add_unit(call, by=clerk, name="石家庄市司法局")
    outside = loading.file_for(unit, filing_as_file(filing), "司法局.html", by=clerk)

    moving.publish(outside, by=clerk)

    assert (outside.document, Document.objects.count()) == (None, 1)
    page = client.get(f"/reports/{outside.pk}/")
    assert page.context["shown"].provenance == "据已公布的文件"
    key = f"{organ.pk}-outside-石家庄市司法局"
    data = client.get("/reports/data/", {"unit": key})
    assert [one.key for one in data.context["units"]] == [f"{organ.pk}-own", key]
    assert [year.pk for year in data.context["years"]] == [outside.pk]


def test_a_report_taken_down_before_it_is_printed_gets_no_files(office):
    filing = make_published(office)
    withdraw(filing.document, by=office[1][Duty.DISCLOSURE], note="含有个人信息")

    assert print_report.call(filing.pk) == 0
    assert filing.document.files.count() == 0


def filing_as_file(filing):
    """The page as another organ would have published it."""
    return write(load(filing.frozen), "html").replace("财政局".encode(), "司法局".encode())


def make_other():
    return make_organ("石家庄市司法局")


def test_a_document_taken_down_takes_the_report_down_in_every_version(office, client):
    _, people = office
    first = make_published(office)
    second = correct(first, people)
    addresses = [
        f"/reports/{one.pk}/{rest}" for one in (first, second) for rest in ("", "report.json")
    ]
    assert [client.get(one).status_code for one in addresses] == [200] * 4

    withdraw(second.document, by=people[Duty.DISCLOSURE], note="含有个人信息")

    assert [client.get(one).status_code for one in addresses] == [410] * 4
    assert Filing.objects.public().count() == 0
