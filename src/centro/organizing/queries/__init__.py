"""Reads of organizing. The first argument is the actor; what is not theirs is not there."""

from centro.organizing.queries.campaigns import (
    campaigns,
    chosen_campaign,
    get_campaign,
    scale_words,
    team,
    words_of_scales,
)
from centro.organizing.queries.charts import Chart, get_department, wall_chart
from centro.organizing.queries.field import (
    Going,
    carried,
    get_report,
    going,
    pack_by_token,
    reports_held,
    somebody_new,
)
from centro.organizing.queries.left_alone import count_left_alone, left_alone
from centro.organizing.queries.lists import (
    StopRow,
    assignments,
    buildings,
    choosable_staff,
    find_list,
    get_assignment,
    get_stop,
    goes,
    packs,
    rows_of_list,
    unentered_lists,
)
from centro.organizing.queries.lockdown import count_packs_out, lock_downs
from centro.organizing.queries.lookup import (
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
from centro.organizing.queries.searches_filters import Filters
from centro.organizing.queries.walks import companions, get_walk, walks_out

__all__ = [
    "Chart",
    "Filters",
    "Going",
    "Line",
    "Row",
    "StopRow",
    "assessments",
    "assignments",
    "buildings",
    "campaign_for",
    "campaigns",
    "carried",
    "choosable_staff",
    "chosen_campaign",
    "companions",
    "contacts",
    "count_left_alone",
    "count_packs_out",
    "find_list",
    "find_others",
    "get_assignment",
    "get_campaign",
    "get_department",
    "get_report",
    "get_stop",
    "get_tie",
    "get_walk",
    "goes",
    "going",
    "last_seen",
    "left_alone",
    "lock_downs",
    "pack_by_token",
    "packs",
    "people_of_campaign",
    "reports_held",
    "rows_of_list",
    "scale_words",
    "somebody_new",
    "standing_of",
    "steps_due",
    "team",
    "ties",
    "unentered_lists",
    "walks_out",
    "wall_chart",
    "words_of_scales",
]
