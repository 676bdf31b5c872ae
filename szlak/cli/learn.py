"""What `szlak esco learn` does: fit to what people decided, show what would change, and replace it when told to."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from szlak.catalogue.messages import Message, render
from szlak.catalogue.settings import Settings
from szlak.cli import output
from szlak.cli.commands import opened
from szlak.cli.terminal import Terminal

if TYPE_CHECKING:
    from szlak.catalogue.app import App
    from szlak.catalogue.esco.evaluation.bootstrap import Estimate
    from szlak.catalogue.services.proposal import Change, Compared, Movement, Proposal, Wanted

TARGETS = {"skills": Message("Ranker of skills"), "occupations": Message("Ranker of occupations")}
ZONES = {"accept": Message("taken"), "ask": Message("asked about"), "nothing": Message("left")}
"""What becomes of a link, in words."""

_LABEL = 20
_CELL = 26


def run_learn(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Learn and show; write only where `--apply` or `--output` says so."""
    if options.reset:
        return _reset(settings, terminal)
    from szlak.catalogue.services.proposal import proposal_to_json, propose

    with opened(settings, terminal) as app:
        proposal = propose(app.catalogue, _wanted(app, options, terminal), terminal.progress)
        terminal.close()
        print(output.dump(proposal_to_json(proposal)) if options.json else format_proposal(proposal, terminal.lang))
        _write(proposal, app, options, terminal)
    return 0


def _reset(settings: Settings, terminal: Terminal) -> int:
    from szlak.catalogue.esco.linking.learned import forget_rankers

    with opened(settings, terminal) as app:
        if forget_rankers(app.catalogue.rankers_dir):
            terminal.say(Message("The shipped rankers are in use again. Run “szlak index” to make the links anew."))
        else:
            terminal.say(Message("Nothing was learned here: the shipped rankers are in use."))
    return 0


def _wanted(app: "App", options: argparse.Namespace, terminal: Terminal) -> "Wanted":
    from szlak.catalogue.esco.evaluation.gold import read_gold
    from szlak.catalogue.esco.kzis import read_coded_titles
    from szlak.catalogue.model.linking import LinkTarget
    from szlak.catalogue.services.learn import judge_sentences
    from szlak.catalogue.services.proposal import Wanted

    gold = [sentence for path in options.gold for sentence in read_gold(path, app.settings.max_text_chars)]
    targets = tuple(LinkTarget) if options.targets == "both" else (LinkTarget(options.targets),)
    return Wanted(
        gold=judge_sentences(gold),
        titles=read_coded_titles(options.titles) if options.titles else (),
        decisions=not options.esco,
        grounds=app.grounds(options.esco, terminal.progress),
        targets=targets,
    )


def _write(proposal: "Proposal", app: "App", options: argparse.Namespace, terminal: Terminal) -> None:
    for path in proposal.save(options.output) if options.output else ():
        terminal.say(Message("Written to {path}.", {"path": str(path)}))
    if options.apply:
        proposal.save(app.catalogue.rankers_dir)
        terminal.say(
            Message("What was learned is in use. Run “szlak index” to make the links anew, and start the server again if it is running.")
        )
    elif not options.output:
        terminal.say(Message("Nothing was replaced. Add --apply to put what was learned to use."))


def format_proposal(proposal: "Proposal", lang: str) -> str:
    """Return a proposal as text: what it was learned from, figures before and after, and what would change."""
    head = Message(
        "Judged texts: {decided} by people’s decisions, {gold} from files.", {"decided": proposal.decided, "gold": proposal.gold}
    )
    return "\n".join([render(head, lang), *(line for change in proposal.changes for line in _iter_change(change, lang))])


def _iter_change(change: "Change", lang: str) -> Iterator[str]:
    yield from ("", render(TARGETS[change.learned.target.value], lang))
    yield f"{change.present.version if change.present else '–'} → {change.learned.ranker.version}"
    yield render(_describe_fit(change), lang)
    for compared in change.compared:
        yield from ("", *_iter_compared(compared, lang))
    if change.movement is not None:
        yield from ("", *_iter_movement(change.movement, lang))


def _describe_fit(change: "Change") -> Message:
    from szlak.catalogue.services.learn import FEWEST_FOR_RANKER, has_trees

    if change.learned.is_whole:
        return Message("Ranker and confidence were fitted anew.")
    if has_trees():
        params = {"needed": FEWEST_FOR_RANKER}
        return Message("The confidence alone was fitted anew: the ranker needs {needed} judged texts with a fitting concept.", params)
    return Message(
        "The confidence alone was fitted anew: the ranker needs the extra “train”. "
        "In the clone: make train; elsewhere: pip install 'szlak[train]'."
    )


def _iter_compared(compared: "Compared", lang: str) -> Iterator[str]:
    params = {"n": compared.texts}
    if compared.seen:
        yield render(Message("On texts that the present ranker was fitted to itself, where it looks better than it is: {n}", params), lang)
    else:
        yield render(Message("On texts that the present ranker has not seen: {n}", params), lang)
    heads = (Message("Figure"), Message("present"), Message("new, held out"))
    yield _row(*(render(head, lang) for head in heads))
    for name, found in compared.present.items():
        yield _row(name, _figure(found), _figure(compared.new[name]))


def _iter_movement(movement: "Movement", lang: str) -> Iterator[str]:
    params = {"texts": movement.texts, "total": movement.total, "links": movement.links, "moved": sum(movement.moves.values())}
    yield render(Message("In {texts} of {total} stored texts with {links} links, {moved} links would be treated otherwise:", params), lang)
    for (before, after), count in movement.moves.items():
        yield f"  {_zone(before, lang)} → {_zone(after, lang)}: {count}"
    if movement.examples:
        yield render(Message("The largest changes of confidence:"), lang)
    for move in movement.examples:
        was, will = _zone(move.before, lang), _zone(move.after, lang)
        yield f"  {was} {move.confidence_before:.2f} → {will} {move.confidence_after:.2f}: {move.label}"
        yield f"    {move.text}"


def _zone(zone: str, lang: str) -> str:
    return render(ZONES[zone], lang)


def _row(name: str, present: str, new: str) -> str:
    return f"{name:<{_LABEL}}{present:<{_CELL}}{new}".rstrip()


def _figure(found: "Estimate") -> str:
    if found.value is None or found.low is None or found.high is None:
        return "–"
    return f"{found.value:.3f} ({found.low:.3f} … {found.high:.3f})"
