"""The doors a page can have: `@allowed("module.verb")` or `@public`. A page with neither stops the start.

A third, `@enrolling`, stands before the few pages on which a signed-in user sets up their second factor.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid5

from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from centro.core import access, accounts, drafts, policy
from centro.core.documents.uploads import examine_files
from centro.core.models import Once, User
from centro.core.request import Request

View = Callable[..., HttpResponse]
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


class ShownOnce(HttpResponse):
    """An answer that cannot be given again, such as a new link. Its form is done; a second tap leads to `then`."""

    def __init__(self, page: HttpResponse, *, then: str) -> None:
        super().__init__(page.content)
        self.then = then


def printed(pdf: bytes, name: str) -> HttpResponse:
    """A paper of which no copy is kept, shown in the browser; the line in the log says that it was printed."""
    access.note_print()
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def public(view: View) -> View:
    """A page that anybody may open: it shows nothing of any person."""

    @wraps(view)
    def door(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    door.verb = "public"  # type: ignore[attr-defined]
    return door


def enrolling(view: View) -> View:
    """A page about one's own way of signing in: for whoever is signed in, also before the second factor is there."""

    @wraps(view)
    def door(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return ask_to_sign_in(request)
        return view(request, *args, **kwargs)

    door.verb = "enrol"  # type: ignore[attr-defined]
    return door


def allowed(verb: str, *, step_up: bool = False, first: Callable[..., Any] | None = None) -> Callable[[View], View]:
    """A page for those whose present role has `verb`. Others get the same 404 as for a page that does not exist.

    `step_up` asks for the second factor again when the last proof is older than five minutes. A form sent twice
    with one idempotency key is carried out once, and both arrivals get the same answer. `first` is called like the
    view, before the transaction that writes, for work that takes long; what it gives is `request.prepared`.
    """
    if verb not in policy.VERBS:
        raise ValueError(f"no role is granted “{verb}”: see GRANTS in core/policy.py")

    def guard(view: View) -> View:
        @wraps(view)
        def door(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return ask_to_sign_in(request)
            if missing := accounts.missing_step(request):
                return redirect(missing)
            if not policy.may(request.actor, verb):
                raise policy.Refused(verb)
            if step_up and not accounts.proved_recently(request):
                return accounts.ask_for_proof(request)
            if request.method in UNSAFE:
                examine_files(request.FILES)  # takes seconds, so it comes before the transaction that writes
                request.prepared = first(request, *args, **kwargs) if first else None
                return carry_out_once(request, lambda: view(request, *args, **kwargs))
            return view(request, *args, **kwargs)

        door.verb = verb  # type: ignore[attr-defined]
        return door

    return guard


def ask_to_sign_in(request: Request) -> HttpResponse:
    """Send to the sign-in page; a script's request gets 401, so that the page stays and nothing typed is lost.

    A form posted without a script is kept for the user whose sign-in just ended, and shown after they sign in again.
    """
    if request.headers.get("HX-Request") or request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=401)
    was: User | None = getattr(request, "was", None)
    if request.method != "POST" or was is None:
        return redirect_to_login(request.get_full_path())
    answer = redirect_to_login(reverse("core:restore"))
    drafts.keep(request, was, answer)
    return answer


def ask_again(request: Request, page: str, context: dict[str, Any]) -> HttpResponse:
    """The form once more, with what was typed and words about what to correct: 422, so that it may be sent again."""
    return render(request, page, context, status=422)


def _key(request: Request) -> UUID | None:
    """The key of the form in the name of its user: nobody meets the key of another."""
    try:
        return uuid5(request.actor.me, str(UUID(request.POST.get("_once", ""))))
    except ValueError:
        return None


def carry_out_once(request: Request, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Do what a form asks, in one transaction, unless the same form was already done.

    Only a redirect, and what is shown once, counts as done: a page that comes back with words about what to correct
    may be sent again, and a look-up while typing, which carries the key of its form along, does not use it up.
    """
    key = _key(request)
    if key is None:
        with transaction.atomic():
            return act()
    try:
        with transaction.atomic():
            mark = Once.objects.create(key=key, user=request.actor.me)
            answer = act()
            if isinstance(answer, HttpResponseRedirect) or answer.headers.get("HX-Redirect"):
                mark.location = (answer.headers.get("Location") or answer.headers["HX-Redirect"])[:400]
                mark.save(update_fields=["location"])
            elif isinstance(answer, ShownOnce):
                mark.location = answer.then[:400]
                mark.save(update_fields=["location"])
            else:
                mark.delete()
            return answer
    except IntegrityError:
        done = Once.objects.filter(key=key, user=request.actor.me).first()
        if done is None:
            raise
        return redirect(done.location or request.get_full_path())
