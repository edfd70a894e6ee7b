"""网上申请、查询、期限计算、投诉：as a citizen meets them, on a phone, by keys, without script."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from made_files import make_png

SCAN = {"name": "身份证.png", "mimeType": "image/png", "buffer": make_png()}
ORGAN = "石家庄市财政局"
CALCULATED = (
    "/calculator/?received=2025-01-20&channel=online&consult_sent=2025-02-10"
    "&consult_whom=third_party&consult_delivered=2025-02-12&consult_reply=2025-02-20"
    "&extension=2025-02-25&extension_days=10"
)
PAGES = {
    "网上申请": "/apply/new/",
    "查询办理": "/track/",
    "期限计算": "/calculator/",
    "算出的期限": CALCULATED,
    "算不出的期限": "/calculator/?received=2025-13-20&channel=online&extension_days=30",
    "投诉": "/complain/",
}
READINGS = ("", "view=elder&size=larger", "view=elder&contrast=high")


_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page):
    """What axe has to say, in a form one can act on."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": _TAGS}})
    return [
        (one["id"], [node["html"][:150] for node in one["nodes"][:3]])
        for one in found.response["violations"]
    ]


def fill_first(page, subject):
    page.goto("/apply/new/")
    page.locator("#id_organ").fill(ORGAN)
    page.locator("#id_subject").fill(subject)
    page.get_by_role("button", name="下一步：申请人").click()


def fill_second(page, name="张三丰"):
    page.locator("#id_name").fill(name)
    page.locator("#id_identity_number").fill("130102199003074514")
    page.locator("#id_phone").fill("13800138000")
    page.locator("#id_proof").set_input_files([SCAN])
    page.get_by_role("button", name="下一步：核对提交").click()


def send(page):
    page.get_by_label("我已核对以上内容").check()
    page.get_by_role("button", name="提交申请").click()
    page.wait_for_url("**/apply/sent/")
    return page.locator("dd.big").first.inner_text(), page.locator("dd.code").inner_text()


def enter(page, number, code):
    page.goto("/track/")
    page.locator("#id_number").fill(number)
    page.locator("#id_code").fill(code)
    page.get_by_role("button", name="查询", exact=True).click()
    page.wait_for_url("**/track/case/")


def fits(page, width):
    return page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("reading", READINGS, ids=["标准", "长者大字", "长者高对比"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_runs_off_a_phone(open_page, name, reading):
    page = open_page(width=360, height=780)
    if reading:
        page.goto(f"/reading/?{reading}&next=/contact/")

    page.goto(PAGES[name])

    assert violations(page) == []
    assert fits(page, 360)


def test_from_a_phone_to_the_receipt_and_back_to_the_request(open_page):
    """The whole way at 360 px; axe is asked at every stop."""
    page = open_page(width=360, height=780)
    wrong = []

    def stop(where):
        wrong.extend((where, one) for one in violations(page))
        if not fits(page, 360):
            wrong.append((where, "宽于屏幕"))

    fill_first(page, "城市供热管理办法")
    stop("已经公开的")
    assert page.locator(".found-list a").first.get_attribute("href").startswith("/")
    page.get_by_role("button", name="都不是，继续申请").click()
    stop("第二步")
    page.get_by_role("button", name="下一步：核对提交").click()
    stop("没有填的")
    fill_second(page)
    stop("第三步")
    number, code = send(page)
    stop("回执")
    enter(page, number, code)
    stop("我的申请")
    page.locator("details.more summary").first.click()
    stop("逐日查看")
    page.locator(".papers a").first.click()
    stop("文书")

    assert wrong == []
    assert number in page.locator("main").inner_text()


def test_all_of_it_without_script(open_page):
    page = open_page(script=False)

    fill_first(page, "查无此词一二三四")
    page.get_by_role("radio", name="商业企业").check()
    page.locator("#id_name").fill("石家庄某公司")
    page.locator("#id_representative").fill("李四")
    page.locator("#id_identity").select_option("credit_code")
    page.locator("#id_identity_number").fill("11370322004222241N")
    page.locator("#id_email").fill("a@example.cn")
    page.locator("#id_proof").set_input_files([SCAN])
    page.locator("#joint summary").click()
    page.get_by_role("button", name="加一名共同申请人").click()
    page.get_by_role("button", name="去掉最后一名").click()
    page.get_by_role("button", name="下一步：核对提交").click()
    number, code = send(page)
    enter(page, number, code)
    page.get_by_text("给工作机构留言").click()
    page.locator("#id_message-text").fill("什么时候答复？")
    page.get_by_role("button", name="发送").click()

    assert page.locator(".said").inner_text().count("什么时候答复？") == 1


def test_keys_alone_are_enough(open_page):
    page = open_page()
    page.goto("/apply/new/")

    page.locator("#id_organ").focus()
    page.keyboard.type(ORGAN)
    page.locator("#id_subject").focus()
    page.keyboard.type("查无此词五六七八")
    page.keyboard.press("Enter")
    page.wait_for_url("**/apply/2/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_enter_goes_on_and_takes_no_file_away(open_page):
    page = open_page()
    fill_first(page, "查无此词九十")
    page.locator("#id_proof").set_input_files([SCAN])
    page.get_by_role("button", name="下一步：核对提交").click()

    page.locator("#id_name").fill("张三丰")
    page.locator("#id_name").press("Enter")
    page.wait_for_load_state()

    assert page.locator(".kept-files").inner_text().startswith("身份证.png")
    assert page.locator("#id_name").input_value() == "张三丰"


def test_what_is_typed_is_saved_while_one_types(open_page):
    page = open_page()
    page.goto("/apply/new/")

    page.locator("#id_subject").fill("打到一半的内容")
    page.get_by_text("已自动保存").wait_for()
    page.goto("/apply/1/")

    assert page.locator("#id_subject").input_value() == "打到一半的内容"


def test_what_may_already_be_public_is_shown_while_one_types(open_page):
    page = open_page()
    page.goto("/apply/new/")

    page.locator("#id_subject").press_sequentially("城市供热管理办法")

    page.locator(".matches a").first.wait_for()
    assert "供热" in page.locator(".matches").inner_text()


def test_an_organisation_is_asked_for_its_representative_and_a_person_is_not(open_page):
    page = open_page()
    fill_first(page, "查无此词甲乙丙")

    person = page.locator("#id_representative").is_visible()
    page.get_by_role("radio", name="法律服务机构").check()

    assert (person, page.locator("#id_representative").is_visible()) == (False, True)


def test_a_complaint_is_made_and_followed(open_page):
    page = open_page(width=360, height=780)
    page.goto("/complain/")
    page.locator("#id_organ").fill(ORGAN)
    page.locator("#id_text").fill("预算没有公开")
    page.get_by_role("button", name="提交投诉").click()
    number = page.locator("dd.big").first.inner_text()
    code = page.locator("dd.code").inner_text()
    receipt = violations(page)

    page.goto("/track/")
    page.locator("#id_number").fill(number)
    page.locator("#id_code").fill(code)
    page.get_by_role("button", name="查询", exact=True).click()
    page.wait_for_url("**/track/complaint/")

    assert receipt == violations(page) == []
    assert "主管部门正在核实" in page.locator("main").inner_text()
