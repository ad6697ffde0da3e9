"""How many open postings each guide has."""

from careers.core.counts import count_subquery

from .models import Posting


def with_live_counts(roles, at=None):
    """A queryset of roles, each annotated with `live_count`: the number of its live postings."""
    return roles.annotate(live_count=count_subquery(Posting.objects.live(at), by="role"))
