"""The chat page in a real browser, as somebody who tries the product first meets it."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PICTURE_LOADED = "image => image.complete && image.naturalWidth === 1280 && image.naturalHeight === 720"
CSV = "Дата;Просмотры;Реакции;Ссылка\n" + "".join(
    f"{day:02}.10.2026 12:00:00;{1000 + day};{20 + day};https://t.me/sadovod/{day}\n" for day in range(1, 29)
)


def _say(page, text):
    page.locator("#text").fill(text)
    page.locator("#send").click()


def _photos(page):
    return page.locator("#messages img")


def _ask_er(page):
    """/er, the first of the two channels; the answer's picture."""
    before = _photos(page).count()
    _say(page, "/er")
    page.locator("#messages button", has_text="Кухня по соседству").last.click()
    picture = _photos(page).nth(before)
    expect(picture).to_be_visible()
    page.wait_for_function(PICTURE_LOADED, arg=picture.element_handle())
    return picture


def test_er_answers_with_a_picture_and_its_period_is_switched(page):
    picture = _ask_er(page)
    _keep_screenshot(page, "chat.png")
    message = page.locator("[data-message-id]", has=page.locator("img")).last
    expect(message).to_contain_text("ER по просмотрам")
    expect(message).to_contain_text("7 дней")
    shown = picture.get_attribute("src")
    message.locator("button", has_text="90 дней").click()
    expect(message).to_contain_text("• 90 дней •")
    expect(
        page.locator("[data-message-id]", has=page.locator("img")).last.locator("img")
    ).not_to_have_attribute("src", shown)


def test_a_file_is_understood_and_taken_back(page, tmp_path):
    path = tmp_path / "садовод.csv"
    path.write_text(CSV, "utf-8")
    page.locator("#file").set_input_files(str(path))
    understood = page.locator("[data-message-id]", has_text="28 постов").last
    expect(understood).to_contain_text("sadovod")
    understood.locator("button", has_text="Отменить загрузку").click()
    expect(page.locator("[data-message-id]", has_text="Загрузка отменена").last).to_be_visible()


def test_a_member_reads_the_team_in_the_group(page):
    page.locator("#back").click()
    page.locator("#person").select_option(label="Борис")
    page.locator("#chats button.chat", has_text="Команда").click()
    _ask_er(page)
    _say(page, "/add")
    expect(page.locator("#messages")).to_contain_text("только администраторы")


def test_nothing_comes_from_elsewhere(browser, demo_url):
    context = browser.new_context()
    asked = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(demo_url)
    expect(page.locator("#text")).to_be_visible()
    context.close()
    assert [url for url in asked if not url.startswith((demo_url, "blob:", "data:"))] == []


def _keep_screenshot(page, name):
    """For the README: `OTKLIK_SCREENSHOTS=docs/images make browser`."""
    if folder := os.environ.get("OTKLIK_SCREENSHOTS"):
        page.screenshot(path=str(Path(folder) / name))
