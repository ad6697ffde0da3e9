from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce


def count_subquery(rows, *, by):
    """For annotate(): how many of `rows` belong to each row of the outer query through their foreign key `by`.

    A subquery, so that several counts beside each other do not multiply.
    """
    counted = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)
