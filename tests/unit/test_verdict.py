"""What a monitor is by what its regions are, and when anybody is told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain.monitor import CheckStatus, Reason
from tocsin.domain.verdict import Rules, Seen, Standing, Topic, Verdict, judge, opinion

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
WHY = {"G": Reason.TIMEOUT, "D": Reason.TIMEOUT, "?": Reason.INTERNAL_ERROR}
LETTERS = {
    "U": CheckStatus.UP,
    "G": CheckStatus.DEGRADED,
    "D": CheckStatus.DOWN,
    "?": CheckStatus.UNKNOWN,
    "!": CheckStatus.UNKNOWN,
}
SECOND = timedelta(seconds=1)
RULES = Rules(
    regions=("a", "b", "c"),
    interval=timedelta(seconds=30),
    quorum=None,
    confirmation=timedelta(0),
    recovery=timedelta(0),
    watched_since=NOW - timedelta(days=1),
)
UP = Standing(CheckStatus.UP, NOW - timedelta(hours=1))


def regions(letters: str, now: datetime = NOW, reason: Reason | None = None) -> dict[str, Seen]:
    """A letter each for a, b and c; `!` has not made up its mind, `-` was heard long ago, ` ` never."""
    found: dict[str, Seen] = {}
    for name, letter in zip("abc", letters, strict=False):
        if letter == "-":
            found[name] = Seen(CheckStatus.UP, now - timedelta(hours=2), now - timedelta(hours=1))
        elif letter != " ":
            why = reason or WHY.get(letter)
            found[name] = Seen(LETTERS[letter], now - 10 * SECOND, now - 5 * SECOND, why)
    return found


class Life:
    """A monitor through time: a letter for each region every half minute, or as often as it says."""

    def __init__(self, rules: Rules = RULES, every: timedelta = 30 * SECOND) -> None:
        self.rules = rules
        self.every = every
        self.now = NOW
        self.standing = UP
        self.told: list[str] = []

    def see(self, *ticks: str) -> Verdict:
        for letters in ticks:
            self.now += self.every
            verdict = judge(self.rules, self.standing, regions(letters, self.now), self.now)
            after = verdict.standing
            self.told.extend(f"+{topic}" for topic in sorted(after.open - self.standing.open))
            self.told.extend(f"-{topic}" for topic in sorted(self.standing.open - after.open))
            if after.is_flapping and not self.standing.is_flapping:
                self.told.append("flapping")
            self.standing = after
        return verdict


@pytest.mark.parametrize(
    ("letters", "quorum", "expected"),
    [
        ("UUU", None, "U"),
        ("DUU", None, "U"),
        ("DDU", None, "D"),
        ("D?U", None, "U"),
        ("D?D", None, "D"),
        ("D??", None, "D"),
        ("D--", None, "D"),
        ("D!!", None, "?"),
        ("D!-", None, "?"),
        ("DU!", None, "U"),
        ("DD!", None, "D"),
        ("D!!", 1, "D"),
        ("!!!", None, "?"),
        ("DU-", None, "U"),
        ("DDU", 3, "U"),
        ("DUU", 1, "D"),
        ("DD-", 3, "D"),
        ("GGU", None, "G"),
        ("GDU", None, "G"),
        ("GUU", None, "U"),
        ("???", None, "?"),
        ("---", None, "?"),
        ("   ", None, "?"),
    ],
)
def test_more_than_half_of_those_that_can_tell(letters: str, quorum: int | None, expected: str) -> None:
    assert opinion(replace(RULES, quorum=quorum), regions(letters), NOW, NOW).status is LETTERS[expected]


def test_regions_of_a_new_monitor_are_awaited_before_one_alone_is_believed() -> None:
    new = replace(RULES, watched_since=NOW - 20 * SECOND)
    assert opinion(new, regions("D  "), NOW, NOW).status is CheckStatus.UNKNOWN
    assert opinion(new, regions("DD "), NOW, NOW).status is CheckStatus.DOWN
    assert opinion(RULES, regions("D  "), NOW, NOW).status is CheckStatus.DOWN


def test_what_is_told_as_down_stays_told_while_regions_that_were_added_make_up_their_minds() -> None:
    life = Life()
    life.see("DDD")
    assert life.told == ["+down"]
    life.see("D!!", "D!!", "DDD")
    assert life.told == ["+down"]
    assert life.standing.status is CheckStatus.DOWN


def test_a_failure_in_one_region_tells_nobody_and_a_quorum_once() -> None:
    life = Life()
    life.see("UUU", "DUU", "UUU", "UDU")
    assert life.told == []
    life.see("DDU", "DDD", "DDD", "DUU", "UUU")
    assert life.told == ["+down", "-down"]
    assert life.standing.status is CheckStatus.UP


def test_confirmation_and_recovery_must_last() -> None:
    life = Life(replace(RULES, confirmation=timedelta(seconds=60), recovery=timedelta(seconds=60)))
    assert life.see("DDD").look_at == life.now + timedelta(seconds=60)
    life.see("DDD", "UUU")
    assert (life.told, life.standing.status) == ([], CheckStatus.UP)
    life.now += timedelta(hours=1)
    life.see("DDD", "DDD", "DDD")
    assert (life.told, life.standing.status) == (["+down"], CheckStatus.DOWN)
    life.see("UUU", "GGG")
    assert life.told == ["+down"]
    life.see("GGG")
    assert (life.told, life.standing.status) == (["+down", "-down"], CheckStatus.DEGRADED)


def test_what_flaps_is_told_once_until_it_is_stable() -> None:
    life = Life(replace(RULES, recovery=timedelta(seconds=60)))
    life.see(*["DDD", "UUU"] * 6)
    assert life.told == ["+down", "flapping"]
    life.see(*["UUU"] * 9)
    assert life.told == ["+down", "flapping"]
    life.see("UUU", "UUU")
    assert life.told == ["+down", "flapping", "-down"]
    assert not life.standing.is_flapping


def test_without_a_recovery_it_takes_two_outages_to_see_that_it_flaps() -> None:
    life = Life()
    life.see(*["DDD", "UUU"] * 8)
    assert life.told == ["+down", "-down", "+down", "flapping"]


@pytest.mark.parametrize("interval", [10, 30, 60, 300, 900])
@pytest.mark.parametrize("swing", range(2, 9))
def test_what_swings_fast_enough_to_flap_does_so_until_it_ends(interval: int, swing: int) -> None:
    rules = replace(RULES, interval=interval * SECOND)
    life = Life(replace(rules, recovery=rules.stable_for), every=rules.interval)
    life.see(*[*["DDD"] * swing, *["UUU"] * swing] * 20)
    is_fast = swing * rules.interval < rules.stable_for
    assert life.told == ["+down", "flapping"] if is_fast else "flapping" not in life.told


def test_what_flaps_and_then_stays_down_is_down_and_nothing_more_is_said() -> None:
    life = Life(replace(RULES, recovery=timedelta(seconds=60)))
    life.see(*["DDD", "UUU"] * 3, *["DDD"] * 12)
    assert (life.standing.status, life.standing.is_flapping) == (CheckStatus.DOWN, False)
    assert life.told == ["+down", "flapping"]


def test_silence_is_an_alert_of_its_own_and_blindness_none() -> None:
    life = Life()
    life.see("---")
    assert (life.told, life.standing.status) == (["+stale"], CheckStatus.UNKNOWN)
    life.see("UUU")
    assert (life.told[1:], life.standing.status) == (["-stale"], CheckStatus.UP)
    blind = judge(RULES, UP, regions("??-", reason=Reason.REGION_BLIND), NOW).standing
    assert (blind.status, blind.open) == (CheckStatus.UNKNOWN, frozenset())
    unreadable = {
        name: Seen(CheckStatus.UNKNOWN, NOW - timedelta(hours=1), NOW, Reason.SECRETS_UNREADABLE) for name in "abc"
    }
    assert judge(RULES, UP, unreadable, NOW).standing.open == {Topic.STALE}


def test_an_outage_that_is_no_longer_seen_stays_open() -> None:
    life = Life()
    life.see("DDD", "---", "UUU")
    assert life.told == ["+down", "+stale", "-down", "-stale"]


def test_results_that_wait_in_a_queue_do_not_grow_old_there() -> None:
    later = NOW + timedelta(minutes=20)
    behind = judge(RULES, UP, regions("UUU"), later, NOW + 30 * SECOND)
    assert behind.standing == UP
    assert behind.look_at is not None
    assert later < behind.look_at <= later + 15 * SECOND
    assert judge(RULES, UP, regions("UUU"), later).standing.open == {Topic.STALE}


def test_a_certificate_that_expires_soon_is_told_and_slowness_is_not() -> None:
    slow = judge(RULES, UP, regions("GGG", reason=Reason.TOO_SLOW), NOW).standing
    assert (slow.status, slow.open) == (CheckStatus.DEGRADED, frozenset())
    soon = judge(RULES, UP, regions("GGG", reason=Reason.CERTIFICATE_EXPIRES_SOON), NOW).standing
    assert (soon.status, soon.open) == (CheckStatus.DEGRADED, {Topic.CERTIFICATE})
    assert judge(RULES, soon, regions("UUU"), NOW).standing.open == frozenset()


class Expiring(Life):
    """A monitor whose certificate ends soon: `G` says so, `S` that it is slow, `X` that the certificate has expired."""

    def see(self, *ticks: str) -> Verdict:
        reasons = {"G": Reason.CERTIFICATE_EXPIRES_SOON, "X": Reason.CERTIFICATE_EXPIRED, "S": Reason.TOO_SLOW}
        for letters in ticks:
            self.now += self.every
            known = regions(letters.replace("X", "G").replace("S", "G"), self.now)
            found = {
                name: replace(known[name], last_reason=reasons.get(letter, known[name].last_reason))
                for name, letter in zip("abc", letters, strict=True)
            }
            verdict = judge(self.rules, self.standing, found, self.now)
            self.told.extend(f"+{topic}" for topic in sorted(verdict.standing.open - self.standing.open))
            self.told.extend(f"-{topic}" for topic in sorted(self.standing.open - verdict.standing.open))
            self.standing = verdict.standing
        return verdict


def test_a_certificate_that_expires_soon_is_told_once_however_its_target_swings() -> None:
    life = Expiring(replace(RULES, recovery=timedelta(minutes=5)))
    life.see("GGG", *["DDD", "GDD", "GGD", "GGG"] * 12, *["GGG"] * 40)
    assert [t for t in life.told if "certificate" in t] == ["+certificate"]
    life.see("UUU")
    assert life.told[-1] == "-certificate"


def test_a_certificate_that_has_expired_meanwhile_is_not_told_as_renewed() -> None:
    life = Expiring()
    life.see("GGG", "GXX", "XXX", "SXU", "???")
    assert life.told == ["+certificate"]
    life.see("SSU")
    assert life.told == ["+certificate", "-certificate"]


ENDS = NOW + timedelta(days=20)


def ending(now: datetime, letters: str = "GGG", ends_at: datetime = ENDS) -> dict[str, Seen]:
    """Regions that see a certificate which ends soon."""
    found = regions(letters, now, Reason.CERTIFICATE_EXPIRES_SOON)
    return {name: replace(seen, ends_at=ends_at) for name, seen in found.items()}


def warned(times: dict[int, str], warn_days: tuple[int, ...] = (14, 7, 1)) -> list[tuple[int, int | None]]:
    """On which days from NOW people are told, and of how many days; letters of the regions by day."""
    rules, standing, told = replace(RULES, warn_days=warn_days), UP, list[tuple[int, int | None]]()
    for day, letters in times.items():
        after = judge(rules, standing, ending(NOW + timedelta(days=day), letters), NOW + timedelta(days=day)).standing
        if Topic.CERTIFICATE in after.open - standing.open or after.warns_anew(standing):
            told.append((day, after.warned_days))
        standing = after
    return told


def test_each_of_the_days_is_told_once_and_the_end() -> None:
    assert warned(dict.fromkeys(range(6, 25), "GGG")) == [(6, 14), (13, 7), (19, 1), (20, 0)]
    assert warned({6: "GGG", 18: "GGG", 19: "GGG"}, (14,)) == [(6, 14)]
    assert warned({6: "GGG", 7: "DDD", 14: "DDD", 15: "GGG", 16: "???", 19: "GGG"}) == [(6, 14), (15, 7), (19, 1)]
    assert warned({13: "GGG", 14: "UUU", 15: "GGG"}) == [(13, 7), (15, 7)]


def test_when_its_end_is_nearer_it_is_looked_at() -> None:
    rules = replace(RULES, warn_days=(1, 14, 7), interval=timedelta(days=1))
    for day, next_day in ((6, 13), (13, 19), (19, 20)):
        now = NOW + timedelta(days=day)
        seen = {name: replace(s, last_tick=now + timedelta(days=9)) for name, s in ending(now).items()}
        assert judge(rules, UP, seen, now).look_at == NOW + timedelta(days=next_day)


@given(st.lists(st.tuples(st.integers(-1, 20), st.sampled_from(["GGG", "GDD", "DDD", "SGU", "???"])), min_size=1))
def test_certificates_that_are_shown_in_turn_are_told_of_by_the_one_that_ends_first(
    ends: list[tuple[int, str]],
) -> None:
    rules, standing, told = replace(RULES, warn_days=(14, 7, 1)), UP, list[int | None]()
    for days, letters in ends:
        seen = ending(NOW, letters.replace("S", "G"), NOW + timedelta(days=days))
        after = judge(rules, standing, seen, NOW).standing
        assert judge(rules, after, seen, NOW).standing == after
        if after.warns_anew(standing):
            told.append(after.warned_days)
        standing = after
    assert len(told) == len(set(told)) <= 3


@given(st.lists(st.text("GXDS?", min_size=3, max_size=3), min_size=1, max_size=12))
def test_a_certificate_is_told_as_renewed_only_once_nobody_says_that_it_ends(ticks: list[str]) -> None:
    life = Expiring()
    life.see("GGG")
    for letters in ticks:
        before = len(life.told)
        life.see(letters)
        if "-certificate" in life.told[before:]:
            assert not set(letters) & {"G", "X"}
            assert "S" in letters


@given(
    st.lists(st.text("UGD?- ", min_size=3, max_size=3), min_size=1, max_size=12),
    st.integers(0, 90),
    st.integers(0, 90),
    st.one_of(st.none(), st.integers(1, 3)),
)
def test_whatever_happens_alerts_alternate_and_peace_ends_them(
    ticks: list[str], confirmation: int, recovery: int, quorum: int | None
) -> None:
    life = Life(replace(RULES, confirmation=confirmation * SECOND, recovery=recovery * SECOND, quorum=quorum))
    for letters in ticks:
        before = life.standing.since
        verdict = life.see(letters)
        assert life.standing.since >= before
        assert verdict.look_at is None or verdict.look_at > life.now
        again = judge(life.rules, life.standing, regions(letters, life.now), life.now)
        assert again.standing == life.standing
    for topic in Topic:
        signs = [t[0] for t in life.told if t[1:] == topic]
        assert signs == ["+", "-"] * (len(signs) // 2) + ["+"] * (len(signs) % 2)
    life.see(*["UUU"] * 24)
    assert (life.standing.status, life.standing.open, life.standing.pending) == (CheckStatus.UP, frozenset(), None)
    assert not life.standing.is_flapping
