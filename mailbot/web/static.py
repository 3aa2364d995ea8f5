"""Static files, served from memory under a name that changes with their content."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """The static files by the name they are served under."""

    names: Mapping[str, str]
    """Plain name to served name: `desk.css` to `desk.3f2a….css`."""
    contents: Mapping[str, tuple[bytes, str]]

    def url(self, name: str) -> str:
        """Give the address of a file. Raises KeyError when there is no such file."""
        return f"/static/{self.names[name]}"

    async def serve(self, request: Request) -> Response:
        """Answer with a file; whoever has it never asks again."""
        found = self.contents.get(request.path_params["name"])
        if found is None:
            return PlainTextResponse("not here", 404)
        content, kind = found
        return Response(content, media_type=kind, headers={"Cache-Control": FOREVER})


def load_static(folder: Path) -> StaticFiles:
    """Read every static file once."""
    names: dict[str, str] = {}
    contents: dict[str, tuple[bytes, str]] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix not in TYPES:
            continue
        content = path.read_bytes()
        served = f"{path.stem}.{hashlib.sha256(content).hexdigest()[:16]}{path.suffix}"
        names[path.name] = served
        contents[served] = (content, TYPES[path.suffix])
    return StaticFiles(names, contents)
