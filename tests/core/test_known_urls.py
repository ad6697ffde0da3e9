"""`{% url %}` in any template: found once, and still right for each prefix and with arguments."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, clear_script_prefix, set_script_prefix


def rendered(text, **context):
    return Template(text).render(Context(context))


@pytest.mark.parametrize("prefix", ["/", "/careers/"])
def test_an_address_stands_under_the_prefix_of_the_site(prefix):
    set_script_prefix(prefix)
    try:
        assert rendered("{% url 'postings:list' %} {% url name %}", name="home") == f"{prefix}jobs/ {prefix}"
    finally:
        clear_script_prefix()


def test_arguments_and_variables_are_as_django_has_them():
    assert rendered("{% url 'postings:detail' 7 slug %}", slug="miller") == "/jobs/7-miller/"
    assert rendered("{% url 'postings:list' as jobs %}{{ jobs }} {% url 'nowhere' as none %}{{ none }}") == "/jobs/ "


def test_a_name_without_an_address_is_an_error():
    with pytest.raises(NoReverseMatch):
        rendered("{% url 'nowhere' %}")
