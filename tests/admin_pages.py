"""What the admin tests share: a form filled as a browser would fill it, and the messages it answered with."""

from django.contrib.messages import get_messages
from django.forms import FileField

from tests import factories


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
        parts = field.field.widget.decompress(value)
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
