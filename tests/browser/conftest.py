"""The demo as a person starts it, and a phone-sized Chromium before it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def demo_url():
    """`otklik demo` on a free port; its first printed line names the address."""
    command = [str(Path(sys.executable).parent / "otklik"), "demo", "--port", "0"]
    env = {**os.environ, "LANG": "ru_RU.UTF-8", "LC_ALL": ""}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            yield line[line.index("http") :].strip()
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def browser():
    path = next(filter(None, map(shutil.which, CHROMIUM)))
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def page(browser, demo_url):
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, locale="ru-RU")
    context.set_default_timeout(30_000)
    opened = context.new_page()
    errors = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(demo_url)
    yield opened
    context.close()
    assert errors == []
