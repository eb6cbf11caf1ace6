"""Writes of organizing: one function for each thing staff say they did. Each leaves one event."""

from centro.organizing.actions.campaigns import (
    add_campaign,
    edit_campaign,
    join_team,
    leave_team,
    put_in_campaign,
    reword_scale,
)
from centro.organizing.actions.charts import add_department, edit_department, put_on_chart, take_off_chart
from centro.organizing.actions.contacts import (
    AsksWhy,
    Named,
    Told,
    add_tie,
    assess,
    end_tie,
    log_contact,
    log_nobody_home,
)
from centro.organizing.actions.field import Taken, take_pack
from centro.organizing.actions.leaving import let_go
from centro.organizing.actions.lists import (
    end_list,
    make_list,
    note_print,
    note_sheet,
    put_on_list,
    release_line,
    revoke_pack,
    take_off_list,
)
from centro.organizing.actions.lockdown import revoke_every_pack
from centro.organizing.actions.walks import come_back, go_out, raise_overdue_walks, stay_longer

__all__ = [
    "AsksWhy",
    "Named",
    "Taken",
    "Told",
    "add_campaign",
    "add_department",
    "add_tie",
    "assess",
    "come_back",
    "edit_campaign",
    "edit_department",
    "end_list",
    "end_tie",
    "go_out",
    "join_team",
    "leave_team",
    "let_go",
    "log_contact",
    "log_nobody_home",
    "make_list",
    "note_print",
    "note_sheet",
    "put_in_campaign",
    "put_on_chart",
    "put_on_list",
    "raise_overdue_walks",
    "release_line",
    "revoke_every_pack",
    "revoke_pack",
    "reword_scale",
    "stay_longer",
    "take_off_chart",
    "take_off_list",
    "take_pack",
]
