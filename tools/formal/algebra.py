"""Implications between polynomial equations over the field, by Groebner bases (for logup.py
and gates.py)."""

import time

import sympy
from sympy import Symbol, groebner

from prove import R, Report


def basis(system, modulus):
    unknowns = sorted(set().union(*(sympy.sympify(e).free_symbols for e in system)), key=str)
    return groebner(system, *unknowns, modulus=modulus, order="grevlex").exprs


def implied(hypotheses, conclusion, modulus=R):
    """Whether conclusion = 0 wherever all hypotheses are 0, in every extension of the field:
    1 is in the ideal of the hypotheses and 1 - y * conclusion. Hypotheses that nothing
    satisfies imply nothing here. They are equations of gates, and ranges of the ledger
    (docs/security/hypotheses.md: H1, H3, H4)."""
    system = [h for h in hypotheses if h != 0]
    if basis(system, modulus) == [1]:
        return False
    return basis([*system, 1 - Symbol("y") * conclusion], modulus) == [1]


def theorem(name, proofs, weakened):
    """`proofs`: all must hold. `weakened`: label -> a planted variant that must not."""
    start = time.monotonic()
    bad = [f"case {i} is not proved" for i, proof in enumerate(proofs, 1) if not proof]
    bad += [f"the weakened variant ({label}) is not refuted" for label, holds in weakened.items() if holds]
    if not proofs or not weakened:
        bad.append("nothing was tried")
    cases = f"{len(proofs)} case{'s' * (len(proofs) != 1)}"
    text = f"{name} [{cases}; refuted: {', '.join(weakened)}]"
    Report.line(not bad, "; ".join([text, *bad]) + f" {time.monotonic() - start:.1f} s")
