"""What the fields of a dated event are called, and their answers. The codes are those of the law's table of events."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FIELDS: dict[str, str | Promise] = {
    "how": _("How the job ended"),
    "promise": _("How the pay was promised"),
    "act": _("What was done"),
    "because": _("What came before it"),
    "what": _("Which records"),
    "served": _("How it was served"),
    "benefit": _("Which benefit"),
}
ANSWERS: dict[str, str | Promise] = {
    "discharged": _("Fired"),
    "laid_off": _("Laid off"),
    "quit_with_notice": _("Quit, with 72 hours’ notice"),
    "quit_without_notice": _("Quit, without notice"),
    "none": _("Nothing beyond the law"),
    "oral": _("By word"),
    "written": _("In writing"),
    "fired": _("Fired"),
    "hours_cut": _("Hours cut"),
    "demoted": _("Moved to a worse job"),
    "threat": _("A threat"),
    "other": pgettext_lazy("act", "Something else"),
    "wage_complaint": _("Asked for wages"),
    "safety_complaint": _("Spoke about safety"),
    "discrimination": _("Discrimination"),
    "harassment": _("Harassment"),
    "concerted_activity": _("Acted with co-workers"),
    "injury_claim": _("Claimed an injury"),
    "child_care_license": _("Complained about a child-care license"),
    "whistleblowing": _("Reported a violation"),
    "leave": _("Family or medical leave"),
    "equal_pay": _("Asked for equal pay"),
    "payroll": _("Payroll records"),
    "personnel": _("Personnel file"),
    "both": _("Payroll records and personnel file"),
    "hand": _("By hand"),
    "mail_california": _("By mail within California"),
    "mail_other_state": _("By mail from or to another state"),
    "mail_abroad": _("By mail from or to another country"),
    "safe_at_home": _("By mail to a Safe at Home address"),
    "electronic": _("Electronically"),
    "unemployment": _("Unemployment"),
    "disability": _("Disability"),
    "family_leave": _("Paid family leave"),
    "disaster": _("Disaster unemployment"),
}


def label_of(field: str) -> str | Promise:
    """The question of a field; its code where nobody wrote one."""
    return FIELDS.get(field, field)


def answer(code: str) -> str | Promise:
    """An answer in words; its code where nobody wrote one."""
    return ANSWERS.get(code, code)
