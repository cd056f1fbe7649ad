"""Every verb and every thing that an action notes has words for people."""

import ast
from collections.abc import Iterator
from pathlib import Path

import bazaar
from bazaar.journal.details import label_of
from bazaar.journal.words import THINGS, VERBS

PLACE = Path(bazaar.__file__).parent
SOURCES = [*PLACE.rglob("actions*/**/*.py"), *PLACE.rglob("actions.py")]


def calls() -> Iterator[ast.Call]:
    """Every call of note(...) and of the wrapper noted(...) in actions."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("note", "noted") and node.args:
                yield node


def literals(node: ast.expr) -> Iterator[str]:
    """The words an argument can be, where it says so itself: "a", or "a" if x else "b"."""
    if isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def test_everything_noted_has_words():
    noted = list(calls())
    assert len(noted) > 20
    verbs = {word for call in noted for word in literals(call.args[0])}
    things = {word for call in noted for word in literals(call.args[1]) if call.func.id == "note"}
    assert not verbs - set(VERBS)
    assert not things - set(THINGS)


def test_every_fact_noted_has_words():
    assert len(list(calls())) > 20
    facts = {keyword.arg for call in calls() for keyword in call.keywords if keyword.arg}
    facts -= {"actor", "at", "changed", "fair_id", "other", "joined"}  # the last two are keys
    assert {fact for fact in facts if label_of(fact) == fact.replace("_", " ")} == set()
