"""The seed's one site, its monitor, its incidents and its public page, on the deployed whole."""

from typing import Any, Final

from local.seed_page import SLUG
from tests.support.stack import Answer, Stack, eventually, http

PATIENCE_SECONDS: Final = 150
"""Two checks in a row in two regions take 25 s; a minute more if the schedule has just passed, and then the machine."""
DOWN: Final = "Shop is down"
"""What pages and incidents of it begin with."""


def monitor(stack: Stack) -> dict[str, Any]:
    """The seed's one monitor, as the API shows it."""
    (found,) = stack.rest("GET", "/v1/monitors").json["items"]
    return found


def incidents(stack: Stack) -> list[tuple[str]]:
    """The states of what was opened for the site, oldest first."""
    return stack.rows("select status from incident where title like %s order by number", f"{DOWN}%")


def mended(stack: Stack) -> str:
    """Where the site to break is, once it is well."""
    url = stack.machine.target_url
    http("POST", f"{url}/mend")
    eventually(lambda: monitor(stack)["status"] == "up", "the site is up", PATIENCE_SECONDS)
    return url


def read(stack: Stack, path: str = "", slug: str = SLUG) -> Answer:
    """A document of the seed's page, by HTTP, as anybody reads it."""
    return http("GET", f"{stack.machine.pages_url}/{slug}/{path}")


def told(stack: Stack) -> str:
    """What the page says that its component is."""
    (component,) = read(stack, "api/v2/components.json").json["components"]
    return component["status"]
