"""Brings the gettext catalogues up to date with the sentences in the code: `python -m tools.messages`.

Finds every `Message("…", …, plural="…")` in the Python files of szlak and every sentence marked in its templates, writes
`szlak/locales/{pl,en}/LC_MESSAGES/szlak.po`, drops what is no longer said, and names what still lacks a translation.
English needs no translator: its catalogue repeats the ids. pybabel's own reader of Python cannot be used, because it does not
see a plural form that is a keyword argument.
"""

import ast
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "szlak"
LANGUAGES = ("pl", "en")
SOURCE = "en"
_UNSAID = (
    '"Project-Id-Version:',
    '"Report-Msgid-Bugs-To:',
    '"POT-Creation-Date:',
    '"PO-Revision-Date:',
    '"Last-Translator:',
    '"Language-Team:',
    '"Generated-By:',
)
_FORMS = {"gettext": 1, "ngettext": 2}
_TEMPLATE_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}


@dataclass(frozen=True)
class Sentence:
    """A sentence in the code, with its plural form if it counts something, and the file it stands in (relative to the root)."""

    id: str
    plural: str | None
    place: str


@dataclass(frozen=True)
class NotLiteral:
    """A sentence that cannot be extracted, because it is put together when the program runs."""

    place: str
    line: int

    def __str__(self) -> str:
        """Say where it is and what to do."""
        return f"{self.place}:{self.line}: write the sentence out, so that it can be translated"


def iter_sentences(package: Path = PACKAGE) -> Iterator[Sentence | NotLiteral]:
    """Yield every sentence of the Python files, then of the templates, each file once and in order."""
    for path in sorted(package.rglob("*.py")):
        yield from read_python(path.read_text(encoding="utf-8"), _place(path))
    for path in sorted(package.rglob("*.html")):
        yield from read_template(path.read_bytes(), _place(path))


def read_python(source: str, place: str) -> Iterator[Sentence | NotLiteral]:
    """Yield the sentences of a Python file: those of Messages, and those given to gettext by name."""
    for scope, node in _iter_calls(ast.parse(source)):
        called = _name(node.func)
        if called == "Message":
            forms = _forms_of_message(node, scope)
        elif called in _FORMS:
            forms = [form for form in node.args[: _FORMS[called]] if isinstance(form, ast.Constant)]
        else:
            continue
        if forms and all(isinstance(form, ast.Constant) and isinstance(form.value, str) and form.value for form in forms):
            yield _sentence([str(form.value) for form in forms if isinstance(form, ast.Constant)], place)
        elif called == "Message" and not _is_id_of_message(forms[0]):
            yield NotLiteral(place, node.lineno)


def read_template(source: bytes, place: str) -> Iterator[Sentence | NotLiteral]:
    """Yield the sentences of a Jinja template: `_("…")`, `ngettext("…", "…", n)` and `{% trans %}`."""
    found = extract("jinja2.ext:babel_extract", BytesIO(source), keywords=_TEMPLATE_KEYWORDS, options={"silent": "false"})
    for line, message, _, _ in found:
        forms = (message,) if isinstance(message, str) else message
        if forms and all(isinstance(form, str) and form for form in forms[:2]):
            yield _sentence(forms, place)
        else:
            yield NotLiteral(place, line)


def build_catalogue(sentences: Iterable[Sentence], lang: str, known: Catalog | None = None) -> Catalog:
    """Return the catalogue of a language: exactly these sentences, by file, with the translations already known."""
    catalogue = Catalog(locale=lang, project="szlak", version="", fuzzy=False, header_comment="# Szlak: sentences for people.")
    for sentence in sentences:
        key = sentence.id if sentence.plural is None else (sentence.id, sentence.plural)
        entry = catalogue.add(key, locations=[(sentence.place, 0)])
        # Ours are {name} places; a percent sign is only a percent sign.
        entry.flags -= {"python-format", "python-brace-format"}
        entry.string = _translation(entry, lang, catalogue.num_plurals, known)
    return catalogue


def load_catalogue(lang: str) -> Catalog:
    """Return a committed catalogue."""
    with catalogue_path(lang).open("rb") as stream:
        return read_po(stream, locale=lang)


