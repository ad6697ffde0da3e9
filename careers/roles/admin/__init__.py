from . import articles, parts, roles, sources, vocabulary

__all__ = ["articles", "parts", "roles", "sources", "vocabulary"]
