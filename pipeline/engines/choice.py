"""The engine that the settings ask for, imported only when it is chosen: no other's libraries are loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.engines import Engine, Item, Versions
from pipeline.errors import BadSettings
from pipeline.records import Rejected, Result
from pipeline.settings import Settings


def choose_engine(settings: Settings, find_versions: Versions = dict) -> Engine:
    """The engine named in ``settings.engine``; where none is, one process, or as many as there are workers.

    ``find_versions`` says what results depend on, for engines that must compare it with other machines'. To add an
    engine, write a generator that yields a Result for every Article, in order, passes all else through, and calls
    ``process_all`` of pipeline.article; then name it in ``_ENGINES``: the bytes of the outputs must not depend on it.
    Raises BadSettings for an engine that doesn't exist.
    """
    name = settings.engine or ("processes" if (settings.workers or 1) > 1 else "local")
    if settings.scheduler and name != "dask":
        raise BadSettings("--scheduler is for the engine dask alone.", "Add --engine dask, or leave it out.")
    if name not in _ENGINES:
        raise BadSettings(f"There is no engine {name!r}.", f"Choose one of {', '.join(_ENGINES)}.")
    return _ENGINES[name](settings, find_versions)


def _local(settings: Settings, _: Versions) -> Engine:
    from pipeline.engines.garbage import spare_what_is_loaded, without_searches
    from pipeline.nlp.spacy_import import import_spacy

    with without_searches():
        import_spacy()
        from pipeline.article import load_resources
        from pipeline.engines.local import run_local

        resources = load_resources(settings.model, settings.events)
    spare_what_is_loaded()
    return lambda items: run_local(items, resources, settings.article_seconds)


def _processes(settings: Settings, _: Versions) -> Engine:
    from pipeline.engines.processes import run_processes

    model, events, seconds = settings.model, settings.events, settings.article_seconds
    return lambda items: run_processes(items, model, events, settings.workers or 1, seconds)


def _dask(settings: Settings, find_versions: Versions) -> Engine:
    from pipeline.engines.dask_cluster import run_dask

    def run(items: Iterable[Item]) -> Iterator[Result | Rejected]:
        return run_dask(
            items,
            settings.model,
            settings.events,
            settings.workers or 1,
            settings.article_seconds,
            scheduler=settings.scheduler,
            find_versions=find_versions,
        )

    return run


#: By its name what makes each engine.
_ENGINES = {"local": _local, "processes": _processes, "dask": _dask}
