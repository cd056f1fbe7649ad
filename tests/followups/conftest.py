"""Counts of one test are not remembered in the next."""

from collections.abc import Iterator

import pytest

from bazaar.followups.queries import counts


@pytest.fixture(autouse=True)
def forget_counts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(counts, "WORTH_KEEPING", 1e9)
    yield
    counts._memory.known.clear()
