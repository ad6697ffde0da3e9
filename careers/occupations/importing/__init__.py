"""Imports of O*NET, OEWS and Employment Projections: read a release, compare it with the database, write the difference.

Reading of tables and cells in general is in careers/files; pages that show what was imported are not here.
Start with command.py; onet/ and bls/ say which column of a publisher's file goes to which field.
"""
