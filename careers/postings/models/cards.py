from collections import defaultdict

from django.db.models.query import ModelIterable

from careers.geo.countries import place_name

from .places import PostingPlace, RemoteCountry

CARD_FIELDS = (
    "title", "slug", "workplace", "employment_type", "pay_min", "pay_max", "pay_currency", "pay_period", "publish_at",
    "remote_offset_from", "remote_offset_to", "employer__name", "employer__logo",
    "role",  # lets `role.postings` hand its role on without asking for each row
)  # fmt: skip


class Cards(ModelIterable):
    """Postings with what a card says of each in attributes `card_...`, for whoever lists them to change.

    Places are read as plain columns, which takes half the time of prefetching rows.
    """

    def __iter__(self):
        cards, db = [*super().__iter__()], self.queryset.db
        of_cards = {"posting__in": [card.pk for card in cards]}
        places = listed(PostingPlace.objects.using(db).filter(**of_cards), "posting", "country", "subdivision", "city")
        countries = listed(RemoteCountry.objects.using(db).filter(**of_cards).order_by(), "posting", "country")
        for card in cards:
            card.card_title, card.card_employer = card.title, card.employer.name
            card.card_extract = card.card_note = ""
            card.card_places = [place_name(*place) for place in places[card.pk]]
            card.card_countries = [code for [code] in countries[card.pk]]
        yield from cards


def listed(rows, key, *columns):
    """{value of the key: [the other columns of its rows]}"""
    found = defaultdict(list)
    for value, *others in rows.values_list(key, *columns):
        found[value].append(others)
    return found
