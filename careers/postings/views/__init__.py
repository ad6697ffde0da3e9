"""The public pages of postings and employers, one module per page.

What the list finds is decided in careers/postings/job_list, and who may do what in lifecycle and permissions.
Start with list.py and detail.py; page.py holds what the pages of a single posting share.
"""
