"""Many drafts from a table: looked through first, built once, row by row."""

import io
import uuid
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from careers.files.csv_export import csv_lines
from careers.postings.admin.postings.export import PostingResource
from careers.postings.models import BuildRun, Employer, Posting, TemplateBlank
from careers.postings.posting_templates.build_many import MOST_ROWS
from careers.postings.posting_templates.versions import save_template
from careers.postings.text.render import places_of
from tests import factories
from tests.cases import each

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
DAY = (timezone.localdate() + timedelta(days=40)).isoformat()
HEADER = "employer,places,pay_min,pay_max,currency,period,closing_day,time_zone,team"
GOOD = f"Lumen,DE/DE-BE/Berlin | FR//Paris,50000,60000,EUR,year,{DAY},Europe/Berlin,Search"


@pytest.fixture
def template():
    factories.EmployerFactory(name="Lumen")
    template = factories.PostingTemplateFactory(description="{employer} in {place} wants you in {team}. Pay: {pay}.")
    return save_template(template, by=None, placeholders=[TemplateBlank(name="team", is_required=True)])


def address(template):
    return reverse("admin:postings_postingtemplate_build_many", args=[template.pk])


def look(client, template, *lines, header=HEADER):
    return client.post(address(template), {"table": "\n".join([header, *lines])})


def build(client, template, *lines, token=None):
    data = {"table": "\n".join([HEADER, *lines]), "build": "1", "token": token or uuid.uuid4()}
    return client.post(address(template), data)


def test_the_first_step_shows_the_rows_and_builds_nothing(as_group, template):
    response = look(as_group("contributor"), template, GOOD)
    assert [(row.number, row.problems) for row in response.context["rows"]] == [(2, [])]
    assert "We have not built anything yet" in response.content.decode()
    assert not Posting.objects.exists()


def test_a_confirmed_table_becomes_drafts(as_group, template):
    client = as_group("contributor")
    form = look(client, template, GOOD).context["form"]
    response = client.post(
        address(template), {**{name: form[name].value() for name in ("table", "token")}, "build": "1"}
    )
    posting = Posting.objects.get()
    assert posting.description == (
        "Lumen in Berlin, Germany or Paris, France wants you in Search. Pay: €50,000 to €60,000 a year."
    )
    assert (posting.status, posting.closes_on.isoformat(), posting.places.count()) == ("draft", DAY, 2)
    assert posting.history.first().history_user.groups.get().name == "contributor"
    assert reverse("admin:postings_posting_change", args=[posting.pk]) in response.content.decode()


@each(
    ("row", "words"),
    [
        (f"Nobody,,,,,,{DAY},,Search", "an employer “Nobody”"),
        ("Lumen,Berlin,,,,,,,Search", "DE/DE-BE/Berlin"),
        ("Lumen,Q9//,,,,,,,Search", "Q9"),
        ("Lumen,,abc,,EUR,year,,,Search", "“abc” is not a number"),
        ("Lumen,,*,,EUR,year,,,Search", "“*” is not a number"),
        ("Lumen,,9,8,EUR,year,,,Search", "“Pay from” is higher"),
        ("Lumen,,9,,,,,,Search", "currency and a period"),
        ("Lumen,,,,,,31/3/2027,,Search", "form 2027-03-31"),
        ("Lumen,,,,,,3/31/27,,Search", "form 2027-03-31"),
        ("Lumen,,,,,,31.3.27,,Search", "form 2027-03-31"),
        ("Lumen,,,,,,2020-01-01,,Search", "has passed"),
        ("Lumen,,,,,,9999-12-31,,Search", "days away"),
        (f"Lumen,,,,,,{DAY},Mars/Base,Search", "not a time zone"),
        ("Lumen,,,,,,,../../etc,Search", "not a time zone"),
        ("Lumen,,,,,,,,", "is needed"),
    ],
)
def test_what_is_wrong_in_a_row_is_said_and_that_row_alone_is_not_built(as_group, template, row, words):
    response = build(as_group("editor"), template, row, GOOD)
    assert words in " ".join(response.context["rows"][0].problems)
    assert Posting.objects.count() == 1
    assert BuildRun.objects.get().built == 1
    assert not Employer.objects.exclude(name="Lumen").exists()


def test_pay_states_and_the_time_zone_are_taken_as_people_give_them(as_group, template):
    build(as_group("editor"), template, "Lumen,DE/Bavaria/Munich,65k,82k,EUR,year,,,Search")
    posting = Posting.objects.get()
    assert (posting.pay_min, posting.pay_max, posting.time_zone) == (65_000, 82_000, "Europe/Berlin")
    assert posting.places.get().subdivision == "DE-BY"


