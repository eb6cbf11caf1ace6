"""Django's entry for `centro.core`."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "centro.core"
    label = "core"

    def ready(self) -> None:
        from centro.core import checks, deploy  # noqa: F401  (registers the system checks)
