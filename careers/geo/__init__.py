"""Countries, subdivisions, cities and languages: their names, and finding the place a text means.

Not here: places of postings and the location filter (careers.postings), and the model fields for a place (careers.core.models).
Start with `countries.py` for names, or `place_search.py` for searching.
"""
