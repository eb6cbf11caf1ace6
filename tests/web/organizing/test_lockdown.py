"""Lock-down: everything outside is revoked by one confirmed act, and what was on its way still arrives."""

from collections.abc import Callable

import pytest
from django.test import Client

from centro.core.classes import Role
from centro.core.models import Event, User
from centro.organizing import lockdown
from centro.organizing.models import LockDown, Pack, Report
from centro.people import exports
from centro.people.models import Export
from tests.web.conftest import SignIn, signed_in
from tests.web.organizing.conftest import Acting, MakeList, MakePerson
from tests.web.organizing.phone import take_along

PAGE, START = "/organizing/lockdown/", "/organizing/lockdown/start/"


@pytest.fixture
def asked(actor: Acting) -> Callable[[], Export]:
    def ask() -> Export:
        by = actor(Role.STEWARD)
        row = exports.ask_for_export(by=by, reason="Call about Sunday")
        exports.make_export(by=by, export=row)
        return row

    return ask


def test_one_act_revokes_copies_and_lists_and_says_what(
    sign_in: SignIn, add_worker: MakePerson, make_list: MakeList, asked: Callable[[], Export], actor: Acting
) -> None:
    phone, export = take_along(sign_in(Role.VOLUNTEER), make_list(add_worker())), asked()
    manager = sign_in(Role.MANAGER)
    page = " ".join(manager.get(PAGE).content.decode().split())
    assert "Copies of lists on phones</span><b>1</b>" in page
    assert "Lists taken out</span><b>1</b>" in page
    answer = manager.post(START, follow=True)
    page = " ".join(answer.content.decode().split())
    assert "Copies of lists on phones</span><b>0</b>" in page
    assert "Lists taken out: 1" in page
    assert "Name of Manager" in page
    told = {"stop": phone.people[0]["stop"], "outcome": "not_home"}
    assert phone.send(phone.seal(told))["state"] == "revoked"
    assert Report.objects.get().held == "revoked"
    with pytest.raises(exports.TooLate):
        exports.take_export(by=actor(Role.STEWARD), export=Export.objects.get(pk=export.pk))
    kinds = ("lockdown.started", "assignment.every_pack_revoked", "export.all_revoked")
    assert Event.objects.filter(kind__in=kinds).count() == 3


def test_a_list_that_was_being_made_is_not_made(actor: Acting) -> None:
    by = actor(Role.STEWARD)
    row = exports.ask_for_export(by=by, reason="Call about Sunday")
    lockdown.lock_down(by=actor(Role.ORGANIZER))
    exports.make_export(by=by, export=Export.objects.get(pk=row.pk))
    assert Export.objects.get().state == Export.State.GONE


def test_what_is_given_out_again_works(sign_in: SignIn, add_worker: MakePerson, make_list: MakeList) -> None:
    row, volunteer = make_list(add_worker()), sign_in(Role.VOLUNTEER)
    take_along(volunteer, row)
    sign_in(Role.ORGANIZER).post(START)
    assert take_along(volunteer, row).send()["state"] == "live"
    assert LockDown.objects.get().counts == {**LockDown.objects.get().counts, "phones": 1, "exports": 0}


def test_it_asks_for_the_second_factor_again(
    cast: dict[Role, User], sign_in: SignIn, add_worker: MakePerson, make_list: MakeList, clock: object
) -> None:
    take_along(sign_in(Role.VOLUNTEER), make_list(add_worker()))
    organizer = signed_in(cast[Role.ORGANIZER])
    session = organizer.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "webauthn", "at": 0}]
    session.save()
    assert "reauthenticate" in organizer.post(START).url
    assert Pack.objects.filter(revoked_at__isnull=True).count() == 1


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.FRONT_DESK, Role.COUNSELLOR, Role.STEWARD, Role.DIRECTOR])
def test_others_do_not_find_it(role: Role, sign_in: SignIn) -> None:
    assert sign_in(role).get(PAGE).status_code == 404
    assert sign_in(role).post(START).status_code == 404
    assert not LockDown.objects.exists()


def test_a_visitor_is_asked_to_sign_in(db: None) -> None:
    assert Client().post(START).url.startswith("/account/login/")
    assert not LockDown.objects.exists()


def test_another_part_of_the_work_joins(actor: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    live = [1, 2, 3]

    def end(by: object) -> int:
        count = len(live)
        live.clear()
        return count

    kinds = [*lockdown._OUTSIDE, lockdown.Outside("links", "Links", lambda: len(live), end)]
    monkeypatch.setattr(lockdown, "_OUTSIDE", kinds)
    assert lockdown.lock_down(by=actor(Role.MANAGER)).counts["links"] == 3
    assert [count for kind, count in lockdown.outside() if kind.code == "links"] == [0]
