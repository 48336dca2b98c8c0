"""`tocsin status pages`: pages for the public, shown and hidden; and what they tell now."""

from collections.abc import Iterator
from typing import Annotated, Any, Final

import typer

from cli.api import Api, Json
from cli.failures import NotFound, Usage
from cli.session import Session, command
from tocsin.domain.status_page import Automatic, Visibility

PATH: Final = "/v1/status-pages"
LISTED: Final = ("name", "slug", "visibility", "automatic", "components", "updated_at", "id")
SHOWN: Final = (
    "name", "slug", "url", "visibility", "indicator", "description", "automatic", "time_zone", "home_url",
    "support_url", "is_indexed", "accent", "accent_dark", "logos", "subscribe_channels", "version", "updated_at", "id",
)  # fmt: skip
TOLD: Final = ("status", "name", "group", "since", "because", "stale", "id")
SENT: Final = (
    "slug", "name", "description", "time_zone", "visibility", "automatic", "home_url", "support_url", "is_indexed",
    "accent", "accent_dark", "subscribe_channels",
)  # fmt: skip
NONE: Final = "none"

app = typer.Typer(name="pages", help="Pages, shown to the public or hidden.", no_args_is_help=True)

Which = Annotated[str, typer.Argument(metavar="PAGE", help="Its slug, its name, or its id.")]
OfPage = Annotated[
    str | None, typer.Option("--page", help="The page, by slug, name or id; not needed where there is only one.")
]
Description = Annotated[str | None, typer.Option(help="What it is about, in a sentence.")]
TimeZone = Annotated[str | None, typer.Option(help="Whose days it tells: Asia/Kolkata.")]
ByItself = Annotated[
    Automatic | None, typer.Option("--automatic", help="What monitors and incidents do to it by themselves.")
]
HomeUrl = Annotated[str | None, typer.Option(help=f"Where your site is; {NONE} for nowhere.")]
SupportUrl = Annotated[str | None, typer.Option(help=f"Where people get help; {NONE} for nowhere.")]
Accent = Annotated[str | None, typer.Option(help=f"Your colour on light grounds, as #rrggbb; {NONE} for ours.")]
AccentDark = Annotated[str | None, typer.Option(help=f"Your colour on dark grounds, as #rrggbb; {NONE} for ours.")]
Indexed = Annotated[bool | None, typer.Option("--indexed/--not-indexed", help="Whether search engines may list it.")]


@command(app, "list")
def list_pages(session: Session) -> None:
    """List status pages by name."""
    session.output.items(session.api.get(PATH)["items"], LISTED, none="No status pages.")


@command(app, "show")
def show(session: Session, page: Which) -> None:
    """Show a page and what it tells now; of a hidden one, what it would tell."""
    api, output = session.api, session.output
    found = find(api, page)
    told = api.get(f"{PATH}/{found['id']}/status")
    if output.as_json:
        output.item({**found, "told": told}, ())
        return
    logos = [f"{logo['variant']}: {logo['width']}x{logo['height']} {logo['content_type']}" for logo in found["logos"]]
    output.item({**found, "indicator": told["indicator"], "logos": logos}, SHOWN)
    output.line("")
    output.items(_lines(told), TOLD, none="No components.")


@command(app, "create")
def create(
    session: Session,
    name: Annotated[str, typer.Argument(help="What it is called.")],
    slug: Annotated[str, typer.Option(help="What its address ends with: 3 to 63 of a-z, 0-9 and -.")],
    public: Annotated[bool, typer.Option("--public", help="Show it at once.")] = False,
    description: Description = None,
    time_zone: TimeZone = None,
    automatic: ByItself = None,
    home_url: HomeUrl = None,
    support_url: SupportUrl = None,
    accent: Accent = None,
    accent_dark: AccentDark = None,
    indexed: Indexed = None,
) -> None:
    """Create a page, hidden unless told otherwise."""
    given = _given(description, time_zone, automatic, home_url, support_url, accent, accent_dark, indexed)
    visibility = Visibility.PUBLIC if public else Visibility.PRIVATE
    made = session.api.create(PATH, {"name": name, "slug": slug, "visibility": visibility.value, **given})
    session.output.done(made, f"Created {made['name']} ({made['slug']}, {made['visibility']}).")


