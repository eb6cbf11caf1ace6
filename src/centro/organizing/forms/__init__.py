"""Shape and validation of what is typed about visits, campaigns and lists."""

from centro.organizing.forms.campaigns import CampaignForm, FilterForm, ListForm
from centro.organizing.forms.contacts import AssessForm, ContactForm, LineForm, TieForm

__all__ = ["AssessForm", "CampaignForm", "ContactForm", "FilterForm", "LineForm", "ListForm", "TieForm"]
