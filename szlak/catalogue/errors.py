"""One tree of exceptions. Each carries a Message; none knows HTTP, SQL or a search engine.

SzlakError
├─ ConfigError              a setting is unknown or unreadable
├─ ExtraMissing             a command needs an optional extra
├─ InputInvalid             what was given cannot be used
│  ├─ FileUnreadable        a file is missing, too large, in another encoding, not what it claims
│  ├─ RecordRefused         a record does not have the shape of the record format
│  ├─ ReleaseInvalid        a package is not an ESCO release
│  └─ FilterUnknown         a filter value does not exist
├─ NotFound                 nothing has this id
├─ Forbidden                this server, or this request, may not do that
├─ Stale                    what was seen has changed in the meantime
├─ CursorExpired            the index generation of a cursor is gone
├─ NotReady                 the taxonomy or the index is not there yet
└─ StoreError               the database cannot do it
   ├─ StoreBusy             it is locked by somebody else
   ├─ StoreFull             the disk is full
   └─ StoreUnavailable      it cannot be reached or opened
"""

from szlak.catalogue.messages import Message, render


class SzlakError(Exception):
    """Anything that this program reports to a person."""

    def __init__(self, message: Message) -> None:
        """Keep the message; `str()` of the error is its English sentence."""
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        """Return the English sentence, for logs and tracebacks."""
        return render(self.message, "en")


class ConfigError(SzlakError):
    """A setting is unknown or unreadable."""


class ExtraMissing(SzlakError):
    """A command needs an optional extra that is not installed."""


class InputInvalid(SzlakError):
    """What was given cannot be used; `details` are further reasons, each with its place."""

    def __init__(self, message: Message, details: tuple[Message, ...] = ()) -> None:
        """Keep the message and its details."""
        super().__init__(message)
        self.details = details


class FileUnreadable(InputInvalid):
    """A file is missing, too large, in another encoding, or not what it claims to be."""


class RecordRefused(InputInvalid):
    """A record does not have the shape of the record format."""


class ReleaseInvalid(InputInvalid):
    """A package is not an ESCO release."""


class FilterUnknown(InputInvalid):
    """A filter value does not exist; `suggestions` are the nearest that do."""

    def __init__(self, message: Message, *, name: str, suggestions: tuple[str, ...]) -> None:
        """Keep the filter's name and the nearest existing values."""
        super().__init__(message)
        self.name = name
        self.suggestions = suggestions


class NotFound(SzlakError):
    """Nothing has this id."""


class Forbidden(SzlakError):
    """This server, or this request, may not do that."""


class Stale(SzlakError):
    """What a person saw, and now answers, has changed in the meantime."""


class CursorExpired(SzlakError):
    """The index generation of a cursor is gone."""


class NotReady(SzlakError):
    """The taxonomy or the index is not there yet."""


class StoreError(SzlakError):
    """The database cannot do what was asked."""


class StoreBusy(StoreError):
    """The database is locked by somebody else."""


class StoreFull(StoreError):
    """The disk or the database is full."""


class StoreUnavailable(StoreError):
    """The database cannot be reached or opened."""
