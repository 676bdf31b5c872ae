"""The tool that brings the catalogues of sentences up to date."""

from babel.messages import Catalog

from tools.messages import NotLiteral, Sentence, build_catalogue, format_catalogue, iter_faults, read_python, read_template

ONE = Sentence("it does not exist.", None, "szlak/a.py")
COUNTED = Sentence("{n} offer found.", "{n} offers found.", "szlak/b.py")
POLISH = ("Znaleziono {n} ofertę.", "Znaleziono {n} oferty.", "Znaleziono {n} ofert.")


def polish(*entries: tuple[Sentence, object]) -> Catalog:
    catalogue = build_catalogue([sentence for sentence, _ in entries], "pl")
    for sentence, string in entries:
        catalogue.get(sentence.id).string = string
    return catalogue


def test_sentences_are_found_in_python() -> None:
    """Plural forms are seen as keyword and in their position, also where the call stands inside another."""
    source = """
fail(Message("Gone: {id}.", {"id": 1}))
Message("{n} thing", {}, plural="{n} things", n=2)
Message("{n} word", {}, "{n} words", 2)
messages.Message("a long sentence "
                 "in two parts")
"""
    found = list(read_python(source, "x.py"))
    assert {(item.id, item.plural) for item in found if isinstance(item, Sentence)} == {
        ("Gone: {id}.", None),
        ("{n} thing", "{n} things"),
        ("{n} word", "{n} words"),
        ("a long sentence in two parts", None),
    }


def test_a_sentence_that_is_put_together_is_a_fault() -> None:
    """An id that is no literal cannot be translated; the line is named."""
    for call in ("Message(text)", 'Message(f"{x} gone")', 'Message("a" + b)', 'Message("a", plural=more, n=1)', 'Message("")'):
        (found,) = read_python(f"\n{call}", "x.py")
        assert found == NotLiteral("x.py", 2)


def test_a_sentence_may_be_named_before_it_is_said() -> None:
    """A literal bound once to a local name counts as written out; one bound twice, or not to a literal, does not."""
    once = 'def f():\n    one, more = 1, 2\n    text = "{n} thing"\n    many = "{n} things"\n    Message(text, {}, plural=many, n=2)'
    assert list(read_python(once, "x.py")) == [Sentence("{n} thing", "{n} things", "x.py")]
    twice = 'def f(x):\n    text = "a"\n    if x:\n        text = "b"\n    Message(text)'
    assert list(read_python(twice, "x.py")) == [NotLiteral("x.py", 5)]


def test_sentences_given_to_gettext_are_found() -> None:
    """A page may speak through gettext directly; what it passes on for others is not a sentence."""
    source = 'c.gettext("Search")\nc.ngettext("{hours} hour", "{hours} hours", n)\nc.gettext(text)'
    assert list(read_python(source, "x.py")) == [Sentence("Search", None, "x.py"), Sentence("{hours} hour", "{hours} hours", "x.py")]


def test_the_id_of_another_message_is_no_fault() -> None:
    """A message made from another, or read back from where it was kept, is extracted where it is written out."""
    assert list(read_python('Message(BUSY.id, {})\nMessage(row["id"], {})', "x.py")) == []


def test_sentences_are_found_in_templates() -> None:
    """Marked sentences of a page, with their plural forms, also in attributes."""
    template = b"""<h1>{{ _("Search") }}</h1> <a title="{{ _('Where {place} is', place=x) }}">
    {{ ngettext("{n} offer", "{n} offers", total) }}"""
    found = list(read_template(template, "a.html"))
    assert [(item.id, item.plural) for item in found if isinstance(item, Sentence)] == [
        ("Search", None),
        ("Where {place} is", None),
        ("{n} offer", "{n} offers"),
    ]


def test_a_known_translation_is_kept_and_an_unused_one_dropped() -> None:
    """Sentences that are still said keep their translation; the others leave the catalogue."""
    known = polish((ONE, "plik nie istnieje."), (COUNTED, POLISH))
    catalogue = build_catalogue([COUNTED], "pl", known)
    assert catalogue.get(COUNTED.id).string == POLISH
    assert ONE.id not in catalogue


def test_english_repeats_the_ids() -> None:
    """English needs no translator, and has both forms of what is counted."""
    catalogue = build_catalogue([ONE, COUNTED], "en")
    assert [entry.string for entry in catalogue if entry.id] == [ONE.id, (COUNTED.id, COUNTED.plural)]
    assert list(iter_faults(catalogue)) == []


def test_a_catalogue_is_written_the_same_each_time() -> None:
    """No time, no line number and no order of discovery makes a difference between two runs."""
    text = format_catalogue(polish((ONE, "plik nie istnieje."), (COUNTED, POLISH)))
    assert text == format_catalogue(polish((COUNTED, POLISH), (ONE, "plik nie istnieje.")))
    assert "Date" not in text
    assert "Plural-Forms: nplurals=3" in text


def test_each_kind_of_fault_is_named() -> None:
    """Untranslated, incomplete plural forms, fuzzy, other places; a complete entry has no fault."""
    assert list(iter_faults(polish((ONE, "plik nie istnieje."), (COUNTED, POLISH)))) == []
    assert list(iter_faults(polish((ONE, "")))) == [f"not translated: {ONE.id}"]
    assert list(iter_faults(polish((COUNTED, POLISH[:2])))) == [f"not translated: {COUNTED.id}"]
    assert list(iter_faults(polish((COUNTED, (*POLISH[:2], "Znaleziono {m} ofert."))))) == [
        "other places than its id: Znaleziono {m} ofert."
    ]
    fuzzy = polish((ONE, "plik nie istnieje."))
    fuzzy.get(ONE.id).flags.add("fuzzy")
    assert list(iter_faults(fuzzy)) == [f"fuzzy: {ONE.id}"]
