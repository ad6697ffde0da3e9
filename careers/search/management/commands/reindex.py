from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from careers.search import sync
from careers.search.documents import DocumentKind


class Command(BaseCommand):
    help = "Build a new search index and switch to it when it is ready. Searches keep working while it runs."

    def handle(self, **options: Any) -> None:
        try:
            index = sync.rebuild(self.show_progress)
        except (sync.SearchUnavailableError, OSError, ValueError) as error:
            raise CommandError(f"The index was not built: {error}") from error
        self.stdout.write(f"{index.searcher.num_docs - 1:,} documents, as of change {index.state.number}.")

    def show_progress(self, kind: DocumentKind, replacements: Iterable[Any]) -> Iterator[Any]:
        if not self.stderr.isatty():
            yield from replacements
            return
        with tqdm(desc=kind.name, unit=" rows", total=sum(1 for _ in kind.pks()), file=self.stderr, leave=False) as bar:
            for replacement in replacements:
                yield replacement
                bar.update(len(replacement[1]))
