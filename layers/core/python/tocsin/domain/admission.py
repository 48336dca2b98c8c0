"""Who may make an account, by the operator's setting: anybody, who was invited, or who has an address of a domain."""

from dataclasses import dataclass
from typing import Final, Self

DOMAINS: Final = "domains:"


@dataclass(frozen=True, slots=True)
class Admission:
    """The setting: `domains` None lets everybody in, unless `by_invitation`."""

    domains: frozenset[str] | None = None
    by_invitation: bool = False

    @classmethod
    def read(cls, text: str) -> Self:
        """From `open`, `invitation`, or `domains:` with domains in lower case and commas between them."""
        if text == "open":
            return cls()
        if text == "invitation":
            return cls(by_invitation=True)
        if not text.startswith(DOMAINS):
            raise ValueError(f"{text!r} says nothing of who may sign up")
        return cls(domains=frozenset(text.removeprefix(DOMAINS).split(",")))

    def lets_in(self, email: str) -> bool:
        """Whether an address, in its canonical form, needs no invitation. A domain's subdomains are others."""
        if self.by_invitation:
            return False
        return self.domains is None or email.rpartition("@")[2] in self.domains
