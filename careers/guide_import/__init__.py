"""Import of an article about a role: a file or a pasted text becomes a draft guide, with a report on each paragraph.

Not here: the guides themselves (careers.roles); this app has no tables.
Start with pipeline.py, which lists the six steps.
"""
