"""Counts of one test are not remembered in the next."""

from collections.abc import Iterator

import pytest

from bazaar.followups.queries import organiser


@pytest.fixture(autouse=True)
def forget_counts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(organiser, "WORTH_KEEPING", 1e9)
    yield
    organiser._memory.known.clear()
