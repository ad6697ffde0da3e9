"""What the form of a posting refuses, and what it keeps as it was typed; never with a 500."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.core.time_zones import to_local
from careers.postings.models import Posting
from tests import factories
from tests.admin_pages import accepted, answered, asked, complete, errors_of, filled, said
from tests.cases import each

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def editor(as_group):
    return as_group("editor")


def change(posting):
    return reverse("admin:postings_posting_change", args=[posting.pk])


def days(number):
    return timezone.localdate() + timedelta(days=number)


def save(client, posting, **changes):
    return answered(client, change(posting), **changes)


def test_values_that_cannot_be_are_form_errors(editor):
    given = [
        ({"pay_min": "9", "pay_max": "8", "pay_currency": "EUR", "pay_period": "year"}, "higher than “pay to”"),
        ({"pay_min": "9"}, "currency and a period"),
        ({"pay_min": "0", "pay_currency": "EUR", "pay_period": "year"}, "above zero"),
        ({"pay_min": "1e400"}, "pay_min"),
        ({"pay_min": "NaN"}, "pay_min"),
        ({"pay_min": "9", "pay_currency": "XXQ", "pay_period": "year"}, "not a currency code"),
        ({"closes_on": "2020-01-01"}, "has passed"),
        ({"closes_on": "9999-12-31"}, "at most"),
        ({"closes_on": "0001-01-01"}, "has passed"),
        ({"closes_on": "31/31/31"}, "closes_on"),
        ({"closes_on": days(5), "publish_at_0": days(9), "publish_at_1": "09:00"}, "before it opens"),
        ({"publish_at_0": "9999-12-31", "publish_at_1": "23:59"}, "days from now"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"title": "\0"}, "title"),
        ({"title": " 💥 !"}, "letter or digit"),
        ({"title": "x" * 121}, "120"),
        ({"description": "x" * 30_001}, "at most 30000 characters (it has 30001)"),
        ({"apply_url": "javascript:alert(1)"}, "apply_url"),
        ({"apply_url": "ftp://example.com"}, "apply_url"),
        ({"apply_email": "a b@c"}, "apply_email"),
        ({"employer": ""}, "employer"),
        ({"employer": "999999"}, "employer"),
        ({"skills": ["999999"]}, "skills"),
        ({"months_of_experience": "-1"}, "months_of_experience"),
        ({"months_of_experience": "99999999999"}, "months_of_experience"),
        ({"months_of_experience": "601"}, "50 years"),
        ({"pay_min": "65,000 florins"}, "for example 65000, 65,000 or 65k"),
        ({"pay_max": "82 thousand"}, "for example 65000, 65,000 or 65k"),
        ({"places-0-subdivision": "US-CA"}, "name or code of a state or province"),
        ({"places-0-subdivision": "zz"}, "for example"),
        ({"places-0-country": "", "places-0-subdivision": "Bavaria"}, "Choose the country first"),
        ({"places-0-country": "Q9"}, "country"),
        ({"places-0-city": "a\0"}, "city"),
        ({"places-TOTAL_FORMS": "x"}, "places-TOTAL_FORMS"),
    ]
    assert accepted(editor, change(complete(draft=True)), given, errors_of) == []


def test_only_addresses_people_can_open_are_kept(editor):
    addresses = ["mailto:jobs@example.com", "http://10.0.0.1/apply", "https://localhost/", "data:text/html,x"]
    given = [({field: address}, field) for field in ("apply_url", "apply_email") for address in addresses]
    assert accepted(editor, change(complete(draft=True)), given, errors_of) == []


def test_the_page_shows_what_is_wrong_beside_what_was_typed(editor):
    posting = complete(draft=True)
    wrong = {"pay_min": "9", "title": "Baker <b>", "places-0-subdivision": "US-CA"}
    page = editor.post(change(posting), filled(editor, change(posting)) | wrong).text
    for shown in ("currency and a period", "Baker &lt;b&gt;", "name or code of a state or province"):
        assert shown in page


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        (
            "apply_url",
            " jobs.example.com/apply?ref=a%20b&src=x#form ",
            "https://jobs.example.com/apply?ref=a%20b&src=x#form",
        ),
        ("apply_email", " Jobs@EXAMPLE.com ", "Jobs@EXAMPLE.com"),
        ("apply_email", "jobs@müller.example", "jobs@müller.example"),
    ],
)
def test_how_to_apply_is_kept_as_it_works(editor, field, given, kept):
    posting = complete(draft=True)
    assert save(editor, posting, **{field: given}).status_code == 302
    assert getattr(Posting.objects.get(pk=posting.pk), field) == kept


@pytest.mark.parametrize("prefix", ["places", "remote_countries"])
def test_a_row_given_twice_is_a_form_error(editor, prefix):
    posting = complete(draft=True)
    twice = {f"{prefix}-{row}-country": "FR" for row in (1, 2)} | {
        f"{prefix}-{row}-posting": posting.pk for row in (1, 2)
    }
    twice |= {f"{prefix}-{row}-position": row for row in (1, 2)}
    twice |= {f"{prefix}-TOTAL_FORMS": 3, f"{prefix}-0-country": "DE", f"{prefix}-0-posting": posting.pk}
    response = save(editor, posting, **twice)
    assert response.status_code == 200
    assert "duplicate" in errors_of(response).lower() or "already" in errors_of(response)


def test_what_readers_see_is_not_saved_with_something_missing(editor):
    response = save(editor, complete(), description="{team}", apply_url="")
    assert "Not filled in: {team}" in errors_of(response)
    assert "Say how to apply" in errors_of(response)


def test_markup_in_a_text_is_kept_as_text(editor):
    text = "<script>alert(1)</script> [x](javascript:alert(1)) </textarea><img onerror=alert(1)>"
    posting = complete(draft=True)
    fields = ("title", *Posting.TEXT_FIELDS)
    assert save(editor, posting, **dict.fromkeys(fields, text), **{"places-0-city": text}).status_code == 302
    page = (
        editor.get(change(posting)).content.decode()
        + editor.get(reverse("admin:postings_posting_changelist")).content.decode()
    )
    assert "<script>alert" not in page
    assert "<img onerror" not in page
    assert Posting.objects.get(pk=posting.pk).title == text


def test_titles_in_any_script_are_saved(editor):
    posting = complete(draft=True)
    for title in ("مهندس بيانات", "数据工程师", "Engineer 🚀", "R&D <lead>"):
        assert save(editor, posting, title=title).status_code == 302
        assert Posting.objects.get(pk=posting.pk).title == title


def test_bytes_that_are_no_text_are_replaced(editor):
    """Half of a surrogate pair, as a broken editor pastes it."""
    posting = complete(draft=True)
    sent = urlencode(filled(editor, change(posting)) | {"title": "Baker QQ"}, doseq=True)
    form = "application/x-www-form-urlencoded"
    assert editor.post(change(posting), sent.replace("QQ", "%ED%A0%80"), content_type=form).status_code == 302
    assert Posting.objects.get(pk=posting.pk).title == "Baker \ufffd\ufffd\ufffd"


def test_closing_days_on_which_clocks_change_are_accepted(editor, settings):
    settings.POSTING_HORIZON_DAYS = 4000
    posting = complete(draft=True)
    for day, zone in [
        ("2027-03-28", "Europe/Berlin"),
        ("2027-09-04", "America/Santiago"),
        ("2027-04-22", "Africa/Cairo"),
        ("2027-04-03", "UTC"),
    ]:
        assert save(editor, posting, closes_on=day, time_zone=zone).status_code == 302, (day, zone)


@pytest.mark.parametrize(("low", "high"), [("65,000", "82k"), ("65.000", "82 000"), ("65k", "82,000.00")])
def test_pay_is_taken_as_people_type_it(editor, low, high):
    posting = complete(draft=True)
    assert save(editor, posting, pay_min=low, pay_max=high, pay_currency="EUR", pay_period="year").status_code == 302
    posting.refresh_from_db()
    assert (posting.pay_min, posting.pay_max) == (65_000, 82_000)


def test_a_pay_field_lets_a_browser_type_a_comma(editor):
    page = editor.get(change(complete(draft=True))).text
    assert 'type="text" name="pay_min"' in page
    assert 'type="number" name="pay_min"' not in page


@pytest.mark.parametrize("typed", ["Bavaria", "bayern", "DE-BY", "by"])
def test_a_state_is_taken_by_name_and_by_code(editor, typed):
    posting = complete(draft=True)
    assert save(editor, posting, **{"places-0-subdivision": typed}).status_code == 302
    assert posting.places.get().subdivision == "DE-BY"


def test_the_field_of_the_state_is_not_cut(editor):
    field = editor.get(change(complete(draft=True))).context["inline_admin_formsets"][0].formset.forms[0]["subdivision"]
    assert 'maxlength="100"' in str(field)


@each(
    "typed, currency, stored",
    [
        ("€65k", "", "EUR"),
        ("65.000,00 €", "", "EUR"),
        ("65,000 gbp", "", "GBP"),
        ("$65 000", "", "USD"),
        ("$65,000", "CAD", "CAD"),
        ("CA$65,000", "CAD", "CAD"),
        ("65000", "INR", "INR"),
    ],
)
def test_an_amount_brings_its_currency_along(editor, typed, currency, stored):
    posting = complete(draft=True)
    answer = save(editor, posting, pay_min=typed, pay_currency=currency, pay_period="year")
    assert answer.status_code == 302
    posting.refresh_from_db()
    assert (posting.pay_min, posting.pay_currency) == (65000, stored)


def test_an_amount_in_another_currency_than_the_chosen_one_is_refused(editor):
    given = [({"pay_min": "€65k", "pay_currency": "USD", "pay_period": "year"}, "You typed €, but the currency is USD")]
    assert accepted(editor, change(complete(draft=True)), given, errors_of) == []


def test_a_state_is_shown_by_name_and_taken_by_name_or_code(editor):
    posting = factories.PostingFactory(draft=True)
    factories.PostingPlaceFactory(posting=posting, country="DE", subdivision="DE-BY", city="")
    assert filled(editor, change(posting))["places-0-subdivision"] == "Bayern"
    for typed, code in (("Saxony", "DE-SN"), ("DE-HE", "DE-HE"), ("Bayern", "DE-BY")):
        save(editor, posting, **{"places-0-subdivision": typed})
        assert posting.places.get().subdivision == code
    versions = posting.history.count()
    save(editor, posting)
    save(editor, posting, **{"places-0-subdivision": "DE-BY"})
    assert posting.history.count() == versions, "a name that says the same changes nothing"


def test_the_suggested_states_are_those_of_the_country(editor):
    names = editor.get(reverse("admin:subdivisions", args=["DE"])).json()["names"]
    assert "Bayern" in names
    assert len(names) == 16
    assert editor.get(reverse("admin:subdivisions", args=["XX"])).status_code == 404


# -- The time zone of the place


def place(posting, **values):
    return {f"places-0-{name}": value for name, value in values.items()}


def test_a_draft_takes_the_time_zone_of_its_place_and_times_keep_their_wording(editor):
    posting = complete(draft=True)
    answer = save(editor, posting, publish_at_0=str(days(9)), publish_at_1="09:00", **place(posting, city="Munich"))
    posting.refresh_from_db()
    assert posting.time_zone == "Europe/Berlin"
    assert to_local(posting.publish_at, "Europe/Berlin").hour == 9
    assert "Time zone set to Europe/Berlin" in " ".join(said(answer))


def test_a_new_posting_takes_the_time_zone_of_its_place(editor):
    address = reverse("admin:postings_posting_add")
    row = {"position": 0, "country": "US", "subdivision": "Colorado", "city": "Denver"}
    data = filled(editor, address) | {"title": "Baker", "employer": factories.EmployerFactory().pk}
    data |= {f"places-0-{name}": value for name, value in row.items()} | {"places-TOTAL_FORMS": 1}
    answer = editor.post(address, data)
    assert answer.status_code == 302, errors_of(answer)
    assert Posting.objects.get().time_zone == "America/Denver"


def test_a_time_zone_that_somebody_chose_stays(editor):
    posting = complete(draft=True)
    save(editor, posting, time_zone="Asia/Tokyo", **place(posting, city="Munich"))
    assert Posting.objects.get().time_zone == "Asia/Tokyo"
    save(editor, posting, time_zone="UTC", **place(posting, city="Hamburg"))
    assert Posting.objects.get().time_zone == "UTC"
    save(editor, posting, title="Baker")
    assert Posting.objects.get().time_zone == "UTC", "the place is the same"


def test_a_time_zone_that_came_from_the_place_follows_another_place(editor):
    posting = complete(draft=True)
    save(editor, posting, **place(posting, city="Munich"))
    moved = {"places-0-country": "PT", "places-0-subdivision": "", "places-0-city": "Lisbon"}
    save(editor, posting, **moved)
    assert Posting.objects.get().time_zone == "Europe/Lisbon"
    save(editor, posting, time_zone="Asia/Tokyo")
    save(editor, posting, **(moved | {"places-0-city": "Porto"}), time_zone="Asia/Tokyo")
    assert Posting.objects.get().time_zone == "Asia/Tokyo", "somebody chose it"


def test_the_time_zone_of_a_posting_that_readers_see_stays(editor):
    posting = complete()
    save(editor, posting, **place(posting, city="Munich"))
    assert Posting.objects.get().time_zone == "UTC"


# -- The bar below the form


@each(
    "group, trait, offered",
    [
        ("editor", "draft", ["publish"]),
        ("contributor", "draft", ["submit"]),
        ("editor", "in_review", ["publish", "return_to_draft"]),
        ("contributor", "in_review", ["return_to_draft"]),
        ("editor", "scheduled", ["return_to_draft"]),
        ("editor", "live", ["extend", "fill"]),
        ("editor", "rejected", ["clone"]),
        ("editor", "withdrawn", ["clone"]),
    ],
)
def test_the_bar_offers_what_comes_next(as_group, group, trait, offered):
    posting = complete(**({} if trait == "live" else {trait: True}))
    panel = asked(as_group(group), change(posting)).context["panel"]
    assert [act.name for act in panel["next_acts"]] == offered
