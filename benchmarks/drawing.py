"""Draws the figures of the classifier as SVG, without a drawing library."""

from collections.abc import Sequence

_SIZE, _EDGE = 400, 40
_FONT = 'font-family="sans-serif" font-size="12"'


def _at(share: float) -> float:
    return _EDGE + share * _SIZE


def calibration_plot(points: Sequence[tuple[float, float, int]]) -> str:
    """Draw confidence against how often it was right; the dashed line is where they agree."""
    marks = "".join(
        f'<circle cx="{_at(x):.1f}" cy="{_at(1 - y):.1f}" r="{2 + n**0.5:.1f}" fill="#1f5fa8" '
        f'opacity="0.7"><title>{n} mails</title></circle>\n'
        for x, y, n in points
    )
    side = _SIZE + 2 * _EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" {_FONT}>\n'
        f'<rect x="{_EDGE}" y="{_EDGE}" width="{_SIZE}" height="{_SIZE}" fill="none" '
        f'stroke="#999"/>\n<line x1="{_at(0)}" y1="{_at(1)}" x2="{_at(1)}" y2="{_at(0)}" '
        f'stroke="#bbb" stroke-dasharray="4"/>\n{marks}'
        f'<text x="{_at(0.5)}" y="{side - 8}" text-anchor="middle">confidence</text>\n'
        f'<text x="14" y="{_at(0.5)}" text-anchor="middle" '
        f'transform="rotate(-90 14 {_at(0.5)})">share right</text>\n</svg>\n'
    )


def bars(title: str, rows: Sequence[tuple[str, float]]) -> str:
    """Draw one bar for each name, from 0 to 1."""
    height = 22 * len(rows) + 60
    drawn = "".join(
        f'<text x="150" y="{56 + 22 * n}" text-anchor="end">{name}</text>'
        f'<rect x="158" y="{44 + 22 * n}" width="{300 * share:.1f}" height="15" fill="#1f5fa8"/>'
        f'<text x="{164 + 300 * share:.1f}" y="{56 + 22 * n}">{share:.2f}</text>\n'
        for n, (name, share) in enumerate(rows)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 520 {height}" {_FONT}>\n'
        f'<text x="10" y="22" font-size="14">{title}</text>\n{drawn}</svg>\n'
    )
