"""Role guides: their text, skills, career steps and figures, their status, editing in the admin, and their own pages.

Occupations and official figures are in careers.occupations; pages that also show jobs or resources are views of the portal.
Start with models/role.py; guide/contents.py shows what a guide's page is made of, services.py how its status changes.
"""
