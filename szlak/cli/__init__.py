"""The command line: parse, call a service, print. Rooms are loaded only by the command that needs them."""

import os
import sys
from collections.abc import Sequence

from szlak.catalogue.errors import ConfigError, ExtraMissing, SzlakError
from szlak.catalogue.messages import Message
from szlak.catalogue.settings import Settings
from szlak.cli.parser import UNUSABLE, build_parser
from szlak.cli.terminal import Terminal

FAILED, INTERRUPTED = 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 failed, 2 unusable arguments or settings, 130 interrupted."""
    _write_utf8()
    lang = os.environ.get("SZLAK_LANGUAGE", "pl")
    terminal = Terminal(lang)
    try:
        options = build_parser(lang).parse_args(arguments)
        settings = Settings.from_env(os.environ)
        return int(options.run(options, settings, terminal) or 0)
    except KeyboardInterrupt:
        terminal.close()
        terminal.say(Message("Stopped. What was finished is kept; run the same command to go on."))
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone (`szlak … | head`): nothing is left to say, and Python must not try at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except SzlakError as error:
        terminal.close()
        terminal.fail(error)
        return UNUSABLE if isinstance(error, ConfigError | ExtraMissing) else FAILED


def _write_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
