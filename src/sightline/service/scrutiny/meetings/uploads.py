"""Papers as they are uploaded: nothing is read but on the pages for it, and no more than is allowed."""

from collections.abc import Callable
from functools import wraps

from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from sightline.service.measures.load_uploads import LimitedUpload
from sightline.service.scrutiny.meetings.papers import MOST_BYTES

TOO_LARGE = f"The file is larger than {MOST_BYTES // 1024 // 1024} MB."
View = Callable[[HttpRequest, int], HttpResponse]


class LimitedPaper(LimitedUpload):
    """Stops reading where a file is larger than a paper may be."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.left = MOST_BYTES


def takes_file(view: View) -> View:
    """Let a view take a file. The check of the form is made here, as the middleware would read all first."""

    @csrf_exempt
    @wraps(view)
    def outer(request: HttpRequest, pk: int) -> HttpResponse:
        if request.method == "POST":
            request.upload_handlers = [LimitedPaper(request), TemporaryFileUploadHandler(request)]
        checked: HttpResponse = csrf_protect(view)(request, pk)
        return checked

    return outer


def was_too_large(request: HttpRequest) -> bool:
    """Whether reading was stopped."""
    return any(isinstance(each, LimitedPaper) and each.stopped for each in request.upload_handlers)
