"""Files that commands write stand whole under their name, or not at all."""

import errno
import os
import stat
from pathlib import Path

import pytest

from bazaar import files, sheets
from bazaar.errors import Refused


def full_disk():
    yield ["1"]
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("secret", [True, False])
def test_a_full_disk_leaves_what_was_there_and_no_half_file(tmp_path, secret):
    out = tmp_path / "scans.csv"
    out.write_text("before")
    with pytest.raises(Refused, match=r"scans.csv: no space left on device"):
        sheets.csv_file(out, ["id"], full_disk(), secret=secret)
    assert [file.name for file in tmp_path.iterdir()] == ["scans.csv"]
    assert out.read_text() == "before"


def test_the_file_stands_beside_until_it_is_whole_and_secrets_are_its_owners_alone(tmp_path):
    out = tmp_path / "badges.csv"
    out.write_text("before")
    out.chmod(0o644)
    (tmp_path / "badges.csv.part").write_text("left behind, for everybody to read")
    with files.whole(out, secret=True) as file:
        file.write(b"codes")
        assert out.read_text() == "before"
        assert stat.S_IMODE((tmp_path / "badges.csv.part").stat().st_mode) == 0o600
    assert out.read_text() == "codes"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert not (tmp_path / "badges.csv.part").exists()


def test_who_may_read_a_file_may_read_it_when_it_is_written_again_and_a_link_stays_one(tmp_path):
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("before")
    real.chmod(0o640)
    link.symlink_to(real)
    sheets.csv_file(link, ["id"], [])
    assert link.is_symlink()
    assert real.read_bytes() == b"\xef\xbb\xbfid\r\n"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_pipe_takes_what_comes(tmp_path):
    with pytest.raises(Refused, match="/dev/full: no space left on device"):
        sheets.csv_file(Path("/dev/full"), ["id"], [["1"]])
    sheets.csv_file(Path("/dev/null"), ["id"], [["1"]])
    assert not Path("/dev/null").is_file()
