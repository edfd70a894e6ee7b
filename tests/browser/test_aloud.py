"""朗读：the elder view reads the page with the voice of the device; here one that writes down."""

import pytest

VOICE = """
  const voice = { said: [], now: null, held: false, getVoices: () => [],
    speak(words) { this.said.push([words.text, words.lang, words.rate]); this.now = words;
                   if (!this.held) setTimeout(() => this.now === words && words.onend(), 5); },
    pause() { this.held = true; },
    resume() { const was = this.held; this.held = false; if (was && this.now) this.now.onend(); },
    cancel() { this.now = null; } };
  Object.defineProperty(window, "speechSynthesis", { value: voice });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
NONE = "delete Window.prototype.speechSynthesis; delete window.speechSynthesis;"


@pytest.fixture
def elder(open_page):
    def opened(address, voice=VOICE, **options):
        page = open_page(**options)
        if options.get("script", True):
            page.add_init_script(voice)
        page.goto(f"/reading/?view=elder&next={address}")
        return page

    return opened


def said(page):
    return page.evaluate("speechSynthesis.said.map(([text]) => text)")


def finished(page):
    page.wait_for_selector("[data-aloud=start]:not([hidden])")


def test_the_whole_page_is_read_in_order_and_nothing_of_the_frame(elder):
    page = elder("/accessibility/")

    page.get_by_role("button", name="朗读本页").click()
    finished(page)

    told = said(page)
    assert told[0] == "无障碍说明"
    assert "可以怎样使用" in told
    assert not [one for one in told if "站点地图" in one or "主导航" in one]
    assert max(map(len, told)) <= 120
    assert page.locator(".aloud-now").count() == 0


def test_marked_words_are_read_alone(elder):
    page = elder("/accessibility/")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")

    page.get_by_role("button", name="朗读本页").focus()
    page.keyboard.press("Enter")
    finished(page)

    assert said(page) == ["无障碍说明"]


def test_reading_is_held_taken_up_and_stopped_by_key(elder):
    page = elder("/accessibility/")
    page.evaluate("void (speechSynthesis.speak = function (words) { this.now = words; })")

    page.get_by_role("button", name="朗读本页").focus()
    page.keyboard.press("Enter")
    begun = page.locator(".aloud-now").inner_text()
    page.keyboard.press("Enter")
    held = page.evaluate("[speechSynthesis.held, document.activeElement.innerText]")
    page.keyboard.press("Enter")
    going = page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Escape")

    assert (begun, held, going) == ("无障碍说明", [True, "继续朗读"], "暂停朗读")
    assert page.evaluate("document.activeElement.innerText") == "朗读本页"
    assert page.locator(".aloud-now").count() == 0


def test_slow_reading_and_the_language_of_the_page(elder):
    page = elder("/accessibility/?script=hant")

    page.get_by_role("button", name="慢速").click()
    page.get_by_role("button", name="朗讀本頁").click()
    finished(page)

    assert page.evaluate("speechSynthesis.said[0]") == ["無障礙說明", "zh-TW", 0.7]


def test_a_device_without_a_voice_says_so(elder):
    page = elder("/accessibility/")
    page.evaluate("void (speechSynthesis.speak = (words) => words.onerror({}))")

    page.get_by_role("button", name="朗读本页").click()

    assert page.get_by_role("status").inner_text() == "这台设备没有可用的中文语音，不能朗读。"


@pytest.mark.parametrize("options", [{"voice": NONE}, {"script": False}], ids=["无接口", "无脚本"])
def test_without_the_means_there_is_no_button(elder, options):
    page = elder("/accessibility/", **options)

    assert page.get_by_role("link", name="退出长者版").is_visible()
    assert page.get_by_role("button", name="朗读本页").count() == 0


def test_the_usual_view_loads_none_of_it(open_page):
    page = open_page()
    page.goto("/accessibility/")

    assert page.locator("script[src*=aloud]").count() == 0
