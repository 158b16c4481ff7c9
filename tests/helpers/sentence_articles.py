"""Articles made of sentences that rules are tested on, and of some with equal scores.

``python -m tests.helpers.sentence_articles FOLDER`` writes them; ``.ci/run`` has two versions of Python read them, and
both must give the same claims.
"""

from __future__ import annotations

import json
import sys
from itertools import product
from pathlib import Path

from tests.helpers.parses import PARSES

#: Articles to make: enough that each is as long as a real one.
ARTICLES = 36
#: Characters of the shortest text that is taken; shorter ones are headlines and fragments.
_SHORTEST = 40
#: Sentences in which two contents get the same score from weights that add up in another order.
_EQUAL_SCORES = tuple(
    f"{source} has not commented on {content} the visit, which had been in the works since the summer."
    for source, content in product(
        ("Halberg’s campaign", "The ministry", "Larn Harbour"),
        ("the reason for cancelling", "the plan for moving", "the idea of delaying"),
    )
)


def write_articles(folder: Path, articles: int = ARTICLES) -> None:
    """Write the frozen texts of the test modules, each once, as the paragraphs of so many files in a new folder."""
    folder.mkdir(parents=True)
    lines = (line for path in sorted(PARSES.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines())
    texts = list(dict.fromkeys(json.loads(line)["text"].strip() for line in lines))
    paragraphs = [*(text for text in texts if len(text) >= _SHORTEST), *_EQUAL_SCORES]
    for number in range(articles):
        text = "\n\n".join(paragraphs[number::articles])
        (folder / f"{number:02}.txt").write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_articles(Path(sys.argv[1]))
