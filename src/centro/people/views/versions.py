"""Two people edit one record: what each sees, so that nothing is overwritten silently."""

from collections.abc import Mapping
from typing import Any

from django import forms

from centro.core.request import Request


def sent_version(request: Request) -> int:
    """The version the form was opened at; 0 (never current) for anything else."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def differences(form: forms.Form, theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The fields that differ, with what stands now and what was typed."""
    return [
        {"label": form[name].label, "theirs": theirs[name], "yours": value}
        for name, value in yours.items()
        if theirs[name] != value
    ]
