"""Figures as guides show them: official ones of the linked occupations and the guide's own, with cautions about each.

Formatting and charts are in careers/occupations/figures; the models are careers/roles/models/claims.py and OfficialPay.
Start with official.py (which figures a guide has) and cautions.py (what may be wrong with one).
"""
