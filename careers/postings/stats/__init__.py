"""Counts of views, apply clicks and saves per posting, day and referring site.

Not here: the pages that show them in the admin (admin/postings/statistics.py).
Start with collector.py for counting and report.py for reading.
"""
