"""A network for Gephi (GEXF): who speaks of whom.

Nodes are speakers and the persons and organisations in what they say; an edge from one to another counts the claims
in which the first speaks of the second.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import BinaryIO

from pipeline.errors import ExtractError
from pipeline.records import Claim
from pipeline.write.exchange.annotated import ExportedRun
from pipeline.write.exchange.xml_text import xml_text

#: What networkx notes of the day on which it writes: the bytes should depend on the claims alone.
_TODAY = re.compile(r'<meta lastmodifieddate="[\d-]*">')


def write(run: ExportedRun, stream: BinaryIO) -> None:
    """Write the network; it is held in memory. Raises ExtractError when networkx is missing."""
    try:
        import networkx as nx
    except ModuleNotFoundError as error:
        raise ExtractError(
            "GEXF needs the library networkx, which is not installed.",
            'Install it (pip install "newsclaims[gexf]"), or export with another --format.',
        ) from error
    kinds: dict[str, str] = {}
    spoken: Counter[str] = Counter()
    edges: Counter[tuple[str, str]] = Counter()
    for annotated in run.articles:
        for claim in annotated.claims:
            _count(claim, kinds, spoken, edges)
    network = nx.DiGraph(mode="static", defaultedgetype="directed")
    for name in sorted(kinds):
        network.add_node(name, label=name, kind=kinds[name], claims=spoken[name])
    for (speaker, subject), number in sorted(edges.items()):
        network.add_edge(speaker, subject, weight=number)
    text = "\n".join(nx.generate_gexf(network))
    stream.write(_TODAY.sub("<meta>", text, count=1).encode())


def _count(claim: Claim, kinds: dict[str, str], spoken: Counter[str], edges: Counter[tuple[str, str]]) -> None:
    """Take in one claim: the kinds of those named, how much each says, and who speaks of whom."""
    speaker = xml_text(claim.speaker)
    subjects = dict.fromkeys(map(xml_text, claim.people), "person")
    subjects |= dict.fromkeys(map(xml_text, claim.organisations), "organisation")
    for name, kind in subjects.items():
        kinds.setdefault(name, kind)
    if not speaker:
        return
    kinds[speaker] = claim.speaker_type or kinds.get(speaker, "unknown")
    spoken[speaker] += 1
    edges.update((speaker, subject) for subject in subjects if subject != speaker)
