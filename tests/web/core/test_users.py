"""Accounts of staff: invited by one, given roles by two, shut at once, let back in by two who recognised them."""

import os
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client, override_settings
from django.urls import reverse

from centro.core import accounts, actions, clock, queries
from centro.core.classes import Relation, Role
from centro.core.models import Event, Invitation, RoleGrant, Task, User
from centro.core.policy import Actor
from centro.people.models import Involvement, Person
from tests.web.conftest import SignIn, signed_in, user_as
from tests.web.core.conftest import Member

pytestmark = pytest.mark.django_db
Cast = dict[Role, User]
NEW = {"name": "Rosa Méndez", "username": "", "language": "es", "email": "", "roles": ["organizer"]}


def post(client: Client, view: str, /, *args: Any, **typed: Any) -> Any:
    return client.post(reverse(f"core:{view}", args=args), typed)


@pytest.fixture
def admin(sign_in: SignIn) -> Client:
    return sign_in(Role.ADMIN)


@pytest.fixture
def director(sign_in: SignIn) -> Client:
    return sign_in(Role.DIRECTOR)


@pytest.fixture
def newcomer(admin: Client) -> User:
    post(admin, "invite", **NEW)
    return Invitation.objects.get().user


# --- pages ----------------------------------------------------------------------------------------
def test_officers_see_everybody(admin: Client, director: Client, cast: Cast) -> None:
    for client in (admin, director):
        page = client.get(reverse("core:users")).content.decode()
        assert "Name of Volunteer" in page
        assert client.get(reverse("core:user", args=[cast[Role.VOLUNTEER].pk])).status_code == 200


def test_a_visitor_is_asked_to_sign_in(cast: Cast) -> None:
    address = reverse("core:user", args=[cast[Role.ADMIN].pk])
    assert Client().get(address).url == f"/account/login/?next={address}"


def test_only_the_administrator_invites(director: Client, sign_in: SignIn) -> None:
    for client in (director, sign_in(Role.AUDITOR), sign_in(Role.MANAGER)):
        assert client.get(reverse("core:invite")).status_code == 404
        assert post(client, "invite", **NEW).status_code == 404
    assert not Invitation.objects.exists()


# --- inviting -------------------------------------------------------------------------------------
def test_an_invitation_shows_its_link_once(admin: Client) -> None:
    page = post(admin, "invite", **NEW).content.decode()
    address = re.search(r"http://testserver(/invitation/[\w-]{43}/)", page)
    assert address
    assert Client().get(address[1]).status_code == 200
    assert address[1] not in admin.get(reverse("core:users")).content.decode()
    assert address[1].split("/")[2].encode() not in bytes(Invitation.objects.get().mark)


def test_a_suggested_user_name_says_nothing_of_the_person(newcomer: User) -> None:
    assert re.fullmatch(r"[a-z]+-\d\d", newcomer.username)
    assert newcomer.language == "es"
    assert not newcomer.has_usable_password()


def test_a_user_name_is_taken_once_whatever_its_case(admin: Client) -> None:
    user_as(Role.TRAINER, "Sage-30")
    answer = post(admin, "invite", **{**NEW, "username": "sage-30"})
    assert answer.status_code == 422
    assert "Somebody else has this user name" in answer.content.decode()
    assert "Rosa Méndez" in answer.content.decode()


def test_the_link_is_mailed_where_mail_is_set_up(admin: Client) -> None:
    post(admin, "invite", **{**NEW, "email": "rosa@example.org"})
    assert not mail.outbox
    with override_settings(MAIL_IS_ON=True):
        page = post(admin, "invite", **{**NEW, "email": "rosa@example.org"}).content.decode()
    (letter,) = mail.outbox
    assert re.search(r"/invitation/[\w-]{43}/", letter.body)[0] in page  # type: ignore[index]
    assert "Rosa" not in letter.body + letter.subject


def test_the_double_tap_makes_one_account(admin: Client) -> None:
    first, second = (post(admin, "invite", **NEW, _once="3f2b1c9e-0000-4000-8000-000000000003") for _ in range(2))
    made = Invitation.objects.get()
    assert "/invitation/" in first.content.decode()
    assert second.url == reverse("core:user", args=[made.user_id])


# --- correcting a name ----------------------------------------------------------------------------------------------
EDITED = {"name": "Rosa Méndez", "email": "", "language": "ko", "version": "1"}


def test_a_name_is_corrected(admin: Client, cast: Cast) -> None:
    user = cast[Role.TRAINER]
    assert post(admin, "edit_user", user.pk, **EDITED).url == reverse("core:user", args=[user.pk])
    assert "Rosa Méndez" in admin.get(reverse("core:user", args=[user.pk])).content.decode()
    event = Event.objects.get(kind="user.edited")
    assert event.codes == ["language", "name"]
    assert User.objects.get(pk=user.pk).version == 2


