"""Poseidon over the scalar field of BN254 with four inputs (specification, section 3.1).

The constants are generated from the Grain LFSR as the specification describes it; nothing is
copied from another implementation.
"""

from collections.abc import Iterator
from functools import cache

R = 21888242871839275222246405745257275088548364400416034343698204186575808495617
"""Order r of the field F (Conventions)."""

WIDTH = 5
FULL_ROUNDS = 8
PARTIAL_ROUNDS = 60
FIELD_BITS = 254
ROUNDS = FULL_ROUNDS + PARTIAL_ROUNDS


def _initial_state() -> list[int]:
    """The 80 bits of the LFSR: (width, value) of each field, most significant bit first."""
    fields = [
        (2, 1),
        (4, 0),
        (12, FIELD_BITS),
        (12, WIDTH),
        (10, FULL_ROUNDS),
        (10, PARTIAL_ROUNDS),
        (30, 2**30 - 1),
    ]
    return [value >> i & 1 for bits, value in fields for i in reversed(range(bits))]


def _steps() -> Iterator[int]:
    """The bits that the LFSR yields, from its first step on."""
    s = _initial_state()
    while True:
        b = s[62] ^ s[51] ^ s[38] ^ s[23] ^ s[13] ^ s[0]
        s = s[1:] + [b]
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
    """The 340 round constants and the matrix M."""
    numbers = _numbers()
    constants = []
    while len(constants) < ROUNDS * WIDTH:
        number = next(numbers)
        if number < R:
            constants.append(number)
    x = [next(numbers) % R for _ in range(WIDTH)]
    y = [next(numbers) % R for _ in range(WIDTH)]
    matrix = tuple(tuple(pow(a + b, -1, R) for b in y) for a in x)
    return tuple(constants), matrix


def H(a: int, b: int, c: int, d: int) -> int:
    """H(a, b, c, d): Poseidon of four elements of F."""
    if not all(0 <= element < R for element in (a, b, c, d)):
        raise ValueError("an input is no element of F")
    constants, matrix = parameters()
    state = [0, a, b, c, d]
    for i in range(ROUNDS):
        state = [s + constants[WIDTH * i + k] for k, s in enumerate(state)]
        full = i < FULL_ROUNDS // 2 or i >= ROUNDS - FULL_ROUNDS // 2
        state = [pow(s, 5, R) if full or k == 0 else s for k, s in enumerate(state)]
        state = [sum(m * s for m, s in zip(row, state)) % R for row in matrix]
    return state[0]
