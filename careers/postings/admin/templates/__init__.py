"""The admin of posting templates: list, form, version history, and the pages that draft, build and update.

Not here: the rules those pages apply (posting_templates/), the form shared with postings (admin/template_updates.py).
Start with admin.py.
"""
