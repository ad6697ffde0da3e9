"""What the pages of the guides say."""

import re
from html import unescape

import pytest
from django.urls import reverse

from careers.postings.models import Posting
from careers.roles.guide.sections import PAGE_ORDER
from careers.roles.models import Section
from tests import factories
from tests.markup import text_of

from .test_pages import full_role

pytestmark = pytest.mark.django_db


def page(client, role):
    return text_of(client.get(role.get_absolute_url()))


def test_parts_stand_in_one_order_whatever_order_they_were_written_in(client):
    role = factories.RoleFactory()
    for kind in reversed(Section.Kind.values):
        factories.SectionFactory(role=role, kind=kind)
    markup = client.get(role.get_absolute_url()).content.decode()
    assert re.findall(r'<h2 id="(\w+)">', markup) == [*PAGE_ORDER, "jobs"]
    assert {*PAGE_ORDER, "tools", "unplaced"} - {"skills"} == set(Section.Kind.values)


def test_the_contents_list_names_exactly_the_parts_there_are(client):
    role = full_role()
    markup = client.get(role.get_absolute_url()).content.decode()
    linked = re.findall(r'href="#([\w-]+)"', re.search(r'<nav class="contents.*?</nav>', markup, re.DOTALL)[0])
    assert linked == re.findall(r'<h2 id="(\w+)">', markup)
    empty = client.get(factories.RoleFactory().get_absolute_url()).content.decode()
    assert re.findall(r'<h2 id="(\w+)">', empty) == ["pay", "jobs"]


def test_points_without_prose_still_have_their_heading(client):
    role = factories.RoleFactory()
    factories.ItemFactory(role=role, kind="kpi", lead="Time to answer")
    assert "How success is measured" in page(client, role)
    assert "Time to answer" in page(client, role)


def test_a_heading_of_its_own_replaces_the_default(client):
    role = factories.RoleFactory()
    factories.SectionFactory(role=role, kind="future", heading="Ten years on")
    assert "Ten years on" in page(client, role)
    assert "Where the work is going" not in page(client, role)


def test_a_figure_without_source_says_so(client):
    role = factories.RoleFactory()
    factories.PayClaimFactory(role=role, reference_year=None)
    factories.OutlookClaimFactory(role=role)
    text = page(client, role)
    assert text.count("Unsourced") >= 4
    assert "No year" in text
    assert "0 of 2 figures in this guide are sourced" in text


def test_a_sourced_figure_links_to_its_source_with_year_and_population(client):
    role = factories.RoleFactory()
    source = factories.SourceFactory(
        publisher="Statistical Office", release="May 2025", url="https://stats.example.org/x"
    )
    factories.PayClaimFactory(role=role, source=source, population="Data Scientists (15-2051)", reference_year=2025)
    markup = client.get(role.get_absolute_url()).content.decode()
    assert '<a href="https://stats.example.org/x" rel="noopener">Statistical Office</a>' in markup
    assert "Data Scientists (15-2051)" in markup
    assert "May 2025" in markup
    assert "1 of 1 figures in this guide is sourced" in text_of(client.get(role.get_absolute_url()))


def test_old_figures_are_called_dated_and_the_oldest_year_is_named(client):
    role = factories.RoleFactory()
    factories.PayClaimFactory(role=role, source=factories.SourceFactory(), reference_year=2004)
    text = page(client, role)
    assert "the oldest is from 2004" in text
    assert re.search(r"Wages \d+ · 2004\s+Old", text)


def test_claims_that_disagree_stand_side_by_side_under_their_own_names(client):
    role = factories.RoleFactory()
    factories.PayClaimFactory(role=role, median=None, mean=114_121, heading="Average salary", note="A mean.")
    factories.PayClaimFactory(role=role, median=85_720, source=factories.SourceFactory())
    text = page(client, role)
    assert "Mean, a year $114,121" in text
    assert "Median, a year $85,720" in text
    assert "Median, a year $114,121" not in text
    assert "Quoted under the heading “Average salary”" in text


