from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, Value
from django.utils import timezone

from careers.core.facets import KnownRows, counts_by, either
from careers.core.forms import KnownChoices, QueryField
from careers.core.places import country_choices
from careers.roles.models import AlternateTitle, Role, Skill

from .models import Employer, Posting, PostingPlace, RemoteCountry
from .near import NearForm, in_database

WORDS = 8  # words of a query that are looked for; more add nothing a reader would notice

POSTED_CHOICES = [("1", "the last 24 hours"), ("7", "the last 7 days"), ("30", "the last 30 days")]


@dataclass(frozen=True)
class Span:
    words: str
    query: str
    is_chosen: bool


class PostingFilterForm(NearForm):
    """The query string of /jobs/ and of its feeds."""

    q = QueryField(label="Words")
    role = KnownRows(lambda: Role.objects.published().only("slug", "title"), words="title", label="Role")
    country = KnownChoices(choices=country_choices, label="Country")
    workplace = KnownChoices(choices=Posting.Workplace.choices, label="Workplace")
    type = KnownChoices(choices=Posting.EmploymentType.choices, label="Employment type")
    level = KnownChoices(choices=Posting.Level.choices, label="Level")
    employer = KnownRows(lambda: Employer.objects.only("slug", "name"), label="Employer")
    skill = KnownRows(lambda: Skill.objects.only("slug", "name"), label="Skill")
    posted = KnownChoices(choices=POSTED_CHOICES, label="Posted in")

    facets = ("role", "country", "workplace", "type", "level", "employer")

    def clean_posted(self):
        """Two spans mean the longer one."""
        return sorted(self.cleaned_data["posted"], key=int)[-1:]

    def conditions(self):
        criteria = self.criteria
        conditions = {
            "role": Q(role__in=criteria["role"]),
            "country": _in_countries(criteria["country"]),
            "workplace": Q(workplace__in=criteria["workplace"]),
            "type": Q(employment_type__in=criteria["type"]),
            "level": Q(level__in=criteria["level"]),
            "employer": Q(employer__in=criteria["employer"]),
            "skill": Q(pk__in=Posting.skills.through.objects.filter(skill__in=criteria["skill"]).values("posting")),
            "posted": Q(publish_at__gte=timezone.now() - timedelta(days=int(next(iter(criteria["posted"]), 0)))),
            "q": _matching(criteria["q"]),
        }
        chosen = {name: condition for name, condition in conditions.items() if criteria[name]}
        return chosen | ({"near": in_database(self.where)} if self.where else {})

    def counted(self, name, rows):
        if name == "role":
            return [counts_by(rows.filter(role__status=Role.Status.PUBLISHED), "role__slug", "role__title")]
        if name == "employer":
            return [counts_by(rows, "employer__slug", "employer__name")]
        if name == "country":
            return _counted_countries(rows)
        return [counts_by(rows, "employment_type" if name == "type" else name)]

    @property
    def spans(self):
        """A link for each choice of `posted`, in place of the one in use."""
        others = [pair for pair in self.pairs() if pair[0] != "posted"]
        return [
            Span(words, urlencode([*others, ("posted", value)]), value in self.criteria["posted"])
            for value, words in POSTED_CHOICES
        ]

    @property
    def sentence(self):
        """The search in words: 'Data Engineer jobs in Germany or France, remote, posted in the last 7 days'."""
        said = {
            name: either(list(spoken.values()))
            for name in self.fields
            if name != "page"
            if (spoken := self.spoken(name))
        }
        patterns = {
            "role": "{} jobs",
            "q": " matching “{}”",
            "employer": " at {}",
            "country": " in {}",
            "near": " {}",
            "remote": ", remote jobs {}",
            "workplace": ", {}",
            "type": ", {}",
            "level": ", {}",
            "skill": ", asking for {}",
            "posted": ", posted in {}",
        }
        kept_case = {"role", "q", "employer", "country", "near", "skill"}
        words = [
            pattern.format(said[name] if name in kept_case else said[name].lower())
            for name, pattern in patterns.items()
            if name in said
        ]
        return "".join(words if "role" in said else ["Jobs", *words])


def _in_countries(codes):
    """Work at a place there, or for remote workers who live there."""
    places = PostingPlace.objects.filter(country__in=codes).values("posting")
    remote = RemoteCountry.objects.filter(country__in=codes).values("posting")
    return Q(pk__in=places) | Q(pk__in=remote)


def _matching(text):
    """Each word occurs somewhere: in the title, the texts, the employer's name, the guide's titles or a city."""
    matching = Q()
    for word in list(dict.fromkeys(text.split()))[:WORDS]:
        guides = Role.objects.published().filter(
            Q(title__icontains=word) | Q(pk__in=AlternateTitle.objects.filter(title__icontains=word).values("role"))
        )
        somewhere = (
            Q(title__icontains=word)
            | Q(employer__name__icontains=word)
            | Q(role__in=guides)
            | Q(pk__in=PostingPlace.objects.filter(city__icontains=word).values("posting"))
        )
        for field in Posting.TEXT_FIELDS:
            somewhere |= Q(**{f"{field}__icontains": word})
        matching &= somewhere
    return matching


def _counted_countries(rows):
    """A posting counts once for a country, also when it names it as a place and as a country to apply from."""
    postings = rows.order_by().values("pk")
    places = PostingPlace.objects.filter(posting__in=postings)
    same = PostingPlace.objects.filter(posting=OuterRef("posting"), country=OuterRef("country"))
    remote = RemoteCountry.objects.filter(~Exists(same), posting__in=postings)
    return [
        named.order_by()
        .annotate(value=F("country"), words=Value("", output_field=CharField()))
        .values("value", "words")
        .annotate(many=Count("posting", distinct=True))
        for named in (places, remote)
    ]
