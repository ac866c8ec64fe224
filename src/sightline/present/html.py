"""The report as one HTML file: no outside request, no script, readable by everyone and printable."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from sightline.present import words
from sightline.present.files import write_whole
from sightline.present.report import Report

MOST_LISTED = 200
"""Children listed on the page; the workbook has them all."""


def render(report: Report) -> str:
    """Give the page as text."""
    return _template().render(report=report)


def write(report: Report, path: Path) -> None:
    """Write the page; `OSError` if the file cannot be written."""
    write_whole(path, render(report).encode("utf-8"))


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("sightline.present"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["words"] = words
    environment.globals["grades"] = words.GRADES
    environment.globals["most_listed"] = MOST_LISTED
    environment.globals["style"] = Markup(  # noqa: S704 - our own style sheet
        (files("sightline.present") / "templates" / "report.css").read_text("utf-8")
    )
    return environment.get_template("report.html")
