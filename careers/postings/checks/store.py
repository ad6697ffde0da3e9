"""The findings kept for lists and filters. Whoever saves a posting calls `keep_findings` afterwards."""

from django.db import transaction

from careers.postings.models import Posting, PostingFinding

from . import findings

ENDED = {Posting.State.CLOSED, Posting.State.FILLED, Posting.State.WITHDRAWN, Posting.State.REJECTED}


@transaction.atomic
def keep_findings(posting, at=None):
    """Bring the kept findings up to date. Returns whether they changed; where they did not, nothing is written.

    What has ended keeps none: nothing can be done about it any more.
    """
    found = [
        (finding.rule, str(finding.severity), finding.field, finding.sentence)
        for finding in (findings(posting, at) if posting.state(at) not in ENDED else [])
    ]
    kept = list(posting.findings.values_list("rule", "severity", "field", "sentence"))
    if kept == found:
        return False
    posting.findings.all().delete()
    PostingFinding.objects.bulk_create(
        PostingFinding(posting=posting, rule=rule, severity=severity, field=field, sentence=sentence)
        for rule, severity, field, sentence in found
    )
    return True
