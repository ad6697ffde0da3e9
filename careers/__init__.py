"""The apps and the packages below them, one floor above the other: docs/architecture.md has the floors.

Not here: settings, URLs and pages that combine apps (portal). No module of careers imports portal.
Start with postings/ for jobs and roles/ for guides.
"""
