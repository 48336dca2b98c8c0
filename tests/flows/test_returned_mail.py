"""Mail of a page that SES took and that comes back: who is paged then, and what is told of it."""

from tests.support.flow import Flow, step


def fates(flow: Flow) -> list[tuple[str, str | None]]:
    return flow.database.rows("select state, reason from notification order by id")


def test_a_page_that_bounces_moves_the_escalation_on_now(flow: Flow) -> None:
    alice, bob = flow.world.alice, flow.world.bob
    flow.given(policy=[step(alice), step(bob, after="30m")])
    flow.trigger("disk full")
    mail = flow.expect_page(alice, "disk full")
    assert fates(flow) == [("delivered", None)]
    flow.advance("40s")
    flow.hear_back(mail)
    flow.expect_page(bob, "disk full")
    assert fates(flow) == [("failed", "bounced"), ("delivered", None)]
    attempts = flow.database.rows("select state, reason, provider_id from notification_attempt order by id")
    assert attempts == [("permanent", "bounced", "ses-1"), ("delivered", None, "ses-2")]
    told = ["triggered", "paged", "notification_delivered", "notification_failed", "step_failed", "paged"]
    assert flow.timeline()[:6] == told
    flow.hear_back(mail)
    flow.advance("4m")
    flow.expect_no_page()


def test_the_last_page_of_all_that_bounces_reaches_the_fallback(flow: Flow) -> None:
    alice, bob = flow.world.alice, flow.world.bob
    flow.given(policy=[step(alice)], round_delay="30m", fallback=[bob])
    flow.trigger("disk full")
    flow.hear_back(flow.expect_page(alice, "disk full"))
    flow.expect_page(bob, "disk full")


def test_while_somebody_else_of_the_step_has_it_a_bounce_pages_nobody(flow: Flow) -> None:
    alice, bob, carol = flow.world.alice, flow.world.bob, flow.world.person("Carol")
    flow.given(policy=[step(alice, bob), step(carol, after="30m")])
    flow.trigger("disk full")
    first = flow.expect_page(flow.pages()[0].to, "disk full")
    second = flow.expect_page(flow.pages()[1].to, "disk full")
    flow.hear_back(first)
    flow.expect_no_page()
    flow.hear_back(second)
    flow.expect_page(carol, "disk full")


def test_what_bounces_after_somebody_has_taken_it_pages_nobody(flow: Flow) -> None:
    alice, bob = flow.world.alice, flow.world.bob
    flow.given(policy=[step(alice), step(bob, after="30m")])
    key = flow.trigger("disk full")
    mail = flow.expect_page(alice, "disk full")
    flow.acknowledge(key)
    flow.hear_back(mail)
    flow.advance("1h")
    flow.expect_no_page()
    assert fates(flow) == [("failed", "bounced")]


def test_what_bounces_after_the_next_step_was_taken_does_not_hurry_the_one_after(flow: Flow) -> None:
    alice, bob, carol = flow.world.alice, flow.world.bob, flow.world.person("Carol")
    flow.given(policy=[step(alice), step(bob, after="5m"), step(carol, after="30m")])
    flow.trigger("disk full")
    mail = flow.expect_page(alice, "disk full")
    flow.advance("5m")
    flow.expect_page(bob, "disk full")
    flow.hear_back(mail)
    flow.advance("29m")
    flow.expect_no_page()
    flow.advance("1m")
    flow.expect_page(carol, "disk full")
