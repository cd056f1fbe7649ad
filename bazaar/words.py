"""Folding words for search and matching, the same on both databases, and one-time secrets."""

import hashlib
import hmac
import secrets
import unicodedata

# Letters that people type in one another's place, unified (Arabic alef, yeh, kaf, teh marbuta forms).
_SAME = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ک": "ك", "ة": "ه", "ؤ": "و",
     "ـ": None, "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ı": "i"}
)  # fmt: skip


def fold(text: str) -> str:
    """Lower case, without marks (å, ä, é become a, a, e), white space single: for finding and matching."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_SAME))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(plain.translate(_SAME).split())[:300]


def new_token() -> str:
    """256 random bits, for cookies and links."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """What we store of a token or code: lower-case hex of SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())
