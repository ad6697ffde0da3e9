"""What every app may use: abstract models, forms, money, time zones, slugs, safe HTML, and base classes of the admin.

Not here: tables, and anything that knows an app above; countries are in careers.geo, file formats in careers.files.
Start with `models.py` and `admin/base.py`, from which most models and admin pages derive.
"""
