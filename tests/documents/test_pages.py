"""每一页都能打开，列表的查询不随行数增加。"""

import io
import zipfile
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongkai.documents.actions import cleanup, columns, publishing, validity
from gongkai.documents.actions.drafting import all_findings
from gongkai.documents.models import Campaign, Column, Document, Guide, Override, SavedList, Version
from gongkai.documents.states import State
from library import BODY, bring, column, fresh, make_draft, make_issued, make_office
from shelf import make_shelf

pytestmark = pytest.mark.django_db
#: More than this no list of the room may ask.
MOST_QUERIES = 8


def desk(client, staff, settings):
    settings.DEMO = True
    client.force_login(staff, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def address(name, *args):
    return reverse(f"documents:{name}", args=args)


def test_every_desk_page_opens_to_the_drafter(client, settings):
    office = make_office()
    draft, issued = make_draft(office), make_issued(office, "关于另一件事的通知")
    desk(client, office.draft, settings)
    pages = [
        *(("desk_documents",), ("begin",), ("reminders",), ("periods",), ("columns",)),
        *(("campaigns",), ("desk_document", draft.pk), ("edit", draft.pk), ("body", draft.pk)),
        *(("preview", draft.pk), ("version", draft.pk, 1), ("form", draft.pk, "docx")),
        *(("desk_document", issued.pk), ("correct", issued.pk), ("export", "csv")),
        *(("change", issued.pk, deed) for deed in ("amend", "repeal", "lapse", "extend")),
    ]

    assert {page: client.get(address(*page)).status_code for page in pages} == dict.fromkeys(
        pages, 200
    )


def test_every_public_page_opens(client):
    office = make_office()
    document = make_issued(office)
    pages = [
        *(("document", document.pk), ("download", document.pk, "docx"), ("feed", "atom")),
        *(("column", column(office, "platform").pk), ("library",), ("in_force", "normative")),
        *(("topics",), ("archive",), ("guide", office.organ.pk), ("catalogue", office.organ.pk)),
    ]

    assert {page: client.get(address(*page)).status_code for page in pages} == dict.fromkeys(
        pages, 200
    )


@pytest.mark.parametrize(
    "name",
    ["", "?phase=review", "?phase=issued&kind=normative", "?late=1&sort=due", "?sort=issued",
     "?validity=in_force", "?q=规定"],
)  # fmt: skip
def test_the_work_list_asks_no_more_for_many_rows_than_for_few(
    client, settings, name, django_assert_max_num_queries
):
    office = make_office()
    make_shelf(office, 60)
    for n in range(3):
        bring(make_draft(office, f"第{n}件"), office, until=State.UNIT)
    desk(client, office.competent, settings)
    client.get(address("desk_documents"))

    # The search of the index has its own queries; the list itself stays within the limit.
    with django_assert_max_num_queries(MOST_QUERIES + (5 if "q=" in name else 0)):
        response = client.get(address("desk_documents") + name)

    assert response.status_code == 200


@pytest.mark.parametrize("page", ["platform", "library", "catalogue", "archive", "in_force"])
def test_public_lists_ask_no_more_for_many_rows_than_for_few(
    client, page, django_assert_max_num_queries
):
    office = make_office()
    make_shelf(office, 60)
    place = {
        "platform": ("column", column(office, "platform").pk),
        "library": ("library",),
        "catalogue": ("catalogue", office.organ.pk),
        "archive": ("archive_year", 2021),
        "in_force": ("in_force", "normative"),
    }[page]

    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(address(*place))

    assert response.content.decode().count("的规定") >= 20


def test_a_list_is_walked_to_its_end_and_back(client):
    office = make_office()
    make_shelf(office, 45)
    place = address("column", column(office, "normative").pk)
    seen, at = [], ""
    for _ in range(3):
        page = client.get(place, {"at": at} if at else {}).context["page"]
        seen += [row["document"] for row in page]
        at = page.older

    assert (len(seen), len(set(seen)), at) == (45, 45, "")


def test_the_whole_path_in_the_browser(client, settings):
    """From the first page of a draft to the public page, each step by the page of it."""
    office = make_office()
    desk(client, office.draft, settings)
    upload = SimpleUploadedFile("正文.html", BODY.encode(), "text/html")
    begun = client.post(
        address("begin"),
        {"organ": office.organ.pk, "kind": "statistics", "title": "2025年统计公报", "file": upload},
    )
    document = Document.objects.get()
    client.post(
        address("edit", document.pk),
        {
            "kind": "statistics", "title": "2025年统计公报", "unit": "秘书处", "secrecy": "none",
            "attribute": "proactive", "formed_on": str(timezone.localdate()),
            "channels": ["website"], "columns": [column(office, "item_statistics").pk],
            "personal_checked": "on", "commercial_checked": "on", "copyright_checked": "on",
            "others_consulted": "不涉及",
        },
    )  # fmt: skip

    for who, move in (
        ("draft", "submit"), ("unit_head", "pass_unit"), ("secrecy", "pass_secrecy_short"),
        ("disclosure", "pass_office_short"), ("disclosure", "issue"),
    ):  # fmt: skip
        desk(client, getattr(office, who), settings)
        client.post(
            address("act", document.pk), {"move": move, "seen": fresh(document).state, "note": ""}
        )

    assert begun.headers["Location"] == address("edit", document.pk)
    assert fresh(document).state == State.ISSUED
    client.logout()
    assert "2025年统计公报" in client.get(document.get_absolute_url()).content.decode()


def test_a_grey_button_stands_beside_its_reasons(client, settings):
    office = make_office()
    document = make_draft(office, answers={"unit": ""})
    desk(client, office.unit_head, settings)

    page = client.get(address("desk_document", document.pk)).content.decode()

    assert "没有填写起草处（科）室" in page
    assert "“提交审查”由石州市人民政府办公室的起草办理" in page


def test_a_filter_is_saved_found_again_and_forgotten(client, settings):
    office = make_office()
    desk(client, office.draft, settings)

    client.post(address("save_list"), {"name": "待办", "query": "phase=review"})
    page = client.get(address("desk_documents")).content.decode()
    client.post(address("forget_list", SavedList.objects.get().pk))

    assert "?phase=review" in page
    assert SavedList.objects.count() == 0


def test_the_export_holds_the_rows_of_the_list_and_no_formula(client, settings):
    office = make_office()
    make_draft(office, "=HYPERLINK(1)")
    desk(client, office.draft, settings)

    response = client.get(address("export", "csv"))

    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[1].startswith("'=HYPERLINK(1),其他政策文件,,,起草,主动公开")


# ── 门户 ────────────────────────────────────────────────────────────────────────────────────


def test_a_feed_is_well_formed_and_holds_what_is_new(client):
    office = make_office()
    document = make_issued(office)

    feed = ElementTree.fromstring(client.get(address("feed", "atom")).content)

    space = "{http://www.w3.org/2005/Atom}"
    assert [e.find(f"{space}title").text for e in feed.iter(f"{space}entry")] == [document.title]


def test_a_document_tells_its_tags_and_facts(client):
    office = make_office()
    document = make_issued(office)

    page = client.get(document.get_absolute_url()).content.decode()

    for tag in ("ColumnName", "ColumnType", "ArticleTitle", "PubDate", "ContentSource"):
        assert page.count(f'<meta name="{tag}"') == 1
    assert document.index_number in page


def test_a_topic_opens_and_closes_on_its_days(client):
    office = make_office()
    today = timezone.localdate()
    later = Column(organ=office.organ, name="以后的专题", topic=True, description="x",
                   opens_on=today + timedelta(days=1))  # fmt: skip
    over = Column(organ=office.organ, name="过去的专题", topic=True, description="x",
                  closes_on=today - timedelta(days=1))  # fmt: skip
    for one in (later, over):
        columns.save_column(one, by=office.disclosure)

    assert client.get(later.get_absolute_url()).status_code == 404
    assert "仅供查阅" in client.get(over.get_absolute_url()).content.decode()


def test_a_guide_shows_every_field_the_article_names(client, settings):
    office = make_office()
    given = {
        "classification": "按内容分类", "arrangement": "索引号编排", "obtaining": "网站查询",
        "office": "信息公开科", "address": "某路1号", "hours": "工作日", "phone": "0311-1",
        "fax": "无", "internet": "某网站",
    }  # fmt: skip
    desk(client, office.disclosure, settings)

    short = client.post(address("edit_guide", office.organ.pk), {**given, "fax": ""})
    kept_before = Guide.objects.count()
    client.post(address("edit_guide", office.organ.pk), given)

    page = client.get(address("guide", office.organ.pk)).content.decode()
    assert (short.status_code, kept_before) == (200, 0)
    assert [text for text in given.values() if text not in page] == []


def test_a_column_that_is_late_is_told(client, settings):
    office = make_office()
    one = column(office, "other_policy")
    Column.objects.filter(pk=one.pk).update(
        update_days=30, updated_at=timezone.now() - timedelta(days=31)
    )
    desk(client, office.disclosure, settings)

    page = client.get(address("columns")).content.decode()

    # This one, and the column of yearly reports, which has never been filled.
    assert page.count("逾期未更新") == 2


def test_a_document_and_its_form_print_as_word(client, settings):
    office = make_office()
    document = make_issued(office)
    desk(client, office.draft, settings)

    told = []
    for place in (address("download", document.pk, "docx"), address("form", document.pk, "docx")):
        with zipfile.ZipFile(io.BytesIO(client.get(place).content)) as archive:
            told.append(archive.read("word/document.xml").decode())

    assert document.number in told[0]
    assert "总体要求" in told[0]
    for field in (
        "起草单位",
        "公开属性",
        "保密审查",
        "签发员",
        "合审〔2025〕1号",
        "（此件公开发布）",
    ):
        assert field in told[1]


def test_the_rules_in_force_stand_on_one_page_with_their_caption(client):
    office = make_office(words="石州市人民政府令")
    caption = "（2025年3月3日石州市人民政府令第1号公布　自2025年5月1日起施行）"
    make_issued(office, "某办法", kind="rule", facts={"caption": caption})
    old = make_issued(office, "旧办法", kind="rule")
    validity.repeal(old, by=office.legal, reason="已被代替")

    page = client.get(address("in_force", "rule")).content.decode()

    assert caption in page
    assert "旧办法" not in page


def test_a_clean_up_is_carried_through_by_its_pages(client, settings):
    office = make_office()
    make_shelf(office, 2)
    desk(client, office.legal, settings)
    client.post(
        address("new_campaign"),
        {"title": "清理", "kinds": ["normative"], "cut_off": str(timezone.localdate())},
    )
    campaign = Campaign.objects.get()

    def step(move):
        state = Campaign.objects.get().state
        client.post(address("campaign_act", campaign.pk), {"move": move, "seen": state})

    step("ask")
    for item in campaign.items.all():
        place = address("campaign_item", campaign.pk, item.pk)
        client.post(place, {"unit_opinion": "lapse", "unit_reason": "已过时"})
    step("gather")
    client.post(address("campaign_act", campaign.pk), {"opinion": "同意"})
    for item in campaign.items.all():
        place = address("campaign_item", campaign.pk, item.pk)
        client.post(place, {"decision": "lapse", "reason": "已过时"})
    step("judge")
    desk(client, office.sign, settings)
    client.post(address("campaign_act", campaign.pk), {"move": "apply", "seen": "deciding"})

    assert cleanup.summary(campaign).endswith("清理2件：宣布失效2件。")
    assert sorted(Document.objects.values_list("kind", "validity")) == [
        ("catalogue", ""),
        *(("normative", "lapsed"),) * 2,
    ]


# ── 有误的提交 ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("正文.pdf", b"%PDF-1.7 x", "不是 .docx 或 .html 文件"),
        ("正文.docx", b"%PDF-1.7 x", "PDF"),
        ("正文.docx", b"PK\x03\x04" + b"x" * 50, "残缺"),
    ],
)
def test_a_body_that_is_none_is_refused_and_nothing_is_kept(client, settings, name, data, said):
    office = make_office()
    document = make_draft(office)
    desk(client, office.draft, settings)

    page = client.post(
        address("body", document.pk), {"file": SimpleUploadedFile(name, data)}, follow=True
    )

    assert said in page.content.decode()
    assert (document.files.count(), Version.objects.count()) == (0, 1)


