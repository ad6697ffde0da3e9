"""What the admin tests share: a form filled as a browser would fill it, and the messages it answered with."""

from contextlib import contextmanager
from unittest import mock

from django.contrib.messages import get_messages
from django.forms import FileField
from django.template import Context
from django.template.response import SimpleTemplateResponse
from django.test.signals import template_rendered

from tests import factories


@contextmanager
def undrawn():
    """Pages are made and not drawn: `context` is what their templates are given, and their text says that it is none.

    Drawing takes two thirds of the time of a form. For what is asked of the form or of the row alone.
    """

    def told(response):
        template_rendered.send(sender=response, template=response, context=Context(response.context_data))
        return "not drawn"

    with mock.patch.object(SimpleTemplateResponse, "rendered_content", property(told)):
        yield


def asked(client, *question):
    """The answer to a GET, not drawn."""
    with undrawn():
        return client.get(*question)


def filled(client, address):
    """What a browser would send back of the form at the address, unchanged."""
    return form_data(asked(client, address))


def answered(client, address, **changes):
    """The answer, not drawn, to the form at the address sent back with the changes."""
    with undrawn():
        return client.post(address, form_data(client.get(address)) | changes)


def errors_of(answer):
    """All that the forms of a page say is wrong, those of its parts too."""
    formsets = [wrapped.formset for wrapped in answer.context["inline_admin_formsets"]]
    texts = [answer.context["adminform"].form.errors.as_text()]
    return " ".join([*texts, *(f"{formset.errors} {formset.non_form_errors()}" for formset in formsets)])


def accepted(client, address, given, words_of):
    """Of the pairs (changes, words) those that the form at the address took, or refused without the words.

    Nothing of a form that is refused is saved, so one row does for all.
    """
    data, wrong = filled(client, address), []
    for changes, words in given:
        with undrawn():
            answer = client.post(address, data | changes)
        said_of_it = words_of(answer) if answer.status_code == 200 else f"taken with {answer.status_code}"
        if words not in said_of_it:
            wrong.append((changes, words, said_of_it))
    return wrong


def form_data(response):
    """What a browser would send back of the change form in `response`, unchanged."""
    data = {}
    forms = [response.context["adminform"].form]
    for wrapped in response.context["inline_admin_formsets"]:
        forms += [wrapped.formset.management_form, *wrapped.formset.forms]
    for form in forms:
        for field in form:
            data |= sent(field)
    return data


def sent(field):
    if isinstance(field.field, FileField):
        return {}
    value = field.value()
    widgets = getattr(field.field.widget, "widgets", None)
    if widgets:
        parts = value if isinstance(value, list) else field.field.widget.decompress(value)
        return {f"{field.html_name}_{index}": "" if part is None else str(part) for index, part in enumerate(parts)}
    if isinstance(value, list | tuple):
        return {field.html_name: [getattr(entry, "pk", entry) for entry in value]}
    return {} if value is None or value is False else {field.html_name: value}


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def complete(**traits):
    """A posting with everything a reader needs."""
    posting = factories.PostingFactory(**traits)
    factories.PostingPlaceFactory(posting=posting)
    return posting
