"""The change counter: one number for the state of all public content, and a log of what changed at each number.

Not here: cached pages (careers.page_cache) and the search index (careers.search), which read the counter and the log.
Start with `tracking.PublicModel`, the base class whose writes are recorded; then `counter` for reading.
"""