def test_currencies_stand_apart_each_under_its_name(client):
    role = factories.RoleFactory()
    factories.PayClaimFactory.create_batch(2, role=role)
    factories.PayClaimFactory(role=role, country="NG", currency="NGN", median=6_000_000)
    factories.PayClaimFactory(role=role, country="NG", currency="NGN", median=None, low=4_000_000)
    markup = client.get(role.get_absolute_url()).content.decode()
    assert 'id="elsewhere-USD"' in markup
    assert 'id="elsewhere-NGN"' in markup
    assert "NGN\u00a06,000,000" in markup


def test_dubai_is_named_with_its_country(client):
    role = factories.RoleFactory()
    factories.PayClaimFactory(role=role, country="AE", subdivision="AE-DU", currency="AED", median=240_000)
    assert "Dubai, United Arab Emirates" in page(client, role)


def test_hourly_pay_says_how_it_was_drawn(client):
    role = factories.RoleFactory()
    factories.PayClaimFactory(role=role, period="hour", median="41.21")
    factories.PayClaimFactory(role=role)
    text = page(client, role)
    assert "Median, an hour $41.21" in text
    assert "pay per hour is drawn as 2,080 hours a year" in text


def test_a_projection_over_nine_years_is_marked(client):
    role = factories.RoleFactory()
    factories.OutlookClaimFactory(role=role, base_year=2020, target_year=2029)
    assert "Unusual span. Covers 9 years" in page(client, role)


def test_every_drawn_figure_stands_in_a_table_too(client):
    role = full_role()
    markup = client.get(role.get_absolute_url()).content.decode()
    tables = re.findall(r'class="as-table fold".*?<tbody>(.*?)</tbody>', markup, re.DOTALL)
    rows = [len(re.findall(r"<tr>", table)) for table in tables]
    assert rows == [role.pay_claims.count(), role.outlook_claims.count()]


def test_a_career_step_links_to_published_guides_only(client):
    role = factories.RoleFactory()
    published, draft = factories.RoleFactory(title="Known role"), factories.RoleFactory(title="Coming role", draft=True)
    for target in (published, draft):
        factories.CareerStepFactory(role=role, to_title="", to_role=target, years_min=2, years_max=4)
    markup = client.get(role.get_absolute_url()).content.decode()
    assert f'href="{published.get_absolute_url()}"' in markup
    assert draft.get_absolute_url() not in markup
    assert "Coming role" in markup
    assert "after 2 to 4 years" in text_of(client.get(role.get_absolute_url()))


def test_only_live_postings_and_published_resources_are_shown(client):
    role = factories.RoleFactory()
    factories.PostingFactory(role=role, title="Open now")
    for trait in ("draft", "closed", "filled", "withdrawn", "scheduled", "rejected"):
        factories.PostingFactory(role=role, title=f"Not {trait}", **{trait: True})
    factories.ResourceFactory(name="Good course").roles.add(role)
    factories.ResourceFactory(name="Old course", state="archived").roles.add(role)
    text = page(client, role)
    assert "Open now" in text
    assert "Not " not in re.sub("Not (all|given|stated)", "", text)
    assert "1 open job" in text
    assert "Good course" in text
    assert "Old course" not in text


@pytest.mark.parametrize(("published", "folded"), [(3, 0), (4, 2)])
def test_many_resources_are_folded_behind_the_first_two(client, published, folded):
    role = factories.RoleFactory()
    for resource in factories.ResourceFactory.create_batch(published):
        resource.roles.add(role)
    markup = client.get(role.get_absolute_url()).content.decode()
    _, _, part = markup.partition('id="resources"')
    _, _, behind = part.partition('<details class="fold">')
    assert behind.partition("</details>")[0].count('class="card"') == folded
    assert (f"<summary>{folded} more resources</summary>" in markup) is bool(folded)