@command(app, "edit")
def edit(
    session: Session,
    page: Which,
    name: Annotated[str | None, typer.Option(help="What it is called from now on.")] = None,
    slug: Annotated[str | None, typer.Option(help="What its address ends with from now on.")] = None,
    description: Description = None,
    time_zone: TimeZone = None,
    automatic: ByItself = None,
    home_url: HomeUrl = None,
    support_url: SupportUrl = None,
    accent: Accent = None,
    accent_dark: AccentDark = None,
    indexed: Indexed = None,
) -> None:
    """Change what is given of a page."""
    given = _given(description, time_zone, automatic, home_url, support_url, accent, accent_dark, indexed)
    given |= {field: value for field, value in (("name", name), ("slug", slug)) if value is not None}
    if not given:
        raise Usage("Say what to change: --name, --slug, --description, --time-zone, --automatic, --accent, ….")
    made = _change(session.api, find(session.api, page), given)
    session.output.done(made, f"{made['name']} is at version {made['version']} now.")


@command(app, "publish")
def publish(session: Session, page: Which) -> None:
    """Show a page to the public."""
    made = _change(session.api, find(session.api, page), {"visibility": Visibility.PUBLIC.value})
    session.output.done(made, f"{made['name']} is public.")


@command(app, "hide")
def hide(session: Session, page: Which) -> None:
    """Hide a page; what was published of it goes."""
    made = _change(session.api, find(session.api, page), {"visibility": Visibility.PRIVATE.value})
    session.output.done(made, f"{made['name']} is hidden.")


@command(app, "delete")
def delete(
    session: Session,
    page: Which,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete a page with all that is on it."""
    found = find(session.api, page)
    if not yes and not session.output.as_json:
        typer.confirm(f"Delete {found['name']} and everything on it?", abort=True, err=True)
    session.api.call("DELETE", f"{PATH}/{found['id']}")
    session.output.done(found, f"Deleted {found['name']}.")


def find(api: Api, named: str | None) -> Json:
    """A page by slug, name or id; without any the only one. Raises NotFound, or Usage where there are several."""
    items: list[Json] = api.get(PATH)["items"]
    if named is not None:
        asked = named.casefold()
        items = [p for p in items if asked in {p["slug"], p["name"].casefold(), p["id"]}]
    if not items:
        raise NotFound("There is no status page." if named is None else f"There is no status page {named!r}.")
    if len(items) > 1:
        slugs = ", ".join(page["slug"] for page in items)
        raise Usage(f"There are {len(items)} such status pages; name one by its slug: {slugs}.")
    return items[0]


def path_of(api: Api, named: str | None) -> str:
    """Where the API has a page that is found as `find` does."""
    return f"{PATH}/{find(api, named)['id']}"


def _change(api: Api, page: Json, given: Json) -> Json:
    body = {field: page[field] for field in SENT} | given
    version = {"If-Match": f'"{page["version"]}"'}
    return api.call("PUT", f"{PATH}/{page['id']}", body, headers=version).document


def _given(
    description: str | None,
    time_zone: str | None,
    automatic: Automatic | None,
    home_url: str | None,
    support_url: str | None,
    accent: str | None,
    accent_dark: str | None,
    indexed: bool | None,
) -> Json:
    texts = {"home_url": home_url, "support_url": support_url, "accent": accent, "accent_dark": accent_dark}
    given: dict[str, Any] = {"description": description, "time_zone": time_zone, "is_indexed": indexed}
    given["automatic"] = automatic and automatic.value
    found = {field: value for field, value in given.items() if value is not None}
    return found | {field: None if value == NONE else value for field, value in texts.items() if value is not None}


def _lines(told: Json) -> Iterator[Json]:
    groups = {group["id"]: group["name"] for group in told["groups"]}
    for one in told["components"]:
        stale = "not heard of" if one["is_stale"] else ""
        yield {**one, "group": groups.get(one["group_id"]), "stale": stale, "because": one["because"].replace("_", " ")}
