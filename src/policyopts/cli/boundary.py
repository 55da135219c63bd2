"""The one place where errors end: whatever happens, a user reads a sentence and gets an exit code.

0 is fine, 1 means errors in the dossier, an expectation that failed or a result that could not be written,
2 means wrong usage, 3 that a comparison found another ranking, where that was asked for, 130 Ctrl-C,
141 that the reader of a pipe went away.
"""

import errno
import gc
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from policyopts.findings import DossierError, PolicyOptsError, UsageError
from policyopts.names import quoted

READER_GONE = 141  # what a shell gives for a program that a closed pipe ends


def run() -> NoReturn:
    """Run the command line and leave with its exit code."""
    # Records need no plugins, and looking for some reads the metadata of every installed package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # A run makes many lasting objects and little rubbish: looking for cycles seldom is enough.
    gc.set_threshold(100_000, 20, 20)
    _open_streams()
    try:
        code = _run()
        sys.stdout.flush()
    except SystemExit as stop:  # nobody reads what was to be said of an error
        code = _exit_code(stop)
    except OSError as error:
        code = cannot_write(error)
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    # All is written. To take the interpreter apart, object by object, would take a quarter of the time of a ranking.
    os._exit(code)


def _open_streams() -> None:
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started the program: what is said goes nowhere
            setattr(sys, name, Path(os.devnull).open("w"))  # noqa: SIM115 - open until the end
        # A file's name may hold bytes that no encoding has; they are shown, not stumbled over.
        with suppress(AttributeError):  # a replaced stream may lack it
            getattr(sys, name).reconfigure(errors="backslashreplace")


def _run() -> int:
    code = 1
    try:
        from policyopts.cli.app import app

        app(prog_name="policyopts")
        code = 0
    except SystemExit as stop:
        code = _exit_code(stop)
    except DossierError as error:
        from policyopts.cli.output import show_findings

        show_findings(error.folder, error.findings)
    except PolicyOptsError as error:
        say(error.message, error.hint)
        code = 2 if isinstance(error, UsageError) else 1
    except KeyboardInterrupt:
        code = 130
    except MemoryError:
        say("there is not enough memory for this")
    except OSError:
        raise
    except Exception as error:
        _our_fault(error)
    return code


def _exit_code(stop: SystemExit) -> int:
    return stop.code if isinstance(stop.code, int) else int(stop.code is not None)


def cannot_write(error: OSError) -> int:
    """Say that something could not be read or written, unless it is that nobody reads on; give the exit code."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        # What is left in the buffer can go nowhere: without this, Python would try again on its way out.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if error.errno == errno.EPIPE:
        return READER_GONE
    what = f" {quoted(str(error.filename))}" if error.filename else ""
    say(f"cannot read or write{what}: {error.strerror or error}")
    return 1


def _our_fault(error: Exception) -> None:
    if os.environ.get("POLICYOPTS_DEBUG"):
        raise error
    say(
        f"internal error: {type(error).__name__}: {error}",
        "this is a fault of policyopts, not of your dossier; POLICYOPTS_DEBUG=1 shows where, please report it",
    )


def say(message: str, hint: str = "") -> None:
    """Tell a user something on stderr, with a hint of what to do; where nothing can be told there, tell nothing."""
    from policyopts.report.safe_text import one_line

    with suppress(OSError):
        sys.stderr.write(f"policyopts: {one_line(message)}\n" + (f"  {one_line(hint)}\n" if hint else ""))
