from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from careers.core.facets import (
    Facet,
    FacetCounts,
    FacetForm,
    SearchLink,
    SlugMultipleChoiceField,
    count_by_value,
    join_with_or,
)
from careers.core.forms import LenientMultipleChoiceField, QueryField
from careers.geo.languages import language_choices
from careers.roles.models import Role, Skill
from careers.search.lookup import matching_pks

from .models import Category, Resource
from .search_documents import KIND

MAX_WORDS = 8  # words looked for in the database


class ResourceFilterForm(FacetForm):
    """The query string of /resources/."""

    q = QueryField(label="Keywords")
    category = SlugMultipleChoiceField(
        lambda: Category.objects.select_related("parent"), needs_full_rows=True, label="Category"
    )
    kind = LenientMultipleChoiceField(choices=Resource.Kind.choices, label="Kind")
    cost = LenientMultipleChoiceField(choices=Resource.Cost.choices, label="Cost")
    level = LenientMultipleChoiceField(choices=Resource.Level.choices, label="Level")
    language = LenientMultipleChoiceField(choices=language_choices, label="Language")
    role = SlugMultipleChoiceField(
        lambda: Role.objects.published().only("slug", "title"), label_field="title", label="Role"
    )
    skill = SlugMultipleChoiceField(lambda: Skill.objects.only("slug", "name"), label="Skill taught")

    facets = ("category", "kind", "cost", "level", "language", "role", "skill")

    @cached_property
    def sql_conditions(self):
        criteria = self.criteria
        conditions = {
            "category": Q(category__in=criteria["category"]) | Q(category__parent__in=criteria["category"]),
            "kind": Q(kind__in=criteria["kind"]),
            "cost": Q(cost__in=criteria["cost"]),
            "level": Q(level__in=criteria["level"]),
            "language": Q(language__in=criteria["language"]),
            "role": Q(pk__in=Resource.roles.through.objects.filter(role__in=criteria["role"]).values("resource")),
            "skill": Q(pk__in=Resource.skills.through.objects.filter(skill__in=criteria["skill"]).values("resource")),
            "q": words_condition(criteria["q"]),
        }
        return {name: condition for name, condition in conditions.items() if criteria[name]}

    def sorted(self, resources):
        """By name; without filters by category, as the directory shows them."""
        if self.is_filtered:
            return resources.order_by("name", "pk")
        paths = ("category__parent__{}", "category__{}")
        return resources.order_by(
            Coalesce(*(path.format("position") for path in paths)),
            Coalesce(*(path.format("name") for path in paths)),
            F("category__parent__position").asc(nulls_first=True),
            "category__position",
            "category__name",
            "name",
            "pk",
        )

    @property
    def sentence(self):
        """The search in words: 'Resources matching “statistics”: course or book, free, for Data Scientist'."""
        words = {
            name: join_with_or(list(chosen.values()))
            for name in self.fields
            if name != "page" and (chosen := self.chosen(name))
        }
        patterns = {
            "q": "matching “{}”",
            "category": "in {}",
            "role": "for {}",
            "skill": "teaching {}",
            "language": "in {}",
        }
        named = [pattern.format(words[name]) for name, pattern in patterns.items() if name in words]
        plain = [words[name].lower() for name in ("kind", "cost", "level") if name in words]
        return ", ".join([" ".join(["Resources", *named]), *plain])


QUICK = [
    ("Free beginner courses", {"kind": "course", "cost": "free", "level": "beginner"}),
    ("Free", {"cost": "free"}),
    ("For beginners", {"level": "beginner"}),
]


def quick_links(form: ResourceFilterForm, facets: list[Facet], resources: QuerySet) -> list[SearchLink]:
    """Usual choices in one step. Those that find something among `resources`, of filters of which nothing is chosen yet."""
    options = {(facet.name, option.value) for facet in facets for option in facet.options}
    links = []
    for words, values in QUICK:
        is_possible = options.issuperset(values.items()) and not any(form.criteria[name] for name in values)
        if is_possible and (len(values) == 1 or form.filter(resources).filter(**values).exists()):
            links.append(SearchLink(words, urlencode([*form.pairs(), *values.items()])))
    return links


class ResourceFacets(FacetCounts):
    def querysets(self, name, rows):
        match name:
            case "category":  # includes the resources of the categories below it
                return [
                    count_by_value(rows, "category__slug", "category__name"),
                    count_by_value(rows, "category__parent__slug", "category__parent__name"),
                ]
            case "role":
                return [count_by_value(rows.filter(roles__status=Role.Status.PUBLISHED), "roles__slug", "roles__title")]
            case "skill":
                return [count_by_value(rows, "skills__slug", "skills__name")]
        return [count_by_value(rows, name)]


def words_condition(text: str) -> Q:
    """The resources the search index finds; without the index, those that contain each word."""
    keys = matching_pks(KIND, text) if text else []
    return _contains_words(text) if keys is None else Q(pk__in=keys)


def _contains_words(text):
    """Each word occurs in the name, the texts, the provider, or the name of a skill taught."""
    condition = Q()
    for word in list(dict.fromkeys(text.split()))[:MAX_WORDS]:
        skills = Skill.objects.filter(Q(name__icontains=word) | Q(aliases__name__icontains=word))
        condition &= (
            Q(name__icontains=word)
            | Q(summary__icontains=word)
            | Q(why__icontains=word)
            | Q(provider__icontains=word)
            | Q(pk__in=Resource.skills.through.objects.filter(skill__in=skills).values("resource"))
        )
    return condition
