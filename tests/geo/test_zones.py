import pytest

from careers.geo.zones import zone_of_place, zone_of_places
from careers.postings.text.render import Place


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        (("DE", "DE-BY", "Munich"), "Europe/Berlin"),
        (("DE", "", "München"), "Europe/Berlin"),
        (("US", "US-CO", "Denver"), "America/Denver"),
        (("US", "US-AZ", "Phoenix"), "America/Phoenix"),
        (("IN", "", "Pune"), "Asia/Kolkata"),
        (("FR", "", ""), "Europe/Paris"),
        (("FR", "", "Nowhere-sur-Rien"), "Europe/Paris"),
        (("US", "", ""), ""),
        (("", "", "Munich"), ""),
    ],
)
def test_a_place_has_the_zone_of_its_city_or_of_its_country(place, zone):
    assert zone_of_place(*place) == zone


def test_the_first_place_with_a_zone_decides():
    assert zone_of_places([Place("US"), Place("DE", "", "Munich"), Place("FR")]) == "Europe/Berlin"
    assert zone_of_places([]) == ""
