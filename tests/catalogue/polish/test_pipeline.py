"""The spaCy pipeline, and the quick path beside it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.matcher import PhraseMatcher

from szlak.catalogue.polish import Polish

ANALYSER = Polish()
PIECES = st.sampled_from(
    ["Zarządza ", "zespołem", " C#", "\u00a0", "  ", "\n", "żółtą", "z\u0307", "<b>", "😀", "\ud83d", ", ", "3,5", "np. "]
)


@pytest.mark.property
@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES).map("".join) | st.text(alphabet=st.characters(exclude_categories=())))
def test_both_paths_give_the_same_lemmas_and_offsets(text: str) -> None:
    """The document and the quick path agree on every token."""
    doc = ANALYSER.analyse(text)
    words = [token for token in doc if token.pos_ not in ("PUNCT", "SPACE")]
    assert tuple(token.lemma_ for token in words) == ANALYSER.lemmas(text)
    assert [token.idx for token in words] == [start for start, _, _ in ANALYSER.spans(text)]
    assert len(doc.text) == len(text)


def test_a_phrase_is_matched_in_any_inflection(polish: Polish) -> None:
    """PhraseMatcher on lemmas finds what is written in another case."""
    matcher = PhraseMatcher(polish.vocab, attr="LEMMA")
    matcher.add("duties", list(polish.analyse_many(["zakres obowiązków"])))
    doc = polish.analyse("W zakresie obowiązków: spawanie.")
    assert [doc[start:end].text for _, start, end in matcher(doc)] == ["zakresie obowiązków"]


def test_abbreviations_do_not_end_a_sentence(polish: Polish) -> None:
    """A full stop after "np." goes on."""
    assert len(list(polish.analyse("Zna arkusze, np. Excel. Pisze raporty.").sents)) == 2


def test_spans_cut_the_text_as_received(polish: Polish) -> None:
    """Offsets hold beside emoji, unbreakable spaces and decomposed accents."""
    text = "😀\u00a0uczy z\u0307eglarstwa"
    assert [text[start:end] for start, end, _ in polish.spans(text)] == ["uczy", "z\u0307eglarstwa"]
