"""收进来的文件：refused in words and nothing half-saved, or taken in and cleaned at one's word."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.documents.actions import attaching, drafting, publishing, reviewing
from gongkai.documents.actions.obstacles import why_not
from gongkai.documents.body.clean import scripts_in
from gongkai.documents.models import Document, DocumentFile, ReviewForm, Version
from gongkai.errors import NotAllowed
from gongkai.trail.models import Step
from library import PASSES, fresh, make_draft, make_office
from made_files import append_round, insert_deletion, make_docx, make_jpeg, make_ofd, make_pdf

pytestmark = pytest.mark.django_db


def desk(client, staff, settings):
    settings.DEMO = True
    client.force_login(staff, "allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("通知.pdf", b"%PDF-1.4 not really", "不是 .docx 或 .html 文件"),
        ("通知.docx", b"PK\x03\x04 broken", "通知.docx"),
        ("通知.docx", make_pdf("Notice"), "通知.docx"),
        ("通知.html", "<p>甲</p><script>x()</script>".encode(), "含有脚本"),
    ],
)
def test_a_file_that_is_refused_leaves_no_draft_behind_however_often(
    client, settings, name, data, said
):
    office = make_office()
    desk(client, office.draft, settings)
    steps = Step.objects.count()

    for _ in range(2):
        page = client.post(
            reverse("documents:begin"),
            {
                "organ": office.organ.pk, "kind": "policy", "title": "关于防汛的通知",
                "file": SimpleUploadedFile(name, data),
            },
        )  # fmt: skip

    text = page.content.decode()
    assert (page.status_code, said in text, 'value="关于防汛的通知"' in text) == (200, True, True)
    kept = [m.objects.count() for m in (Document, ReviewForm, Version, DocumentFile)]
    assert (kept, Step.objects.count()) == ([0, 0, 0, 0], steps)


def test_a_draft_is_begun_with_its_text(client, settings):
    office = make_office()
    desk(client, office.draft, settings)

    client.post(
        reverse("documents:begin"),
        {
            "organ": office.organ.pk, "kind": "policy", "title": "关于防汛的通知",
            "file": SimpleUploadedFile("通知.docx", make_docx("一、总体要求", "现通知如下。")),
        },
    )  # fmt: skip

    document = Document.objects.get()
    assert Version.objects.get(document=document).html == (
        '<h2 id="s1">一、总体要求</h2><p>现通知如下。</p>'
    )
    assert [kept.role for kept in document.files.all()] == ["source"]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>甲</p><script>x()</script><script src=a></script>", ["<script>"]),
        ("<html><head><SCRIPT>x()</SCRIPT></head><body>甲</body></html>", ["<script>"]),
        ("<p onclick='x()' OnMouseOver=y()>甲</p>", ["事件属性 onclick", "事件属性 onmouseover"]),
        ("<a href='JavaScript:x()'>甲</a>", ["javascript: 链接"]),
        ("<a href='java&#10;script:x()'>甲</a>", ["javascript: 链接"]),
        ("<a href='  &#106;avascript:x()'>甲</a>", ["javascript: 链接"]),
        ("<form action='vbscript:x'>甲</form>", ["vbscript: 链接"]),
        ("<iframe src='data:text/html,<p>'></iframe>", ["data:text/html 链接"]),
        ("<svg><script>x()</script></svg>", ["<script>"]),
        ("<p>学习 JavaScript: 入门，&lt;script&gt; 的用法</p>", []),
        ("<!-- <script>x()</script> --><p style='color:red'>甲</p>", []),
        ("<p one='1' once=2>甲</p><style>p{}</style>", []),
        ("<!-- -->", []),
    ],
)
def test_scripts_of_a_web_page_are_named(html, found):
    assert scripts_in(html) == found


def test_a_web_page_with_scripts_is_refused_and_the_text_stays_as_it_was(client, settings):
    office = make_office()
    document = make_draft(office)
    desk(client, office.draft, settings)
    page = "<body><p onclick='x()'>甲</p><a href='javascript:y()'>乙</a></body>".encode()

    answer = client.post(
        reverse("documents:body", args=[document.pk]), {"file": SimpleUploadedFile("a.html", page)}
    )

    said = "网页文件含有脚本（事件属性 onclick、javascript: 链接），没有收下"
    assert said in answer.content.decode()
    assert fresh(document).edition == 1


def test_a_web_page_without_scripts_is_cleaned_as_before():
    office = make_office()
    document = make_draft(office)
    page = "<style>p{}</style><p style='color:red'>甲</p><iframe src='https://a.cn/'></iframe>"

    attaching.take_body(document, io.BytesIO(page.encode()), "a.html", by=office.draft)

    assert Version.objects.get(document=document, number=2).html == "<p>甲</p>"


# ── 附件的隐藏信息 ──────────────────────────────────────────────────────────────────────────


def test_hidden_data_is_cleaned_by_a_button_and_stands_in_the_trail(client, settings):
    office = make_office()
    document = make_draft(office)
    picture = attaching.attach(
        document, make_jpeg(place=(38, 114), artist="Li Hua"), "现场.jpg", by=office.draft
    )
    before = picture.blob.sha256
    address = reverse("documents:clean_file", args=[document.pk, picture.pk])
    desk(client, office.draft, settings)

    shown = client.get(reverse("documents:desk_document", args=[document.pk])).content.decode()
    stopped = [one.reason for one in drafting.all_findings(document) if one.stops]
    client.post(address)
    after = client.get(reverse("documents:desk_document", args=[document.pk])).content.decode()

    picture.refresh_from_db()
    assert (f'action="{address}"' in shown, f'action="{address}"' in after) == (True, False)
    assert stopped == ["附件含有拍摄地点"]
    assert (drafting.all_findings(document), picture.name) == ([], "现场.jpg")
    assert picture.blob.sha256 != before
    step = Step.objects.of(document).last()
    assert (step.label, step.by_name) == ("清除附件的隐藏信息", office.draft.name)


def test_earlier_rounds_of_a_pdf_go_with_the_button():
    office = make_office()
    document = make_draft(office)
    data = make_pdf("Secret price 800000", compress_streams=False)
    again = append_round(data, b"Secret price 800000", b"No price is given..")
    kept = attaching.attach(document, again, "a.pdf", by=office.draft)

    gone = attaching.clean_file(kept, by=office.draft)

    assert gone == ["以前的版本"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (make_docx("正文", change=lambda d: insert_deletion(d, "删去的话")), "附件.docx"),
        (make_ofd("正文", author="赵小军"), "附件.ofd"),
        (make_docx("正文"), "附件.docx"),
    ],
)
def test_what_a_person_must_decide_has_no_button(data, name):
    office = make_office()
    document = make_draft(office)
    kept = attaching.attach(document, data, name, by=office.draft)
    told = [one.advice for one in drafting.all_findings(document)]

    with pytest.raises(NotAllowed, match="没有可以自动清除的隐藏信息"):
        attaching.clean_file(kept, by=office.draft)

    assert not any("一键" in advice for advice in told)


def test_a_file_is_not_changed_any_more_once_the_draft_is_handed_in():
    office = make_office()
    document = make_draft(office)
    kept = attaching.attach(document, make_jpeg(artist="Li Hua"), "a.jpg", by=office.draft)
    reviewing.advance(document, "submit", by=office.draft)
    kept.document = fresh(document)

    with pytest.raises(NotAllowed, match="须先退回起草"):
        attaching.clean_file(kept, by=office.draft)


def test_the_manuscript_itself_stays_as_it_was_signed():
    office = make_office()
    document = make_draft(office)
    data = io.BytesIO(make_docx("正文", author="赵小军"))
    attaching.take_body(document, data, "稿.docx", by=office.draft)

    with pytest.raises(NotAllowed, match="保持原样"):
        attaching.clean_file(document.files.get(), by=office.draft)


def test_hidden_data_stops_the_review_and_the_publication():
    office = make_office()
    document = make_draft(office)
    hidden = make_docx("附件", change=lambda d: insert_deletion(d, "删去的话"))
    kept = attaching.attach(document, hidden, "附件.docx", by=office.draft)
    findings, kept.findings = kept.findings, []
    reviewing.advance(document, "submit", by=office.draft)
    reviewing.advance(document, "pass_unit", by=office.unit_head)

    with pytest.raises(NotAllowed, match="筛查拦截：附件含有修订痕迹"):
        reviewing.advance(document, "pass_secrecy", by=office.secrecy)
    kept.save()  # as if it had not been there until the document was signed
    for move, who in PASSES[2:]:
        reviewing.advance(document, move, by=getattr(office, who))
    reviewing.number(document, by=office.director, sign="石政办发")
    DocumentFile.objects.filter(pk=kept.pk).update(findings=findings)

    with pytest.raises(NotAllowed, match="筛查拦截：附件含有修订痕迹"):
        publishing.issue(document, by=office.disclosure)
    assert any("修订痕迹" in reason for reason in why_not(document, "issue", by=office.disclosure))
