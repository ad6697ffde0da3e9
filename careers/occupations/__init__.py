"""Reference data of O*NET, SOC and BLS: occupations, sources, releases, official figures, their importers and admin.

Role guides and their own figures are in careers.roles; the list and the pages of occupations are views of the portal.
Start with models/occupation.py; importing/command.py shows how a release gets in, detail.py what a page is made of.
"""
