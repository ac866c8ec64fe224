"""The addresses of the API and what each answers."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError
from ninja.security import APIKeyCookie, HttpBearer

from sightline.present.report import NoSuchGroupError
from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import OPEN_CHILDREN, SEE_UNPROTECTED, USE_API
from sightline.service.api import answers, shapes
from sightline.service.api.asking import (
    Asked,
    AskedFigures,
    AskedPage,
    AskedWithin,
    code_of,
    wrong_parameters,
)
from sightline.service.api.paging import (
    Place,
    cursor_of,
    figure_lists,
    mark_of,
    page,
    place_of,
)
from sightline.service.api.problems import CONTENT_TYPE, ProblemError, not_understood, problem
from sightline.service.audit.models import Verb
from sightline.service.audit.record import record
from sightline.service.measures.looking import read_within
from sightline.service.measures.models import Publication
from sightline.service.measures.reading import Reading, reading_of
from sightline.store.snapshots import StoreError

Row = TypeVar("Row")


class Token(HttpBearer):
    """A token, as `Authorization: Bearer TOKEN`. `ApiMiddleware` has looked at it."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        """Give its owner."""
        return request.user if isinstance(request.user, Person) else None


class Session(APIKeyCookie):
    """The session of somebody signed in to the pages."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Person | None:
        """Give the person."""
        return request.user if isinstance(request.user, Person) else None


class Api(NinjaAPI):
    """The API; its description says of problems that they are problem documents."""

    def get_openapi_schema(self, **more: Any) -> Any:
        """Describe the API."""
        schema = super().get_openapi_schema(**more)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    if int(status) >= HTTPStatus.BAD_REQUEST:
                        response["content"] = {
                            CONTENT_TYPE: response["content"]["application/json"]
                        }
        return schema


api = Api(
    title="Sightline",
    version="1",
    description="The catalogue of indicators and their published figures, read-only. There is nothing about "
    "a single child here.",
    docs_url=None,
    auth=[Token(), Session()],
    urls_namespace="api-1",
)

_PROBLEMS = (401, 403, 404, 422, 429, 503)


def _answers(shape: type, *more: int) -> Mapping[Any, type]:
    return {200: shape, **dict.fromkeys((*_PROBLEMS, *more), shapes.Problem)}


@api.exception_handler(ProblemError)
def _problem(request: HttpRequest, error: ProblemError) -> HttpResponse:
    return problem(error.status, error.detail, errors=error.errors)


@api.exception_handler(ValidationError)
def _not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    wrong = [
        {"where": _where(each["loc"]), "message": str(each["msg"]).removeprefix("Value error, ")}
        for each in error.errors
    ]
    return _problem(request, not_understood(wrong))


def _where(place: Sequence[Any]) -> str:
    """Name the parameter, without ninja's own names for where it looked."""
    return ".".join(str(each) for each in place if each not in ("query", "path", "asked"))


class _Look:
    """One question to the published snapshot: by whom, and in which form."""

    def __init__(self, request: HttpRequest, asked: Asked) -> None:
        if wrong := wrong_parameters(asked, dict(request.GET.lists())):
            raise not_understood(wrong)
        self.request = request
        self.person = asker(request)
        self.protected = asked.form == "protected" or not SEE_UNPROTECTED.allows(self.person)
        publication = Publication.objects.first()
        if publication is None:
            raise ProblemError(404, "Nothing has been published yet.")
        self.publication = publication
        self.reading = _reading(publication.snapshot)
        self.kept = self.reading.figures(protected=self.protected)

    @property
    def about(self) -> dict[str, Any]:
        """What every answer says of itself."""
        return {
            "snapshot": self.reading.snapshot.id,
            "form": "protected" if self.protected else "open",
        }

    def answer(
        self, asked: AskedPage, rows: Sequence[Any], mark: str, following: Place | None
    ) -> dict[str, Any]:
        """Answer with a page."""
        return {**self.about, "next": self._next(mark, following), "items": rows}

    def _next(self, mark: str, following: Place | None) -> str | None:
        if following is None:
            return None
        told = [
            (name, value)
            for name, values in self.request.GET.lists()
            for value in values
            if name != "cursor"
        ]
        query = urlencode([*told, ("cursor", cursor_of(following, mark))])
        return self.request.build_absolute_uri(f"{self.request.path}?{query}")

    def mark_of(self, asked: AskedPage) -> str:
        """Give the mark of the cursors of a question."""
        return mark_of(
            asked, self.reading.snapshot.id, protected=self.protected, person=self.person.pk
        )

    def page_of(self, asked: AskedPage, rows: Sequence[Any]) -> dict[str, Any]:
        """Answer with a page of one list."""
        mark = self.mark_of(asked)
        shown, following = page([lambda: rows], place_of(asked.cursor, mark), asked.limit)
        return self.answer(asked, shown, mark, following)


