"""Colours that can be read: contrast as WCAG 2.2 defines it (1.4.3), on the grounds of a status page."""

from colorsys import hls_to_rgb, rgb_to_hls
from typing import Final

READABLE: Final = 4.5
"""What AA asks of text."""
LIGHT_GROUNDS: Final = ("#ffffff", "#f5f6f8")
DARK_GROUNDS: Final = ("#0d1015", "#171b22")
"""What web/status/status.css has text on."""
STEPS: Final = 1_024


def contrast(one: str, other: str) -> float:
    """The contrast of two colours `#rrggbb`, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def least_contrast(colour: str, grounds: tuple[str, ...]) -> float:
    """The contrast on the ground where it is least."""
    return min(contrast(colour, ground) for ground in grounds)


def is_readable(colour: str, grounds: tuple[str, ...]) -> bool:
    """Whether text of this colour can be read on all of these grounds."""
    return least_contrast(colour, grounds) >= READABLE


def nearest(colour: str, grounds: tuple[str, ...]) -> str:
    """The colour of the same hue whose lightness differs least, and that can be read on all of these grounds.

    The grounds are all light or all dark, so black or white can be read on them.
    """
    hue, lightness, saturation = rgb_to_hls(*_parts(colour))
    tried = sorted((step / STEPS for step in range(STEPS + 1)), key=lambda other: abs(other - lightness))
    candidates = (colour, *(_text(hls_to_rgb(hue, other, saturation)) for other in tried))
    return next(candidate for candidate in candidates if is_readable(candidate, grounds))


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _text(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _luminance(colour: str) -> float:
    """WCAG 2.2's relative luminance."""
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
