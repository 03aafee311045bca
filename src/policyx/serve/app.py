"""The web application: a page to drop files on, and the report of what was dropped. It answers this machine only."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from hmac import compare_digest
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from policyx.report.page import content_security_policy
from policyx.serve.guard import Guard
from policyx.serve.page import message_page, upload_page, upload_policy
from policyx.serve.work import Failed, Job, Upload, made

_MEGABYTE = 1 << 20
_WAITING = 4  # jobs that wait or run at one time; more are turned away


@dataclass(frozen=True, slots=True)
class Limits:
    """What one upload may be: `megabytes` and `files` together, `seconds` to read and to report them."""

    megabytes: int = 50
    files: int = 200
    seconds: float = 120.0


def make_app(token: str, port: int, limits: Limits | None = None, keep: Path | None = None) -> Starlette:
    """The application for a server at `port` of 127.0.0.1. Who has not `token` gets nothing. What is dropped is
    forgotten once it is answered, or kept in a folder of its own in `keep`."""
    bounds = limits or Limits()
    one_by_one = asyncio.Semaphore(1)
    waiting = 0

    async def start(request: Request) -> Response:
        _require(token, request.query_params.get("token"))
        return _page(upload_page(_language(request), token, bounds.megabytes, kept=keep is not None))

    async def report(request: Request) -> Response:
        nonlocal waiting
        if waiting >= _WAITING:
            raise HTTPException(503)
        waiting += 1
        try:
            async with asyncio.timeout(bounds.seconds):
                language, uploads = await _received(request, token, bounds)
                async with one_by_one:
                    page = await made(Job(uploads, language, keep), bounds.seconds)
        except TimeoutError:
            raise HTTPException(504) from None
        finally:
            waiting -= 1
        return HTMLResponse(page, headers={"Content-Security-Policy": content_security_policy()})

    routes = [Route("/", start, methods=["GET"]), Route("/report", report, methods=["POST"])]
    app = Starlette(routes=routes, exception_handlers={HTTPException: _refused, Failed: _failed})
    app.add_middleware(Guard, port=port)
    return app


async def _received(request: Request, token: str, limits: Limits) -> tuple[str, list[Upload]]:
    """The language and the files of a form; refused where it is too large, has no file or not the token."""
    most = limits.megabytes * _MEGABYTE
    bounded = Request(request.scope, _Bounded(request, most).receive)
    async with bounded.form(max_files=limits.files, max_fields=8) as form:
        _require(token, str(form.get("token", "")))
        files = [item for item in form.getlist("files") if isinstance(item, UploadFile) and item.filename]
        if not files:
            raise HTTPException(400, "no_file")
        uploads = [Upload(item.filename or "", await item.read()) for item in files]
        return ("zh" if form.get("lang") == "zh" else "en"), uploads


class _Bounded:
    """The body of a request, cut off with an error once it is larger than `most` bytes, whatever it says of itself."""

    def __init__(self, request: Request, most: int) -> None:
        if int(request.headers.get("content-length") or 0) > most:
            raise HTTPException(413)
        self._chunks: AsyncIterator[bytes] = request.stream()
        self._left = most

    async def receive(self) -> dict[str, object]:
        """The next part of the body."""
        chunk = await anext(self._chunks, b"")
        self._left -= len(chunk)
        if self._left < 0:
            raise HTTPException(413)
        return {"type": "http.request", "body": chunk, "more_body": bool(chunk)}


def _require(token: str, given: str | None) -> None:
    if not compare_digest(token.encode(), (given or "").encode("utf-8", "replace")):
        raise HTTPException(403, "wrong_token")


def _language(request: Request) -> str:
    """The language asked for in the address, else the browser's."""
    wanted = request.query_params.get("lang") or request.headers.get("accept-language", "")
    return "zh" if wanted.lower().startswith("zh") else "en"


def _page(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    return HTMLResponse(text, status, headers={"Content-Security-Policy": upload_policy(), **(headers or {})})


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    known = error.detail if error.detail in ("wrong_token", "no_file") else f"status_{error.status_code}"
    return _page(message_page(_language(request), known), error.status_code, error.headers)


async def _failed(request: Request, error: Exception) -> Response:
    return _page(message_page(_language(request), "failed", str(error)), 422)