def test_a_reason_too_short_to_let_pass_is_told_and_what_was_typed_stays(client, settings):
    office = make_office()
    html = BODY + "<p>联系人王某，公民身份号码11010519491231002X。</p>"
    one = bring(make_draft(office, html=html), office, until=State.SECRECY)
    mark = next(found.mark for found in all_findings(one) if found.stops)
    desk(client, office.secrecy, settings)

    short = client.post(address("let_pass", one.pk), {"mark": mark, "reason": "同意"})
    gone = client.post(address("let_pass", one.pk), {"mark": "?", "reason": "当事人同意公开"})

    assert "没有放行：放行须写明理由，至少5个字。" in short.content.decode()
    assert 'required value="同意" autofocus' in short.content.decode()
    assert "没有放行：没有这条发现，正文可能已经改过" in gone.content.decode()
    assert Override.objects.count() == 0


def test_who_extends_sees_until_when_it_is_valid_now(client, settings):
    office = make_office()
    dated = make_issued(office, kind="normative", facts={"valid_to": date(2030, 12, 31)})
    undated = make_issued(office, "关于另一件事的通知")
    desk(client, office.disclosure, settings)

    told = [client.get(address("change", one.pk, "extend")).content.decode()
            for one in (dated, undated)]  # fmt: skip

    assert "现在的有效期：至" in told[0]
    assert "2030年12月31日" in told[0]
    assert "现在的有效期：没有规定" in told[1]
    assert "现在的有效期" not in client.get(address("change", dated.pk, "lapse")).content.decode()


