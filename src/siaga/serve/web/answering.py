"""From a request to the answer of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_hex
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from siaga.base.errors import AbsentError, GivenError
from siaga.base.person import NOBODY, Role
from siaga.serve.web.asking import VISITOR, Asking, Page, Values
from siaga.serve.web.freshness import Freshness, freshness
from siaga.serve.web.kept import Kept
from siaga.serve.web.outlook import Outlooks
from siaga.serve.web.respond import FORMATS, body, media_type
from siaga.serve.web.safety import form_token, is_form_token
from siaga.serve.web.serving import Serving
from siaga.serve.web.view import Cookie, Extra, View
from siaga.store.database import reading_from
from siaga.store.workspace import Workspace

__all__ = ["Answering"]

FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 1_000
UNKNOWN, FORBIDDEN, WRONG_TYPE = 401, 403, 415


@dataclass(frozen=True, slots=True)
class Answering:
    """One page of one workspace."""

    place: Workspace
    how: Serving
    kept: Kept
    outlooks: Outlooks
    page: Page

    async def show(self, request: Request) -> Response:
        """The answer to GET."""
        asking = await run_in_threadpool(self._asking, request, {})
        if not self.page.open and (refusal := self._refused(request, asking, self.page.role)):
            return refusal
        return await run_in_threadpool(self._shown, asking, request)

    async def act(self, request: Request) -> Response:
        """The answer to POST: what a form asks for is done, if it is ours and of somebody who may."""
        asking = await run_in_threadpool(self._asking, request, await _form(request))
        if not is_form_token(asking.given("form_token"), self.how.secret, asking.cookies.get(VISITOR, "")):
            raise HTTPException(FORBIDDEN)
        if not self.page.open and (refusal := self._refused(request, asking, self.page.act_role)):
            return refusal
        return await run_in_threadpool(self._acted, asking, request)

    def _asking(self, request: Request, form: Values) -> Asking:
        language = request.path_params["language"]
        visitor = request.cookies.get(VISITOR) or token_hex(16)
        request.scope["siaga.person"] = self.how.person_of(self.place, request)
        return Asking(
            workspace=self.place, language=language, person=request.scope["siaga.person"] or NOBODY,
            path=request.scope["path"].removeprefix(f"/{language}"),
            names={name: str(value) for name, value in request.path_params.items() if name != "language"},
            query=_values(request.query_params.multi_items()), form=form,
            cookies={**request.cookies, VISITOR: visitor}, token=form_token(self.how.secret, visitor), kept=self.kept,
            address=request.client and request.client.host, secure=request.url.scheme == "https",
            outlooks=self.outlooks,
        )  # fmt: skip

    def _refused(self, request: Request, asking: Asking, least: Role) -> Response | None:
        """What is answered to those who may not: the way in to those who are not known."""
        if request.scope["siaga.person"] is None:
            if self.how.entrance and not request.scope.get("siaga.suffix") and request.method == "GET":
                return RedirectResponse(asking.link(self.how.entrance, back=asking.here()), 303)
            raise HTTPException(UNKNOWN)
        if not asking.person.may(least):
            raise HTTPException(FORBIDDEN)
        return None

    def _shown(self, asking: Asking, request: Request) -> Response:
        return self._answer(asking, self.page.show(asking), request)

    def _acted(self, asking: Asking, request: Request) -> Response:
        assert self.page.act is not None  # noqa: S101 - else there is no route to here
        done = self.page.act(asking)
        if isinstance(done, View):
            return self._answer(asking, done, request)
        if not done.path.startswith(f"/{asking.language}/"):
            raise AssertionError(f"{self.page.path}: expected an address of ours after a POST, met {done.path!r}")
        return _with_cookies(RedirectResponse(done.path, 303), done.cookies, asking)

    def _answer(self, asking: Asking, view: View, request: Request) -> Response:
        suffix = request.scope.get("siaga.suffix", "html")
        extra = next((one for one in self.page.extras if one.suffix == suffix), None)
        content = _extra(asking, view, extra) if extra else _formatted(suffix, asking, view)
        response = Response(content, view.status, media_type=extra.media_type if extra else media_type(suffix))
        cookies = view.cookies
        if request.cookies.get(VISITOR) is None and suffix == "html":
            cookies = (*cookies, Cookie(name=VISITOR, value=asking.cookies[VISITOR]))
        return _with_cookies(response, cookies, asking)


def _formatted(suffix: str, asking: Asking, view: View) -> bytes:
    if suffix not in FORMATS:
        raise AbsentError("this page has no such format")
    return body(suffix, asking, view, _freshness(asking))


def _extra(asking: Asking, view: View, extra: Extra) -> bytes:
    return b"".join(extra.write(asking, view))


def _freshness(asking: Asking) -> Freshness:
    with reading_from(asking.workspace) as connection:
        return freshness(connection, asking.day("as_of"))


async def _form(request: Request) -> Values:
    """The fields of a form; files are not taken."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise HTTPException(WRONG_TYPE)
    try:
        written = (await request.body()).decode()
        return _values(parse_qsl(written, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise GivenError("the form can't be read: expected fields in UTF-8") from error


def _values(pairs: list[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in found.items()}


def _with_cookies(response: Response, cookies: tuple[Cookie, ...], asking: Asking) -> Response:
    for one in cookies:
        response.set_cookie(
            one.name, one.value, max_age=one.seconds, path="/", httponly=True, secure=asking.secure,
            samesite="lax" if one.from_links else "strict",
        )  # fmt: skip
    return response
