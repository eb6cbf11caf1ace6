"""What speaks for a step of the ladder, counted from the rows of other parts."""

from datetime import timedelta

from centro.core import clock
from centro.organizing.ladder.choices import Evidence
from centro.organizing.ladder.evidence import COUNTED
from centro.organizing.members.choices import MemberState
from centro.organizing.models import Campaign, Membership
from centro.people.models import Person
from tests.web.organizing.membership import MakeMember


def joined(campaign: Campaign, person: Person) -> int:
    return COUNTED[Evidence.JOINED](campaign.pk, [person.pk]).get(person.pk, 0)


def test_a_member_has_joined_until_the_membership_ends(make_member: MakeMember, campaign: Campaign) -> None:
    pending = make_member(given="Nayeli")
    assert joined(campaign, pending.person) == 0
    member = make_member(until=clock.today() + timedelta(days=30))
    assert joined(campaign, member.person) == 1
    Membership.objects.filter(pk=member.pk).update(state=MemberState.LAPSED)
    assert joined(campaign, member.person) == 0


def test_a_number_from_before_counts_where_no_membership_was_written(
    make_member: MakeMember, campaign: Campaign
) -> None:
    member = make_member(until=clock.today() + timedelta(days=30))
    person = member.person
    member.delete()
    person.refresh_from_db()
    assert person.member_number_mark
    assert joined(campaign, person) == 1
