"""How a profile reads: the choices of its forms, and the plain sentences that jobseekers and employers see."""

from babel import Locale
from flask_babel import get_locale, lazy_gettext
from flask_babel import gettext as _

from bazaar.i18n import LANGUAGES, clock_time, language_name
from bazaar.jobseekers import rules
from bazaar.jobseekers.models import AccessNeed, Registration
from bazaar.journal.details import values_of

Choices = list[tuple[str, str]]

# Countries that most people who come to the fairs studied in; the rest of the world follows by name.
OFTEN = ("SE", "SY", "AF", "IQ", "IR", "SO", "ER", "ET", "UA", "TR", "PL", "IN", "RU")
# Languages heard at the fairs beside those in which pages can be read.
MORE_LANGUAGES = (
    "bs",
    "zh",
    "fi",
    "fr",
    "de",
    "hi",
    "it",
    "pl",
    "pt",
    "ro",
    "sr",
    "th",
    "ur",
    "vi",
    "am",
    "sq",
    "bn",
)


def swedish_levels() -> dict[str, str]:
    """Each level of Swedish as a plain sentence."""
    return {
        "none": _("I do not speak Swedish yet"),
        "sfi_a": _("SFI course A: I know single words"),
        "sfi_b": _("SFI course B: I understand easy words and short sentences"),
        "sfi_c": _("SFI course C: I manage everyday talk"),
        "sfi_d": _("SFI course D: I can talk about work and read simple texts"),
        "sas": _("Swedish as a second language: I follow most talk at work"),
        "a1": _("A1: I know single words"),
        "a2": _("A2: I manage everyday talk"),
        "b1": _("B1: I can talk about work and read simple texts"),
        "b2": _("B2: I follow most talk at work"),
        "c1": _("C1: I speak and write easily"),
        "c2": _("C2: I speak and write without effort"),
        "native": _("Swedish is my own language"),
    }


def swedish_words(swedish: str) -> str:
    return swedish_levels().get(swedish, "")


def swedish_sentence(swedish: str) -> str:
    """The same level as employers read it, of somebody else."""
    return {
        "none": _("Does not speak Swedish yet"),
        "sfi_a": _("Knows single words of Swedish (SFI course A)"),
        "sfi_b": _("Understands easy Swedish and short sentences (SFI course B)"),
        "sfi_c": _("Manages everyday talk in Swedish (SFI course C)"),
        "sfi_d": _("Can talk about work in Swedish and read simple texts (SFI course D)"),
        "sas": _("Follows most talk at work in Swedish (Swedish as a second language)"),
        "a1": _("Knows single words of Swedish (A1)"),
        "a2": _("Manages everyday talk in Swedish (A2)"),
        "b1": _("Can talk about work in Swedish and read simple texts (B1)"),
        "b2": _("Follows most talk at work in Swedish (B2)"),
        "c1": _("Speaks and writes Swedish easily (C1)"),
        "c2": _("Speaks and writes Swedish without effort (C2)"),
        "native": _("Swedish is their own language"),
    }.get(swedish, "")


def swedish_short(swedish: str) -> str:
    """The level in a word, for dense lists."""
    if swedish in rules.SFI[:4]:
        return f"SFI {swedish[-1].upper()}"
    return {"none": _("none"), "sas": "SAS", "native": _("own language")}.get(swedish, swedish.upper())


def experience_words(experience: str) -> str:
    return {
        "none": _("No experience yet"),
        "under_1": _("Less than one year"),
        "1_to_3": _("One to three years"),
        "3_to_10": _("Three to ten years"),
        "over_10": _("More than ten years"),
    }.get(experience, "")


def education_words(level: str) -> str:
    return {
        "none": _("No school"),
        "primary": _("Up to nine years of school"),
        "secondary": _("Upper secondary school"),
        "vocational": _("Vocational training"),
        "university": _("University"),
        "doctorate": _("Doctorate"),
    }.get(level, "")


def recognition_words(recognition: str) -> str:
    return {
        "not_needed": _("Not needed for my work"),
        "not_started": _("Not started"),
        "applied": _("Applied, waiting for the answer"),
        "statement": _("I have a statement on my education"),
        "licence": _("I have a Swedish professional licence"),
    }.get(recognition, "")


