from typing import Any

import tantivy
from django.conf import settings
from django.core.management.base import BaseCommand

from careers.changes import counter
from careers.search import sync
from careers.search.documents import KINDS


class Command(BaseCommand):
    help = "Show the state of this host's search index. Exits with status 1 if it is behind or missing."

    def handle(self, **options: Any) -> None:
        index, now = sync.open_index(), counter.read_state()
        if index is None:
            self.stdout.write(
                f"There is no index in {sync.index_folder()}. Pages answer from the database until manage.py reindex "
                f"builds it, or the next search where there are at most {settings.SEARCH_BUILD_AT_ONCE:,} rows."
            )
            raise SystemExit(1)
        size = sum(path.stat().st_size for path in index.folder.iterdir())
        self.stdout.write(f"Folder      {index.folder}")
        self.stdout.write(
            f"Documents   {index.searcher.num_docs - 1:,} in {index.searcher.num_segments} segments, {size / 1e6:,.1f} MB"
        )
        for kind, number in count_documents(index.searcher).items():
            self.stdout.write(f"            {number:>9,} {kind}")
        self.stdout.write(f"Change      {index.state.number} of {now.number}")
        if not index.state.covers(now):
            is_ahead = index.state.epoch == now.epoch and index.state.number > now.number
            self.stdout.write(
                "It is newer than the database, probably because a backup was restored. The next "
                "search or manage.py reindex rebuilds it."
                if is_ahead
                else "It is out of date. The next search updates it."
            )
            raise SystemExit(1)


def count_documents(searcher: tantivy.Searcher) -> dict[str, int]:
    """{kind: number of documents}"""
    aggregations = {"kinds": {"terms": {"field": "kind", "size": len(KINDS) + 1}}}
    buckets = searcher.aggregate(tantivy.Query.all_query(), aggregations)["kinds"]["buckets"]
    return dict.fromkeys(KINDS, 0) | {bucket["key"]: bucket["doc_count"] for bucket in buckets}
