"""What readers get by mail: job alerts, confirmed by a link and ended by one click. No accounts.

Not here: sending itself (careers.background.mail), and mails to editors and employers (careers.postings).
Start with models.py, then matching.py and sending.py.
"""
