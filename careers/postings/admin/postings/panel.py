"""Context of the status panel above a posting's form."""

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest

from careers.postings.admin.review import review_panel
from careers.postings.models import Posting

from .acts import next_acts, offered_acts
from .page_status import may_share, missing_job_data_reason, status_rows
from .propose import pending_panel
from .status_text import COLOURS, what_readers_see
from .template_link import drift_panel, may_save_as_template


def posting_panel(model_admin: ModelAdmin, request: HttpRequest, posting: Posting) -> dict:
    state = posting.state()
    has_ended = state in Posting.State.ENDED
    acts = offered_acts(model_admin, request, posting)
    return {
        "posting": posting,
        "state": state,
        "colour": COLOURS[state],
        "readers": what_readers_see(posting),
        "acts": acts,
        "next_acts": next_acts(acts, state),
        "is_public": posting.is_readable(),
        "drift": drift_panel(model_admin, request, posting),
        "may_save_as_template": may_save_as_template(request),
        "status_rows": status_rows(posting),
        "missing_job_data": "" if has_ended else missing_job_data_reason(posting),
        "may_share": may_share(model_admin, request, posting),
        "link_days": settings.PREVIEW_LINK_DAYS,
        "is_ended": has_ended,
        "review": review_panel(model_admin, request, posting),
        "pending": pending_panel(model_admin, request, posting),
    }
