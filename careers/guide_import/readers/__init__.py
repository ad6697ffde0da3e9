"""File formats: Markdown, plain text, HTML and Word files become a list of blocks.

Not here: repairing lost headings and lists (structure/).
Start with files.py.
"""
