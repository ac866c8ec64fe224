"""One file in, its minutes out: tells the renderings apart and refuses what cannot be read."""

import hashlib
import re
from pathlib import Path

from sightline.intake.inputs import decode
from sightline.intake.minutes import text as plain_text
from sightline.intake.minutes.reading import read_passages
from sightline.intake.minutes.record import Minutes
from sightline.intake.parts import Source, UnreadableFileError

MAX_BYTES = 40 * 2**20
"""Bytes a file may have; the longest printed packs have some twenty million."""
MAX_SIGNS = 3_000_000
MAX_LINES = 100_000


def read(path: str | Path) -> Minutes:
    """Read the minutes in a file; `UnreadableFileError`, one sentence, if they cannot be."""
    file = Path(path)
    try:
        if file.is_dir():
            raise UnreadableFileError(f"{path}: is a folder; name the files of minutes in it.")
        if file.stat().st_size > MAX_BYTES:
            raise UnreadableFileError(
                f"{path}: is larger than {MAX_BYTES // 2**20} MB; that is no set of minutes."
            )
        data = file.read_bytes()
    except FileNotFoundError:
        raise UnreadableFileError(f"{path}: there is no such file.") from None
    except OSError as error:
        raise UnreadableFileError(f"{path}: cannot be opened ({error.strerror}).") from None
    return read_bytes(data, str(path))


def read_bytes(data: bytes, name: str) -> Minutes:
    """Read the minutes in bytes that came from a file called `name`."""
    if not data.strip(b"\0 \r\n\t\f"):
        raise UnreadableFileError(f"{name}: the file is empty.")
    if data[:1024].lstrip().startswith(b"%PDF-"):
        from sightline.intake.minutes.pdf import passages as pdf_passages  # noqa: PLC0415 - slow to import

        return read_passages(pdf_passages(data, name), name, "pdf")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnreadableFileError(
            f"{name}: is a Word document or an archive; save the minutes as PDF or as plain text."
        )
    source = Source(name, hashlib.sha256(data).hexdigest(), len(data))
    try:
        text, _ = decode(source, data)
    except UnreadableFileError:
        raise UnreadableFileError(f"{name}: is neither text, a web page, XML nor PDF.") from None
    if len(text) > MAX_SIGNS or text.count("\n") > MAX_LINES:
        raise UnreadableFileError(f"{name}: is too long to be the minutes of one meeting.")
    head = text[:4000].lstrip().lower()
    if (
        head.startswith("<")
        and "<html" not in head
        and re.search(r"<(?:getmeeting|meeting|agendaitems?)\b", head)
    ):
        from sightline.intake.minutes.meeting_xml import read_xml  # noqa: PLC0415

        return read_xml(text, name)
    if head.startswith("<") and re.search(
        r"<(?:!doctype html|html|head|body|div|p|table|h1|section|span)\b", head
    ):
        from sightline.intake.minutes.page import passages as page_passages  # noqa: PLC0415

        return read_passages(page_passages(text), name, "page")
    return read_passages(plain_text.passages(text), name, "text")
