"""Base classes of the admin: what all lists, forms, inlines and history pages have in common.

Not here: the admin of a single model, which is in its app; the start page of the admin is in portal.
Start with `base.py`: `PortalAdmin` for every model, `EditorialAdmin` for models with a history.
"""
