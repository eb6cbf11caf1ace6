"""Guides in three languages: written, changed, refused; and what stands in braces."""

import pytest

from centro.core.classes import Role
from centro.core.models import Event
from centro.organizing.forms.texts import STARTS, GuideForm, start_from
from centro.organizing.models import Campaign, Guide
from centro.organizing.texting import filled, unknown_places
from tests.web.conftest import SignIn, signed_in, user_as
from tests.web.organizing.test_texts import shown

GUIDE = {"name": "Invite", "words_es": "Hola {name}, {event}", "event_es": "el sábado", "words_en": "", "words_ko": ""}


def test_a_guide_is_written_and_changed(sign_in: SignIn, campaign: Campaign) -> None:
    organizer, path = sign_in(Role.ORGANIZER), f"/organizing/campaigns/{campaign.pk}/guides/"
    assert "{sender}" in shown(organizer.get(f"{path}add/?from=invite_text"))
    assert organizer.post(f"{path}add/", GUIDE).status_code == 302
    guide = Guide.objects.get()
    assert "el sábado" in shown(organizer.get(f"/organizing/guides/{guide.pk}/edit/"))
    sent = {**GUIDE, "words_ko": "{name}님, {event}", "event_ko": "토요일", "version": "1"}
    assert organizer.post(f"/organizing/guides/{guide.pk}/edit/", sent).status_code == 302
    assert {text.language for text in guide.texts.all()} == {"es", "ko"}
    late = organizer.post(f"/organizing/guides/{guide.pk}/edit/", sent)
    assert late.status_code == 422
    assert "Somebody else changed this" in shown(late)
    organizer.post(f"/organizing/guides/{guide.pk}/end/")
    assert "No guide yet" in shown(organizer.get(path))
    assert Event.objects.filter(kind="campaign.guide_edited").count() == 1


@pytest.mark.parametrize(
    "bad",
    [
        {"words_es": "", "event_es": ""},
        {"words_es": "Hola {nombre}"},
        {"words_es": "Hola {name"},
        {"words_es": "{event}", "event_es": ""},
        {"words_es": "x" * 481},
        {"name": ""},
    ],
)
def test_a_bad_guide_stays_on_the_form(bad: dict[str, str], sign_in: SignIn, campaign: Campaign) -> None:
    path = f"/organizing/campaigns/{campaign.pk}/guides/add/"
    assert sign_in(Role.ORGANIZER).post(path, {**GUIDE, **bad}).status_code == 422
    assert not Guide.objects.exists()


def test_guides_of_others_are_not_there(sign_in: SignIn, campaign: Campaign) -> None:
    sign_in(Role.ORGANIZER).post(f"/organizing/campaigns/{campaign.pk}/guides/add/", GUIDE)
    guide = Guide.objects.get()
    other = signed_in(user_as(Role.ORGANIZER, "elsewhere"))
    assert other.get(f"/organizing/campaigns/{campaign.pk}/guides/").status_code == 404
    assert other.get(f"/organizing/guides/{guide.pk}/edit/").status_code == 404
    assert sign_in(Role.VOLUNTEER).get(f"/organizing/campaigns/{campaign.pk}/guides/").status_code == 404


def test_what_a_name_holds_is_no_place() -> None:
    assert filled("{name}, {event}", name="{sender}", event="x", sender="secret") == "{sender}, x"
    assert unknown_places("{name} { event } {who}") == ["who"]


def test_the_beginnings_in_the_files_fit_the_form() -> None:
    for for_calls, names in STARTS.items():
        for name in names:
            begun = start_from(name, for_calls=for_calls)
            events = {f"event_{code}": "x" for code in ("en", "es", "ko")}
            assert GuideForm({**begun, **events}, for_calls=for_calls).is_valid(), (name, begun)
            assert {"words_en", "words_es", "words_ko"} <= set(begun)
