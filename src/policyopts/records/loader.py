"""From a folder to a dossier: every file read and checked, every finding told at once.

A `DossierReader` remembers what it read. When it reads again, only files that changed are opened.
"""

import gc
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pydantic import ValidationError

from policyopts.findings import DossierError, Finding, Severity, in_order
from policyopts.model.base import Record
from policyopts.model.criteria import CriteriaFile
from policyopts.model.dossier import Dossier, Origin
from policyopts.model.evidence import EvidenceFile
from policyopts.model.options import OptionRecord
from policyopts.model.overlays import Assumption, Frame, Perspective
from policyopts.names import Key
from policyopts.records import model_errors
from policyopts.records.criteria_checks import check_criteria
from policyopts.records.files import (
    ASSUMPTIONS,
    CRITERIA,
    EVIDENCE,
    FRAMES,
    OPTIONS,
    PERSPECTIVES,
    TABLE,
    Signature,
    about,
    is_option,
    is_table,
    list_files,
    option_id,
    option_path,
    read_content,
    read_text,
    sign,
)
from policyopts.records.option_checks import (
    CellChecks,
    Options,
    check_evidence,
    check_id,
    check_nowhere_known,
    check_overlays,
)
from policyopts.records.problems import Places, Problem
from policyopts.records.yaml_source import read_yaml

if TYPE_CHECKING:
    from policyopts.model.option_table import OptionTable
    from policyopts.records.columns import RawTable

R = TypeVar("R", bound=Record)

NO_OPTIONS = "FIL008"
_OF_A_WHOLE = frozenset({"KEY202", "SCR401", "VAL213", "VAL216", "WGT301"})
"""Problems that a part left out may have brought about: something missing, or a whole that does not fit together."""


Progress = Callable[[str, int, int], None]
"""What is told of a long reading: the file, how much of it is read, and of how much in all."""


def untold(path: str, done: int, whole: int) -> None:
    """Tell nobody."""


class _Parsed(NamedTuple):
    """A file as it was read: its records (None where nothing could be made of it), and what is wrong with it.

    Records with mistakes are read without them, so that what they say can be held against other files at once;
    `broken` holds the keys that were left out, and those that a mistaken key was meant to be.
    """

    signature: Signature | None
    text: str
    records: Any
    findings: tuple[Finding, ...] = ()
    broken: frozenset[Key] = frozenset()


class Reading(NamedTuple):
    """What came of reading a folder: a dossier, or None where there are errors, and all findings.

    `changed` names the files that were read anew or are gone since the last time.
    """

    folder: Path
    dossier: Dossier | None
    findings: tuple[Finding, ...]
    changed: tuple[str, ...]

    def require(self) -> Dossier:
        """Give the dossier, or raise `DossierError` with all findings."""
        if self.dossier is None:
            raise DossierError(self.folder, self.findings)
        return self.dossier


class DossierReader:
    """Reads the dossier in a folder, any number of times.

    `progress` is told of what may take long; where it is not `weighed`, weights may still be missing.
    """

    def __init__(self, folder: Path, progress: Progress = untold, *, weighed: bool = True) -> None:
        self.folder = folder
        self._progress = progress
        self._weighed = weighed
        self._known: dict[str, _Parsed] = {}

    def read(self) -> Reading:
        """Read what changed since the last time, and check the whole."""
        listing = list_files(self.folder)
        changed: list[str] = []
        files: dict[str, _Parsed] = {}
        collecting = gc.isenabled()
        gc.disable()  # records hold no cycles: looking for some takes as long as reading them
        try:
            for path in listing.paths:
                known = self._known.get(path)
                if known is None or known.signature is None or known.signature != sign(self.folder, path):
                    changed.append(path)
                    known = _parse(self.folder, path, self._progress)
                files[path] = known
            changed += self._known.keys() - files.keys()
            self._known = files
            findings = [*listing.findings, *(finding for file in files.values() for finding in file.findings)]
            dossier, problems = _assemble(self.folder, files, weighed=self._weighed)
        finally:
            if collecting:
                gc.enable()
        if any(finding.path.startswith(OPTIONS) for finding in listing.findings):
            problems = [problem for problem in problems if problem.code != NO_OPTIONS]  # those were options
        if problems:
            findings += Places({path: file.text for path, file in files.items()}).findings(problems)
        if any(finding.severity is Severity.ERROR for finding in findings):
            dossier = None
        return Reading(self.folder, dossier, in_order(findings), tuple(sorted(changed)))


def load(path: str | Path) -> Dossier:
    """Read the dossier in a folder.

    Raises
    ------
    DossierError
        With every finding of every file, where one of them is an error.
    """
    return DossierReader(Path(path)).read().require()


def read_alone(folder: Path, paths: Iterable[str]) -> dict[str, tuple[str, Any]]:
    """Read some files of a dossier, each for itself: text and records. What they say of others is not looked at.

    Raises
    ------
    DossierError
        With every finding of these files, where one of them is an error.
    """
    files = {path: _parse(folder, path) for path in paths}
    findings = [finding for file in files.values() for finding in file.findings]
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise DossierError(folder, findings)
    return {path: (file.text, file.records) for path, file in files.items()}


