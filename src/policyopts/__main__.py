"""Where the program starts; `--version` is answered before anything is imported for it."""

import sys


def main() -> None:
    """Run the command line."""
    try:
        if sys.argv[1:] == ["--version"]:
            from policyopts import __version__  # noqa: PLC0415 - the one thing this path needs

            print(f"policyopts {__version__}", flush=True)
            return
        from policyopts.cli.boundary import run  # noqa: PLC0415 - as above

        run()
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        from policyopts.cli.boundary import cannot_write  # noqa: PLC0415 - only where it went wrong

        sys.exit(cannot_write(error))


if __name__ == "__main__":
    main()
