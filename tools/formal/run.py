"""Proves the lemmas; then, of every emitted system in target/formal, the theorems: S1 to S10 of a
claim, R1 to R6 of a roll-up; then that none of the systems with a planted bug has them all; with the
word `all`, that none has them without one of its polynomials. Exits with 1 unless all of that holds,
and only then writes proved.json, the digests of what was proved. With the word `quick` there are few
systems and none with bugs, and it writes nothing."""

import hashlib
import json
import sys
import time
from multiprocessing import Pool
from pathlib import Path

import completeness
import logup
import range_check
import rollup_sums
import theorems
import tier_bound
from prove import LAYOUTS, Report
from system import System

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
EMITTED = ROOT / "target" / "formal"
PROVED = HERE / "proved.json"
# Circuits that a run without `all` does not prove.
LARGER = ("medium", "large", "rollup-256x12-12", "rollup-64x57-57")
# Equations that only make values unique: limbs that no number has.
UNIQUE = {"unused limb of a top row = 0", "unused limb = 0"}
# What a roll-up does without. Every position must count there, so that whether it does is 1 and a bit;
# and its one register ends in the cell in which it begins, so that only differences matter.
OF_A_CLAIM = {("position", "c is a bit"), ("origin", "g = 0")}


def proofs_of(path):
    return path, theorems.prove(path.read_text(encoding="utf-8"))


def systems(pool):
    """The theorems of what the circuit emits."""
    paths = sorted(EMITTED.glob("*.json"), key=lambda p: -p.stat().st_size)
    if not paths:
        sys.exit("expected emitted systems in target/formal, got none")
    for path, results in pool.imap(proofs_of, paths):
        print(f"{path.stem}: {sum(r.seconds for r in results):.1f} s")
        for r in results:
            why = f": NOT PROVED, {r.refused}" if r.refused else ""
            Report.line(not r.refused, f"  {r.name}{why} {r.seconds:.1f} s")
    return paths


def bugs(pool):
    """Every planted bug costs a theorem."""
    paths = sorted((EMITTED / "bugs").glob("*.json"))
    if not paths:
        sys.exit("expected systems with planted bugs in target/formal/bugs, got none")
    for path, results in pool.imap(proofs_of, paths):
        lost = [r for r in results if r.refused and not r.refused.startswith("uses: ")]
        text = "; ".join(f"{r.name}: {r.refused}" for r in lost) or "every theorem still holds"
        Report.line(bool(lost), f"bug {path.stem} is noticed: {text}")


def without(case):
    """The theorems of a system without one of its polynomials."""
    path, number = case
    parts = json.loads(path.read_text(encoding="utf-8"))
    [polynomials] = [part for name, part in parts if name == "constraints"]
    gate, name, _ = polynomials.pop(number)
    return f"{path.stem} without {gate}: {name}", theorems.prove(json.dumps(parts))


def needless(polynomials, is_rollup):
    """Polynomials without which every theorem holds. Where a mask's top bit is the used flag (H53), it is
    a bit because that flag is one."""
    if is_rollup:
        return {i for i, (gate, name, _) in enumerate(polynomials) if (gate, name) in OF_A_CLAIM}
    bits = [i for i, (gate, name, _) in enumerate(polynomials) if (gate, name) == ("bits", "bit")]
    flagged = any(name == "operand = top bit" for _, name, _ in polynomials)
    return {bits[-1]} if flagged else set()


def silent(text):
    """Polynomials that say nothing at any row: a roll-up's system has gates that only a claim uses."""
    system = System(text)
    return {c.number for c in system.constraints} - {e.constraint for e in system.equations()}


def removed(pool):
    """Every polynomial is needed, in the layouts that have planted bugs, but for those without which
    every theorem still holds, and those that are on at no row."""
    planted = {p.stem.split("-", 1)[1] for p in (EMITTED / "bugs").glob("*.json")}
    cases, spared = [], []
    for path in (EMITTED / f"{name}.json" for name in sorted(planted)):
        text, is_rollup = path.read_text(encoding="utf-8"), path.stem.startswith("rollup-")
        polynomials, off = dict(json.loads(text))["constraints"], silent(text)
        if is_rollup:
            print(f"{path.stem}: {len(off)} of {len(polynomials)} polynomials are a claim's and on at no row")
        elif off:
            Report.line(False, f"{path.stem}: {len(off)} polynomials are on at no row")
        tried = [i for i, (_, name, _) in enumerate(polynomials) if name not in UNIQUE and i not in off]
        without_loss = needless(polynomials, is_rollup)
        cases += [(path, i) for i in tried]
        spared += [i in without_loss for i in tried]
    for (name, results), is_spared in zip(pool.imap(without, cases), spared):
        lost = [r for r in results if r.refused and not r.refused.startswith("uses: ")]
        text = "; ".join(f"{r.name}: {r.refused}" for r in lost) or "every theorem still holds"
        if is_spared:
            Report.line(not lost, f"{name}, which is not needed: {text}")
        else:
            Report.line(bool(lost), f"{name} is noticed: {text}")


def record(paths):
    """What was proved: the digest of each emitted system, and the circuits that ship. Systems that
    were proved before and were not emitted now stay; a test compares them all with the circuit."""
    before = json.loads(PROVED.read_text())["systems"] if PROVED.exists() else {}
    digests = {name: digest for name, digest in before.items() if name in LARGER}
    digests |= {p.stem: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(paths)}
    ids = {p.stem: p.read_text().strip() for p in sorted((ROOT / "verifier" / "data").glob("*.id"))}
    ordered = {"systems": dict(sorted(digests.items())), "circuits": ids}
    PROVED.write_text(json.dumps(ordered, indent=2) + "\n")


def main():
    start, quick = time.monotonic(), sys.argv[1:] == ["quick"]
    print("lemmas for limbs of (bits x columns):", " ".join(f"{b}x{n}" for b, n in LAYOUTS))
    for script in (range_check, logup, tier_bound, completeness, rollup_sums):
        script.prove()
    with Pool(2) as pool:
        paths = systems(pool)
        if not quick:
            bugs(pool)
        if sys.argv[1:] == ["all"]:
            removed(pool)
    print(f"{Report.proved} theorems proved, {Report.failed} failed, {time.monotonic() - start:.0f} s")
    if Report.failed or not Report.proved:
        return 1
    if not quick:
        record(paths)
    return 0


if __name__ == "__main__":
    sys.exit(main())
