"""What puts people together: a household, and tags."""

from django.db import transaction

from centro.core import policy
from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.people import names, queries
from centro.people.models import Household, Person, Tag, Tagging

MOST_TAGS = 300


class TooManyTags(Exception):
    """A center that needs more tags than this needs a field, not a tag."""


@transaction.atomic
def join_household(*, by: Actor, person: Person, other: Person) -> None:
    """Two people live as one home; if both had one already, the two homes become one."""
    home = other.household or person.household or Household.objects.create()
    left = person.household
    Person.objects.filter(pk__in=[person.pk, other.pk]).update(household=home)
    if left is not None and left != home:
        Person.objects.filter(household=left).update(household=home)
        left.delete()
    for one in (person, other):
        record_event("person.household_joined", by=by, about=one, person=one.pk)


@transaction.atomic
def leave_household(*, by: Actor, person: Person) -> bool:
    """Somebody lives elsewhere now. A home of one is no household: it goes too. False when there was none."""
    home = person.household
    if home is None:
        return False
    Person.objects.filter(pk=person.pk).update(household=None)
    record_event("person.household_left", by=by, about=person, person=person.pk)
    if home.people.filter(merged_into__isnull=True).count() < 2:
        home.delete()
    return True


@transaction.atomic
def tag_person(*, by: Actor, person: Person, name: str) -> Tagging:
    """Put a tag on a person; a tag of this name is used again, however it is spelled."""
    folded = names.fold(name)
    known = next((tag for tag in queries.tags(by) if names.fold(tag.name) == folded), None)
    tagging, is_new = Tagging.objects.get_or_create(person=person, tag=known or _new_tag(by, name))
    if is_new:
        record_event("person.tagged", by=by, about=tagging, person=person.pk)
    return tagging


def _new_tag(by: Actor, name: str) -> Tag:
    if Tag.objects.count() >= MOST_TAGS:
        raise TooManyTags
    tag = Tag(name=name)
    tag.save()
    policy.opens_all(tag)
    record_event("tag.added", by=by, about=tag)
    return tag


@transaction.atomic
def untag_person(*, by: Actor, tagging: Tagging) -> None:
    """Take a tag off a person; a tag that nobody has any more goes too."""
    record_event("person.untagged", by=by, about=tagging, person=tagging.person_id)
    tag = tagging.tag
    tagging.delete()
    if not tag.taggings.exists():
        tag.delete()
