"""Shape and validation of what is typed about visits, campaigns and lists."""

from centro.organizing.forms.campaigns import CampaignForm, ListForm
from centro.organizing.forms.contacts import AssessForm, ContactForm, LineForm, TieForm
from centro.organizing.forms.searches import FilterForm
from centro.organizing.forms.walks import OutForm

__all__ = ["AssessForm", "CampaignForm", "ContactForm", "FilterForm", "LineForm", "ListForm", "OutForm", "TieForm"]
