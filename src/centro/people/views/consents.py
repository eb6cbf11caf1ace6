"""What a person agrees to: read out in their language, recorded word by word, taken back at any time."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core import content, policy
from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.people import actions, queries
from centro.people.choices import WRITTEN_IN, How, Purpose, written_in
from centro.people.forms import ConsentForm
from centro.people.models import Person


@allowed("person.consent")
def give_consent(request: Request, person_id: UUID, purpose: str) -> HttpResponse:
    """Read the words out beside the English, and record the answer."""
    person = queries.get_person(request.actor, person_id, "consent")
    asked = _purpose(purpose)
    language = request.POST.get("language") or request.GET.get("language") or person.language
    language = written_in(language)
    text = content.text("consent", asked, language)
    context = {
        "person": person,
        "purpose": asked,
        "text": text,
        "english": content.text("consent", asked, "en") if language != "en" else None,
        "readable_in": WRITTEN_IN,
        "read_in": language,
    }
    if request.method != "POST":
        form = ConsentForm(initial={"purpose": asked, "language": language, "how": How.SPOKEN})
        return render(request, "people/consent.html", {**context, "form": form})
    form = ConsentForm({**request.POST.dict(), "purpose": asked})
    if not form.is_valid():
        return ask_again(request, "people/consent.html", {**context, "form": form})
    _record(request, person, form, text)
    return redirect("people:person", person.pk)


def _purpose(text: str) -> Purpose:
    if text not in Purpose.values:
        raise policy.Refused("consent")
    return Purpose(text)


def _record(request: Request, person: Person, form: ConsentForm, text: content.Text) -> None:
    actions.give_consent(
        by=request.actor,
        person=person,
        purpose=Purpose(form.cleaned_data["purpose"]),
        text=text.body_markdown,
        text_version=text.version,
        language=form.cleaned_data["language"],
        how=How(form.cleaned_data["how"]),
        expires_on=form.cleaned_data["expires_on"],
    )
    messages.success(request, _("Recorded."))


@allowed("person.consent")
@require_POST
def withdraw_consent(request: Request, person_id: UUID, consent_id: UUID) -> HttpResponse:
    """They take it back; from now on nothing happens under it."""
    consent = queries.get_part(request.actor, person_id, "consents", consent_id, "consent")
    actions.withdraw_consent(by=request.actor, consent=consent)
    messages.success(request, _("Taken back. It holds from now on."))
    return redirect("people:person", person_id)