def test_who_is_slower_sees_both_and_overwrites_nothing(admin: Client, cast: Cast) -> None:
    user = cast[Role.TRAINER]
    post(admin, "edit_user", user.pk, **EDITED)
    late = post(admin, "edit_user", user.pk, **{**EDITED, "name": "Rosa Mendes"})
    assert late.status_code == 409
    shown = late.content.decode()
    assert "Rosa Mendes" in shown
    assert "Rosa Méndez" in shown
    assert 'name="version" value="2"' in shown
    assert "Rosa Méndez" in admin.get(reverse("core:user", args=[user.pk])).content.decode()


def test_an_empty_name_stays_on_the_form(admin: Client, cast: Cast) -> None:
    answer = post(admin, "edit_user", cast[Role.TRAINER].pk, **{**EDITED, "name": " ", "email": "x"})
    assert answer.status_code == 422
    assert Event.objects.filter(kind="user.edited").count() == 0


def test_only_the_administrator_edits(director: Client, cast: Cast) -> None:
    assert post(director, "edit_user", cast[Role.TRAINER].pk, **EDITED).status_code == 404


# --- roles by two people --------------------------------------------------------------------------
def test_a_role_works_when_a_second_officer_said_yes(newcomer: User, admin: Client, director: Client) -> None:
    grant = RoleGrant.objects.get(user=newcomer)
    assert accounts.roles_of(newcomer) == []
    post(director, "approve_role", grant.pk)
    assert accounts.roles_of(newcomer) == [Role.ORGANIZER]
    kinds = Event.objects.filter(about=newcomer.pk).values_list("kind", flat=True)
    assert list(kinds) == ["user.invited", "role.proposed", "role.approved"]


def test_what_waits_is_listed_with_the_name(newcomer: User, director: Client) -> None:
    page = director.get(reverse("core:users")).content.decode()
    assert "Rosa Méndez · Organizer" in page
    assert "•••" not in page


def test_nobody_approves_their_own_proposal(newcomer: User, admin: Client) -> None:
    grant = RoleGrant.objects.get(user=newcomer)
    assert "Approve" not in admin.get(reverse("core:user", args=[newcomer.pk])).content.decode()
    post(admin, "approve_role", grant.pk)
    assert accounts.roles_of(newcomer) == []


