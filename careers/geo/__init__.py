"""Countries, subdivisions, cities and languages: their names, and finding the place a text means.

Not here: places of postings and the location filter (careers.postings), and their tables (`models.py` is abstract).
Start with `countries.py` for names, or `place_search.py` for searching.
"""
