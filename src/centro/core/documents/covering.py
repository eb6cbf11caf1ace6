"""Writes: numbers on a file are covered for good, or somebody looked and there is nothing to cover."""

from django.db import transaction

from centro.core import clock
from centro.core.audit import record_event
from centro.core.documents import blobs
from centro.core.documents.looking import Covered, may_lose_original
from centro.core.models import Numbers, Upload
from centro.core.policy import Actor


@transaction.atomic
def cover_places(*, by: Actor, upload: Upload, covered: Covered, drop_original: bool) -> bool:
    """The clean copy is replaced by the covered one; the original goes too if they say so and no hold keeps it.

    False when somebody covered something else meanwhile.
    """
    state = Numbers.SEEN if covered.seen else Numbers.COVERED
    if not _settle(by, upload, covered.version, state):
        return False
    blobs.write(upload, "preview", covered.copy)
    record_event("upload.covered", by=by, about=upload, person=upload.person)
    if drop_original and may_lose_original(upload):
        Upload.objects.filter(pk=upload.pk).update(has_original=False)
        upload.has_original = False
        transaction.on_commit(lambda: blobs.drop(upload.pk, "original"))
        record_event("upload.original_dropped", by=by, about=upload, person=upload.person)
    return True


@transaction.atomic
def settle_numbers(*, by: Actor, upload: Upload, version: int) -> bool:
    """Somebody looked at a file: there is nothing (more) to cover on it. False when it changed meanwhile."""
    state = {Numbers.COVERED: Numbers.COVERED, Numbers.SEEN: Numbers.LEFT, Numbers.LEFT: Numbers.LEFT}
    if not _settle(by, upload, version, state.get(Numbers(upload.numbers), Numbers.NONE)):
        return False
    record_event("upload.looked_at", by=by, about=upload, person=upload.person, codes=[upload.numbers])
    return True


def _settle(by: Actor, upload: Upload, version: int, state: Numbers) -> bool:
    values = {"numbers": state, "looked_by": by.user_id, "looked_at": clock.now(), "version": version + 1}
    if not Upload.objects.filter(pk=upload.pk, version=version).update(**values):
        return False
    upload.numbers, upload.version = state, version + 1
    return True
