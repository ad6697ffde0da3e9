from .guides import role_article, role_compare, role_detail, role_index, role_interview, role_template
from .sources import source_list

__all__ = [
    "role_article",
    "role_compare",
    "role_detail",
    "role_index",
    "role_interview",
    "role_template",
    "source_list",
]
