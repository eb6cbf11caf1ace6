"""Django's entry for `centro.people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "centro.people"
    label = "people"
