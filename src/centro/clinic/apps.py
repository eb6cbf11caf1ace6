"""Django's entry for `centro.clinic`."""

from django.apps import AppConfig


class ClinicConfig(AppConfig):
    name = "centro.clinic"
    label = "clinic"

    def ready(self) -> None:
        from centro.clinic import opening

        opening.open_all()
