"""Finds templates, catalogues and static files, in the wheel or in a checkout."""

from importlib.resources import files
from pathlib import Path


def web_folder() -> Path:
    """Find `templates/web`: inside the installed package, else beside it."""
    package = Path(str(files("mailbot")))
    inside = package / "templates" / "web"
    return inside if inside.is_dir() else package.parent / "templates" / "web"
