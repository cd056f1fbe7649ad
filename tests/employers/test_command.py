"""The import commands as scripts meet them: a real process, its last line and its exit status."""

import pytest

from tests.live import Live


@pytest.fixture
def bazaar(new_database, tmp_path):
    live = Live(new_database(), tmp_path)
    live.run("db", "upgrade")
    live.run("fair", "new", "spring", "--name", "Spring fair", "--date", "2027-04-21", "--days", "2")
    return live


def write(bazaar, name, text, encoding="utf-8"):
    path = bazaar.folder / name
    path.write_bytes(text.encode(encoding))
    return str(path)


def test_lists_come_in_by_command(bazaar):
    good = write(
        bazaar,
        "good.csv",
        "Företag;Mässdagar;Bransch\r\nBolt AB;1 2;Vård\r\nÅkeri AB;2027-04-22;Transport\r\n",
        "cp1252",
    )
    bad = write(
        bazaar, "bad.csv", 'organisation\twebsite\nBolt AB\thtp//x\n\n"Crane\nAB"\t\nDock AB\tno no\n'
    )
    first = bazaar.run("import", "exhibitors", "spring", good, "--dry-run").splitlines()
    assert first[-1] == "2 read, 2 new, 0 changed, 0 unchanged, 0 refused"
    assert bazaar.run("import", "exhibitors", "spring", good).splitlines() == first
    again = bazaar.run("import", "exhibitors", "spring", good).splitlines()
    assert again[-1] == "2 read, 0 new, 0 changed, 2 unchanged, 0 refused"
    lines = bazaar.run("import", "exhibitors", "spring", bad, status=1).splitlines()
    assert lines == [
        'row 2: website: not an address: "htp//x"', 'row 5: website: not an address: "no no"',
        "3 read, 1 new, 0 changed, 0 unchanged, 2 refused",
    ]  # fmt: skip
    kept = bazaar.run("import", "exhibitors", "spring", bad, "--keep-good").splitlines()
    assert kept[-1] == lines[-1]
    vacancies = write(bazaar, "jobs.csv", "utställare,titel\nCrane AB,Svetsare\nBolt AB,Smed\n")
    assert bazaar.run("import", "vacancies", "spring", vacancies).splitlines()[-1].startswith("2 read, 2 new")


def test_wrong_usage_is_one_line_and_status_two(bazaar):
    empty = write(bazaar, "empty.csv", "")
    headless = write(bazaar, "headless.csv", "a,b\n1,2\n")
    nonsense = write(bazaar, "nonsense.json", "[1,")
    for command in (
        ("exhibitors", "spring", empty), ("exhibitors", "spring", headless), ("exhibitors", "nowhere", headless),
        ("exhibitors", "spring", "no-such-file.csv"), ("vacancies", "spring", nonsense), ("occupations", headless),
    ):  # fmt: skip
        [line] = bazaar.run("import", *command, status=2).splitlines()
        assert line.startswith("bazaar: "), command
