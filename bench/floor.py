"""The floor under any search engine in Python: postings lists and facet columns as arrays in memory, intersected and counted.

It holds only the words it will be asked for, ranks nothing and knows no updates; its hits come newest first.
"""

from array import array
from collections import defaultdict

import numpy

from careers.search.conditions import And, Not, Or, Range, Terms, to_microseconds
from careers.search.text import STEM_ANALYZER

PLACE_BITS = 14  # of a position: the place of the word within its document
GAP = 2  # places between two texts of a document: no phrase reaches across
FEW = 20  # of so many documents less than one is few


class Column:
    """The values of a facet: entries by document, several to one."""

    def __init__(self):
        self.values, self.rows, self.codes = {}, array("q"), array("q")

    def add(self, row, values):
        for value in dict.fromkeys(values):
            self.rows.append(row)
            self.codes.append(self.values.setdefault(value, len(self.values)))

    def finish(self, rank, many):
        rows = rank[numpy.frombuffer(self.rows, dtype=numpy.int64)]
        order = numpy.argsort(rows, kind="stable")
        self.rows = rows[order].astype(numpy.int32)
        self.codes = numpy.frombuffer(self.codes, dtype=numpy.int64)[order].astype(numpy.int32)
        self.starts = numpy.searchsorted(self.rows, numpy.arange(many + 1))
        self.names = list(self.values)

    def counts(self, rows, mask):
        """Of each code, among these rows; `mask` says the same of every row."""
        if len(rows) * FEW > len(mask):
            return numpy.bincount(self.codes[mask[self.rows]], minlength=len(self.names))
        begins, lengths = self.starts[rows], self.starts[rows + 1] - self.starts[rows]
        ends = numpy.cumsum(lengths)
        entries = numpy.arange(ends[-1] if len(ends) else 0) + numpy.repeat(begins - ends + lengths, lengths)
        return numpy.bincount(self.codes[entries], minlength=len(self.names))

    def having(self, values, many):
        mask = numpy.zeros(many, dtype=bool)
        codes = [self.values[value] for value in values if value in self.values]
        mask[self.rows[numpy.isin(self.codes, codes)]] = True
        return mask


class Floor:
    def __init__(self, words, facets):
        self.places = {stem: array("q") for word in words for stem in STEM_ANALYZER.analyze(word)}
        self.columns = {name: Column() for name in facets}
        self.numbers = defaultdict(lambda: array("q"))
        self.pks = array("q")

    def add(self, document):
        row = len(self.pks)
        self.pks.append(document.pk)
        for name in ("newest", "posted"):
            self.numbers[name].append(document.numbers[name])
        self.numbers["opens"].append(document.opens)
        self.numbers["closes"].append(document.closes)
        for name, column in self.columns.items():
            column.add(row, document.facets.get(name, ()))
        begin = row << PLACE_BITS
        for text in (document.title, *document.names, document.text):
            stems = STEM_ANALYZER.analyze(text)
            for place, stem in enumerate(stems, begin):
                if stem in self.places:
                    self.places[stem].append(place)
            begin += len(stems) + GAP

    def finish(self):
        """Number the documents anew, the newest first."""
        order = numpy.argsort(-numpy.frombuffer(self.numbers["newest"], dtype=numpy.int64))
        self.many = len(order)
        rank = numpy.empty(self.many, dtype=numpy.int64)
        rank[order] = numpy.arange(self.many)
        self.pks = numpy.frombuffer(self.pks, dtype=numpy.int64)[order]
        self.numbers = {
            name: numpy.frombuffer(numbers, dtype=numpy.int64)[order] for name, numbers in self.numbers.items()
        }
        for column in self.columns.values():
            column.finish(rank, self.many)
        self.rows = {}
        for stem, places in self.places.items():
            found = numpy.frombuffer(places, dtype=numpy.int64)
            found = (rank[found >> PLACE_BITS] << PLACE_BITS) | (found & ((1 << PLACE_BITS) - 1))
            self.places[stem] = numpy.sort(found)
            self.rows[stem] = numpy.unique(found >> PLACE_BITS)

    # -- Answers

    def matching(self, clauses):
        """Rows that hold every clause, ascending; None for all rows."""
        rows = None
        for clause in clauses:
            found = self.rows_of(clause.stems)
            rows = found if rows is None else numpy.intersect1d(rows, found, assume_unique=True)
        return rows

    def rows_of(self, stems):
        if len(stems) == 1:
            return self.rows[stems[0]]
        ends = self.places[stems[0]]
        for distance, stem in enumerate(stems[1:], 1):
            ends = numpy.intersect1d(ends, self.places[stem] - distance, assume_unique=True)
        return numpy.unique(ends >> PLACE_BITS)

    def mask_of(self, condition):
        if isinstance(condition, Terms):
            return self.columns[condition.name].having(condition.values, self.many)
        if isinstance(condition, Not):
            return ~self.mask_of(condition.condition)
        if isinstance(condition, Or | And):
            join = numpy.logical_or if isinstance(condition, Or) else numpy.logical_and
            return join.reduce([self.mask_of(part) for part in condition.conditions])
        assert isinstance(condition, Range)
        numbers, mask = self.numbers[condition.name], True
        if condition.low is not None:
            mask = mask & (numbers >= condition.low)
        return mask if condition.high is None else mask & (numbers <= condition.high)

    def answer(self, question, clauses):
        """(total, primary keys of the page, {facet: {value: count}} with the chosen ones counted as the page does)"""
        now = to_microseconds(question.at)
        shown = (self.numbers["opens"] <= now) & (self.numbers["closes"] > now)
        words = self.matching(clauses)
        if words is not None:
            mask = numpy.zeros(self.many, dtype=bool)
            mask[words] = True
            shown &= mask
        masks = {name: self.mask_of(condition) for name, condition in question.filters.items()}
        found = self.within(shown, masks)
        rows = numpy.flatnonzero(found)
        counts = {}
        for name in question.facets:
            wider = self.within(shown, masks, leaving=name) if name in masks else found
            of_facet = numpy.flatnonzero(wider) if name in masks else rows
            counts[name] = self.best(
                self.columns[name], self.columns[name].counts(of_facet, wider), question.facet_size
            )
        page = rows[question.offset : question.offset + question.limit]
        return len(rows), self.pks[page].tolist(), counts

    @staticmethod
    def within(shown, masks, leaving=None):
        for name, mask in masks.items():
            if name != leaving:
                shown = shown & mask
        return shown

    @staticmethod
    def best(column, counts, many):
        if len(counts) > many:
            codes = numpy.argpartition(-counts, many)[:many]
            return {column.names[code]: int(counts[code]) for code in codes if counts[code]}
        return {name: int(count) for name, count in zip(column.names, counts, strict=True) if count}
