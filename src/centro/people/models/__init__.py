"""Tables of people, homes, work, consents and messages. Identity and free text are sealed; codes are clear."""

from centro.core import inventory
from centro.people.models.consents import Consent
from centro.people.models.exports import Export
from centro.people.models.homes import Building, Residency
from centro.people.models.imports import ImportBatch, ImportRow
from centro.people.models.person import Email, Household, Involvement, OfPerson, Person, Phone, scopes_of
from centro.people.models.purges import Purge
from centro.people.models.referrals import Referral
from centro.people.models.sameness import Merge, NotSame, SameAs
from centro.people.models.tags import Tag, Tagging
from centro.people.models.texts import Message, StoppedNumber, StrayText, Thread
from centro.people.models.work import Employer, Employment, Workplace

__all__ = [
    "Building",
    "Consent",
    "Email",
    "Employer",
    "Employment",
    "Export",
    "Household",
    "ImportBatch",
    "ImportRow",
    "Involvement",
    "Merge",
    "Message",
    "NotSame",
    "OfPerson",
    "Person",
    "Phone",
    "Purge",
    "Referral",
    "Residency",
    "SameAs",
    "StoppedNumber",
    "StrayText",
    "Tag",
    "Tagging",
    "Thread",
    "Workplace",
    "scopes_of",
]

inventory.register(
    {
        "people.person.age_band": "age band code",
        "people.person.language": "language code",
        "people.person.languages": "language codes",
        "people.person.zip": "ZIP code",
        "people.person.met_through": "code",
        "people.involvement.scope_kind": "kind of scope",
        "people.phone.kind": "code",
        "people.building.zip": "ZIP code",
        "people.residency.tenure": "code",
        "people.workplace.zip": "ZIP code",
        "people.workplace.industry": "NAICS code",
        "people.workplace.jurisdiction": "wage jurisdiction code",
        "people.employment.works_as": "code",
        "people.consent.purpose": "code",
        "people.consent.text_version": "version of the text",
        "people.consent.language": "language code",
        "people.consent.how": "code",
        "people.sameas.why": "code",
        "people.export.language": "language code",
        "people.export.zip": "ZIP code",
        "people.export.shape": "code",
        "people.export.state": "code",
        "people.importbatch.columns": "field names",
        "people.importbatch.state": "code",
        "people.importrow.state": "code",
        "people.merge.moved": "record ids by table",
        "people.merge.filled": "field names",
        "people.message.channel": "code",
        "people.message.language": "language code",
        "people.message.state": "code",
        "people.message.inbox": "code",
        "people.message.failure": "error code of the texting service",
        "people.message.provider_id": "id of a message at the texting service, which keeps its words too",
        "people.thread.inbox": "code",
        "people.stoppednumber.language": "language code",
        "people.straytext.provider_id": "id of a message at the texting service",
        "people.purge.basis": "code",
        "people.referral.to": "code",
        "people.referral.topic": "code",
    }
)
