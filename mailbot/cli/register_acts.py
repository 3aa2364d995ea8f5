"""`mailbot register report` and `parents`: what is decided and told about a breach."""

from pathlib import Path

import click

from mailbot.cli.door import officer_option, sign_in
from mailbot.domain.register_values import read_instant
from mailbot.domain.register_words import TellingParents
from mailbot.work.register import BreachRegister
from mailbot.work.register_acts import LETTER_WORDS, BreachDecisions


@click.command()
@click.argument("reference")
@click.option("--decide", type=click.Choice(["yes", "no"]), help="Board: is the AP notified?")
@click.option("--reason", default="", help="With --decide: why, or why not.")
@click.option("--notified", metavar="INSTANT", help="When the AP was notified, first or again.")
@click.option("--number", default="", help="With --notified: the number the AP gave.")
@click.option("--delay-reason", default="", help="With --notified: why later than 72 hours.")
@officer_option
@click.pass_context
def report(
    ctx: click.Context,
    reference: str,
    decide: str | None,
    reason: str,
    notified: str | None,
    number: str,
    delay_reason: str,
    officer: str,
    board: str | None,
) -> None:
    """
    Decide whether the AP is notified (board), or record that it was (FG, board).

    A second --notified records a follow-up, for facts may come later (GDPR
    33(4)). Not reporting needs its reason, and so does a late notification.

    \b
    Examples:
      mailbot register report REF --decide no --reason "Versleuteld, sleutel is hier"
      mailbot register report REF --notified 2026-03-28T12:00+01:00 --number 123456
    """
    if (decide is None) == (notified is None):
        raise click.UsageError("choose --decide or --notified")
    moment = read_instant("--notified", notified) if notified else None
    visitor = sign_in(ctx, board, officer, None)
    acts = BreachDecisions(BreachRegister(visitor.desk))
    if moment is None:
        acts.decide_ap(visitor.officer, reference, report=decide == "yes", reason=reason)
        click.echo(f"{reference}: decided that the AP is {'' if decide == 'yes' else 'not '}told.")
        return
    version = acts.notify_ap(
        visitor.officer, reference, moment, number=number, delay_reason=delay_reason
    )
    times = 1 + len(version.entry.ap_followups)
    click.echo(f"{reference}: notification {times} to the AP is recorded.")


@click.command()
@click.argument("reference")
@click.option(
    "--decide",
    type=click.Choice([choice.value for choice in TellingParents]),
    help="Board: are they told, or which exception of reglement 6.4.3 holds?",
)
@click.option("--reason", default="", help="With --decide: why.")
@click.option("--public-notice", default="", help="With public_notice: its text and place.")
@click.option("--told", metavar="INSTANT", help="When they were told, outside of mailbot.")
@click.option("--how", default="", help="With --told: in which way.")
@click.option("--text", default="", help="With --told: in which words.")
@click.option(
    "--write-to",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Board: a file of addresses, one a line; each gets a mail of its own.",
)
@click.option("--nature", default="", help="With --write-to: what happened.")
@click.option("--consequences", default="", help="With --write-to: what may follow.")
@click.option("--measures", default="", help="With --write-to: what the school did.")
@click.option("--advice", default="", help="With --write-to: what parents can do.")
@officer_option
@click.pass_context
def parents(
    ctx: click.Context,
    /,
    reference: str,
    decide: str | None,
    told: str | None,
    write_to: Path | None,
    officer: str,
    board: str | None,
    **words: str,
) -> None:
    """
    Decide whether the parents are told (board), record that they were, or write to them (board).

    \b
    Examples:
      mailbot register parents REF --decide tell --reason "Hoog risico voor 24 kinderen"
      mailbot register parents REF --decide encrypted --reason "Stick is versleuteld"
      mailbot register parents REF --write-to parents.txt --nature "…" \\
          --consequences "…" --measures "…" --advice "…"
    """
    if [decide, told, write_to].count(None) != 2:
        raise click.UsageError("choose --decide, --told or --write-to")
    moment = read_instant("--told", told) if told else None
    visitor = sign_in(ctx, board, officer, None)
    acts = BreachDecisions(BreachRegister(visitor.desk))
    if decide is not None:
        choice = next(one for one in TellingParents if one.value == decide)
        acts.decide_parents(
            visitor.officer, reference, choice, words["reason"], words["public_notice"]
        )
        click.echo(f"{reference}: {choice.dutch}.")
    elif moment is not None:
        acts.tell_parents(visitor.officer, reference, moment, how=words["how"], text=words["text"])
        click.echo(f"{reference}: recorded that the parents were told.")
    elif write_to is not None:
        addresses = write_to.read_text(encoding="utf-8", errors="replace").splitlines()
        letter = {name: words[name] for name in LETTER_WORDS}
        version = acts.write_parents(visitor.officer, reference, addresses, letter)
        click.echo(f"{reference}: {version.entry.parents_how}; the letters are in the outbox.")
