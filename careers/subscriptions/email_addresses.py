"""Mail addresses in one spelling, so that nobody is stored twice."""

import idna
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

MAX_LENGTH = 254  # RFC 5321

validate_ascii = EmailValidator("Enter an email address, for example name@example.org.")


def normalize_email(typed: str) -> str:
    """Lower case, and the domain as DNS knows it: 'Ada@Bücher.example' -> 'ada@xn--bcher-kva.example'.

    Raises ValidationError. The part before the @ could be case-sensitive by the standard; no mail service treats it so.
    """
    local, at, domain = typed.strip().rpartition("@")
    try:
        domain = idna.encode(domain.strip("."), uts46=True).decode() if at else ""
    except idna.IDNAError:
        domain = ""
    address = f"{local}@{domain}".lower()
    validate_ascii(address)
    if len(address) > MAX_LENGTH:
        raise ValidationError(f"Enter an email address of at most {MAX_LENGTH} characters.", code="too_long")
    return address
