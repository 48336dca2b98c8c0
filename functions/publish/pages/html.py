"""What people read: the page itself, its history, its reports, its form for subscribers, and what is not there.

Everything is escaped by Jinja2, and a name that a template does not know is an error. Jinja2, and what needs it, is
imported with the first page, so that nothing else waits for it. Links within a page are relative, for it may be at a
host's root or in a folder; only what all pages share is asked for from the root, and 404.html, which stands at any
path, names its page in full.
"""

import json
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast
from zoneinfo import ZoneInfo

from functions.publish.pages import asset_files, bars, theme, view
from functions.publish.pages.document import CSS, HTML, Document
from functions.publish.pages.words import Words
from tocsin.contracts.page_snapshot import Figures, PageSnapshot, SnapshotReport
from tocsin.domain.status_page import ComponentStatus, Impact

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

TEMPLATES: Final = Path(__file__).parent / "templates"
MOST_ENTRIES: Final = 400
"""How many notable days the first page tells of, over all components: the rest is one link away."""
FEWEST_ENTRIES: Final = 3
NEWEST: Final = 20
"""How many reports the history shows at most before one chooses a month."""
SPARK_WIDTH: Final = 240
SPARK_HEIGHT: Final = 36
ICON_COLOURS: Final = {
    ComponentStatus.OPERATIONAL: "168a50",
    ComponentStatus.DEGRADED: "b97a06",
    ComponentStatus.PARTIAL_OUTAGE: "d4570f",
    ComponentStatus.MAJOR_OUTAGE: "cf222e",
    ComponentStatus.MAINTENANCE: "2f6fdb",
}
"""Of the icon in a browser's tab."""


def render(page: PageSnapshot) -> dict[str, Document]:
    """The documents that are not a month's: `index.html`, `history/`, `uptime/`, `subscribe/`, `404.html`, `theme.css`.

    The first two and `uptime/` show figures or what is happening; the rest changes with the page's settings alone.
    """
    words = _words(page)
    overview = view.overview(page, words)
    write = partial(_document, page)
    found = {
        "index.html": write("index.html", "", **_of_index(page, overview, words)),
        "history/index.html": write("history.html", "history/", **_of_history(page, words)),
        "subscribe/index.html": write("subscribe.html", "subscribe/", **_of_subscribing(page)),
        "subscribe/done/index.html": write("done.html", "subscribe/done/"),
        "404.html": write("missing.html", ""),
    }
    if overview.bars:
        from functions.publish.pages.day_rows import DayRows

        rows = DayRows(words, _states(words))
        runs = {part_id: rows.render(drawing.runs) for part_id, drawing in overview.bars.items()}
        found["uptime/index.html"] = write("uptime.html", "uptime/", overview=overview, runs=runs)
    if style := theme.stylesheet(page.theme):
        found["theme.css"] = Document(style.encode(), CSS)
    return found


def render_month(page: PageSnapshot, month: str, reports: Sequence[SnapshotReport]) -> dict[str, Document]:
    """A month's document and those of its reports, which are all that began in it, newest first."""
    words = _words(page)
    by_day = groupby(reports, lambda report: words.local(report.started_at).date())
    known = [each.month for each in page.months]
    around = {
        "older": max((each for each in known if each < month), default=None),
        "newer": min((each for each in known if each > month), default=None),
    }
    days = [(day, list(those)) for day, those in by_day]
    found = {
        f"history/{month}/index.html": _document(
            page, "month.html", f"history/{month}/", month=month, days=days, **around
        )
    }
    for report in reports:
        path = f"reports/{report.id}/"
        found[f"{path}index.html"] = _document(page, "report.html", path, report=report)
    return found


