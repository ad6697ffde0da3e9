"""The findings stored for lists and filters. Whoever saves a posting calls keep_findings() afterwards."""

from datetime import datetime

from django.db import transaction

from careers.postings.models import Posting, PostingFinding

from . import Finding, findings


@transaction.atomic(savepoint=False)
def keep_findings(posting: Posting, at: datetime | None = None, found: list[Finding] | None = None) -> bool:
    """Brings the stored findings up to date and returns whether they changed. Postings that have ended keep none.

    ``found`` are the findings of the posting as it is saved, where the caller knows them.
    """
    if posting.state(at) in Posting.State.ENDED:
        found = []
    rows = [
        (finding.rule, str(finding.severity), finding.field, finding.sentence)
        for finding in (findings(posting, at) if found is None else found)
    ]
    if list(posting.findings.values_list("rule", "severity", "field", "sentence")) == rows:
        return False
    posting.findings.all().delete()
    PostingFinding.objects.bulk_create(
        PostingFinding(posting=posting, rule=rule, severity=severity, field=field, sentence=sentence)
        for rule, severity, field, sentence in rows
    )
    return True
