"""One person's page: who sees what, editing, revealing, restricting."""

import re
from collections.abc import Callable

import pytest

from centro.core.classes import Relation, Role
from centro.core.models import Access, Event, Place, User
from centro.core.policy import Actor
from centro.people import actions
from centro.people.models import Employment, Phone
from tests.web.conftest import SignIn, page_of
from tests.web.people.conftest import MakePerson

Acting = Callable[[Role], Actor]


def test_opening_a_person_leaves_one_access_row_without_values(sign_in: SignIn, add_person: MakePerson) -> None:
    person = add_person(given="Rosa", family="Hernández", phone="+12135550123")
    sign_in(Role.FRONT_DESK).get(f"/people/{person.pk}/")
    row = Access.objects.get(kind="open")
    assert str(person.pk) in row.records
    assert "people.person.given" in row.fields
    assert "Rosa" not in str(row.__dict__)


def test_who_is_not_theirs_is_not_there(sign_in: SignIn, add_person: MakePerson) -> None:
    person = add_person(given="Rosa")
    organizer = sign_in(Role.ORGANIZER)
    hidden, absent = (
        organizer.get(f"/people/{person.pk}/"),
        organizer.get("/people/00000000-0000-4000-8000-000000000000/"),
    )
    assert hidden.status_code == absent.status_code == 404
    assert page_of(hidden) == page_of(absent)
    assert Access.objects.filter(kind="refuse").count() == 2


def test_the_front_desk_sees_a_masked_phone_and_may_tap_for_all_of_it(sign_in: SignIn, add_person: MakePerson) -> None:
    person = add_person(given="Rosa", phone="+12135550123")
    desk = sign_in(Role.FRONT_DESK)
    assert "(213) 555-0123" not in desk.get(f"/people/{person.pk}/").content.decode()
    assert "(213) 555-0123" in desk.post(f"/people/{person.pk}/reveal/").content.decode()
    assert Access.objects.filter(kind="reveal").count() == 1


