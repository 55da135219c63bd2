"""Where the program starts; `--version` is answered before anything is imported for it."""

import sys


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] == ["--version"]:
        from policyopts import __version__  # noqa: PLC0415 - the one thing this path needs

        sys.stdout.write(f"policyopts {__version__}\n")
        return
    from policyopts.cli.boundary import run  # noqa: PLC0415 - as above

    run()


if __name__ == "__main__":
    main()
