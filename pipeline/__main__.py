"""``python -m pipeline`` is the command ``extract``."""

from pipeline.cli import main

main()