def test_three_postings_are_shown_and_all_are_counted(client):
    role = factories.RoleFactory()
    factories.PostingFactory.create_batch(7, role=role)
    markup = client.get(role.get_absolute_url()).content.decode()
    assert markup.count("card--mark") == 3
    assert f'{reverse("postings:list")}?role={role.slug}"' in markup
    assert "See all 7 open jobs for this role" in markup


def test_template_blanks_are_marked_and_the_text_can_be_copied_without_script(client):
    role = factories.RoleFactory()
    factories.PostingTemplateFactory(
        role=role, description="{employer} seeks you in {place}.", requirements="- {months} months & a <degree>"
    )
    markup = client.get(reverse("roles:template", args=[role.slug])).content.decode()
    assert '<mark class="blank">{employer}</mark> seeks you' in markup
    plain = unescape(re.search(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", markup, re.DOTALL)[1])
    assert "{employer} seeks you in {place}." in plain
    assert "Requirements" in plain
    assert "- {months} months & a <degree>" in plain
    assert re.search(r"<button[^>]* hidden ", markup)


def test_an_employer_s_own_template_is_not_shown_to_readers(client):
    role = factories.RoleFactory()
    factories.PostingTemplateFactory(role=role, employer=factories.EmployerFactory())
    assert client.get(reverse("roles:template", args=[role.slug])).status_code == 404
    assert reverse("roles:template", args=[role.slug]) not in client.get(role.get_absolute_url()).content.decode()


def test_the_index_stands_by_letter_with_jumps_to_letters_that_exist(client):
    for title in ("Zoologist", "Écrivain", "editor", "3D artist", "机器学习工程师"):
        factories.RoleFactory(title=title)
    factories.RoleFactory(title="Hidden", draft=True)
    markup = client.get(reverse("roles:index")).content.decode()
    assert re.findall(r'<h2 id="letter-\d+">(.)</h2>', markup) == ["#", "E", "Z", "机"]
    assert markup.count('href="#letter-') == 4
    assert "Hidden" not in markup


def test_the_index_is_filtered_by_words_and_industry(client):
    nurse, clerk = factories.RoleFactory(title="Nurse"), factories.RoleFactory(title="Clerk", summary="Keeps files.")
    factories.AlternateTitleFactory(role=clerk, title="Office helper")
    health = factories.IndustryFactory(name="Health")
    nurse.industries.add(health)

    def found(**query):
        titles = r'card-title"><a [^>]*><bdi>(\w+)</bdi>'
        return re.findall(titles, client.get(reverse("roles:index"), query).content.decode())

    assert found() == ["Clerk", "Nurse"]
    assert found(q="nur") == ["Nurse"]
    assert found(q="helper") == ["Clerk"]
    assert found(q="keeps files") == ["Clerk"]
    assert found(q="keeps nurses") == []
    assert found(industry=health.slug) == ["Nurse"]
    assert found(industry="unknown") == ["Clerk", "Nurse"]
    assert "No guide matches" in text_of(client.get(reverse("roles:index"), {"q": "zzz"}))


def test_the_index_counts_live_postings(client):
    role = factories.RoleFactory()
    factories.PostingFactory.create_batch(2, role=role)
    factories.PostingFactory(role=role, closed=True)
    assert Posting.objects.filter(role=role).count() == 3
    assert "2 open jobs" in text_of(client.get(reverse("roles:index")))


def test_points_of_one_source_name_it_once(client):
    role, source = factories.RoleFactory(), factories.SourceFactory(publisher="Department of Tasks")
    factories.ItemFactory.create_batch(3, role=role, kind="task", source=source)
    assert client.get(role.get_absolute_url()).text.count("Department of Tasks") == 1


def test_points_of_different_sources_name_each(client):
    role = factories.RoleFactory()
    for publisher in ("Department of Tasks", "Ministry of Tasks"):
        factories.ItemFactory(role=role, kind="task", source=factories.SourceFactory(publisher=publisher))
    shown = client.get(role.get_absolute_url()).text
    assert shown.count("Department of Tasks") == shown.count("Ministry of Tasks") == 1
