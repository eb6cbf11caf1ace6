"""What is typed about a wall chart."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from centro.core.careful import CarefulForm, Words
from centro.organizing.choices import Shift
from centro.organizing.models import Post


class DepartmentForm(CarefulForm):
    """A department, and how many people work there on each shift: empty where nobody can tell."""

    careful = ("title",)
    title = Words(limit=60, label=_("Department"), help_text=_("For example: kitchen, register, third floor"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for shift in Shift:
            self.fields[f"heads_{shift.value}"] = forms.IntegerField(
                label=shift.label, min_value=0, max_value=500, required=False
            )

    def head_fields(self) -> list[Any]:
        return [self[f"heads_{shift.value}"] for shift in Shift]

    def expected(self) -> dict[str, int]:
        """How many on each shift, where somebody could tell."""
        counts = {shift.value: self.cleaned_data[f"heads_{shift.value}"] for shift in Shift}
        return {shift: count for shift, count in counts.items() if count}

    @staticmethod
    def begins_with(title: str, expected: Mapping[str, int]) -> dict[str, Any]:
        """What the form shows of a department that is there."""
        return {"title": title, **{f"heads_{shift}": count for shift, count in expected.items()}}


class PostForm(forms.Form):
    """Where somebody stands."""

    department = forms.ChoiceField(label=_("Department"))
    shift = forms.ChoiceField(label=_("Shift"), choices=Shift.choices)
    is_leader = forms.BooleanField(label=_("Others follow them"), required=False)

    def __init__(self, *args: Any, departments: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["department"].choices = [(str(row.pk), str(row.title)) for row in departments]

    @staticmethod
    def begins_with(post: Post | None) -> dict[str, Any]:
        """Where they stand now."""
        if post is None:
            return {}
        return {"department": str(post.department_id), "shift": post.shift, "is_leader": post.is_leader}
