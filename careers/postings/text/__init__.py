"""How the text of a posting relates to the text of its template: filling in, comparing and merging.

Not here: templates and their versions (posting_templates/), checks of the text (checks/).
Start with drift.py.
"""
