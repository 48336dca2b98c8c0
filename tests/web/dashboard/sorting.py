"""What is put into another order by the keyboard, as fast as the screen says that it is."""

from playwright.async_api import Locator, expect


async def move(handle: Locator, key: str, place: int) -> None:
    """Take up what a handle moves, let a key bring it to a place, counted from 1, and put it down there."""
    said = handle.page.get_by_role("status")
    await handle.focus()
    for pressed, words in (("Space", "was taken up."), (key, f"is at place {place} of "), ("Space", f"place {place}.")):
        await handle.page.keyboard.press(pressed)
        await expect(said.filter(has_text=words)).to_have_count(1)
