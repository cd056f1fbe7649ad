"""Badge codes, the answers a profile may hold, and which question comes next."""

import re
import secrets
from dataclasses import dataclass
from datetime import time

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32: no I, L, O, U
CODE_LENGTH = 16
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SKIPPED = re.compile(r"[\s\-\u2010-\u2015\u200b-\u200f\u2212]")
_ADDRESS = re.compile(r"/b/([^/?#]+)/?(?:[?#].*)?$", re.IGNORECASE)


def new_badge_code() -> str:
    """80 random bits as 16 characters."""
    number = secrets.randbits(5 * CODE_LENGTH)
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(CODE_LENGTH))


def normal_code(text: str) -> str | None:
    """The code in what was typed or scanned: any case, spaces, dashes, O for 0, I or L for 1, or a badge's address."""
    text = text.strip()
    address = _ADDRESS.search(text)
    plain = _SKIPPED.sub("", address[1] if address else text)
    if not plain.isascii():
        return None
    code = plain.upper().translate(_READ_AS)
    return code if len(code) == CODE_LENGTH and all(c in ALPHABET for c in code) else None


def shown_code(code: str) -> str:
    """XXXX-XXXX-XXXX-XXXX."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


# --- What a profile may hold: keys; their words stand in jobseekers/words.py ---------------------

SFI = ("sfi_a", "sfi_b", "sfi_c", "sfi_d", "sas")
CEFR = ("a1", "a2", "b1", "b2", "c1", "c2")
SWEDISH = ("none", *SFI, *CEFR, "native")
EXPERIENCE = ("none", "under_1", "1_to_3", "3_to_10", "over_10")
EDUCATION = ("none", "primary", "secondary", "vocational", "university", "doctorate")
RECOGNITION = ("not_needed", "not_started", "applied", "statement", "licence")
LICENCES = ("AM", "A", "B", "BE", "C", "CE", "D", "taxi", "forklift")
LANGUAGE_LEVELS = ("basic", "good", "native")
HALF_DAYS = ("morning", "afternoon")
MOST_LANGUAGES = 8
MOST_WORK = 12
MOST_PLACES = 12


def swedish_by(swedish: str) -> str:
    """By which scale a level is said: sfi, cefr, or neither."""
    if swedish in SFI:
        return "sfi"
    return "cefr" if swedish in CEFR else ""


@dataclass(frozen=True)
class Needs:
    """What somebody needs to take part. Kept apart from the profile."""

    interpreter: str = ""
    step_free: bool = False
    quiet: bool = False
    half_day: str = ""
    leaves_by: time | None = None


# --- Registering ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answered:
    """What a started registration has been asked and answered so far."""

    work: bool
    swedish: bool
    privacy: bool


QUESTIONS = ("name", "address", "work", "swedish", "when")


def next_question(answered: Answered) -> str | None:
    """The first question still open after the code; None when all are answered."""
    if not answered.work:
        return "work"
    if not answered.swedish:
        return "swedish"
    return None if answered.privacy else "when"


def is_similar(one: str, other: str) -> bool:
    """Whether two folded names may be one person's: the same words in any order, or all of one within the other."""
    mine, theirs = set(one.replace("-", " ").split()), set(other.replace("-", " ").split())
    shorter, longer = sorted((mine, theirs), key=len)
    return bool(shorter) and shorter <= longer
