"""The findings stored for lists and filters. Whoever saves a posting calls keep_findings() afterwards."""

from datetime import datetime

from django.db import transaction

from careers.postings.models import Posting, PostingFinding

from . import findings


@transaction.atomic
def keep_findings(posting: Posting, at: datetime | None = None) -> bool:
    """Brings the stored findings up to date and returns whether they changed. Postings that have ended keep none."""
    found = [
        (finding.rule, str(finding.severity), finding.field, finding.sentence)
        for finding in (findings(posting, at) if posting.state(at) not in Posting.State.ENDED else [])
    ]
    if list(posting.findings.values_list("rule", "severity", "field", "sentence")) == found:
        return False
    posting.findings.all().delete()
    PostingFinding.objects.bulk_create(
        PostingFinding(posting=posting, rule=rule, severity=severity, field=field, sentence=sentence)
        for rule, severity, field, sentence in found
    )
    return True
