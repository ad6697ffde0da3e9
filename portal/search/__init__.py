"""Search over the whole site: the result groups of /search/ and the suggestions shown while a visitor types.

Not here: the search engine (careers/search) and the filters of the lists of jobs and resources (their apps).
Start with results.py.
"""
