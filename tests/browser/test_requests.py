"""Six whole lives of a request: from the citizen's telephone over every desk to the archive."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from made_files import make_pdf, make_png

ORGAN = "石家庄市人民政府"
CLERK, LEGAL, SECRECY, SIGNER = "沈若溪", "江正则", "顾秋实", "岳承平"
IDENTITY = "130102199003074514"
PHONE = {"width": 360, "height": 740}
#: What never stands in a letter, nor on a page of another.
PERSONAL = (IDENTITY, "0311-00029999", "石家庄市演示街999号")


def fill(page, told):
    """Fill in the boxes of a page by their names, as somebody would."""
    for name, value in told.items():
        box = page.locator(f'main [name="{name}"]')
        kind = box.first.get_attribute("type") or box.first.evaluate("box => box.tagName")
        if kind == "radio":
            page.locator(f'main [name="{name}"][value="{value}"]').check()
        elif kind == "checkbox":
            box.set_checked(value)
        elif kind == "file":
            box.set_input_files(value)
        elif kind == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)


def press(page, name, value):
    """The button of that name and value."""
    with page.expect_navigation():
        page.locator(f'main button[name="{name}"][value="{value}"]:not(.hidden)').first.click()


# ── 申请人 ──────────────────────────────────────────────────────────────────────────────────


def apply(page, subject, name):
    """Three steps on a telephone; number and query code."""
    page.goto("/apply/new/")
    fill(page, {"organ": ORGAN, "subject": subject, "description": f"{subject}的全文和附件。"})
    press(page, "go", "next")
    if page.locator('button[value="none"]').count():
        press(page, "go", "none")
    fill(page, {
        "category": "person", "name": name, "identity_number": IDENTITY,
        "proof": {"name": "身份证.png", "mimeType": "image/png", "buffer": make_png()},
        "phone": PERSONAL[1], "address": PERSONAL[2], "postcode": "050000",
        "form": "electronic", "delivery": "online",
    })  # fmt: skip
    press(page, "go", "next")
    fill(page, {"true": True})
    press(page, "go", "next")
    expect(page.get_by_role("heading", name="申请已经提交")).to_be_visible()
    fits(page)
    facts = page.locator(".receipt dd.big").all_inner_texts()
    return facts[0].strip(), facts[1].strip()


def fits(page):
    """Nothing is cut off at the side of a telephone."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def track(page, number, code):
    """Number and code; the page of one's own request."""
    page.goto("/track/")
    fill(page, {"number": number, "code": code})
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="查询").click()
    expect(page.locator("h1")).to_have_text(number)
    fits(page)


def read(page, title):
    """Open a letter on the telephone; its words."""
    page.locator(".papers").get_by_role("link", name=title, exact=True).first.click()
    expect(page.locator("h1, h2").filter(has_text=title).first).to_be_visible()
    fits(page)
    words = page.locator("main").inner_text()
    page.go_back()
    return words


def correct(page, text, picture):
    """What was asked for, typed and photographed; an empty form is told so first."""
    send = page.get_by_role("button", name="提交补正")
    with page.expect_navigation():
        send.click()
    expect(page.get_by_text("请写明补正的内容").first).to_be_visible()
    fits(page)
    fill(page, {"correct-text": text, "correct-materials": {
        "name": "批准文件.png", "mimeType": "image/png", "buffer": picture,
    }})  # fmt: skip
    with page.expect_navigation():
        send.click()
    fits(page)


# ── 工作台 ──────────────────────────────────────────────────────────────────────────────────


def key_of(page, number):
    """Find it in the register by its number."""
    page.goto("/desk/applications/")
    fill(page, {"q": number})
    page.locator('[name="q"]').press("Enter")
    with page.expect_navigation():
        page.get_by_role("link", name=number, exact=True).click()
    return re.search(r"/desk/applications/(\d+)/", page.url)[1]


def do(page, key, deed, told=None):
    """One deed on its page; what goes out as a letter is looked at first."""
    page.goto(f"/desk/applications/{key}/do/{deed}/")
    fill(page, told or {})
    if page.locator('button[name="step"][value="preview"]').count():
        press(page, "step", "preview")
        expect(page.locator("#body")).not_to_be_empty()
    if page.locator('button[name="step"][value="do"]').count():
        press(page, "step", "do")
    else:
        with page.expect_navigation():
            page.locator("main .form-actions button").first.click()
    settled(page, key)


