"""What the bench asks: seven classes of searches, five of each; how frequent their words are is known by their rank."""

from dataclasses import dataclass

from bench.words import PAIR_EVERY, PAIRS_FROM, vocabulary

RARE, COMMON, MIDDLE = range(20_001, 25_001, 1000), range(91, 116, 5), range(281, 331, 5)  # ranks
PAIRS = range(PAIRS_FROM + 6 * PAIR_EVERY, PAIRS_FROM + 11 * PAIR_EVERY, PAIR_EVERY)
FILTERS = ["country=DE&workplace=hybrid", "country=US&level=senior", "workplace=remote&type=full_time",
           "level=mid&country=GB", "country=IN&type=part_time"]  # fmt: skip
DEEP_PAGE = 60


@dataclass(frozen=True)
class Search:
    kind: str
    query: str  # string of /jobs/

    @property
    def address(self):
        return f"/jobs/?{self.query}"


def searches():
    words = vocabulary()
    found = {
        "rare term": [f"q={words[rank]}" for rank in RARE],
        "common term": [f"q={words[rank]}" for rank in COMMON],
        "two terms": [f"q={words[rank]}+{words[rank + 1]}" for rank in MIDDLE[::2]],
        "phrase": [f"q=%22{words[rank].replace(' ', '+')}%22" for rank in PAIRS],
        "term + 2 filters": [f"q={words[rank]}&{filters}" for rank, filters in zip(COMMON, FILTERS, strict=True)],
        "browse": ["", *(f"page={number}" for number in range(2, 6))],
        "deep page": [f"q={words[rank]}&page={DEEP_PAGE}" for rank in COMMON],
    }
    return [Search(kind, query) for kind, queries in found.items() for query in queries]


def question_of(search, at):
    """As the page asks it."""
    from django.http import QueryDict

    from careers.postings.job_list.form import PostingFilterForm
    from careers.postings.job_list.index_query import index_question

    form = PostingFilterForm(QueryDict(search.query))
    return index_question(form, at=at, offset=(form.criteria["page"] - 1) * 20, limit=20)
