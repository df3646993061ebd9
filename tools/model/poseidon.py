"""Poseidon over the scalar field of BN254 with sixteen inputs (specification, section 3.1).

The constants are generated from the Grain LFSR as the specification describes it; nothing is
copied from another implementation.
"""

from collections.abc import Iterator
from functools import cache

R = 21888242871839275222246405745257275088548364400416034343698204186575808495617
"""Order r of the field F (Conventions)."""

INPUTS = 16
WIDTH = INPUTS + 1
FULL_ROUNDS = 8
PARTIAL_ROUNDS = 68
FIELD_BITS = 254
ROUNDS = FULL_ROUNDS + PARTIAL_ROUNDS
STATE_BITS = 80
TAPS = sum(1 << STATE_BITS - 1 - i for i in (62, 51, 38, 23, 13, 0))
"""The bits of the state that a step adds up; s[0] is the highest bit of the number."""


def _initial_state() -> int:
    """The 80 bits of the LFSR as a number, s[0] first: (width, value) of each field."""
    fields = [
        (2, 1),
        (4, 0),
        (12, FIELD_BITS),
        (12, WIDTH),
        (10, FULL_ROUNDS),
        (10, PARTIAL_ROUNDS),
        (30, 2**30 - 1),
    ]
    state = 0
    for bits, value in fields:
        state = state << bits | value
    return state


def _steps() -> Iterator[int]:
    """The bits that the LFSR yields, from its first step on."""
    state = _initial_state()
    while True:
        b = (state & TAPS).bit_count() & 1
        state = state << 1 & 2**STATE_BITS - 1 | b
        yield b


def _output_bits() -> Iterator[int]:
    """The bits that are left after the warm-up and the selection by pairs."""
    steps = _steps()
    for _ in range(160):
        next(steps)
    while True:
        selector, bit = next(steps), next(steps)
        if selector:
            yield bit


def _numbers() -> Iterator[int]:
    """Numbers of 254 output bits, most significant first; some are r or more."""
    bits = _output_bits()
    while True:
        number = 0
        for _ in range(FIELD_BITS):
            number = number << 1 | next(bits)
        yield number


@cache
def parameters() -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
    """The 1,292 round constants and the matrix M."""
    numbers = _numbers()
    constants: list[int] = []
    while len(constants) < ROUNDS * WIDTH:
        number = next(numbers)
        if number < R:
            constants.append(number)
    x = [next(numbers) % R for _ in range(WIDTH)]
    y = [next(numbers) % R for _ in range(WIDTH)]
    matrix = tuple(tuple(pow(a + b, -1, R) for b in y) for a in x)
    return tuple(constants), matrix


def H(*inputs: int) -> int:
    """H(x_1, .., x_16): Poseidon of elements of F; inputs that are not given are 0."""
    if len(inputs) > INPUTS:
        raise ValueError("more than sixteen inputs")
    if not all(0 <= element < R for element in inputs):
        raise ValueError("an input is no element of F")
    constants, matrix = parameters()
    state = [0, *inputs, *[0] * (INPUTS - len(inputs))]
    for i in range(ROUNDS):
        state = [s + constants[WIDTH * i + k] for k, s in enumerate(state)]
        full = i < FULL_ROUNDS // 2 or i >= ROUNDS - FULL_ROUNDS // 2
        state = [pow(s, 5, R) if full or k == 0 else s for k, s in enumerate(state)]
        state = [sum(m * s for m, s in zip(row, state)) % R for row in matrix]
    return state[0]
