"""Django's entry for `centro.web`: the tabs of what spans two parts of the work."""

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "centro.web"
    label = "web"

    def ready(self) -> None:
        from centro.people import referrals, tabs
        from centro.web import flows

        tabs.register(
            tabs.Tab(_("Legal help"), "referral.to_clinic", lambda person: reverse("web:ask_clinic", args=[person.pk]))
        )
        visit = _("A visit by an organizer")
        tabs.register(
            tabs.Tab(visit, "referral.to_organizing", lambda person: reverse("web:ask_visit", args=[person.pk]))
        )
        referrals.on_withdrawal(flows.end_what_was_agreed)
