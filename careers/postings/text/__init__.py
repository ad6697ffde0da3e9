"""How the text of a posting relates to the text of its template: filling in, comparing, merging, filling in again.

Not here: templates and their versions (posting_templates/), checks of the text (checks/).
Start with drift.py; facts.py keeps the text in step with the posting's fields.
"""
