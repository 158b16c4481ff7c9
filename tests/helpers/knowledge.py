"""The tables of models/ as tests use them, each loaded once a process; sharing is safe, as they are only read."""

from functools import cache

from pipeline.knowledge import cues, people, places
from pipeline.knowledge.files import models_folder


@cache
def shared_places() -> places.PlaceTable:
    """Names of countries, regions and cities."""
    return places.load_places(models_folder() / "places")


@cache
def shared_people() -> people.People:
    """Words about people and organisations, and first names."""
    return people.load_people(models_folder())


@cache
def shared_cues() -> cues.Cues:
    """Reporting cues and the models that find quotes."""
    return cues.load_cues(models_folder(), shared_people())
