from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from careers.occupations.models import (
    EducationShare,
    ImportRun,
    JobZone,
    Occupation,
    OccupationSkill,
    OccupationTask,
    OccupationTechnology,
    OccupationTitle,
    OfficialOutlook,
    OfficialPay,
    RelatedOccupation,
    Release,
    Source,
)
from careers.roles.models import (
    AlternateTitle,
    Article,
    CareerStep,
    Industry,
    Item,
    OccupationLink,
    OutlookClaim,
    PayClaim,
    Role,
    RoleSkill,
    Section,
    Skill,
    SkillAlias,
)


class SkillFactory(DjangoModelFactory):
    class Meta:
        model = Skill

    name = factory.Sequence("Skill {}".format)


class SkillAliasFactory(DjangoModelFactory):
    class Meta:
        model = SkillAlias

    skill = factory.SubFactory(SkillFactory)
    name = factory.Sequence("Alias {}".format)


class IndustryFactory(DjangoModelFactory):
    class Meta:
        model = Industry

    name = factory.Sequence("Industry {}".format)


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source

    publisher = "Bureau of Statistics"
    title = factory.Sequence("Wages {}".format)
    reference_period = "May 2025"


class RoleFactory(DjangoModelFactory):
    class Meta:
        model = Role

    class Params:
        draft = factory.Trait(status=Role.Status.DRAFT)
        archived = factory.Trait(status=Role.Status.ARCHIVED)

    title = factory.Sequence("Role {}".format)
    summary = "Does the work."
    status = Role.Status.PUBLISHED


class AlternateTitleFactory(DjangoModelFactory):
    class Meta:
        model = AlternateTitle

    role = factory.SubFactory(RoleFactory)
    title = factory.Sequence("Other title {}".format)


class SectionFactory(DjangoModelFactory):
    class Meta:
        model = Section

    role = factory.SubFactory(RoleFactory)
    kind = Section.Kind.OVERVIEW
    body = "Some prose."


class ItemFactory(DjangoModelFactory):
    class Meta:
        model = Item

    role = factory.SubFactory(RoleFactory)
    kind = Item.Kind.RESPONSIBILITY
    lead = factory.Sequence("Point {}".format)
    text = "Said in a sentence."
    position = factory.Sequence(int)


class RoleSkillFactory(DjangoModelFactory):
    class Meta:
        model = RoleSkill

    role = factory.SubFactory(RoleFactory)
    skill = factory.SubFactory(SkillFactory)


class CareerStepFactory(DjangoModelFactory):
    class Meta:
        model = CareerStep

    role = factory.SubFactory(RoleFactory)
    kind = CareerStep.Kind.AFTER
    to_title = factory.Sequence("Next title {}".format)


class ArticleFactory(DjangoModelFactory):
    class Meta:
        model = Article

    role = factory.SubFactory(RoleFactory)
    kind = Article.Kind.RESUME
    title = factory.Sequence("Article {}".format)
    body = "Some advice."


class PayClaimFactory(DjangoModelFactory):
    class Meta:
        model = PayClaim

    role = factory.SubFactory(RoleFactory)
    country = "US"
    currency = "USD"
    median = Decimal(100_000)


class OutlookClaimFactory(DjangoModelFactory):
    class Meta:
        model = OutlookClaim

    role = factory.SubFactory(RoleFactory)
    country = "US"
    growth_percent = Decimal("12.5")
    base_year = 2024
    target_year = 2034


class ReleaseFactory(DjangoModelFactory):
    class Meta:
        model = Release

    dataset = "onet"
    version = factory.Sequence("{}.0".format)
    source = factory.SubFactory(SourceFactory)


class JobZoneFactory(DjangoModelFactory):
    class Meta:
        model = JobZone

    zone = factory.Sequence(str)
    name = factory.LazyAttribute(lambda zone: f"Job Zone {zone.zone}: Some Preparation Needed")
    release = factory.SubFactory(ReleaseFactory)


class ImportRunFactory(DjangoModelFactory):
    class Meta:
        model = ImportRun

    command = "import_onet folder --commit"
    state = ImportRun.State.DONE
    host = "localhost"
    process = 1


class OccupationFactory(DjangoModelFactory):
    """An O*NET-SOC occupation. With soc=True the SOC occupation for which pay and outlook are published."""

    class Meta:
        model = Occupation

    class Params:
        soc = factory.Trait(scheme="soc", code=factory.Sequence(lambda number: f"11-{number + 1000:04d}"))

    scheme = "onet-soc"
    code = factory.Sequence(lambda number: f"11-{number + 1000:04d}.00")
    title = factory.Sequence("Occupation {}".format)
    soc_code = factory.LazyAttribute(lambda occupation: occupation.code[:7])
    release = factory.SubFactory(ReleaseFactory)


class OfficialPayFactory(DjangoModelFactory):
    class Meta:
        model = OfficialPay

    occupation = factory.SubFactory(OccupationFactory, soc=True)
    release = factory.SubFactory(ReleaseFactory, dataset="oews")
    source = factory.SelfAttribute("release.source")
    country = "US"
    currency = "USD"
    median = Decimal(100_000)


class OfficialOutlookFactory(DjangoModelFactory):
    class Meta:
        model = OfficialOutlook

    occupation = factory.SubFactory(OccupationFactory, soc=True)
    release = factory.SubFactory(ReleaseFactory, dataset="projections")
    source = factory.SelfAttribute("release.source")
    country = "US"
    growth_percent = Decimal("12.5")
    base_year = 2024
    target_year = 2034


class OccupationPartFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    occupation = factory.SubFactory(OccupationFactory)
    release = factory.SelfAttribute("occupation.release")


class OccupationTitleFactory(OccupationPartFactory):
    class Meta:
        model = OccupationTitle

    title = factory.Sequence("Alternate title {}".format)


class OccupationTaskFactory(OccupationPartFactory):
    class Meta:
        model = OccupationTask

    task_id = factory.Sequence(str)
    text = factory.Sequence("Weigh parcel {}.".format)
    kind = "core"


class OccupationTechnologyFactory(OccupationPartFactory):
    class Meta:
        model = OccupationTechnology

    name = factory.Sequence("Program {}".format)
    commodity_code = "43232408"
    commodity_title = "Web platform development software"


class RelatedOccupationFactory(OccupationPartFactory):
    class Meta:
        model = RelatedOccupation

    to_occupation = factory.SubFactory(OccupationFactory)
    tier = "Primary-Short"
    rank = factory.Sequence(lambda number: number + 1)


class EducationShareFactory(OccupationPartFactory):
    class Meta:
        model = EducationShare

    category = 6
    percent = Decimal("45.5")


class OccupationSkillFactory(OccupationPartFactory):
    class Meta:
        model = OccupationSkill

    element = factory.Sequence("2.A.{}".format)
    name = factory.Sequence("Skill {}".format)
    scale = "IM"
    rating = Decimal("4.12")
    respondents = 8
    measured = "08/2023"
    measured_by = "Analyst"


class OccupationLinkFactory(DjangoModelFactory):
    class Meta:
        model = OccupationLink

    role = factory.SubFactory(RoleFactory)
    occupation = factory.SubFactory(OccupationFactory)
