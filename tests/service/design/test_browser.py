"""The components as a browser shows them: accessible, without script, narrow, enlarged, on paper."""

import mimetypes
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from service.design.conftest import Pages

pytestmark = pytest.mark.browser
pytest.importorskip("playwright")

SITE = "http://testserver"
PAGES = ("/", "/?wrong", "/done", "/missing", "/broken")


@pytest.fixture
def show(browser, pages: Pages, styles: None):  # type: ignore[no-untyped-def]
    """Give what opens a page, made by Django, in the browser, under the service's content policy."""
    contexts: list[object] = []

    def open_page(address: str, width: int = 1280, *, script: bool = True, html: str = ""):  # type: ignore[no-untyped-def]
        made = pages.response(address)
        policy = made.headers["Content-Security-Policy"]
        body = html or made.content.decode()
        context = browser.new_context(
            java_script_enabled=script,
            viewport={"width": width, "height": 900},
            bypass_csp=False,
        )
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("console", lambda said: said.type == "error" and page.faults.append(said.text))
        page.on("pageerror", lambda error: page.faults.append(str(error)))

        def answer(route) -> None:  # type: ignore[no-untyped-def]
            path = route.request.url.removeprefix(SITE)
            if path.startswith("/static/"):
                found = finders.find(path.removeprefix("/static/").partition("?")[0])
                assert isinstance(found, str), f"{path} is linked to and is not there"
                kind = mimetypes.guess_type(found)[0]
                route.fulfill(body=Path(found).read_bytes(), content_type=kind)
            else:
                route.fulfill(
                    body=body,
                    content_type="text/html; charset=utf-8",
                    headers={"Content-Security-Policy": policy},
                )

        page.route("**/*", answer)
        page.goto(f"{SITE}{address}")
        if script:
            page.wait_for_load_state("networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()


def axe(page):  # type: ignore[no-untyped-def]
    """Run axe in a page: its own script is put in through the debugger, which no policy forbids."""
    from axe_playwright_python.sync_playwright import Axe

    return Axe().run(page)


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(show, address: str, width: int) -> None:  # type: ignore[no-untyped-def]
    page = show(address, width)
    assert page.faults == []
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    results = axe(page)
    assert results.violations_count == 0, results.generate_report()


def test_axe_would_find_a_fault(show, pages: Pages) -> None:  # type: ignore[no-untyped-def]
    sound = pages.get("/")
    faulty = sound.replace('<label class="govuk-label" for="id_name">', "<label>").replace(
        'lang="en-GB"', ""
    )
    found = {each["id"] for each in axe(show("/", html=faulty)).response["violations"]}
    assert {"label", "html-has-lang"} <= found


def test_the_policy_would_stop_a_style_in_the_page(show, pages: Pages) -> None:  # type: ignore[no-untyped-def]
    page = show("/", html=pages.get("/").replace("<h1", '<h1 style="color: red"', 1))
    assert any("Content Security Policy" in fault for fault in page.faults)


@pytest.mark.parametrize("address", PAGES)
def test_at_320_pixels_no_page_scrolls_sideways(show, address: str) -> None:  # type: ignore[no-untyped-def]
    page = show(address, 320)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_enlarged_to_twice_its_size_it_fits(show) -> None:  # type: ignore[no-untyped-def]
    page = show("/", 1280)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") == 1280


def test_all_of_it_is_there_without_script(show) -> None:  # type: ignore[no-untyped-def]
    page = show("/?wrong", script=False)
    for name in ("Overview", "Loads"):
        assert page.get_by_role("navigation", name="Service").get_by_text(name).is_visible()
    assert page.get_by_role("button", name="Sign out").is_visible()
    assert page.get_by_role("button", name="Menu").count() == 0
    numbers = page.get_by_role("region", name="Conferences in time by quarter").locator("table")
    assert not numbers.is_visible()
    page.get_by_text("The numbers").click()
    assert numbers.is_visible()


def test_with_script_the_menu_folds_on_a_small_screen(show) -> None:  # type: ignore[no-untyped-def]
    page = show("/", 320)
    loads = page.get_by_role("link", name="Loads")
    assert not loads.is_visible()
    page.get_by_role("button", name="Menu").click()
    assert loads.is_visible()


def test_the_keyboard_skips_to_the_content(show) -> None:  # type: ignore[no-untyped-def]
    page = show("/done")
    page.keyboard.press("Tab")
    # A banner that says what happened takes the focus first where there is one; here there is none.
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


def test_an_error_leads_to_its_field(show) -> None:  # type: ignore[no-untyped-def]
    page = show("/?wrong")
    for name, field in (
        ("Date of the visit must be a real date", "id_seen_0"),
        ("Answer “What was decided?”", "id_decision_0"),
    ):
        page.locator(".govuk-error-summary").get_by_text(name).click()
        assert page.evaluate("document.activeElement.id") == field


def test_on_paper_the_numbers_are_open_and_the_controls_gone(show) -> None:  # type: ignore[no-untyped-def]
    page = show("/")
    page.emulate_media(media="print")
    heights = page.evaluate(
        "Array.from(document.querySelectorAll('details table'), each => each.offsetHeight)"
    )
    assert heights
    assert min(heights) > 0
    for gone in (".sl-search", ".govuk-service-navigation", ".sl-filter", ".govuk-pagination"):
        assert not page.locator(gone).first.is_visible()
