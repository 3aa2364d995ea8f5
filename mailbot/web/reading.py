"""Reads a request into a value, within limits: fields, files, cookies, language."""

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from mailbot.web.asked import Asked, Fields, Upload, fields
from mailbot.web.cookies import KNOWN, LANGUAGE, SAID, TOKEN, heard
from mailbot.web.house import WebHouse
from mailbot.web.languages import choose

MOST_FIELDS = 500
MOST_FILES = 10
LONGEST_TOKEN = 200
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class TooLarge(Exception):
    """A form is larger than its page takes."""


async def read_request(
    house: WebHouse, request: Request, largest: int, paths: frozenset[str]
) -> Asked:
    """
    Read a request whole, body included, before any page runs.

    Raises:
        TooLarge: the body is larger than *largest*.
    """
    token = request.cookies.get(TOKEN, "")[:LONGEST_TOKEN]
    pairs, files = await _form(request, largest) if request.method == "POST" else (Fields(), ())
    known = token or house.token()
    return Asked(
        house=house,
        method="GET" if request.method == "HEAD" else request.method,
        path=request.url.path,
        names={name: str(value) for name, value in request.path_params.items()},
        query=fields(request.query_params.multi_items()),
        form=pairs,
        files=files,
        language=choose(request.cookies.get(LANGUAGE)),
        now=house.clock(),
        token=known,
        new_token=not token,
        client=request.client.host if request.client else "",
        known=request.cookies.get(KNOWN, "")[:LONGEST_TOKEN],
        said=heard(request.cookies.get(SAID), house.proof("said", known)),
        paths=paths,
    )


async def _form(request: Request, largest: int) -> tuple[Fields, tuple[Upload, ...]]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in FORMS:
        return Fields(), ()
    await _fill_body(request, largest)
    try:
        async with request.form(
            max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=largest
        ) as form:
            pairs = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
            files = [
                Upload(name, one.filename or "", await one.read(), one.content_type or "")
                for name, one in form.multi_items()
                if isinstance(one, UploadFile)
            ]
    except HTTPException:
        # What cannot be read as a form carries no token of ours, and is refused for that.
        return Fields(), ()
    return fields(pairs), tuple(files)


async def _fill_body(request: Request, largest: int) -> None:
    """Read the body, and stop as soon as it is too much."""
    said = request.headers.get("content-length", "0")
    if not said.isdigit() or int(said) > largest:
        raise TooLarge
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            raise TooLarge
    request._body = bytes(body)  # noqa: SLF001 - where Starlette itself keeps what was read.
