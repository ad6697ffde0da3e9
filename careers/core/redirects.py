"""Addresses that were given out stay good: the history remembers every slug a row ever had."""


def find_by_old_slug(model, slug, **within):
    """The living row that last had this slug and has another one now; None where there is none.

    `within` names the parent where a slug is the only one of its kind under that parent alone: role=role.
    """
    former = model.history.filter(slug=slug, **within).order_by("-history_date", "-history_id").first()
    return model._default_manager.filter(pk=former.id).exclude(slug=slug).first() if former else None
