"""The names of all files in the outputs folder, for everyone who writes, reads, lists or removes one of them."""

from __future__ import annotations

from pathlib import Path

#: The claims, one a row: the table that reviewers edit.
CLAIMS = "claims.csv"
#: Claims, events, speakers and articles as sheets of a workbook; what reviewers type there is read back, too.
WORKBOOK = "claims.xlsx"
#: Events over all articles, one a row.
EVENTS = "events.csv"
#: Speakers over all articles, one a row.
SPEAKERS = "speakers.csv"
#: Names, places and time expressions, one a row.
MENTIONS = "mentions.csv"
#: Articles, copies and rejected files, one a row.
ARTICLES = "articles.csv"
#: The claims with spans and links, one JSON object a line.
CLAIMS_JSONL = "claims.jsonl"
#: The events with raw values, one JSON object a line.
EVENTS_JSONL = "events.jsonl"
#: The page that shows a whole run.
REPORT = "report.html"
#: The columns of all these tables and their types, as a Frictionless Data Package.
DATAPACKAGE = "datapackage.json"
#: JSON Schema of the lines of claims.jsonl and events.jsonl.
SCHEMA = "schema.json"
#: What the run was made with and of: versions, model, settings, inputs, times, counts.
RUN_RECORD = "run.json"
#: Folder with the texts that offsets count in, where no plain-text file has them: texts/DOC_ID.txt.
TEXTS = "texts"
#: Decisions whose claim is in no table of this run. Only there while there are some.
ORPHANS = "orphaned_decisions.csv"
#: Decisions that were made in two ways at once. Only there while there are some.
CONFLICTS = "conflicting_decisions.csv"
#: Reviewed articles as gold for ``extract evaluate``; written by ``extract export --gold`` alone.
GOLD = "gold.jsonl"
#: The store: results, decisions, history. SQLite keeps DATABASE-wal and DATABASE-shm beside it while it is open.
DATABASE = "claims.db"
#: The file that the one process that writes has locked.
LOCK = "claims.lock"
#: Filters of the review page that people saved under a name. Only there when some did.
REVIEW_VIEWS = "review_views.json"
#: Reviewers by article, of a review that was shared out. Only there when it was.
REVIEW_ASSIGNMENTS = "review_assignments.json"
#: What waits on the disk while a run goes on; it has a name only where the system can't do without.
SCRATCH = "claims.run.part"
#: Folder with what the workers of a cluster on this machine left, in a large run. Only there after such a run.
PARTS = "parts"
#: Folder with copies of the articles that a run was given at addresses (s3://). Only there after such a run.
FETCHED = "fetched"
#: What a file's name ends in while it is being written; it is renamed when it is whole.
PARTIAL_SUFFIX = ".part"


def partial_path(path: Path) -> Path:
    """Where a file is written until it is whole: "claims.csv.part" beside "claims.csv"."""
    return path.with_name(path.name + PARTIAL_SUFFIX)


def alternative_path(path: Path) -> Path:
    """Where a file goes while its own place is taken (open elsewhere, write-protected): "claims.new.csv"."""
    return path.with_name(f"{path.stem}.new{path.suffix}")


#: Where claims.csv goes while it is open in another program or write-protected.
CLAIMS_ALTERNATIVE = alternative_path(Path(CLAIMS)).name
#: Tables whose edits are imported, in this order: of two changes to one claim the later file's stands.
EDITABLE_TABLES = (ORPHANS, CLAIMS, CLAIMS_ALTERNATIVE)
#: Where events.csv goes while it is open in another program or write-protected.
EVENTS_ALTERNATIVE = alternative_path(Path(EVENTS)).name
#: Tables of events whose edits are imported, in this order.
EVENT_TABLES = (EVENTS, EVENTS_ALTERNATIVE)
#: Where speakers.csv goes while it is open in another program or write-protected.
SPEAKERS_ALTERNATIVE = alternative_path(Path(SPEAKERS)).name
#: Tables of speakers whose edits are imported, in this order.
SPEAKER_TABLES = (SPEAKERS, SPEAKERS_ALTERNATIVE)
#: Where claims.xlsx goes while it is open in another program or write-protected.
WORKBOOK_ALTERNATIVE = alternative_path(Path(WORKBOOK)).name
#: Workbooks whose edits of claims and events are imported, in this order.
WORKBOOKS = (WORKBOOK, WORKBOOK_ALTERNATIVE)
#: What every run writes anew or removes; other files in the folder (exports, gold, backups) stay as they are.
REWRITTEN = frozenset(
    {
        *EDITABLE_TABLES, *EVENT_TABLES, *SPEAKER_TABLES, *WORKBOOKS, CONFLICTS, MENTIONS, ARTICLES, CLAIMS_JSONL,
        EVENTS_JSONL, REPORT, TEXTS, DATAPACKAGE, SCHEMA, RUN_RECORD,
    }
)  # fmt: skip
#: The store's own files, and what else is kept from run to run.
STORE_FILES = frozenset({LOCK, DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", REVIEW_VIEWS, REVIEW_ASSIGNMENTS})


def own_files(outputs: Path) -> list[Path]:
    """All that runs write and keep in a folder: nothing else may be written there."""
    return [outputs / name for name in sorted(REWRITTEN | STORE_FILES)]
