"""The flags and states of the gates: what a row's equations say where products are 0
(`header of an account`, `chain`, `position`, `key of an asset`, the netting flag): H20, H24, H28,
H30, H31, H37, H41."""

from sympy import symbols

from algebra import implied, theorem

AMOUNT, ENTRY, ID, COUNTS, STATE, DELTA = symbols("amount entry id counts state delta")
INPUT, OUTPUT, NEXT, BEFORE = symbols("so_far output next before")


def active(state):
    """1 for the states 1 and 2, 0 for 0; twice that, as no fraction is needed here."""
    return state * (3 - state)


def position(kind_checked=True):
    """The gate `position`, without the challenge register."""
    not_counted = (COUNTS - 1) * (COUNTS - 2)
    equations = [
        COUNTS * (COUNTS - STATE),
        COUNTS * (ENTRY - ID * 2**128 - AMOUNT),
        not_counted * ID,
        not_counted * AMOUNT,
        not_counted * (STATE - 1) * ENTRY,
    ]
    return equations if kind_checked else equations[1:]


def prove():
    weight = 2 * AMOUNT + DELTA * active(COUNTS)
    theorem(
        "S2: a liability cannot be left out, an unused block holds nothing",
        [
            implied([*position(), STATE - 2], ENTRY * (COUNTS - 2)),
            implied([*position(), STATE], ENTRY),
            implied([*position(), STATE], COUNTS),
        ],
        {
            "collateral may be left out": implied([*position(), STATE - 1], ENTRY * (COUNTS - 1)),
            "another kind than the account's": implied([*position(False), STATE - 2], COUNTS * (COUNTS - 2)),
        },
    )
    theorem(
        "S2: what does not count weighs nothing, what counts weighs its amount and one",
        [
            implied([*position(), COUNTS], weight),
            implied([*position(), COUNTS - 1], weight - 2 * AMOUNT - 2 * DELTA),
            implied([*position(), COUNTS - 2], weight - 2 * AMOUNT - 2 * DELTA),
        ],
        {"amount not tied to counting": implied([position()[0], COUNTS], weight)},
    )
    states = STATE * (STATE - 1) * (STATE - 2)
    follows = [STATE * (STATE - BEFORE), BEFORE * (BEFORE - 1) * (BEFORE - 2)]
    chain = 2 * (NEXT - INPUT) - active(STATE) * (OUTPUT - INPUT)
    theorem(
        "S1: a block is unused or of its account's kind, and unused after an unused one",
        [implied(follows, states), implied(follows, STATE * (STATE - BEFORE)), implied([*follows, BEFORE], STATE)],
        {"any state": implied([follows[1]], states)},
    )
    theorem(
        "S1: an active block hashes, an unused one passes on",
        [implied([states, chain], STATE * (NEXT - OUTPUT)), implied([chain, STATE], NEXT - INPUT)],
        {"state not checked": implied([chain], STATE * (NEXT - OUTPUT))},
    )
    netting, refused, netted = symbols("netting refused netted")
    flag = [netting + refused - 1, netting * refused]
    theorem(
        "S3: the netting flag is a bit, and n_a is 0 without it",
        [implied(flag, netting * (netting - 1)), implied([*flag, netted * refused, netting], netted)],
        {
            "no product": implied(flag[:1], netting * (netting - 1)),
            "n_a not tied": implied([*flag, netting], netted),
        },
    )
    used, step, key, total, count = symbols("used step key total count")
    asset = [step * key + used * (total + DELTA * count), (1 - used) * total, (1 - used) * count]
    theorem(
        "S2: an unused asset has no total",
        [implied([*asset, used], total), implied([*asset, used], step * key)],
        {"total not tied": implied([asset[0], used], total)},
    )
