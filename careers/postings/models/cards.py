from collections import defaultdict

from django.db.models.query import ModelIterable

from .places import PostingPlace, RemoteCountry

CARD_FIELDS = (
    "title", "slug", "workplace", "employment_type", "pay_min", "pay_max", "pay_currency", "pay_period", "publish_at",
    "closes_on", "time_zone", "remote_offset_from", "remote_offset_to", "employer__name", "employer__logo",
    "role",  # needed by `role.postings`, which sets the role on each row
)  # fmt: skip


class CardIterable(ModelIterable):
    """Postings with what their cards show as attributes `card_...`; `card_html` is for the tag `posting_cards`.

    `card_title` and `card_employer` are set where words are highlighted in them.

    Places are read as plain columns: that takes half the time of prefetching model instances.
    """

    def __iter__(self):
        cards, db = list(super().__iter__()), self.queryset.db
        of_cards = {"posting__in": [card.pk for card in cards]}
        places = group_by_key(
            PostingPlace.objects.using(db).filter(**of_cards), "posting", "country", "subdivision", "city"
        )
        countries = group_by_key(RemoteCountry.objects.using(db).filter(**of_cards).order_by(), "posting", "country")
        for card in cards:
            card.card_title = card.card_employer = card.card_extract = card.card_note = ""
            card.card_has_ended = False
            card.card_html = {}
            card.card_places = places[card.pk]
            card.card_countries = [code for [code] in countries[card.pk]]
        yield from cards


def group_by_key(rows, key, *columns):
    """{value of the key: [values of the other columns, one list per row]}"""
    found = defaultdict(list)
    for value, *others in rows.values_list(key, *columns):
        found[value].append(others)
    return found
