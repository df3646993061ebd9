"""Packed numbers decode in one way (S8's words, the entries of positions), and no packing
reaches r. A packing is a sum of fields at fixed shifts; each field lies in its slot, so
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
    first is a congruence: the words are below R, which is a case of its own."""
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
    again. With an honest word (mask of 15 bits, netting a bit) it is the honest mask, though
    nothing but the word ties bit 15 to `used`. `tied`: the honest mask has 15 bits."""
    bits, used, netting, rest = (integer() for _ in range(4))
    honest, netting2, rest2 = (integer() for _ in range(3))
    hypotheses = [within(bits, 2**16), within(used, 2), within(netting, 2), within(rest, 2**80)]
    hypotheses += [within(honest, 2**15 if tied else 2**16), within(netting2, 2), within(rest2, 2**80)]
    # Above the id and the share, which peel off first: they are below 2^136 in both.
    word = bits - 2**15 * used + 2**16 * netting + 2**24 * rest
    word2 = honest + 2**16 * netting2 + 2**24 * rest2
    low, low2 = integer(), integer()
    hypotheses += [within(low, 2**136), within(low2, 2**136)]
    hypotheses.append(same(low + 2**136 * word, low2 + 2**136 * word2))
    equal = z3.And(low == low2, bits - 2**15 * used == honest, netting == netting2, rest == rest2)
    return hypotheses, equal


def entry(amount_bits=AMOUNT, listed=True):
    """A counted position: its key is one of the policy's (a collateral key is an id, a
    liability key an id + 2^120), its amount is range-checked, its entry was made honestly. Then
    what the circuit reads is what was committed, and the key is of the right kind."""
    key, kind, amount, honest_id, honest_amount = (integer() for _ in range(5))
    identifier = key - (kind - 1) * 2**ASSET_ID
    hypotheses = [
        within(key, 2 * 2**ASSET_ID if listed else R),
        z3.Or(kind == 1, kind == 2),
        within(amount, 2**amount_bits),
        within(honest_id, 2**ASSET_ID),
        within(honest_amount, 2**AMOUNT),
        same(identifier * 2**128 + amount, honest_id * 2**128 + honest_amount),
    ]
    right = z3.And(identifier == honest_id, amount == honest_amount, (kind == 2) == (key >= 2**ASSET_ID))
    return hypotheses, right


def ascending(checked):
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
        "a counted position is what was committed",
        [entry()],
        {"amounts of 129 bits": entry(amount_bits=129), "keys outside of the policy": entry(listed=False)},
    )
    theorem("ids ascend", [ascending(True)], {"difference not range-checked": ascending(False)})
