"""Readers of the files of the U.S. Bureau of Labor Statistics: oews.py for wages, projections.py for the outlook.

Staging, comparison and writing are one level up, in careers/occupations/importing.
Start with release_imports() in either module.
"""
