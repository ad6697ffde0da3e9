from . import occupations, releases

__all__ = ["occupations", "releases"]
