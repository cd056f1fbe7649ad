"""Drawing badges on paper: a folded A6, four on an A4 sheet to cut, or one on a label. Black on white is enough."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import IO

from flask_babel import gettext as _

from bazaar import i18n
from bazaar.badges import qr
from bazaar.badges.rules import Appointment, Card
from bazaar.jobseekers.rules import shown_code
from bazaar.pdf.paper import INK, INK_2, LINE, Paper, colour_of, tint_of

A6 = (105.0, 148.0)
A4 = (210.0, 297.0)
LABEL = (100.0, 62.0)
ROW = 11.5  # millimetres of a line on the back


@dataclass(frozen=True)
class Printed:
    """What every badge of a fair says, and where its codes lead."""

    name: str
    zone: str
    days: list[date]
    accent: str
    codes: qr.Codes | qr.OneByOne


def write(out: IO[bytes], fair: Printed, cards: Iterable[Card], layout: str) -> None:
    """All of these badges, in this order, as one PDF in the language of the page."""
    draw = {"a6": _on_a6, "a4": _on_a4, "label": _on_labels}[layout]
    with Paper(out, _("Badges: %(fair)s", fair=fair.name), i18n.language_now()) as paper:
        draw(paper, fair, cards)


def _on_a6(paper: Paper, fair: Printed, cards: Iterable[Card]) -> None:
    width, height = A6
    for card in cards:
        paper.page(2 * width, height)
        _front(paper, fair, card, 0, 0)
        paper.line(width, 0, width, height, 0.2, INK_2, dashed=True)
        _back(paper, fair, card, width, 0)


def _on_a4(paper: Paper, fair: Printed, cards: Iterable[Card]) -> None:
    width, height = A4[0] / 2, A4[1] / 2
    for number, card in enumerate(cards):
        place = number % 4
        if place == 0:
            paper.page(*A4)
            paper.line(width, 0, width, 2 * height, 0.2, INK_2, dashed=True)
            paper.line(0, height, 2 * width, height, 0.2, INK_2, dashed=True)
        _front(paper, fair, card, place % 2 * width, place // 2 * height)


def _on_labels(paper: Paper, fair: Printed, cards: Iterable[Card]) -> None:
    for card in cards:
        paper.page(*LABEL)
        _code(paper, fair, card, 6, 8, 44)
        bottom = paper.fitted(card.name, 54, 8, 42, 26, least=15, bold=True)
        if card.line:
            paper.fitted(card.line, 54, bottom + 1, 42, 10, least=8)
        paper.text(fair.name, 54, 41, 42, _fit(paper, fair.name, 42, 8))
        paper.text(shown_code(card.code)[:9], 54, 45.5, 42, 11, bold=True)
        paper.text(shown_code(card.code)[10:], 54, 50, 42, 11, bold=True)


def _fit(paper: Paper, words: str, width: float, size: float) -> float:
    wide = paper.width(words, size)
    return min(size, size * width / wide) if wide else size


# --- The front --------------------------------------------------------------------------------


def _front(paper: Paper, fair: Printed, card: Card, x: float, y: float) -> None:
    inner, left = A6[0] - 14, x + 7
    paper.stamp("front", partial(_front_of_all, paper, fair), x, y)
    bottom = paper.fitted(card.name, left, y + 28.5, inner, 34, least=20, bold=True, align="C")
    if card.line:
        paper.fitted(card.line, left, min(bottom + 1, y + 45), inner, 12, least=9, lines=1, align="C")
    _code(paper, fair, card, x + (A6[0] - 56) / 2, y + 52, 56)
    paper.text(shown_code(card.code), left, y + 114, inner, 18, bold=True, align="C")


def _front_of_all(paper: Paper, fair: Printed) -> None:
    """What is the same on every front: the roof, the fair and what the code is for."""
    inner, left = A6[0] - 14, 7
    accent = colour_of(fair.accent)
    paper.fill("0 0 105 1.3 re", 0, 0, 1, INK)
    paper.stroke(_awning(0), 0, 1.3, accent)
    paper.stroke(_awning(1), 0, 1.3, tint_of(accent))
    paper.text(fair.name, left, 14, inner, _fit(paper, fair.name, inner, 10.5), align="C")
    paper.text(i18n.days_words(fair.days), left, 19, inner, 10.5, align="C")
    hint = [_("Show the code at the door and at the booths."), _("The code tells others nothing about you.")]
    for number, words in enumerate(hint):
        paper.text(
            words, left, 125 + 5 * number, inner, _fit(paper, words, inner, 9), align="C", colour=INK_2
        )


def _code(paper: Paper, fair: Printed, card: Card, x: float, y: float, side: float) -> None:
    modules = fair.codes.squares(card.code)
    paper.fill(qr.pdf_path(modules), x, y, side / len(modules))


@cache
def _awning(first: int, stripes: int = 15) -> str:
    """Every second stripe of the roof: broad lines that end round."""
    wide = A6[0] / stripes
    lines = (
        f"{(number + 0.5) * wide:g} -9 m {(number + 0.5) * wide:g} 5.6 l"
        for number in range(first, stripes, 2)
    )
    return f"0 0 {A6[0]:g} 12 re W n 1 J {wide:g} w {' '.join(lines)} S"


# --- The back ---------------------------------------------------------------------------------


def _back(paper: Paper, fair: Printed, card: Card, x: float, y: float) -> None:
    left, inner, top = x + 7, A6[0] - 14, y + 8
    for day, appointments in _by_day(card.day, fair.zone).items():
        top = _heading(paper, _("Your day, %(day)s", day=i18n.day_words(day)), left, top, inner)
        for one in appointments:
            if top > y + 100:
                break
            top = _appointment(paper, one, fair.zone, left, top, inner)
        top += 7
    below = top - y
    paper.stamp(("back", below), partial(_back_of_all, paper, below), x, y)


def _back_of_all(paper: Paper, top: float) -> None:
    """Room for notes below the day, and what to do without the badge."""
    left, inner = 7, A6[0] - 14
    top = _heading(paper, _("I met"), left, top, inner)
    while top + ROW < 126:
        top += ROW - 2
        paper.line(left, top, left + inner, top, 0.25, INK_2)
    notes = [
        _("Questions? Go to the desk."),
        _("Lost your badge? Say your code or your phone number at the desk."),
        _("You get a new badge, and the old one stops working."),
    ]
    for number, words in enumerate(notes):
        paper.text(words, left, 129 + 4.2 * number, inner, _fit(paper, words, inner, 8), colour=INK_2)


def _by_day(appointments: Sequence[Appointment], zone: str) -> dict[date, list[Appointment]]:
    days: dict[date, list[Appointment]] = {}
    for one in appointments:
        days.setdefault(i18n.local(one.at, _Zone(zone)).date(), []).append(one)
    return days


@dataclass
class _Zone:
    zone: str


def _heading(paper: Paper, words: str, x: float, y: float, width: float) -> float:
    paper.text(words, x, y, width, _fit(paper, words, width, 13), bold=True)
    paper.line(x, y + 7, x + width, y + 7, 0.6, INK)
    return y + 7


def _appointment(paper: Paper, one: Appointment, zone: str, x: float, y: float, width: float) -> float:
    place = str(one.booth) if one.booth is not None else one.room
    paper.text(i18n.clock_time(one.at, _Zone(zone)), x, y + 3.6, 14, 11, bold=True)
    across = min(34.0, paper.width(place, 12, bold=True)) if place else 0
    paper.text(one.with_whom, x + 17, y + 3.6, width, _fit(paper, one.with_whom, width - 20 - across, 11))
    if place:
        paper.text(
            place,
            x,
            y + 3.4,
            width,
            12 * min(1, 34 / paper.width(place, 12, bold=True)),
            bold=True,
            align="R",
        )
    paper.line(x, y + ROW, x + width, y + ROW, 0.2, LINE)
    return y + ROW
