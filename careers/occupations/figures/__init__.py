"""Official pay and outlook of occupations: which figures to show, as text and as charts. Also formats guides' own figures.

The tables are in careers/occupations/models/figures.py; combined codes, ceilings and breaks in careers/occupations/soc.py.
Start with published.py, which collects what an occupation's page shows.
"""
