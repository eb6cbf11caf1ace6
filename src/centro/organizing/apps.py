"""Django's entry for `centro.organizing`: its tab on the person page, its sentences, what follows a merge."""

from django.apps import AppConfig


class OrganizingConfig(AppConfig):
    name = "centro.organizing"
    label = "organizing"

    def ready(self) -> None:
        from centro.organizing import joining

        joining.join()
