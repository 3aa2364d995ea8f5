"""How much memory this process took at most, measured from one moment on (Linux)."""

from pathlib import Path

_PEAK_FROM_NOW = "5"
"""What the kernel takes as the order to forget the peak (proc(5), clear_refs)."""


class Peak:
    """The most memory that lay in RAM since this was made, above what lay there then, in bytes."""

    def __init__(self) -> None:
        Path("/proc/self/clear_refs").write_text(_PEAK_FROM_NOW)
        self._before = _status("VmRSS")

    def grown(self) -> int:
        """Say by how many bytes the process was larger at its largest."""
        return _status("VmHWM") - self._before


def _status(field: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{field}:"))