def test_the_table_itself_refuses_one_person_for_both(newcomer: User, cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.update(approved_by=cast[Role.ADMIN])


def test_a_role_is_approved_once(newcomer: User, director: Client, cast: Cast) -> None:
    grant = RoleGrant.objects.get(user=newcomer)
    others = [user_as(Role.DIRECTOR, f"director-{n}") for n in range(20)]
    done = [actions.approve_role(by=Actor(o.pk, Role.DIRECTOR), grant=grant) for o in others]
    assert done.count(True) == 1
    assert Event.objects.filter(kind="role.approved").count() == 1


def test_every_officer_hears_of_a_proposal_in_their_language(cast: Cast) -> None:
    User.objects.filter(pk=cast[Role.DIRECTOR].pk).update(language="es")
    actor = Actor(cast[Role.ADMIN].pk, Role.ADMIN)
    actions.propose_role(by=actor, user=cast[Role.VOLUNTEER], role=Role.TRAINER)
    assert set(Task.objects.values_list("owner", flat=True)) == {cast[Role.ADMIN].pk, cast[Role.DIRECTOR].pk}


def test_a_declined_role_never_works_and_can_be_proposed_again(newcomer: User, admin: Client, director: Client) -> None:
    grant = RoleGrant.objects.get(user=newcomer)
    post(director, "end_role", grant.pk)
    post(director, "approve_role", grant.pk)
    assert accounts.roles_of(newcomer) == []
    post(admin, "propose_role", newcomer.pk, role="organizer")
    assert RoleGrant.objects.filter(user=newcomer, to_at=None).count() == 1


def test_a_role_that_does_not_exist_is_refused(newcomer: User, admin: Client) -> None:
    assert post(admin, "propose_role", newcomer.pk, role="owner").status_code == 422


@pytest.fixture
def alone(db: None) -> User:
    """The only officer there is."""
    return user_as(Role.ADMIN, "alone")


def test_the_only_officer_waits_a_day(alone: User, clock: Any) -> None:
    someone = User.objects.create(username="fern-20")
    actions.propose_role(by=Actor(alone.pk, Role.ADMIN), user=someone, role=Role.ORGANIZER)
    assert accounts.roles_of(someone) == []
    clock.shift(24 * 3600 - 1)
    assert accounts.roles_of(someone) == []
    clock.shift(1)
    assert accounts.roles_of(someone) == [Role.ORGANIZER]
    assert Task.objects.get().owner == alone


def test_the_second_officer_comes_at_once(alone: User) -> None:
    someone = User.objects.create(username="fern-20")
    actions.propose_role(by=Actor(alone.pk, Role.ADMIN), user=someone, role=Role.DIRECTOR)
    assert accounts.roles_of(someone) == [Role.DIRECTOR]


def test_the_only_officer_gives_themselves_nothing_at_once(alone: User) -> None:
    actions.propose_role(by=Actor(alone.pk, Role.ADMIN), user=alone, role=Role.DIRECTOR)
    assert accounts.roles_of(alone) == [Role.ADMIN]


def test_an_officer_who_has_not_come_in_does_not_count(alone: User) -> None:
    second = user_as(Role.DIRECTOR, "fern-20")
    Authenticator.objects.filter(user=second).delete()
    assert list(queries.all_officers()) == [alone]


# --- acts at the next request (M06) ---------------------------------------------------------------
TRIALS = int(os.environ.get("CENTRO_TRIALS", "5"))  # of each of five kinds; 40 make the 200 of the long run
CUTS = {
    "disabled": lambda by, user: actions.disable_user(by=by, user=user),
    "signed out": lambda by, user: actions.end_sessions(by=by, user=user),
    "role ended": lambda by, user: actions.end_role(by=by, grant=RoleGrant.objects.get(user=user)),
    "role ran out": lambda by, user: RoleGrant.objects.filter(user=user).update(to_at=clock.now()),
}


@pytest.mark.parametrize("how", CUTS)
def test_a_cut_acts_at_the_next_request(how: str, with_passkey: Any, cast: Cast) -> None:
    by = Actor(cast[Role.ADMIN].pk, Role.ADMIN)
    for trial in range(TRIALS):
        member: Member = with_passkey(Role.FRONT_DESK, username=f"fern-{trial}")
        assert member.client.get("/").status_code == 200
        CUTS[how](by, member.user)
        assert member.client.get("/").status_code != 200


def test_a_place_that_ends_acts_at_the_next_request(cast: Cast) -> None:
    """A counsellor on a team opens its people until the moment she is taken off it."""
    by, user, team = Actor(cast[Role.MANAGER].pk, Role.MANAGER), cast[Role.COUNSELLOR], uuid4()
    client = signed_in(user)
    for _ in range(TRIALS):
        person = Person.objects.create(given="Rosa")
        Involvement.objects.create(person=person, scope_kind="case", scope=team)
        place = actions.give_place(by=by, user=user, scope_kind="case", scope=team, relation=Relation.TEAM)
        page = reverse("people:person", args=[person.pk])
        assert client.get(page).status_code == 200
        actions.end_place(by=by, place=place)
        assert client.get(page).status_code == 404


def test_without_the_cut_the_next_request_is_answered(with_passkey: Any) -> None:
    """The control: the test above would see a cut that does nothing."""
    member = with_passkey(Role.FRONT_DESK)
    assert [member.client.get("/").status_code for _ in range(2)] == [200, 200]


def test_a_role_cut_leaves_the_others(sign_in: SignIn, cast: Cast) -> None:
    user = cast[Role.AUDITOR]
    second = RoleGrant.objects.create(user=user, role=Role.FRONT_DESK, from_at=clock.now())
    client = signed_in(user)
    client.post(reverse("web:choose_role"), {"role": "auditor"})
    assert client.get(reverse("core:log")).status_code == 200
    RoleGrant.objects.filter(user=user).exclude(pk=second.pk).update(to_at=clock.now())
    assert client.get(reverse("core:log")).status_code == 404
    assert client.get("/").status_code == 200


def test_roles_never_add_up(cast: Cast) -> None:
    user = cast[Role.AUDITOR]
    RoleGrant.objects.create(user=user, role=Role.ADMIN, from_at=clock.now())
    client = signed_in(user)
    for role, users, log in (("auditor", 404, 200), ("admin", 200, 200)):
        client.post(reverse("web:choose_role"), {"role": role})
        assert client.get(reverse("core:users")).status_code == users
        assert client.get(reverse("core:log")).status_code == log
    assert client.post(reverse("web:choose_role"), {"role": "attorney"}).status_code == 404


# --- shutting, opening ----------------------------------------------------------------------------
def test_a_shut_account_comes_back_without_roles(admin: Client, cast: Cast) -> None:
    user = cast[Role.TRAINER]
    post(admin, "disable", user.pk)
    assert "shut" in admin.get(reverse("core:user", args=[user.pk])).content.decode()
    post(admin, "enable", user.pk)
    user.refresh_from_db()
    assert user.is_active
    assert accounts.roles_of(user) == []


def test_nobody_shuts_themselves_out(admin: Client, cast: Cast) -> None:
    page = admin.post(reverse("core:disable", args=[cast[Role.ADMIN].pk]), follow=True)
    assert "Nobody shuts themselves out" in page.content.decode()
    assert User.objects.get(pk=cast[Role.ADMIN].pk).is_active


def test_the_last_officer_stays(alone: User) -> None:
    by = Actor(alone.pk, Role.ADMIN)
    with pytest.raises(actions.NotAllowed):
        actions.end_role(by=by, grant=RoleGrant.objects.get(user=alone))
    assert accounts.roles_of(alone) == [Role.ADMIN]


def test_a_director_does_not_shut_accounts(director: Client, cast: Cast) -> None:
    for name in ("disable", "enable", "end_sessions", "invite_again", "propose_recovery", "propose_role"):
        assert post(director, name, cast[Role.TRAINER].pk).status_code == 404
    assert User.objects.get(pk=cast[Role.TRAINER].pk).is_active


# --- letting back in ------------------------------------------------------------------------------
@pytest.fixture
def lost(with_passkey: Any, cast: Cast) -> Member:
    return with_passkey(Role.ORGANIZER, username="fern-20")  # type: ignore[no-any-return]


def test_recovery_takes_two_who_recognised_the_person(lost: Member, admin: Client, director: Client) -> None:
    post(admin, "propose_recovery", lost.user.pk)
    recovery = Invitation.objects.get(reason="recover")
    post(admin, "approve_recovery", recovery.pk)
    assert "invitation/" not in post(admin, "make_recovery_link", recovery.pk).content.decode()
    post(director, "approve_recovery", recovery.pk)
    page = post(admin, "make_recovery_link", recovery.pk).content.decode()
    link = re.search(r"/invitation/([\w-]{43})/", page)[1]  # type: ignore[index]
    there = lost.client
    lost.leave()
    lost.come_in(link)
    assert accounts.factors_of(lost.user) == set()
    assert there.get("/").status_code == 302
    lost.make_passkey()
    assert lost.client.get("/").status_code == 200
    assert accounts.roles_of(lost.user) == [Role.ORGANIZER]


def test_the_recovery_link_is_made_once(lost: Member, cast: Cast) -> None:
    by = Actor(cast[Role.ADMIN].pk, Role.ADMIN)
    recovery = actions.propose_recovery(by=by, user=lost.user)
    actions.approve_recovery(by=Actor(cast[Role.DIRECTOR].pk, Role.DIRECTOR), invitation=recovery)
    actions.make_recovery_link(by=by, invitation=recovery)
    with pytest.raises(actions.NotAllowed):
        actions.make_recovery_link(by=by, invitation=recovery)


def test_until_the_link_is_used_the_old_way_works(lost: Member, admin: Client, director: Client) -> None:
    post(admin, "propose_recovery", lost.user.pk)
    post(director, "approve_recovery", Invitation.objects.get(reason="recover").pk)
    assert lost.client.get("/").status_code == 200


def test_nobody_recovers_their_own_account(cast: Cast) -> None:
    with pytest.raises(actions.NotAllowed):
        actions.propose_recovery(by=Actor(cast[Role.ADMIN].pk, Role.ADMIN), user=cast[Role.ADMIN])


def test_the_only_officer_waits_a_day_to_recover(alone: User, with_passkey: Any, clock: Any) -> None:
    lost, by = with_passkey(Role.ORGANIZER, username="fern-20"), Actor(alone.pk, Role.ADMIN)
    recovery = actions.propose_recovery(by=by, user=lost.user)
    with pytest.raises(actions.NotAllowed):
        actions.make_recovery_link(by=by, invitation=recovery)
    clock.shift(timedelta(days=1))
    assert actions.make_recovery_link(by=by, invitation=recovery)


def test_who_has_come_in_gets_no_second_invitation(lost: Member, admin: Client) -> None:
    answer = admin.post(reverse("core:invite_again", args=[lost.user.pk]), follow=True)
    assert "has already come in" in answer.content.decode()


def test_a_new_link_for_who_has_not(newcomer: User, admin: Client) -> None:
    page = post(admin, "invite_again", newcomer.pk).content.decode()
    assert re.search(r"/invitation/[\w-]{43}/", page)
    assert Invitation.objects.filter(user=newcomer, ends_at__gt=clock.now()).count() == 1
