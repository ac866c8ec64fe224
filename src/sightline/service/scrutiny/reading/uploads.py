"""The upload of one document: stopped where it is larger than minutes are, before it is read."""

from django.http import HttpRequest

from sightline.service.measures.load_uploads import LimitedUpload
from sightline.service.scrutiny.reading.actions import MOST_BYTES

_BESIDE_THE_FILE = 2 * 2**20
"""Bytes a form may have besides its file: the text that is pasted, as the browser encodes it."""


class LimitedDocument(LimitedUpload):
    """Counts what comes of a document, and stops reading where it is too large."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.left = MOST_BYTES


def is_too_large(request: HttpRequest) -> bool:
    """Whether a request says itself that it is larger than a document may be."""
    try:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return True
    return size > MOST_BYTES + _BESIDE_THE_FILE
