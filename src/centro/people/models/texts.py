"""Texts with people: messages in and out, their threads, numbers that said stop, texts from nobody known."""

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Exists, OuterRef, Q

from centro.core import clock
from centro.core.classes import FieldClass, Relation
from centro.core.models import User
from centro.core.policy import Actor, VisibleQuerySet
from centro.core.vault.fields import SealedText, Vault, VaultKeyField
from centro.people.choices import Channel, Inbox, MessageState
from centro.people.models.person import Involvement, OfPerson, Person, scopes_of

C2, C3 = FieldClass.C2, FieldClass.C3


def _talk_with(relation: Relation, actor: Actor) -> Q:
    """Threads of organizing with people in the actor's care or part of their campaign; the desk's are the desk's."""
    organizing = Q(inbox=Inbox.ORGANIZING)
    if relation is Relation.OWN:
        return organizing & Q(person__in_care_of_id=actor.user_id)
    if relation in {Relation.TEAM, Relation.PROGRAM}:
        scopes = scopes_of(actor, relation)
        part_of = Involvement.objects.filter(person=OuterRef("person_id"), scope__in=scopes, until__isnull=True)
        return organizing & Q(Exists(part_of))
    return Q(pk__in=[])


class Message(OfPerson):
    """One message to a person or from them: channel, words, and what became of it.

    `provider_id` is its id at the texting service, by which the same arrival is known again.
    """

    policy_record: ClassVar[str] = "message"

    person = models.ForeignKey(Person, models.CASCADE, related_name="messages")
    channel = models.CharField(max_length=6, choices=Channel.choices)
    inbox = models.CharField(max_length=10, choices=Inbox.choices, default=Inbox.DESK)
    is_incoming = models.BooleanField(default=False)
    is_confirmation = models.BooleanField(default=False)
    to = SealedText(C2, mask="phone", limit=254)
    words = SealedText(C3, limit=1600)
    language = models.CharField(max_length=3)
    sent_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.OUTBOX)
    state_at = models.DateTimeField(default=clock.now)
    failure = models.CharField(max_length=12, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    provider_id = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001  (many have none)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "id")
        indexes = [
            models.Index(fields=["person", "inbox", "-at"], name="message_of_person"),
            models.Index(fields=["next_at"], name="message_waiting", condition=Q(state__in=("waiting", "sending"))),
        ]

    def opened_as(self) -> models.Model:
        return self

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        return _talk_with(relation, actor)


class Thread(models.Model):
    """The texts with one person in one part of the work: when the last came, whether it was read, who has it."""

    policy_record: ClassVar[str] = "message"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="threads")
    inbox = models.CharField(max_length=10, choices=Inbox.choices)
    last_at = models.DateTimeField(default=clock.now)
    unread_at = models.DateTimeField(null=True)
    may_mean_stop = models.BooleanField(default=False)
    in_hands_of = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-last_at", "id")
        constraints = [models.UniqueConstraint(fields=["person", "inbox"], name="thread_once")]
        indexes = [models.Index(fields=["inbox", "-last_at"], name="thread_recent")]

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        return _talk_with(relation, actor)


class StoppedNumber(models.Model):
    """A phone that asked for no more texts, whoever has it. Known by its keyed mark only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    mark = models.BinaryField(max_length=16, unique=True)
    language = models.CharField(max_length=3, blank=True)
    at = models.DateTimeField(default=clock.now)


class StrayText(Vault):
    """A text from a number that nobody in the program has, or that several have: the desk looks whose it is."""

    policy_record: ClassVar[str] = "message"

    key = VaultKeyField("stray-text")
    number = SealedText(C2, mask="phone", limit=20)
    words = SealedText(C3, limit=1600)
    at = models.DateTimeField(default=clock.now)
    provider_id = models.CharField(max_length=64, unique=True)
    settled_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        return Q(pk__in=[])


def marked(rows: Any) -> set[bytes]:
    """The marks of a list of phones."""
    return {bytes(row.number_mark) for row in rows if row.number_mark}
