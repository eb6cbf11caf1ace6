"""The invented people: homes of one to five, with phones, work, consents and the teams that know them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from random import Random
from uuid import UUID

from centro.core import clock, content
from centro.core.audit import event, record_events
from centro.core.models import Event
from centro.core.vault import keyring
from centro.people import homes
from centro.people.choices import AgeBand, How, MetThrough, PhoneKind, Purpose, Tenure, WorkAs
from centro.people.models import (
    Consent,
    Employment,
    Household,
    Involvement,
    Person,
    Phone,
    Residency,
    Workplace,
)
from centro.web.demo import employers, names
from centro.web.demo.staff import Staff

_AREA_CODES = (213, 323, 310, 818, 626, 562, 714, 424, 747, 909, 657, 949, 661, 805, 951, 760)
_ZIPS = (
    "90004",
    "90005",
    "90006",
    "90010",
    "90019",
    "90020",
    "90029",
    "90057",
    "90018",
    "90007",
    "90037",
    "90011",
)
_FIELDS_OF: dict[str, tuple[str, ...]] = {
    "organizer": (employers.RESTAURANT, employers.MARKET, employers.BAKERY),
    "organizer_2": (employers.GARMENT, employers.NAILS, employers.LAUNDRY, employers.HOTEL),
    "organizer_3": (employers.CAR_WASH, employers.JANITORIAL, employers.WAREHOUSE, employers.BUILDING),
}
_CASEWORKERS = ("counsellor", "counsellor_2", "counsellor", "attorney")
_SAFE: dict[str, tuple[str, ...]] = {
    "es": (
        "Trabaja de noche: llamar después de las 2 de la tarde",
        "Diga que llama de la clínica",
        "No mandar mensajes: el hijo usa el teléfono",
    ),
    "ko": ("야간 근무: 오후 2시 이후에 전화", "가게로 전화하지 마세요", "문자만 보내세요"),
    "en": ("Works nights: call after 2 pm", "Never call at work", "Ask for the daughter, she interprets"),
}
_RELATIVES = {
    "es": ("hermana", "esposo", "mamá"),
    "ko": ("남편", "언니", "딸"),
    "en": ("sister", "roommate", "husband"),
}
DAYS_BACK = 1150  # the first of them long enough ago to be asked whether their files are still needed


@dataclass
class Batch:
    """Rows of some homes, in the order they are saved."""

    households: list[Household] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    phones: list[Phone] = field(default_factory=list)
    residencies: list[Residency] = field(default_factory=list)
    employments: list[Employment] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    involvements: list[Involvement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def save(self) -> None:
        """Keys first, then the rows that they seal, then what was done, in the order of time."""
        with keyring.held_for_request():
            for person, key in zip(self.people, keyring.new_vaults("person-identity", len(self.people)), strict=True):
                person.key = key
            Household.objects.bulk_create(self.households)
            Person.objects.bulk_create(self.people)
            Phone.objects.bulk_create(self.phones)
            homes.settle(self.residencies)
            Residency.objects.bulk_create(self.residencies)
            Employment.objects.bulk_create(self.employments)
            Consent.objects.bulk_create(self.consents)
        Involvement.objects.bulk_create(self.involvements)
        record_events(sorted(self.events, key=lambda entry: entry.at))


@dataclass
class Maker:
    """Makes homes one after another, the longest known first."""

    rng: Random
    staff: Staff
    shops: list[Workplace]
    total: int
    made: int = 0
    buildings: list[tuple[str, str]] = field(default_factory=list)

    def batches(self, size: int = 1000) -> Iterator[Batch]:
        """Batches of about `size` people until `total` are made."""
        while self.made < self.total:
            batch = Batch()
            while len(batch.people) < size and self.made < self.total:
                self._home(batch)
            yield batch

    def _home(self, batch: Batch) -> None:
        rng = self.rng
        size = min(rng.choices((1, 2, 3, 4, 5), weights=(70, 15, 8, 5, 2))[0], self.total - self.made)
        language = names.language(rng)
        family = names.family(rng, language)
        household = Household(id=self._id()) if size > 1 else None
        if household:
            batch.households.append(household)
        address = self._address()
        number = self._number()
        for place in range(size):
            is_sharing = place > 0 and rng.random() < 0.25
            person = self._person(batch, language, family, household, address[2])
            self._phone(batch, person, number if place == 0 or is_sharing else self._number(), is_shared=is_sharing)
            self._residency(batch, person, address)
            self._work(batch, person)
            self._consents(batch, person)

    def _address(self) -> tuple[str, str, str]:
        """Street, unit and ZIP code: one home in three is in a building where somebody else lives whom we know."""
        rng = self.rng
        if self.buildings and rng.random() < 0.35:
            street, zip_code = rng.choice(self.buildings)
        else:
            street, zip_code = f"{rng.randrange(100, 4900)} {rng.choice(employers.STREETS)}", rng.choice(_ZIPS)
            self.buildings.append((street, zip_code))
        return street, str(rng.randrange(1, 40)), zip_code

    def _id(self) -> UUID:
        return UUID(int=self.rng.getrandbits(128), version=4)

    def _person(self, batch: Batch, language: str, family: str, household: Household | None, zip_code: str) -> Person:
        rng, name = self.rng, names.person(self.rng, language, family)
        added_at = self._moment()
        self.made += 1
        desk = self.staff.users["front_desk" if rng.random() < 0.6 else "front_desk_2"]
        person = Person(
            id=self._id(),
            given=name.given,
            family=name.family,
            family2=name.family2,
            native=name.native,
            romanized=name.romanized,
            call_me=name.call_me,
            birth_year=str(rng.randrange(1950, 2006)) if rng.random() < 0.5 else "",
            age_band=rng.choice(AgeBand.values[1:]),
            language=language,
            languages=_also_speaks(rng, language),
            zip=zip_code,
            met_through=rng.choice(MetThrough.values),
            household=household,
            member_number=f"K-{self.made:05d}" if rng.random() < 0.35 else "",
            safe_contact=rng.choice(_SAFE.get(language, _SAFE["en"])) if rng.random() < 0.12 else "",
            added_by=desk,
            added_at=added_at,
            changed_at=added_at,
        )
        batch.people.append(person)
        self._did(batch, "person.added", person, added_at)
        return person

    def _moment(self) -> datetime:
        """When this person came: later people later, during opening hours."""
        share = self.made / max(self.total, 1)
        day = clock.now() - timedelta(days=1 + DAYS_BACK * (1 - share) ** 1.5)
        return day.replace(hour=17, minute=0) + timedelta(minutes=self.rng.randrange(480))

    def _number(self) -> str:
        """A number of the range kept for fiction: 555-0100 to 555-0199 in any area code."""
        return f"+1{self.rng.choice(_AREA_CODES)}55501{self.rng.randrange(100):02d}"

    def _phone(self, batch: Batch, person: Person, number: str, *, is_shared: bool) -> None:
        rng = self.rng
        if rng.random() < 0.07:
            return
        hours = (time(14), time(20)) if rng.random() < 0.15 else (None, None)
        relatives = _RELATIVES.get(person.language, _RELATIVES["en"])
        batch.phones.append(
            Phone(
                id=self._id(),
                person=person,
                number=number,
                kind=PhoneKind.MOBILE if rng.random() < 0.9 else PhoneKind.HOME,
                text_ok=rng.random() < 0.7,
                voicemail_ok=rng.random() < 0.5,
                from_hour=hours[0],
                to_hour=hours[1],
                shared_with=rng.choice(relatives) if is_shared else "",
                at=person.added_at,
            )
        )

    def _residency(self, batch: Batch, person: Person, address: tuple[str, str, str]) -> None:
        street, unit, zip_code = address
        tenure = self.rng.choices((Tenure.TENANT, Tenure.HOUSEMATE, Tenure.LIVE_IN), weights=(70, 25, 5))[0]
        began = person.added_at.date() - timedelta(days=self.rng.randrange(60, 4000))
        home = Residency(id=self._id(), person=person, unit=unit, tenure=tenure, from_on=began)
        home.street, home.city, home.zip = street, "Los Angeles", zip_code
        batch.residencies.append(home)

    def _work(self, batch: Batch, person: Person) -> None:
        """Their work now and maybe before; an organizer's campaign or a program may know them through it."""
        rng, until = self.rng, None
        for _ in range(rng.choices((0, 1, 2, 3), weights=(6, 70, 19, 5))[0]):
            shop = rng.choice(self.shops)
            began, ended = _spell(rng, until or person.added_at.date(), is_past=until is not None)
            batch.employments.append(
                Employment(
                    id=self._id(),
                    person=person,
                    workplace=shop,
                    job=rng.choice(employers.JOBS[shop.industry]),
                    works_as=rng.choices((WorkAs.EMPLOYEE, WorkAs.CONTRACTOR, WorkAs.DAY_LABOR), weights=(82, 12, 6))[
                        0
                    ],
                    from_on=began,
                    to_on=ended,
                )
            )
            if until is None:
                self._team(batch, person, shop)
            until = began
        self._programs(batch, person)

    def _team(self, batch: Batch, person: Person, shop: Workplace) -> None:
        organizer = next((name for name, industries in _FIELDS_OF.items() if shop.industry in industries), None)
        chance = self.rng.random()
        if organizer and chance < 0.55:
            person.in_care_of = self.staff.users[organizer]
            self._involve(batch, person, "campaign", self.staff.campaigns[organizer])
        elif chance > 0.82:
            person.in_care_of = self.staff.users[self.rng.choice(_CASEWORKERS)]

    def _programs(self, batch: Batch, person: Person) -> None:
        for program, chance in (("training", 0.06), ("hiring", 0.12), ("outreach", 0.09)):
            if self.rng.random() < chance:
                self._involve(batch, person, "program", self.staff.programs[program])
        if self.total - self.made < 40 and self.rng.random() < 0.5:
            person.call_me = person.call_me or person.given or person.romanized
            self._involve(batch, person, "shift", self.staff.shift)

    def _involve(self, batch: Batch, person: Person, kind: str, scope: UUID) -> None:
        batch.involvements.append(
            Involvement(id=self._id(), person=person, scope_kind=kind, scope=scope, since=person.added_at)
        )

    def _consents(self, batch: Batch, person: Person) -> None:
        """Most agreed to a file and a call; some took one back."""
        rng = self.rng
        for purpose, chance in (
            (Purpose.KEEP_FILE, 0.9),
            (Purpose.CALL, 0.7),
            (Purpose.TEXT, 0.5),
            (Purpose.ORGANIZER, 0.3),
        ):
            if rng.random() > chance:
                continue
            read_in = person.language if person.language in {"en", "ko"} else "es"
            text = _words(purpose, read_in)
            is_withdrawn = rng.random() < 0.04
            taken_at = person.added_at + timedelta(minutes=4)
            batch.consents.append(
                Consent(
                    id=self._id(),
                    person=person,
                    purpose=purpose,
                    text=text.body_markdown,
                    text_version=text.version,
                    language=read_in,
                    how=How.SIGNED if rng.random() < 0.3 else How.SPOKEN,
                    taken_by=person.added_by,
                    taken_at=taken_at,
                    withdrawn_at=taken_at + timedelta(days=40)
                    if is_withdrawn and taken_at.date() < _days_ago(45)
                    else None,
                )
            )
            self._did(batch, "person.consent_given", person, taken_at, purpose)

    def _did(self, batch: Batch, kind: str, person: Person, at: datetime, *codes: str) -> None:
        by = self.staff.actor(person.added_by.username if person.added_by else "front_desk")
        done = event(kind, by=by, about=person, person=person.pk, codes=codes)
        done.at = at
        batch.events.append(done)


def _days_ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def _spell(rng: Random, before: date, *, is_past: bool) -> tuple[date, date | None]:
    """When a job began and, if it did, ended."""
    if is_past:
        ended = before - timedelta(days=rng.randrange(5, 200))
        return ended - timedelta(days=rng.randrange(90, 1500)), ended
    return before - timedelta(days=rng.randrange(30, 2500)), None if rng.random() < 0.75 else before - timedelta(days=5)


@lru_cache(maxsize=64)
def _words(purpose: str, language: str) -> content.Text:
    """What was read out."""
    return content.text("consent", purpose, language)


def _also_speaks(rng: Random, language: str) -> list[str]:
    if language in {"zap", "quc", "mam", "kjb"}:
        return ["es"]
    return ["en"] if language != "en" and rng.random() < 0.35 else []