def settled(page, key):
    """Back on the page of the case: it was done."""
    told = page.locator(".error-summary")
    assert not told.count(), told.inner_text()
    expect(page).to_have_url(re.compile(f"/desk/applications/{key}/$"))


def act(page, key, label, note=""):
    """A step that needs no page of its own."""
    page.goto(f"/desk/applications/{key}/")
    moves = page.locator(".moves")
    moves.locator("summary", has_text=re.compile(f"^{label}$")).click()
    form = moves.locator("details[open] form")
    if note:
        form.get_by_role("textbox").fill(note)
    with page.expect_navigation():
        form.get_by_role("button", name=f"确认{label}").click()
    settled(page, key)


def begin(page, number):
    """Confirmed with the applicant, registered; its key."""
    key = key_of(page, number)
    for deed in ("confirm", "register"):
        page.goto(f"/desk/applications/{key}/{deed}/")
        if deed == "register":
            handler = page.locator('main [name="handler"] option', has_text=CLERK)
            fill(page, {"handler": handler.get_attribute("value")})
        with page.expect_navigation():
            page.locator("main .form-actions button").first.click()
        settled(page, key)
    return key


def decide(page, key, code, told):
    """The outcome of the one matter, and what its letter must say."""
    page.goto(f"/desk/applications/{key}/do/reply/")
    page.get_by_role("link", name=re.compile("选定结果|修改")).first.click()
    if page.locator("details.picker:not([open])").count():
        page.locator("details.picker summary").click()
    page.locator(f"#outcome-{code}").check()
    with page.expect_navigation():
        page.locator("form.outcomes button").click()
    fill(page, told)
    press(page, "step", "save")
    expect(page).to_have_url(re.compile(f"/{key}/do/reply/$"))


def write(page, key, code, told, file=b""):
    """The reply: outcome, files, letter, off to review."""
    act(page, key, "拟写答复")
    decide(page, key, code, told)
    submit(page, key, file)


def submit(page, key, file=b""):
    page.goto(f"/desk/applications/{key}/do/reply/")
    if file:
        fill(page, {"file": {"name": "清单.pdf", "mimeType": "application/pdf", "buffer": file}})
        press(page, "step", "supply")
    press(page, "step", "compose")
    words = page.locator("textarea[name=body]").input_value()
    assert not any(secret in words for secret in PERSONAL)
    press(page, "step", "submit")
    settled(page, key)
    return words


def approve(signed_in, key):
    """Legal review, secrecy review, signature: each at his own desk."""
    for name, deed, move in (
        (LEGAL, "pass-legal", "pass_legal"),
        (SECRECY, "pass-secrecy", "pass_secrecy"),
        (SIGNER, "sign", "sign"),
    ):
        page = signed_in(name)
        page.goto(f"/desk/applications/{key}/do/{deed}/")
        fill(page, {"note": "同意。"})
        press(page, "move", move)
        settled(page, key)
        assert IDENTITY not in page.content()


def serve(page, key):
    """Into the applicant's own page; then it is closed."""
    do(page, key, "serve", {"way": "electronic"})
    act(page, key, "办结")


def archive(page, key):
    """归档包: what is in it, by name."""
    page.goto(f"/desk/applications/{key}/do/archive/")
    with page.expect_navigation():
        page.locator("main .form-actions button").click()
    page.goto(f"/desk/applications/{key}/do/archive/")
    page.get_by_role("link", name="下载归档包").click()
    fill(page, {"reason": "核对归档内容"})
    with page.expect_download() as got:
        page.locator("main .form-actions button").click()
    with zipfile.ZipFile(io.BytesIO(got.value.path().read_bytes())) as packed:
        assert packed.testzip() is None
        return packed.namelist()


def state(page, key):
    page.goto(f"/desk/applications/{key}/")
    return page.locator("h1 + ul .pill").first.inner_text()


@pytest.fixture
def citizen(open_page):
    """Somebody's telephone."""
    return open_page(**PHONE)


@pytest.fixture
def clerk(signed_in):
    return signed_in(CLERK)


# ── 六件 ────────────────────────────────────────────────────────────────────────────────────


