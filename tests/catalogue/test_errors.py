"""The tree of errors."""

from szlak.catalogue import errors
from szlak.catalogue.errors import FilterUnknown, InputInvalid, NotFound, SzlakError
from szlak.catalogue.messages import Message


def subclasses(kind: type[SzlakError]) -> set[type[SzlakError]]:
    return {kind, *(found for child in kind.__subclasses__() for found in subclasses(child))}


def test_an_error_says_its_sentence_in_english() -> None:
    """Logs and tracebacks show the sentence with its values."""
    assert str(NotFound(Message("No offer has the id “{id}”.", {"id": "o1"}))) == "No offer has the id “o1”."


def test_every_error_stands_in_the_drawn_tree() -> None:
    """The picture at the top of the module names each class."""
    assert all(kind.__name__ in (errors.__doc__ or "") for kind in subclasses(SzlakError))


def test_what_is_wrong_with_input_has_details() -> None:
    """Each further reason is kept, in order."""
    details = (Message("one"), Message("two"))
    assert InputInvalid(Message("Wrong."), details).details == details


def test_an_unknown_filter_value_comes_with_suggestions() -> None:
    """The filter and the nearest existing values travel with the error."""
    error = FilterUnknown(Message("Unknown."), name="mode", suggestions=("online",))
    assert (error.name, error.suggestions, error.details) == ("mode", ("online",), ())
