"""The wall chart: departments, how many people there are, who stands where."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.organizing.models import Campaign, Department, Headcount, Post
from centro.people.models import Person, Workplace


@transaction.atomic
def add_department(
    *, by: Actor, campaign: Campaign, workplace: Workplace, title: str, expected: Mapping[str, int]
) -> Department:
    """A row of the chart, with how many people work there on each shift (where anybody can tell)."""
    last = Department.objects.filter(campaign=campaign, workplace=workplace).aggregate(place=Max("place"))["place"] or 0
    department = Department(campaign=campaign, workplace=workplace, title=title, place=last + 1)
    department.save()
    _count_heads(department, expected)
    record_event("contact.department_added", by=by, about=department)
    return department


def _count_heads(department: Department, expected: Mapping[str, int]) -> None:
    for shift, count in expected.items():
        Headcount.objects.update_or_create(department=department, shift=shift, defaults={"expected": count})


@transaction.atomic
def put_on_chart(*, by: Actor, person: Person, department: Department, shift: str, is_leader: bool) -> Post:
    """A person stands in one department of a workplace, on one shift: an earlier place there is taken back."""
    elsewhere = Post.objects.filter(person=person, department__workplace=department.workplace_id)
    elsewhere.filter(campaign=department.campaign_id).delete()
    post = Post.objects.create(
        person=person,
        campaign_id=department.campaign_id,
        department=department,
        shift=shift,
        is_leader=is_leader,
    )
    record_event("contact.charted", by=by, about=post, person=person.pk, codes=[shift])
    return post
