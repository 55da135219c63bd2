"""The one place where errors end: whatever happens, a user reads a sentence and gets an exit code.

0 is fine, 1 means errors in the dossier, an expectation that failed or a result that could not be written,
2 means wrong usage, 130 Ctrl-C, 141 that the reader of a pipe went away.
"""

import errno
import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

from policyopts.findings import DossierError, PolicyOptsError, UsageError


def run() -> NoReturn:
    """Run the command line and leave with its exit code."""
    # Records need no plugins, and looking for some reads the metadata of every installed package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # A run makes many lasting objects and little rubbish: looking for cycles seldom is enough.
    gc.set_threshold(100_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        # A file's name may hold bytes that no encoding has; they are shown, not stumbled over.
        with suppress(AttributeError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr] # a replaced stream may lack it
    code = _run()
    try:
        sys.stdout.flush()
    except OSError as error:
        code = _cannot_write(error)
    sys.exit(code)


def _run() -> int:
    from policyopts.cli.app import app

    try:
        app(prog_name="policyopts")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except DossierError as error:
        from policyopts.cli.output import show_findings

        show_findings(error.folder, error.findings)
        return 1
    except PolicyOptsError as error:
        _say(error.message, error.hint)
        return 2 if isinstance(error, UsageError) else 1
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        return _cannot_write(error)
    except MemoryError:
        _say("there is not enough memory for this", "")
        return 1
    except Exception as error:
        return _our_fault(error)
    return 0


def _cannot_write(error: OSError) -> int:
    # What is left in the buffer can go nowhere: without this, Python would try again on its way out.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if error.errno == errno.EPIPE:
        return 141
    _say(f"cannot read or write: {error.strerror or error}", "")
    return 1


def _our_fault(error: Exception) -> int:
    if os.environ.get("POLICYOPTS_DEBUG"):
        raise error
    _say(
        f"internal error: {type(error).__name__}: {error}",
        "this is a fault of policyopts, not of your dossier; POLICYOPTS_DEBUG=1 shows where, please report it",
    )
    return 1


def _say(message: str, hint: str) -> None:
    from policyopts.report.safe_text import one_line

    with suppress(OSError):
        sys.stderr.write(f"policyopts: {one_line(message)}\n" + (f"  {one_line(hint)}\n" if hint else ""))
