"""R2 and R3 over the integers, from what the keyed sums say modulo r (clause_rollup.py): numbers of
positions and sums of amounts."""

from prove import AMOUNT, ASSET_ID, R, SPAN_BITS, integer, same, theorem, within

import z3

MANY = 2**17  # positions over all accounts


def occurs(bits=SPAN_BITS):
    """An id's number of positions is 1 and a number: it is not 0."""
    positions, slack = integer(), integer()
    ranges = [within(positions, MANY + 1), within(slack, 2**bits if bits else R)]
    return [*ranges, same(positions, 1 + slack)], positions >= 1


def whole_total(most=MANY):
    """A total in its range is the sum of its amounts, which is then below 2^112 too."""
    total, amounts = integer(), integer()
    ranges = [within(total, 2**AMOUNT), within(amounts, most * 2**AMOUNT)]
    return [*ranges, same(total, amounts)], total == amounts


def empty(bits=AMOUNT):
    """Amounts that add up to 0: one, and the rest."""
    one, rest = integer(), integer()
    ranges = [within(one, 2**bits), within(rest, MANY * 2**bits)]
    return [*ranges, same(one + rest, 0)], one == 0


def reading(bits=ASSET_ID):
    """An entry of an id in range, as an element: the integer that the specification says."""
    entry, identifier, amount = integer(), integer(), integer()
    ranges = [within(entry, R), within(identifier, 2**bits), within(amount, 2**AMOUNT)]
    whole = entry == identifier * 2**128 + amount
    return [*ranges, same(entry, identifier * 2**128 + amount)], z3.And(whole, entry < 2**248)


def difference():
    """An honest prover has a number between two ids that ascend, and between a count and 1."""
    before, identifier, count = integer(), integer(), integer()
    ranges = [within(before, 2**ASSET_ID), within(identifier, 2**ASSET_ID), within(count, MANY + 1)]
    left, more = identifier - before - 1, count - 1
    hypotheses = [*ranges, identifier > before, count >= 1]
    return hypotheses, z3.And(within(left, 2**ASSET_ID), within(more, MANY))


def prove():
    theorem("R2: a listed id is of one position or more", [occurs()], {"a number in no range": occurs(0)})
    theorem("R3: a total is the sum over the integers", [whole_total()], {"2^143 amounts": whole_total(2**143)})
    theorem("R3: amounts at the id 0 are 0", [empty()], {"amounts of 237 bits": empty(237)})
    theorem("R3: an entry of an id in range is that integer", [reading()], {"an id of 126 bits": reading(126)})
    hypotheses, conclusion = difference()
    planted = {"ids that may be equal": ([h for i, h in enumerate(hypotheses) if i != 3], conclusion)}
    theorem("R2: differences of ids and counts have numbers", [(hypotheses, conclusion)], planted)
