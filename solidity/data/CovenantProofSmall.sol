// SPDX-License-Identifier: MIT OR Apache-2.0
// Generated from the verifying key. Do not edit.
pragma solidity ^0.8.30;

/// @title Verifier of proofs of the circuit covenant-2/4x27x8x4/186889765f706ecba6a91600a2ade5c3b60563e9341b527a7d6b73e312cd8142
/// @notice KZG with the ceremony aztec-ignition. Halo2 with the keccak transcript and SHPLONK.
/// @dev Says only that the public inputs are true of some secret. Whoever calls it builds the
/// public inputs itself, from values it checked (S9); see ICovenantVerifier.
contract CovenantProofSmall {
    /// @notice The calldata is not exactly 25 public inputs and a proof of 2592 bytes.
    error WrongLength();
    /// @notice A scalar is not below r, or a point is not on the curve.
    error NotCanonical();
    /// @notice A precompile failed or was not given enough gas.
    error PrecompileFailed();
    /// @notice The proof does not prove the statement.
    error ProofInvalid();

    /// @notice Returns true if the proof proves the statement; reverts otherwise.
    /// @param instances The public inputs, each below r.
    /// @param proof Exactly 2592 bytes.
    function verify(uint256[25] calldata instances, bytes calldata proof)
        external
        view
        returns (bool)
    {
        // Both are read from calldata, at places that are checked first.
        (instances, proof);
        assembly {
            let r := 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001

            // Exact calldata: the offset of the proof, its length, nothing after it.
            if iszero(and(and(eq(calldatasize(), 3460), eq(calldataload(0x324), 0x340)), eq(calldataload(0x344), 2592))) {
                mstore(0, shl(224, 0x92aa5ab2)) // WrongLength()
                revert(0, 4)
            }
            let ok := 1

            // Every public input and every evaluation is below r.
            ok := and(ok, lt(calldataload(0x4), r))
            ok := and(ok, lt(calldataload(0x24), r))
            ok := and(ok, lt(calldataload(0x44), r))
            ok := and(ok, lt(calldataload(0x64), r))
            ok := and(ok, lt(calldataload(0x84), r))
            ok := and(ok, lt(calldataload(0xa4), r))
            ok := and(ok, lt(calldataload(0xc4), r))
            ok := and(ok, lt(calldataload(0xe4), r))
            ok := and(ok, lt(calldataload(0x104), r))
            ok := and(ok, lt(calldataload(0x124), r))
            ok := and(ok, lt(calldataload(0x144), r))
            ok := and(ok, lt(calldataload(0x164), r))
            ok := and(ok, lt(calldataload(0x184), r))
            ok := and(ok, lt(calldataload(0x1a4), r))
            ok := and(ok, lt(calldataload(0x1c4), r))
            ok := and(ok, lt(calldataload(0x1e4), r))
            ok := and(ok, lt(calldataload(0x204), r))
            ok := and(ok, lt(calldataload(0x224), r))
            ok := and(ok, lt(calldataload(0x244), r))
            ok := and(ok, lt(calldataload(0x264), r))
            ok := and(ok, lt(calldataload(0x284), r))
            ok := and(ok, lt(calldataload(0x2a4), r))
            ok := and(ok, lt(calldataload(0x2c4), r))
            ok := and(ok, lt(calldataload(0x2e4), r))
            ok := and(ok, lt(calldataload(0x304), r))
            ok := and(ok, lt(calldataload(0x7e4), r))
            ok := and(ok, lt(calldataload(0x804), r))
            ok := and(ok, lt(calldataload(0x824), r))
            ok := and(ok, lt(calldataload(0x844), r))
            ok := and(ok, lt(calldataload(0x864), r))
            ok := and(ok, lt(calldataload(0x884), r))
            ok := and(ok, lt(calldataload(0x8a4), r))
            ok := and(ok, lt(calldataload(0x8c4), r))
            ok := and(ok, lt(calldataload(0x8e4), r))
            ok := and(ok, lt(calldataload(0x904), r))
            ok := and(ok, lt(calldataload(0x924), r))
            ok := and(ok, lt(calldataload(0x944), r))
            ok := and(ok, lt(calldataload(0x964), r))
            ok := and(ok, lt(calldataload(0x984), r))
            ok := and(ok, lt(calldataload(0x9a4), r))
            ok := and(ok, lt(calldataload(0x9c4), r))
            ok := and(ok, lt(calldataload(0x9e4), r))
            ok := and(ok, lt(calldataload(0xa04), r))
            ok := and(ok, lt(calldataload(0xa24), r))
            ok := and(ok, lt(calldataload(0xa44), r))
            ok := and(ok, lt(calldataload(0xa64), r))
            ok := and(ok, lt(calldataload(0xa84), r))
            ok := and(ok, lt(calldataload(0xaa4), r))
            ok := and(ok, lt(calldataload(0xac4), r))
            ok := and(ok, lt(calldataload(0xae4), r))
            ok := and(ok, lt(calldataload(0xb04), r))
            ok := and(ok, lt(calldataload(0xb24), r))
            ok := and(ok, lt(calldataload(0xb44), r))
            ok := and(ok, lt(calldataload(0xb64), r))
            ok := and(ok, lt(calldataload(0xb84), r))
            ok := and(ok, lt(calldataload(0xba4), r))
            ok := and(ok, lt(calldataload(0xbc4), r))
            ok := and(ok, lt(calldataload(0xbe4), r))
            ok := and(ok, lt(calldataload(0xc04), r))
            ok := and(ok, lt(calldataload(0xc24), r))
            ok := and(ok, lt(calldataload(0xc44), r))
            ok := and(ok, lt(calldataload(0xc64), r))
            ok := and(ok, lt(calldataload(0xc84), r))
            ok := and(ok, lt(calldataload(0xca4), r))
            ok := and(ok, lt(calldataload(0xcc4), r))
            ok := and(ok, lt(calldataload(0xce4), r))

            // Every point: x < p, y < p and y^2 = x^3 + 3. The identity (0, 0) is not on the curve.
            {
                let p := 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47
                let x
                let y
                x := calldataload(0x364)
                y := calldataload(0x384)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x3a4)
                y := calldataload(0x3c4)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x3e4)
                y := calldataload(0x404)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x424)
                y := calldataload(0x444)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x464)
                y := calldataload(0x484)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x4a4)
                y := calldataload(0x4c4)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x4e4)
                y := calldataload(0x504)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x524)
                y := calldataload(0x544)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x564)
                y := calldataload(0x584)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x5a4)
                y := calldataload(0x5c4)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x5e4)
                y := calldataload(0x604)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x624)
                y := calldataload(0x644)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x664)
                y := calldataload(0x684)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x6a4)
                y := calldataload(0x6c4)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x6e4)
                y := calldataload(0x704)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x724)
                y := calldataload(0x744)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x764)
                y := calldataload(0x784)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x7a4)
                y := calldataload(0x7c4)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0xd04)
                y := calldataload(0xd24)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0xd44)
                y := calldataload(0xd64)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
            }
            if iszero(ok) {
                mstore(0, shl(224, 0xd7c7beeb)) // NotCanonical()
                revert(0, 4)
            }

            // The transcript: the key's digest, the public inputs, the proof in its order.
            // The last hash is placed before each stretch of the proof.
            mstore(0x240, 0x186889765f706ecba6a91600a2ade5c3b60563e9341b527a7d6b73e312cd8142)
            calldatacopy(0x260, 0x4, 0x320)
            calldatacopy(0x580, 0x364, 2592)
            {
                let h
                h := keccak256(0x240, 0x4c0)
                mstore(0x80, mod(h, r)) // Circuit(0)
                mstore8(0x20, 1)
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0xa0, mod(h, r)) // Circuit(1)
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0xc0, mod(h, r)) // Circuit(2)
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0xe0, mod(h, r)) // Circuit(3)
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0x100, mod(h, r)) // Circuit(4)
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0x120, mod(h, r)) // Circuit(5)
                mstore(0x6e0, h)
                h := keccak256(0x6e0, 0x120)
                mstore(0x140, mod(h, r)) // Theta
                mstore8(0x20, 1)
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0x160, mod(h, r)) // Beta
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0x180, mod(h, r)) // Gamma
                mstore(0x7e0, h)
                h := keccak256(0x7e0, 0xa0)
                mstore(0x1a0, mod(h, r)) // Y
                mstore(0x860, h)
                h := keccak256(0x860, 0x1a0)
                mstore(0x1c0, mod(h, r)) // X
                mstore(0x9e0, h)
                h := keccak256(0x9e0, 0x540)
                mstore(0x1e0, mod(h, r)) // SetFold
                mstore8(0x20, 1)
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0x200, mod(h, r)) // Sets
                mstore(0xf00, h)
                h := keccak256(0xf00, 0x60)
                mstore(0x220, mod(h, r)) // U
            }

            // x^n, n = 2^12.
            {
                let power := mload(0x1c0)
                power := mulmod(power, power, r)
                power := mulmod(power, power, r)
                power := mulmod(power, power, r)
                power := mulmod(power, power, r)
                power := mulmod(power, power, r)
                power := mulmod(power, power, r)
                power := mulmod(power, power, r)
                power := mulmod(power, power, r)
                power := mulmod(power, power, r)
                power := mulmod(power, power, r)
                power := mulmod(power, power, r)
                power := mulmod(power, power, r)
                mstore(0x240, power)
            }

            // u - x omega^i for every rotation i.
            mstore(0x260, addmod(mload(0x220), sub(r, mulmod(0x1981bb0be2ace527d2109f3b9f7c03f640d9ae52819d74af746856067360fe6e, mload(0x1c0), r)), r))
            mstore(0x280, addmod(mload(0x220), sub(r, mulmod(0x2afd4e77273f1cb3434a4a667929058c156b21573c3f1efc882e708597d7161a, mload(0x1c0), r)), r))
            mstore(0x2a0, addmod(mload(0x220), sub(r, mulmod(0x179c2392139def1b24f4e92b4bfba20a0fa885cb6bfc2f2cb92790e00237d0c0, mload(0x1c0), r)), r))
            mstore(0x2c0, addmod(mload(0x220), sub(r, mload(0x1c0)), r))
            mstore(0x2e0, addmod(mload(0x220), sub(r, mulmod(0x2f6122bbf1d35fdaa9953f60087a423238aa810773efee2a251aa6161f2e6ee6, mload(0x1c0), r)), r))
            mstore(0x300, addmod(mload(0x220), sub(r, mulmod(0x1908597d2fc3bc1da312efa344e0fc8a7079300238f2ee35774f117e66fd4467, mload(0x1c0), r)), r))
            mstore(0x340, mload(0x1c0))
            mstore(0x320, mload(0x280))
            mstore(0x360, add(mload(0x240), sub(r, 1)))

            // All inverses from one: d = x omega^-i - 1 for the last rows and the rows of the public
            // inputs, and the others. Beside each d is the product of those before it.
            {
                let product := 1
                let z := mulmod(mload(0x1c0), 0xdd30b9ad8c173555d2a33029bc807ac165b61281e9054a173af7ff4e4fc88fc, r)
                for { let i := 0x400 } lt(i, 0xc40) { i := add(i, 0x40) } {
                    let d := add(z, sub(r, 1))
                    mstore(i, d)
                    mstore(add(i, 0x20), product)
                    product := mulmod(product, d, r)
                    z := mulmod(z, 0x179c2392139def1b24f4e92b4bfba20a0fa885cb6bfc2f2cb92790e00237d0c0, r)
                }
                mstore(0xc40, product)
                product := mulmod(product, mload(0x360), r)
                mstore(0xc60, product)
                product := mulmod(product, mload(0x340), r)
                mstore(0xc80, product)
                product := mulmod(product, mload(0x320), r)
                // product^(r - 2)
                mstore(0xca0, 0x20)
                mstore(0xcc0, 0x20)
                mstore(0xce0, 0x20)
                mstore(0xd00, product)
                mstore(0xd20, sub(r, 2))
                mstore(0xd40, r)
                ok := staticcall(20000, 5, 0xca0, 0xc0, 0, 0x20)
                let inverse := mload(0)
                if iszero(and(ok, iszero(iszero(inverse)))) {
                    mstore(0, shl(224, 0x7fcdd1f4)) // ProofInvalid()
                    revert(0, 4)
                }
                product := mulmod(inverse, mload(0xc80), r)
                inverse := mulmod(inverse, mload(0x320), r)
                mstore(0x320, product)
                product := mulmod(inverse, mload(0xc60), r)
                inverse := mulmod(inverse, mload(0x340), r)
                mstore(0x340, product)
                product := mulmod(inverse, mload(0xc40), r)
                inverse := mulmod(inverse, mload(0x360), r)
                mstore(0x360, product)
                let sum := 0
                for { let i := 0xc00 let c := 0x304 } gt(i, 0x600) { i := sub(i, 0x40) c := sub(c, 0x20) } {
                    sum := addmod(sum, mulmod(mulmod(inverse, mload(add(i, 0x20)), r), calldataload(c), r), r)
                    inverse := mulmod(inverse, mload(i), r)
                }
                // (x^n - 1) / n
                let factor := mulmod(add(mload(0x240), sub(r, 1)), 0x3061482dfa038d0fb5b4c0b226194047a2616509f531d4fa3acdb77496c10001, r)
                z := mulmod(inverse, mload(0x620), r)
                inverse := mulmod(inverse, mload(0x600), r)
                mstore(0x380, mulmod(factor, z, r))
                mstore(0x3e0, mulmod(factor, addmod(sum, mulmod(z, calldataload(0x4), r), r), r))
                // The blinded rows, then the last one.
                sum := 0
                sum := addmod(sum, mulmod(inverse, mload(0x5e0), r), r)
                inverse := mulmod(inverse, mload(0x5c0), r)
                sum := addmod(sum, mulmod(inverse, mload(0x5a0), r), r)
                inverse := mulmod(inverse, mload(0x580), r)
                sum := addmod(sum, mulmod(inverse, mload(0x560), r), r)
                inverse := mulmod(inverse, mload(0x540), r)
                sum := addmod(sum, mulmod(inverse, mload(0x520), r), r)
                inverse := mulmod(inverse, mload(0x500), r)
                sum := addmod(sum, mulmod(inverse, mload(0x4e0), r), r)
                inverse := mulmod(inverse, mload(0x4c0), r)
                sum := addmod(sum, mulmod(inverse, mload(0x4a0), r), r)
                inverse := mulmod(inverse, mload(0x480), r)
                sum := addmod(sum, mulmod(inverse, mload(0x460), r), r)
                inverse := mulmod(inverse, mload(0x440), r)
                mstore(0x3a0, mulmod(factor, inverse, r))
                mstore(0x3c0, addmod(1, sub(r, mulmod(factor, addmod(sum, inverse, r), r)), r))
            }
            mstore(0x420, mulmod(mload(0x1a0), mload(0x1a0), r))
            mstore(0x440, mulmod(mload(0x420), mload(0x1a0), r))
            mstore(0x460, mulmod(mload(0x440), mload(0x1a0), r))
            mstore(0x480, mulmod(mload(0x460), mload(0x1a0), r))
            mstore(0x4a0, mulmod(mload(0x480), mload(0x1a0), r))
            mstore(0x4c0, mulmod(mload(0x4a0), mload(0x1a0), r))
            mstore(0x4e0, mulmod(mload(0x4c0), mload(0x1a0), r))
            mstore(0x500, mulmod(mload(0x4e0), mload(0x1a0), r))
            mstore(0x520, mulmod(mload(0x500), mload(0x1a0), r))
            mstore(0x540, mulmod(mload(0x520), mload(0x1a0), r))
            mstore(0x560, mulmod(mload(0x540), mload(0x1a0), r))
            mstore(0x580, mulmod(mload(0x560), mload(0x1a0), r))
            mstore(0x5a0, mulmod(mload(0x580), mload(0x1a0), r))
            mstore(0x5c0, mulmod(mload(0x5a0), mload(0x1a0), r))
            mstore(0x5e0, mulmod(mload(0x5c0), mload(0x1a0), r))
            mstore(0x600, mulmod(mload(0x5e0), mload(0x1a0), r))

            // Every identity, folded by y: the gates, each times its switch, then the permutation.
            // Each is named: the gate and the equation that holds where its switch is not 0.
            let sum := 0
            let inner
            // hashing: sum = rho sum_next + what the lanes' equations leave
            mstore(0x620, add(calldataload(0xae4), sub(r, 0x4)))
            mstore(0x640, add(calldataload(0xae4), sub(r, 0x3)))
            mstore(0x660, mulmod(mload(0x620), mload(0x640), r))
            mstore(0x680, add(calldataload(0xae4), sub(r, 0x2)))
            mstore(0x6a0, mulmod(calldataload(0xae4), add(calldataload(0xae4), sub(r, 0x1)), r))
            mstore(0x6c0, mulmod(mload(0x680), mload(0x6a0), r))
            mstore(0x6e0, mulmod(0x810b7bdd032f006f40d60f3c0403964dc08a6b6bef43d6d8b505398a8000000, mulmod(mload(0x620), mload(0x6c0), r), r))
            mstore(0x700, mulmod(0x2e6020836d24e427fb4ced7991714a03f131be9ac9fc6135e10de0adc6000001, mulmod(mload(0x640), mload(0x6c0), r), r))
            mstore(0x720, mulmod(mload(0x80), add(0x25a26324d8f2517fee1dee26445d8b5adc205c13c39573091ed4a7220cc35ca4, mulmod(mload(0x80), add(0x186f4381ac5b251b54015e239fc0b41511e3759e94f4b0bfc2c031d5e312d7bb, mulmod(mload(0x80), add(0x5a10d6a79441fc8e87fa8be1faea29e643a509af9479155274a5ee14741e84e, mulmod(mload(0x80), add(0x10a4aec2eb83c613754de6875c1ce75e1c84f7152b46d7b24a6a1a4448529386, mulmod(mload(0x80), add(0x9eaa6757a33589225dc9712c137e6c111b4a86ffe4175354486a6d35a408d50, mulmod(mload(0x80), add(0x2eefb003c3de47cbd8362735371f61ac5f60d822e53289089c5bc67d62d6b5b6, mulmod(mload(0x80), 0x4e569df588ebc1f0bc3a7de5ffec15b6f1f7791292aded2ab7734820fbb11, r)), r)), r)), r)), r)), r)), r))
            mstore(0x740, mulmod(mload(0x80), add(0x1c94a351c0f29947a38436abc949cd847af6e26248348d3b3eabeb71889ef4a6, mulmod(mload(0x80), add(0x1800a3e3a4b5bafa75356c10d2ee8a17f7621b51f9b882fded3d5f636cd9032e, mulmod(mload(0x80), add(0x280529838756f4642519b49254886734f9b098a24929fc351b6d04563d3df067, mulmod(mload(0x80), add(0x14f745ab72178a0ec381c3c724123c615135103ceba3e817b153af1e95ad3d1e, mulmod(mload(0x80), add(0x174842b4b36b927f83c54800c146235b4792b8928216e1570d867e3a005ea4d, mulmod(mload(0x80), add(0x106911f840703b0d17667260340acf73a5cbbacf7b2beb1ffa866d795218f117, mulmod(mload(0x80), add(mload(0x720), 0x1d0ca92a569b973a8584623dc48354619f10a93b5b9cef3816ff47ca5c51dd19), r)), r)), r)), r)), r)), r)), r))
            mstore(0x760, mulmod(calldataload(0x864), calldataload(0x864), r))
            mstore(0x780, mulmod(mload(0x80), mload(0x80), r))
            mstore(0x7a0, mulmod(mload(0x780), mload(0x780), r))
            mstore(0x7c0, mulmod(mload(0x7a0), mload(0x7a0), r))
            mstore(0x7e0, mulmod(mload(0x7c0), mload(0x7c0), r))
            mstore(0x800, mulmod(mload(0x7e0), mload(0x7e0), r))
            mstore(0x820, mulmod(mload(0x800), mload(0x800), r))
            mstore(0x840, addmod(add(sub(r, mulmod(calldataload(0x844), mulmod(calldataload(0x864), mulmod(mload(0x760), mload(0x760), r), r), r)), mulmod(calldataload(0x864), add(add(mload(0x700), add(mload(0x6e0), mulmod(0x810b7bdd032f006f40d60f3c0403964dc08a6b6bef43d6d8b505398a8000000, mulmod(calldataload(0xae4), mulmod(mload(0x660), mload(0x680), r), r), r))), mulmod(mulmod(0x244b3ad628e5381f4a3c3448e1210245de26ee365b4b146cf2e9782ef4000001, mulmod(mload(0x660), mload(0x6a0), r), r), add(0x1, mulmod(mload(0x80), add(0x2ccdbad29452bb86c29ffe71f680153fb01bd617caa0f231abef567a3e993d36, mulmod(mload(0x80), add(mload(0x740), 0x13cad9750b90a5b50af7c6af1eb49b20678eadd6cea409bf41152d8144ac19fa), r)), r)), r)), r)), mulmod(calldataload(0x804), add(sub(r, mload(0x6e0)), mulmod(mload(0x700), mulmod(mload(0x7a0), mulmod(mload(0x7c0), mulmod(mload(0x820), mulmod(mload(0x820), mload(0x820), r), r), r), r), r)), r), r))
            sum := mulmod(calldataload(0xb24), add(add(calldataload(0xb04), sub(r, mload(0x840))), add(calldataload(0x884), sub(r, mulmod(calldataload(0x8a4), mload(0x80), r)))), r)
            // weights: w = k_c rho^3 w' + rho^2 k_a + rho h + rc
            mstore(0x860, mulmod(calldataload(0xb84), add(calldataload(0xb84), sub(r, 0x1)), r))
            mstore(0x880, add(calldataload(0xb84), sub(r, 0x2)))
            mstore(0x8a0, mulmod(mload(0x860), mload(0x880), r))
            mstore(0x8c0, add(calldataload(0xb84), sub(r, 0x3)))
            sum := addmod(mulmod(mulmod(mload(0x8a0), mload(0x8c0), r), add(calldataload(0x844), sub(r, addmod(calldataload(0xb04), mulmod(mload(0x80), add(calldataload(0xae4), mulmod(mload(0x80), add(calldataload(0xb64), mulmod(mload(0x80), mulmod(calldataload(0xb44), calldataload(0x8c4), r), r)), r)), r), r))), r), mulmod(sum, mload(0x1a0), r), r)
            // public input: a = public input
            mstore(0x8e0, addmod(sub(r, calldataload(0xbe4)), add(add(0x4, sub(r, calldataload(0xba4))), sub(r, calldataload(0xbc4))), r))
            mstore(0x900, mulmod(mload(0x8e0), add(mload(0x8e0), sub(r, 0x1)), r))
            mstore(0x920, mulmod(mload(0x900), add(mload(0x8e0), sub(r, 0x2)), r))
            sum := addmod(mulmod(mulmod(calldataload(0xbe4), mload(0x920), r), add(calldataload(0x7e4), sub(r, mload(0x3e0))), r), mulmod(sum, mload(0x1a0), r), r)
            // origin: a = 0
            inner := calldataload(0x7e4)
            // origin: g = 0
            inner := addmod(calldataload(0x824), mulmod(inner, mload(0x1a0), r), r)
            // origin: sum = 0
            inner := addmod(calldataload(0x8e4), mulmod(inner, mload(0x1a0), r), r)
            mstore(0x940, mulmod(calldataload(0xbe4), add(calldataload(0xbe4), sub(r, 0x1)), r))
            mstore(0x960, mulmod(mload(0x900), mload(0x940), r))
            sum := addmod(mulmod(mload(0x960), inner, r), mulmod(sum, mload(0x440), r), r)
            // hashing begins and ends: the sum is 0
            mstore(0x980, mulmod(mload(0x940), add(calldataload(0xbe4), sub(r, 0x2)), r))
            sum := addmod(mulmod(add(mload(0x960), mulmod(mload(0x8e0), mload(0x980), r)), calldataload(0x884), r), mulmod(sum, mload(0x1a0), r), r)
            // lookup ends: the sum is 0
            sum := addmod(mulmod(mulmod(mload(0x980), add(calldataload(0xbe4), sub(r, 0x3)), r), calldataload(0x8e4), r), mulmod(sum, mload(0x1a0), r), r)
            // header of an account: a_next is a bit
            inner := mulmod(calldataload(0x904), add(calldataload(0x904), sub(r, 0x1)), r)
            // header of an account: b = tag of the kind
            inner := addmod(add(calldataload(0x804), sub(r, addmod(0x636f76656e616e742f636f6c6c61746572616c2f7632, mulmod(calldataload(0x904), 0x30644e72e131a029b84fe2aa7a924f6a1b2e2d1476b6659238e8eca6fd000001, r), r))), mulmod(inner, mload(0x1a0), r), r)
            sum := addmod(mulmod(mulmod(calldataload(0xbc4), mload(0x920), r), inner, r), mulmod(sum, mload(0x420), r), r)
            // every position counts: a = a' + a_next - a' a_next
            sum := addmod(mulmod(mulmod(mload(0x900), mulmod(calldataload(0xbe4), calldataload(0xbc4), r), r), add(calldataload(0x7e4), add(mulmod(calldataload(0x904), calldataload(0x924), r), sub(r, addmod(calldataload(0x924), calldataload(0x904), r)))), r), mulmod(sum, mload(0x1a0), r), r)
            // a block ends: a = 0 or a of the block before
            inner := mulmod(calldataload(0x7e4), add(calldataload(0x7e4), sub(r, calldataload(0x904))), r)
            // a block ends: chain = active ? output : chain before
            inner := addmod(add(add(calldataload(0x964), sub(r, calldataload(0x944))), sub(r, mulmod(calldataload(0x7e4), add(calldataload(0x804), sub(r, calldataload(0x944))), r))), mulmod(inner, mload(0x1a0), r), r)
            // a block ends: g = active ? g' : g before
            mstore(0x9a0, add(calldataload(0x824), sub(r, calldataload(0x984))))
            inner := addmod(add(mload(0x9a0), sub(r, mulmod(calldataload(0x7e4), add(calldataload(0x9a4), sub(r, calldataload(0x984))), r))), mulmod(inner, mload(0x1a0), r), r)
            sum := addmod(mulmod(mulmod(mload(0x8e0), mulmod(calldataload(0xbc4), mload(0x940), r), r), inner, r), mulmod(sum, mload(0x440), r), r)
            // a word of an asset: a = 0 or a'
            inner := mulmod(calldataload(0x7e4), add(calldataload(0x7e4), sub(r, calldataload(0x924))), r)
            // a word of an asset: unused: b = 0
            inner := addmod(mulmod(calldataload(0x804), add(0x1, sub(r, calldataload(0x7e4))), r), mulmod(inner, mload(0x1a0), r), r)
            sum := addmod(mulmod(mulmod(calldataload(0xbc4), mload(0x980), r), inner, r), mulmod(sum, mload(0x420), r), r)
            // position: c is a bit
            inner := mulmod(calldataload(0x964), add(calldataload(0x964), sub(r, 0x1)), r)
            // position: every position: c = 1
            inner := addmod(mulmod(calldataload(0x944), add(0x1, sub(r, calldataload(0x964))), r), mulmod(inner, mload(0x1a0), r), r)
            // position: (g - g') (gamma + id) = c (amount + delta)
            mstore(0x9c0, add(calldataload(0x824), sub(r, calldataload(0x9a4))))
            inner := addmod(add(mulmod(mload(0x9c0), add(mload(0xc0), mulmod(0x133100d71fdf35792b16366f4f7684df54ad7e14a329e70f18ee753c76f9dc6f, add(calldataload(0x804), sub(r, calldataload(0x7e4))), r)), r), sub(r, mulmod(calldataload(0x964), add(calldataload(0x7e4), mload(0xe0)), r))), mulmod(inner, mload(0x1a0), r), r)
            mstore(0x9e0, mulmod(calldataload(0xbc4), add(calldataload(0xbc4), sub(r, 0x1)), r))
            sum := addmod(mulmod(mulmod(mload(0x900), mload(0x9e0), r), inner, r), mulmod(sum, mload(0x440), r), r)
            // limbs: a = limbs, and the row below where there is more
            mstore(0xa00, add(calldataload(0xc04), sub(r, 0x6)))
            mstore(0xa20, add(calldataload(0xc04), sub(r, 0x5)))
            mstore(0xa40, mulmod(mload(0xa00), mload(0xa20), r))
            mstore(0xa60, add(calldataload(0xc04), sub(r, 0x4)))
            mstore(0xa80, add(calldataload(0xc04), sub(r, 0x3)))
            mstore(0xaa0, mulmod(mload(0xa80), mulmod(mload(0xa40), mload(0xa60), r), r))
            mstore(0xac0, add(calldataload(0xc04), sub(r, 0x2)))
            mstore(0xae0, add(calldataload(0x7e4), sub(r, addmod(calldataload(0x9c4), mulmod(calldataload(0x9e4), 0x800, r), r))))
            mstore(0xb00, mulmod(calldataload(0xc04), add(calldataload(0xc04), sub(r, 0x1)), r))
            mstore(0xb20, mulmod(mload(0xa80), mulmod(mload(0xac0), mload(0xb00), r), r))
            mstore(0xb40, mulmod(mload(0xa40), mload(0xb20), r))
            mstore(0xb60, add(calldataload(0x7e4), sub(r, calldataload(0x9c4))))
            mstore(0xb80, mulmod(mload(0xa60), mload(0xb20), r))
            mstore(0xba0, mulmod(mload(0xa00), mload(0xb80), r))
            mstore(0xbc0, mulmod(mload(0xa20), mload(0xb80), r))
            mstore(0xbe0, mulmod(calldataload(0xba4), mload(0x980), r))
            mstore(0xc00, add(mload(0xbe0), mulmod(mload(0x8e0), mulmod(calldataload(0xba4), mload(0x940), r), r)))
            inner := addmod(mulmod(mload(0xae0), mload(0xc00), r), add(mulmod(mload(0xae0), mload(0xbc0), r), add(mulmod(mload(0xb60), mload(0xba0), r), add(mulmod(mload(0xb40), mload(0xb60), r), add(mulmod(mload(0xae0), mulmod(calldataload(0xc04), mulmod(mload(0xaa0), mload(0xac0), r), r), r), mulmod(mulmod(mload(0xaa0), mload(0xb00), r), add(mload(0xae0), sub(r, mulmod(calldataload(0x904), 0x400000, r))), r))))), r)
            // limbs: the last limb of a top row is short
            inner := addmod(add(mulmod(mload(0xc00), add(calldataload(0xa04), sub(r, mulmod(calldataload(0x9e4), 0x40, r))), r), add(mulmod(mload(0xbc0), add(calldataload(0xa04), sub(r, mulmod(calldataload(0x9e4), 0x100, r))), r), add(mulmod(mload(0xb40), add(calldataload(0x9e4), sub(r, mulmod(calldataload(0x9c4), 0x200, r))), r), mulmod(mload(0xba0), add(calldataload(0x9e4), sub(r, mulmod(0x2, calldataload(0x9c4), r))), r)))), mulmod(inner, mload(0x1a0), r), r)
            sum := addmod(mulmod(0x1, inner, r), mulmod(sum, mload(0x420), r), r)
            // complement: a + b = 10^4
            mstore(0xc20, add(calldataload(0x7e4), calldataload(0x804)))
            mstore(0xc40, mulmod(mload(0x9e0), add(calldataload(0xbc4), sub(r, 0x2)), r))
            sum := addmod(mulmod(mulmod(mload(0x8e0), mload(0xc40), r), add(mload(0xc20), sub(r, 0x2710)), r), mulmod(sum, mload(0x1a0), r), r)
            // bits: a = bits
            mstore(0xc60, mulmod(0x2, calldataload(0x9e4), r))
            inner := add(calldataload(0x7e4), sub(r, addmod(calldataload(0x9c4), mload(0xc60), r)))
            // bits: b = -2^(n - 1) times the top bit
            inner := addmod(add(calldataload(0x804), mload(0xc60)), mulmod(inner, mload(0x1a0), r), r)
            // bits: g = bits over rho, after g'
            mstore(0xc80, mulmod(mload(0x80), calldataload(0x9a4), r))
            inner := addmod(add(calldataload(0x824), sub(r, addmod(calldataload(0x9c4), mulmod(mload(0x80), add(mload(0xc80), calldataload(0x9e4)), r), r))), mulmod(inner, mload(0x1a0), r), r)
            // bits: bit
            inner := addmod(mulmod(calldataload(0x9c4), add(calldataload(0x9c4), sub(r, 0x1)), r), mulmod(inner, mload(0x1a0), r), r)
            // bits: bit
            inner := addmod(mulmod(calldataload(0x9e4), add(calldataload(0x9e4), sub(r, 0x1)), r), mulmod(inner, mload(0x1a0), r), r)
            mstore(0xca0, mulmod(calldataload(0xba4), add(calldataload(0xba4), sub(r, 0x1)), r))
            mstore(0xcc0, mulmod(mload(0xca0), add(calldataload(0xba4), sub(r, 0x2)), r))
            sum := addmod(mulmod(mulmod(mload(0xcc0), add(calldataload(0xba4), sub(r, 0x3)), r), inner, r), mulmod(sum, mload(0x480), r), r)
            // lookup: (sum_next - sum - parts) = sum 1 / limb - m (t + 1) / table
            mstore(0xce0, add(calldataload(0x9c4), mload(0xa0)))
            mstore(0xd00, add(calldataload(0x9e4), mload(0xa0)))
            mstore(0xd20, mulmod(mload(0xce0), mload(0xd00), r))
            sum := addmod(mulmod(calldataload(0xb24), add(mulmod(mload(0xd20), mulmod(calldataload(0x804), add(calldataload(0xb24), sub(r, 0x1)), r), r), mulmod(add(add(mload(0xa0), calldataload(0xb24)), sub(r, 0x2)), add(mulmod(mload(0xd20), add(calldataload(0xa24), sub(r, calldataload(0x8e4))), r), sub(r, addmod(mload(0xd00), mload(0xce0), r))), r)), r), mulmod(sum, mload(0x1a0), r), r)
            // c follows: c = k_c c' + k_a a
            mstore(0xd40, add(calldataload(0xb84), sub(r, 0x4)))
            mstore(0xd60, mulmod(mload(0x8c0), mload(0xd40), r))
            mstore(0xd80, add(calldataload(0x964), sub(r, mulmod(calldataload(0xb44), calldataload(0xa44), r))))
            mstore(0xda0, mulmod(calldataload(0xb64), calldataload(0x7e4), r))
            mstore(0xdc0, addmod(mload(0xd80), sub(r, mload(0xda0)), r))
            inner := mulmod(mload(0xdc0), mulmod(calldataload(0xb84), mulmod(mload(0x880), mload(0xd60), r), r), r)
            // c follows: c = k_c c' + k_a a + b
            inner := addmod(mulmod(add(mload(0xdc0), sub(r, calldataload(0x804))), mulmod(mload(0x860), mload(0xd60), r), r), mulmod(inner, mload(0x1a0), r), r)
            // c follows: c = k_c c' + k_a a b
            inner := addmod(mulmod(mulmod(mload(0x8a0), mload(0xd40), r), add(mload(0xd80), sub(r, mulmod(calldataload(0x804), mload(0xda0), r))), r), mulmod(inner, mload(0x1a0), r), r)
            // flags: c = 0
            mstore(0xde0, mulmod(calldataload(0xbc4), mload(0xcc0), r))
            inner := addmod(mulmod(calldataload(0x964), add(mload(0xde0), mulmod(mload(0x8e0), mulmod(calldataload(0xbe4), mload(0x9e0), r), r)), r), mulmod(inner, mload(0x1a0), r), r)
            // flags: word = c
            inner := addmod(mulmod(add(calldataload(0x804), sub(r, calldataload(0x964))), add(mload(0xbe0), mulmod(mload(0x940), mload(0x9e0), r)), r), mulmod(inner, mload(0x1a0), r), r)
            // flags: a + b = k_a
            inner := addmod(mulmod(add(mload(0xc20), sub(r, calldataload(0xb64))), mulmod(calldataload(0xbe4), mload(0xc40), r), r), mulmod(inner, mload(0x1a0), r), r)
            // flags: a + operand + c = b
            inner := addmod(mulmod(mulmod(mload(0xc40), add(calldataload(0xbc4), sub(r, 0x3)), r), add(add(calldataload(0x964), add(calldataload(0x7e4), calldataload(0x944))), sub(r, calldataload(0x804))), r), mulmod(inner, mload(0x1a0), r), r)
            // flags: a b = operand
            mstore(0xe00, mulmod(calldataload(0xba4), mload(0x920), r))
            inner := addmod(mulmod(mload(0xe00), add(sub(r, calldataload(0x944)), mulmod(calldataload(0x804), calldataload(0x7e4), r)), r), mulmod(inner, mload(0x1a0), r), r)
            // flags: (1 - operand) a = 0
            inner := addmod(mulmod(mulmod(calldataload(0x7e4), add(0x1, sub(r, calldataload(0x944))), r), add(mload(0xe00), mulmod(mload(0x900), mulmod(calldataload(0xbe4), calldataload(0xba4), r), r)), r), mulmod(inner, mload(0x1a0), r), r)
            // lines: c = b operand
            mstore(0xe20, mulmod(calldataload(0xba4), calldataload(0xbc4), r))
            mstore(0xe40, mulmod(mload(0x900), mload(0xe20), r))
            mstore(0xe60, mulmod(calldataload(0x804), calldataload(0x944), r))
            inner := addmod(mulmod(mload(0xe40), add(calldataload(0x964), sub(r, mload(0xe60))), r), mulmod(inner, mload(0x1a0), r), r)
            // lines: c = c'
            mstore(0xe80, mulmod(mload(0x8e0), mulmod(calldataload(0xbe4), mload(0xe20), r), r))
            mstore(0xea0, mulmod(calldataload(0xba4), mload(0x9e0), r))
            inner := addmod(mulmod(add(calldataload(0x964), sub(r, calldataload(0xa44))), add(mload(0xe80), mulmod(calldataload(0xbe4), mload(0xea0), r)), r), mulmod(inner, mload(0x1a0), r), r)
            // lines: c = c' - 10^10 operand
            mstore(0xec0, mulmod(mload(0x940), mload(0xe20), r))
            inner := addmod(mulmod(mload(0xec0), add(calldataload(0x964), add(sub(r, calldataload(0xa44)), mulmod(calldataload(0x944), 0x2540be400, r))), r), mulmod(inner, mload(0x1a0), r), r)
            // lines: a + number before = b c
            inner := addmod(mulmod(mload(0xe80), add(add(calldataload(0x7e4), calldataload(0xa64)), sub(r, mulmod(calldataload(0x804), calldataload(0x964), r))), r), mulmod(inner, mload(0x1a0), r), r)
            // lines: a - number before = (b - b before) c
            inner := addmod(mulmod(mload(0xec0), add(add(calldataload(0x7e4), sub(r, calldataload(0xa64))), sub(r, mulmod(calldataload(0x964), add(calldataload(0x804), sub(r, calldataload(0xa84))), r))), r), mulmod(inner, mload(0x1a0), r), r)
            // shares: a = b operand - 10^4 number that follows
            mstore(0xee0, add(calldataload(0x7e4), sub(r, mload(0xe60))))
            inner := addmod(mulmod(mulmod(mload(0x8e0), mload(0xea0), r), add(mload(0xee0), mulmod(0x2710, calldataload(0xaa4), r)), r), mulmod(inner, mload(0x1a0), r), r)
            // shares: a = 10^4 c - b operand
            mstore(0xf00, mulmod(calldataload(0xba4), mload(0xc40), r))
            mstore(0xf20, mulmod(calldataload(0x964), 0x2710, r))
            inner := addmod(mulmod(mload(0xf00), add(mload(0xe60), add(calldataload(0x7e4), sub(r, mload(0xf20)))), r), mulmod(inner, mload(0x1a0), r), r)
            // shares: a = b operand - 10^4 c
            inner := addmod(mulmod(add(mload(0xee0), mload(0xf20)), mulmod(mload(0x900), mload(0xca0), r), r), mulmod(inner, mload(0x1a0), r), r)
            sum := addmod(mulmod(0x1, inner, r), mulmod(sum, mload(0x600), r), r)
            // remainder of a report: a = operand (b - 1 - a')
            sum := addmod(mulmod(mulmod(mload(0x940), mload(0xca0), r), add(calldataload(0x7e4), sub(r, mulmod(calldataload(0x944), add(add(calldataload(0x804), sub(r, 0x1)), sub(r, calldataload(0x924))), r))), r), mulmod(sum, mload(0x1a0), r), r)
            // key of an asset: (g - g') (gamma + b) = -(1 or kappa) operand (c + delta a)
            mstore(0xf40, mulmod(calldataload(0xbc4), mload(0xca0), r))
            mstore(0xf60, mulmod(mload(0x8e0), mload(0xf40), r))
            mstore(0xf80, mulmod(calldataload(0xbe4), mload(0xf40), r))
            sum := addmod(mulmod(0x1, add(mulmod(add(mload(0xc0), calldataload(0x804)), mulmod(mload(0x9c0), add(mload(0xf60), mload(0xf80)), r), r), mulmod(add(mload(0xf60), mulmod(mload(0xf80), mload(0x100), r)), mulmod(calldataload(0x944), add(calldataload(0x964), mulmod(calldataload(0x7e4), mload(0xe0), r)), r), r)), r), mulmod(sum, mload(0x1a0), r), r)
            // kind of an account: g = g'' + g' (1 + (kappa - 1) b)
            sum := addmod(mulmod(mulmod(mload(0x9e0), mload(0xca0), r), add(mload(0x9a0), sub(r, mulmod(calldataload(0x9a4), add(0x1, mulmod(calldataload(0x804), add(mload(0x100), sub(r, 0x1)), r)), r))), r), mulmod(sum, mload(0x1a0), r), r)
            // g = rho^2 g' + rho a + b
            sum := addmod(mulmod(mulmod(mload(0x8e0), mload(0xcc0), r), add(calldataload(0x824), sub(r, addmod(calldataload(0x804), mulmod(mload(0x80), add(mload(0xc80), calldataload(0x7e4)), r), r))), r), mulmod(sum, mload(0x1a0), r), r)
            // g = rho g' + c
            sum := addmod(mulmod(add(mload(0xf00), mulmod(calldataload(0xbe4), mload(0xcc0), r)), add(calldataload(0x824), sub(r, addmod(mload(0xc80), calldataload(0x964), r))), r), mulmod(sum, mload(0x1a0), r), r)
            // g = g' + g_next a
            sum := addmod(mulmod(add(mload(0xde0), mload(0xe40)), add(calldataload(0x824), sub(r, addmod(calldataload(0x9a4), mulmod(calldataload(0x7e4), calldataload(0xac4), r), r))), r), mulmod(sum, mload(0x1a0), r), r)
            // permutation: z = 1 in the first row
            sum := addmod(mulmod(mload(0x380), add(0x1, sub(r, calldataload(0xcc4))), r), mulmod(sum, mload(0x1a0), r), r)
            // permutation: z = 0 or 1 in the last row
            sum := addmod(mulmod(mload(0x3a0), add(sub(r, calldataload(0xcc4)), mulmod(calldataload(0xcc4), calldataload(0xcc4), r)), r), mulmod(sum, mload(0x1a0), r), r)
            // permutation: z_next (a + beta sigma + gamma) ... = z (a + beta delta^i x + gamma) ...
            mstore(0xfa0, add(calldataload(0x7e4), mload(0x180)))
            mstore(0xfc0, add(calldataload(0x804), mload(0x180)))
            mstore(0xfe0, add(calldataload(0x824), mload(0x180)))
            mstore(0x1000, add(calldataload(0x844), mload(0x180)))
            mstore(0x1020, mulmod(mload(0x160), mload(0x1c0), r))
            mstore(0x1040, mulmod(mload(0x3c0), add(mulmod(add(mload(0x1000), mulmod(mload(0x160), calldataload(0xca4), r)), mulmod(add(mload(0xfe0), mulmod(mload(0x160), calldataload(0xc84), r)), mulmod(add(mload(0xfc0), mulmod(mload(0x160), calldataload(0xc64), r)), mulmod(calldataload(0xce4), add(mload(0xfa0), mulmod(mload(0x160), calldataload(0xc44), r)), r), r), r), r), sub(r, mulmod(add(mload(0x1000), mulmod(mload(0x1020), 0x18afdf23e9bd9302673fc1e076a492d4d65bd18ebc4d854ed189139bab313e52, r)), mulmod(add(mload(0xfe0), mulmod(mload(0x1020), 0x13b360d4e82fe915fed16081038f98c211427b87a281bd733c277dbadf10372b, r)), mulmod(mulmod(calldataload(0xcc4), add(mload(0xfa0), mload(0x1020)), r), add(mload(0xfc0), mulmod(mload(0x1020), 0x9226b6e22c6f0ca64ec26aad4c86e715b5f898e5e963f25870e56bbe533e9a2, r)), r), r), r))), r))
            sum := addmod(mload(0x1040), mulmod(sum, mload(0x1a0), r), r)
            mstore(0x400, mulmod(sum, mload(0x360), r))

            // SHPLONK's scalars: the weights of the sets, minus the evaluation of all at u, minus Z_S0(u).
            mstore(0x1080, mulmod(mload(0x2a0), mload(0x280), r))
            mstore(0x10a0, mulmod(mload(0x200), mulmod(mload(0x320), mulmod(mload(0x300), mload(0x1080), r), r), r))
            mstore(0x1060, mload(0x10a0))
            mstore(0x10e0, mulmod(mload(0x200), mload(0x200), r))
            mstore(0x1100, mulmod(mload(0x10e0), mulmod(mload(0x320), mulmod(mload(0x300), mload(0x260), r), r), r))
            mstore(0x10c0, mload(0x1100))
            mstore(0x1140, mulmod(mload(0x200), mload(0x10e0), r))
            mstore(0x1160, mulmod(mload(0x260), mload(0x280), r))
            mstore(0x1180, mulmod(mload(0x1140), mulmod(mload(0x320), mulmod(mload(0x300), mulmod(mload(0x2e0), mload(0x1160), r), r), r), r))
            mstore(0x1120, mload(0x1180))
            mstore(0x11c0, mulmod(mload(0x200), mload(0x1140), r))
            mstore(0x11e0, mulmod(mload(0x2a0), mload(0x1160), r))
            mstore(0x1200, mulmod(mload(0x11c0), mulmod(mload(0x320), mulmod(mload(0x300), mulmod(mload(0x2e0), mload(0x11e0), r), r), r), r))
            mstore(0x11a0, mload(0x1200))
            mstore(0x1240, mulmod(mulmod(mload(0x200), mload(0x11c0), r), mulmod(mload(0x320), mulmod(mload(0x300), mload(0x11e0), r), r), r))
            mstore(0x1220, mload(0x1240))
            mstore(0x1280, mulmod(mload(0x2e0), mulmod(mload(0x2a0), mload(0x2c0), r), r))
            mstore(0x12a0, mulmod(calldataload(0xa64), mulmod(0xc3abf1bdc6cc41ea1a380463df165156118616335fcde40c7ef5c7b9731f795, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x1280), mload(0x300), r), r), r), r), r), r), r))
            mstore(0x12c0, mulmod(mload(0x2c0), mload(0x260), r))
            mstore(0x12e0, mulmod(0x1498b5885e9998792ef0b075c158a88b68e5f3d9a744d2546c1de89bdd55e112, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x300), mulmod(mload(0x2e0), mload(0x12c0), r), r), r), r), r), r), r))
            mstore(0x1300, mulmod(mload(0x2a0), mload(0x260), r))
            mstore(0x1320, mulmod(0xb095718dfd0bf4ec7bc01091a35284d3db8d52d3b1145ebcd60d305c7f64e9b, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x300), mulmod(mload(0x2e0), mload(0x1300), r), r), r), r), r), r), r))
            mstore(0x1340, mulmod(mload(0x2c0), mload(0x1300), r))
            mstore(0x1360, mulmod(calldataload(0x904), mulmod(0x5ffaffb59329bf91c588e8e5d494e55063926a1bb2c62eba31f28f66b5e592d, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x300), mload(0x1340), r), r), r), r), r), r), r))
            mstore(0x1380, mulmod(mload(0x2e0), mload(0x1340), r))
            mstore(0x13a0, mulmod(mload(0x10a0), add(mulmod(calldataload(0x944), mulmod(0x1b898a0c7eb7ecc3b1e56dcc56ec80c22925069d25fef869a9b716c47aa054ff, mulmod(mload(0x340), mulmod(mload(0x340), mload(0x12c0), r), r), r), r), add(mulmod(calldataload(0xa84), mulmod(0x37ead2b92ba141bbaece827f4f94af23ed0a56580e1a664904d14b823a1cc5c, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x2c0), mload(0x2e0), r), r), r), r), r), mulmod(calldataload(0x804), mulmod(0x115c173acfbf9f4a4b7defc2359b8ca8c03e3c45d2d8d1c309ddca1751bddea6, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x2e0), mload(0x260), r), r), r), r), r))), r))
            mstore(0x13c0, addmod(mload(0x13a0), add(add(mload(0x1360), add(add(mload(0x12a0), mulmod(calldataload(0x924), mload(0x12e0), r)), mulmod(calldataload(0x7e4), mload(0x1320), r))), mulmod(calldataload(0xaa4), mulmod(0x2eec212d4e598873bbf7cb198c3a2c7742777f851ff387b5e336aa1438237f93, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x340), mload(0x1380), r), r), r), r), r), r)), r))
            mstore(0x13e0, mulmod(calldataload(0x9a4), mulmod(0x180dcc94d35b9fbea656e1571a98487bf8e37e8f9ec8375b3a6be90e171c6e7, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x2e0), mulmod(mload(0x2c0), mload(0x280), r), r), r), r), r), r), r))
            mstore(0x1400, addmod(add(add(mload(0x13e0), mulmod(calldataload(0x984), mulmod(0x27ce6c028515c2d06638a3df5fc2f37fe2854bb19fcebcb789bcb2426668d92d, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x340), mload(0x1280), r), r), r), r), r)), mulmod(calldataload(0x824), mulmod(0x277b3ca0e47856a83254fad2737f72451d32bce2bdc6fac9203b8abc1569bc20, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x2e0), mload(0x1080), r), r), r), r), r), r)), mulmod(calldataload(0xac4), mulmod(0xffe17790b9f6cdeedad7ea5be16c66d912190139bf0a62c2a24ef9882bba3ce, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x2c0), mload(0x1080), r), r), r), r), r), r), r))
            mstore(0x1420, mulmod(mload(0x340), mload(0x2c0), r))
            mstore(0x1440, mulmod(mload(0x1e0), add(calldataload(0xc04), mulmod(mload(0x1e0), add(calldataload(0xc44), mulmod(mload(0x1e0), add(calldataload(0xc64), mulmod(mload(0x1e0), add(calldataload(0xc84), mulmod(mload(0x1e0), add(calldataload(0xca4), mulmod(mload(0x1e0), add(mload(0x400), mulmod(mload(0x1e0), calldataload(0xc24), r)), r)), r)), r)), r)), r)), r))
            mstore(0x1460, mulmod(mload(0x1e0), add(calldataload(0xb24), mulmod(mload(0x1e0), add(calldataload(0xb44), mulmod(mload(0x1e0), add(calldataload(0xb64), mulmod(mload(0x1e0), add(calldataload(0xb84), mulmod(mload(0x1e0), add(calldataload(0xba4), mulmod(mload(0x1e0), add(calldataload(0xbc4), mulmod(mload(0x1e0), add(mload(0x1440), calldataload(0xbe4)), r)), r)), r)), r)), r)), r)), r))
            mstore(0x1480, addmod(add(mulmod(mload(0x1200), add(calldataload(0x864), mulmod(mload(0x1e0), add(calldataload(0x9e4), mulmod(mload(0x1e0), add(calldataload(0xae4), mulmod(mload(0x1e0), add(mload(0x1460), calldataload(0xb04)), r)), r)), r)), r), add(add(mload(0x13c0), mulmod(mload(0x1400), mload(0x1100), r)), mulmod(mload(0x1180), add(mulmod(add(calldataload(0x8c4), mulmod(mload(0x1e0), calldataload(0xa44), r)), mulmod(0x1650318e435f9441fc5e5456d5e7c920d522543e54800d91b94ddbba4e52d7ac, mload(0x1420), r), r), mulmod(add(calldataload(0x844), mulmod(mload(0x1e0), calldataload(0x964), r)), mulmod(0x1a141ce49dd20be7bbf1f15fab998f3c5311940a253962ff8a9419d9a1ad2855, mulmod(mload(0x340), mload(0x2a0), r), r), r)), r))), mulmod(mload(0x1240), add(mulmod(mulmod(0x1650318e435f9441fc5e5456d5e7c920d522543e54800d91b94ddbba4e52d7ad, mulmod(mload(0x340), mload(0x2e0), r), r), add(calldataload(0x884), mulmod(mload(0x1e0), add(calldataload(0x8e4), mulmod(mload(0x1e0), add(calldataload(0x9c4), mulmod(mload(0x1e0), calldataload(0xcc4), r)), r)), r)), r), mulmod(mulmod(mload(0x1420), 0x1a141ce49dd20be7bbf1f15fab998f3c5311940a253962ff8a9419d9a1ad2854, r), add(calldataload(0x8a4), mulmod(mload(0x1e0), add(calldataload(0xa24), mulmod(mload(0x1e0), add(calldataload(0xa04), mulmod(mload(0x1e0), calldataload(0xce4), r)), r)), r)), r)), r), r))
            mstore(0x1260, sub(r, mload(0x1480)))
            mstore(0x14a0, sub(r, mulmod(mload(0x300), mload(0x1380), r)))

            // The quotient's commitment: its pieces folded by x^n.
            calldatacopy(0x14c0, 0x7a4, 0x40)
            mstore(0x1500, mload(0x240))
            calldatacopy(0x1560, 0x764, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            calldatacopy(0x1560, 0x724, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            calldatacopy(0x1560, 0x6e4, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            calldatacopy(0x1560, 0x6a4, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            calldatacopy(0x1560, 0x664, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            mcopy(0x1760, 0x14c0, 0x40)

            // Set 0: opened at x omega^i for i = [-5, -1, 0, 1, 6], folded by y.
            calldatacopy(0x14c0, 0x364, 0x40)
            mcopy(0x15e0, 0x14c0, 0x40)

            // Set 1: opened at x omega^i for i = [-5, 0, 1], folded by y.
            calldatacopy(0x14c0, 0x3a4, 0x40)
            mstore(0x1500, mload(0x1060))
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x15a0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x15a0, 0x80, 0x15e0, 0x40))

            // Set 2: opened at x omega^i for i = [-2, -1, 0, 1], folded by y.
            calldatacopy(0x14c0, 0x4e4, 0x40)
            mstore(0x1500, mload(0x10c0))
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x15a0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x15a0, 0x80, 0x15e0, 0x40))

            // Set 3: opened at x omega^i for i = [-1, 0], folded by y.
            calldatacopy(0x14c0, 0x3e4, 0x40)
            mstore(0x1500, mload(0x1e0))
            calldatacopy(0x1560, 0x524, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            mstore(0x1500, mload(0x1120))
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x15a0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x15a0, 0x80, 0x15e0, 0x40))

            // Set 4: opened at x omega^i for i = [0], folded by y.
            calldatacopy(0x14c0, 0x624, 0x40)
            mstore(0x1500, mload(0x1e0))
            mcopy(0x1560, 0x1760, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            mstore(0x1560, 0x026cb9c429f85b9b26979ffe64e5c1ed4fe2d1b055137b57a6a42546df362e2b)
            mstore(0x1580, 0x0e2592a0ad8846968d064d06c5e539bb606698c38393f83ed87c47a129bf7b18)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            mstore(0x1560, 0x29bbf8982e9e0f6f4dee33c686a2f5bfbead81d9c7e6ff5b168576d8d51c62be)
            mstore(0x1580, 0x0913c3df3fbc0e55cbb6804c18abdd550c7b30566398fc1944ba369bd1f2fbbf)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            mstore(0x1560, 0x0cb499ca6fe0ffc6d5e92c88bb0304e4edd545bfae6eef18b2255620d340df63)
            mstore(0x1580, 0x0f419cbaffbfffe1089a6fe8665ad3c9259779fc1085c4987e414b49d0b7280d)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            mstore(0x1560, 0x0f72d0ffc3779a05502326db43d0230d4b838d15e36941b4ae2418a5e79ee357)
            mstore(0x1580, 0x0f001ef2cd0c45c4424cb7ad83a2b28e56e1f6e6bc5155dd1943511fcf93c067)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            mstore(0x1560, 0x055ce2fe5f5d2543dc53ea0298d1c6aa9374f0b644f25a19a384d5e681bbbe13)
            mstore(0x1580, 0x119949a401cfa7fdbb97eb9eb5ff10dc992d4c07d65fb0234dd97baab21f4dcc)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            mstore(0x1560, 0x29d9eef728c6370e4704af780588571cff4eabc74d8869ce46fa7f73f9ec4ef5)
            mstore(0x1580, 0x1c6ab760ce76a2bc3619ef87b18b02e433d4d4cd3c0594867319374095957e83)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            mstore(0x1560, 0x25ad435795680733ca38fe35f6dee74c475a81936144981688af903a49760000)
            mstore(0x1580, 0x1c785e20b4cc37507c8cde08a9186f7fae5eea4722cf9b8cb85c4747e801ca96)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            mstore(0x1560, 0x2662fd58ba66eb552eb07f7c4a5acbac0eb621255a282f1a9e8f4109e70f7f99)
            mstore(0x1580, 0x0008af72b8f05bcb76f3796b412d1d5a76d74c67de890ed33147425352a022c4)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            mstore(0x1560, 0x2736841c7d0f02029cb0aab5994cfe57cfdd94d4335bb5c4c3393241c4247a20)
            mstore(0x1580, 0x1c9c7a88ecb52dec611ff405f2b442fb05128bfe2a370660554027ce369c711d)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            mstore(0x1560, 0x26b7702dd562799b553f1383fc72e46ee28ed32a5b5798683cc2e89068e97230)
            mstore(0x1580, 0x10f32196a75c659f98bf1164e2eb249355495113ec16321a7f56bbdf10756e1f)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            mstore(0x1560, 0x1f817c920344051a24c9cda28f4aec6a6665ae536ad3e812a93a9c7dcd0e4469)
            mstore(0x1580, 0x249254b6559086b6e4d8d4418861fcc0baffa1588736625fd4b7b9198331ce9d)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            mstore(0x1560, 0x1fe9bf82fd5bcaf9361abf593985f85aeaffd686aafd7a02d13aae62f4677d4c)
            mstore(0x1580, 0x1c947f4edacab8c2783fbc90f560e90b6075a77d086a694a44f296f8356d56b3)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            mstore(0x1560, 0x0215e7ef0b3219a890e61569d0e707a30689b7bd142a2ee5776bfc5fe276e6a7)
            mstore(0x1580, 0x2e5e927dec5ebbd12165bd08c0100761550b6a7fae944f1b8ae7da12728f59bf)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            mstore(0x1560, 0x04f4d13f915c5348a3574414fc90d0cefa0fe03e9a4947a7dd8af897c9cda0d3)
            mstore(0x1580, 0x19fd094ad29e58bca7b728e91b170d497d82a59d616a2141278732d390f2d76b)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            calldatacopy(0x1560, 0x4a4, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            calldatacopy(0x1560, 0x424, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            mstore(0x1500, mload(0x11a0))
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x15a0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x15a0, 0x80, 0x15e0, 0x40))

            // Set 5: opened at x omega^i for i = [0, 1], folded by y.
            calldatacopy(0x14c0, 0x5e4, 0x40)
            mstore(0x1500, mload(0x1e0))
            calldatacopy(0x1560, 0x464, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            calldatacopy(0x1560, 0x5a4, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            calldatacopy(0x1560, 0x564, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x1520, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1520, 0x80, 0x14c0, 0x40))
            mstore(0x1500, mload(0x1220))
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x15a0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x15a0, 0x80, 0x15e0, 0x40))

            // The generator, SHPLONK's quotient W and its opening W'.
            mstore(0x14c0, 1)
            mstore(0x14e0, 2)
            mstore(0x1500, mload(0x1260))
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x15a0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x15a0, 0x80, 0x15e0, 0x40))
            calldatacopy(0x14c0, 0xd04, 0x40)
            mstore(0x1500, mload(0x14a0))
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x15a0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x15a0, 0x80, 0x15e0, 0x40))
            calldatacopy(0x14c0, 0xd44, 0x40)
            mstore(0x1500, mload(0x220))
            ok := and(ok, staticcall(20000, 7, 0x14c0, 0x60, 0x15a0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x15a0, 0x80, 0x15e0, 0x40))

            // e(F, -G2) e(W', tau G2) = 1.
            mstore(0x1620, 0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2)
            mstore(0x1640, 0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed)
            mstore(0x1660, 0x275dc4a288d1afb3cbb1ac09187524c7db36395df7be3b99e673b13a075a65ec)
            mstore(0x1680, 0x1d9befcd05a5323e6da4d435f3b617cdb3af83285c2df711ef39c01571827f9d)
            calldatacopy(0x16a0, 0xd44, 0x40)
            mstore(0x16e0, 0x260e01b251f6f1c7e7ff4e580791dee8ea51d87a358e038b4efe30fac09383c1)
            mstore(0x1700, 0x0118c4d5b837bcc2bc89b5b398b5974e9f5944073b32078b7e231fec938883b0)
            mstore(0x1720, 0x04fc6369f7110fe3d25156c1bb9a72859cf2a04641f99ba4ee413c80da6a5fe4)
            mstore(0x1740, 0x22febda3c0c0632a56475b4214e5615e11e6dd3f96e6cea2854a87d4dacc5e55)
            ok := and(ok, staticcall(300000, 8, 0x15e0, 0x180, 0, 0x20))
            if iszero(ok) {
                mstore(0, shl(224, 0x84e81692)) // PrecompileFailed()
                revert(0, 4)
            }
            if iszero(eq(mload(0), 1)) {
                mstore(0, shl(224, 0x7fcdd1f4)) // ProofInvalid()
                revert(0, 4)
            }
            mstore(0, 1)
            return(0, 0x20)
        }
    }
}