def test_what_may_be_disclosed_reaches_the_telephone_and_the_archive(citizen, clerk, signed_in):
    number, code = apply(citizen, "2025年城市绿道建设任务清单", "林小满")
    key = begin(clerk, number)
    act(clerk, key, "拟写答复")
    decide(clerk, key, "A2", {"信息清单-0-0": "2025年城市绿道建设任务清单", "信息清单-0-3": "3"})
    submit(clerk, key, make_pdf("2025年城市绿道建设任务清单"))
    approve(signed_in, key)
    serve(clerk, key)

    track(citizen, number, code)
    words = read(citizen, "政府信息予以公开告知书")
    assert "第三十六条第（二）项" in words
    assert "2025年城市绿道建设任务清单" in words
    with citizen.expect_download() as got:
        citizen.locator(".papers").get_by_role("link", name="清单.pdf").click()
    assert got.value.path().read_bytes().startswith(b"%PDF")
    citizen.go_back() if "/case/" not in citizen.url else None
    citizen.get_by_text("评价这次办理").click()
    fill(citizen, {"rate-stars": "5"})
    with citizen.expect_navigation():
        citizen.get_by_role("button", name="提交评价").click()
    expect(citizen.get_by_text("您的评价：非常满意")).to_be_visible()

    names = archive(clerk, key)
    assert any("予以公开告知书" in name for name in names)
    assert state(clerk, key) == "已归档"


def test_what_is_not_corrected_in_time_is_abandoned(citizen, clerk, signed_in):
    from gongkai.law.calendar import china

    arrived = _working_days_ago(15)
    asked, until = china().nth_after(arrived, 3), china().nth_after(arrived, 10)
    clerk.goto("/desk/applications/receive/")
    fill(clerk, {
        "channel": "post_signed", "arrived_on": f"{arrived}", "tracking": "XA11223344013",
        "signed_by": "收发室", "subject": "征地的所有材料", "form": "electronic",
        "delivery": "online", "person-0-name": "陈谷雨", "person-0-category": "person",
        "person-0-identity_number": IDENTITY, "person-0-phone": PERSONAL[1],
        "person-0-address": PERSONAL[2],
    })  # fmt: skip
    with clerk.expect_navigation():
        clerk.locator("main .form-actions button.button").first.click()
    if clerk.locator('button[name="anyway"]').count():
        press(clerk, "anyway", "1")
    shown = clerk.locator("main").inner_text()
    number = re.search(r"\S+〔\d{4}〕第\d+号", shown)[0]
    code = re.search(r"查询码\s+(\w{8})", shown)[1]
    key = key_of(clerk, number)
    clerk.goto(f"/desk/applications/{key}/register/")
    handler = clerk.locator('main [name="handler"] option', has_text=CLERK)
    fill(clerk, {"handler": handler.get_attribute("value")})
    with clerk.expect_navigation():
        clerk.locator("main .form-actions button").first.click()
    do(clerk, key, "ask-to-correct", {
        "what": "没有写明哪一宗征地", "guidance": "请写明批准文号或者地块位置",
        "correct_by": f"{until}", "on": f"{asked}", "way": "electronic",
    })  # fmt: skip

    track(citizen, number, code)
    assert "没有写明哪一宗征地" in read(citizen, "政府信息公开申请补正告知书")
    expect(citizen.get_by_text("现在不能补正")).to_be_visible()

    act(clerk, key, "逾期不补正")
    submit(clerk, key)
    approve(signed_in, key)
    serve(clerk, key)
    track(citizen, number, code)
    assert "第三十条" in read(citizen, "政府信息公开申请不再处理告知书")
    names = archive(clerk, key)
    assert any("补正告知书" in name for name in names)


def test_what_is_unclear_is_corrected_on_the_telephone_and_answered(citizen, clerk, signed_in):
    from gongkai.law.calendar import china

    until = china().nth_after(_today(), 6)
    number, code = apply(citizen, "旧城改造的所有材料", "叶寒露")
    key = begin(clerk, number)
    do(clerk, key, "ask-to-correct", {
        "what": "没有写明哪一片旧城改造", "guidance": "请写明街道或者批准文号",
        "correct_by": f"{until}", "way": "electronic",
    })  # fmt: skip
    assert state(clerk, key) == "待补正"

    track(citizen, number, code)
    last = f"{until.year}年{until.month}月{until.day}日"
    expect(citizen.locator(".standing")).to_contain_text(last)
    assert "请写明街道或者批准文号" in read(citizen, "政府信息公开申请补正告知书")
    correct(citizen, "我要的是演示街道2019年改造方案。", make_png())
    expect(citizen.get_by_text("补正已经收到，答复期限自今天起重新计算")).to_be_visible()
    expect(citizen.get_by_role("heading", name="补正", exact=True)).to_have_count(0)

    clerk.goto(f"/desk/applications/{key}/")
    expect(clerk.get_by_text("我要的是演示街道2019年改造方案。").first).to_be_visible()
    expect(clerk.get_by_role("link", name="批准文件.png")).to_be_visible()
    assert state(clerk, key) == "办理中"
    write(clerk, key, "A2", {"信息清单-0-0": "演示街道2019年改造方案", "信息清单-0-3": "12"})
    approve(signed_in, key)
    serve(clerk, key)

    track(citizen, number, code)
    words = read(citizen, "政府信息予以公开告知书")
    assert "演示街道2019年改造方案" in words
    assert "补正" in words
    names = archive(clerk, key)
    assert any("补正告知书" in name for name in names)
    assert any("批准文件" in name for name in names)


