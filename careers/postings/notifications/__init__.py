"""Mails sent by the daily command close_due: questions to employers' contacts and digests for editors.

Not here: mails about reviews, which are sent at once (review/mail.py); the page behind a contact's link (views/contact.py).
Start with outbox.py, which sends each mail once.
"""
