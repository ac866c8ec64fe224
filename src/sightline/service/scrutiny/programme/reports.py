"""An officer's report, taken apart into what is printed: its numbered paragraphs, lists and figures.

The same parts are a page (`scrutiny/programme/report_body.html`) and a PDF (`report_pdf`). The form is that
of councils' own reports: relevant member and officer, lettered recommendations, background, figures, papers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from sightline.service.scrutiny.models import QuotedFigure, Report

_FIGURE = re.compile(r"\[figure (\d+)\]", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A part of the body. `kind` is heading, paragraph, list or figure; what of the rest counts follows.

    Paragraphs are numbered through, as councils' reports are, so that a minute can cite one.
    """

    kind: str
    text: str = ""
    number: int = 0
    points: tuple[str, ...] = ()
    figure: QuotedFigure | None = None


@dataclass(frozen=True)
class Body:
    """What is printed of a report. `lacks` says, a sentence each, what it needs before it is cleared."""

    recommendations: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    appendices: tuple[str, ...]
    contacts: tuple[str, ...]
    papers: tuple[str, ...]
    papers_statement: str
    lacks: tuple[str, ...]


def body_of(report: Report, figures: Sequence[QuotedFigure] | None = None) -> Body:
    """Take a report apart. `figures` are those it quotes, in order, where they were read before."""
    if figures is None:
        figures = figures_of(report)
    parts, cited = _parts(report.text, figures)
    for number, figure in enumerate(figures, start=1):
        if number not in cited:
            parts.append(Part("figure", number=number, figure=figure))
    missing = sorted(number for number in cited if not 1 <= number <= len(figures))
    return Body(
        recommendations=lettered(report.recommendations),
        parts=tuple(parts),
        appendices=lines(report.appendices),
        contacts=lines(report.contact),
        papers=lines(report.background_papers) if report.has_background_papers else (),
        papers_statement=papers_statement(report),
        lacks=lacks(report, missing),
    )


def figures_of(report: Report) -> list[QuotedFigure]:
    """Give the figures a report quotes, in order."""
    return [each.figure for each in report.figures.select_related("figure")]


def lines(text: str) -> tuple[str, ...]:
    """Give the lines of a text that are not empty."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def lettered(text: str) -> tuple[tuple[str, str], ...]:
    """Letter lines (a), (b) ... (z), (aa): recommendations as they are printed."""
    return tuple((_letter(n), line) for n, line in enumerate(lines(text)))


def _letter(number: int) -> str:
    return ascii_lowercase[number % 26] * (number // 26 + 1)


def papers_statement(report: Report) -> str:
    """Give the proper officer's statement on background papers; empty where it was not said yet."""
    if report.has_background_papers is None:
        return ""
    officer = report.proper_officer or report.relevant_officer
    which = f" (in this case {officer})" if officer else ""
    if report.has_background_papers:
        return (
            f"In the opinion of the proper officer{which} the following are the background papers "
            "relating to the subject matter of this report:"
        )
    return (
        f"In the opinion of the proper officer{which} there are no background papers relating to the "
        "subject matter of this report."
    )


def lacks(report: Report, missing: Sequence[int] = ()) -> tuple[str, ...]:
    """Say what a report needs before it can be cleared for an agenda."""
    wanted = (
        (report.relevant_officer, "Say who the relevant officer is."),
        (report.purpose, "Say what the report is for."),
        (report.recommendations, "Write at least one recommendation."),
        (report.text, "Write the background and report."),
        (report.contact, "Say whom to ask about the report."),
    )
    said = [sentence for given, sentence in wanted if not given.strip()]
    if report.has_background_papers is None:
        said.append("Say whether there are background papers.")
    elif report.has_background_papers and not lines(report.background_papers):
        said.append("List the background papers.")
    said += [
        f"The text places figure {number}, and there is no figure {number}." for number in missing
    ]
    return tuple(said)


def _parts(text: str, figures: Sequence[QuotedFigure]) -> tuple[list[Part], set[int]]:
    parts: list[Part] = []
    cited: set[int] = set()
    number = 0
    held: list[str] = []
    points: list[str] = []

    def finish() -> None:
        nonlocal number
        if held:
            number += 1
            parts.append(Part("paragraph", " ".join(held), number))
            held.clear()
        if points:
            parts.append(Part("list", points=tuple(points)))
            points.clear()

    for line in (each.strip() for each in [*text.splitlines(), ""]):
        if not line:
            finish()
        elif line.startswith("# "):
            finish()
            parts.append(Part("heading", line[2:].strip()))
        elif line.startswith(("- ", "• ")):
            if held:
                finish()
            points.append(line[2:].strip())
        elif found := _FIGURE.fullmatch(line):
            finish()
            at = int(found[1])
            cited.add(at)
            if 1 <= at <= len(figures):
                parts.append(Part("figure", number=at, figure=figures[at - 1]))
        elif points:
            points[-1] += f" {line}"
        else:
            held.append(line)
    return parts, cited
