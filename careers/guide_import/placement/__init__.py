"""Places each block of an article in exactly one part of a draft guide and records its outcome.

Not here: dividing an article into chapters (structure/) and finding facts in a text (extract/).
Start with article.py, then chapter.py and content.py.
"""
