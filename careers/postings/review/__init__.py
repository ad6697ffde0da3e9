"""Review of submissions: claiming them, deciding on proposed changes of published postings, and the mails about it.

Not here: submitting, publishing and rejecting a posting (lifecycle/), the pages of the admin (admin/).
Start with claims.py for the queue and proposals.py for changes of published postings.
"""
