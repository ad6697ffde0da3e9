from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce


def count_subquery(rows: QuerySet, *, by: str) -> Coalesce:
    """For annotate(): how many of `rows` belong to each row of the outer query through their foreign key `by`.

    A subquery, since several Count() over joins in one query multiply each other.
    """
    counts = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(number=Count("pk"))
    return Coalesce(Subquery(counts.values("number")), 0)
