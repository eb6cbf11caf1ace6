"""Pages that need neither database, session nor keys: what is said when one of them is not there."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation


def bare_page(request: HttpRequest, template: str, status: int, **facts: object) -> HttpResponse:
    """Render a page that stands on its own, in the language of the cookie or the browser."""
    language = translation.get_language_from_request(request)
    with translation.override(language):
        page = render_to_string(template, {"language": language, **facts})
    return HttpResponse(page, status=status, headers={"Content-Language": language})
