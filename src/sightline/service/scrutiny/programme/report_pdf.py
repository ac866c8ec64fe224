"""A report on paper: alone as a PDF (PDF/UA-1, as Typst checks it), or within the pack of a meeting.

A pack takes `report_body` as data, writes `body_source()` beside its own template as `BODY`, and draws the
one by the other: `#import "report_body.typ": drawn-report`.
"""

import json
import re
import tempfile
from datetime import UTC, datetime
from html import unescape
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone

from sightline.present.words import day as in_words
from sightline.service.scrutiny.asks.figures import drawings, name_of
from sightline.service.scrutiny.meetings.law import paragraphs
from sightline.service.scrutiny.models import Committee, QuotedFigure, Report
from sightline.service.scrutiny.models.meetings import Privacy
from sightline.service.scrutiny.programme.reports import Body, Part, body_of

BODY = "report_body.typ"
_FONT = "Libertinus Serif"
_MOST_POINTS = 13
"""Points of a run that are printed as numbers; all are in the chart."""


def render_report(report: Report) -> bytes:
    """Give one report as a PDF. Typst refuses it if it is not PDF/UA-1."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / BODY).write_bytes(body_source())
        compiler = typst.Compiler(
            (files("sightline.service.scrutiny.programme") / "report.typ").read_bytes(),
            root=folder,
            font_paths=typst.Fonts(include_system_fonts=False),
            sys_inputs={"report": json.dumps(_alone(report), ensure_ascii=False)},
        )
        content = compiler.compile(
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=_made(report).astimezone(UTC).replace(microsecond=0),
        )
    if not isinstance(content, bytes):
        raise TypeError("Typst gave no single file for the PDF.")
    return content


def body_source() -> bytes:
    """Give the Typst source that draws the body of a report, as `drawn-report(data, level: 1)`."""
    return (files("sightline.service.scrutiny.programme") / BODY).read_bytes()


def report_body(report: Report) -> dict[str, Any]:
    """Give a report as `drawn-report` takes it: facts, recommendations, body, what closes it; plain JSON."""
    body = body_of(report)
    officer = "Relevant Officer"
    member = (
        "Relevant Cabinet Member"
        if report.committee.kind == Committee.Kind.EXECUTIVE
        else "Relevant Member"
    )
    facts = [
        (member, [report.relevant_member]),
        (officer, [report.relevant_officer]),
        ("Purpose", _paragraphs(report.purpose)),
    ]
    return {
        "facts": [[name, texts] for name, texts in facts if any(texts)],
        "recommend-lead": recommend_lead(report),
        "recommendations": [list(each) for each in body.recommendations],
        "parts": [_part(each) for each in body.parts],
        "ends": _ends(report, body),
    }


def recommend_lead(report: Report) -> str:
    """Give what stands before the lettered recommendations."""
    return f"It is recommended that {_the(report.committee)}:"


def _the(committee: Committee) -> str:
    return committee.name if committee.kind == Committee.Kind.EXECUTIVE else f"the {committee.name}"


def _ends(report: Report, body: Body) -> list[dict[str, Any]]:
    decision = _paragraphs(report.decision)
    if decision and report.decided_on:
        minute = f", minute {report.decision_minute}" if report.decision_minute else ""
        decision.append(f"Decided on {in_words(report.decided_on)}{minute}.")
    ends = [
        ("What was decided", decision, ()),
        ("Supporting Information", [], body.appendices),
        ("Contact Points", list(body.contacts), ()),
        ("Background Papers", [body.papers_statement], body.papers),
    ]
    return [
        {"title": title, "paragraphs": [each for each in texts if each], "points": list(points)}
        for title, texts, points in ends
        if any(texts) or points
    ]


def _part(part: Part) -> dict[str, Any]:
    if part.figure is not None:
        return {"kind": "figure", **_figure(part.number, part.figure)}
    return {
        "kind": part.kind,
        "text": part.text,
        "number": str(part.number),
        "points": list(part.points),
    }


def _figure(number: int, figure: QuotedFigure) -> dict[str, Any]:
    shown = figure.shown
    name = name_of(figure)
    value = shown["figure"]
    change = (
        f" {shown['change']} against {value['before']} ({shown['before_when']})."
        if shown.get("change")
        else ""
    )
    withheld = f" Withheld: {value['withheld']}" if value.get("withheld") else ""
    return {
        "title": f"Figure {number}: {name}",
        "value": value["text"],
        "under": ", ".join(filter(None, (value["under"], value.get("not_known", "")))),
        "when": f"{shown['when']}.{change}{withheld}",
        "charts": [_drawn(svg) for svg in drawings(figure)],
        "tables": [*_breakdown(figure, name), *_run(figure, name)],
        "note": f"As it stood when it was quoted on {in_words(timezone.localdate(figure.quoted_at))}. "
        f"{shown['definition']} {shown['disclosure']}",
    }


def _breakdown(figure: QuotedFigure, name: str) -> list[dict[str, Any]]:
    shown = figure.shown
    rows = shown.get("rows") or []
    if not rows:
        return []
    share = ["numerator", "denominator"] if shown.get("of_share") else []
    before = [shown["before_when"]] if shown.get("before_when") else []
    cells = ["group", *share, "text", *(["before"] if before else [])]
    heads = [figure.by.capitalize(), *(each.capitalize() for each in share), "Value", *before]
    return [
        {
            "caption": f"{name} by {figure.by}, {shown['when']}",
            "columns": heads,
            "rows": [[str(row[cell]) for cell in cells] for row in rows],
            "right": list(range(1, len(heads))),
        }
    ]


def _run(figure: QuotedFigure, name: str) -> list[dict[str, Any]]:
    run = figure.shown.get("run")
    if not run:
        return []
    points = run["points"][-_MOST_POINTS:]
    which = f", the last {len(points)}" if len(run["points"]) > len(points) else ""
    return [
        {
            "caption": f"{name} by {run['step']}{which}",
            "columns": [run["step"].capitalize(), "Value", "Signal"],
            "rows": [[each["label"], each["text"], each["said"] or "–"] for each in points],
            "right": [1],
        }
    ]


def _drawn(svg: str) -> dict[str, str]:
    """Give a chart in the report's own font, with its title, and its description for screen readers."""
    title = re.search(r"<title>(.*?)</title>", svg, re.DOTALL)
    described = re.search(r"<desc>(.*?)</desc>", svg, re.DOTALL)
    said = [unescape(each[1]).rstrip(".") for each in (title, described) if each]
    return {
        "svg": svg.replace("Arial, sans-serif", _FONT),
        "title": said[0] if said else "Chart",
        "alt": f"{'. '.join(said)}.",
    }


def _alone(report: Report) -> dict[str, Any]:
    made = _made(report)
    private = ""
    if report.privacy == Privacy.EXEMPT and report.paragraph:
        private = (
            f"Not for publication: exempt under paragraph {report.paragraph} of Part 1 of Schedule 12A to "
            f"the Local Government Act 1972 ({paragraphs()[report.paragraph].words}). {report.why_exempt}"
        )
    elif report.privacy == Privacy.CONFIDENTIAL:
        private = "Not for publication: confidential."
    draft = report.state == Report.State.DRAFT
    to = ", ".join(filter(None, (report.committee.name, report.committee.council)))
    return {
        "title": report.title,
        "to": to,
        "from": report.relevant_officer or report.committee.council or report.committee.name,
        "standing": "Draft: not yet cleared for an agenda" if draft else "",
        "private": private,
        "made": [made.year, made.month, made.day],
        "body": report_body(report),
    }


def _made(report: Report) -> datetime:
    return timezone.localtime(report.cleared_at or report.written_at)


def _paragraphs(text: str) -> list[str]:
    return [" ".join(each.split()) for each in text.split("\n\n") if each.strip()]
