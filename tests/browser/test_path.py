"""From a draft to the public page and until it is repealed, each by the person whose desk it is."""

import re
from datetime import date
from urllib.parse import quote

import docx
from playwright.sync_api import expect

DRAFTER, HEAD, SECRECY, LEGAL = "贺文远", "陆明川", "顾秋实", "江正则"
OFFICE, DIRECTOR, SIGNER = "沈若溪", "秦望山", "岳承平"
#: The desks after the drafter's, in order, and what each one's button says.
DESKS = (
    (HEAD, "同意，送保密审查"),
    (SECRECY, "保密审查通过"),
    (LEGAL, "法制审核通过"),
    (OFFICE, "公开属性审核通过"),
    (DIRECTOR, "核稿同意，送签"),
    (SIGNER, "签发"),
)
NEWER = "修改后按月公布办理情况。"


def manuscript(folder, title):
    """The signed-off text as an office writes it."""
    paper = docx.Document()
    paper.add_heading(title, 0)
    for line in (
        "各县（市、区）人民政府，市政府各部门：",
        "一、总体要求",
        "为方便群众办事，现就有关事项通知如下。",
        "二、工作措施",
        "（一）公布办理条件和办理时限",
        "各单位每季度公布办理情况。",
    ):
        paper.add_paragraph(line)
    table = paper.add_table(2, 2)
    table.style = "Table Grid"
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells),
        ("事项", "时限", "登记", "三日"),
        strict=True,
    ):
        cell.text = text
    file = folder / "签发稿.docx"
    paper.save(file)
    return file


def act(page, label, note=""):
    """Open a step, say why, confirm."""
    moves = page.locator(".moves")
    moves.locator("summary", has_text=re.compile(f"^{re.escape(label)}$")).click()
    form = moves.locator("details[open] form")
    if note:
        form.get_by_role("textbox").fill(note)
    with page.expect_navigation():
        form.get_by_role("button", name=f"确认{label}").click()


def from_home(page, title, button):
    """The one button beside a task on the home of the desk."""
    page.goto("/desk/")
    page.get_by_role("link", name=f"{button}：{title}").click()


def draft(page, folder, title, *, kind):
    """Begin, upload, fill in the form; back on the page of the document."""
    page.goto("/desk/")
    page.get_by_role("link", name="起草", exact=True).click()
    page.get_by_label("公开机关").select_option(label="石家庄市人民政府")
    page.get_by_label("种类").select_option(label=kind)
    page.get_by_label("标题").fill(title)
    page.get_by_label("正文文件").set_input_files(manuscript(folder, title))
    page.get_by_role("button", name="下一步：填写审查表").click()
    page.locator("#id_genre").select_option("通知")
    page.locator("#id_topic").select_option("综合政务")
    page.locator("#id_summary").fill("公布办理条件、时限和情况。")
    page.locator("#id_unit").fill("秘书一处")
    page.locator("#id_secrecy").select_option(label="不涉密")
    for checked in ("personal_checked", "commercial_checked", "copyright_checked"):
        page.locator(f"#id_{checked}").check()
    page.locator("#id_others_consulted").fill("不涉及")
    page.get_by_role("group", name="公开渠道").get_by_label("政府网站").check()
    page.locator("#id_interpretation").select_option(label="不作解读")
    page.locator("#id_interpretation_reason").fill("内容简明，不作解读")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status")).to_contain_text("已保存")
    return re.search(r"/desk/documents/(\d+)/", page.url)[1]


def pass_on(signed_in, key, *, legality="", after=""):
    """Desk after desk passes it on, from the one after ``after``."""
    names = [name for name, _ in DESKS]
    start = names.index(after) + 1 if after else 0
    for name, label in DESKS[start:]:
        page = signed_in(name)
        page.goto(f"/desk/documents/{key}/")
        if name == LEGAL and legality:
            page.get_by_role("link", name="填写审查表").click()
            page.locator("#id_legality_number").fill(legality)
            page.get_by_role("button", name="保存").click()
        act(page, label, "同意。")


def publish(signed_in, key, sign):
    """Numbered by the director, issued by the disclosure office; the number it was given."""
    page = signed_in(DIRECTOR)
    page.goto(f"/desk/documents/{key}/")
    page.locator("summary", has_text="编号").click()
    page.get_by_label("机关代字").select_option(sign)
    page.get_by_role("button", name="编号", exact=True).click()
    page = signed_in(OFFICE)
    page.goto(f"/desk/documents/{key}/")
    act(page, "发布")
    expect(page.locator(".pill", has_text="已发布")).to_be_visible()
    return page.locator("dt:text-is('发文字号') + dd").inner_text()


