"""Earlier admin addresses of models that moved to another app."""

import pytest

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.mark.parametrize("model", ["source", "occupation", "release", "importrun"])
@pytest.mark.parametrize("rest", ["", "?q=a&p=1", "7/change/", "7/history/3/?x=%20y"])
def test_an_earlier_address_redirects_with_the_rest_of_its_path_and_its_query(client, model, rest):
    answer = client.get(f"/admin/roles/{model}/{rest}")
    assert (answer.status_code, answer["Location"]) == (301, f"/admin/occupations/{model}/{rest}")


def test_a_form_sent_to_an_earlier_address_is_sent_again_as_a_form(admin):
    source = factories.SourceFactory()
    answer = admin.post(f"/admin/roles/source/{source.pk}/delete/?x=1", {"post": "yes"})
    assert (answer.status_code, answer["Location"]) == (308, f"/admin/occupations/source/{source.pk}/delete/?x=1")
    followed = admin.post(f"/admin/roles/source/{source.pk}/delete/", {"post": "yes"}, follow=True)
    assert followed.redirect_chain[0][1] == 308
    assert not type(source).objects.filter(pk=source.pk).exists()


def test_other_models_of_the_app_keep_their_addresses(admin):
    assert admin.get("/admin/roles/role/").status_code == 200
