"""Takes one defence out at a time and asks that the test which guards it fails.

    python3 tools/mutants/run.py [--only REGEX] [--list] [--minutes N]

Works on a copy of what is committed, target/mutants/tree, with a build directory of its own
(target/mutants/build, or MUTANTS_TARGET_DIR), so that the checkout and its target are left
alone. Exits non-zero if a mutant survives, does not compile, or a text of list.toml is not
found exactly once. What is seen to fail is for docs/security/coverage.md.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = ROOT / "target/mutants"
TREE = WORK / "tree"


def tree():
    """A checkout of HEAD; files that did not change keep their times, and builds with them."""
    WORK.mkdir(parents=True, exist_ok=True)
    git = ["git", "-C", str(ROOT)]
    subprocess.run([*git, "worktree", "prune"], check=True)
    if TREE.exists():
        inside = ["git", "-C", str(TREE)]
        subprocess.run([*inside, "checkout", "--quiet", "--", "."], check=True)
        head = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
        subprocess.run([*inside, "checkout", "--quiet", "--detach", head.stdout.strip()], check=True)
    else:
        subprocess.run([*git, "worktree", "add", "--quiet", "--detach", str(TREE), "HEAD"], check=True)
    modules = TREE / "contracts/node_modules"
    if not modules.exists():
        modules.symlink_to(ROOT / "contracts/node_modules")


def command(mutant):
    cargo = os.environ.get("CARGO", "cargo")
    package = mutant["package"]
    if "clippy" in mutant:
        return [cargo, "clippy", "--locked", "-p", package, "--lib", "--", "-D", "warnings"]
    if "deny" in mutant:
        return [cargo, "deny", "--locked", "check", "licenses", "sources"]
    # All of the workspace but for unit tests, so that features are resolved once for all mutants.
    unit = mutant["target"] == "lib"
    words = [cargo, "test", "--locked", *(["-p", package] if unit else ["--workspace"])]
    if "features" in mutant:
        words += ["--features", f"{package}/{mutant['features']}"]
    words += ["--lib"] if unit else ["--test", mutant["target"]]
    return words + ["--", "--exact", mutant["test"]]


def judge(mutant, code, output):
    """What became of a mutant, and the words that say so."""
    if "clippy" in mutant or "deny" in mutant:
        told = mutant["expect"] in output
        return ("seen", mutant["expect"]) if code and told else ("SURVIVED", "")
    test = re.escape(mutant["test"])
    if re.search(rf"^test {test} \.\.\. FAILED", output, re.M):
        panic = re.search(r"panicked at ([^\n]*):\n([^\n]*)", output)
        words = f"{panic[1]}: {panic[2]}" if panic else ""
        if mutant.get("expect", "") not in output:
            return "OTHERWISE", words
        return "seen", words
    if re.search(rf"^test {test} \.\.\. ok", output, re.M):
        return "SURVIVED", ""
    return "BROKEN", "it does not compile, or no such test ran"


def run(mutant, env):
    path = TREE / mutant["file"]
    text = path.read_text()
    if text.count(mutant["old"]) != 1:
        return "BROKEN", f"the text occurs {text.count(mutant['old'])} times in {mutant['file']}"
    try:
        path.write_text(text.replace(mutant["old"], mutant["new"]))
        # stdout and stderr together: a test's panic is told on either.
        done = subprocess.run(command(mutant), cwd=TREE, env=env, text=True, errors="replace",
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    finally:
        path.write_text(text)
    (WORK / "last.log").write_text(done.stdout)
    verdict, words = judge(mutant, done.returncode, done.stdout)
    if verdict != "seen":
        name = re.sub(r"\W+", "-", mutant["id"]) + ".log"
        (WORK / name).write_text(done.stdout)
    return verdict, words


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--only", help="mutants of whose id, file and package a part matches this regular expression")
    options.add_argument("--list", action="store_true", help="print them and whether their texts are found, run none")
    options.add_argument("--minutes", type=float, help="begin none after so many minutes")
    options = options.parse_args()
    mutants = tomllib.loads((pathlib.Path(__file__).parent / "list.toml").read_text())["mutant"]
    ids = [m["id"] for m in mutants]
    assert len(ids) == len(set(ids)), "an id twice"
    if options.only:
        mutants = [m for m in mutants if re.search(options.only, f"{m['id']} {m['file']} {m['package']}")]
    if options.list:
        gone = 0
        for mutant in mutants:
            print(mutant["id"], "|", " ".join(command(mutant)))
            path = ROOT / mutant["file"]
            count = path.read_text().count(mutant["old"]) if path.exists() else 0
            if count != 1:
                print(f"    the text occurs {count} times in {mutant['file']}")
                gone += 1
        return 1 if gone else 0
    tree()
    # A mutant changes a few lines of one crate: only what they are compiled into is made anew.
    # That a random claim is noticed is enough: nobody wants the smallest one.
    env = dict(os.environ, RUST_BACKTRACE="0", CARGO_INCREMENTAL="1", CARGO_PROFILE_DEV_DEBUG="0",
               PROPTEST_MAX_SHRINK_ITERS="0")
    env["CARGO_TARGET_DIR"] = os.environ.get("MUTANTS_TARGET_DIR", str(WORK / "build"))
    begun = time.monotonic()
    counts = {}
    print("| mutant | verdict | seconds | by |\n|---|---|---|---|", flush=True)
    for mutant in mutants:
        if options.minutes and time.monotonic() - begun > 60 * options.minutes:
            verdict, words, took = "not run", "", 0.0
        else:
            start = time.monotonic()
            verdict, words = run(mutant, env)
            took = time.monotonic() - start
        counts[verdict] = counts.get(verdict, 0) + 1
        words = words[:150].replace("|", "\\|")
        print(f"| {mutant['id']} | {verdict} | {took:.0f} | {words} |", flush=True)
    print("\n" + ", ".join(f"{n} {verdict}" for verdict, n in counts.items()))
    return 0 if set(counts) <= {"seen"} else 1


if __name__ == "__main__":
    sys.exit(main())
