"""The local web page: files dropped on it come back as a report, and nobody else gets anything."""

from __future__ import annotations

import http.client
import io
import os
import re
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.reports import FIRST, WHY_NO_BROWSER, Visit, browser, data_of

pytest.importorskip("starlette", reason="the extra serve is not installed")
pytest.importorskip("uvicorn", reason="the extra serve is not installed")

_WAIT = 60.0  # seconds after which something hangs


@contextmanager
def serving(**limits: Any) -> Iterator[Any]:
    """A server in a thread, on a port that was free."""
    from policyx.serve import Limits, Server

    keep = limits.pop("keep", None)
    server = Server(0, Limits(**limits), keep)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        _await(server)
        yield server
    finally:
        server.stop()
        thread.join(_WAIT)
    assert not thread.is_alive()


def _await(server: Any) -> None:
    until = time.monotonic() + _WAIT
    while time.monotonic() < until:
        try:
            ask(server, "GET", "/nothing")
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server does not start")


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    """One server for the tests that need no other."""
    with serving(megabytes=1, seconds=_WAIT) as started:
        yield started


def ask(server: Any, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str, dict[str, str]]:
    """Status, text and headers of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=_WAIT)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, answer.read().decode(), told
    finally:
        connection.close()


def send(server: Any, *given: tuple[str, bytes], token: str | None = None, **headers: str) -> tuple[int, str]:
    """Send files as the page's form does."""
    mark = "----form"
    fields = [("token", server.token if token is None else token), ("lang", "zh")]
    body = io.BytesIO()
    for name, value in fields:
        body.write(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    for name, content in given:
        body.write(f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode())
        body.write(content + b"\r\n")
    body.write(f"--{mark}--\r\n".encode())
    told = {"Origin": f"http://127.0.0.1:{server.port}", "Content_Type": f"multipart/form-data; boundary={mark}"}
    status, text, _ = ask(server, "POST", "/report", body.getvalue(), **{**told, **headers})
    return status, text


def test_a_file_that_is_sent_comes_back_as_a_report(server: Any) -> None:
    """By its own name, in the language of the page; a second one that cannot be read is named."""
    status, page = send(server, ("青禾市2023年报告.txt", FIRST.encode()), ("坏.pdf", b"%PDF-1.4 broken"))
    assert status == 200
    data = data_of(page)
    assert [one["source"] for one in data["documents"]] == ["青禾市2023年报告.txt"]
    assert data["documents"][0]["records"] > 5
    assert [path for path, _ in data["passed"]] == ["坏.pdf"]
    assert data_of(page, "words")["lang"] == "zh"


def test_an_archive_is_read_as_its_documents(server: Any) -> None:
    """Each named with its archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", FIRST)
    status, page = send(server, ("all.zip", packed.getvalue()))
    assert status == 200
    assert [one["source"] for one in data_of(page)["documents"]] == ["all.zip!/a.txt"]


def test_the_start_page_needs_the_token(server: Any) -> None:
    """And then it has a form with the token in it, under a policy without anything inline."""
    assert ask(server, "GET", "/")[0] == 403
    assert ask(server, "GET", "/?token=wrong")[0] == 403
    status, page, headers = ask(server, "GET", f"/?token={server.token}", Accept_Language="zh-CN,zh")
    assert status == 200 and server.token in page and 'lang="zh-CN"' in page
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")
    assert not re.findall(r"\sstyle=|\son[a-z]+=", page)


def test_a_form_needs_the_token_and_the_origin_of_this_server(server: Any) -> None:
    """Another site's page knows neither."""
    file = ("a.txt", FIRST.encode())
    assert send(server, file, token="wrong")[0] == 403
    assert send(server, file, token="")[0] == 403
    assert send(server, file, Origin="http://example.org")[0] == 403
    assert send(server, file, Origin="null")[0] == 403
    status, _, _ = ask(server, "POST", "/report", b"", Content_Type="application/x-www-form-urlencoded")
    assert status == 403


def test_another_hosts_name_is_refused(server: Any) -> None:
    """A name that was made to point to this machine is not this machine."""
    for host in ("example.org", f"example.org:{server.port}", "127.0.0.1", f"127.0.0.1.example.org:{server.port}"):
        assert ask(server, "GET", f"/?token={server.token}", Host=host)[0] == 403
    assert ask(server, "GET", f"/?token={server.token}", Host=f"localhost:{server.port}")[0] == 200


def test_what_is_too_large_is_refused(server: Any) -> None:
    """Whether or not the request says how large it is."""
    assert send(server, ("a.txt", b"x" * (1 << 21)))[0] == 413
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=_WAIT)
    chunks = (b"x" * 65536 for _ in range(64))
    headers = {"Origin": f"http://127.0.0.1:{server.port}", "Content-Type": "multipart/form-data; boundary=b"}
    try:
        connection.request("POST", "/report", chunks, headers, encode_chunked=True)
        assert connection.getresponse().status in (400, 413)
    except (BrokenPipeError, ConnectionResetError):
        pass  # the server hung up in the middle, which is a refusal too
    finally:
        connection.close()


