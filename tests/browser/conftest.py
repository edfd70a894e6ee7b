"""The whole site as people meet it: filled, served, and opened in Chromium."""

import os
import shutil
import subprocess
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

import pytest

from served import COMMAND, PATIENCE, environment, free_port

CHROMIUM = os.environ.get("GONGKAI_TEST_CHROMIUM") or shutil.which("chromium")


def pytest_collection_modifyitems(items):
    """Everything here is left to `make browser`."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """A data folder with the demonstration in it."""
    folder = tmp_path_factory.mktemp("gongkai")
    done = subprocess.run(
        [COMMAND, "demo"], env=environment(folder), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def site(home):
    """The address of the site, served as `make run` serves it."""
    port = free_port()
    with (home / "serve.log").open("wb") as log:
        server = subprocess.Popen(
            [COMMAND, "serve", "--port", str(port), "--workers", "1"],
            env=environment(home),
            stdout=log,
            stderr=log,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _await(address, server, home)
        yield address
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _await(address, server, home):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=30):
                return
        except (URLError, OSError):
            assert server.poll() is None, (home / "serve.log").read_text()
            time.sleep(0.1)
    raise AssertionError((home / "serve.log").read_text())


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        pytest.fail("没有 chromium；Debian/Ubuntu 请先执行：sudo apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, site):
    """``open_page(width=360, javaScriptEnabled=False)``: a page with cookies of its own."""
    contexts = []

    def opened(width=1280, height=900, **options):
        context = chromium.new_context(
            base_url=site,
            viewport={"width": width, "height": height},
            locale="zh-CN",
            java_script_enabled=options.pop("script", True),
            **options,
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def signed_in(open_page):
    """``signed_in("江正则")``: a page of that person, entered by one click."""

    def entered(name, **options):
        page = open_page(**options)
        page.goto("/sign-in/")
        page.get_by_role("button", name=f"以{name}的身份登录", exact=True).click()
        page.wait_for_url("**/desk/**")
        return page

    return entered