def licence_words(licence: str) -> str:
    return {
        "AM": _("AM: moped"),
        "A": _("A: motorcycle"),
        "B": _("B: car"),
        "BE": _("BE: car with trailer"),
        "C": _("C: truck"),
        "CE": _("CE: truck with trailer"),
        "D": _("D: bus"),
        "taxi": _("Taxi licence"),
        "forklift": _("Forklift licence"),
    }.get(licence, licence)


def level_words(level: str) -> str:
    return {
        "basic": _("A little"),
        "good": _("Well"),
        "native": _("My own language"),
    }.get(level, "")


def half_day_words(half_day: str) -> str:
    return {"morning": _("Only in the morning"), "afternoon": _("Only in the afternoon")}.get(half_day, "")


def background(registration: Registration) -> list[str]:
    """Experience and education as sentences, without what was not said."""
    education = education_words(registration.education_level)
    if education and registration.education_country:
        education = f"{education}, {country_name(registration.education_country)}"
    experience = {
        "none": _("No experience of work yet"),
        "under_1": _("Has worked less than one year"),
        "1_to_3": _("Has worked one to three years"),
        "3_to_10": _("Has worked three to ten years"),
        "over_10": _("Has worked more than ten years"),
    }.get(registration.experience, "")
    recognition = {
        "not_needed": _("Recognition of education not needed"),
        "not_started": _("Recognition of education not started"),
        "applied": _("Has applied for recognition of education"),
        "statement": _("Education has a Swedish statement"),
        "licence": _("Has a Swedish professional licence"),
    }.get(registration.recognition, "")
    return [line for line in (experience, education, recognition) if line]


def needs_words(needs: AccessNeed | None) -> list[str]:
    """Access needs as sentences; for the person and the organisers, never for employers."""
    if needs is None:
        return []
    said = [
        _("Interpreter: %(language)s", language=spoken_name(needs.interpreter)) if needs.interpreter else "",
        _("Needs to get everywhere without steps") if needs.step_free else "",
        _("Needs a quiet place or time") if needs.quiet else "",
        half_day_words(needs.half_day),
        _("Must leave by %(time)s", time=clock_time(needs.leaves_by)) if needs.leaves_by else "",
    ]
    return [line for line in said if line]


def status_words(status: str) -> str:
    return {
        "started": _("Not finished"),
        "registered": _("Registered"),
        "cancelled": _("Cancelled"),
        "joined": _("Joined with another"),
    }[status]


SOURCES = {
    "self": lazy_gettext("Registered alone"),
    "desk": lazy_gettext("At the desk"),
    "import": lazy_gettext("From a list"),
}
values_of("registration", "source", SOURCES)
values_of(
    "registration",
    "section",
    {
        "name": lazy_gettext("Name"),
        "swedish": lazy_gettext("Swedish"),
        "languages": lazy_gettext("Languages"),
        "experience": lazy_gettext("Experience and education"),
        "licences": lazy_gettext("Licences"),
        "places": lazy_gettext("Places"),
        "work": lazy_gettext("Work wanted"),
        "about": lazy_gettext("About me"),
        "findable": lazy_gettext("May employers find you?"),
        "day": lazy_gettext("Day"),
        "needs": lazy_gettext("What do you need to take part?"),
        "language": lazy_gettext("Language"),
        "privacy": lazy_gettext("Privacy words"),
        "organiser": lazy_gettext("by the organisers"),
    },
)


def source_words(source: str) -> str:
    return str(SOURCES.get(source, ""))


def country_name(code: str) -> str:
    return str(_locale().territories.get(code, code))


def countries() -> Choices:
    """Countries by their names in the reader's language, the usual ones first."""
    names = {code: name for code, name in _locale().territories.items() if len(code) == 2 and code.isalpha()}
    rest = sorted((code for code in names if code not in OFTEN and code not in ("EU", "EZ", "UN", "ZZ", "XA", "XB")),
                  key=lambda code: names[code])  # fmt: skip
    return [(code, names[code]) for code in (*OFTEN, *rest)]


def spoken_name(tag: str) -> str:
    """A language's name in the reader's language."""
    if tag in LANGUAGES:
        return language_name(tag)
    return str(_locale().languages.get(tag, tag))


def spoken_languages() -> Choices:
    """Languages to choose from, but Swedish, which is a question of its own."""
    tags = [tag for tag in LANGUAGES if not tag.startswith("sv")] + list(MORE_LANGUAGES)
    return sorted(((tag, spoken_name(tag)) for tag in tags), key=lambda pair: pair[1].casefold())


def _locale() -> Locale:
    return get_locale() or Locale("en")
