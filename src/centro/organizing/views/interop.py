"""Taking the record of a campaign out, in the words of OSDI: without names."""

import csv
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from centro.core.doors import allowed
from centro.core.request import Request
from centro.organizing.actions import interop as actions
from centro.organizing.queries import interop as reads
from centro.people.tables import harmless


@allowed("campaign.edit")
def osdi(request: Request, campaign_id: UUID) -> HttpResponse:
    """What the two files hold, and the buttons that take them."""
    campaign = reads.get_led_campaign(request.actor, campaign_id)
    return render(request, "organizing/network/osdi.html", {"campaign": campaign, "most": reads.MOST})


@allowed("campaign.edit", step_up=True)
@require_POST
def take_osdi(request: Request, campaign_id: UUID, what: str) -> HttpResponse:
    """One of the files, as CSV."""
    campaign = reads.get_led_campaign(request.actor, campaign_id)
    header, found = reads.file_of(request.actor, campaign, what)
    rows = list(found)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="osdi-{what}-{campaign.pk.hex[:8]}.csv"'
    writer = csv.writer(answer)
    writer.writerow(header)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    actions.note_taken_out(by=request.actor, campaign=campaign, what=what, rows=len(rows))
    return answer
