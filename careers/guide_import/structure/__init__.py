"""The structure of an article: lost lists, headings and titles are found again, then blocks are divided into chapters.

Not here: which topic a heading or a list has (classify/), and where a chapter goes in a guide (placement/).
Start with outline.py, then chapters.py.
"""
