"""One request or reply for a page, or a refusal on record."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from sightline.service.accounts.gate import asker, refuse
from sightline.service.accounts.policies import (
    ANSWER_ASKS,
    KEEP_SCRUTINY,
    SEE_PRIVATE_PAPERS,
    Policy,
)
from sightline.service.scrutiny.asks.standing import with_standing
from sightline.service.scrutiny.asks.who import may_answer, may_read
from sightline.service.scrutiny.keeping import may_keep
from sightline.service.scrutiny.models import Ask, Reply


def find_ask(request: HttpRequest, pk: int) -> Ask:
    """Give a request that the person may read, with what its standing is made of."""
    asks = with_standing(
        Ask.objects.select_related(
            *("committee", "item", "meeting", "lead", "rag_by", "topic", "closed_at", "group"),
            *("same_as__committee", "same_as__item"),
        ),
        timezone.localdate(),
    )
    ask = get_object_or_404(asks, pk=pk)
    if not may_read(asker(request), ask):
        refuse(request, SEE_PRIVATE_PAPERS, f"request {pk}")
    return ask


def find_kept(request: HttpRequest, pk: int) -> Ask:
    """Give a request of a committee the person keeps."""
    ask = find_ask(request, pk)
    if not may_keep(asker(request), ask.committee):
        refuse(request, KEEP_SCRUTINY, f"request {pk}")
    return ask


def find_answered(request: HttpRequest, pk: int) -> Ask:
    """Give a request the person may answer."""
    ask = find_ask(request, pk)
    if not may_answer(asker(request), ask):
        refuse(request, ANSWER_ASKS, f"request {pk}")
    return ask


def find_reply(request: HttpRequest, pk: int, under: Policy) -> Reply:
    """Give a reply to a request that the person may answer (ANSWER_ASKS) or keeps (KEEP_SCRUTINY)."""
    reply = get_object_or_404(Reply.objects.select_related("ask"), pk=pk)
    find = find_kept if under is KEEP_SCRUTINY else find_answered
    reply.ask = find(request, reply.ask_id)
    return reply
