"""Files are written all or nothing."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from policyopts.findings import OutputError
from policyopts.records.writing import write_files

Contents = Callable[[Path], dict[str, bytes]]


@pytest.fixture
def unwritable() -> Iterator[Path]:
    """Give a folder into which nothing can be written, not even by root: it takes off its rights meanwhile."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "there.yaml").write_text("as before")
        folder.chmod(0o555)
        user = os.geteuid()
        if user == 0:
            os.seteuid(65534)
        yield folder
        os.seteuid(user)
        folder.chmod(0o755)


def test_files_and_folders_come_into_being(tmp_path: Path, contents: Contents) -> None:
    """New files are written with the folders that they need, and nothing else is left there."""
    write_files({tmp_path / "a/b/c.txt": "ü\n", tmp_path / "d.txt": b"\xff"}, make_folders=True)
    assert contents(tmp_path) == {"a/b/c.txt": "ü\n".encode(), "d.txt": b"\xff"}


def test_a_missing_folder_is_told_of(tmp_path: Path, contents: Contents) -> None:
    """Without leave to make folders, a missing one is an error."""
    with pytest.raises(OutputError, match="cannot write") as caught:
        write_files({tmp_path / "a/b.txt": "x"})
    assert caught.value.hint == "the folder must be there first"
    assert contents(tmp_path) == {}


def test_nothing_is_written_where_one_file_cannot_be(tmp_path: Path, contents: Contents) -> None:
    """One file that cannot be written keeps all others as they were, and folders made for them go again."""
    (tmp_path / "old.txt").write_text("old")
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OutputError, match=r"cannot write .*file/x\.txt: Not a directory"):
        write_files({tmp_path / p: "new" for p in ("old.txt", "new/deep/y.txt", "file/x.txt")}, make_folders=True)
    assert contents(tmp_path) == {"old.txt": b"old", "file": b"no folder"}
    assert not (tmp_path / "new").exists()


class LateFolder(Mapping[Path, str]):
    """Files to write, the last of whose places becomes a folder just before it is taken."""

    def __init__(self, texts: dict[Path, str]) -> None:
        self.texts = texts

    def __getitem__(self, path: Path) -> str:
        return self.texts[path]

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[Path]:
        yield from self.texts
        list(self.texts)[-1].mkdir(exist_ok=True)


def test_what_was_replaced_comes_back_when_a_later_file_fails(tmp_path: Path, contents: Contents) -> None:
    """Files already in place are taken back when one after them cannot be put into its place."""
    (tmp_path / "old.txt").write_text("old")
    texts = LateFolder({tmp_path / "old.txt": "new", tmp_path / "fresh.txt": "new", tmp_path / "late.txt": "new"})
    with pytest.raises(OutputError, match=r"late\.txt"):
        write_files(texts)
    assert contents(tmp_path) == {"old.txt": b"old"}


def test_an_unwritable_folder_is_told_of(unwritable: Path) -> None:
    """In a folder without leave to write, a new file and an old one are both refused, and the old one stays."""
    for name in ("new.yaml", "there.yaml"):
        with pytest.raises(OutputError, match=r"Permission denied|write-protected"):
            write_files({unwritable / name: "text"})
    assert [path.name for path in unwritable.iterdir()] == ["there.yaml"]
    assert (unwritable / "there.yaml").read_text() == "as before"


def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    """A file keeps its permissions, and a link goes on leading to the file that is written."""
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    write_files({link: "new"})
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_folder_in_a_files_place_is_refused(tmp_path: Path) -> None:
    """A folder is never replaced by a file."""
    (tmp_path / "place").mkdir()
    with pytest.raises(OutputError, match="it is a folder"):
        write_files({tmp_path / "place": "x"})


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    """What is no regular file takes the text itself, as /dev/stdout does."""
    reader, writer = os.pipe()
    content: dict[Path, Any] = {Path(f"/dev/fd/{writer}"): "text"}
    write_files(content)
    os.close(writer)
    assert os.read(reader, 100) == b"text"
    os.close(reader)
