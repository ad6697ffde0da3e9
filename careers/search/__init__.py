"""Full-text search: each app registers its kinds of documents; requests return primary keys, totals and facet counts.

Not here: what a document contains (each app's `search_documents.py`) and the pages that show results.
Start with `query.py` for a search, or with `sync.py` for how the index follows the database.
"""
