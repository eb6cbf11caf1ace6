"""Reads of organizing. The first argument is the actor; what is not theirs is not there."""

from centro.organizing.queries.campaigns import (
    campaigns,
    get_campaign,
    scale_words,
    team,
    words_of_scales,
)
from centro.organizing.queries.lists import (
    assignments,
    buildings,
    choosable_staff,
    get_assignment,
    get_stop,
    goes,
    packs,
    rows_of_list,
    unentered_lists,
)
from centro.organizing.queries.lookup import (
    Filters,
    Row,
    people_of_campaign,
)
from centro.organizing.queries.person import (
    Line,
    assessments,
    campaign_for,
    contacts,
    find_others,
    get_tie,
    last_seen,
    standing_of,
    steps_due,
    ties,
)

__all__ = [
    "Filters",
    "Line",
    "Row",
    "assessments",
    "assignments",
    "buildings",
    "campaign_for",
    "campaigns",
    "choosable_staff",
    "contacts",
    "find_others",
    "get_assignment",
    "get_campaign",
    "get_stop",
    "get_tie",
    "goes",
    "last_seen",
    "packs",
    "people_of_campaign",
    "rows_of_list",
    "scale_words",
    "standing_of",
    "steps_due",
    "team",
    "ties",
    "unentered_lists",
    "words_of_scales",
]
