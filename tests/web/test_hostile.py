"""What people wrote does nothing but be read, however much of it there is and in whatever direction it runs."""

from typing import Final

import pytest
from playwright.async_api import Page, expect

from tests.web import samples
from tests.web.conftest import Visiting
from tests.web.serving import POLICY
from tests.web.test_accessibility import violations
from tests.web.test_reading import overflow
from tocsin.contracts.page_snapshot import PageSnapshot, SnapshotMonth
from tocsin.domain.status_page import ComponentStatus, Impact, ReportStatus

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.asyncio(loop_scope="session")]

TEXTS: Final = {
    "markup": "</h1><script>alert(1)</script><img src=x onerror=alert(1)>\" onfocus='alert(1)' autofocus {{7*7}}",
    "endless": "w" * 10_000,
    "many words": "many words " * 1_000,
    "right-to-left": "تعطلت الخدمة في أوروبا (API v2) منذ الساعة 10:30",
    "marks": "ä̶̢̛̠͓͎̥͖̹́̈́͐̀̿̈́ 👩‍👩‍👧‍👦 \u200f\u200e\u00ad \u3000 　漢字かな交じり文",
}


def saying(text: str) -> PageSnapshot:
    """A page that says it wherever somebody could have written it."""
    told = samples.report(20, text, [(ReportStatus.INVESTIGATING, text)], component_ids=[samples.an_id(0)])
    part = samples.component(0, text, ComponentStatus.MAJOR_OUTAGE, description=text, group_id=samples.an_id(100))
    return samples.page(
        name=text,
        description=text,
        components=[part, samples.component(1, f"2 {text}", is_stale=True)],
        groups=[samples.group(0, text, description=text, is_collapsed=True)],
        reports=[told, *samples.past()],
        months=[SnapshotMonth(month="2026-11", reports=1, updated_at=samples.NOW)],
        indicator=Impact.CRITICAL,
    )


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_text_is_text_and_fits_a_phone(visit: Visiting, text: str) -> None:
    snapshot = saying(text)
    for path in ("", f"reports/{snapshot.reports[0].id}/", "subscribe/", "uptime/"):
        found = await visit(snapshot, path, size="small")
        assert await overflow(found.page) == 0
        await expect(found.page.locator("main")).to_contain_text(text[:30].strip().split("\u3000")[0])
        assert await violations(found.page) == []


async def test_text_runs_in_its_own_direction(visit: Visiting) -> None:
    found = await visit(saying(TEXTS["right-to-left"]), size="phone")
    for selector in (".component h4", ".component .about", ".report h3 a", ".updates p[dir]"):
        direction = await found.page.locator(selector).first.evaluate("e => getComputedStyle(e).direction")
        assert direction == "rtl", selector
    name = found.page.locator(".component h4").first
    assert await name.evaluate("e => getComputedStyle(e).textAlign") == "left", "at the edge of a page that is English"
    assert await found.page.locator("html").get_attribute("dir") == "ltr"


async def test_five_hundred_components_are_shown(visit: Visiting) -> None:
    parts = [samples.component(number, f"Component {number}") for number in range(500)]
    found = await visit(samples.page(components=parts, groups=[]), size="phone")
    await expect(found.page.locator(".component")).to_have_count(500)
    assert await overflow(found.page) == 0


async def test_the_policy_holds(visit: Visiting) -> None:
    """So that the other tests' silence means something: what it forbids is refused by this very host."""
    found = await visit(samples.page())
    answer = await found.page.reload()
    assert answer is not None
    assert answer.headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert await refused(found.page, "img", "src", "https://elsewhere.example/pixel.png")
    assert await refused(found.page, "script", "src", "https://elsewhere.example/program.js")
    assert await found.page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        " document.body.append(s); return window.ran === undefined; }"
    )
    assert [wrong for wrong in found.wrong if wrong.startswith("console:") and "Content Security" not in wrong] == []
    assert any("elsewhere.example" in wrong for wrong in found.wrong)
    found.wrong.clear()


async def refused(page: Page, tag: str, attribute: str, address: str) -> bool:
    """Whether an element that asks for something elsewhere gets nothing."""
    return await page.evaluate(
        "([tag, attribute, address]) => new Promise((done) => { const e = document.createElement(tag);"
        " e.onerror = () => done(true); e.onload = () => done(false);"
        " e.setAttribute(attribute, address); document.body.append(e); })",
        [tag, attribute, address],
    )
