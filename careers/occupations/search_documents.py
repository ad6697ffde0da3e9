"""Documents of occupations for the search index."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from careers.search.documents import Document, DocumentKind, register

from .models import Occupation, OccupationTitle

OCCUPATION = "occupations.occupation"


def occupation_pks() -> Iterator[int]:
    return Occupation.objects.listed().order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)


def occupation_documents(pks: Iterable[int]) -> list[Document]:
    """Two queries for any number of occupations."""
    other_titles: dict[int, list[str]] = defaultdict(list)
    titles = OccupationTitle.objects.current().filter(occupation__in=pks).order_by("pk")
    for pk, *spellings in titles.values_list("occupation", "title", "short_title"):
        other_titles[pk] += filter(None, spellings)
    occupations = Occupation.objects.listed().filter(pk__in=pks).order_by("pk")
    return [
        Document(
            pk=pk,
            title=title,
            names=(code, *dict.fromkeys(other_titles[pk])),
            text=description,
            titles=(title,),
        )
        for pk, code, title, description in occupations.values_list("pk", "code", "title", "description")
    ]


def register_kind() -> None:
    register(DocumentKind(OCCUPATION, occupation_documents, occupation_pks))
