"""The wall chart: departments, how many people there are, who stands where."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.organizing.models import Campaign, Department, Headcount, Post
from centro.people.models import Person, Workplace
from centro.people.versions import Conflict


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


@transaction.atomic
def edit_department(
    *, by: Actor, department: Department, version: int, title: str, expected: Mapping[str, int]
) -> None:
    """Correct a name or a head-count; a shift that is left empty is one of which nobody can tell.

    `Conflict` when somebody else saved first: nothing was overwritten.
    """
    if not Department.objects.filter(pk=department.pk, version=version).update(version=version + 1):
        raise Conflict(department)
    department.title = title
    department.save(update_fields=["title"])
    Headcount.objects.filter(department=department).exclude(shift__in=expected).delete()
    _count_heads(department, expected)
    record_event("contact.department_edited", by=by, about=department)


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


@transaction.atomic
def take_off_chart(*, by: Actor, post: Post) -> bool:
    """Somebody stands nowhere on the chart any more. False when somebody else took them off first."""
    is_off = Post.objects.filter(pk=post.pk).delete()[0] > 0
    if is_off:
        record_event("contact.uncharted", by=by, about=post, person=post.person_id)
    return is_off
