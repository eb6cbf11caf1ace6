"""The note of a debrief, and the form of a contact filled with what was noted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from centro.core.careful import CarefulForm, Words


class NoteForm(CarefulForm):
    """A few lines for whoever leads the campaign."""

    careful = ("words",)
    campaign = forms.ChoiceField(label=_("Campaign"))
    words = Words(
        limit=2000,
        lines=True,
        label=_("Note for whoever leads"),
        help_text=_(
            "What went well, what worries you. You and they read it, nobody else on the team; gone in 90 days."
        ),
    )

    def __init__(self, *args: Any, campaigns: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        choices: Any = self.fields["campaign"]
        choices.choices = [(str(row.pk), row.name) for row in campaigns]
