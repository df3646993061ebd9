"""Puts the tables that the soundness tests printed into docs/security/soundness.md.

    python3 tools/soundness/tables.py LOG DOCUMENT

A table is a heading, and the rows and remarks that follow it; other lines of the log are the
tests' own. Every table of the document is replaced, so that none is older than the others.
"""

import pathlib
import sys

BEGIN, END = "## Latest tables\n", "## Allow-list\n"
# What the titles begin with: the operators, a clause switched off, bugs planted in a small circuit,
# and what malicious commitments did.
EXPECTED = {
    "mutate:", "rigidity:", "repair:", "lint:", "anchor:", "Malicious", "One", "Planted",
}


def tables(log):
    found = []
    current = None
    for line in log.splitlines():
        if line.startswith("### "):
            current = [line]
            found.append(current)
        elif current is not None and (not line or line[0] in "|-"):
            current.append(line)
        else:
            current = None
    return sorted("\n".join(lines).strip() for lines in found)


def main():
    log, document = map(pathlib.Path, sys.argv[1:])
    found = tables(log.read_text())
    titles = [table.splitlines()[0] for table in found]
    kinds = {title.split()[1] for title in titles}
    if kinds != EXPECTED or len(set(titles)) != len(titles):
        sys.exit(f"expected tables of {sorted(EXPECTED)}, each title once, got {titles}")
    before, rest = document.read_text().split(BEGIN)
    _, after = rest.split(END)
    document.write_text(before + BEGIN + "\n" + "\n\n".join(found) + "\n\n" + END + after)


if __name__ == "__main__":
    main()
