"""UIMA CAS files for INCEpTION, in a ZIP archive: DOC_ID.xmi for each article and TypeSystem.xml.

The types are named as INCEpTION names layers of one's own. dkpro-cassis counts offsets in UTF-16 code units, as UIMA
does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from pipeline.errors import ExtractError
from pipeline.write.exchange.annotated import AnnotatedArticle, ExportedRun, labelled_spans
from pipeline.write.exchange.archive import open_archive
from pipeline.write.exchange.xml_text import xml_text

if TYPE_CHECKING:
    from cassis import TypeSystem

CLAIM_TYPE = "webanno.custom.Claim"
ARGUMENT_TYPE = "webanno.custom.ClaimArgument"
_TEXT = "uima.cas.String"
#: Features of a claim: the field of ``Claim`` that each holds.
_CLAIM_FEATURES = {
    "kind": "claim_type",
    "speaker": "speaker",
    "stance": "stance",
    "status": "event_status",
    "claimId": "claim_id",
    "decision": "decision",
}


def write(run: ExportedRun, stream: BinaryIO) -> None:
    """Write the archive. Raises ExtractError when dkpro-cassis is missing."""
    try:
        import cassis
    except ModuleNotFoundError as error:
        raise ExtractError(
            "CAS needs the library dkpro-cassis, which is not installed.",
            'Install it (pip install "newsclaims[cas]"), or export with another --format.',
        ) from error
    types = _type_system(cassis)
    with open_archive(stream) as archive:
        archive.add("TypeSystem.xml", str(types.to_xml()).encode())
        for annotated in run.articles:
            archive.add(f"{annotated.article.doc_id}.xmi", _to_xmi(cassis, types, annotated).encode())


def _type_system(cassis: Any) -> TypeSystem:
    types: Any = cassis.TypeSystem()
    claim = types.create_type(CLAIM_TYPE, supertypeName="uima.tcas.Annotation")
    for feature in _CLAIM_FEATURES:
        types.create_feature(claim, feature, _TEXT)
    argument = types.create_type(ARGUMENT_TYPE, supertypeName="uima.tcas.Annotation")
    for feature in ("role", "claimId"):
        types.create_feature(argument, feature, _TEXT)
    return types


def _to_xmi(cassis: Any, types: Any, annotated: AnnotatedArticle) -> str:
    document = cassis.Cas(typesystem=types)
    document.sofa_string = xml_text(annotated.article.text)
    document.sofa_mime = "text/plain"
    new_claim, new_argument = types.get_type(CLAIM_TYPE), types.get_type(ARGUMENT_TYPE)
    for claim in annotated.claims:
        values = {name: xml_text(getattr(claim, field)) for name, field in _CLAIM_FEATURES.items()}
        for part in labelled_spans(claim):
            start, end = part.span
            if part.label == claim.claim_type:
                document.add(new_claim(begin=start, end=end, **values))
            else:
                document.add(new_argument(begin=start, end=end, role=part.label, claimId=claim.claim_id))
    return str(document.to_xmi())