def test_a_form_without_a_file_is_told_so(server: Any) -> None:
    """In the reader's words, not as a fault."""
    status, page = send(server)
    assert status == 400 and "No file was sent" in page
    assert send(server, ("", b""))[0] == 400


def test_time_is_bounded_and_the_work_ends_with_it() -> None:
    """The process that reads is ended, and the server goes on."""
    with serving(seconds=0.05) as short:
        status, page = send(short, ("a.txt", FIRST.encode()))
        assert status == 504 and "Time is up" in page
        assert ask(short, "GET", f"/?token={short.token}")[0] == 200


def test_nothing_is_stored_unless_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in the folder for temporary files, nor anywhere when no folder is named."""
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    keep = tmp_path / "kept"
    with serving(seconds=_WAIT) as plain:
        assert send(plain, ("a.txt", FIRST.encode()))[0] == 200
    assert list((tmp_path / "temporary").iterdir()) == [] and not keep.exists()
    with serving(seconds=_WAIT, keep=keep) as keeping:
        assert send(keeping, ("a.txt", FIRST.encode()))[0] == 200
    (folder,) = keep.iterdir()
    assert (folder / "files" / "a.txt").read_text("utf-8") == FIRST
    assert (folder / "report.html").is_file()


def test_names_of_files_lead_nowhere() -> None:
    """No folders, no names twice, no names that are too long or empty."""
    from policyx.serve.work import safe_names

    sent = [
        "../../etc/passwd",
        "C:\\temp\\a.txt",
        "a.txt",
        "A.TXT",
        "",
        "..",
        "x" * 500 + ".docx",
        "图" * 200 + ".pdf",
        "-o",
    ]
    names = safe_names(sent)
    assert names[:7] == ["passwd", "a.txt", "a (2).txt", "A (3).TXT", "file", "file (2)", "x" * 195 + ".docx"]
    assert names[7].endswith(".pdf") and len(names[7].encode()) <= 200
    assert len({name.casefold() for name in names}) == len(sent)
    assert not any(os.sep in name for name in names)


def test_a_name_like_an_option_is_a_name(server: Any) -> None:
    """It does not reach the command as one."""
    status, page = send(server, ("--help", FIRST.encode()), ("-o", FIRST.encode()))
    assert status == 200
    assert {one["source"] for one in data_of(page)["documents"]} == {"--help", "-o"}


def test_a_port_that_is_taken_is_one_line(run: Callable[..., Any], server: Any) -> None:
    """Exit code 1, and what to do."""
    result = run("serve", "--port", str(server.port))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"policyx: port {server.port} cannot be had")
    assert len(result.stderr.splitlines()) == 1


def test_a_missing_extra_is_one_line(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """With the way to get it."""
    from policyx.export import registry

    monkeypatch.setattr(registry, "find_spec", lambda package: None)
    result = run("serve")
    assert result.exit_code == 2
    assert "pip install 'policyx[serve]'" in result.stderr


@pytest.mark.skipif(WHY_NO_BROWSER is not None, reason=str(WHY_NO_BROWSER))
def test_a_browser_drops_a_file_and_gets_the_report(server: Any, tmp_path: Path) -> None:
    """From the start page to a marked text, with no complaint and no request elsewhere."""
    file = tmp_path / "青禾市2023年报告.txt"
    file.write_text(FIRST, encoding="utf-8")
    with browser() as started:
        context = started.new_context(locale="en-GB")
        opened = Visit(context, server.address, "form")
        opened.page.set_input_files("[type=file]", file)
        opened.page.get_by_role("button", name="Make the report").click()
        opened.page.wait_for_selector("main section")
        opened.go("records")
        opened.page.locator(".rows .row", has_text="91家").click()
        assert opened.texts("#source mark.quantity") == ["91家"]
        assert opened.troubles == []
        assert {re.sub(r"\?.*", "", address) for address in opened.requests} <= {
            f"http://127.0.0.1:{server.port}/report"
        }
