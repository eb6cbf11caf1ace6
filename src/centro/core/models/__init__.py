"""Tables of the ground: users, roles and places, the two logs, tasks, documents, and small machinery."""

from centro.core.models.documents import Document, Numbers, Paper, PurgedVault, Upload
from centro.core.models.invitations import Invitation, InvitationReason
from centro.core.models.jobs import PeriodRun
from centro.core.models.logs import Access, Event, LogEntry
from centro.core.models.small import Center, Draft, Once, SearchTerm
from centro.core.models.tasks import Task, TaskQuerySet
from centro.core.models.users import Place, RoleGrant, User, UserManager

__all__ = [
    "Access",
    "Center",
    "Document",
    "Draft",
    "Event",
    "Invitation",
    "InvitationReason",
    "LogEntry",
    "Numbers",
    "Once",
    "Paper",
    "PeriodRun",
    "Place",
    "PurgedVault",
    "RoleGrant",
    "SearchTerm",
    "Task",
    "TaskQuerySet",
    "Upload",
    "User",
    "UserManager",
]
