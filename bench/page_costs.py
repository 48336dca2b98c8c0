"""What a public page costs by the month, from what its publications were counted to write (bench/pages.py).

Every minute its status is written; every fifth its figures are refreshed with it. Changes come on top: `CHANGES`.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bench.prices import GB, HOURS, usd

JSON: Final = Path(__file__).resolve().parents[1] / "docs" / "pages.json"
MINUTES: Final = 60 * HOURS
REFRESHED_EVERY: Final = 5
CHANGES: Final = 200
"""A month of a page that has an incident every other day: each opens, changes and ends components and reports."""
MEMORY_GB: Final = 0.5
PUBLISH_GB: Final = 1769 / 1024
"""With so much Lambda gives a whole vCPU: a second of CPU is billed as one."""
REQUEST_SECONDS: Final = 0.03
AT_ONCE: Final = 16
MIRROR_SECONDS: Final = 0.15
"""What carrying an object to another region takes, most of it waiting for the other region."""
type Steps = Mapping[str, Mapping[str, float]]


def load() -> dict[str, Steps]:
    """What was counted, by the page's number of components; nothing before the first run."""
    return json.loads(JSON.read_text()) if JSON.exists() else {}


def monthly(steps: Steps) -> dict[str, float]:
    """The lines of a page's bill; those of the replica apart, since not every stage has one."""
    times = {
        "minute": MINUTES * (REFRESHED_EVERY - 1) / REFRESHED_EVERY,
        "refresh": MINUTES / REFRESHED_EVERY,
        "change": CHANGES,
    }

    def of(name: str) -> float:
        return sum(steps[step][name] * count for step, count in times.items())

    waits = REQUEST_SECONDS * (of("PUT") + of("GET") + of("DELETE")) / AT_ONCE
    billed = of("cpu") + waits
    # a manifest is neither served nor mirrored: two puts of every publication that is more than the status
    mirrored = of("PUT") + of("DELETE") - 2 * (times["refresh"] + times["change"])
    return {
        "S3 writes": usd("s3.put", of("PUT") + of("LIST")),
        "S3 reads": usd("s3.get", of("GET")),
        "`publish`": usd("lambda.gb_second", billed * PUBLISH_GB),
        "replica: S3": usd("s3.put", mirrored) + usd("s3.get", 2 * mirrored),
        "replica: events, queue, `mirror`": usd("events.event", of("PUT") + of("DELETE"))
        + usd("sqs.request", 3 * mirrored)
        + usd("lambda.request", mirrored)
        + usd("lambda.gb_second", mirrored * MIRROR_SECONDS * MEMORY_GB),
        "replica: transfer": usd("transfer.gb", of("bytes") / GB),
    }
