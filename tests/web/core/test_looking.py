"""The guard of tests/conftest.py over every GET is awake: a page that changes something by being looked at fails."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from centro.core.models import Center

pytestmark = pytest.mark.django_db


def look(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Center.objects.count()))


def change(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Center.objects.update(accent="#000000")))


@pytest.fixture
def browser(settings: Any) -> Client:
    settings.MIDDLEWARE = []
    settings.ROOT_URLCONF = (path("look/", look), path("change/", change))
    return Client()


def test_a_page_that_changes_something_by_being_looked_at_fails(browser: Client) -> None:
    with pytest.raises(AssertionError, match="a GET wrote"):
        browser.get("/change/")


def test_looking_and_sending_are_free(browser: Client) -> None:
    assert browser.get("/look/").status_code == 200
    assert browser.post("/change/").status_code == 200
