"""The admin as a whole: its site class, first page, sidebar, coverage page and redirects of earlier addresses.

Not here: the admin of each model, which is in its app (careers/*/admin), and in portal/admin for users, groups and guides.
Start with site.py.
"""
