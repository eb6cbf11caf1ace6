"""Other programs: the columns of their tables, lists with OSDI’s names, the record of a campaign without names."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from centro.core import access
from centro.core import clock as center
from centro.core.classes import Role
from centro.core.models import Access, Event, User
from centro.organizing import actions
from centro.organizing.models import Campaign, Contact
from centro.people import actions as people
from centro.people import columns, exports, imports, mappings, queries
from centro.people.models import Email, Employment, Export, Person, Residency
from centro.people.tables import Table
from tests.web.conftest import SignIn, signed_in, user_as
from tests.web.organizing.conftest import Acting, MakePerson
from tests.web.organizing.events import make_event, say
from tests.web.organizing.test_ties import flat

ZETKIN = ["id", "first_name", "last_name", "phone", "alt_phone", "email", "street_address", "co_address", "zip_code"]
CIVICRM = [
    *("Contact ID", "Do Not Phone", "Sort Name", "Display Name", "Nickname", "Preferred Language", "First Name"),
    *("Last Name", "Current Employer", "Street Address", "City", "Postal Code", "Phone", "Email"),
]


# --- tables of other tools ---------------------------------------------------------------------------------------


def test_every_mapping_says_where_it_was_read_and_leads_to_fields_we_have() -> None:
    assert {one.name for one in mappings.mappings()} == {
        *("OSDI", "Action Builder", "Zetkin", "Broadstripes", "CiviCRM"),
    }
    for one in mappings.mappings():
        assert len(one.source) > 20, one.name
        assert set(one.columns.values()) <= set(columns.FIELDS), one.name
        assert one.needs, one.name


@pytest.mark.parametrize("name", ["OSDI", "Action Builder", "Zetkin", "Broadstripes", "CiviCRM"])
def test_a_table_with_all_its_headings_is_recognized_as_its_own(name: str) -> None:
    tool = next(one for one in mappings.mappings() if one.name == name)
    header = [heading.upper().replace(" ", "_") for heading in sorted(tool.needs | set(tool.columns))]
    assert mappings.recognize(header) is tool
    assert mappings.recognize(["Name", "Phone"]) is None
    assert mappings.recognize([]) is None


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (ZETKIN, ["", "given", "family", "number", "", "address", "street", "", "zip"]),
        (
            CIVICRM,
            [
                *("", "", "", "", "call_me", "language", "given"),
                *("family", "workplace_name", "street", "city", "zip", "number", "address"),
            ],
        ),
    ],
)
def test_columns_of_a_known_tool_are_chosen_by_themselves(header: list[str], fields: list[str]) -> None:
    guessed = columns.guess(header)
    assert [field for field in guessed if field] == list(dict.fromkeys(field for field in guessed if field))
    for heading, field, wanted in zip(header, guessed, fields, strict=True):
        if wanted:
            assert field == wanted, heading


def test_the_page_says_which_tool_it_is_from(sign_in: SignIn, actor: Acting) -> None:
    row = ["7", "Rosa", "Luna", "2135550142", "", "rosa@example.org", "12 Magpie Street", "", "90006"]
    batch = imports.bring_in(by=actor(Role.STEWARD), name="people.csv", table=Table(ZETKIN, [row]))
    page = sign_in(Role.STEWARD).get(f"/people/imports/{batch.pk}/").content.decode()
    assert "a table from Zetkin" in page
    by = actor(Role.STEWARD)
    imports.choose_columns(by=by, batch=batch, fields=batch.columns)
    with access.viewing(by):
        batch = queries.get_import(by, batch.pk)
        imports.check_batch(by=by, batch=batch)
        imports.start_adding(by=by, batch=batch, adds_alike=False)
        imports.add_batch(by=by, batch=batch)
        person = Person.objects.visible_to(by, "see").get()
        assert (person.given, person.family) == ("Rosa", "Luna")
        assert person.phones.get().number_mark is not None


# --- lists with the names of OSDI --------------------------------------------------------------------------------


@pytest.fixture
def listed(actor: Acting) -> str:
    """The text of an OSDI list with one person in it, as the steward takes it."""
    by = actor(Role.STEWARD)
    details = {"given": "=Rosa", "family": "Luna", "family2": "Paz", "language": "es", "languages": ["en"]}
    person = people.add_person(by=by, details=details, phone={"number": "+12135550142", "text_ok": True})
    people.add_part(by=by, person=person, part=Email, details={"address": "rosa@example.org"})
    home = {"street": "12 Magpie Street", "unit": "3", "city": "Los Angeles", "zip": "90006"}
    people.add_part(by=by, person=person, part=Residency, details=home)
    shop = people.add_workplace(by=by, details={"name": "La Cazuela"})
    people.add_part(by=by, person=person, part=Employment, details={"workplace": shop})
    export = exports.ask_for_export(by=by, reason="To the coalition", shape=Export.Shape.OSDI)
    with access.viewing(by):
        exports.make_export(by=by, export=export)
    return exports.take_export(by=by, export=export)


def test_a_list_carries_the_names_of_osdi_and_no_street(listed: str) -> None:
    (row,) = csv.DictReader(io.StringIO(listed))
    assert row["identifier"].startswith("centro:")
    del row["identifier"]
    assert row == {
        "given_name": "'=Rosa",  # never a formula
        "family_name": "Luna Paz",
        "preferred_language": "es",
        "languages_spoken": "es en",
        "phones.number": "12135550142",
        "phones.sms_capable": "true",
        "emails.address": "rosa@example.org",
        "addresses.locality": "Los Angeles",
        "addresses.postal_code": "90006",
        "employer": "La Cazuela",
    }
    assert "Magpie" not in listed


def test_what_goes_out_comes_in_again_by_itself(listed: str) -> None:
    header = next(csv.reader(io.StringIO(listed)))
    tool = mappings.recognize(header)
    assert tool is not None
    assert tool.name == "OSDI"
    found = dict(zip(header, columns.guess(header), strict=True))
    assert found["given_name"] == "given"
    assert found["preferred_language"] == "language"
    assert found["addresses.postal_code"] == "zip"


def test_the_form_asks_for_a_shape_and_knows_no_other(sign_in: SignIn) -> None:
    steward = sign_in(Role.STEWARD)
    assert 'name="shape"' in steward.get("/people/exports/").content.decode()
    assert steward.post("/people/exports/ask/", {"reason": "x", "shape": "xml"}).status_code == 422
    steward.post("/people/exports/ask/", {"reason": "x", "shape": "osdi"})
    steward.post("/people/exports/ask/", {"reason": "x"})
    assert sorted(Export.objects.values_list("shape", flat=True)) == ["contacts", "osdi"]


# --- the record of a campaign --------------------------------------------------------------------------------------


@pytest.fixture
def record(add_worker: MakePerson, actor: Acting, campaign: Campaign) -> Person:
    """Two tries with somebody, one of them a talk, and their answer about a meeting."""
    by, rosa = actor(Role.ORGANIZER), add_worker(given="Rosa", family="Secreta", phone="+12135550142")
    for outcome, back in (("not_home", 2), ("talked", 1)):
        at = center.now() - timedelta(days=back)
        told = actions.Told(outcome=outcome, story="A secret story", value=4, device_at=at)
        actions.log_contact(by=by, campaign=campaign, person=rosa, told=told, contact_id=uuid4())
    gathering = make_event(by, campaign)
    say(by, gathering, rosa, "yes")
    return rosa


def take(client: Client, campaign: Campaign, what: str) -> list[dict[str, str]]:
    answer = client.post(f"/organizing/campaigns/{campaign.pk}/osdi/{what}/")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_contacts_go_out_as_canvasses_without_names(sign_in: SignIn, record: Person, campaign: Campaign) -> None:
    organizer = sign_in(Role.ORGANIZER)
    assert "canvass" in organizer.get(f"/organizing/campaigns/{campaign.pk}/osdi/").content.decode()
    rows = take(organizer, campaign, "canvasses")
    assert [row["status_code"] for row in rows] == ["success", "not-home"]
    assert [row["success"] for row in rows] == ["true", "false"]
    assert {row["target"] for row in rows} == {f"centro:{record.pk}"}
    assert {row["contact_type"] for row in rows} == {"in-person"}
    for hidden in ("Rosa", "Secreta", "secret", "5550142"):
        assert hidden not in str(rows)
    assert all(len(row) == 7 for row in rows)  # and no column for an assessment
    assert Event.objects.get(kind="campaign.taken_out").codes == ["canvasses", "rows:2"]
    assert Access.objects.filter(kind="export", route="organizing:take_osdi").exists()


def test_a_table_holds_two_hundred_rows_and_the_page_says_so(
    sign_in: SignIn, record: Person, campaign: Campaign, actor: Acting
) -> None:
    organizer, user = sign_in(Role.ORGANIZER), actor(Role.ORGANIZER).user_id
    tries = {"person": record, "campaign": campaign, "outcome": "not_home", "by_id": user}
    tries |= {"at": center.now(), "device_at": center.now()}
    Contact.objects.bulk_create(Contact(**tries) for _ in range(205))
    rows = take(organizer, campaign, "canvasses")
    assert len(rows) == 200
    assert {row["status_code"] for row in rows} == {"not-home"}  # the newest, not the older talk
    page = flat(organizer.get(f"/organizing/campaigns/{campaign.pk}/osdi/"))
    assert "Each table holds the 200 newest rows." in page


def test_answers_go_out_as_attendances(sign_in: SignIn, record: Person, campaign: Campaign, actor: Acting) -> None:
    (row,) = take(sign_in(Role.ORGANIZER), campaign, "attendances")
    assert (row["status"], row["attended"], row["person"]) == ("accepted", "", f"centro:{record.pk}")


def test_only_whoever_leads_takes_it_and_after_showing_the_second_factor(
    sign_in: SignIn, record: Person, campaign: Campaign, cast: dict[Role, User], actor: Acting
) -> None:
    path = f"/organizing/campaigns/{campaign.pk}/osdi/"
    colleague = user_as(Role.ORGANIZER, "zoila")
    actions.join_team(by=actor(Role.ORGANIZER), campaign=campaign, user=colleague)
    for client in (signed_in(colleague), sign_in(Role.MANAGER), sign_in(Role.VOLUNTEER), sign_in(Role.STEWARD)):
        assert client.get(path).status_code == 404
        assert client.post(f"{path}canvasses/").status_code == 404
    organizer = sign_in(Role.ORGANIZER)
    assert organizer.post(f"{path}people/").status_code == 404
    assert organizer.get(f"{path}canvasses/").status_code == 405
    session = organizer.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "webauthn", "at": 0}]
    session.save()
    assert "reauthenticate" in organizer.post(f"{path}canvasses/").url
    assert not Event.objects.filter(kind="campaign.taken_out").exists()


def test_a_visitor_is_asked_to_sign_in(campaign: Campaign) -> None:
    assert Client().post(f"/organizing/campaigns/{campaign.pk}/osdi/canvasses/").url.startswith("/account/login/")
