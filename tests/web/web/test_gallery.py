"""The gallery shows every component, in three languages; it is for staff, and for anybody in a demo."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from centro.core.classes import Role
from centro.web import gallery
from centro.web.templatetags.look import beside, initials

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]
COMPONENTS = Path(gallery.__file__).parent / "templates/components"
HERE = "/components/"


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_every_component_has_an_entry() -> None:
    assert {example.name for example in gallery.EXAMPLES} == {path.stem for path in COMPONENTS.glob("*.html")}


def test_every_component_tells_its_parts() -> None:
    for example in gallery.EXAMPLES:
        assert gallery.interface_of(example.name), example.name


def test_staff_see_every_component(sign_in: SignIn) -> None:
    shown = sign_in(Role.FRONT_DESK).get(HERE).content.decode()
    for example in gallery.EXAMPLES:
        assert f'id="{example.name}-title"' in shown


def test_outsiders_are_asked_to_sign_in(client: Client) -> None:
    answer = client.get(HERE)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse(settings.LOGIN_URL))


@pytest.mark.parametrize(("language", "word"), [("es", "necesario"), ("ko", "꼭 필요해요"), ("en", "needed")])
def test_it_speaks_the_readers_language(sign_in: SignIn, language: str, word: str) -> None:
    client = sign_in(Role.FRONT_DESK)
    client.post("/language/", {"language": language})
    assert word in client.get(HERE).content.decode()


@pytest.mark.parametrize("example", gallery.EXAMPLES, ids=lambda example: example.name)
def test_an_example_shows_its_own_words(example: gallery.Example, rf: RequestFactory) -> None:
    """Each piece says every text it was given, and keeps the content policy: no style=, no script, no on…=."""
    pieces = gallery.shown(example, rf.get(HERE))
    for parts, piece in zip(example.variants(), pieces, strict=True):
        said = piece + text_of(piece)
        for key in ("label", "title", "detail", "text", "purpose", "who"):
            assert str(parts.get(key, "")) in said
        assert not re.search(r"\sstyle=|<script|\son\w+=", piece)


def test_typing_is_answered_with_rows_and_revealing_with_the_value(sign_in: SignIn) -> None:
    client, small = sign_in(Role.FRONT_DESK), {"HX-Request": "true"}
    assert "Rosa" in client.post(HERE, {"words": "ros"}, headers=small).content.decode()
    assert "(213) 555-0123" in client.post(HERE, {"field": "phone"}, headers=small).content.decode()
    assert "hx-get" not in client.get(HERE, headers=small).content.decode()


def test_a_plain_post_comes_back(sign_in: SignIn) -> None:
    assert sign_in(Role.FRONT_DESK).post(HERE).url == HERE


def test_a_field_joins_label_help_and_error_to_its_control() -> None:
    form = gallery.SampleForm({"given": ""}, auto_id="x_%s")
    shown = str(form["given"].as_field_group())
    assert '<label for="x_given">' in shown
    assert 'aria-describedby="x_given_helptext x_given_error"' in shown
    assert 'id="x_given_helptext"' in shown
    assert 'id="x_given_error"' in shown
    assert 'aria-invalid="true"' in shown


def test_choices_are_a_fieldset_of_big_labels() -> None:
    shown = str(gallery.SampleForm(auto_id="x_%s")["outcome"].as_field_group())
    assert "<fieldset" in shown
    assert "<legend>" in shown
    assert shown.count('class="choice"') == 4


def test_a_yes_or_no_stands_before_its_words() -> None:
    shown = str(gallery.SampleForm(auto_id="x_%s")["may_text"].as_field_group())
    assert shown.index("<input") < shown.index("We may send text messages")
    assert 'class="must"' not in shown


def test_the_error_summary_leads_to_each_field() -> None:
    form = gallery.SampleForm({}, auto_id="x_%s")
    shown = render_to_string("components/error_summary.html", {"form": form})
    assert re.findall(r'href="#([^"]+)"', shown) == ["x_given", "x_language", "x_outcome"]
    assert render_to_string("components/error_summary.html", {"form": gallery.SampleForm()}).strip() == ""


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ana Ruiz", "AR"), ("Rosa Martínez López", "RL"), ("김수", "김"), ("ñusta", "Ñ"), ("•••", "·"), ("", "·")],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_row_must_fill_its_columns() -> None:
    assert beside(["a", "b"], ["One", "Two"]) == [("One", "a"), ("Two", "b")]
    with pytest.raises(ValueError, match="shorter"):
        beside(["a"], ["One", "Two"])


def test_a_message_can_carry_its_undo(rf: RequestFactory) -> None:
    parts = {"text": "Saved", "kind": "success", "undo": "/somewhere/undo/"}
    shown = render_to_string("components/notice.html", parts, rf.get(HERE))
    assert 'action="/somewhere/undo/"' in shown
    assert 'name="_once"' in shown
    assert "csrfmiddlewaretoken" in shown
    assert "<form" not in render_to_string("components/notice.html", {"text": "Saved"}, rf.get(HERE))
