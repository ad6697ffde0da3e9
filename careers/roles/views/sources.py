from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.core.counting import number_of
from careers.roles.models import Item, OutlookClaim, PayClaim, Role, Source


@require_safe
def source_list(request):
    """Every source, also those no published guide rests on yet."""
    published = Role.objects.published()
    pay, outlook, items = (
        number_of(model.objects.filter(role__in=published), by="source") for model in (PayClaim, OutlookClaim, Item)
    )
    sources = Source.objects.annotate(figure_count=pay + outlook, item_count=items)
    return render(request, "roles/source_list.html", {"sources": sources})
