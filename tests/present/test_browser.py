"""The page as a browser shows it: accessible, without script, at any width, on paper."""

from pathlib import Path

import pytest

from present.authority import MADE
from sightline.indicators.measured import Measured
from sightline.present import html
from sightline.present.contents import build
from sightline.present.report import Report

pytestmark = pytest.mark.browser
pytest.importorskip("playwright")


SOME = ("FD-02", "EH-02", "CI-06", "CI-08", "CP-05", "CP-15", "CP-17", "AS-02", "LA-01")
"""An indicator of each kind that looks different: axe takes its time over every cell."""


@pytest.fixture(scope="module")
def files(subject: Measured, report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    html.write(report, folder / "report.html")
    some = build(subject, made=MADE, codes=SOME)
    html.write(some, folder / "some.html")
    published = build(subject, made=MADE, codes=SOME, published=True)
    html.write(published, folder / "published.html")
    return folder


def opened(browser, path: Path, width: int = 1280, *, script: bool = True):  # type: ignore[no-untyped-def]
    context = browser.new_context(
        java_script_enabled=script, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    return page, asked


@pytest.mark.slow
@pytest.mark.parametrize("name", ["some.html", "published.html"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(browser, files: Path, name: str, width: int) -> None:  # type: ignore[no-untyped-def]
    from axe_playwright_python.sync_playwright import Axe

    page, _ = opened(browser, files / name, width)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    results = Axe().run(page)
    page.context.close()
    assert results.violations_count == 0, results.generate_report()


def test_axe_would_find_a_fault(browser, files: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    from axe_playwright_python.sync_playwright import Axe

    sound = (files / "published.html").read_text("utf-8")
    faulty = sound.replace('lang="en-GB"', "").replace("--grey: #505a5f", "--grey: #b0b0b0")
    (tmp_path / "faulty.html").write_text(faulty, "utf-8")
    shown, _ = opened(browser, tmp_path / "faulty.html")
    found = {each["id"] for each in Axe().run(shown).response["violations"]}
    shown.context.close()
    assert {"color-contrast", "html-has-lang"} <= found


def test_only_the_file_itself_is_asked_for(browser, files: Path) -> None:  # type: ignore[no-untyped-def]
    page, asked = opened(browser, files / "report.html")
    page.context.close()
    assert asked == [(files / "report.html").as_uri()]


@pytest.mark.parametrize("name", ["report.html", "published.html"])
def test_at_320_pixels_the_page_itself_does_not_scroll_sideways(  # type: ignore[no-untyped-def]
    browser, files: Path, name: str
) -> None:
    page, _ = opened(browser, files / name, 320)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.context.close()
    assert wide == 320


def test_all_of_it_is_there_without_script(browser, files: Path) -> None:  # type: ignore[no-untyped-def]
    page, _ = opened(browser, files / "report.html", script=False)
    assert page.get_by_role("heading", name="Children not seen within the standard").is_visible()
    chart = page.get_by_role("img", name="Initial conferences within 15 working days by quarter")
    assert chart.is_visible()
    numbers = page.get_by_role("group", name="CP-05 by quarter")
    assert not numbers.is_visible()
    page.locator("article[aria-labelledby=cp-05] summary").first.click()
    assert numbers.is_visible()
    page.context.close()


def test_the_keyboard_opens_the_numbers_and_skips_to_the_content(browser, files: Path) -> None:  # type: ignore[no-untyped-def]
    page, _ = opened(browser, files / "report.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator("article[aria-labelledby=cp-05] summary").first.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("group", name="CP-05 by quarter").is_visible()
    page.context.close()


def test_on_paper_every_table_of_numbers_is_open(browser, files: Path) -> None:  # type: ignore[no-untyped-def]
    page, _ = opened(browser, files / "report.html")
    page.emulate_media(media="print")
    heights = page.evaluate(
        "Array.from(document.querySelectorAll('details table'), each => each.offsetHeight)"
    )
    navigation = page.locator("nav").is_visible()
    page.context.close()
    assert len(heights) > 100
    assert min(heights) > 0
    assert not navigation
