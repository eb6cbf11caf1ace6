"""Django's entry for `centro.web`."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "centro.web"
    label = "web"
