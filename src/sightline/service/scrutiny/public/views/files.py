"""Papers and packs: downloaded as they were published, or an officer's report as a page."""

import re
from mimetypes import guess_extension

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from sightline.service.scrutiny.models import PaperFile
from sightline.service.scrutiny.programme.reports import body_of
from sightline.service.scrutiny.public import shown, visible
from sightline.service.scrutiny.public.caching import for_everybody, if_not_known, stamp
from sightline.service.scrutiny.public.views.pages import page

_SHOWN_BY_BROWSERS = ("application/pdf", "text/plain")
"""What opens in the browser; all else is only saved, as it might run there."""
_UNSAFE = re.compile(r"[^\w.() -]+")


@for_everybody
def paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a paper."""
    rows = visible.papers().select_related("file", "report__committee", "item__meeting__committee")
    row = get_object_or_404(rows.defer("file__data"), pk=pk)
    if row.file is not None:
        # Not the name under which the bytes were first kept: that may have been of something private.
        return _sent(request, row.file, f"{row.title}{guess_extension(row.file.kind) or ''}")
    if row.report is None:
        return HttpResponse(
            "This paper is still to follow.", status=404, content_type="text/plain; charset=utf-8"
        )
    item = shown.item(row.item)
    return page(
        request,
        "report",
        {
            "paper": shown.paper(row),
            "report": shown.report(row.report, minuted=item.meeting.is_minuted),
            "body": body_of(row.report),
            "item": item,
            "meeting": item.meeting,
        },
        within="public-meetings",
    )


@for_everybody
def pack(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a pack."""
    rows = visible.packs().select_related("file", "meeting__committee").defer("file__data")
    row = get_object_or_404(rows, pk=pk)
    meeting, one = shown.meeting(row.meeting), shown.pack(row)
    return _sent(request, row.file, f"{meeting.committee} {meeting.day} {one.name}.pdf")


def _sent(request: HttpRequest, file: PaperFile, name: str) -> HttpResponseBase:
    """Send a file; its data is read only where the reader does not have it."""
    response = HttpResponse(content_type=file.kind)
    stamp(response, etag=file.sha256, changed=file.kept_at)
    answer = if_not_known(request, response)
    if answer is not response:
        return answer
    inline = file.kind in _SHOWN_BY_BROWSERS
    disposition = content_disposition_header(not inline, _UNSAFE.sub("_", name))
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.content = bytes(file.data)
    return response