def test_an_exported_posting_becomes_the_same_posting_again(as_group, template):
    client = as_group("editor")
    places = "US/US-OH/Columbus | DE/DE-BE/Berlin | US/US-TX/ | US/US-NY/New York | IN//Rampur Kalan | JP//"
    build(client, template, f"Lumen,{places},18.38,22,USD,hour,{DAY},Europe/Berlin,Search")
    posting = Posting.objects.get()
    exported = PostingResource().export(Posting.objects.all()).dict[0]
    assert exported["places"].startswith("Columbus, Ohio, United States; Berlin, Germany")
    names = (
        "employer title places remote_countries workplace pay_min pay_max pay_currency pay_period closes_on time_zone"
    )
    columns = names.split()
    table = csv_lines([[*columns, "team"], [*(exported[name] for name in columns), "Search"]])
    assert look(client, template, header=table).context["rows"][0].problems == []
    client.post(address(template), {"table": table, "build": "1", "token": uuid.uuid4()})
    again = Posting.objects.latest("pk")
    assert again.pk != posting.pk
    assert places_of(again) == places_of(posting)
    for field in ("pay", "closes_on", "time_zone", "title", "workplace"):
        assert getattr(again, field) == getattr(posting, field)


@each(
    "cell, words",
    [
        ("Columbus, Bavaria, United States", "We don't know “Bavaria” in United States"),
        ("Columbus, Ohio, Nowhere", "for example Berlin, Germany"),
        ("a, b, c, Germany", "for example Berlin, Germany"),
        ("Berlin, Europe", "for example Berlin, Germany"),
        ("; ,", "for example Berlin, Germany"),
    ],
)
def test_a_printed_place_that_cannot_be_read_is_a_problem(as_group, template, cell, words):
    row = look(as_group("editor"), template, f'Lumen,"{cell}",Search', header="employer,places,team").context["rows"][0]
    assert words in " ".join(row.problems)


@each(
    "cell, place",
    [("FR//Paris, France", "Paris, France, France"), ("Georgia", "Georgia"), ("Paris, France", "Paris, France")],
)
def test_a_place_is_read_as_it_is_written(as_group, template, cell, place):
    row = look(as_group("editor"), template, f'Lumen,"{cell}",Search', header="employer,places,team").context["rows"][0]
    assert (row.problems, [str(place) for place in row.arguments["places"]]) == ([], [place])


def test_an_employer_is_found_whatever_the_case(as_group, template):
    assert not look(as_group("editor"), template, GOOD.replace("Lumen", "LUMEN")).context["rows"][0].problems


def test_a_row_that_comes_twice_is_built_once(as_group, template):
    response = build(as_group("editor"), template, GOOD, GOOD)
    assert response.context["rows"][1].problems == ["The same as row 2."]
    assert Posting.objects.count() == 1


def test_a_second_submit_of_the_same_form_builds_nothing(as_group, template):
    client, token = as_group("editor"), uuid.uuid4()
    build(client, template, GOOD, token=token)
    response = build(client, template, GOOD, token=token)
    assert "We did not build it again" in response.content.decode()
    assert Posting.objects.count() == 1


def test_the_template_of_one_employer_builds_for_no_other(as_group, template):
    template.employer = factories.EmployerFactory(name="Other")
    template.save()
    assert "only for" in look(as_group("editor"), template, GOOD).context["rows"][0].problems[0]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", f"\ufeff{HEADER}\r\n{GOOD}\r\n".encode()),
        ("t.csv", f'{HEADER}\n"Lumen","DE//Köln",,,,,,,"a ""b"""\n'.encode("cp1252")),
        ("t.tsv", f"{HEADER}\n{GOOD}\n".replace(",", "\t").encode("utf-16")),
    ],
)
def test_a_file_is_read_whatever_its_mark_quotes_and_encoding(as_group, template, name, content):
    response = as_group("editor").post(address(template), {"file": SimpleUploadedFile(name, content)})
    assert [row.problems for row in response.context["rows"]] == [[]]
    assert response.context["form"]["table"].value().startswith("employer,places")


def workbook(*row, header=("employer", "closing day", "team")):
    content, sheet = io.BytesIO(), Workbook()
    sheet.active.append(header)
    sheet.active.append(row)
    sheet.save(content)
    return SimpleUploadedFile("t.xlsx", content.getvalue())


def test_a_real_date_of_a_workbook_is_a_closing_day(as_group, template):
    day = date.fromisoformat(DAY)
    for cell in (day, datetime.combine(day, time.min), DAY):
        row = as_group("editor").post(address(template), {"file": workbook("Lumen", cell, "Search")}).context["rows"][0]
        assert (row.problems, row.arguments["closes_on"]) == ([], day)


