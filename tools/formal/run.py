"""Runs every proof; exits with 1 if any fails."""

import sys
import time

import gates
import logup
import packing
import range_check
import settlement
from prove import LAYOUTS, Report


def main():
    start = time.monotonic()
    print("layouts (limb bits x limb columns):", " ".join(f"{b}x{n}" for b, n in LAYOUTS))
    for script in (range_check, logup, gates, packing, settlement):
        script.prove()
    print(f"{Report.proved} theorems proved, {Report.failed} failed, {time.monotonic() - start:.0f} s")
    return 1 if Report.failed or not Report.proved else 0


if __name__ == "__main__":
    sys.exit(main())
