"""Poseidon over the BN254 scalar field at t = 5 (SPEC 3), from the paper's definition.

The constants are derived here by the paper's Grain LFSR, so no table is trusted; the
specification's H(1,2,3,4) pins them (test_model.py).
"""

R = 21888242871839275222246405745257275088548364400416034343698204186575808495617
T, FULL, PARTIAL = 5, 8, 60
BITS = 254


def _grain():
    """The paper's self-shrinking 80-bit LFSR: of each pair of bits, 1b yields b."""
    fields = ((1, 2), (0, 4), (BITS, 12), (T, 12), (FULL, 10), (PARTIAL, 10), ((1 << 30) - 1, 30))
    state = [int(bit) for value, width in fields for bit in format(value, f"0{width}b")]

    def step():
        bit = state[62] ^ state[51] ^ state[38] ^ state[23] ^ state[13] ^ state[0]
        state.pop(0)
        state.append(bit)
        return bit

    for _ in range(160):
        step()
    while True:
        keep, bit = step(), step()
        if keep:
            yield bit


def _parameters():
    bits = _grain()

    def number():
        value = 0
        for _ in range(BITS):
            value = value << 1 | next(bits)
        return value

    constants = []
    while len(constants) < T * (FULL + PARTIAL):
        value = number()
        if value < R:
            constants.append(value)
    while True:
        points = [number() % R for _ in range(2 * T)]
        sums = [[(x + y) % R for y in points[T:]] for x in points[:T]]
        if len(set(points)) == 2 * T and all(s for row in sums for s in row):
            return constants, [[pow(s, -1, R) for s in row] for row in sums]


CONSTANTS, MDS = _parameters()


def hash4(a, b, c, d):
    """H(a, b, c, d): circomlib's `poseidon4`."""
    state = [0, a, b, c, d]
    if not all(0 <= x < R for x in state):
        raise ValueError("an input of H is not a canonical field element")
    for rnd in range(FULL + PARTIAL):
        state = [x + k for x, k in zip(state, CONSTANTS[T * rnd :])]
        full = rnd < FULL // 2 or rnd >= FULL // 2 + PARTIAL
        state = [pow(x, 5, R) if full or i == 0 else x % R for i, x in enumerate(state)]
        state = [sum(m * x for m, x in zip(row, state)) % R for row in MDS]
    return state[0]
