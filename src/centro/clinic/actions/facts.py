"""Writing down what the worker said, and noting that they confirmed it."""

from django.db import transaction

from centro.clinic.models import Case, Fact
from centro.clinic.papers.fields import field
from centro.core import clock
from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.people.versions import save_version


@transaction.atomic
def tell_fact(*, by: Actor, case: Case, code: str, value: str, told: str = "", version: int = 0) -> Fact:
    """Write down a fact, or correct it. A corrected fact has to be confirmed again. `Conflict` when somebody was first.

    `version` is that of the fact as it was shown; 0 for one that nobody had written.
    """
    fact, is_new = Fact.objects.get_or_create(
        case=case, what=code, defaults={"value": value, "told": told, "changed_by_id": by.user_id}
    )
    fact.case = case
    if not is_new:
        unsaid = {"confirmed_at": None, "confirmed_in": "", "confirmed_by_id": None, "changed_by_id": by.user_id}
        words = {"value": value, "told": told}
        if all(getattr(fact, name) == text for name, text in words.items()):
            return fact
        save_version(fact, version, {**words, **unsaid})
    record_event("fact.told", by=by, about=fact, person=case.person_id, codes=[code])
    return fact


@transaction.atomic
def confirm_fact(*, by: Actor, fact: Fact, language: str, version: int) -> bool:
    """The worker heard this fact in their language and said that it is right. False when it changed meanwhile."""
    if field(fact.what).source != "worker":
        return False
    same = Fact.objects.filter(pk=fact.pk, version=version, confirmed_at__isnull=True)
    now = clock.now()
    if not same.update(confirmed_at=now, confirmed_in=language, confirmed_by=by.user_id):
        return False
    fact.confirmed_at, fact.confirmed_in = now, language
    record_event("fact.confirmed", by=by, about=fact, person=fact.case.person_id, codes=[fact.what, language])
    return True