def _of_index(page: PageSnapshot, overview: view.Overview, words: Words) -> dict[str, Any]:
    shown = [part for section in overview.sections for part in section.components]
    checked = [part.figures.last_at for part in shown if part.figures and part.figures.last_at]
    look = view.LOOKS[page.indicator]
    said = {f"headline.{impact}": words(f"headline.{impact}") for impact in Impact}
    said |= {f"status.{state}": words(f"status.{state}") for state in bars.STATES}
    said |= {f"look.{impact}": look for impact, look in view.LOOKS.items()}
    return {
        "overview": overview,
        "headline_look": look,
        "last_check": max(checked, default=None),
        "most_days": max(FEWEST_ENTRIES, MOST_ENTRIES // max(1, len(overview.bars))),
        "most_in_full": view.MOST_IN_FULL,
        "states": bars.STATES,
        "script_words": json.dumps(said, ensure_ascii=False, separators=(",", ":")),
    }


def _of_history(page: PageSnapshot, words: Words) -> dict[str, Any]:
    """The newest reports by the month that they began in, each with how many began in it, and the months before."""
    counts = {each.month: each.reports for each in page.months}
    by_month = groupby(page.reports[:NEWEST], lambda report: _month(words.local(report.started_at)))
    newest = [(month, list(reports), counts.get(month, 0)) for month, reports in by_month]
    shown = {month for month, _, _ in newest}
    return {"newest": newest, "earlier": [each for each in page.months if each.month not in shown]}


def _of_subscribing(page: PageSnapshot) -> dict[str, Any]:
    """Components that are only shown in trouble can be chosen too: trouble is what subscribers want to hear of."""
    address = page.subscribe_url if _is_web_address(page.subscribe_url) else None
    return {
        "action": address,
        "channels": page.subscribe_channels if address else [],
        "components": sorted(page.components, key=lambda part: (part.position, part.name)),
    }


def _document(page: PageSnapshot, template: str, path: str, **values: Any) -> Document:
    """A template with what all of them know. `path` is where it is, from the page's root, without `index.html`."""
    words = _words(page)
    pages_of_site = [("status", ""), ("history", "history"), ("subscribe", "subscribe")]
    text = (
        environment()
        .get_template(template)
        .render(
            page=page,
            path=path,
            root="../" * path.count("/") or "./",
            here=path.rstrip("/"),
            sections_of_site=pages_of_site,
            words=words,
            has_style=bool(theme.stylesheet(page.theme)),
            **_functions(page, words),
            **values,
        )
    )
    return Document(text.encode(), HTML)


def _functions(page: PageSnapshot, words: Words) -> dict[str, Callable[..., Any]]:
    return {
        "affected": partial(view.affected, page),
        "asset": asset_files.name_of,
        "began_at": view.began_at,
        "checks": partial(_checks, words),
        "ended_at": view.ended_at,
        "favicon": _favicon,
        "first_of": _first_of,
        "look": view.look,
        "spark": _spark,
        "stripe": view.stripe,
    }


@cache
def environment() -> "Environment":
    """All templates of pages, compiled when first used."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    filters = cast("dict[str, Callable[..., object]]", made.filters)
    filters |= {"clip": _clip, "iso": _iso, "month": _month, "paragraphs": _paragraphs, "web": _is_web_address}
    return made


def _states(words: Words) -> dict[str, "Markup"]:
    """How each state is shown, as the templates show it."""
    parts = environment().get_template("parts.html").make_module({"words": words})
    show = cast("Callable[[str], Markup]", vars(parts)["state"])
    return {state: show(state) for state in bars.STATES}


def _words(page: PageSnapshot) -> Words:
    return Words(page.language, ZoneInfo(page.time_zone))


def _checks(words: Words, figures: Figures) -> str:
    if not figures.checks and figures.uptime_90_days is not None:
        return words("component.checks_uncounted")
    return words("component.checks", count=figures.checks, origin=words(f"origin.{figures.origin}"))


def _clip(text: str, most: int) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _iso(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"


def _paragraphs(text: str) -> list[list[str]]:
    """Paragraphs are parted by empty lines, and keep their own lines."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return [part.split("\n") for part in parts if part.strip()]


def _is_web_address(address: str | None) -> bool:
    return address is not None and address.startswith(("https://", "http://"))


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _first_of(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _favicon(status: str) -> str:
    """An icon for a tab: a green disc when all is well, else a triangle in the colour of what is the matter."""
    shape = "<circle cx='8' cy='8' r='7'/>" if status == ComponentStatus.OPERATIONAL else "<path d='M8 1l8 14H0z'/>"
    colour = ICON_COLOURS[ComponentStatus(status)]
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' fill='#{colour}'>{shape}</svg>"
    return "data:image/svg+xml," + svg.replace("#", "%23").replace("<", "%3C").replace(">", "%3E")


def _spark(latencies: Sequence[float | None]) -> str:
    """The path of a line through hourly latencies, broken where there was none; empty for fewer than two."""
    known = [latency for latency in latencies if latency is not None]
    if len(known) < 2:
        return ""
    highest = max(known) or 1
    step = SPARK_WIDTH / max(1, len(latencies) - 1)
    parts, pen = list[str](), "M"
    for place, latency in enumerate(latencies):
        if latency is None:
            pen = "M"
            continue
        parts.append(f"{pen}{place * step:.0f} {2 + SPARK_HEIGHT * (1 - latency / highest):.0f}")
        pen = "L"
    return "".join(parts)
