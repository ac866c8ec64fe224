"""The search of the public site: what is published is written here, and found by anybody.

A passage is written in the transaction that publishes it (`publish_texts`, `publish_text_of`). Whether it is
still public is asked of `visible` whenever somebody searches, so that what is hidden later is neither found
nor counted. SQLite searches by FTS5, PostgreSQL by its own full text (`migrations/0002_search`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from sightline.service.scrutiny.models import Ask, Item, Meeting, PublishedText, Reply
from sightline.service.scrutiny.models.meetings import Privacy
from sightline.service.scrutiny.public import shown, telling, visible
from sightline.service.scrutiny.public.text import plain

KINDS = {
    "minutes": ("Minutes", ("minute", "summary")),
    "agendas": ("Agendas", ("agenda",)),
    "requests": ("Requests", ("ask", "ask-summary")),
    "answers": ("Answers", ("reply",)),
}
"""What can be chosen, and the kinds of passage that it is."""
NAMES = {
    "minute": "Minutes",
    "summary": "Minutes, in summary",
    "agenda": "Agenda",
    "ask": "Request",
    "ask-summary": "Request, in summary",
    "reply": "Answer",
}
MOST = 500
"""How many passages with the words, the newest, are ranked: more would make a frequent word slow."""
A_PAGE = 20
LONGEST = 200
"""Characters of what somebody types that are read."""
_MOST_WORDS = 12
_LONGEST_TEXT = 200_000
"""Characters of a passage that are searched; PostgreSQL holds no more words than about so many."""
_BATCH = 500
_PHRASE = re.compile(r'"([^"]*)"|“([^”]*)”|(\S+)')
_WORD = re.compile(r"[^\W_]+")
_BEGINS, _ENDS = "\x02", "\x03"
"""What the database puts around a word it found; no text has them (`text.plain`)."""


def publish_texts(meeting: Meeting) -> None:
    """Write anew what the search has of a meeting, in the transaction that publishes something of it.

    Its agenda counts once it is published, its minutes and the asks in them once they are confirmed.
    """
    with transaction.atomic():
        items = Item.objects.filter(meeting=meeting.pk)
        asks = Ask.objects.filter(Q(meeting=meeting.pk) | Q(item__meeting=meeting.pk))
        _remove(("agenda", "minute", "summary"), items.values_list("pk", flat=True))
        _write_items(visible.items().filter(meeting=meeting.pk))
        _publish_asks(list(asks.values_list("pk", flat=True)))
        telling.tell_afterwards()


def publish_text_of(ask: Ask) -> None:
    """Write anew what the search has of an ask and its answers, in the transaction that changes them."""
    with transaction.atomic():
        _publish_asks([ask.pk])
        telling.tell_afterwards()


def publish_all() -> int:
    """Write everything anew; give how many passages there are. Nobody is told by letter."""
    with transaction.atomic():
        PublishedText.objects.all().delete()
        _write_items(visible.items())
        _write_asks(visible.asks())
        _write_replies(visible.replies())
        return PublishedText.objects.count()


def _publish_asks(pks: Sequence[int]) -> None:
    replies = Reply.objects.filter(ask__in=pks)
    _remove(("ask", "ask-summary"), pks)
    _remove(("reply",), replies.values_list("pk", flat=True))
    _write_asks(visible.asks().filter(pk__in=pks))
    _write_replies(visible.replies().filter(ask__in=pks))


def _remove(kinds: Sequence[str], of: Iterable[int]) -> None:
    PublishedText.objects.filter(kind__in=kinds, of__in=list(of)).delete()


def _write(texts: Iterable[PublishedText | None]) -> None:
    PublishedText.objects.bulk_create((text for text in texts if text), batch_size=_BATCH)


def _write_items(rows: QuerySet[Item]) -> None:
    _write(_of_item(row) for row in rows.select_related("meeting__committee").iterator(_BATCH))


def _of_item(row: Item) -> PublishedText | None:
    item = shown.item(row)
    if item.is_private and not item.meeting.is_minuted:
        return None  # a title alone, which stands on the page of its meeting
    minute = "summary" if item.is_private else "minute"
    return PublishedText(
        kind=minute if item.meeting.is_minuted else "agenda",
        of=row.pk,
        committee=row.meeting.committee,
        day=item.meeting.day,
        address=item.address,
        title=_plain(item.heading),
        text=_plain(item.planned, item.minute),
    )


def _write_asks(rows: QuerySet[Ask]) -> None:
    rows = rows.select_related("committee", "meeting__committee", "item", "group")
    _write(_of_ask(row) for row in rows.iterator(_BATCH))


def _of_ask(row: Ask) -> PublishedText:
    ask = shown.ask(row)
    return PublishedText(
        kind="ask-summary" if ask.is_restricted else "ask",
        of=row.pk,
        committee=row.committee,
        day=ask.made_on or (ask.meeting.day if ask.meeting else None),
        address=ask.address,
        title=_plain(f"{ask.reference} {ask.heading}"),
        text=_plain(ask.words),
    )


def _write_replies(rows: QuerySet[Reply]) -> None:
    rows = rows.select_related(
        "ask__committee", "ask__meeting__committee", "ask__item", "ask__group"
    )
    _write(_of_reply(row) for row in rows.iterator(_BATCH))


def _of_reply(row: Reply) -> PublishedText:
    ask, reply = shown.ask(row.ask), shown.reply(row)
    return PublishedText(
        kind="reply",
        of=row.pk,
        committee=row.ask.committee,
        day=reply.published_at.date(),
        address=f"{ask.address}#{reply.anchor}",
        title=_plain(f"Answer to {ask.reference} {ask.heading}"),
        text=_plain(reply.text, reply.evidence),
    )


def _plain(*parts: str) -> str:
    return plain(*parts)[:_LONGEST_TEXT]


@dataclass(frozen=True)
class Hit:
    """A passage that was found: what it is, where it stands, and the words with those found marked."""

    kind: str
    title: str
    address: str
    committee: str
    day: date | None
    snippet: SafeString


@dataclass(frozen=True)
class Found:
    """What was found: the keys of passages, best first; and how it was searched.

    `any_word`: no passage has every word, and these have one of them. `more`: there are more than `MOST`,
    of which the newest were ranked.
    """

    keys: tuple[int, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    any_word: bool = False
    more: bool = False


def phrases_of(asked: str) -> tuple[tuple[str, ...], ...]:
    """Give what somebody asked for: words, and words in quotation marks as they follow each other.

    Signs that are no letter or digit are left out, so that nothing anybody types is an error.
    """
    found = []
    for match in _PHRASE.finditer(asked[:LONGEST]):
        if words := tuple(_WORD.findall("".join(filter(None, match.groups())))):
            found.append(words)
    return tuple(found[:_MOST_WORDS])


def find(asked: str, *, committee: str = "", kind: str = "", year: int | None = None) -> Found:
    """Find passages. `committee` is a slug, `kind` one of `KINDS`; what is not known finds nothing."""
    phrases = phrases_of(asked)
    if not phrases:
        return Found()
    narrowed, values = _narrowed(committee, kind, year)
    for any_word in (False, True) if len(phrases) > 1 else (False,):
        rows = _ranked(phrases, any_word, narrowed, values)
        public = set(_still_public([key for key, _ in rows]))
        rows = sorted(
            (row for row in rows if row[0] in public), key=lambda row: row[1], reverse=True
        )
        if rows:
            more = len(rows) > MOST
            return Found(tuple(key for key, _ in rows[:MOST]), phrases, any_word, more)
    return Found(phrases=phrases)


def hits(found: Found, keys: Sequence[int]) -> list[Hit]:
    """Give some of what was found, as it is shown, in this order."""
    rows = PublishedText.objects.select_related("committee").in_bulk(list(keys))
    snippets = _snippets(found, list(rows))
    return [
        Hit(
            kind=NAMES[row.kind],
            title=row.title,
            address=row.address,
            committee=row.committee.name,
            day=row.day,
            snippet=_marked(snippets.get(row.pk, "")),
        )
        for row in (rows[key] for key in keys if key in rows)
    ]


def _still_public(keys: Sequence[int]) -> QuerySet[PublishedText, int]:
    """Give those passages that the public may read now, whatever was so when they were written."""
    of = {"pk": OuterRef("of")}
    public = {"privacy": Privacy.PUBLIC}
    minuted, open_asks = visible.minuted_items().filter(**of), visible.topic_asks().filter(**of)
    conditions = {
        "minute": minuted.filter(**public),
        "summary": minuted.exclude(**public),
        "agenda": visible.items().filter(**of, **public),
        "ask": open_asks,
        "ask-summary": visible.asks().filter(**of).exclude(public_summary=""),
        "reply": visible.replies().filter(**of),
    }
    allowed = (Q(Q(kind=kind), Exists(rows)) for kind, rows in conditions.items())
    return PublishedText.objects.filter(reduce(or_, allowed), pk__in=keys).values_list(
        "pk", flat=True
    )


def _narrowed(committee: str, kind: str, year: int | None) -> tuple[str, list[str | int]]:
    parts, values = [""], list[str | int]()
    if committee:
        row = visible.committees().filter(slug=committee).values_list("pk", flat=True).first()
        parts.append("t.committee_id = %s")
        values.append(row or 0)
    if kind:
        kinds = KINDS[kind][1] if kind in KINDS else ("",)
        parts.append(f"t.kind IN ({', '.join(['%s'] * len(kinds))})")
        values += kinds
    if year is not None:
        parts.append("t.day >= %s AND t.day < %s")
        values += [f"{year:04d}-01-01", f"{year + 1:04d}-01-01"]
    return " AND ".join(parts), values


def _ranked(
    phrases: Sequence[Sequence[str]], any_word: bool, narrowed: str, values: Sequence[str | int]
) -> list[tuple[int, float]]:
    """Give the newest passages that have the words, with how well each fits (higher is better)."""
    if connection.vendor == "sqlite":
        statement = f"""
            SELECT t.id, -bm25(scrutiny_search, 5.0, 1.0)
            FROM scrutiny_search JOIN scrutiny_publishedtext AS t ON t.id = scrutiny_search.rowid
            WHERE scrutiny_search MATCH %s{narrowed}
            ORDER BY t.day DESC, t.id DESC LIMIT {MOST + 1}"""
        asked: list[str | int] = [_match(phrases, any_word), *values]
    else:
        query, words = _tsquery(phrases, any_word)
        statement = f"""
            SELECT n.id, ts_rank(n.words, n.query) FROM (
                SELECT t.id, t.words, q.query
                FROM scrutiny_publishedtext AS t, (SELECT {query} AS query) AS q
                WHERE t.words @@ q.query{narrowed}
                ORDER BY t.day DESC NULLS LAST, t.id DESC LIMIT {MOST + 1}) AS n"""
        asked = [*words, *values]
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return [(int(key), float(rank)) for key, rank in cursor.fetchall()]


def _snippets(found: Found, keys: Sequence[int]) -> dict[int, str]:
    if not keys:
        return {}
    marks = ", ".join(["%s"] * len(keys))
    if connection.vendor == "sqlite":
        statement = f"""
            SELECT rowid, snippet(scrutiny_search, 1, '{_BEGINS}', '{_ENDS}', '…', 40)
            FROM scrutiny_search WHERE scrutiny_search MATCH %s AND rowid IN ({marks})"""
        asked: list[str | int] = [_match(found.phrases, found.any_word), *keys]
    else:
        query, words = _tsquery(found.phrases, found.any_word)
        statement = f"""
            SELECT id, ts_headline('english', left(text, 20000), {query},
                'StartSel={_BEGINS}, StopSel={_ENDS}, MaxWords=40, MinWords=25')
            FROM scrutiny_publishedtext WHERE id IN ({marks})"""
        asked = [*words, *keys]
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return {int(key): str(text) for key, text in cursor.fetchall()}


def _match(phrases: Sequence[Sequence[str]], any_word: bool) -> str:
    return (" OR " if any_word else " AND ").join(f'"{" ".join(words)}"' for words in phrases)


def _tsquery(phrases: Sequence[Sequence[str]], any_word: bool) -> tuple[str, list[str | int]]:
    parts = ["phraseto_tsquery('english', %s)"] * len(phrases)
    return (
        f"({(' || ' if any_word else ' && ').join(parts)})",
        [" ".join(words) for words in phrases],
    )


def _marked(text: str) -> SafeString:
    marked = escape(text).replace(_BEGINS, "<mark>").replace(_ENDS, "</mark>")
    return mark_safe(marked)  # noqa: S308 - escaped above; the marks are our own
