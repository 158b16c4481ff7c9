"""The component "newsclaims" for spaCy pipelines of one's own: claims in ``doc.spans`` and ``doc.user_data``.

spaCy finds it by its entry point once newsclaims is installed::

    nlp = spacy.load("en_core_web_md")
    nlp.add_pipe("newsclaims")
    doc = nlp("The mine will close, Ada Brandt said.")
    [(span.label_, span.text) for span in doc.spans["claims"]]   # "quote", "source", "cue", "closure", "target", ...
    [claim["speaker"] for claim in doc.user_data["claims"]]      # all fields of a line of claims.jsonl

What is known of the article is given before, in ``doc.user_data``: "published" (a day, as for ``extract_text``),
"title", "publisher", "url". The text is parsed by the model that newsclaims is measured with and not by the
pipeline's own, so the claims are those of ``extract run``, whatever components the pipeline has.
"""

# Without postponed annotations: spaCy reads those of a factory's arguments when it is registered.

from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.article import Resources, process_all
from pipeline.python_api import load_once, to_article
from pipeline.records import Article
from pipeline.settings import DEFAULT_MODEL
from pipeline.write.exchange.docbin import annotate

#: Keys of ``doc.user_data`` that say what is known of the article.
ARTICLE_KEYS = ("published", "title", "publisher", "url")


class NewsclaimsComponent:
    """Gives every Doc its claims: ``doc.spans["claims"]`` and ``doc.user_data["claims"]``."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its claims. Raises TypeError or ValueError for a "published" that is no day."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 0) -> Iterator[Doc]:
        """The Docs with their claims, in order; how many are parsed at once is not for ``batch_size`` to say."""
        waiting: deque[Doc] = deque()

        def articles() -> Iterator[Article]:
            for doc in docs:
                waiting.append(doc)
                known = {key: doc.user_data[key] for key in ARTICLE_KEYS if doc.user_data.get(key)}
                yield to_article({"text": doc.text, **known})

        for result in process_all(articles(), self._resources):
            doc = waiting.popleft()
            annotate(doc, result.claims)
            yield doc


@Language.factory("newsclaims", default_config={"model": DEFAULT_MODEL, "events": []})
def make_component(nlp: Language, name: str, model: str, events: list[str]) -> NewsclaimsComponent:
    """The component for a pipeline.

    ``model`` is the spaCy pipeline that newsclaims parses with, ``events`` are files with further event types. Raises
    BadModel or BadKnowledge.
    """
    return NewsclaimsComponent(load_once(model, tuple(map(Path, events))))
