"""Several workers, one employer."""

from django.http import HttpResponse
from django.shortcuts import render

from centro.clinic.queries import radar as reads
from centro.core.doors import allowed
from centro.core.request import Request


@allowed("clinic.radar")
def same_employer(request: Request) -> HttpResponse:
    """Employers of several workers who agreed to be matched, or with a judgment against them."""
    return render(request, "clinic/walls/same_employer.html", {"groups": reads.same_employer(request.actor)})
