"""Packed numbers decode in one way (S8's words, the entries of positions), and no packing
reaches r (H32, H52). A packing is a sum of fields at fixed shifts; each field lies in its slot, so
peeling the lowest off, again and again, leaves no choice (each step is proved)."""

import z3

from prove import AMOUNT, ASSET_ID, SPAN_BITS, R, integer, same, theorem, within

# (slot bits, field bits), lowest first; SPEC section 5. The last slot is open.
MULTIPLIERS = [(16, 16)] * 5
W1 = [(120, ASSET_ID), (16, 14), (16, 15), (8, 1), *MULTIPLIERS]
W2 = [(64, 60), (16, 14), (64, 60), (16, 14), *MULTIPLIERS]
W3 = [(64, 60), (16, 14), (16, 14), *MULTIPLIERS]
RATIOS, SHARES = [(16, 16)] * 15, [(16, 14)] * 15
ENTRY = [(128, AMOUNT), (120, ASSET_ID)]


def peeled(layout):
    """One case a field: the lowest fields and the rests of two equal words are equal. The
    first is a congruence: the words are below R, which is a case of its own. Fields are in their
    ranges: H4, H50, H51."""
    most = sum((2**bits - 1) << sum(s for s, _ in layout[:i]) for i, (_, bits) in enumerate(layout))
    word = integer()
    yield [within(word, most + 1)], word < R
    for step, (slot, bits) in enumerate(layout[:-1]):
        low, low2, rest, rest2 = (integer() for _ in range(4))
        left, right = low + 2**slot * rest, low2 + 2**slot * rest2
        above = most >> sum(s for s, _ in layout[: step + 1])
        ranges = [within(x, 2**bits) for x in (low, low2)] + [within(x, above + 1) for x in (rest, rest2)]
        equal = same(left, right) if step == 0 else left == right
        yield [*ranges, equal], z3.And(low == low2, rest == rest2)


def planted(layout, at, bits):
    """A word with one field wider than its slot."""
    slot = layout[at][0]
    low, low2, rest, rest2 = (integer() for _ in range(4))
    ranges = [within(x, 2**bits) for x in (low, low2)] + [within(x, 2**16) for x in (rest, rest2)]
    return [*ranges, same(low + 2**slot * rest, low2 + 2**slot * rest2)], low == low2


def mask(tied):
    """The group mask of w1: sixteen bits of which the uppermost is the `used` flag, taken away
    again (H53). With the word of a policy document (H54: mask of 15 bits, netting a bit) it is the
    document's mask, though nothing but the word ties bit 15 to `used`. `tied`: that mask has 15
    bits."""
    bits, used, netting, rest = (integer() for _ in range(4))
    honest, netting2, rest2 = (integer() for _ in range(3))
    hypotheses = [within(bits, 2**16), within(used, 2), within(netting, 2), within(rest, 2**80)]
    hypotheses += [within(honest, 2**15 if tied else 2**16), within(netting2, 2), within(rest2, 2**80)]
    # Above the id and the share, which peel off first: they are below 2^136 in both (H52).
    word = bits - 2**15 * used + 2**16 * netting + 2**24 * rest
    word2 = honest + 2**16 * netting2 + 2**24 * rest2
    low, low2 = integer(), integer()
    hypotheses += [within(low, 2**136), within(low2, 2**136)]
    hypotheses.append(same(low + 2**136 * word, low2 + 2**136 * word2))
    equal = z3.And(low == low2, bits - 2**15 * used == honest, netting == netting2, rest == rest2)
    return hypotheses, equal


def entry(amount_bits=AMOUNT, listed=True):
    """A counted position: its id is one of the policy's (H33), its amount has its range (H4), its
    entry is any element of the field, made by anybody (H29). Then the entry's upper and lower half
    are that id and that amount, over the integers (H32)."""
    identifier, amount, element, upper, lower = (integer() for _ in range(5))
    hypotheses = [
        within(identifier, 2**ASSET_ID if listed else R),
        within(amount, 2**amount_bits),
        within(element, R),
        same(element, identifier * 2**128 + amount),
        element == upper * 2**128 + lower,
        within(lower, 2**128),
    ]
    return hypotheses, z3.And(upper == identifier, lower == amount)


def ascending(checked):
    """Ids of used slots (H57), each in its range."""
    previous, current, difference = (integer() for _ in range(3))
    hypotheses = [within(x, 2**ASSET_ID) for x in (previous, current)]
    hypotheses.append(within(difference, 2**SPAN_BITS if checked else R))
    return [*hypotheses, same(previous + 1 + difference, current)], previous < current


def prove():
    words = (("w1", W1, 4, 17), ("w2", W2, 0, 65), ("w3", W3, 1, 17))
    for name, layout, at, bits in words:
        theorem(f"{name} decodes in one way", peeled(layout), {f"a field of {bits} bits": planted(layout, at, bits)})
    theorem("15 ratios decode in one way", peeled(RATIOS), {"17 bits": planted(RATIOS, 3, 17)})
    theorem("15 shares decode in one way", peeled(SHARES), {"17 bits": planted(SHARES, 3, 17)})
    theorem("the mask with the used flag is the policy's", [mask(True)], {"16 groups": mask(False)})
    theorem("eight bits decode in one way", peeled([(1, 1)] * 8), {"limbs of 2 bits": planted([(1, 1)] * 8, 3, 2)})
    theorem("entries decode in one way", peeled(ENTRY), {"amounts of 129 bits": planted(ENTRY, 0, 129)})
    theorem(
        "a counted position is its entry's two halves",
        [entry()],
        {"amounts of 129 bits": entry(amount_bits=129), "an id that the policy lacks": entry(listed=False)},
    )
    theorem("ids ascend", [ascending(True)], {"difference not range-checked": ascending(False)})
