"""The rules that the reader holds every dossier to; each is an error, and stops every command."""

from collections.abc import Mapping

from policyopts.findings import Rule, Severity


def _rule(code: str, title: str, why: str) -> Rule:
    return Rule(code, Severity.ERROR, title, why)


_RULES = (
    _rule(
        "FIL001",
        "Keep the records where they are looked for.",
        "A dossier is a folder with a criteria.yaml. Name the folder with -C, or begin one with: policyopts init",
    ),
    _rule(
        "FIL002",
        "Keep records in plain files that can be read.",
        "A folder, a pipe or a file without permission stands where a record should. Put a text file in its place, or "
        "mend its permissions.",
    ),
    _rule(
        "FIL003",
        "Save every file as UTF-8.",
        "Other encodings turn letters into others without a sign. Most editors offer 'Save with encoding'.",
    ),
    _rule(
        "FIL004",
        "Keep files within a size that people write.",
        "A record may have 4 MiB. Large sets of options belong in a table: options.csv or options.parquet.",
    ),
    _rule(
        "FIL005",
        "Keep the whole dossier inside its folder.",
        "A symbolic link that leads out of the folder would make the dossier depend on what no reader is given. Put a "
        "copy of the file into the folder.",
    ),
    _rule(
        "FIL006",
        "Leave no record empty.",
        "An empty file is most often a mistake in saving. Fill it or delete it: all files but criteria.yaml and one "
        "option may be missing.",
    ),
    _rule(
        "FIL007",
        "Give a record the name that it is looked for by.",
        "Records end in .yaml, and an option's file name is its id: small letters, digits and single hyphens, as in "
        "no-action.yaml. Rename the file.",
    ),
    _rule(
        "FIL008",
        "Have at least one option.",
        "There is nothing to rank without one. Write one file for each option into options/, or rows into options.csv; "
        "policyopts add ID writes a file to fill in.",
    ),
    _rule(
        "FIL009",
        "Mend the mistakes of a table that are listed; those that are not are counted.",
        "Of a table's rows, and of its cells, the first thousand that are wrong are listed. Where there are more, they "
        "are most often of one kind: a wrong scale, another decimal point, a shifted column.",
    ),
    _rule(
        "FIL010",
        "Have what it takes to read a file.",
        "Parquet is read by duckdb, which comes with: pip install 'policyopts[tables]'. A table of any size may be "
        "kept as options.csv as well, which takes nothing more.",
    ),
    _rule(
        "FIL011",
        "Have one table of options.",
        "A table stands in options.csv or in options.parquet. With two, nobody could tell which of them counts.",
    ),
    _rule(
        "YML101",
        "Write files that are YAML, and tables that are CSV.",
        "Common mistakes: a tab to indent with, a text with ': ' or ' #' in it and no quotes around it, a quotation "
        "mark without its partner.",
    ),
    _rule(
        "YML102",
        "Give each key once.",
        "Of a key that is given twice, most readers of YAML drop one value without a word. Keep one of them.",
    ),
    _rule(
        "YML103",
        "Repeat what is meant, without anchors, aliases and merge keys.",
        "A figure that is written elsewhere in the file cannot be reviewed where it counts. Write the value out.",
    ),
    _rule(
        "YML104",
        "Write plain values, without tags.",
        "Tags can make a file mean another thing to another program. Remove the part that begins with '!'.",
    ),
    _rule(
        "YML105",
        "Write one document into a file.",
        "What stands after a line of '---' would not be read. Remove the line, or move the second document into a file "
        "of its own.",
    ),
    _rule(
        "YML106",
        "Nest no deeper than 32 levels.",
        "No record needs as many. Look for a bracket that is not closed.",
    ),
    _rule(
        "KEY201",
        "Use only keys that are known.",
        "A key with a slip in its name would be passed over, and what it says with it. The message names the key that "
        "is nearest; policyopts schema lists all.",
    ),
    _rule(
        "KEY202",
        "Give the keys without which nothing can be computed.",
        "Few are needed: criteria with a weight and a scale or a direction, and what a part that is there cannot do "
        "without. Add the key.",
    ),
    _rule(
        "VAL211",
        "Give each key the kind of value that it takes.",
        "A text stands where a number is needed, or the other way round. Numbers are written with a decimal point and "
        "without a unit; a text that looks like a number needs quotes.",
    ),
    _rule(
        "VAL212",
        "Choose among the values that a key knows.",
        "The message lists them.",
    ),
    _rule(
        "VAL213",
        "Keep numbers within their bounds.",
        "A chance lies from 0 to 1, the value of a level from 0 to 100, and the chances of all frames come to 1.",
    ),
    _rule(
        "VAL214",
        "Write dates as year, month and day.",
        "5/6/2021 is two days to two readers. Write 2021-06-05.",
    ),
    _rule(
        "VAL215",
        "Write ids in small letters, digits and single hyphens.",
        "Ids are typed at the command line, are file names and stand in links: escalation-risk is the same in all of "
        "them. 'root' is taken: it names the top of the criteria tree.",
    ),
    _rule(
        "VAL216",
        "Write parts that agree with each other.",
        "Two keys contradict each other, or a list is not of the form that it needs: a scale whose ends are the same, "
        "a direction against the anchors, points that do not cover the scale. The message names both.",
    ),
    _rule(
        "REF221",
        "Name only what there is.",
        "An id stands for no option, criterion, group, source, evidence item, assumption or method. Mend the slip, or "
        "add what is meant.",
    ),
    _rule(
        "REF222",
        "Use the levels of the scale, and the words of the lexicon.",
        "A score is written with a word that its criterion does not have. Levels are those under scale: levels; words "
        "of likelihood are for scales in % and come from the lexicon that the decision names.",
    ),
    _rule(
        "REF223",
        "Use an id once.",
        "An id that stands for two things stands for neither. Ids of criteria and groups are unique in the whole tree, "
        "ids of options over the folder and the table.",
    ),
    _rule(
        "WGT301",
        "Give weights of 0 or more, and not all of a group 0.",
        "A negative weight would reward what is worst; a group whose weights are all 0 cannot divide what it has. A "
        "criterion that counts the other way round is said by its scale: worst above best.",
    ),
    _rule(
        "SCR401",
        "Score every option on every criterion.",
        "A score that is missing is never taken for 0. Where it is not known, write unknown: it then counts as the "
        "whole scale.",
    ),
    _rule(
        "SCR402",
        "Keep scores on their scale, low before value before high.",
        "A figure beyond the anchors means that either is wrong: mend the figure, or widen the scale and look at the "
        "weight again, which is the worth of the swing over that scale.",
    ),
    _rule(
        "EVD501",
        "Grade sources and items by the Admiralty code.",
        "A letter A to F says how reliable the source is, a digit 1 to 6 how credible the information (STANAG 2511). A "
        "source has a letter, or both; an item has both, as in B2.",
    ),
)

READER_RULES: Mapping[str, Rule] = {rule.code: rule for rule in _RULES}
"""Each rule by its code."""
