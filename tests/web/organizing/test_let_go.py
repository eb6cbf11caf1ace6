"""Who takes back their yes to an organizer is gone from every list, phone, door and leader's list of the campaign."""

from django.test import Client

from centro.core import access
from centro.core.classes import Role
from centro.core.models import Event
from centro.organizing import actions
from centro.organizing.actions import ladder
from centro.organizing.actions.events_door import make_host_link
from centro.organizing.models import Campaign, Following, LeaderLink, Stop
from centro.people import actions as people
from centro.people.choices import Purpose
from centro.people.models import Consent, Person, Referral
from tests.web.conftest import SignIn
from tests.web.organizing.conftest import Acting, MakeList, MakePerson
from tests.web.organizing.events import make_event, say
from tests.web.organizing.phone import take_along
from tests.web.organizing.test_ties import flat

AGREED = {"hours": ["weekend"], "how": "signed", "agreed": "on", "language": "es"}


def test_when_they_take_it_back_no_list_phone_door_or_leader_knows_them_any_more(
    sign_in: SignIn,
    campaign: Campaign,
    actor: Acting,
    add_worker: MakePerson,
    make_list: MakeList,
) -> None:
    by, organizer, volunteer = actor(Role.ORGANIZER), sign_in(Role.ORGANIZER), sign_in(Role.VOLUNTEER)
    ana = people.add_person(by=actor(Role.COUNSELLOR), details={"given": "Ana", "family": "Ixcoy", "language": "es"})
    sign_in(Role.COUNSELLOR).post(f"/people/{ana.pk}/visit/", AGREED)
    consent, asked = Consent.objects.get(purpose=Purpose.ORGANIZER), Referral.objects.get()
    organizer.post(f"/visits/{asked.pk}/take/", {"campaign": campaign.pk})
    luz = add_worker(given="Luz")
    shift, tonight = make_list(ana, luz), make_event(by, campaign, days=0.01)
    with access.viewing(by):
        seen = Person.objects.visible_to(by, "see").get(pk=ana.pk)
        ladder.follow(by=by, campaign=campaign, leader=luz, person=seen)
        say(by, tonight, seen, "yes")
    ladder.make_link(by=by, campaign=campaign, leader=ana)
    host = f"/organizing/door/{make_host_link(by=by, gathering=tonight, given_to='')[1]}/"
    guests, phone = f"/organizing/events/{tonight.pk}/people/", take_along(volunteer, shift)

    def names() -> list[bool]:
        pages = [volunteer.get(f"/organizing/lists/{shift.pk}/"), organizer.get(guests)]
        return ["Ana" in flat(page) for page in (*pages, Client().post(host, {"words": "ana"}))]

    assert names() == [True] * 3
    people.withdraw_consent(by=actor(Role.COUNSELLOR), consent=consent)
    assert names() == [False] * 3
    for client in (organizer, volunteer):
        assert client.get(f"/people/{ana.pk}/").status_code == 404
    assert phone.send()["state"] == "revoked"
    assert set(Stop.objects.values_list("person", flat=True)) == {luz.pk}
    assert not Following.objects.exists()
    assert LeaderLink.objects.get().revoked_at is not None
    assert Event.objects.filter(kind="campaign.let_go", person=ana.pk).count() == 1
    actions.put_in_campaign(by=by, campaign=campaign, people_in=[ana])  # they said yes again
    assert names() == [False, True, True]