def test_a_third_party_is_heard_and_the_rest_is_disclosed(citizen, clerk, signed_in):
    number, code = apply(citizen, "城市绿道项目中标合同", "许惊蛰")
    key = begin(clerk, number)
    do(clerk, key, "consult", {
        "whom": "third_party", "name": "演示园林有限公司", "information": "中标合同的报价明细",
        "address": "石家庄市演示街801号", "way": "post", "tracking": "XA55667788013",
    })  # fmt: skip
    do(clerk, key, "note-delivery")
    do(clerk, key, "take-opinion", {
        "opinion": "refuses", "reasons": "报价明细是商业秘密", "reasonable": "true",
    })  # fmt: skip
    write(clerk, key, "B", {
        "区分处理清单-0-0": "报价明细",
        "区分处理清单-0-1": "附件二", "区分处理清单-0-2": "属于商业秘密，第三方不同意公开",
        "区分处理清单-0-3": "《政府信息公开条例》第十五条",
    })  # fmt: skip
    approve(signed_in, key)
    serve(clerk, key)

    track(citizen, number, code)
    words = read(citizen, "政府信息部分公开告知书")
    assert "第三十七条" in words
    assert "演示街801号" not in citizen.content()
    names = archive(clerk, key)
    assert any("第三方意见征询书" in name for name in names)


def test_the_period_begins_anew_when_the_fee_is_paid(citizen, clerk, signed_in):
    number, code = apply(citizen, "历年绿化工程决算汇编", "韩白露")
    key = begin(clerk, number)
    do(clerk, key, "charge", {
        "method": "pages", "count": "260", "reason": "一次申请的信息共260页", "way": "electronic",
    })  # fmt: skip
    track(citizen, number, code)
    assert "信息处理费" in read(citizen, "政府信息公开信息处理费收费通知书")
    expect(citizen.locator(".standing")).to_contain_text("缴费")
    do(clerk, key, "take-payment", {"receipt": "演示票据0001"})
    write(clerk, key, "A2", {"信息清单-0-0": "历年绿化工程决算汇编", "信息清单-0-3": "260"})
    approve(signed_in, key)
    serve(clerk, key)

    track(citizen, number, code)
    assert "第三十六条第（二）项" in read(citizen, "政府信息予以公开告知书")
    names = archive(clerk, key)
    assert any("收费通知书" in name for name in names)


def test_not_held_it_is_answered_again_after_review(citizen, clerk, signed_in):
    number, code = apply(citizen, "1998年绿化规划批复", "曹霜降")
    key = begin(clerk, number)
    do(clerk, key, "log-search", {
        "place": "档案室", "words": "绿化规划", "period": "1997年至1999年",
        "result": "没有检索到",
    })  # fmt: skip
    write(clerk, key, "D1a", {})
    approve(signed_in, key)
    serve(clerk, key)
    track(citizen, number, code)
    assert "档案室" in read(citizen, "政府信息不存在告知书")
    expect(citizen.get_by_role("heading", name="不服怎么办")).to_be_visible()
    archive(clerk, key)

    do(
        clerk,
        key,
        "reorder",
        {"source": "review", "number": "冀政复决〔2026〕9号", "workdays": "15"},
    )
    write(clerk, key, "A2", {"信息清单-0-0": "1998年绿化规划批复", "信息清单-0-3": "5"})
    approve(signed_in, key)
    serve(clerk, key)
    track(citizen, number, code)
    assert "1998年绿化规划批复" in read(citizen, "政府信息予以公开告知书")
    names = archive(clerk, key)
    assert any("不存在告知书" in name for name in names)
    assert any("予以公开告知书" in name for name in names)


def _today():
    from datetime import UTC, datetime

    return datetime.now(UTC).astimezone().date()


def _working_days_ago(days):
    from gongkai.law.calendar import china

    day = _today()
    while days:
        day -= timedelta(days=1)
        days -= china().is_working(day)
    return day