def put_together(folder: Path, records: Mapping[str, Any]) -> Dossier:
    """Make a dossier of records at hand, by the paths that they would stand at; its files have no texts.

    Raises
    ------
    DossierError
        Where they do not fit together.
    """
    files = {path: _Parsed(None, "", record) for path, record in records.items()}
    dossier, problems = _assemble(folder, files, weighed=True)
    if dossier is None or problems:
        raise DossierError(folder, Places({}).findings(problems))
    return dossier


def _parse(folder: Path, path: str, progress: Progress = untold) -> _Parsed:
    if is_table(path):
        return _parse_table(folder, path, progress)
    signature, text = read_text(folder, path)
    if isinstance(text, Finding):
        return _Parsed(signature, "", None, (text,))
    data, troubles = read_yaml(text)
    findings = [
        Finding(path, trouble.line, trouble.column, Severity.ERROR, trouble.code, trouble.message, trouble.hint)
        for trouble in troubles
    ]
    # A key given twice leaves a document to go on with; after other troubles, more would only be said of them.
    if any(trouble.code != "YML102" for trouble in troubles):
        return _Parsed(signature, text, None, tuple(findings))
    if data is None:
        return _Parsed(signature, text, None, (about(path, "FIL006", "the file is empty; expected a record"),))
    problems: list[Problem] = []
    records = _validate(path, data, problems)
    if not problems and not findings:
        return _Parsed(signature, text, records)
    findings += Places({path: text}).findings(problems)
    broken = [problem.key for problem in problems] + [problem.meant for problem in problems if problem.meant]
    return _Parsed(signature, text, records, tuple(findings), frozenset(map(_without_index, broken)))


def _parse_table(folder: Path, path: str, progress: Progress) -> _Parsed:
    # Both handle numbers by the million, which few dossiers need.
    from policyopts.records.options_csv import read_options_csv  # noqa: PLC0415
    from policyopts.records.options_parquet import read_options_parquet  # noqa: PLC0415

    signature, content = read_content(folder, path)
    if isinstance(content, Finding):
        return _Parsed(signature, "", None, (content,))
    tell = partial(progress, path)
    try:
        if path == TABLE:
            reading = read_options_csv(path, content, tell)
        else:
            reading = read_options_parquet(folder, path, content, tell)
    finally:
        tell(1, 1)  # it is over, however it ended
    findings = [*Places({}).findings(reading.problems), *([reading.refusal] if reading.refusal else [])]
    return _Parsed(signature, "", reading.table, tuple(findings))


def _without_index(key: Key) -> Key:
    """Give the list that a key leads into: once an item is left out of it, the others have other places."""
    return next((key[:depth] for depth, part in enumerate(key) if isinstance(part, int)), key)


def _validate(path: str, data: Any, problems: list[Problem]) -> Any:
    if path == CRITERIA:
        return _record(CriteriaFile, path, (), data, problems)
    if path == EVIDENCE:
        return _record(EvidenceFile, path, (), data, problems)
    if is_option(path):
        return _record(OptionRecord, path, (), data, problems)
    models: dict[str, type[Record]] = {FRAMES: Frame, PERSPECTIVES: Perspective, ASSUMPTIONS: Assumption}
    if not isinstance(data, dict):
        problems.append(Problem(path, (), "VAL211", f"expected a mapping, got {model_errors.describe(data)}"))
        return None
    for id_ in data:
        problems.extend(check_id(path, (id_,), id_))
    records = {id_: _record(models[path], path, (id_,), value, problems) for id_, value in data.items()}
    return {id_: record for id_, record in records.items() if record is not None}


def _record(model: type[R], path: str, key: Key, data: Any, problems: list[Problem]) -> R | None:
    """Validate a record; what is wrong is told and left out, and the rest is tried again."""
    told = False
    while True:
        try:
            return model.model_validate(data)
        except ValidationError as error:
            if not told:
                problems.extend(model_errors.problems(path, key, model, data, error))
                told = True
            pruned = model_errors.without_mistakes(data, error)
            if pruned is None:
                return None
            data = pruned


