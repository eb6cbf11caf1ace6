"""What organizing forgets by itself, and what it must not."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from centro.core import clock as center
from centro.core.classes import Role
from centro.core.models import Event, PurgedVault
from centro.core.policy import system
from centro.organizing import actions, retention
from centro.organizing.models import Assessment, Campaign, Contact, QuietTie, Report, Standing, Tie
from centro.people import merge
from centro.people import queries as people_queries
from tests.web.conftest import SignIn
from tests.web.organizing.conftest import Acting, MakeList, MakePerson
from tests.web.organizing.phone import take_along

BY = system("test")


def test_assessments_and_ties_go_180_days_after_the_end_and_contacts_stay(
    add_worker: MakePerson, campaign: Campaign, actor: Acting, clock: Any
) -> None:
    by, rosa, lupe = actor(Role.ORGANIZER), add_worker(given="Rosa"), add_worker(given="Lupe")
    told = actions.Told(outcome="talked", value=2, named=(actions.Named(known_as="Nelly"),))
    actions.log_contact(by=by, campaign=campaign, person=rosa, told=told, contact_id=uuid4())
    actions.add_tie(by=by, campaign=campaign, person=rosa, named=actions.Named(other=lupe), is_confidential=True)
    Campaign.objects.update(ends_on=center.today())
    clock.shift(timedelta(days=180))
    assert retention.forget_ended_campaigns(by=BY) == 0
    clock.shift(timedelta(days=1))
    assert retention.forget_ended_campaigns(by=BY) == 3
    assert [model.objects.count() for model in (Assessment, Tie, QuietTie, Contact)] == [0, 0, 0, 1]
    assert Standing.objects.get(person=rosa).value is None
    assert retention.forget_ended_campaigns(by=BY) == 0


def test_a_campaign_without_an_end_forgets_nothing(
    add_worker: MakePerson, campaign: Campaign, actor: Acting, clock: Any
) -> None:
    actions.assess(by=actor(Role.ORGANIZER), campaign=campaign, person=add_worker(), value=2, basis="action")
    clock.shift(timedelta(days=3000))
    assert retention.forget_ended_campaigns(by=BY) == 0
    assert Assessment.objects.exists()


def test_a_confidential_tie_follows_a_merge_and_dies_with_a_person(
    sign_in: SignIn, add_worker: MakePerson, campaign: Campaign, actor: Acting, seen_by: Any, clock: Any
) -> None:
    by, rosa, lupe, twin = actor(Role.ORGANIZER), *(add_worker(given=n) for n in ("Rosa", "Lupe", "Lupita"))
    actions.add_tie(by=by, campaign=campaign, person=rosa, named=actions.Named(other=twin), is_confidential=True)
    steward = actor(Role.STEWARD)
    with seen_by(Role.STEWARD):
        pair = people_queries.get_pair(steward, lupe.pk, twin.pk)
        merge.merge_people(by=steward, kept=pair[0], gone=pair[1])
    assert "Lupe" in sign_in(Role.ORGANIZER).get(f"/organizing/people/{rosa.pk}/").content.decode()
    clock.shift(merge.UNDO_FOR - timedelta(hours=3))
    assert retention.drop_broken_ties(by=BY) == 0
    clock.shift(timedelta(hours=4))
    assert merge.finish_old_merges() == 1
    assert retention.drop_broken_ties(by=BY) == 0
    lupe.delete()
    assert retention.drop_broken_ties(by=BY) == 1
    assert not QuietTie.objects.exists()


def test_a_report_at_which_nobody_looked_goes_after_90_days_with_its_key(
    sign_in: SignIn, add_worker: MakePerson, make_list: MakeList, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rosa, lupe = add_worker(given="Rosa"), add_worker(given="Lupe")
    phone = take_along(sign_in(Role.VOLUNTEER), make_list(rosa, lupe))
    for carried in phone.people:
        phone.send(phone.seal({"stop": carried["stop"], "outcome": "flew"}))
    stranger = phone.seal({"new_name": "Marta", "outcome": "talked", "no_step": "done"})
    phone.send(stranger, {**phone.seal({"outcome": "talked"}), "body": "???"})
    assert Report.objects.count() == 4
    assert "forgotten" in sign_in(Role.ORGANIZER).get("/organizing/reports/").content.decode()
    monkeypatch.setattr(retention, "must_keep", lambda person: person == rosa.pk)
    clock.shift(timedelta(days=90))
    assert retention.forget_waiting_reports(by=BY) == 0
    clock.shift(timedelta(minutes=1))
    vault = Report.objects.get(pk=stranger["id"]).vault_id()
    assert [retention.forget_waiting_reports(by=BY) for _ in range(2)] == [3, 0]
    assert Report.objects.count() == 1  # the one about Rosa, whose file is held
    assert PurgedVault.objects.filter(vault=vault).exists()
    assert Event.objects.get(kind="contact.reports_forgotten").codes == ["reports:3"]