def test_a_document_goes_from_draft_to_the_public_and_is_amended(signed_in, open_page, tmp_path):
    title = "石家庄市人民政府关于浏览器里走一遍的通知（演示）"
    desk = signed_in(DRAFTER)
    key = draft(desk, tmp_path, title, kind="行政规范性文件")

    # Returned once, with a reason the drafter reads, and handed in again.
    act(desk, "提交审查")
    head = signed_in(HEAD)
    from_home(head, title, "审核")
    act(head, "退回", "请写明第二部分的办理时限。")
    from_home(desk, title, "继续起草")
    expect(desk.locator(".timeline")).to_contain_text("请写明第二部分的办理时限。")
    act(desk, "提交审查", "已补充。")

    # Nobody else's button works: the drafter sees it grey, with the reason.
    desk.goto(f"/desk/documents/{key}/")
    grey = desk.get_by_role("button", name="同意，送保密审查")
    expect(grey).to_have_attribute("aria-disabled", "true")

    # The public does not see it before it is issued.
    public = open_page()
    assert public.goto(f"/documents/{key}/").status == 404

    pass_on(signed_in, key, legality="石合审〔2026〕88号")
    number = publish(signed_in, key, "石政规")

    assert public.goto(f"/documents/{key}/").status == 200
    expect(public.locator("h1")).to_have_text(title)
    expect(public.locator(".facts")).to_contain_text(number)
    expect(public.locator(".facts .pill")).to_have_text("有效")
    expect(public.locator(".prose h2").first).to_have_text("一、总体要求")
    expect(public.locator(".prose table")).to_contain_text("三日")
    typed = number.replace("〔", "[").replace("〕", "]")
    public.goto(f"/search/?q={quote(typed)}")
    expect(public.locator(".hits a").first).to_have_text(title)

    # Amended by a later document, with its new text, and both pages say so.
    later_title = "石家庄市人民政府关于修改浏览器通知的决定（演示）"
    desk.goto("/desk/")
    later = draft(desk, tmp_path, later_title, kind="其他政策文件")
    act(desk, "提交审查")
    pass_on(signed_in, later)
    later_number = publish(signed_in, later, "石政发")
    office = signed_in(OFFICE, script=False)
    office.goto(f"/desk/documents/{key}/")
    office.get_by_role("link", name="记为已修改").click()
    office.get_by_label("修改决定").fill(later_number)
    body = office.get_by_label("修改后的全文")
    body.fill(body.input_value().replace("各单位每季度公布办理情况。", NEWER))
    office.get_by_label("说明").last.fill("改为按月公布。")
    office.get_by_role("button", name="确认修改").click()

    public.goto(f"/documents/{key}/")
    expect(public.locator(".prose")).to_contain_text(NEWER)
    expect(public.locator(".around")).to_contain_text(later_title)
    public.get_by_role("link", name="查看对照").click()
    expect(public.locator("ins").first).to_be_visible()
    public.goto(f"/documents/{later}/")
    expect(public.locator(".around")).to_contain_text(title)

    # Repealed from today on: the page stays, marked.
    office.goto(f"/desk/documents/{key}/repeal/")
    office.get_by_label("废止（失效）日期").fill(date.today().isoformat())
    office.get_by_label("理由").fill("任务已经完成。")
    office.get_by_role("button", name="确认废止").click()
    public.goto(f"/documents/{key}/")
    expect(public.locator(".facts .pill")).to_have_text("废止")
    expect(public.locator(".notice-error")).to_contain_text("不作为行政管理的依据")


def test_a_decision_repeals_the_old_document_the_moment_it_is_issued(signed_in, open_page):
    title = "石家庄市人民政府关于废止部分行政规范性文件的决定（演示）"
    signer = signed_in(SIGNER)
    from_home(signer, title, "签发")
    key = re.search(r"/desk/documents/(\d+)/", signer.url)[1]
    old = signer.locator("a[href^='/desk/documents/']", has_text="石家庄市人民政府关于").last
    old_title = old.inner_text()

    act(signer, "签发", "同意。")
    publish(signed_in, key, "石政发")

    public = open_page()
    public.goto(f"/documents/{key}/")
    public.locator(".around a", has_text=old_title).click()
    expect(public.locator(".facts .pill")).to_have_text("废止")
    expect(public.locator(".around")).to_contain_text(title)


def test_a_published_document_can_be_taken_down_and_says_so(signed_in, open_page):
    title = "石家庄市人民政府关于加强冬季供热保障工作的通知（演示）"
    office = signed_in(OFFICE)
    office.goto(f"/desk/documents/?q={quote(title)}")
    office.get_by_role("link", name=title).click()
    key = re.search(r"/desk/documents/(\d+)/", office.url)[1]

    act(office, "撤下", "附件有误，更正后重新发布。")

    public = open_page()
    assert public.goto(f"/documents/{key}/").status == 410
    act(office, "重新发布", "附件已更正。")
    assert public.goto(f"/documents/{key}/").status == 200


def test_a_late_document_stands_first_on_the_home_of_who_must_publish_it(signed_in):
    page = signed_in(OFFICE)

    headings = page.locator(".waiting h2").all_inner_texts()

    assert headings[0].startswith("已逾期")
    expect(page.locator(".waiting").first).to_contain_text("已逾期")


def test_the_three_administrators_see_no_papers(signed_in):
    for name in ("程立新", "严守一", "纪明察"):
        page = signed_in(name)
        page.goto("/desk/documents/")

        links = page.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        assert [one for one in links if re.fullmatch(r"/desk/documents/\d+/", one)] == []


def test_the_desk_works_on_a_phone(signed_in):
    page = signed_in(OFFICE, width=360, height=780)
    for address in ("/desk/", "/desk/documents/", "/desk/documents/columns/", "/desk/organs/"):
        page.goto(address)

        assert page.evaluate("document.documentElement.scrollWidth") == 360, address
