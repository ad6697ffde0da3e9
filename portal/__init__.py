"""The project package: settings, URLs, groups, the admin site, and pages that combine several apps (home, search, sources).

Not here: the pages and models of guides, jobs and resources (careers/). No module of careers/ imports portal.
Start with urls.py and settings.py.
"""
