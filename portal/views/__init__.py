"""Views of pages that combine several apps, and of the files a site offers to machines.

Not here: pages of one app (careers/*/views) and the admin's own pages (portal/admin_site).
Start with home.py.
"""
