"""What a jobseeker may show an employer."""

from collections.abc import Collection

# In the order in which they are shown. A name is what the employer calls out; the rest is chosen.
FIELDS = (
    "name",
    "work",
    "experience",
    "education",
    "languages",
    "swedish",
    "licences",
    "places",
    "about",
    "contact",
)
ALWAYS = ("name",)
# Chosen beforehand on the page: a phone number or an e-mail is given only by hand.
USUAL = tuple(field for field in FIELDS if field != "contact")


def chosen(asked: Collection[str], there: Collection[str]) -> list[str]:
    """The fields asked for that the profile has anything in, in order; the name always."""
    return [field for field in FIELDS if field in ALWAYS or (field in asked and field in there)]