def test_an_attachment_that_is_no_pdf_is_refused_beside_its_form(client, settings):
    office = make_office()
    document = make_draft(office)
    desk(client, office.draft, settings)

    response = client.post(
        address("attach", document.pk),
        {"file": SimpleUploadedFile("附表.pdf", "其实是文字".encode() * 9), "title": "资金分配表"},
    )

    said = response.content.decode()
    assert "不是PDF 文件" in said
    assert 'value="资金分配表"' in said
    assert document.files.count() == 0


def test_an_upload_of_two_hundred_megabytes_is_turned_away_before_it_is_read(client, settings):
    office = make_office()
    document = make_draft(office)
    desk(client, office.draft, settings)

    response = client.post(
        address("attach", document.pk), b"x", content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(300 * 1024 * 1024),
    )  # fmt: skip

    assert response.status_code == 413


def test_nobody_publishes_by_address_what_he_may_not(client, settings):
    office = make_office()
    document = bring(make_draft(office), office)
    desk(client, office.unit_head, settings)

    response = client.post(address("act", document.pk), {"move": "issue", "seen": "signed"})

    assert response.status_code == 403
    assert "“发布”由石州市人民政府办公室的信息公开机构办理" in response.content.decode()
    assert fresh(document).state == State.SIGNED


def test_a_page_seen_before_somebody_else_acted_is_told_so(client, settings):
    office = make_office()
    document = bring(make_draft(office), office, until=State.UNIT)
    desk(client, office.unit_head, settings)

    response = client.post(address("act", document.pk), {"move": "pass_unit", "seen": "draft"})

    assert response.status_code == 403
    assert "别人办理" in response.content.decode()


def test_a_move_nobody_knows_is_refused(client, settings):
    office = make_office()
    document = make_draft(office)
    desk(client, office.draft, settings)

    for move in ("", "nonsense", "correct", "announce"):
        response = client.post(address("act", document.pk), {"move": move, "seen": "draft"})
        assert response.status_code == 403

    assert fresh(document).state == State.DRAFT


def test_a_withdrawn_document_says_so_at_its_address_and_no_more(client):
    office = make_office()
    document = make_issued(office, "关于某件事的通知")
    publishing.withdraw(document, by=office.disclosure, note="错发了名单")

    response = client.get(document.get_absolute_url())

    page = response.content.decode()
    assert response.status_code == 410
    assert "已经撤下" in page
    assert "某件事" not in page
    assert "名单" not in page
