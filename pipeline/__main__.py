"""The command ``extract``, also ``python -m pipeline``.

What can end it while its libraries are being loaded, an interrupt or too little memory, ends it in plain words, too:
so this module loads nothing that takes time before it is ready for that.
"""

from __future__ import annotations

import sys
from typing import NoReturn

from pipeline import interrupts

_NO_MEMORY = "The memory does not suffice. Close other programs or raise its limit (ulimit -v); then run again."
_STOPPED = "Stopped before anything was done."


def main() -> None:
    """Run the command line; exits with its code, 130 after an interrupt, 2 when the memory doesn't suffice."""
    interrupts.install()
    try:
        from pipeline.cli import main as run_command

        run_command()
    except KeyboardInterrupt:
        _end(_STOPPED, 130)
    except MemoryError:
        _end(_NO_MEMORY, 2)
    except Exception as error:
        if interrupts.was_interrupted():  # some libraries make another error of an interrupt while they are loaded
            _end(_STOPPED, 130)
        if "allocate memory" in str(error) or "failed to map segment" in str(error):  # of a library being loaded
            _end(_NO_MEMORY, 2)
        raise
    finally:
        if interrupts.was_interrupted():
            interrupts.ignore_further()


def _end(message: str, code: int) -> NoReturn:
    sys.stderr.write(f"extract: {message}\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