@each(
    "cell, stored, shown",
    [
        (18.375, "18.38", "$18.38 an hour"),
        (22.125, "22.13", "$22.13 an hour"),
        (41.2, "41.2", "$41.20 an hour"),
        (65000, "65000", "$65,000 an hour"),
        (65000.0, "65000", "$65,000 an hour"),
        ("65.000", "65000", "$65,000 an hour"),
        ("22.125", "22125", "$22,125 an hour"),
    ],
)
def test_a_number_of_a_workbook_is_the_pay_it_shows(as_group, template, cell, stored, shown):
    client = as_group("editor")
    header = ["employer", "pay from", "pay_max", "currency", "period", "team"]
    file = workbook("Lumen", cell, cell, "USD", "hour", "Search", header=header)
    preview = client.post(address(template), {"file": file})
    assert preview.context["rows"][0].problems == []
    assert f">{shown}</td>" in preview.content.decode()
    form = preview.context["form"]
    client.post(address(template), {**{name: form[name].value() for name in ("table", "token")}, "build": "1"})
    assert {Posting.objects.get().pay_min, Posting.objects.get().pay_max} == {Decimal(stored)}


@each("number", [1e300, -18.375])
def test_a_number_that_can_be_no_pay_is_a_problem_of_its_row(as_group, template, number):
    file = workbook(
        "Lumen", number, "USD", "hour", "Search", header=["employer", "pay_min", "currency", "period", "team"]
    )
    response = as_group("editor").post(address(template), {"file": file})
    assert response.context["rows"][0].problems


@each("form", ["%d.%m.%Y", "%d %B %Y", "%d-%b-%Y", "%B %d, %Y", "%Y-%m-%d 00:00:00"])
def test_a_day_is_read_as_spreadsheets_write_it(as_group, template, form):
    day = date.fromisoformat(DAY)
    row = look(as_group("editor"), template, f'Lumen,"{day:{form}}",Search', header="employer,closing_day,team")
    assert [(row.problems, row.arguments["closes_on"]) for row in row.context["rows"]] == [([], day)]


@each("text", ["=1+1", "'=1+1", "+49", "＠home", "''-x", "plain", "'quoted'"])
def test_a_text_comes_back_as_our_exports_wrote_it(as_group, template, text):
    table = csv_lines([["employer", "team"], ["Lumen", text]])
    form = as_group("editor").post(address(template), {"table": table})
    shown = form.context["form"]["table"].value()
    assert [row.cells["team"] for row in form.context["rows"]] == [text]
    again = as_group("editor").post(address(template), {"table": shown})
    assert [row.cells["team"] for row in again.context["rows"]] == [text]


def test_a_table_copied_out_of_a_spreadsheet_is_read(as_group, template):
    response = look(as_group("editor"), template, GOOD.replace(",", "\t"), header=HEADER.replace(",", "\t"))
    assert [row.problems for row in response.context["rows"]] == [[]]


@each(
    ("data", "words"),
    [
        ({}, "Paste a table"),
        ({"table": "  "}, "Paste a table"),
        ({"table": "employer"}, "has a header but no rows"),
        ({"table": "name\nLumen"}, "no column employer"),
        ({"table": "employer,colour\nLumen,red"}, "unknown column ignored: colour"),
        ({"table": "employer,team\n" + "Lumen,x\n" * (MOST_ROWS + 1)}, f"more than {MOST_ROWS} rows"),
        ({"table": 'employer,team\n"Lumen,x'}, "never closed"),
    ],
)
def test_a_table_that_cannot_be_read_is_a_form_error(as_group, template, data, words):
    response = as_group("editor").post(address(template), data)
    assert words in str(response.context["form"].errors)


def test_a_file_that_is_no_table_is_a_form_error(as_group, template):
    file = SimpleUploadedFile("t.pdf", b"%PDF-1.7")
    assert as_group("editor").post(address(template), {"file": file}).context["form"].errors


def test_looking_through_a_row_more_costs_one_query(as_group, template):
    """Whether the database would take the draft is asked at once; of its places, once for each in the whole table."""
    client, counts = as_group("editor"), []
    for number in (1, 3, 5):
        rows = [GOOD.replace("50000", str(50_000 + step)) for step in range(number)]
        with CaptureQueriesContext(connection) as queries:
            look(client, template, *rows)
        counts.append(sum("SAVEPOINT" not in query["sql"] for query in queries))
    assert counts[2] - counts[1] == 2


def test_staff_without_the_right_and_posts_without_token_build_nothing(client, template):
    client.force_login(factories.UserFactory(staff=True))
    assert [client.get(address(template)).status_code, build(client, template, GOOD).status_code] == [403, 403]
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(factories.UserFactory(superuser=True))
    assert build(strict, template, GOOD).status_code == 403
    assert not Posting.objects.exists()
