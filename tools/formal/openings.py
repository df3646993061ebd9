"""What a commitment opens to, in a claim (S1) and in a roll-up (R1): 0, or a chain of H from a header
over blocks, in each case of the states. Entries, times and blindings are arbitrary elements."""

import spec
from chains import Chain, number, single
from lookup_rule import Refused
from poly import add, var


def read(circuit, commitment, name):
    """(cases, entries, time): a commitment is 0 and unused, or H(tag of its kind, subject, time, blinding,
    entries) and its blocks, with a public subject, from the first block of the slot on without a gap;
    what is beyond the positions is 0. A case is (states, kind or None, the entries of its blocks)."""
    chain = Chain(circuit, commitment, name)
    cases, times = [], set()
    for case in chain.cases():
        start, outputs = chain.unfold(case)
        if not outputs:
            if start != 0:
                raise Refused("an unused commitment is not 0")
            cases.append((case, None, []))
            continue
        header, *rest = [chain.words(out) for out in outputs]
        if start not in spec.KINDS or single(header[0]) != circuit.public["subject"]:
            raise Refused("the first block is not a header")
        if len(header) != 3 + spec.FIRST or any(len(block) != spec.BLOCK for block in rest):
            raise Refused("a block has not the specification's number of entries")
        times.add(frozenset(header[1].items()))
        words = [*header[3:], *(p for block in rest for p in block)]
        words, beyond = words[: circuit.positions], words[circuit.positions :]
        flat = [single(p) for p in words]
        if None in flat or len(set(flat)) != len(flat) or any(number(p) != 0 for p in beyond):
            raise Refused("an entry is no cell of its own, or one beyond the positions is not 0")
        cases.append((case, spec.KINDS[start], flat))
    longest = max((flat for _, _, flat in cases), key=len)
    if len(longest) != circuit.positions or {kind for _, kind, _ in cases} != {None, 0, 1} or len(times) != 1:
        raise Refused("not every kind and length of an account is there")
    if any(flat != longest[: len(flat)] for _, _, flat in cases):
        raise Refused("an account's entries do not begin at its first block")
    return cases, longest, dict(times.pop())


def apart(entries):
    """No entry is of two accounts: a position that is in the sums once would be in two of them."""
    every = [e for longest in entries for e in longest]
    if len(set(every)) != len(every):
        raise Refused("two accounts have one entry's cell")


def in_window(circuit, times):
    """Every account's time is from the first to the last second of the window (H70: both are below
    2^64, whatever the time in the header is)."""
    facts, public = circuit.facts, circuit.public
    first, last = var(public["from"]), var(public["to"])
    for time in times:
        time = facts.reduce(time)
        goals = (add(last, time, -1), add(time, first, -1))
        for goal in goals:
            slack = single(facts.reduce(goal))
            if slack not in facts.ranges and facts.not_negative(goal) is None:
                raise Refused("a time may be outside of the window")
        # One of the two is over the integers, so that the time is an integer between them.
        if all(facts.not_negative(goal) is None for goal in goals):
            raise Refused("the window is not one of integers")


def entries_with_steps(circuit, entries):
    """({entry: its keyed step}, steps that read no entry): each entry has one step of its own."""
    of_entry, others = {}, []
    for step in circuit.sums:
        read_here = {x for mono in step.key for x in mono} & entries
        if len(read_here) > 1:
            raise Refused("a position has two entries")
        if read_here:
            of_entry.setdefault(read_here.pop(), []).append(step)
        else:
            others.append(step)
    if any(len(of_entry.get(e, [])) != 1 for e in entries):
        raise Refused("an entry has not one position of its own")
    return {e: steps[0] for e, steps in of_entry.items()}, others


def amount_of(circuit, e, step):
    """The amount of a position: its key is (entry - amount) 2^-128, and it is below 2^112 (H4)."""
    others = {x for mono in step.key for x in mono} - {e}
    if len(others) != 1:
        raise Refused("a position's key is not made of its entry and an amount")
    [amount] = others
    if add(spec.entry(step.key, var(amount)), var(e), -1):
        raise Refused("a position's key is not its id")
    if circuit.facts.ranges.get(amount, (0, spec.AMOUNT))[1] >= spec.AMOUNT:
        raise Refused("an amount has no range of 112 bits")
    return amount
