"""Papers that are given as files: kept once under the SHA-256 of their bytes, and looked through as PDFs."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import PurePath

import pdfplumber
from django.core.exceptions import ValidationError

from sightline.service.scrutiny.models import PaperFile

MOST_BYTES = 30 * 1024 * 1024
MOST_PAGES = 500
_MOST_POINTS = 5_000
"""The longest side of a page, in points: an A0 sheet has 3,370."""


@dataclass(frozen=True)
class Looked:
    """What was found of a PDF: how many pages, and which of them have no text, so cannot be read aloud."""

    pages: int
    without_text: tuple[int, ...]

    @property
    def caution(self) -> str:
        """What whoever gave it should know; empty where all is well."""
        if not self.without_text:
            return ""
        if len(self.without_text) == self.pages:
            which = "None of its pages has text"
        else:
            which = f"Pages without text: {', '.join(map(str, self.without_text))}"
        return (
            f"{which}: they may be scans. People who use a screen reader cannot read them; ask for the "
            "document it was printed from."
        )


def keep_file(data: bytes, name: str, kind: str) -> PaperFile:
    """Keep the bytes of a file, or give the row where the same bytes are kept already, held until the end.

    Bytes that were removed for good, and are given once more, are kept once more.
    """
    digest = hashlib.sha256(data).hexdigest()
    told = {
        "name": PurePath(name.replace("\\", "/")).name[:200] or "unnamed",
        "kind": kind,
        "size": len(data),
        "data": data,
    }
    PaperFile.objects.get_or_create(sha256=digest, defaults=told)
    # Held, so that of two who give the same file at once the second finds what the first made of it.
    file = PaperFile.objects.select_for_update().defer("data").get(pk=digest)
    if not file.size:
        PaperFile.objects.filter(pk=digest).update(**told)
        file.refresh_from_db()
    return file


def look_through(data: bytes, name: str) -> Looked:
    """Open a PDF that was given as a paper; `ValidationError` where a pack cannot take it."""
    if len(data) > MOST_BYTES:
        raise ValidationError(f"{name} is larger than {MOST_BYTES // 1024 // 1024} MB.")
    if not data.lstrip()[:5] == b"%PDF-":
        raise ValidationError(f"{name} is not a PDF. Save it as a PDF and give that.")
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if not pdf.pages:
                raise ValidationError(f"{name} has no pages.")
            if len(pdf.pages) > MOST_PAGES:
                said = f"{name} has {len(pdf.pages)} pages: the most of a paper is {MOST_PAGES}."
                raise ValidationError(said)
            without = []
            for number, page in enumerate(pdf.pages, start=1):
                if max(page.width, page.height) > _MOST_POINTS:
                    raise ValidationError(f"{name}: page {number} is larger than any paper.")
                if not page.chars:
                    without.append(number)
                page.close()
            return Looked(len(pdf.pages), tuple(without))
    except ValidationError:
        raise
    except Exception:  # noqa: BLE001 - a broken file fails in many ways, and each means the same to people
        said = f"{name} cannot be read as a PDF: it is damaged, or locked with a password."
        raise ValidationError(said) from None