def _reading(snapshot: str) -> Reading:
    try:
        return reading_of(snapshot)
    except StoreError as error:
        raise ProblemError(503, "The published figures cannot be read now.") from error


@api.get("/snapshot", response=_answers(shapes.Snapshot), summary="What is published")
def snapshot(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Say which snapshot is published, since when, what it covers, and its districts and teams."""
    look = _Look(request, asked)
    groups = {by: look.reading.groups(by, protected=look.protected) for by in ("district", "team")}
    return {
        "id": look.reading.snapshot.id,
        "published_at": look.publication.published_at,
        "authority": look.reading.authority,
        "covers": answers.period(look.kept.covered),
        "headline": answers.period(look.kept.headline.current),
        "form": look.about["form"],
        "groups": groups,
    }


@api.get("/indicators", response=_answers(shapes.Versions, 409), summary="The catalogue")
def indicators(request: HttpRequest, asked: Query[AskedPage]) -> Any:
    """List every version of every indicator: what it counts, by which source, in which unit."""
    look = _Look(request, asked)
    return look.page_of(asked, answers.versions(look.kept))


@api.get(
    "/indicators/{code}",
    response=_answers(shapes.Indicator),
    exclude_unset=True,
    summary="One indicator",
)
def indicator(request: HttpRequest, code: Path[str], asked: Query[AskedWithin]) -> Any:
    """Give an indicator's versions, figure, run with its reading, target and comparison with others."""
    look = _Look(request, asked)
    try:
        code = code_of(code)
    except ValueError as error:
        raise ProblemError(404, str(error)) from error
    try:
        within = read_within(asked.within)
        parts = [
            answers.part(look.reading.page(each, within, protected=look.protected))
            for each in look.reading.definitions(code, protected=look.protected)
        ]
    except NoSuchGroupError as error:
        raise ProblemError(404, str(error)) from error
    return {
        **look.about,
        "code": code,
        "within": asked.within,
        "versions": answers.versions(look.kept, code),
        "parts": parts,
    }


@api.get("/figures", response=_answers(shapes.Figures, 409), exclude_unset=True, summary="Figures")
def figures(request: HttpRequest, asked: Query[AskedFigures]) -> Any:
    """Give figures by indicator, period and group. Taking them is on record, as every export is."""
    look = _Look(request, asked)
    mark = look.mark_of(asked)
    place = place_of(asked.cursor, mark)
    lists = figure_lists(look.kept, asked, with_workers=bool(OPEN_CHILDREN.remit(look.person)))
    shown, following = page(lists, place, asked.limit)
    if asked.cursor is None:
        told = asked.model_dump(mode="json", exclude_defaults=True, exclude={"form", "limit"})
        record(Verb.EXPORT, "figures", "API", after={**look.about, "asked": told})
    return look.answer(asked, [each.to_json() for each in shown], mark, following)


@api.get("/quality", response=_answers(shapes.Qualities, 409), summary="The quality of the data")
def quality(request: HttpRequest, asked: Query[AskedPage]) -> Any:
    """Give the grade of the data behind each indicator's headline figure, and why others have none."""
    look = _Look(request, asked)
    return look.page_of(asked, answers.qualities(look.reading, protected=look.protected))


def urls() -> list[URLPattern | URLResolver]:
    """Give the addresses, each under the API's policy."""
    patterns, _, _ = api.urls
    for each in patterns:
        if isinstance(each, URLPattern):
            policy(USE_API)(each.callback)
    return patterns