def test_over_the_budget_nothing_more_is_revealed(
    sign_in: SignIn, add_person: MakePerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    from centro.core import queries

    monkeypatch.setitem(queries.REVEAL_BUDGET, Role.FRONT_DESK, 2)
    person, desk = add_person(given="Rosa", phone="+12135550123"), sign_in(Role.FRONT_DESK)
    answers = [desk.post(f"/people/{person.pk}/reveal/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "555-0123" not in answers[2].content.decode()


def test_over_the_budget_the_form_of_a_number_does_not_open_either(
    sign_in: SignIn, add_person: MakePerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    from centro.core import queries

    monkeypatch.setitem(queries.REVEAL_BUDGET, Role.FRONT_DESK, 1)
    person, desk = add_person(given="Rosa", phone="+12135550123"), sign_in(Role.FRONT_DESK)
    form = f"/people/{person.pk}/phones/{person.phones.get().pk}/edit/"
    assert "555-0123" in desk.get(form).content.decode().replace("+1213555", "555-")
    refused = desk.get(form, follow=True).content.decode()
    assert "as many numbers as one shift allows" in refused
    assert "+12135550123" not in refused
    both = desk.post(form, {"number": "213 555 0177", "kind": "home", "version": "7"}).content.decode()
    assert "+12135550123" not in both


def test_correcting_a_job_opens_no_number(sign_in: SignIn, add_person: MakePerson) -> None:
    person, desk = add_person(given="Rosa"), sign_in(Role.FRONT_DESK)
    desk.post(f"/people/{person.pk}/employments/add/", {"workplace_name": "Casa Lupita", "works_as": "employee"})
    assert desk.get(f"/people/{person.pk}/employments/{person.employments.get().pk}/edit/").status_code == 200
    assert not Access.objects.filter(kind="reveal").exists()


def test_every_link_on_a_volunteers_page_of_a_person_leads_somewhere(
    sign_in: SignIn, add_person: MakePerson, actor: Callable[[Role], Actor], cast: dict[Role, User]
) -> None:
    desk, person = actor(Role.FRONT_DESK), add_person(given="Rosa", phone="+12135550123")
    shop = actions.add_workplace(by=desk, details={"name": "Casa Lupita"})
    actions.add_part(by=desk, person=person, part=Employment, details={"workplace": shop})
    tie = actions.involve(by=desk, person=person, scope_kind="shift", scope=person.pk)
    Place.objects.create(user=cast[Role.VOLUNTEER], relation=Relation.ASSIGNED, scope_kind="shift", scope=tie.scope)
    volunteer = sign_in(Role.VOLUNTEER)
    page = volunteer.get(f"/people/{person.pk}/").content.decode()
    links = set(re.findall(r'href="(/(?!static/)[^"#]*)"', page.partition("<main")[2]))
    assert [link for link in links if volunteer.get(link).status_code == 404] == []


def test_an_organizer_sees_the_whole_phone_of_people_in_their_care(sign_in: SignIn, add_person: MakePerson) -> None:
    person = add_person(given="Rosa", phone="+12135550123", role=Role.ORGANIZER)
    assert "(213) 555-0123" in sign_in(Role.ORGANIZER).get(f"/people/{person.pk}/").content.decode()


def test_editing_corrects_and_leaves_an_event_with_field_names_only(sign_in: SignIn, add_person: MakePerson) -> None:
    person = add_person(given="Rosa")
    desk = sign_in(Role.FRONT_DESK)
    page = desk.post(
        f"/people/{person.pk}/edit/", {"given": "Elena", "language": "es", "version": "1"}, follow=True
    ).content.decode()
    assert "Elena" in page
    assert Event.objects.get(kind="person.edited").codes == ["given", "language"]


def test_two_people_editing_one_person_see_both_versions(sign_in: SignIn, add_person: MakePerson) -> None:
    person = add_person(given="Rosa")
    desk, steward = sign_in(Role.FRONT_DESK), sign_in(Role.STEWARD)
    url = f"/people/{person.pk}/edit/"
    desk.post(url, {"given": "Elena", "language": "en", "version": "1"})
    answer = steward.post(url, {"given": "Rosalía", "language": "en", "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Elena" in page
    assert "Rosalía" in page
    assert "Elena" in desk.get(f"/people/{person.pk}/").content.decode()
    assert steward.post(url, {"given": "Rosalía", "language": "en", "version": "2"}).status_code == 302


@pytest.mark.parametrize("version", ["", "x", "-1", "999999999999"])
def test_a_broken_version_overwrites_nothing(version: str, sign_in: SignIn, add_person: MakePerson) -> None:
    person = add_person(given="Rosa")
    answer = sign_in(Role.FRONT_DESK).post(
        f"/people/{person.pk}/edit/", {"given": "Elena", "language": "en", "version": version}
    )
    assert answer.status_code == 409


def test_bad_input_stays_on_the_edit_form(sign_in: SignIn, add_person: MakePerson) -> None:
    person = add_person(given="Rosa")
    answer = sign_in(Role.FRONT_DESK).post(
        f"/people/{person.pk}/edit/", {"given": "", "language": "en", "version": "1"}
    )
    assert answer.status_code == 422
    assert "at least one name" in answer.content.decode()


def test_a_director_sees_but_does_not_edit(sign_in: SignIn, add_person: MakePerson) -> None:
    person = add_person(given="Rosa")
    director = sign_in(Role.DIRECTOR)
    assert director.get(f"/people/{person.pk}/").status_code == 200
    assert director.get(f"/people/{person.pk}/edit/").status_code == 404


def test_a_restricted_person_is_in_no_list_and_can_come_back(sign_in: SignIn, add_person: MakePerson) -> None:
    person, desk = add_person(given="Rosa"), sign_in(Role.FRONT_DESK)
    desk.post(f"/people/{person.pk}/restrict/")
    assert "Rosa" not in desk.get("/people/").content.decode()
    desk.post(f"/people/{person.pk}/restrict/")
    assert "Rosa" in desk.get("/people/").content.decode()


def test_parts_are_added_corrected_and_removed(sign_in: SignIn, add_person: MakePerson) -> None:
    person, desk = add_person(given="Rosa"), sign_in(Role.FRONT_DESK)
    base = f"/people/{person.pk}"
    desk.post(f"{base}/phones/add/", {"number": "213 555 0123", "kind": "mobile", "shared_with": "her sister"})
    phone = Phone.objects.get()
    desk.post(f"{base}/phones/{phone.pk}/edit/", {"number": "213 555 0124", "kind": "home", "version": "1"})
    assert "••• ••• 0124" in desk.get(f"{base}/").content.decode()
    desk.post(f"{base}/emails/add/", {"address": "Rosa@Example.org"})
    desk.post(f"{base}/residencies/add/", {"street": "12 Main St", "city": "Los Angeles", "zip": "90005"})
    desk.post(f"{base}/employments/add/", {"workplace_name": "Casa Lupita", "works_as": "employee", "job": "cook"})
    page = desk.get(f"{base}/").content.decode()
    assert all(word in page for word in ("•••@example.org", "12 Main St", "Casa Lupita", "cook"))
    desk.post(f"{base}/phones/{phone.pk}/remove/")
    assert not Phone.objects.exists()
    kinds = set(Event.objects.filter(person=person.pk).values_list("kind", flat=True))
    assert {"person.phone_added", "person.phone_edited", "person.phone_removed", "person.employment_added"} <= kinds


@pytest.mark.parametrize(
    ("kind", "sent", "words"),
    [
        ("phones", {"number": "1", "kind": "mobile"}, "does not look like a phone"),
        ("emails", {"address": "rosa"}, "valid email"),
        ("residencies", {"street": "x", "from_on": "1899-01-01"}, "check the year"),
        ("residencies", {"street": "x", "from_on": "2026-01-02", "to_on": "2026-01-01"}, "before the beginning"),
        ("employments", {"works_as": "employee"}, "where they work"),
    ],
)
def test_bad_parts_stay_on_their_form(
    kind: str, sent: dict[str, str], words: str, sign_in: SignIn, add_person: MakePerson
) -> None:
    answer = sign_in(Role.FRONT_DESK).post(f"/people/{add_person().pk}/{kind}/add/", sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_an_unknown_kind_of_part_is_not_there(sign_in: SignIn, add_person: MakePerson) -> None:
    assert sign_in(Role.FRONT_DESK).get(f"/people/{add_person().pk}/passports/add/").status_code == 404


def test_a_part_of_somebody_else_is_not_there(sign_in: SignIn, add_person: MakePerson) -> None:
    mine, other = add_person(given="Rosa"), add_person(given="Ana", phone="+12135550123")
    phone = other.phones.get()
    assert sign_in(Role.FRONT_DESK).post(f"/people/{mine.pk}/phones/{phone.pk}/remove/").status_code == 404
    assert Phone.objects.exists()


def test_handing_over_hides_the_person_from_the_one_who_gave(
    sign_in: SignIn, add_person: MakePerson, cast: dict[Role, object]
) -> None:
    person = add_person(given="Rosa", role=Role.ORGANIZER)
    organizer = sign_in(Role.ORGANIZER)
    organizer.post(f"/people/{person.pk}/hand-over/", {"to": "test-counsellor"})
    assert organizer.get(f"/people/{person.pk}/").status_code == 404
    assert sign_in(Role.COUNSELLOR).get(f"/people/{person.pk}/").status_code == 200


def test_an_action_and_its_event_stand_or_fall_together(
    actor: Acting, add_person: MakePerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    from centro.core import audit
    from centro.people.models import Person

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the log is full")

    person = add_person(given="Rosa")
    monkeypatch.setattr(audit, "_append", broken)
    with pytest.raises(RuntimeError):
        actions.edit_person(by=actor(Role.FRONT_DESK), person=person, version=1, details={"given": "Elena"})
    assert Person.objects.get(pk=person.pk).version == 1


def test_the_page_takes_the_same_queries_however_much_there_is(
    sign_in: SignIn, add_person: MakePerson, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    person, desk = add_person(given="Rosa", phone="+12135550123"), sign_in(Role.FRONT_DESK)
    for i in range(12):
        desk.post(f"/people/{person.pk}/phones/add/", {"number": f"213 555 02{i:02}", "kind": "mobile"})
    with django_assert_max_num_queries(30):  # type: ignore[attr-defined]
        desk.get(f"/people/{person.pk}/")


def test_a_member_number_stands_on_the_page(sign_in: SignIn, add_person: MakePerson) -> None:
    person, desk = add_person(given="Rosa"), sign_in(Role.FRONT_DESK)
    desk.post(
        f"/people/{person.pk}/edit/", {"given": "Rosa", "language": "es", "member_number": "M-104", "version": "1"}
    )
    assert "M-104" in desk.get(f"/people/{person.pk}/").content.decode()
