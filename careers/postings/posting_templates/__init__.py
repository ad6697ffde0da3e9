"""Templates at work: saving them, building postings from them, and bringing built postings up to date.

Not here: placeholders and rendering (placeholders.py, text/), the pages of the admin (admin/templates/).
Start with build.py.
"""
