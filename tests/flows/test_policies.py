"""The worked examples of docs/escalation.md, minute by minute."""

from tests.support.flow import Flow, step
from tests.support.world import Person
from tocsin_data.services import steering


def expect(flow: Flow, *pages: tuple[str, Person | str]) -> None:
    """Let these spans pass, one after the other; each time, and at no time else, this person is paged."""
    for span, person in pages:
        if span != "0s":
            flow.advance(span)
        flow.expect_page(person, "disk full")
        flow.expect_no_page()


def test_a_step_pages_again_until_somebody_acknowledges(flow: Flow) -> None:
    alice, bob = flow.world.alice, flow.world.bob
    flow.given(policy=[step(alice, again=2, every="2m"), step(bob, after="5m")])
    flow.trigger("disk full")
    expect(flow, ("0s", alice), ("2m", alice), ("2m", alice), ("5m", bob))
    flow.given(policy=[step(alice, again=2, every="2m"), step(bob, after="5m")])
    key = flow.trigger("disk full", "another")
    expect(flow, ("0s", alice), ("2m", alice))
    flow.acknowledge(key)
    flow.advance("4m")
    assert [mail for mail in flow.pages()[4:] if mail.to == bob.email] == []


def test_incidents_go_to_one_after_the_other(flow: Flow) -> None:
    alice, bob, carol = flow.world.alice, flow.world.bob, flow.world.person("Carol")
    flow.given(policy=[step(alice, bob, carol, in_turn=True)], rounds=2, round_delay="10m")
    for number, person in enumerate([alice, bob, carol, alice]):
        flow.trigger("disk full", f"disk {number}")
        expect(flow, ("0s", person))
    flow.advance("10m")
    assert sorted(mail.to for mail in flow.pages()[4:]) == sorted(p.email for p in (bob, carol, alice, bob))


def test_rounds_then_the_policys_fallback_then_the_organizations(flow: Flow) -> None:
    alice, bob, boss = flow.world.alice, flow.world.bob, flow.world.person("Boss")
    flow.given(policy=[step(alice), step(bob, after="5m")], rounds=2, round_delay="10m", fallback=[boss])
    flow.trigger("disk full")
    expect(flow, ("0s", alice), ("5m", bob), ("10m", alice), ("5m", bob), ("10m", boss))
    expect(flow, ("10m", flow.world.fallback or ""))
    flow.advance("1h")
    flow.expect_no_page()
    assert flow.timeline().count("escalation_exhausted") == 1


def test_steps_for_what_is_critical_and_for_the_rest(flow: Flow) -> None:
    alice, bob = flow.world.alice, flow.world.bob
    flow.given(policy=[step(alice, severities=["warning", "info"]), step(bob, after="5m", severities=["critical"])])
    flow.trigger("disk full")
    expect(flow, ("0s", bob))
    ((reason,),) = flow.database.rows("select data->>'reason' from timeline_entry where kind = 'step_passed'")
    assert reason == "the severity is critical; the step is for warning or info"


def test_a_step_until_resolved_comes_though_somebody_has_acknowledged(flow: Flow) -> None:
    alice, bob, boss = flow.world.alice, flow.world.bob, flow.world.person("Boss")
    policy = [step(alice), step(bob, after="5m"), step(boss, after="25m", **{"while": "not_resolved"})]
    flow.given(policy=policy)
    key = flow.trigger("disk full")
    expect(flow, ("0s", alice))
    flow.advance("1m")
    flow.acknowledge(key)
    flow.advance("28m")
    flow.expect_no_page()
    expect(flow, ("1m", boss))
    flow.resolve(key)
    flow.advance("1h")
    flow.expect_no_page()


def test_an_edit_in_mid_escalation_waits_until_somebody_moves_it(flow: Flow) -> None:
    world = flow.world
    alice, bob, carol = world.alice, world.bob, world.person("Carol")
    first, second = step(alice), step(bob, after="10m")
    flow.given(policy=[first, second])
    flow.trigger("disk full")
    expect(flow, ("0s", alice))
    flow.advance("4m")
    inserted = step(carol, after="2m")
    world.edit_policy(2, [inserted, first, second])
    flow.advance("2m")
    flow.expect_no_page()
    world.edit_policy(3, [first, second, inserted])
    app = world.database.enter("app")
    incident_id = flow.database.rows("select id from incident")[0][0]
    moved = steering.move_to_current_version(app, world.org_id, incident_id, f"user:{alice.user_id}")
    flow.sent(moved.leaving)
    expect(flow, ("4m", bob), ("2m", carol))
    ((told,),) = flow.database.rows("select data from timeline_entry where kind = 'escalation_version_changed'")
    assert (told["from_version"], told["to_version"], told["step"]) == (1, 3, 2)


def test_who_leaves_while_they_are_next_is_passed(flow: Flow) -> None:
    alice, bob, carol = flow.world.alice, flow.world.bob, flow.world.person("Carol")
    flow.given(policy=[step(alice), step(bob, after="10m"), step(carol, after="30m")])
    flow.trigger("disk full")
    expect(flow, ("0s", alice))
    flow.database.rows("delete from membership where user_id = %s returning 1", bob.user_id)
    expect(flow, ("10m", carol))
    assert flow.timeline()[-4:-1] == ["target_unreachable", "step_reached_nobody", "paged"]
