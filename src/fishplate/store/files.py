"""Files that are replaced whole or not at all, and one holder at a time, on every system Fishplate runs on.

Takes paths and bytes; gives nothing back before the disk has them. The only file that knows how systems differ in
locking a file and in flushing a folder.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import errno
    import msvcrt
else:
    import fcntl


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader, or a crash, sees the old content or the new and nothing between."""
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def move_whole(part: Path, folder: Path) -> None:
    """Move a finished folder to its place, in place of whatever a crash may have left there.

    Its files are on disk before its name is, so that a power cut can't leave a folder that looks whole and is not.
    """
    for path in sorted(part.rglob("*")):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
    sync_folder(part)
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)
    sync_folder(folder.parent)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file for this thread alone, among all threads and processes; the system frees it at a crash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        _take(file)
        try:
            yield
        finally:
            _free(file)


if sys.platform == "win32":

    def _take(file: BinaryIO) -> None:
        while True:
            try:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            except OSError as refusal:
                if refusal.errno != errno.EDEADLK:
                    raise
                # Windows gives up after ten seconds; the holder writes one line, so we simply ask again.
                continue
            return

    def _free(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

    def sync_folder(_folder: Path) -> None:
        """Windows writes a renamed entry through by itself and can't open a folder to flush it."""

else:

    def _take(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)

    def _free(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)

    def sync_folder(folder: Path) -> None:
        """See a renamed or new entry of the folder on disk."""
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
