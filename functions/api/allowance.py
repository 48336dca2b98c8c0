"""How many requests a caller may make in a minute, and how that is told.

The headers are those of draft-ietf-httpapi-ratelimit-headers-11: the quota and its window, what remains of it, and the
seconds until it is whole again. Windows are the minutes of the database's clock, in which it counts requests.
"""

from dataclasses import dataclass
from typing import Final, Self

from functions.api.settings import ApiSettings
from tocsin.errors import RateLimited
from tocsin_data.services.calling import Caller

WINDOW_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a caller has in this minute: of `quota` requests `used`, this one among them, for `seconds` more."""

    policy: str
    quota: int
    used: int
    seconds: int

    @classmethod
    def of(cls, caller: Caller, settings: ApiSettings) -> Self:
        """By what the caller is: a person, a key, or a visitor of the demo."""
        match caller.actor.kind:
            case "user":
                policy, quota = "people", settings.people_per_minute
            case "demo":
                policy, quota = "visitors", settings.visitors_per_minute
            case _:
                policy, quota = "keys", settings.keys_per_minute
        return cls(policy, quota, caller.requests, WINDOW_SECONDS - caller.now.second)

    def demand(self) -> None:
        """Raise RateLimited when it is used up."""
        if self.used > self.quota:
            raise RateLimited(
                f"{self.quota} requests a minute are possible for {self.policy}; there is room again in"
                f" {self.seconds} seconds.",
                self.seconds,
            )

    def headers(self) -> dict[str, str]:
        """RateLimit-Policy and RateLimit."""
        left = max(0, self.quota - self.used)
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.quota};w={WINDOW_SECONDS}',
            "RateLimit": f'"{self.policy}";r={left};t={self.seconds}',
        }
