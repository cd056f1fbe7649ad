"""Long work tells a terminal how far it is, and nobody else."""

import sys

from bazaar.terminal import counted


def test_a_terminal_is_told_and_left_clean(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert list(counted(range(250), "badges", 250)) == list(range(250))
    told = capsys.readouterr().err.split("\r\x1b[K")
    assert told == ["", "0 of 250 badges", "100 of 250 badges", "200 of 250 badges", ""]


def test_a_file_is_told_nothing(capsys):
    assert list(counted("abc", "rows")) == ["a", "b", "c"]
    assert capsys.readouterr().err == ""
