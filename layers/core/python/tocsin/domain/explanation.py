"""What happened to an incident, in words: lines of its timeline, decisions about its events, fates of its pages."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

PHRASES: Final[Mapping[str, str]] = {
    "triggered": "the incident was opened",
    "acknowledged": "it was acknowledged",
    "resolved": "it was resolved",
    "paged": "paged",
    "step_passed": "the step was passed, since its conditions don't hold",
    "step_reached_nobody": "the step reached nobody, so the escalation went on at once",
    "step_failed": "all pages of the step failed, so the escalation went on at once",
    "step_held_back": "the step waits, since all paging is stopped",
    "target_unreachable": "a target of the step can't be reached",
    "escalation_exhausted": "no step is left",
    "escalation_goes_on": "the escalation goes on",
    "escalation_muted": "no escalation was started",
    "fallback_paged": "nobody answered, so it paged",
    "notification_delivered": "a page was handed over",
    "notification_failed": "a page failed for good",
    "notification_retry": "a page failed for now, and is tried again",
    "notification_uncertain": "nothing was heard of a page",
    "late_summarised": "it came late; another incident of its service speaks for it",
    "rule_matched": "a rule matched",
    "rule_failed": "a rule had no answer",
    "no_rule_matched": "no rule matched",
    "alert_joined": "an alert joined",
    "decided": "rules and windows have decided about it, as its event tells",
}
"""Kinds that say little by themselves; any other is its own phrase."""
CHANNELS: Final[Mapping[str, str]] = {"email": "e-mail", "slack": "Slack"}
RECIPIENTS: Final[Mapping[str, str]] = {"fallback contact": "the fallback contact"}
REASONS: Final[Mapping[str, str]] = {
    "throttled": "the provider took no more just then",
    "bounced": "the mail came back",
    "timeout": "the provider did not answer in time",
    "connection": "the provider could not be reached",
    "no_outcome": "no answer came",
    "incident_moved_on": "the incident had moved on",
}
"""What reasons of providers and of ours mean; any other is its own word."""


def decided(line: Mapping[str, Any]) -> str:
    """A decision of an event's trace, in words."""
    rule = f" “{line['rule']}”" if line.get("rule") else ""
    version = f", version {line['version']}" if line.get("version") is not None else ""
    of = f" ({line['rules_of']}{version})" if line.get("rules_of") else ""
    does = f"; it {', '.join(line['does'])}" if line.get("does") else ""
    return f"{phrase(str(line['decision']))}{rule}{of}{does}{_why(line)}"


def told(kind: str, data: Mapping[str, Any]) -> str:
    """A line of a timeline, in words."""
    if kind == "target_unreachable" and "target" in data:
        who, data = data["target"], {name: value for name, value in data.items() if name != "target"}
        return " ".join([f"{who} can't be reached", *_details(data)]) + _why(data)
    return " ".join([phrase(kind), *_details(data)]) + _why(data)


def phrase(kind: str) -> str:
    """What a kind means."""
    return PHRASES.get(kind, kind.replace("_", " "))


def channel(name: str) -> str:
    """What a channel is called within a sentence."""
    return CHANNELS.get(name, name.replace("_", " "))


def reason(word: str) -> str:
    """Why a page was not delivered, or not at once."""
    return REASONS.get(word, word.replace("_", " "))


def place(round_number: int, position: int, retry: int, *, is_fallback: bool) -> str:
    """Where in an escalation a page was decided on, from its numbers, which begin at 0."""
    if position < 0:
        return "called in to help"
    if is_fallback:
        return "fallback"
    again = f", repetition {retry}" if retry else ""
    return f"step {position + 1}, round {round_number + 1}{again}"


def _details(data: Mapping[str, Any]) -> Iterator[str]:
    recipients: object = data.get("recipients")
    if isinstance(recipients, list):
        yield ", ".join(RECIPIENTS.get(str(name), str(name)) for name in cast("list[object]", recipients))
    if "step" in data and "round" in data:
        again = f", repetition {data['repetition']}" if data.get("repetition") else ""
        yield f"(step {data['step']}, round {data['round']}{again})"
    for name, before in (("target", "to"), ("channel", "by"), ("until", "until"), ("muted_by", "by"), ("text", ":")):
        if data.get(name):
            yield f"{before} {channel(str(data[name])) if name == 'channel' else data[name]}"


def _why(data: Mapping[str, Any]) -> str:
    """The reason it names; of people on call, why each of them is."""
    on_call = cast("dict[str, str]", data.get("on_call") or {})
    reasons = [
        *([REASONS.get(str(data["reason"]), str(data["reason"]))] if data.get("reason") else []),
        *(f"{who} is {why}" for who, why in on_call.items()),
    ]
    return f": {'; '.join(reasons)}" if reasons else ""
