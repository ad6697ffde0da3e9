"""What pages, searches, imports and the tests themselves cost or miss: programs to run by hand.

Not here: tests (tests/), though some use the boards and portals made here. Results: docs/search.md, docs/testing.md.
Start with pages.py (`make bench`), search.py or mutation.py (`make mutants`).
"""
