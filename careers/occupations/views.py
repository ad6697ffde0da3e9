from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from .detail import page_of_code
from .lookup import code_in
from .structured_data import structured_occupation


@require_safe
def occupation_detail(request, code):
    known = code_in(code)
    if known and known != code:
        return redirect("occupations:detail", permanent=True, code=known)
    page = page_of_code(known) if known else None
    if page is None:
        raise Http404("No such occupation.")
    context = {"page": page, "occupation": page.occupation, "structured": structured_occupation(page)}
    return render(request, "occupations/occupation_detail.html", context)
