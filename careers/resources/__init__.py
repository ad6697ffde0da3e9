"""The resource directory: categories and links to courses, books, tools and communities, with their pages and admin.

Roles and skills, which resources refer to, are in careers/roles; the search index is in careers/search.
Start with models.py and forms.py (the list and its filters); services.py changes a resource's state.
"""
