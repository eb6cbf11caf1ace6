"""Know your rights: one sheet for each topic, open to anybody, in three languages."""

import pytest
from django.test import Client
from django.urls import reverse

from centro.clinic.choices import AdviceTopic
from centro.core.classes import Role
from tests.web.clinic.conftest import OpenCase
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db


def test_anybody_finds_every_sheet(client: Client) -> None:
    page = client.get(reverse("clinic:rights")).content.decode()
    assert all(reverse("clinic:rights_sheet", args=[topic]) in page for topic in AdviceTopic.values)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "When the boss does not pay"), ("es", "Cuando el patrón no paga"), ("ko", "사장이 임금을 주지 않을 때")],
)
def test_a_sheet_is_read_in_its_language(client: Client, language: str, words: str) -> None:
    page = client.get(reverse("clinic:rights_sheet_in", args=["wage_theft", language])).content.decode()
    assert words in page
    assert f'lang="{language}"' in page
    assert "data-prints" in page


@pytest.mark.parametrize("path", [("status", "en"), ("wage_theft", "fr"), ("wage_theft", "zap")])
def test_what_nobody_wrote_is_not_there(client: Client, path: tuple[str, str]) -> None:
    assert client.get(reverse("clinic:rights_sheet_in", args=path)).status_code == 404


def test_a_sheet_is_only_read(client: Client) -> None:
    assert client.post(reverse("clinic:rights")).status_code == 405


def test_the_counsellor_hands_it_over_in_the_language_of_the_worker(sign_in: SignIn, open_case: OpenCase) -> None:
    page = sign_in(Role.COUNSELLOR).get(reverse("clinic:papers", args=[open_case().pk])).content.decode()
    assert reverse("clinic:rights_sheet_in", args=["wage_theft", "ko"]) in page
    assert "사장이 임금을 주지 않을 때" in page
