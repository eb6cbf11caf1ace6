"""What tests of papers do again and again: begin a letter, and read a printed one."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.test import Client
from django.urls import reverse

from centro.clinic.models import Case, Matter
from centro.core.classes import Role
from centro.core.documents.queries import document_bytes, get_document
from centro.core.models import Document
from centro.core.policy import Actor
from tests.pdf import text_of

SeenBy = Callable[[Role], AbstractContextManager[Any]]
ACTOR = Callable[[Role], Actor]


def draft(client: Client, case: Case, kind: str, matter: Matter | None = None) -> Any:
    sent = {"kind": kind, "matter": str(matter.pk) if matter else ""}
    return client.post(reverse("clinic:draft_letter", args=[case.pk]), sent)


def printed(actor: ACTOR, seen_by: SeenBy, paper: Document) -> str:
    with seen_by(Role.COUNSELLOR):
        by = actor(Role.COUNSELLOR)
        return text_of(document_bytes(by, get_document(by, paper.pk)))