def format_catalogue(catalogue: Catalog) -> str:
    """Return the text of a .po file without what changes from run to run: times and line numbers."""
    written = BytesIO()
    write_po(written, catalogue, width=120, include_lineno=False, ignore_obsolete=True, sort_by_file=True)
    return "".join(line for line in written.getvalue().decode().splitlines(keepends=True) if not line.startswith(_UNSAID))


def catalogue_path(lang: str) -> Path:
    """Return where the catalogue of a language lies."""
    return PACKAGE / "locales" / lang / "LC_MESSAGES" / "szlak.po"


def iter_faults(catalogue: Catalog) -> Iterator[str]:
    """Yield what keeps a catalogue from being complete, each fault with the sentence it concerns."""
    for entry in catalogue:
        if not entry.id:
            continue
        ids = _forms_of(entry.id)
        strings = _forms_of(entry.string)
        if not strings or not all(strings) or (len(ids) > 1 and len(strings) != catalogue.num_plurals):
            yield f"not translated: {ids[0]}"
        elif entry.fuzzy:
            yield f"fuzzy: {ids[0]}"
        else:
            wanted = set().union(*map(places_in, ids))
            yield from (f"other places than its id: {text}" for text in strings if places_in(text) != wanted)


def places_in(text: str) -> set[str]:
    """Return the names of the `{name}` places of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def main() -> int:
    """Write the catalogues; the exit status is 1 while anything lacks a translation."""
    found = tuple(iter_sentences())
    sentences = [item for item in found if isinstance(item, Sentence)]
    faults = [str(item) for item in found if isinstance(item, NotLiteral)]
    for lang in LANGUAGES:
        path = catalogue_path(lang)
        catalogue = build_catalogue(sentences, lang, load_catalogue(lang) if path.exists() else None)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(format_catalogue(catalogue), encoding="utf-8")
        faults += [f"{path.relative_to(ROOT)}: {fault}" for fault in iter_faults(catalogue)]
    print("\n".join(faults) or f"{len({sentence.id for sentence in sentences})} sentences, all translated")
    return 1 if faults else 0


def _translation(entry: Entry, lang: str, plurals: int, known: Catalog | None) -> str | tuple[str, ...] | list[str]:
    if lang == SOURCE:
        return entry.id
    old = known.get(entry.id) if known is not None else None
    if old is not None and old.string and isinstance(old.id, str) == isinstance(entry.id, str):
        return old.string
    return "" if isinstance(entry.id, str) else ("",) * plurals


def _sentence(forms: Sequence[str], place: str) -> Sentence:
    return Sentence(forms[0], forms[1] if len(forms) > 1 else None, place)


def _forms_of(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _place(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


def _name(node: ast.AST) -> str | None:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else None


def _iter_calls(tree: ast.Module) -> Iterator[tuple[ast.AST, ast.Call]]:
    """Yield every call once, with the function it stands in, or the module."""
    waiting: list[tuple[ast.AST, ast.AST]] = [(tree, tree)]
    while waiting:
        scope, node = waiting.pop(0)
        if isinstance(node, ast.Call):
            yield scope, node
        inner = node if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else scope
        waiting.extend((inner, child) for child in ast.iter_child_nodes(node))


def _forms_of_message(call: ast.Call, scope: ast.AST) -> list[ast.expr]:
    given = dict(zip(("id", "params", "plural"), call.args, strict=False)) | {key.arg: key.value for key in call.keywords}
    return [_resolve(given[name], scope) for name in ("id", "plural") if name in given]


def _resolve(form: ast.expr, scope: ast.AST) -> ast.expr:
    """Return the literal behind a local name that is bound once; long sentences are named so to fit the line."""
    if not isinstance(form, ast.Name) or isinstance(scope, ast.Module):
        return form
    bound = [node.value for node in ast.walk(scope) if isinstance(node, ast.Assign) for to in node.targets if _name(to) == form.id]
    return bound[0] if len(bound) == 1 else form


def _is_id_of_message(node: ast.expr) -> bool:
    """Whether the id is that of another Message (`message.id`, or `stored["id"]`), which is extracted where it is written out."""
    if isinstance(node, ast.Subscript):
        return isinstance(node.slice, ast.Constant) and node.slice.value == "id"
    return isinstance(node, ast.Attribute) and node.attr == "id"


if __name__ == "__main__":
    sys.exit(main())
