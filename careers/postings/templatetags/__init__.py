"""Template filters and tags for the pages of postings.

Filters for all pages are in careers/core/templatetags.
Start with postings.py.
"""
