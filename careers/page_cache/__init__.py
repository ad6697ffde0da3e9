"""Whole pages for anonymous visitors, kept in the memory of each process while public content stays the same.

Not here: the change counter that tells when content changed (careers.changes), and the dates a page depends on (each app).
Start with `middleware.py`; `store.py` is the bounded memory, `expiry.py` the times at which pages expire without a write.
"""
