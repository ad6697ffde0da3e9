"""Jobs: employers, postings, templates, review, checks, the public list and its pages.

Not here: guides (careers.roles), places and their time zones (careers.geo), the search engine (careers.search).
Start with models/posting.py (state by the clock), then lifecycle/ (acts) and job_list/ (the list); permissions.py says who may.
"""
