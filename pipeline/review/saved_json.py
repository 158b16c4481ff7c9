"""Small JSON files of the review page, saved whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.errors import unwritable
from pipeline.files import create_file, replace_file, require_ordinary, sync
from pipeline.outputs import partial_path


def save_json(path: Path, content: object) -> None:
    """Write ``content`` in place of the file. Raises ExtractError when that can't be done: the old one stays then."""
    part = partial_path(path)
    try:
        require_ordinary(path)
        with create_file(part) as file:
            file.write(json.dumps(content, ensure_ascii=False, indent=1).encode())
            sync(file)
        replace_file(part, path)
    except OSError as error:
        raise unwritable(path, error) from error
