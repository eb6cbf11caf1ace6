"""Django's entry for `centro.web`: the tabs of what spans two parts of the work."""

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "centro.web"
    label = "web"

    def ready(self) -> None:
        from centro.clinic.actions.agenda import end_every_feed
        from centro.clinic.queries.agenda import count_live_feeds
        from centro.core import words
        from centro.organizing import lockdown
        from centro.people import referrals, tabs
        from centro.web import flows, log_words

        words.register(log_words.CLINIC | log_words.ORGANIZING)

        tabs.register(
            tabs.Tab(_("Legal help"), "referral.to_clinic", lambda person: reverse("web:ask_clinic", args=[person.pk]))
        )
        visit = _("A visit by an organizer")
        tabs.register(
            tabs.Tab(visit, "referral.to_organizing", lambda person: reverse("web:ask_visit", args=[person.pk]))
        )
        referrals.on_withdrawal(flows.end_what_was_agreed)
        lockdown.register(
            lockdown.Outside("feeds", _("Calendars on phones"), count_live_feeds, lambda by: end_every_feed(by=by))
        )
