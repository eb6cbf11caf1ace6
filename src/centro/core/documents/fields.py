"""The form field for files: what it hands on has been examined, what it refuses it refuses in words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centro.core.documents.refusals import WORDS, UploadRefused
from centro.core.documents.uploads import MOST_FILES, Examined, clean_name, examine

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.heic,.heif,.txt,.m4a,.mp3"


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to ten files; `cleaned_data` holds a list of `Examined`. Of several, each that is refused is named."""

    widget = FilesInput

    def __init__(self, **options: Any) -> None:
        widget = FilesInput(attrs={"accept": ACCEPTED, "multiple": True})
        super().__init__(**{"widget": widget, "help_text": _("A photo or a PDF works best."), **options})

    def clean(self, data: Any, initial: Any = None) -> list[Examined]:
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if not files:
            super().clean(None, initial)
        if len(files) > MOST_FILES:
            raise ValidationError(str(WORDS["too_many"]), code="too_many")
        taken, refused = [], []
        for file in files:
            try:
                taken.append(examine(file))
            except UploadRefused as refusal:
                words = f"{clean_name(file.name or '')}: {refusal.words}" if len(files) > 1 else refusal.words
                refused.append(ValidationError(words, code=refusal.code))
        if refused:
            raise ValidationError(refused)
        return taken
