"""What the pages of guides show: contents of one guide, comparison of several, structured data.

The views are in portal/views/guides.py and careers/roles/views.py; figures are prepared in careers/roles/figures.
Start with contents.py.
"""