def _assemble(folder: Path, files: Mapping[str, _Parsed], *, weighed: bool) -> tuple[Dossier | None, list[Problem]]:
    """Put the records together and check what they say of each other."""
    raw: RawTable | None = next((file.records for path, file in files.items() if is_table(path)), None)
    options, problems = _options(files, raw)
    criteria: CriteriaFile | None = files[CRITERIA].records
    evidence = _optional(files, EVIDENCE, EvidenceFile())
    frames: Mapping[str, Frame] | None = _optional(files, FRAMES, {})
    perspectives: Mapping[str, Perspective] | None = _optional(files, PERSPECTIVES, {})
    assumptions: Mapping[str, Assumption] | None = _optional(files, ASSUMPTIONS, {})
    if evidence is not None:
        problems.extend(check_evidence(evidence))
    if criteria is None:
        return None, _first_hand(problems, files)
    own = [option_id(path) for path in files if is_option(path)]
    known = own if raw is None else {**raw.places, **dict.fromkeys(own, 0)}
    problems.extend(check_criteria(criteria, known, weighed=weighed))
    wrong = [problem.key for problem in problems if problem.path == CRITERIA] + list(files[CRITERIA].broken)
    unsound = {
        node.id
        for node in criteria.tree.nodes
        if any((*node.at, part) == key[: len(node.at) + 1] for key in wrong for part in ("scale", "direction"))
    }
    cells = CellChecks(criteria, unsound, evidence, None if assumptions is None else assumptions.keys())
    origins = {id_: Origin(option_path(id_), ()) for id_ in options}
    estimates = {id_: cells.option(record, origins[id_]) for id_, record in options.items()}
    table = None
    if raw is not None:
        table, found = _check_table(raw, criteria, unsound)
        problems.extend(found)
    problems.extend(check_nowhere_known(estimates, table, criteria.tree))
    named = Options(known, {id_ for id_ in own if id_ not in options})
    problems.extend(check_overlays(cells, criteria.tree, named, frames or {}, perspectives or {}, assumptions or {}))
    problems.extend(cells.problems)
    problems = _first_hand(problems, files)
    if evidence is None or frames is None or perspectives is None or assumptions is None:
        return None, problems
    texts = {path: file.text for path, file in files.items() if not is_table(path)}
    dossier = Dossier(folder, texts, criteria, options, estimates, evidence, frames, perspectives, assumptions, origins)
    return dossier if table is None else _with_table(dossier, table), problems


def _optional(files: Mapping[str, _Parsed], path: str, absent: Any) -> Any:
    """Give an optional file's records: what stands for an absent file, None for one that could not be read."""
    return files[path].records if path in files else absent


def _first_hand(problems: list[Problem], files: Mapping[str, _Parsed]) -> list[Problem]:
    """Leave out what only follows from mistakes already told: keys that were left out, and ids that went with them."""
    broken = {path: file.broken for path, file in files.items() if file.broken}
    if not broken:
        return problems
    gone = {str(part) for keys in broken.values() for key in keys for part in key}
    around = {path: {key[:depth] for key in keys for depth in range(len(key) + 1)} for path, keys in broken.items()}

    def left_out(path: str, key: Key) -> bool:
        return any(key[:depth] in broken[path] for depth in range(len(key) + 1))

    def follows(problem: Problem) -> bool:
        path, key = problem.path, problem.key
        return problem.subject in gone or (
            path in broken
            and (
                left_out(path, key)
                or (problem.code in _OF_A_WHOLE and key in around[path])
                or any(left_out(path, other) or other in around[path] for other in problem.explained_by)
            )
        )

    return [problem for problem in problems if not follows(problem)]


def _check_table(
    raw: "RawTable", criteria: CriteriaFile, unsound: Collection[str]
) -> tuple["OptionTable", list[Problem]]:
    from policyopts.records.options_table import check_table  # noqa: PLC0415 - as in `_parse_table`

    return check_table(raw, criteria, unsound)


def options_of(raw: "RawTable", criteria: CriteriaFile) -> Mapping[str, OptionRecord]:
    """Give the options of a table as records; whether its cells mean anything is not looked at."""
    from policyopts.model.option_table import WithTable  # noqa: PLC0415 - as in `_parse_table`

    table, _ = _check_table(raw, criteria, ())
    return WithTable(table.places, table.record, {})


def _with_table(dossier: Dossier, table: "OptionTable") -> Dossier:
    """Add the options of a table, which come first, to those with a file of their own."""
    from policyopts.model.option_table import WithTable  # noqa: PLC0415 - as in `_parse_table`

    def origin(place: int) -> Origin:
        return Origin(table.path, (int(table.lines[place]),))

    return replace(
        dossier,
        options=WithTable(table.places, table.record, dossier.options),
        estimates=WithTable(table.places, table.estimates, dossier.estimates),
        option_origins=WithTable(table.places, origin, dossier.option_origins),
        table=table,
    )


def _options(files: Mapping[str, _Parsed], raw: "RawTable | None") -> tuple[dict[str, OptionRecord], list[Problem]]:
    """Gather the options of `options/`; an id that stands in the table already is refused."""
    options: dict[str, OptionRecord] = {}
    problems: list[Problem] = []
    for path, file in files.items():
        if not is_option(path) or file.records is None:
            continue
        id_ = option_id(path)
        if raw is not None and id_ in raw.places:
            message = f"the option '{id_}' also stands in {raw.path}; expected it once"
            problems.append(Problem(path, (), "REF223", message))
        else:
            options[id_] = file.records
    if not any(is_table(path) or is_option(path) for path in files):
        message = "there are no options; expected a file such as options/do-nothing.yaml"
        problems.append(Problem(CRITERIA, (), NO_OPTIONS, message, "policyopts add ID writes one"))
    return options, problems
