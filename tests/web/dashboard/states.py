"""What is done in a screen before its picture is taken, and states of screens that only something done leads to."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from playwright.async_api import Page

from tests.web.dashboard.screens import POLICY
from tocsin.domain.demo import id_of

type Act = Callable[[Page], Awaitable[None]]


def press(*selectors: str) -> Act:
    """Press one after another."""

    async def act(page: Page) -> None:
        for selector in selectors:
            await page.locator(selector).first.click()

    return act


async def go_offline(page: Page) -> None:
    """Lose the connection."""
    await page.context.set_offline(True)


MORE: Final[Mapping[str, str]] = {
    "incidents-chosen": "incidents",
    "incidents-offline": "incidents",
    "organizations": "incidents",
    "keyboard": "incidents",
    "more": "incidents",
    "schedule-override-new": "schedules/{schedule}",
    "policy-simulate": f"{POLICY}?tab=simulate&service={id_of('service', 'Payments API')}",
    "monitor-degraded": f"monitors/{id_of('monitor', 'Certificate of the shop')}",
}
"""Their paths by their names, before those of screens of the same name."""
ACTS: Final[Mapping[str, Act]] = {
    "incidents-chosen": press(
        "role=checkbox[name='Select incident 52'] >> visible=true", "role=checkbox[name='Select incident 51']"
    ),
    "incidents-offline": go_offline,
    "organizations": press("role=button[name=/Organization: /]"),
    "keyboard": press("role=button[name='Keyboard']"),
    "more": press("role=button[name='More']"),
    "schedule-override-new": press("role=button[name='Override']"),
    "policy-simulate": press("role=button[name='Simulate']"),
    "event-rules": press(
        "role=combobox[name='An event comes for the service']",
        "role=option[name='Search']",
        "role=button[name=/^Try the last/]",
    ),
}
ONLY: Final[Mapping[str, str]] = {
    "incidents-chosen": "desktop",
    "incidents-offline": "phone",
    "organizations": "desktop",
    "keyboard": "desktop",
    "more": "phone",
    "schedule-override-new": "desktop",
    "monitor-degraded": "desktop",
}
"""The one device of those that are not on both."""
