"""Shape and validation of a task."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from centro.core import clock
from centro.core import queries as core
from centro.core.careful import CarefulForm, Day, Words
from centro.core.policy import Actor


class TaskForm(CarefulForm):
    """What is to be done, by when, by whom."""

    careful = ("what",)
    what = Words(limit=300, label=_("What is to be done"))
    due_on = Day(label=_("By"))
    owner = forms.ChoiceField(label=_("Who does it"))
    about = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        initial = {"due_on": clock.today(), "owner": str(actor.user_id)} | options.pop("initial", {})
        super().__init__(*args, initial=initial, **options)
        self.actor = actor
        owner: Any = self.fields["owner"]
        owner.choices = _colleagues(actor)

    def clean_owner(self) -> Any:
        return core.staff(self.actor).get(pk=self.cleaned_data["owner"])

    def beside(self, now: Mapping[str, Any]) -> list[dict[str, Any]]:
        """What differs between the task as it stands now and as it was typed, in words."""
        names = {key: name for group in self.fields["owner"].choices for key, name in _pairs(group)}  # type: ignore[attr-defined]
        typed = {name: self.data.get(name, "") for name in now}
        return [
            {"label": self[name].label, "theirs": names.get(str(value), value), "yours": names.get(yours, yours)}
            for name, value in now.items()
            if (yours := str(typed[name])) != str(value)
        ]


def _pairs(choice: tuple[str, Any]) -> list[tuple[str, Any]]:
    """One choice, or the choices of a group."""
    key, said = choice
    return said if isinstance(said, list) else [(key, said)]


def _colleagues(actor: Actor) -> list[Any]:
    """Oneself first, then everybody else under their role."""
    by_role = core.staff_by_role(actor)
    others = [
        (
            role.label,
            [(str(user.pk), user.name or user.username) for user in users if user.pk != actor.user_id],
        )
        for role, users in by_role.items()
    ]
    return [(str(actor.user_id), _("I do")), *(group for group in others if group[1])]
