"""Template filters and tags for all pages.

Those for the pages of postings are in careers/postings/templatetags.
Start with core.py.
"""
