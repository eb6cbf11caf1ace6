"""Whether whoever gave out a link without an account may still give it: it works no longer than their own work does."""

from uuid import UUID

from centro.core import policy
from centro.core.accounts import roles_of
from centro.core.models import Place, User
from centro.core.policy import Actor


def may_give(user: User, campaign: UUID, verb: str) -> bool:
    """They work here, are on the campaign, and hold a role that does this."""
    if not user.is_active or not Place.objects.not_over().filter(user=user, scope=campaign).exists():
        return False
    return any(policy.may(Actor(user_id=user.pk, role=role), verb) for role in roles_of(user))
