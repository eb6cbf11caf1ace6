"""The gallery at /components/: every component as it looks, with the words by which a page asks for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template import Engine
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centro.core.doors import allowed, public
from centro.core.request import Request

Parts = dict[str, Any]


@dataclass(frozen=True)
class Example:
    """One component: its file in templates/components, what it is for, and the parts it is shown with."""

    name: str
    purpose: str | Promise
    variants: Callable[[], list[Parts]]


class SampleForm(forms.Form):
    """Every kind of field once."""

    given = forms.CharField(label=gettext_lazy("Name"), help_text=gettext_lazy("As the person says it."))
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=[("en", "English"), ("es", "Español"), ("ko", "한국어")]
    )
    born = forms.DateField(label=gettext_lazy("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    outcome = forms.ChoiceField(
        label=gettext_lazy("What happened?"),
        widget=forms.RadioSelect,
        choices=[
            ("talked", gettext_lazy("We talked")),
            ("away", gettext_lazy("Nobody was there")),
            ("later", gettext_lazy("Come back another day")),
            ("moved", gettext_lazy("No longer lives here")),
        ],
    )
    days = forms.MultipleChoiceField(
        label=gettext_lazy("Days"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("mon", gettext_lazy("Monday")), ("tue", gettext_lazy("Tuesday"))],
    )
    may_text = forms.BooleanField(label=gettext_lazy("We may send text messages"), required=False)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    paper = forms.FileField(label=gettext_lazy("Photo or PDF"), required=False)


def _fields() -> list[Parts]:
    filled = {"given": "", "language": "ko", "outcome": "talked"}
    form = SampleForm(filled, auto_id="sample_%s")
    return [{"field": field} for field in form]


def _bold(text: str) -> SafeString:
    return format_html("<p>{}</p>", text)


def _buttons() -> list[Parts]:
    return [
        {"label": _("Save"), "kind": "primary"},
        {"label": _("Change"), "type": "button"},
        {"label": _("Print"), "icon": "printer", "url": "#button"},
        {"label": _("Remove"), "kind": "danger", "opens": "sample-confirm"},
        {"label": _("Leave it as it is"), "kind": "quiet", "type": "button"},
    ]


def _chips() -> list[Parts]:
    return [
        {"label": "한국어", "kind": "lang", "lang": "ko"},
        {"label": _("Restaurant cook")},
        {"label": _("Records due 11 December"), "kind": "warn", "icon": "clock"},
        {"label": _("$3,905 expires in March"), "kind": "hot"},
        {"label": _("sure"), "kind": "sure"},
    ]


def _rows() -> list[Parts]:
    return [
        {"title": "Rosa Martínez López", "detail": _("Market, night shift"), "avatar": "Rosa Martínez López"}
        | {"url": "#row", "chip": "español", "chip_kind": "lang"},
        {"title": "김수", "lang": "ko", "detail": _("Restaurant cook"), "avatar": "김수", "url": "#row"},
        {"title": _("Overtime"), "detail": "Lab. Code 510", "money": 10692000},
    ]


def _timeline() -> list[Parts]:
    entries = [
        {"at": date(2026, 11, 20), "text": _("Consent given: keep my file"), "who": "Ana", "icon": "check"},
        {"at": date(2026, 11, 3), "text": _("Phone number added"), "who": "Minji", "icon": "plus"},
    ]
    return [{"entries": entries}]


def _tabs() -> list[Parts]:
    labels = [(_("Overview"), True, 0), (_("Consents"), False, 2), (_("Papers"), False, 0)]
    return [
        {
            "label": _("Parts of this file"),
            "tabs": [
                {"label": label, "url": "#tabs", "is_current": now, "count": count} for label, now, count in labels
            ],
        }
    ]


def _table() -> list[Parts]:
    columns = [_("Workplace"), _("City"), _("People")]
    rows = [["Mercado La Paloma", "Los Ángeles", "41"], ["서울식당", "Koreatown", "12"]]
    return [{"caption": _("Workplaces"), "columns": columns, "rows": rows}]


def _conflict() -> list[Parts]:
    fields = [
        {"label": _("Phone"), "yours": "(213) 555-0123", "theirs": "(213) 555-0188"},
        {"label": _("Language"), "yours": "español", "theirs": ""},
    ]
    return [{"who": "Ana", "fields": fields}]


def _menu_content() -> SafeString:
    lines = [("printer", _("Print")), ("copy", _("Copy"))]
    return format_html_join("", '<a href="#menu">{}{}</a>', ((_icon(icon), label) for icon, label in lines))


def _icon(name: str) -> SafeString:
    return render_to_string("components/icon.html", {"name": name})


def _found() -> list[Parts]:
    here = reverse("web:gallery")
    return [{"id": "sample-search", "label": _("Find a workplace"), "url": here, "live": here, "flows": True}]


def _progress(done: int = 340) -> Parts:
    total = 1200
    parts = {"id": "sample-progress", "label": _("Reading the list"), "url": reverse("web:gallery")}
    return parts | {"done": done, "total": total, "is_over": done == total}


def _confirm() -> list[Parts]:
    return [
        {
            "id": "sample-confirm",
            "title": _("Remove this phone number?"),
            "content": _bold(_("It goes away for everybody. You can add it again.")),
            "url": reverse("web:gallery"),
            "label": _("Remove"),
            "kind": "danger",
        }
    ]


EXAMPLES: tuple[Example, ...] = (
    Example("button", gettext_lazy("One primary on a screen; links look the same."), _buttons),
    Example("chip", gettext_lazy("A fact that changes what one does, never decoration."), _chips),
    Example("field", gettext_lazy("Any field of any form: form.field.as_field_group."), _fields),
    Example(
        "error_summary",
        gettext_lazy("What has to be corrected, at the top of a form that came back."),
        lambda: [{"form": SampleForm({"language": "xx"}, auto_id="sample_%s")}],
    ),
    Example("row", gettext_lazy("A line of a list that leads somewhere, or a sum."), _rows),
    Example(
        "card",
        gettext_lazy("A sheet for one subject; never one inside another."),
        lambda: [
            {"title": _("Pay as told"), "url": "#card", "label": _("Change")}
            | {"content": _bold(_("$2,800 cash at the end of each month"))}
        ],
    ),
    Example("table", gettext_lazy("Rows become small cards on a phone."), _table),
    Example(
        "empty",
        gettext_lazy("Nothing here yet, and what to do next."),
        lambda: [
            {"title": _("Nobody found"), "text": _("Try another part of the name, or add the person.")}
            | {"url": "#empty", "label": _("Add a person"), "icon": "users"}
        ],
    ),
    Example(
        "pager", gettext_lazy("On and back through a long list."), lambda: [{"previous": "#pager", "next": "#pager"}]
    ),
    Example("tabs", gettext_lazy("Parts of one record, as links."), _tabs),
    Example("timeline", gettext_lazy("What happened, newest first."), _timeline),
    Example(
        "person",
        gettext_lazy("A person and the language they speak."),
        lambda: [{"name": "김수", "url": "#person", "language": "한국어", "code": "ko"}, {"name": "Rosa Martínez"}],
    ),
    Example("avatar", gettext_lazy("Initials beside a name."), lambda: [{"name": "Ana Ruiz"}, {"name": "박지영"}]),
    Example(
        "money", gettext_lazy("Dollars and cents."), lambda: [{"cents": 17363115, "is_total": True}, {"cents": 694050}]
    ),
    Example("date", gettext_lazy("A day in the reader's language."), lambda: [{"value": date(2026, 11, 23)}]),
    Example(
        "stat",
        gettext_lazy("One number that matters."),
        lambda: [{"value": "12", "label": _("Due this week"), "note": _("three are late"), "url": "#stat"}],
    ),
    Example(
        "masked",
        gettext_lazy("A value that is opened on purpose, and the opening is written down."),
        lambda: [{"label": _("Phone"), "url": reverse("web:gallery"), "field": "phone"}],
    ),
    Example(
        "notice",
        gettext_lazy("What just happened; an address in extra_tags of a message adds Undo."),
        lambda: [{"text": _("Saved"), "undo": reverse("web:gallery")}, {"text": _("No signal"), "kind": "warning"}],
    ),
    Example("toast", gettext_lazy("The same, small and passing: stands once in the base page."), list),
    Example("conflict", gettext_lazy("Two people changed the same thing."), _conflict),
    Example("progress", gettext_lazy("A long job, asked every two seconds."), lambda: [_progress()]),
    Example("search_box", gettext_lazy("Finds while one types; words travel in the body only."), _found),
    Example(
        "dialog",
        gettext_lazy("A question or a short form over the page."),
        lambda: [{"id": "sample-dialog", "title": _("Consent"), "content": _bold(_("May we keep your file?"))}],
    ),
    Example("confirm", gettext_lazy("Asks before something that matters."), _confirm),
    Example(
        "menu",
        gettext_lazy("More things to do, out of the way."),
        lambda: [{"id": "sample-menu", "label": _("More"), "icon": "dots", "content": _menu_content()}],
    ),
    Example(
        "icon", gettext_lazy("From the sprite static/centro/icons.svg."), lambda: [{"name": "users"}, {"name": "clock"}]
    ),
    Example(
        "crumbs",
        gettext_lazy("Where this page is."),
        lambda: [{"crumbs": [{"label": _("People"), "url": "#crumbs"}, {"label": "Rosa", "url": "#crumbs"}]}],
    ),
    Example(
        "print_header",
        gettext_lazy("Head of a printed page; not seen on the screen."),
        lambda: [{"center": "Centro", "title": _("Consents"), "on": date_format(date(2026, 11, 23))}],
    ),
)


def interface_of(name: str) -> str:
    """The comment on the first line of a component: its parts."""
    source: str = Engine.get_default().get_template(f"components/{name}.html").source
    head = source.split("\n", 1)[0]
    for mark in ("{% load look %}", "{% comment %}", "{#"):
        head = head.replace(mark, "")
    return head.replace("{% endcomment %}", "#}").split("#}")[0].strip()


def shown(example: Example, request: Request) -> list[SafeString]:
    """The example as the browser gets it, one piece a variant."""
    name = f"components/{example.name}.html"
    return [render_to_string(name, parts, request) for parts in example.variants()]


def show(request: Request) -> HttpResponse:
    """All components; small requests of the components themselves get a small answer."""
    if request.headers.get("HX-Request"):
        return _piece(request)
    if request.method == "POST":
        return redirect("web:gallery")
    entries = [
        {"name": example.name, "purpose": example.purpose, "interface": interface_of(example.name)}
        | {"pieces": shown(example, request)}
        for example in EXAMPLES
    ]
    return render(request, "web/gallery.html", {"entries": entries})


def _piece(request: Request) -> HttpResponse:
    if request.method == "GET":
        return render(request, "components/progress.html", _progress(1200))
    if "words" in request.POST:
        return render(request, "web/gallery.html#found", {"rows": _rows()[:2]})
    return render(request, "components/masked.html", {"label": _("Phone"), "value": "(213) 555-0123"})


gallery = public(show) if settings.DEMO else allowed("center.home")(show)
