"""Restricted matters: who was put on one by name, until when, and which papers and files are hidden with it."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from centro.clinic.models import Exhibit, Letter, Matter, Production
from centro.clinic.queries.matters import hidden_from
from centro.core import policy
from centro.core.models import Place
from centro.core.policy import Actor, Refused


def named_on(matter: Matter) -> list[Place]:
    """Who was put on a matter by name and still is, in the order of their names."""
    rows = Place.objects.not_over().filter(scope_kind="matter", scope=matter.pk)
    places = list(rows.select_related("user").order_by("user__username"))
    for place in places:
        policy.opens_all(place.user)
    return places


def get_place(matter: Matter, place: UUID) -> Place:
    """A place on this matter; `Refused` for any other."""
    found = next((row for row in named_on(matter) if row.pk == place), None)
    if found is None:
        raise Refused("case.assign")
    return found


def not_only_for(exhibits: QuerySet[Exhibit], hidden: QuerySet[Matter]) -> QuerySet[Exhibit]:
    """Exhibits of a whole case, and those that are for at least one matter beside the hidden ones."""
    ties = Exhibit.matters.through.objects.filter(exhibit=OuterRef("pk"))
    return exhibits.filter(~Exists(ties) | Exists(ties.exclude(matter__in=hidden.values("pk"))))


def shows_paper(actor: Actor, paper: UUID) -> bool:
    """Whether a frozen paper, or a file that was brought in, is of no matter that is hidden from this actor.

    A production may hold all of its case: where a matter is hidden, it opens only to the two who made it.
    """
    hidden = Matter.objects.filter(hidden_from(actor))
    brought = Exhibit.objects.filter(files__upload=paper)
    if brought.exists() and not not_only_for(brought, hidden).exists():
        return False
    letters = Letter.objects.filter(Q(document=paper) | Q(mirror_document=paper))
    made_by_others = (
        Production.objects.filter(document=paper).exclude(proposed_by=actor.me).exclude(released_by=actor.me)
    )
    of_hidden = letters.filter(matter__in=hidden.values("pk"))
    return not of_hidden.exists() and not made_by_others.filter(case__in=hidden.values("case")).exists()
