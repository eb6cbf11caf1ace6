"""What each role may see and do, in words; and what this program is."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from centro.core import policy
from centro.core.classes import FieldClass, Role
from centro.web import role_words
from centro.web.protection import protection

SignIn = Callable[[Role], Client]


def test_every_verb_and_record_of_the_table_has_words() -> None:
    assert set(role_words.VERBS) == policy.VERBS
    assert set(role_words.RECORDS) == {grant.record for grant in policy.GRANTS}
    assert set(role_words.ABOUT_ROLES) == set(Role)
    opened = {klass for grant in policy.GRANTS if grant.record == "person" for klass in grant.opens}
    assert opened - {FieldClass.C1} <= set(role_words.CLASSES)


@pytest.mark.parametrize("language", ["es", "ko"])
def test_no_word_of_it_is_left_in_english(language: str) -> None:
    words = [*role_words.VERBS.values(), *role_words.RECORDS.values(), *role_words.ABOUT_ROLES.values()]
    words += [*role_words.RELATIONS.values(), *role_words.CLASSES.values()]
    with translation.override("en"):
        english = [str(each) for each in words]
    with translation.override(language):
        assert [each for each, before in zip(words, english, strict=True) if str(each) == before] == []


@pytest.mark.django_db
def test_roles_page_begins_with_the_readers_own(sign_in: SignIn) -> None:
    shown = sign_in(Role.STEWARD).get("/roles/").content.decode()
    headings = [text.strip() for text in re.findall(r"<h2[^>]*>\s*([^<]+)", shown)]
    assert headings[0] == "Data steward"
    assert set(headings) >= {str(role.label) for role in Role}


@pytest.mark.django_db
def test_roles_page_says_what_the_policy_says(sign_in: SignIn) -> None:
    table = {entry.role: entry for entry in role_words.table().roles}
    assert not table[Role.ADMIN].sees_people
    assert not table[Role.AUDITOR].sees_people
    desk = table[Role.FRONT_DESK].lines[0]
    assert role_words.VERBS["center.home"] in role_words.table().everybody
    assert desk.is_masked
    assert role_words.VERBS["person.find"] in desk.verbs
    assert role_words.VERBS["person.merge"] not in desk.verbs or policy.may(
        policy.Actor(role=Role.FRONT_DESK), "person.merge"
    )
    volunteer = table[Role.VOLUNTEER].lines[0]
    assert volunteer.is_name_only
    assert sign_in(Role.VOLUNTEER).get("/roles/").status_code == 200


def test_roles_page_is_for_staff(client: Client, db: None) -> None:
    assert client.get("/roles/").headers["Location"].startswith("/account/login/")


@pytest.mark.django_db
def test_anybody_may_read_what_this_is(client: Client) -> None:
    shown = client.get("/about/").content.decode()
    for words in ("AGPL-3.0-or-later", "Apache-2.0", "CC BY-SA 4.0", str(protection().sealed)):
        assert words in shown


@pytest.mark.django_db
def test_the_protection_sentence_counts_the_tables() -> None:
    now = protection()
    assert now.sealed > 25
    assert now.clear > now.sealed
