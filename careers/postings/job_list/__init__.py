"""The list of jobs at /jobs/: reading its query string, finding and counting postings, links to other searches.

Views and feeds (postings/views, feeds.py) and the indexed documents (search_documents.py) are one level up.
Start with form.py (the query string), conditions.py (the filters) and results.py (the page).
"""
