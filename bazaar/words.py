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


# Control characters but tab and line ends, the marks that turn the words behind them around, and halves of characters.
_UNSEEN = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0xD800, 0xE000)]
)


def seen(text: str) -> str:
    """Text without what nobody types and nobody sees. What is only white space is nothing."""
    text = text.translate(_UNSEEN)
    return "" if text.isspace() else text


def one_line(text: str) -> str:
    """A name or title: every run of white space, line ends too, is one space."""
    return seen(" ".join(text.split())).strip()


def new_token() -> str:
    """256 random bits, for cookies and links."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """What we store of a token or code: lower-case hex of SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())
