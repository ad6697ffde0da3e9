"""The admin of postings: list, form, status panel, and the pages for acts, statistics and preview links.

Not here: claims (admin/review.py), deciding on proposed changes (admin/pending_changes.py), building (admin/templates/).
Start with admin.py.
"""
