"""What the tests of this folder share: the public models, their rows, and what a piece of code leaves in the log."""

from django.apps import apps
from django.db import connection

from careers.changes import counter
from careers.changes.log import transaction_log
from careers.postings.models import TemplateVersion
from tests import factories

OWN_APPS = ("occupations", "roles", "postings", "resources")

# The document whose text a row is part of, where the row is not one itself: (kind, attribute with its primary key).
PART_OF = {
    "AlternateTitle": ("roles.role", "role_id"),
    "Article": ("roles.role", "role_id"),
    "CareerStep": ("roles.role", "role_id"),
    "EducationShare": ("occupations.occupation", "occupation_id"),
    "Item": ("roles.role", "role_id"),
    "OccupationLink": ("roles.role", "role_id"),
    "OccupationSkill": ("occupations.occupation", "occupation_id"),
    "OccupationTask": ("occupations.occupation", "occupation_id"),
    "OccupationTechnology": ("occupations.occupation", "occupation_id"),
    "OccupationTitle": ("occupations.occupation", "occupation_id"),
    "OfficialOutlook": ("occupations.occupation", "occupation_id"),
    "OfficialPay": ("occupations.occupation", "occupation_id"),
    "OutlookClaim": ("roles.role", "role_id"),
    "PayClaim": ("roles.role", "role_id"),
    "PostingPlace": ("postings.posting", "posting_id"),
    "RelatedOccupation": ("occupations.occupation", "occupation_id"),
    "RemoteCountry": ("postings.posting", "posting_id"),
    "RoleSkill": ("roles.role", "role_id"),
    "Section": ("roles.role", "role_id"),
    "SkillAlias": ("roles.skill", "skill_id"),
    "TemplateBlank": ("postings.postingtemplate", "template_id"),
    "TemplateVersion": ("postings.postingtemplate", "template_id"),
}
DOCUMENTS = {
    "Category", "Employer", "Industry", "JobZone", "Occupation", "Posting", "PostingTemplate", "Release", "Resource", "Role",
    "Skill", "Source",
}  # fmt: skip
# Tables of these apps that no reader sees, each with the reason.
PRIVATE = {
    "BuildRun": "a table of postings built at once: for the staff",
    "CannedReply": "a reason editors choose from: for the staff",
    "DailyCount": "counts views, which must not make pages old",
    "ImportRun": "who ran which import: for the staff",
    "PendingChange": "what a posting may come to say: readers see it once it is in the posting",
    "PostingFinding": "what the checks said of a posting: for the staff",
    "UnansweredSearch": "counts searches, which must not make pages old",
    "ReminderSent": "what was mailed to whom it concerns",
}

MODELS = [
    model
    for label in OWN_APPS
    for model in apps.get_app_config(label).get_models()
    if model.__name__ not in PRIVATE and not model.__name__.startswith("Historical")
]


def row_of(model):
    """A saved row, the dullest there is."""
    if model is TemplateVersion:
        return TemplateVersion.objects.create(template=factories.PostingTemplateFactory(), number=50)
    return getattr(factories, f"{model.__name__}Factory")()


def document_of(row):
    """(kind, primary key) as the log must name it."""
    kind, attribute = PART_OF.get(type(row).__name__, (row._meta.label_lower, "pk"))
    return kind, getattr(row, attribute)


def logged(act, name=""):
    """{(kind, key)} that `act` leaves in the log as one transaction; it must have taken exactly one number."""
    transaction_log(connection).reset()  # as at the start of a transaction
    before = counter.current_number()
    act()
    assert counter.current_number() == before + 1, name
    return {(change.kind, change.key) for change in counter.changes_since(before)}


def any_field(model):
    """A field that can be written without a thought: not the key, not a relation."""
    return next(
        field for field in model._meta.concrete_fields if not field.primary_key and not field.is_relation
    ).attname


def taken_out(row):
    """The row as it was before it was saved: no longer in the database, without a key."""
    type(row).objects.filter(pk=row.pk).delete()
    row.pk = None
    row._state.adding = True
    return row
