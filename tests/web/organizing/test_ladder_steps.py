"""The steps of a ladder: its words and evidence, its order, and what is taken off."""

from typing import Any

import pytest

from centro.core.classes import Role
from centro.core.models import Event
from centro.organizing.actions import ladder as acts
from centro.organizing.ladder.choices import DEFAULT
from centro.organizing.models import Campaign, Climb, LadderStep
from tests.web.conftest import SignIn
from tests.web.organizing.climbing import RUNGS, Decide
from tests.web.organizing.conftest import MakePerson


def flat(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_steps_are_data_of_the_campaign(sign_in: SignIn, campaign: Campaign, add_worker: MakePerson) -> None:
    organizer, base = sign_in(Role.ORGANIZER), f"/organizing/campaigns/{campaign.pk}/ladder/"
    page = flat(organizer.get("/organizing/ladder/"))
    for rung in DEFAULT:
        assert str(rung.label) in page
    assert not LadderStep.objects.exists()
    sent = {"words": "Comité de cocina", "rule_did": "1", "version": "1"}
    assert organizer.post(f"{base}committee/", sent).status_code == 302
    assert organizer.post(f"{base}committee/", {**sent, "words": "Other"}).status_code == 422
    assert LadderStep.objects.get(place=4).rules == {"did": 1}
    assert organizer.post(f"{base}add/", {"words": "Speaks for all", "rule_ran": "3"}).status_code == 302
    page = flat(organizer.get("/organizing/ladder/"))
    assert "4 · Comité de cocina" in page
    assert "7 · Speaks for all" in page
    for bad in ({"words": "x" * 61}, {"rule_came": "-1"}, {"rule_came": "x"}):
        assert organizer.post(f"{base}committee/", {"version": "2", **bad}).status_code == 422
    assert organizer.post(f"{base}add/", {"words": ""}).status_code == 422
    assert organizer.get(f"{base}nowhere/").status_code == 404


def test_steps_change_places_and_people_stay_on_theirs(
    sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, decide: Decide
) -> None:
    organizer, base = sign_in(Role.ORGANIZER), f"/organizing/campaigns/{campaign.pk}/ladder/"
    climb = decide(add_worker(given="Rosa"), place=3)
    organizer.post(f"{base}member/move/", {"to": "up"})
    order = [step.rung for step in LadderStep.objects.order_by("place")]
    assert order == ["contact", "participant", "committee", "member", "leader", "trainer"]
    assert Climb.objects.get().step == climb.step
    assert "4 · Member" in flat(organizer.get("/organizing/ladder/"))
    sent = {"words": "Late", "version": "1"}  # of a page from before: the step has moved
    assert organizer.post(f"{base}member/", sent).status_code == 422
    for name, to in (("contact", "down"), ("trainer", "up"), ("nowhere", "up")):
        assert "There is no further to go" in flat(organizer.post(f"{base}{name}/move/", {"to": to}, follow=True))
    organizer.post(f"{base}member/move/", {"to": "down"})
    assert [step.rung for step in LadderStep.objects.order_by("place")] == RUNGS
    assert Event.objects.filter(kind="contact.ladder_edited").count() == 2


def test_a_decision_from_a_page_of_before_the_order_changed_means_the_same_step(
    sign_in: SignIn, campaign: Campaign, add_worker: MakePerson
) -> None:
    organizer, rosa = sign_in(Role.ORGANIZER), add_worker()
    organizer.post(f"/organizing/campaigns/{campaign.pk}/ladder/member/move/", {"to": "up"})
    sent = {"step": "member", "decided_on": "2026-11-20", "evidence": "Joined"}
    assert organizer.post(f"/organizing/people/{rosa.pk}/ladder/", sent).status_code == 302
    assert Climb.objects.get().step.rung == "member"


def test_a_step_is_taken_off_when_nobody_stands_on_it_and_its_decisions_stay(
    sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, decide: Decide
) -> None:
    organizer, rosa = sign_in(Role.ORGANIZER), add_worker(given="Rosa")
    off = f"/organizing/campaigns/{campaign.pk}/ladder/member/off/"
    first = decide(rosa, place=3)
    assert "1 person stands on this step. Decide about them first" in flat(organizer.post(off, follow=True))
    decide(rosa, place=4, seen=first.pk)
    assert "Taken off" in flat(organizer.post(off, follow=True))
    board = flat(organizer.get("/organizing/ladder/"))
    assert "3 · On the committee" in board
    assert "· Member" not in board
    page = flat(organizer.get(f"/organizing/people/{rosa.pk}/ladder/"))
    assert "<b>Member</b>" in page  # the way she came stays written
    now = Climb.objects.get(until__isnull=True)
    sent = {"step": "member", "decided_on": "2026-11-20", "evidence": "x", "seen": str(now.pk)}
    assert organizer.post(f"/organizing/people/{rosa.pk}/ladder/", sent).status_code == 422
    with pytest.raises(acts.Moved):
        decide(rosa, place=3, seen=now.pk)
    assert organizer.get(f"/organizing/campaigns/{campaign.pk}/ladder/member/").status_code == 404
    for rung in set(RUNGS) - {"committee", "member"}:
        organizer.post(f"/organizing/campaigns/{campaign.pk}/ladder/{rung}/off/")
    assert LadderStep.objects.standing().count() == 1
    Climb.objects.all().delete()
    last = flat(organizer.post(f"/organizing/campaigns/{campaign.pk}/ladder/committee/off/", follow=True))
    assert "This is the last step" in last
    organizer.post(f"/organizing/campaigns/{campaign.pk}/ladder/add/", {"words": "Runs the meeting"})
    assert sorted(LadderStep.objects.standing().values_list("rung", flat=True)) == ["", "committee"]


def test_others_change_no_ladder(sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, decide: Decide) -> None:
    decide(add_worker(), place=1)
    for role in (Role.MANAGER, Role.VOLUNTEER, Role.COUNSELLOR, Role.FRONT_DESK, Role.STEWARD):
        for part in ("move/", "off/"):
            path = f"/organizing/campaigns/{campaign.pk}/ladder/trainer/{part}"
            assert sign_in(role).post(path, {"to": "down"}).status_code == 404
    assert LadderStep.objects.standing().count() == len(RUNGS)
