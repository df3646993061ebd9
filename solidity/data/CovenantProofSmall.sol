// SPDX-License-Identifier: MIT OR Apache-2.0
// Generated from the verifying key. Do not edit.
pragma solidity ^0.8.30;

/// @title Verifier of proofs of the circuit covenant-1.1/4x18x8x4/21dba03309bf4a30f8fb4b8f9649b8b33a37ea9cbe0015eeb21f51a186c1ef24
/// @notice KZG with the ceremony aztec-ignition. Halo2 with the keccak transcript and SHPLONK.
/// @dev Says only that the public inputs are true of some secret. Whoever calls it builds the
/// public inputs itself, from values it checked (S9); see ICovenantVerifier.
contract CovenantProofSmall {
    /// @notice The calldata is not exactly 19 public inputs and a proof of 2912 bytes.
    error WrongLength();
    /// @notice A scalar is not below r, or a point is not on the curve.
    error NotCanonical();
    /// @notice A precompile failed or was not given enough gas.
    error PrecompileFailed();
    /// @notice The proof does not prove the statement.
    error ProofInvalid();

    /// @notice Returns true if the proof proves the statement; reverts otherwise.
    /// @param instances The public inputs, each below r.
    /// @param proof Exactly 2912 bytes.
    function verify(uint256[19] calldata instances, bytes calldata proof)
        external
        view
        returns (bool)
    {
        // Both are read from calldata, at places that are checked first.
        (instances, proof);
        assembly {
            let r := 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001

            // Exact calldata: the offset of the proof, its length, nothing after it.
            if iszero(and(and(eq(calldatasize(), 3588), eq(calldataload(0x264), 0x280)), eq(calldataload(0x284), 2912))) {
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
            ok := and(ok, lt(calldataload(0x6e4), r))
            ok := and(ok, lt(calldataload(0x704), r))
            ok := and(ok, lt(calldataload(0x724), r))
            ok := and(ok, lt(calldataload(0x744), r))
            ok := and(ok, lt(calldataload(0x764), r))
            ok := and(ok, lt(calldataload(0x784), r))
            ok := and(ok, lt(calldataload(0x7a4), r))
            ok := and(ok, lt(calldataload(0x7c4), r))
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
            ok := and(ok, lt(calldataload(0xd04), r))
            ok := and(ok, lt(calldataload(0xd24), r))
            ok := and(ok, lt(calldataload(0xd44), r))
            ok := and(ok, lt(calldataload(0xd64), r))

            // Every point: x < p, y < p and y^2 = x^3 + 3. The identity (0, 0) is not on the curve.
            {
                let p := 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47
                let x
                let y
                x := calldataload(0x2a4)
                y := calldataload(0x2c4)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x2e4)
                y := calldataload(0x304)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x324)
                y := calldataload(0x344)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
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
                x := calldataload(0xd84)
                y := calldataload(0xda4)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0xdc4)
                y := calldataload(0xde4)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
            }
            if iszero(ok) {
                mstore(0, shl(224, 0xd7c7beeb)) // NotCanonical()
                revert(0, 4)
            }

            // The transcript: the key's digest, the public inputs, the proof in its order.
            // The last hash is placed before each stretch of the proof.
            mstore(0x200, 0x21dba03309bf4a30f8fb4b8f9649b8b33a37ea9cbe0015eeb21f51a186c1ef24)
            calldatacopy(0x220, 0x4, 0x260)
            calldatacopy(0x480, 0x2a4, 2912)
            {
                let h
                h := keccak256(0x200, 0x440)
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
                mstore(0x620, h)
                h := keccak256(0x620, 0xa0)
                mstore(0x100, mod(h, r)) // Theta
                mstore8(0x20, 1)
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0x120, mod(h, r)) // Beta
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0x140, mod(h, r)) // Gamma
                mstore(0x6a0, h)
                h := keccak256(0x6a0, 0xa0)
                mstore(0x160, mod(h, r)) // Y
                mstore(0x720, h)
                h := keccak256(0x720, 0x1a0)
                mstore(0x180, mod(h, r)) // X
                mstore(0x8a0, h)
                h := keccak256(0x8a0, 0x6c0)
                mstore(0x1a0, mod(h, r)) // SetFold
                mstore8(0x20, 1)
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0x1c0, mod(h, r)) // Sets
                mstore(0xf40, h)
                h := keccak256(0xf40, 0x60)
                mstore(0x1e0, mod(h, r)) // U
            }

            // x^n, n = 2^12.
            {
                let power := mload(0x180)
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
                mstore(0x200, power)
            }

            // u - x omega^i for every rotation i.
            mstore(0x220, addmod(mload(0x1e0), sub(r, mulmod(0xf85acfe92e6c7400527c499dbb42f12e8a8437ea29f4bf23d1c384166f57495, mload(0x180), r)), r))
            mstore(0x240, addmod(mload(0x1e0), sub(r, mulmod(0xcf59063ebea9143d5180f3cf52d7f60caf0474ecb896a3cd1d79da198ff6026, mload(0x180), r)), r))
            mstore(0x260, addmod(mload(0x1e0), sub(r, mulmod(0x2afd4e77273f1cb3434a4a667929058c156b21573c3f1efc882e708597d7161a, mload(0x180), r)), r))
            mstore(0x280, addmod(mload(0x1e0), sub(r, mulmod(0x179c2392139def1b24f4e92b4bfba20a0fa885cb6bfc2f2cb92790e00237d0c0, mload(0x180), r)), r))
            mstore(0x2a0, addmod(mload(0x1e0), sub(r, mload(0x180)), r))
            mstore(0x2c0, addmod(mload(0x1e0), sub(r, mulmod(0x2f6122bbf1d35fdaa9953f60087a423238aa810773efee2a251aa6161f2e6ee6, mload(0x180), r)), r))
            mstore(0x2e0, addmod(mload(0x1e0), sub(r, mulmod(0x14c60185e75885d674db4b3f7d4a5694fa6c01aa0f53557b060bc04a4172705f, mload(0x180), r)), r))
            mstore(0x300, addmod(mload(0x1e0), sub(r, mulmod(0xfc9b0d2648547b1269df485820744f09b040ce18eeec2900205dbd323be210e, mload(0x180), r)), r))
            mstore(0x320, addmod(mload(0x1e0), sub(r, mulmod(0x2ad9021ed07c42ab19f77c5cf2cbd2deb135ea330f1b1573bd08d99309c4bb7d, mload(0x180), r)), r))
            mstore(0x340, addmod(mload(0x1e0), sub(r, mulmod(0x22177d83ed0e18c071a9fc92820f3928e3ac1f698dbef2f16a898e7532d92562, mload(0x180), r)), r))
            mstore(0x360, addmod(mload(0x1e0), sub(r, mulmod(0x1908597d2fc3bc1da312efa344e0fc8a7079300238f2ee35774f117e66fd4467, mload(0x180), r)), r))
            mstore(0x380, addmod(mload(0x1e0), sub(r, mulmod(0x3a8d2f7985c1028bc933b74ecf050f94f908d9654a63b655cd8b452027855a, mload(0x180), r)), r))
            mstore(0x3a0, addmod(mload(0x1e0), sub(r, mulmod(0xdd30b9ad8c173555d2a33029bc807ac165b61281e9054a173af7ff4e4fc88fc, mload(0x180), r)), r))
            mstore(0x3c0, addmod(mload(0x1e0), sub(r, mulmod(0xe166be30fd9903c1ecd791b4b91d0c14627155a2f5dfe719039e8bcad8bc7ff, mload(0x180), r)), r))
            mstore(0x400, mload(0x180))
            mstore(0x420, mulmod(mload(0x380), mulmod(mload(0x360), mulmod(mload(0x320), mulmod(mload(0x300), mulmod(mload(0x2e0), mulmod(mload(0x280), mulmod(mload(0x220), mload(0x260), r), r), r), r), r), r), r))
            mstore(0x3e0, mulmod(mload(0x3c0), mulmod(mload(0x420), mload(0x3a0), r), r))
            mstore(0x440, add(mload(0x200), sub(r, 1)))

            // All inverses from one: d = x omega^-i - 1 for the last rows and the rows of the public
            // inputs, and the others. Beside each d is the product of those before it.
            {
                let product := 1
                let z := mulmod(mload(0x180), 0x18cb40cf4c9037c840044cd2d794c292b2103bcb2c27190d8196ba1d43ea3a1, r)
                for { let i := 0x4e0 } lt(i, 0xce0) { i := add(i, 0x40) } {
                    let d := add(z, sub(r, 1))
                    mstore(i, d)
                    mstore(add(i, 0x20), product)
                    product := mulmod(product, d, r)
                    z := mulmod(z, 0x179c2392139def1b24f4e92b4bfba20a0fa885cb6bfc2f2cb92790e00237d0c0, r)
                }
                mstore(0xce0, product)
                product := mulmod(product, mload(0x440), r)
                mstore(0xd00, product)
                product := mulmod(product, mload(0x400), r)
                mstore(0xd20, product)
                product := mulmod(product, mload(0x3e0), r)
                // product^(r - 2)
                mstore(0xd40, 0x20)
                mstore(0xd60, 0x20)
                mstore(0xd80, 0x20)
                mstore(0xda0, product)
                mstore(0xdc0, sub(r, 2))
                mstore(0xde0, r)
                ok := staticcall(20000, 5, 0xd40, 0xc0, 0, 0x20)
                let inverse := mload(0)
                if iszero(and(ok, iszero(iszero(inverse)))) {
                    mstore(0, shl(224, 0x7fcdd1f4)) // ProofInvalid()
                    revert(0, 4)
                }
                product := mulmod(inverse, mload(0xd20), r)
                inverse := mulmod(inverse, mload(0x3e0), r)
                mstore(0x3e0, product)
                product := mulmod(inverse, mload(0xd00), r)
                inverse := mulmod(inverse, mload(0x400), r)
                mstore(0x400, product)
                product := mulmod(inverse, mload(0xce0), r)
                inverse := mulmod(inverse, mload(0x440), r)
                mstore(0x440, product)
                let sum := 0
                for { let i := 0xca0 let c := 0x244 } gt(i, 0x820) { i := sub(i, 0x40) c := sub(c, 0x20) } {
                    sum := addmod(sum, mulmod(mulmod(inverse, mload(add(i, 0x20)), r), calldataload(c), r), r)
                    inverse := mulmod(inverse, mload(i), r)
                }
                // (x^n - 1) / n
                let factor := mulmod(add(mload(0x200), sub(r, 1)), 0x3061482dfa038d0fb5b4c0b226194047a2616509f531d4fa3acdb77496c10001, r)
                z := mulmod(inverse, mload(0x840), r)
                inverse := mulmod(inverse, mload(0x820), r)
                mstore(0x460, mulmod(factor, z, r))
                mstore(0x4c0, mulmod(factor, addmod(sum, mulmod(z, calldataload(0x4), r), r), r))
                // The blinded rows, then the last one.
                sum := 0
                sum := addmod(sum, mulmod(inverse, mload(0x800), r), r)
                inverse := mulmod(inverse, mload(0x7e0), r)
                sum := addmod(sum, mulmod(inverse, mload(0x7c0), r), r)
                inverse := mulmod(inverse, mload(0x7a0), r)
                sum := addmod(sum, mulmod(inverse, mload(0x780), r), r)
                inverse := mulmod(inverse, mload(0x760), r)
                sum := addmod(sum, mulmod(inverse, mload(0x740), r), r)
                inverse := mulmod(inverse, mload(0x720), r)
                sum := addmod(sum, mulmod(inverse, mload(0x700), r), r)
                inverse := mulmod(inverse, mload(0x6e0), r)
                sum := addmod(sum, mulmod(inverse, mload(0x6c0), r), r)
                inverse := mulmod(inverse, mload(0x6a0), r)
                sum := addmod(sum, mulmod(inverse, mload(0x680), r), r)
                inverse := mulmod(inverse, mload(0x660), r)
                sum := addmod(sum, mulmod(inverse, mload(0x640), r), r)
                inverse := mulmod(inverse, mload(0x620), r)
                sum := addmod(sum, mulmod(inverse, mload(0x600), r), r)
                inverse := mulmod(inverse, mload(0x5e0), r)
                sum := addmod(sum, mulmod(inverse, mload(0x5c0), r), r)
                inverse := mulmod(inverse, mload(0x5a0), r)
                sum := addmod(sum, mulmod(inverse, mload(0x580), r), r)
                inverse := mulmod(inverse, mload(0x560), r)
                sum := addmod(sum, mulmod(inverse, mload(0x540), r), r)
                inverse := mulmod(inverse, mload(0x520), r)
                mstore(0x480, mulmod(factor, inverse, r))
                mstore(0x4a0, addmod(1, sub(r, mulmod(factor, addmod(sum, inverse, r), r)), r))
            }
            mstore(0x500, mulmod(mload(0x160), mload(0x160), r))
            mstore(0x520, mulmod(mload(0x500), mload(0x160), r))
            mstore(0x540, mulmod(mload(0x520), mload(0x160), r))
            mstore(0x560, mulmod(mload(0x540), mload(0x160), r))
            mstore(0x580, mulmod(mload(0x560), mload(0x160), r))
            mstore(0x5a0, mulmod(mload(0x580), mload(0x160), r))
            mstore(0x5c0, mulmod(mload(0x5a0), mload(0x160), r))
            mstore(0x5e0, mulmod(mload(0x5c0), mload(0x160), r))
            mstore(0x600, mulmod(mload(0x5e0), mload(0x160), r))
            mstore(0x620, mulmod(mload(0x600), mload(0x160), r))
            mstore(0x640, mulmod(mload(0x620), mload(0x160), r))
            mstore(0x660, mulmod(mload(0x640), mload(0x160), r))

            // Every identity, folded by y: the gates, each times its switch, then the permutation.
            // Each is named: the gate and the equation that holds where its switch is not 0.
            let sum := 0
            let inner
            // x_next is the next S-box input: x_next = the transition's map
            mstore(0x680, addmod(add(0x2, sub(r, calldataload(0xae4))), sub(r, calldataload(0xb04)), r))
            mstore(0x6a0, mulmod(calldataload(0xae4), mload(0x680), r))
            mstore(0x6c0, mulmod(calldataload(0xb04), add(calldataload(0xb04), sub(r, 0x1)), r))
            mstore(0x6e0, mulmod(calldataload(0xae4), add(calldataload(0xae4), sub(r, 0x1)), r))
            mstore(0x700, mulmod(calldataload(0xb04), mload(0x680), r))
            mstore(0x720, add(mload(0x6e0), mload(0x700)))
            mstore(0x740, addmod(mload(0x720), add(mload(0x6a0), mload(0x6c0)), r))
            mstore(0x760, mulmod(calldataload(0x744), calldataload(0x744), r))
            mstore(0x780, mulmod(calldataload(0x744), mulmod(mload(0x760), mload(0x760), r), r))
            mstore(0x7a0, 0x251e7fdf99591080080b0af133b9e4369f22e57ace3cd7f64fc6fdbcf38d7da1)
            mstore(0x7c0, mulmod(calldataload(0x764), calldataload(0x764), r))
            mstore(0x7e0, mulmod(calldataload(0x764), mulmod(mload(0x7c0), mload(0x7c0), r), r))
            mstore(0x800, mulmod(calldataload(0x784), calldataload(0x784), r))
            mstore(0x820, mulmod(calldataload(0x784), mulmod(mload(0x800), mload(0x800), r), r))
            mstore(0x840, mulmod(calldataload(0x7a4), calldataload(0x7a4), r))
            mstore(0x860, mulmod(calldataload(0x7a4), mulmod(mload(0x840), mload(0x840), r), r))
            mstore(0x880, mulmod(calldataload(0x7c4), calldataload(0x7c4), r))
            mstore(0x8a0, mulmod(calldataload(0x7c4), mulmod(mload(0x880), mload(0x880), r), r))
            mstore(0x8c0, addmod(mulmod(mload(0x8a0), 0xaaa35e2c84baf117dea3e336cd96a39792b3813954fe9bf3ed5b90f2f69c977, r), add(mulmod(mload(0x860), 0x104d0295ab00c85e960111ac25da474366599e575a9b7edf6145f14ba6d3c1c4, r), add(mulmod(mload(0x820), 0x293d617d7da72102355f39ebf62f91b06deb5325f367a4556ea1e31ed5767833, r), add(mulmod(mload(0x780), mload(0x7a0), r), mulmod(mload(0x7e0), 0x25fb50b65acf4fb047cbd3b1c17d97c7fe26ea9ca238d6e348550486e91c7765, r)))), r))
            mstore(0x8e0, 0x218796dd338868e7300732cf5d3925c74c1badd0a32d8b41b96e555ddfe27869)
            mstore(0x900, 0x2503f642cfcb5f06e1a18c68efca3c0672ed26edfc7e6e77513ba7a4c660ab53)
            mstore(0x920, 0x2c01b6282fad3d37bdc72033b4d8da10494ac283ec74d5e63d72dbe06b4037c6)
            mstore(0x940, 0x172f5e628cc26149dcc488004690cfa55faac52708481fffb3d4cfa3808b4051)
            mstore(0x960, 0x74019237db9fbc928e4fceaf52b9ffe45ead67eab8e238cb18878e6b20b8a6c)
            mstore(0x980, mulmod(mload(0x780), mload(0x960), r))
            mstore(0x9a0, 0x14f6ab2c6caef74572f821bb82c4bda12a302be5aeb91ad1562b97b09db427d8)
            mstore(0x9c0, 0x207da9637379529f714ecb391b8679e0e706aa377007317ef46da24e8f9124e)
            mstore(0x9e0, 0xd1ecfc6e6ec39c56d953ff80bbbe31b5710aa74969d92b87beaf53de7935be3)
            mstore(0xa00, addmod(add(mulmod(calldataload(0x7c4), mload(0x940), r), add(mulmod(calldataload(0x7a4), mload(0x920), r), add(mulmod(calldataload(0x764), mload(0x8e0), r), mulmod(calldataload(0x784), mload(0x900), r)))), add(mulmod(mload(0x7a0), mload(0x8a0), r), add(mulmod(mload(0x860), mload(0x9e0), r), add(add(mload(0x980), mulmod(mload(0x7e0), mload(0x9a0), r)), mulmod(mload(0x820), mload(0x9c0), r)))), r))
            inner := add(sub(r, mulmod(mload(0x700), mload(0xa00), r)), add(sub(r, mulmod(mload(0x6e0), mload(0x8c0), r)), add(add(mulmod(mload(0x740), add(calldataload(0x7e4), sub(r, calldataload(0xb24))), r), sub(r, mulmod(mload(0x6a0), mload(0x8c0), r))), sub(r, mulmod(mload(0x6c0), mload(0xa00), r)))))
            // x_next is the next S-box input: x_next = the transition's map
            mstore(0xa20, addmod(add(mulmod(calldataload(0x7c4), mload(0x920), r), add(mulmod(calldataload(0x784), mload(0x8e0), r), mulmod(calldataload(0x7a4), mload(0x900), r))), add(mulmod(mload(0x8a0), mload(0x9e0), r), add(mulmod(mload(0x860), mload(0x9c0), r), add(mulmod(mload(0x7e0), mload(0x960), r), mulmod(mload(0x820), mload(0x9a0), r)))), r))
            mstore(0xa40, addmod(add(mulmod(calldataload(0x7a4), mload(0x8e0), r), mulmod(calldataload(0x7c4), mload(0x900), r)), add(mulmod(mload(0x8a0), mload(0x9c0), r), add(mulmod(mload(0x820), mload(0x960), r), mulmod(mload(0x860), mload(0x9a0), r))), r))
            mstore(0xa60, addmod(mulmod(calldataload(0x7c4), mload(0x8e0), r), add(mulmod(mload(0x860), mload(0x960), r), mulmod(mload(0x8a0), mload(0x9a0), r)), r))
            mstore(0xa80, mulmod(mload(0x8a0), mload(0x960), r))
            mstore(0xaa0, mulmod(calldataload(0x7e4), calldataload(0x7e4), r))
            mstore(0xac0, mulmod(calldataload(0x7e4), mulmod(mload(0xaa0), mload(0xaa0), r), r))
            inner := addmod(addmod(sub(r, mulmod(mload(0x720), add(mulmod(calldataload(0x7e4), mload(0x940), r), mulmod(mload(0x7a0), mload(0xac0), r)), r)), add(sub(r, mulmod(mload(0x700), mload(0xa20), r)), add(sub(r, mulmod(mload(0x6e0), add(mulmod(mload(0x8a0), 0x1f0f0d02eddd87a876494dec76cc5d8d33e87ac89bbcf79589c70c98cee9a7ad, r), add(mulmod(mload(0x860), 0x25005ce99caab6b4f470564b9f04629be82196874f82af0d32b0b25be2bcc938, r), add(mulmod(mload(0x820), 0x1b28be09eb28fe58fb7f4216a694b623987e57e90c9b847ff3ec6b3c76dd4111, r), add(mulmod(mload(0x780), mload(0x9e0), r), mulmod(mload(0x7e0), 0x17321a43b23116c030896a7d447eae81044cf3d0f4c0b5b9d3e27096c7926d03, r))))), r)), add(add(mulmod(mload(0x740), add(calldataload(0x804), sub(r, calldataload(0xb44))), r), sub(r, mulmod(mload(0x6a0), add(mulmod(mload(0x8a0), 0x14ddb5fada0171db80195b9592d8cf2be810930e3ea4574a350d65e2cbff4941, r), add(mulmod(mload(0x860), 0x21888041e6febd546d427c890b1883bb9b626d8cb4dc18dcc4ec8fa75e530a13, r), add(mulmod(mload(0x820), 0x28c2be2f8264f95f0b53c732134efa338ccd8fdb9ee2b45fb86a894f7db36c37, r), add(mulmod(mload(0x780), 0x2a70b9f1d4bbccdbc03e17c1d1dcdb02052903dc6609ea6969f661b2eb74c839, r), mulmod(mload(0x7e0), 0x281154651c921e746315a9934f1b8a1bba9f92ad8ef4b979115b8e2e991ccd7a, r))))), r))), sub(r, mulmod(mload(0x6c0), add(mulmod(mload(0xa80), 0x1f12303e4dd8134c80e541b3ee376b473431d852d368476d62ae591eb50c1fb4, r), add(mulmod(mload(0xa60), 0x1e9c55968b09ebc5d2a2da375d3ab895041772fc9ddf42e70accb367ffad163d, r), add(mulmod(mload(0xa40), 0x2eb4413c7cd427a38a61b1bf006e5840d7e160e38c27daeacd3477f34f251a6, r), add(mulmod(mload(0xa00), 0x2948b6d7cc1f20b1e868295edc48de5e968443e714dbe6bfedb5c53371680a2c, r), mulmod(mload(0xa20), 0x2d707e874df90edfc5d3be6bb0a7f248a59bd97802d577f6e02f7e3edbff2260, r))))), r))))), r), mulmod(inner, mload(0x160), r), r)
            // x_next is the next S-box input: x_next = the transition's map
            mstore(0xae0, mulmod(calldataload(0x804), calldataload(0x804), r))
            mstore(0xb00, mulmod(calldataload(0x804), mulmod(mload(0xae0), mload(0xae0), r), r))
            mstore(0xb20, addmod(add(sub(r, mulmod(mload(0x700), mload(0xa40), r)), add(sub(r, mulmod(mload(0x6e0), add(mulmod(mload(0x8a0), 0x1f9879dea8d872552569e902ed4a4cc27b8998cf6db0e483c797fb254ee6bd55, r), add(mulmod(mload(0x860), 0x14961d7371e7ecdecc327bd5fb5de09c9fb711967157b33a78a7610b33c09134, r), add(mulmod(mload(0x820), 0x2e48e24ce2924a8d72594aef7225fe78bd38bafbfd14d0c4356d7ee563b9f851, r), add(mulmod(mload(0x780), mload(0x9c0), r), mulmod(mload(0x7e0), 0xcf937853a4d070dd737fdbd000fb5ce62e69bbd692b7a99c2b20ee87e2c6ac2, r))))), r)), add(add(mulmod(mload(0x740), add(calldataload(0x824), sub(r, calldataload(0xb64))), r), sub(r, mulmod(mload(0x6a0), add(mulmod(mload(0x8a0), 0x2efc2b90d688134849018222e7b8922eaf67ce79816ef468531ec2de53bbd167, r), add(mulmod(mload(0x860), 0x12c7e2adfa524e5958f65be2fbac809fcba8458b28e44d9265051de33163cf9c, r), add(mulmod(mload(0x820), 0x15b98ce93e47bc64ce2f2c96c69663c439c40c603049466fa7f9a4b228bfc32b, r), add(mulmod(mload(0x780), 0x2f69a7198e1fbcc7dea43265306a37ed55b91bff652ad69aa4fa8478970d401d, r), mulmod(mload(0x7e0), 0x1c1edd62645b73ad931ab80e37bbb267ba312b34140e716d6a3747594d3052, r))))), r))), sub(r, mulmod(mload(0x6c0), add(mulmod(mload(0xa80), 0xfc40f22a7b7a774910c71bf287ff5b975a731ec30832d7591467e660b5cd588, r), add(mulmod(mload(0xa60), 0x2f207101f14cafb75383700d3d7d6ebb13549e655f1facf15327385a4644cda7, r), add(mulmod(mload(0xa40), 0x2690b69b83b04b9bc1e75da7d77f0f8001bbb1d29936ccbbe91a7299d39361d3, r), add(mulmod(mload(0xa00), 0xfeeacf3761657def9cb81d517f546ba7e59aaad4bff009326e857bff072fce, r), mulmod(mload(0xa20), 0x1f2d9f5b5fdee1801d13aaa606905eacc7e87c436465af59db5c340f6cde3d8, r))))), r))))), sub(r, mulmod(mload(0x720), add(add(mulmod(calldataload(0x7e4), mload(0x920), r), mulmod(mload(0x940), calldataload(0x804), r)), add(mulmod(mload(0x9e0), mload(0xac0), r), mulmod(mload(0x7a0), mload(0xb00), r))), r)), r))
            inner := addmod(mload(0xb20), mulmod(inner, mload(0x160), r), r)
            // x_next is the next S-box input: x_next = the transition's map
            mstore(0xb40, mulmod(calldataload(0x824), calldataload(0x824), r))
            mstore(0xb60, mulmod(calldataload(0x824), mulmod(mload(0xb40), mload(0xb40), r), r))
            mstore(0xb80, addmod(add(sub(r, mulmod(mload(0x700), mload(0xa60), r)), add(sub(r, mulmod(mload(0x6e0), add(mulmod(mload(0x8a0), 0x2e5459e2032050887b022b0ee48b622094e032ba28d217d9ade821b6965ed307, r), add(mulmod(mload(0x860), 0x1252bc14e37db372579306e1cf6c3cab4242b5cfd3b8ecf5408aaa1a71336e4a, r), add(mulmod(mload(0x820), 0x13f0bcb8f8e4f2bde641038ac6976a02cb28f3129b62939ea08d1d51b5b552c3, r), add(mulmod(mload(0x780), mload(0x9a0), r), mulmod(mload(0x7e0), 0x24e1ea794f3a099d02693e52b46af63781611775cfbd120c3260e499b12cd169, r))))), r)), add(add(mulmod(mload(0x740), add(calldataload(0x844), sub(r, calldataload(0xb84))), r), sub(r, mulmod(mload(0x6a0), add(mulmod(mload(0x8a0), 0x7f017a7ebd56dd086f7cd4fd710c509ed7ef8e300b9a8bb9fb9f28af710251f, r), add(mulmod(mload(0x860), 0x2625ce48a7b39a4252732624e4ab94360812ac2fc9a14a5fb8b607ae9fd8514a, r), add(mulmod(mload(0x820), 0x1c482a25a729f5df20225815034b196098364a11f4d988fb7cc75cf32d8136fa, r), add(mulmod(mload(0x780), 0xc3f050a6bf5af151981e55e3e1a29a13c3ffa4550bd2514f1afd6c5f721f830, r), mulmod(mload(0x7e0), 0xdec54e6dbf75205fa75ba7992bd34f08b2efe2ecd424a73eda7784320a1a36e, r))))), r))), sub(r, mulmod(mload(0x6c0), add(mulmod(mload(0xa80), 0x2bd6d392fb461e926f841d5530a743db2dd62b3b756ce1684f4b36bd79976ee5, r), add(mulmod(mload(0xa60), 0x26d1f6ad1f8858afa873464578ceacb4ff11a9eeb46ab21332ebeec4d6246ee3, r), add(mulmod(mload(0xa40), 0x113963e436b7f9dc1ed1e1399f7fa28745b026ed052ee66a894199b913866cf6, r), add(mulmod(mload(0xa00), 0x11108ad50d999071f30ac9a14b756861ffb8562045a5653f6998cc714d1fac66, r), mulmod(mload(0xa20), 0x73ec28b16fdc1927e5938d1edf08161cc6bfb783fae210446a5932954f92f5e, r))))), r))))), sub(r, mulmod(mload(0x720), addmod(add(mulmod(mload(0x940), calldataload(0x824), r), add(mulmod(calldataload(0x7e4), mload(0x900), r), mulmod(mload(0x920), calldataload(0x804), r))), add(mulmod(mload(0x7a0), mload(0xb60), r), add(mulmod(mload(0x9c0), mload(0xac0), r), mulmod(mload(0x9e0), mload(0xb00), r))), r), r)), r))
            inner := addmod(mload(0xb80), mulmod(inner, mload(0x160), r), r)
            // x_next is the next S-box input: x_next = the transition's map
            mstore(0xba0, mulmod(calldataload(0x844), calldataload(0x844), r))
            mstore(0xbc0, addmod(add(sub(r, mulmod(mload(0x700), mload(0xa80), r)), add(sub(r, mulmod(mload(0x6e0), mload(0x980), r)), add(add(mulmod(mload(0x740), add(calldataload(0x864), sub(r, calldataload(0xba4))), r), sub(r, mulmod(mload(0x6a0), add(mulmod(mload(0x8a0), 0x14074bb14c982c81c9ad171e4f35fe49b39c4a7a72dbb6d9c98d803bfed65e64, r), add(mulmod(mload(0x860), 0x2d3a1aea2e6d44466808f88c9ba903d3bdcb6b58ba40441ed4ebcf11bbe1e37b, r), add(mulmod(mload(0x820), 0x2ecac687ef5b4b568002bd9d1b96b4bef357a69e3e86b5561b9299b82d69c8e, r), add(mulmod(mload(0x780), 0x2a20e3a4a0e57d92f97c9d6186c6c3ea7c5e55c20146259be2f78c2ccc2e3595, r), mulmod(mload(0x7e0), 0x1049f8210566b51faafb1e9a5d63c0ee701673aed820d9c4403b01feb727a549, r))))), r))), sub(r, mulmod(mload(0x6c0), add(mulmod(mload(0xa80), 0x269911f3cc7a4c7fe1a845decaed9552c83d692017c3e50d04a870cd5afb4e13, r), add(mulmod(mload(0xa60), 0x14618eec28c5f872102d4f71916b93eb975dafd0e6a2ed43316f2ae8ed6f262a, r), add(mulmod(mload(0xa40), 0xd36529f1141d624fdc84bb847347c76b5b0c31ea9f846b17846bf14881c1f95, r), add(mulmod(mload(0xa00), 0x184eaafd41391eb3dc67c47b12ffe9cd45b733d029a22a2c7b872f199e9a1201, r), mulmod(mload(0xa20), 0x5133b40257f30b65882a39e00f70240efe28e04048a97f4765b5f5383f3638d, r))))), r))))), sub(r, mulmod(mload(0x720), addmod(add(mulmod(mload(0x940), calldataload(0x844), r), add(mulmod(mload(0x920), calldataload(0x824), r), add(mulmod(calldataload(0x7e4), mload(0x8e0), r), mulmod(mload(0x900), calldataload(0x804), r)))), add(add(mulmod(mload(0x9e0), mload(0xb60), r), add(mulmod(mload(0x9a0), mload(0xac0), r), mulmod(mload(0x9c0), mload(0xb00), r))), mulmod(mload(0x7a0), mulmod(calldataload(0x844), mulmod(mload(0xba0), mload(0xba0), r), r), r)), r), r)), r))
            inner := addmod(mload(0xbc0), mulmod(inner, mload(0x160), r), r)
            sum := mulmod(0x1, inner, r)
            // c = M_0 x^5: c is the permutation's output
            sum := addmod(mulmod(mulmod(calldataload(0xae4), calldataload(0xb04), r), add(calldataload(0x884), sub(r, mload(0x8c0))), r), mulmod(sum, mload(0x160), r), r)
            // public input: a = public input
            mstore(0xbe0, addmod(sub(r, calldataload(0xc04)), add(add(0x4, sub(r, calldataload(0xbc4))), sub(r, calldataload(0xbe4))), r))
            mstore(0xc00, mulmod(mload(0xbe0), add(mload(0xbe0), sub(r, 0x1)), r))
            mstore(0xc20, mulmod(mload(0xc00), add(mload(0xbe0), sub(r, 0x2)), r))
            sum := addmod(mulmod(mulmod(calldataload(0xc04), mload(0xc20), r), add(calldataload(0x6e4), sub(r, mload(0x4c0))), r), mulmod(sum, mload(0x160), r), r)
            // absorb: x = input + rc
            inner := add(calldataload(0x744), 0x21af0973feb0424f38fc6319b6b7c9854faa2cf9bc71ad0af4a5c9bbd5925770)
            // absorb: x = input + rc
            inner := addmod(add(calldataload(0x764), sub(r, addmod(calldataload(0x704), 0x554d736315b8662f02fdba7dd737fbca197aeb12ea64713ba733f28475128cb, r))), mulmod(inner, mload(0x160), r), r)
            // absorb: x = input + rc
            inner := addmod(add(calldataload(0x784), sub(r, addmod(calldataload(0x8a4), 0x2f83b9df259b2b68bcd748056307c37754907df0c0fb0035f5087c58d5e8c2d4, r))), mulmod(inner, mload(0x160), r), r)
            // absorb: x = input + rc
            inner := addmod(add(calldataload(0x7a4), sub(r, addmod(calldataload(0x8c4), 0x2ca70e2e8d7f39a12447ac83052451b461f15f8b41a75ef31915208f5aba9683, r))), mulmod(inner, mload(0x160), r), r)
            // absorb: x = input + rc
            inner := addmod(add(calldataload(0x7c4), sub(r, addmod(calldataload(0x8e4), 0x1cb5f9319be6a45e91b04d7222271c94994196f12ed22c5d4ec719cb83ecfea9, r))), mulmod(inner, mload(0x160), r), r)
            mstore(0xc40, mulmod(calldataload(0xc04), add(calldataload(0xc04), sub(r, 0x1)), r))
            mstore(0xc60, mulmod(mload(0xc40), add(calldataload(0xc04), sub(r, 0x2)), r))
            mstore(0xc80, mulmod(mload(0xbe0), mload(0xc60), r))
            mstore(0xca0, add(mload(0xc80), mulmod(mload(0xc00), mload(0xc40), r)))
            mstore(0xcc0, mulmod(mload(0xc00), mulmod(calldataload(0xc04), calldataload(0xbe4), r), r))
            mstore(0xce0, mulmod(mload(0xbe0), mulmod(calldataload(0xbe4), mload(0xc40), r), r))
            mstore(0xd00, mulmod(calldataload(0xbe4), mload(0xc60), r))
            sum := addmod(mulmod(add(mload(0xd00), add(mload(0xce0), add(mload(0xca0), mload(0xcc0)))), inner, r), mulmod(sum, mload(0x560), r), r)
            // header of an account: d (d - 1) (d - 2) = 0
            mstore(0xd20, add(calldataload(0x904), sub(r, 0x1)))
            mstore(0xd40, mulmod(calldataload(0x904), mload(0xd20), r))
            inner := mulmod(mload(0xd40), add(calldataload(0x904), sub(r, 0x2)), r)
            // header of an account: b = tag of d
            inner := addmod(add(calldataload(0x704), sub(r, addmod(0x636f76656e616e742f636f6c6c61746572616c2f7631, mulmod(mload(0xd20), 0x30644e72e131a029b84fe2aa7a924f6a1b2e2d1476b6659238e8eca6fd000001, r), r))), mulmod(inner, mload(0x160), r), r)
            // header of an account: a of row 1 = 1 if a liability, else 0
            inner := addmod(add(calldataload(0x924), sub(r, mulmod(mload(0xd40), 0x183227397098d014dc2822db40c0ac2e9419f4243cdcb848a1f0fac9f8000001, r))), mulmod(inner, mload(0x160), r), r)
            sum := addmod(mulmod(mload(0xca0), inner, r), mulmod(sum, mload(0x520), r), r)
            // chain: a of the next block = active ? output : a of row 0
            mstore(0xd60, mulmod(0x183227397098d014dc2822db40c0ac2e9419f4243cdcb848a1f0fac9f8000001, mulmod(calldataload(0x964), add(0x3, sub(r, calldataload(0x964))), r), r))
            sum := addmod(mulmod(mulmod(mload(0xc60), add(calldataload(0xc04), sub(r, 0x3)), r), add(calldataload(0x984), sub(r, addmod(calldataload(0x944), mulmod(mload(0xd60), add(calldataload(0x884), sub(r, calldataload(0x944))), r), r))), r), mulmod(sum, mload(0x160), r), r)
            // chain begins: a of the next block = active ? output : 0
            sum := addmod(mulmod(mulmod(calldataload(0xbe4), mload(0xc20), r), add(calldataload(0x984), sub(r, mulmod(calldataload(0x884), mload(0xd60), r))), r), mulmod(sum, mload(0x160), r), r)
            // origin: a = 0
            inner := calldataload(0x6e4)
            // origin: g = 0
            inner := addmod(calldataload(0x724), mulmod(inner, mload(0x160), r), r)
            // origin: sum = 0
            inner := addmod(calldataload(0x9a4), mulmod(inner, mload(0x160), r), r)
            sum := addmod(mulmod(mload(0xc80), inner, r), mulmod(sum, mload(0x520), r), r)
            // policy begins: d = 1
            inner := mload(0xd20)
            // policy begins: b = tag of a policy
            inner := addmod(add(calldataload(0x704), 0x30644e72e131a029b85045b68180f4edb1ce79e70b454120d4758c3076d089d0), mulmod(inner, mload(0x160), r), r)
            // policy begins: a of row 1 = 1
            inner := addmod(add(calldataload(0x924), sub(r, 0x1)), mulmod(inner, mload(0x160), r), r)
            sum := addmod(mulmod(mload(0xcc0), inner, r), mulmod(sum, mload(0x520), r), r)
            // a block follows: d = 0 or d of the block before
            inner := mulmod(calldataload(0x904), add(calldataload(0x904), sub(r, calldataload(0x9c4))), r)
            // a block follows: b = a
            inner := addmod(add(calldataload(0x704), sub(r, calldataload(0x6e4))), mulmod(inner, mload(0x160), r), r)
            sum := addmod(mulmod(add(mload(0xce0), mload(0xd00)), inner, r), mulmod(sum, mload(0x500), r), r)
            // a block of the policy: unused: word 1 = 0
            inner := mulmod(calldataload(0x8a4), mload(0xd20), r)
            // a block of the policy: unused: word 2 = 0
            inner := addmod(mulmod(calldataload(0x8c4), mload(0xd20), r), mulmod(inner, mload(0x160), r), r)
            // a block of the policy: unused: word 3 = 0
            inner := addmod(mulmod(calldataload(0x8e4), mload(0xd20), r), mulmod(inner, mload(0x160), r), r)
            // a block of the policy: a of row 1 = d
            inner := addmod(add(calldataload(0x924), sub(r, calldataload(0x904))), mulmod(inner, mload(0x160), r), r)
            sum := addmod(mulmod(mload(0xd00), inner, r), mulmod(sum, mload(0x540), r), r)
            // position: counts = 0 or the block's state
            inner := mulmod(calldataload(0x884), add(calldataload(0x884), sub(r, calldataload(0x904))), r)
            // position: counted: entry = id * 2^128 + amount
            inner := addmod(mulmod(calldataload(0x884), add(sub(r, calldataload(0x6e4)), add(calldataload(0x704), sub(r, mulmod(calldataload(0x8a4), 0x100000000000000000000000000000000, r)))), r), mulmod(inner, mload(0x160), r), r)
            // position: not counted: id = 0
            mstore(0xd80, add(calldataload(0x884), sub(r, 0x1)))
            mstore(0xda0, add(calldataload(0x884), sub(r, 0x2)))
            mstore(0xdc0, mulmod(mload(0xd80), mload(0xda0), r))
            inner := addmod(mulmod(calldataload(0x8a4), mload(0xdc0), r), mulmod(inner, mload(0x160), r), r)
            // position: not counted: amount = 0
            inner := addmod(mulmod(calldataload(0x6e4), mload(0xdc0), r), mulmod(inner, mload(0x160), r), r)
            // position: not counted and not collateral: entry = 0
            inner := addmod(mulmod(calldataload(0x704), mulmod(mload(0xd20), mload(0xda0), r), r), mulmod(inner, mload(0x160), r), r)
            // position: (g - g'') (gamma + id + rho kind) = amount + delta
            inner := addmod(add(mulmod(add(calldataload(0x724), sub(r, calldataload(0x9e4))), add(mload(0xc0), add(calldataload(0x8a4), mulmod(mload(0xd80), mload(0x80), r))), r), sub(r, addmod(calldataload(0x6e4), mulmod(mload(0xe0), mulmod(0x183227397098d014dc2822db40c0ac2e9419f4243cdcb848a1f0fac9f8000001, mulmod(calldataload(0x884), add(0x3, sub(r, calldataload(0x884))), r), r), r), r))), mulmod(inner, mload(0x160), r), r)
            mstore(0xde0, mulmod(calldataload(0xc24), add(calldataload(0xc24), sub(r, 0x1)), r))
            mstore(0xe00, add(calldataload(0xc24), sub(r, 0x2)))
            mstore(0xe20, mulmod(mload(0xde0), mload(0xe00), r))
            mstore(0xe40, add(calldataload(0xc24), sub(r, 0x3)))
            sum := addmod(mulmod(mulmod(mload(0xe20), mload(0xe40), r), inner, r), mulmod(sum, mload(0x580), r), r)
            // limbs: a = limbs, and the row below where there is more
            mstore(0xe60, add(calldataload(0xc44), sub(r, 0x6)))
            mstore(0xe80, add(calldataload(0xc44), sub(r, 0x5)))
            mstore(0xea0, mulmod(mload(0xe60), mload(0xe80), r))
            mstore(0xec0, add(calldataload(0xc44), sub(r, 0x4)))
            mstore(0xee0, add(calldataload(0xc44), sub(r, 0x3)))
            mstore(0xf00, mulmod(mload(0xee0), mulmod(mload(0xea0), mload(0xec0), r), r))
            mstore(0xf20, add(calldataload(0xc44), sub(r, 0x2)))
            mstore(0xf40, add(calldataload(0x6e4), sub(r, addmod(calldataload(0xa04), mulmod(calldataload(0xa24), 0x800, r), r))))
            mstore(0xf60, mulmod(calldataload(0xc44), add(calldataload(0xc44), sub(r, 0x1)), r))
            mstore(0xf80, mulmod(mload(0xee0), mulmod(mload(0xf20), mload(0xf60), r), r))
            mstore(0xfa0, mulmod(mload(0xea0), mload(0xf80), r))
            mstore(0xfc0, add(calldataload(0x6e4), sub(r, calldataload(0xa04))))
            mstore(0xfe0, mulmod(mload(0xec0), mload(0xf80), r))
            mstore(0x1000, mulmod(mload(0xe60), mload(0xfe0), r))
            mstore(0x1020, mulmod(mload(0xe80), mload(0xfe0), r))
            mstore(0x1040, mulmod(calldataload(0xbc4), calldataload(0xbe4), r))
            mstore(0x1060, mulmod(calldataload(0xbe4), add(calldataload(0xbe4), sub(r, 0x1)), r))
            mstore(0x1080, mulmod(calldataload(0xbc4), mload(0x1060), r))
            mstore(0x10a0, mulmod(mload(0xbe0), mload(0x1080), r))
            mstore(0x10c0, add(mload(0x10a0), mulmod(mload(0xc40), mload(0x1040), r)))
            inner := addmod(mulmod(mload(0xf40), mload(0x10c0), r), add(mulmod(mload(0xf40), mload(0x1020), r), add(mulmod(mload(0xfc0), mload(0x1000), r), add(mulmod(mload(0xfa0), mload(0xfc0), r), add(mulmod(mload(0xf40), mulmod(calldataload(0xc44), mulmod(mload(0xf00), mload(0xf20), r), r), r), mulmod(mulmod(mload(0xf00), mload(0xf60), r), add(mload(0xf40), sub(r, mulmod(calldataload(0x924), 0x400000, r))), r))))), r)
            // limbs: the last limb of a top row is short
            inner := addmod(add(mulmod(mload(0x10c0), add(calldataload(0xa44), sub(r, mulmod(calldataload(0xa24), 0x40, r))), r), add(mulmod(mload(0x1020), add(calldataload(0xa44), sub(r, mulmod(calldataload(0xa24), 0x100, r))), r), add(mulmod(mload(0xfa0), add(calldataload(0xa24), sub(r, mulmod(calldataload(0xa04), 0x200, r))), r), mulmod(mload(0x1000), add(calldataload(0xa24), sub(r, mulmod(0x2, calldataload(0xa04), r))), r)))), mulmod(inner, mload(0x160), r), r)
            sum := addmod(mulmod(0x1, inner, r), mulmod(sum, mload(0x500), r), r)
            // bits: a = bits
            mstore(0x10e0, mulmod(0x2, calldataload(0xa24), r))
            inner := add(calldataload(0x6e4), sub(r, addmod(calldataload(0xa04), mload(0x10e0), r)))
            // bits: b = -2^(n - 1) times the top bit
            inner := addmod(add(calldataload(0x704), mload(0x10e0)), mulmod(inner, mload(0x160), r), r)
            // bits: g = bits over rho, after g'
            mstore(0x1100, mulmod(mload(0x80), calldataload(0xa64), r))
            inner := addmod(add(calldataload(0x724), sub(r, addmod(calldataload(0xa04), mulmod(mload(0x80), add(mload(0x1100), calldataload(0xa24)), r), r))), mulmod(inner, mload(0x160), r), r)
            // bits: bit
            inner := addmod(mulmod(calldataload(0xa04), add(calldataload(0xa04), sub(r, 0x1)), r), mulmod(inner, mload(0x160), r), r)
            // bits: bit
            inner := addmod(mulmod(calldataload(0xa24), add(calldataload(0xa24), sub(r, 0x1)), r), mulmod(inner, mload(0x160), r), r)
            mstore(0x1120, mulmod(calldataload(0xbc4), add(calldataload(0xbc4), sub(r, 0x1)), r))
            mstore(0x1140, mulmod(calldataload(0xbe4), mload(0x1120), r))
            sum := addmod(mulmod(mulmod(calldataload(0xc04), mload(0x1140), r), inner, r), mulmod(sum, mload(0x560), r), r)
            // lookup: (sum_next - sum - part) = sum 1 / limb - m (t + 1) / table
            mstore(0x1160, add(calldataload(0xa04), mload(0xa0)))
            mstore(0x1180, add(calldataload(0xa24), mload(0xa0)))
            mstore(0x11a0, mulmod(mload(0x1160), mload(0x1180), r))
            sum := addmod(mulmod(calldataload(0xc64), add(mulmod(mload(0x11a0), mulmod(calldataload(0x904), add(calldataload(0xc64), sub(r, 0x1)), r), r), mulmod(add(add(mload(0xa0), calldataload(0xc64)), sub(r, 0x2)), add(mulmod(mload(0x11a0), add(calldataload(0xa84), sub(r, calldataload(0x9a4))), r), sub(r, addmod(mload(0x1180), mload(0x1160), r))), r)), r), mulmod(sum, mload(0x160), r), r)
            // lookup ends: the sum is 0
            sum := addmod(mulmod(mulmod(calldataload(0xbc4), mload(0xc20), r), calldataload(0x9a4), r), mulmod(sum, mload(0x160), r), r)
            // c follows: c = k_c c' + k_a a
            mstore(0x11c0, add(calldataload(0xc24), sub(r, 0x4)))
            mstore(0x11e0, mulmod(mload(0xe40), mload(0x11c0), r))
            mstore(0x1200, add(calldataload(0x884), sub(r, mulmod(calldataload(0xc84), calldataload(0xaa4), r))))
            mstore(0x1220, mulmod(calldataload(0x6e4), calldataload(0xca4), r))
            mstore(0x1240, addmod(mload(0x1200), sub(r, mload(0x1220)), r))
            inner := mulmod(mload(0x1240), mulmod(calldataload(0xc24), mulmod(mload(0xe00), mload(0x11e0), r), r), r)
            // c follows: c = k_c c' + k_a a + b
            inner := addmod(mulmod(add(mload(0x1240), sub(r, calldataload(0x704))), mulmod(mload(0xde0), mload(0x11e0), r), r), mulmod(inner, mload(0x160), r), r)
            // c follows: c = k_c c' + k_a a b
            inner := addmod(mulmod(mulmod(mload(0xe20), mload(0x11c0), r), add(mload(0x1200), sub(r, mulmod(calldataload(0x704), mload(0x1220), r))), r), mulmod(inner, mload(0x160), r), r)
            // flags: c = 0
            inner := addmod(mulmod(calldataload(0x884), mulmod(mload(0xc40), mload(0x1060), r), r), mulmod(inner, mload(0x160), r), r)
            // flags: b = c
            mstore(0x1260, mulmod(mload(0x1060), add(calldataload(0xbe4), sub(r, 0x2)), r))
            inner := addmod(mulmod(add(calldataload(0x704), sub(r, calldataload(0x884))), add(mload(0x10a0), mulmod(mload(0xbe0), mload(0x1260), r)), r), mulmod(inner, mload(0x160), r), r)
            // flags: a + b = 10^4
            mstore(0x1280, add(calldataload(0x6e4), calldataload(0x704)))
            inner := addmod(mulmod(add(mload(0x1280), sub(r, 0x2710)), mulmod(calldataload(0xc04), mload(0x1260), r), r), mulmod(inner, mload(0x160), r), r)
            // flags: a + b = k_a
            inner := addmod(mulmod(add(mload(0x1280), sub(r, calldataload(0xca4))), mulmod(mload(0x1260), add(calldataload(0xbe4), sub(r, 0x3)), r), r), mulmod(inner, mload(0x160), r), r)
            // tiers: d = c
            inner := addmod(mulmod(add(calldataload(0x904), sub(r, calldataload(0x884))), mulmod(mload(0xc00), mulmod(calldataload(0xc04), calldataload(0xbc4), r), r), r), mulmod(inner, mload(0x160), r), r)
            // tiers: d = d' - a
            mstore(0x12a0, add(calldataload(0x904), sub(r, calldataload(0xac4))))
            inner := addmod(mulmod(add(mload(0x12a0), calldataload(0x6e4)), mulmod(mload(0xbe0), mulmod(calldataload(0xbc4), mload(0xc40), r), r), r), mulmod(inner, mload(0x160), r), r)
            // tiers: d = d'
            mstore(0x12c0, mulmod(mload(0xbe0), mulmod(calldataload(0xc04), mload(0x1040), r), r))
            inner := addmod(mulmod(mload(0x12a0), add(mload(0x12c0), mulmod(calldataload(0xbc4), mload(0xc60), r)), r), mulmod(inner, mload(0x160), r), r)
            // tiers: d' = a
            mstore(0x12e0, mulmod(mload(0xc00), mload(0x1040), r))
            inner := addmod(mulmod(mload(0x12e0), add(calldataload(0xac4), sub(r, calldataload(0x6e4))), r), mulmod(inner, mload(0x160), r), r)
            // tiers: d = 0
            inner := addmod(mulmod(calldataload(0x904), mload(0x12e0), r), mulmod(inner, mload(0x160), r), r)
            // tiers: a + next number = 10^10 b
            inner := addmod(mulmod(mload(0x12c0), add(add(calldataload(0x6e4), calldataload(0x984)), sub(r, mulmod(calldataload(0x704), 0x2540be400, r))), r), mulmod(inner, mload(0x160), r), r)
            sum := addmod(mulmod(0x1, inner, r), mulmod(sum, mload(0x660), r), r)
            // a = b b_next - 10^4 c
            mstore(0x1300, mulmod(calldataload(0x884), 0x2710, r))
            mstore(0x1320, mulmod(calldataload(0x704), calldataload(0x8a4), r))
            mstore(0x1340, mulmod(mload(0xbe0), mload(0x1140), r))
            sum := addmod(mulmod(add(mload(0x1340), mulmod(mload(0xbe0), mulmod(calldataload(0xc04), mload(0x1060), r), r)), add(calldataload(0x6e4), add(mload(0x1300), sub(r, mload(0x1320)))), r), mulmod(sum, mload(0x160), r), r)
            // a = 10^4 c - b b_next
            sum := addmod(mulmod(mulmod(mload(0xc00), mload(0x1060), r), add(calldataload(0x6e4), add(mload(0x1320), sub(r, mload(0x1300)))), r), mulmod(sum, mload(0x160), r), r)
            // key of an asset: (g - g') (gamma + b + rho kind) = -a (c + delta d)
            mstore(0x1360, mulmod(calldataload(0xbc4), mload(0x1260), r))
            mstore(0x1380, add(mload(0x1360), mulmod(calldataload(0xc04), mload(0x1080), r)))
            mstore(0x13a0, add(calldataload(0x724), sub(r, calldataload(0xa64))))
            inner := add(mulmod(mload(0x13a0), mulmod(mload(0x80), mload(0x1360), r), r), mulmod(mload(0x1380), add(mulmod(mload(0x13a0), add(mload(0xc0), calldataload(0x704)), r), mulmod(calldataload(0x6e4), add(calldataload(0x884), mulmod(calldataload(0x904), mload(0xe0), r)), r)), r))
            // key of an asset: unused: c = 0
            mstore(0x13c0, mulmod(mload(0x1380), add(0x1, sub(r, calldataload(0x6e4))), r))
            inner := addmod(mulmod(calldataload(0x884), mload(0x13c0), r), mulmod(inner, mload(0x160), r), r)
            // key of an asset: unused: d = 0
            inner := addmod(mulmod(calldataload(0x904), mload(0x13c0), r), mulmod(inner, mload(0x160), r), r)
            sum := addmod(mulmod(0x1, inner, r), mulmod(sum, mload(0x520), r), r)
            // g = rho^2 g' + rho a + b
            sum := addmod(mulmod(mulmod(mload(0xc00), mload(0x1120), r), add(calldataload(0x724), sub(r, addmod(calldataload(0x704), mulmod(mload(0x80), add(mload(0x1100), calldataload(0x6e4)), r), r))), r), mulmod(sum, mload(0x160), r), r)
            // g = rho g' + c
            sum := addmod(mulmod(mulmod(mload(0xbe0), mulmod(calldataload(0xc04), mload(0x1120), r), r), add(calldataload(0x724), sub(r, addmod(mload(0x1100), calldataload(0x884), r))), r), mulmod(sum, mload(0x160), r), r)
            // g = g' + g'' c
            sum := addmod(mulmod(add(mload(0x1340), mulmod(mload(0xc40), mload(0x1120), r)), add(calldataload(0x724), sub(r, addmod(calldataload(0xa64), mulmod(calldataload(0x884), calldataload(0x9e4), r), r))), r), mulmod(sum, mload(0x160), r), r)
            // permutation: z = 1 in the first row
            sum := addmod(mulmod(mload(0x460), add(0x1, sub(r, calldataload(0xd44))), r), mulmod(sum, mload(0x160), r), r)
            // permutation: z = 0 or 1 in the last row
            sum := addmod(mulmod(mload(0x480), add(sub(r, calldataload(0xd44)), mulmod(calldataload(0xd44), calldataload(0xd44), r)), r), mulmod(sum, mload(0x160), r), r)
            // permutation: z_next (a + beta sigma + gamma) ... = z (a + beta delta^i x + gamma) ...
            mstore(0x13e0, add(calldataload(0x6e4), mload(0x140)))
            mstore(0x1400, add(calldataload(0x704), mload(0x140)))
            mstore(0x1420, add(calldataload(0x724), mload(0x140)))
            mstore(0x1440, mulmod(mload(0x120), mload(0x180), r))
            sum := addmod(mulmod(mload(0x4a0), add(mulmod(add(mload(0x1420), mulmod(mload(0x120), calldataload(0xd24), r)), mulmod(add(mload(0x1400), mulmod(mload(0x120), calldataload(0xd04), r)), mulmod(calldataload(0xd64), add(mload(0x13e0), mulmod(mload(0x120), calldataload(0xce4), r)), r), r), r), sub(r, mulmod(add(mload(0x1420), mulmod(mload(0x1440), 0x13b360d4e82fe915fed16081038f98c211427b87a281bd733c277dbadf10372b, r)), mulmod(mulmod(calldataload(0xd44), add(mload(0x13e0), mload(0x1440)), r), add(mload(0x1400), mulmod(mload(0x1440), 0x9226b6e22c6f0ca64ec26aad4c86e715b5f898e5e963f25870e56bbe533e9a2, r)), r), r))), r), mulmod(sum, mload(0x160), r), r)
            mstore(0x4e0, mulmod(sum, mload(0x440), r))

            // SHPLONK's scalars: the weights of the sets, minus the evaluation of all at u, minus Z_S0(u).
            mstore(0x1480, mulmod(mload(0x240), mload(0x220), r))
            mstore(0x14a0, mulmod(mload(0x1480), mload(0x260), r))
            mstore(0x14c0, mulmod(mload(0x14a0), mload(0x280), r))
            mstore(0x14e0, mulmod(mload(0x3e0), mulmod(mload(0x3c0), mulmod(mload(0x3a0), mulmod(mload(0x380), mulmod(mload(0x360), mulmod(mload(0x340), mulmod(mload(0x14c0), mload(0x320), r), r), r), r), r), r), r))
            mstore(0x1500, mulmod(mload(0x1c0), mload(0x14e0), r))
            mstore(0x1460, mload(0x1500))
            mstore(0x1540, mulmod(mload(0x1c0), mload(0x1c0), r))
            mstore(0x1560, mulmod(mload(0x380), mulmod(mload(0x360), mulmod(mload(0x340), mulmod(mload(0x320), mulmod(mload(0x300), mulmod(mload(0x2e0), mulmod(mload(0x2c0), mload(0x1480), r), r), r), r), r), r), r))
            mstore(0x1580, mulmod(mload(0x1540), mulmod(mload(0x3e0), mulmod(mload(0x3c0), mulmod(mload(0x3a0), mload(0x1560), r), r), r), r))
            mstore(0x1520, mload(0x1580))
            mstore(0x15c0, mulmod(mload(0x1c0), mload(0x1540), r))
            mstore(0x15e0, mulmod(mload(0x15c0), mulmod(mload(0x3e0), mload(0x14c0), r), r))
            mstore(0x15a0, mload(0x15e0))
            mstore(0x1620, mulmod(mload(0x1c0), mload(0x15c0), r))
            mstore(0x1640, mulmod(mload(0x380), mulmod(mload(0x360), mulmod(mload(0x340), mulmod(mload(0x320), mulmod(mload(0x300), mulmod(mload(0x2e0), mulmod(mload(0x2c0), mload(0x14a0), r), r), r), r), r), r), r))
            mstore(0x1660, mulmod(mload(0x1620), mulmod(mload(0x3e0), mulmod(mload(0x3c0), mulmod(mload(0x3a0), mload(0x1640), r), r), r), r))
            mstore(0x1600, mload(0x1660))
            mstore(0x16a0, mulmod(mload(0x1c0), mload(0x1620), r))
            mstore(0x16c0, mulmod(mload(0x380), mulmod(mload(0x360), mulmod(mload(0x340), mulmod(mload(0x320), mulmod(mload(0x300), mulmod(mload(0x2e0), mulmod(mload(0x2c0), mload(0x260), r), r), r), r), r), r), r))
            mstore(0x16e0, mulmod(mload(0x16a0), mulmod(mload(0x3e0), mulmod(mload(0x3c0), mulmod(mload(0x3a0), mload(0x16c0), r), r), r), r))
            mstore(0x1680, mload(0x16e0))
            mstore(0x1720, mulmod(mload(0x1c0), mload(0x16a0), r))
            mstore(0x1740, mulmod(mload(0x3a0), mulmod(mload(0x380), mulmod(mload(0x360), mulmod(mload(0x340), mulmod(mload(0x320), mulmod(mload(0x300), mulmod(mload(0x2e0), mload(0x14c0), r), r), r), r), r), r), r))
            mstore(0x1760, mulmod(mload(0x1720), mulmod(mload(0x3e0), mulmod(mload(0x3c0), mload(0x1740), r), r), r))
            mstore(0x1700, mload(0x1760))
            mstore(0x17a0, mulmod(mload(0x1c0), mload(0x1720), r))
            mstore(0x17c0, mulmod(mload(0x380), mulmod(mload(0x360), mulmod(mload(0x340), mulmod(mload(0x320), mulmod(mload(0x300), mulmod(mload(0x2e0), mulmod(mload(0x2c0), mload(0x14c0), r), r), r), r), r), r), r))
            mstore(0x17e0, mulmod(mload(0x17a0), mulmod(mload(0x3e0), mulmod(mload(0x3c0), mulmod(mload(0x3a0), mload(0x17c0), r), r), r), r))
            mstore(0x1780, mload(0x17e0))
            mstore(0x1820, mulmod(mulmod(mload(0x1c0), mload(0x17a0), r), mulmod(mload(0x3e0), mulmod(mload(0x3c0), mulmod(mload(0x3a0), mulmod(mload(0x380), mulmod(mload(0x360), mulmod(mload(0x340), mload(0x14c0), r), r), r), r), r), r), r))
            mstore(0x1800, mload(0x1820))
            mstore(0x1860, mulmod(mload(0x2a0), mload(0x2c0), r))
            mstore(0x1880, mulmod(calldataload(0x6e4), mulmod(0x78d7c50d20e5927670ab602623447f6683cc040d60f34a23d51b16187695453, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x340), mulmod(mload(0x2c0), mload(0x240), r), r), r), r), r), r), r))
            mstore(0x18a0, mulmod(mload(0x2a0), mload(0x240), r))
            mstore(0x18c0, addmod(add(mload(0x1880), mulmod(calldataload(0x944), mulmod(0x1285d37cec2b3d2c88e5940ceb7faf4597a49c5ab4722527effd633a4b959ccb, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x1860), mload(0x340), r), r), r), r), r), r)), mulmod(calldataload(0x924), mulmod(0xdc62c11f80dc162f56251a01c4ddece09025ad652a9dbb9f27f0c104c01a79a, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x340), mload(0x18a0), r), r), r), r), r), r), r))
            mstore(0x18e0, mulmod(mload(0x2c0), mload(0x18a0), r))
            mstore(0x1900, mulmod(mload(0x300), mulmod(mload(0x2c0), mload(0x2e0), r), r))
            mstore(0x1920, mulmod(mload(0x300), mulmod(mload(0x2a0), mload(0x2e0), r), r))
            mstore(0x1940, mulmod(mload(0x1860), mload(0x300), r))
            mstore(0x1960, mulmod(mload(0x1860), mload(0x2e0), r))
            mstore(0x1980, mulmod(mload(0x1500), add(mulmod(calldataload(0x8e4), mulmod(0x30af7d3e1427d404d1f2faaf5e015355eb36d01e3c944e8155b08fc5b633c05, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mload(0x1960), r), r), r), r), r), add(mulmod(calldataload(0x8c4), mulmod(0x28f040e75bdccda61d4d8030c7903d137390e5e98db77fa3d9509662f6ad383, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mload(0x1940), r), r), r), r), r), add(mulmod(calldataload(0x704), mulmod(0x8e2206ffe079a81010246ab40fa95b4388daa7edeffa08260a3dbed041d91ac, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mload(0x1900), r), r), r), r), r), mulmod(calldataload(0x8a4), mulmod(0x21e832208c29bb8e0859f75d3e2da9a259b9c2691e15132c904e074461145ecd, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mload(0x1920), r), r), r), r), r)))), r))
            mstore(0x19a0, mulmod(mload(0x1580), add(mulmod(calldataload(0x724), mulmod(0x28fc196a31ae10a41cba68e7e528f6ccdcc0f4cbb7b37e3ed3e2494cf6db8307, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x260), mload(0x280), r), r), r), r), r), add(mulmod(calldataload(0x9e4), mulmod(0x1ba0f78874bb3eb69f885c035bbc0c125815131d45e019b53d47ba270961f507, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x2a0), mload(0x280), r), r), r), r), r), mulmod(calldataload(0xa64), mulmod(0x1c2b8bf31bf9f0f8b45dc681c21daddb1b91c8a7f5df492e7699e7b3dfc287f4, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x2a0), mload(0x260), r), r), r), r), r))), r))
            mstore(0x19c0, mulmod(mload(0x1900), mload(0x320), r))
            mstore(0x19e0, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x3c0), mulmod(mload(0x3a0), mulmod(mload(0x380), mulmod(mload(0x360), mulmod(mload(0x340), mload(0x19c0), r), r), r), r), r), r), r))
            mstore(0x1a00, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mload(0x19e0), r), r), r), r), r), r), r))
            mstore(0x1a20, mulmod(mload(0x1920), mload(0x320), r))
            mstore(0x1a40, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x3c0), mulmod(mload(0x3a0), mulmod(mload(0x380), mulmod(mload(0x360), mulmod(mload(0x340), mload(0x1a20), r), r), r), r), r), r), r))
            mstore(0x1a60, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mload(0x1a40), r), r), r), r), r), r), r))
            mstore(0x1a80, mulmod(mload(0x1940), mload(0x320), r))
            mstore(0x1aa0, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x3c0), mulmod(mload(0x3a0), mulmod(mload(0x380), mulmod(mload(0x360), mulmod(mload(0x340), mload(0x1a80), r), r), r), r), r), r), r))
            mstore(0x1ac0, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mload(0x1aa0), r), r), r), r), r), r), r))
            mstore(0x1ae0, mulmod(mload(0x1960), mload(0x320), r))
            mstore(0x1b00, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x3c0), mulmod(mload(0x3a0), mulmod(mload(0x380), mulmod(mload(0x360), mulmod(mload(0x340), mload(0x1ae0), r), r), r), r), r), r), r))
            mstore(0x1b20, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mload(0x1b00), r), r), r), r), r), r), r))
            mstore(0x1b40, mulmod(mload(0x300), mload(0x1960), r))
            mstore(0x1b60, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x3c0), mulmod(mload(0x3a0), mulmod(mload(0x380), mulmod(mload(0x360), mulmod(mload(0x340), mload(0x1b40), r), r), r), r), r), r), r))
            mstore(0x1b80, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mload(0x1b60), r), r), r), r), r), r), r))
            mstore(0x1ba0, mulmod(mload(0x320), mload(0x1b40), r))
            mstore(0x1bc0, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x3c0), mulmod(mload(0x3a0), mulmod(mload(0x380), mulmod(mload(0x360), mload(0x1ba0), r), r), r), r), r), r), r))
            mstore(0x1be0, mulmod(0xd205597380db2b93098b2e7f98653e0fefbca5523d1023c8cc658bdf1070278, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mload(0x1bc0), r), r), r), r), r), r), r))
            mstore(0x1c00, mulmod(mload(0x340), mload(0x1ba0), r))
            mstore(0x1c20, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x3c0), mulmod(mload(0x3a0), mulmod(mload(0x380), mload(0x1c00), r), r), r), r), r), r), r))
            mstore(0x1c40, mulmod(calldataload(0x804), mulmod(0x163d276f853183bb17c5c11cc8e65b35fc528ab5715872e8e7f4f3a2839b3d8f, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mload(0x1c20), r), r), r), r), r), r), r))
            mstore(0x1c60, mulmod(mload(0x360), mload(0x1c00), r))
            mstore(0x1c80, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x3c0), mulmod(mload(0x3a0), mload(0x1c60), r), r), r), r), r), r), r))
            mstore(0x1ca0, mulmod(mload(0x380), mload(0x1c60), r))
            mstore(0x1cc0, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x3c0), mload(0x1ca0), r), r), r), r), r), r), r))
            mstore(0x1ce0, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x3a0), mload(0x1ca0), r), r), r), r), r), r), r))
            mstore(0x1d00, mulmod(mload(0x15e0), add(mulmod(calldataload(0x864), mulmod(0x191f96363ca2c292d3ab32e71e3c92d36b5457f626e3109c6a8a36527d9b5617, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mload(0x1ce0), r), r), r), r), r), add(mulmod(calldataload(0x844), mulmod(0x173f9ae4e0258c8b63545b6dd15a4552c295f4567619b421942460a218ada1ce, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mload(0x1cc0), r), r), r), r), r), add(add(mload(0x1c40), addmod(mulmod(calldataload(0x7e4), mload(0x1be0), r), add(mulmod(calldataload(0x7c4), mulmod(0x87f498cb36560f7170dcef8b90a104e35f16cb2e5395318c27b543b26b3e7db, mload(0x1b80), r), r), add(mulmod(calldataload(0x7a4), mulmod(0xb9c226f3b2b312cfd937d0c5893b15a771be5d68b8ceb52d697b612a4b4fd83, mload(0x1b20), r), r), add(mulmod(calldataload(0x784), mulmod(0x14a99a2983270fc1678dcc9ebc0a3d088bef660acdc140a57a4d7f8c6860fdfe, mload(0x1ac0), r), r), add(mulmod(calldataload(0x744), mulmod(0x1d4de8b1072f2ff5f9e5ecb4a8393daa1658904971dc0d44c5d32ecf8bd67ab5, mload(0x1a00), r), r), mulmod(calldataload(0x764), mulmod(0xe299057f7a8dda6c61f3a5ad4aefd8e28e7dc2a471379fbd54147be3c5e87db, mload(0x1a60), r), r))))), r)), mulmod(calldataload(0x824), mulmod(0x19980c7b3a2f4b9225aed4cd0971a04dff59dac2bd48820feda8f292b915e22c, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mload(0x1c80), r), r), r), r), r), r)))), r))
            mstore(0x1d20, mulmod(mload(0x400), mload(0x2a0), r))
            mstore(0x1d40, mulmod(calldataload(0x9c4), mulmod(0x1e7ab624c0e65617956d6f5e9c6e876782688a409a76ad17233c0ee694839e1e, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x2a0), mulmod(mload(0x240), mload(0x280), r), r), r), r), r), r), r))
            mstore(0x1d60, mulmod(calldataload(0x964), mulmod(0x24c5ac37dd755b41e1df5537a00e4492ffc0cb4dfafbc8f75ba5de6d9c2603bc, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x2a0), mulmod(mload(0x220), mload(0x280), r), r), r), r), r), r), r))
            mstore(0x1d80, addmod(add(add(mload(0x1d40), mload(0x1d60)), mulmod(calldataload(0xac4), mulmod(0x186a0049eabd6651c6e1a3e4788324680d05962de7fbae2b77e0ac1fe9e5dc31, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x2a0), mload(0x1480), r), r), r), r), r), r)), mulmod(calldataload(0x904), mulmod(0x51e3a3f394a28a8327222f24e02c057c138e4d47604bce8910151b3c57081f7, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x1480), mload(0x280), r), r), r), r), r), r), r))
            mstore(0x1da0, mulmod(mload(0x1a0), add(calldataload(0xc84), mulmod(mload(0x1a0), add(calldataload(0xca4), mulmod(mload(0x1a0), add(calldataload(0xce4), mulmod(mload(0x1a0), add(calldataload(0xd04), mulmod(mload(0x1a0), add(calldataload(0xd24), mulmod(mload(0x1a0), add(mload(0x4e0), mulmod(mload(0x1a0), calldataload(0xcc4), r)), r)), r)), r)), r)), r)), r))
            mstore(0x1dc0, mulmod(mload(0x1a0), add(calldataload(0xb04), mulmod(mload(0x1a0), add(calldataload(0xbc4), mulmod(mload(0x1a0), add(calldataload(0xbe4), mulmod(mload(0x1a0), add(calldataload(0xc04), mulmod(mload(0x1a0), add(calldataload(0xc24), mulmod(mload(0x1a0), add(calldataload(0xc44), mulmod(mload(0x1a0), add(mload(0x1da0), calldataload(0xc64)), r)), r)), r)), r)), r)), r)), r))
            mstore(0x1de0, add(mulmod(calldataload(0xb24), mulmod(0x27f93a5fde7edba93b8133d67630505b373205a2ffb3331644fd0c3521de456d, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mload(0x19c0), r), r), r), r), r), r), mulmod(calldataload(0xb44), mulmod(0x8334647eef3c8d3d687bfd3b4bdee14dcc9d6903c2ee38c132ca3ee25c361ea, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mload(0x1a20), r), r), r), r), r), r)))
            mstore(0x1e00, addmod(add(mload(0x1de0), mulmod(calldataload(0xb64), mulmod(0xe7a5003d754a0f867be774648e811220e874291efa336c423fe03dde9448686, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mload(0x1a80), r), r), r), r), r), r)), mulmod(calldataload(0xb84), mulmod(0x2ac23c00c24a5dcb235cf28a46a808a0124b83d1c1987dc5fde9b9e430ad1acb, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mload(0x1ae0), r), r), r), r), r), r), r))
            mstore(0x1e20, mulmod(mload(0x1820), add(mload(0x1e00), mulmod(calldataload(0xba4), mulmod(0x27c3deac3c833d3c8bcc73a8ca05b0e543cd1642800e8687519472d66e6cb75b, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mload(0x1b40), r), r), r), r), r), r)), r))
            mstore(0x1e40, addmod(mload(0x1e20), add(mulmod(mload(0x17e0), add(calldataload(0xa24), mulmod(mload(0x1a0), add(mload(0x1dc0), calldataload(0xae4)), r)), r), add(mulmod(mload(0x1760), add(mulmod(mulmod(mload(0x1d20), 0x1a141ce49dd20be7bbf1f15fab998f3c5311940a253962ff8a9419d9a1ad2854, r), add(calldataload(0xa84), mulmod(mload(0x1a0), add(calldataload(0xa44), mulmod(mload(0x1a0), calldataload(0xd64), r)), r)), r), mulmod(add(calldataload(0x9a4), mulmod(mload(0x1a0), add(calldataload(0xa04), mulmod(mload(0x1a0), calldataload(0xd44), r)), r)), mulmod(0x1650318e435f9441fc5e5456d5e7c920d522543e54800d91b94ddbba4e52d7ad, mulmod(mload(0x400), mload(0x2c0), r), r), r)), r), add(mulmod(mload(0x1d80), mload(0x16e0), r), addmod(mulmod(mload(0x1660), add(mulmod(calldataload(0xaa4), mulmod(0x1650318e435f9441fc5e5456d5e7c920d522543e54800d91b94ddbba4e52d7ac, mload(0x1d20), r), r), mulmod(calldataload(0x884), mulmod(0x1a141ce49dd20be7bbf1f15fab998f3c5311940a253962ff8a9419d9a1ad2855, mulmod(mload(0x400), mload(0x280), r), r), r)), r), add(mload(0x1d00), add(mload(0x19a0), add(mload(0x1980), add(mload(0x18c0), mulmod(calldataload(0x984), mulmod(0x88ad2932aea4872d2fdaa07177f82531f5030d69c8e3b0d2413d4e7d0ff6749, mulmod(mload(0x400), mulmod(mload(0x400), mulmod(mload(0x400), mload(0x18e0), r), r), r), r), r))))), r)))), r))
            mstore(0x1840, sub(r, mload(0x1e40)))
            mstore(0x1e60, sub(r, mulmod(mload(0x340), mload(0x18e0), r)))

            // The quotient's commitment: its pieces folded by x^n.
            calldatacopy(0x1e80, 0x6a4, 0x40)
            mstore(0x1ec0, mload(0x200))
            calldatacopy(0x1f20, 0x664, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1ee0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1ee0, 0x80, 0x1e80, 0x40))
            calldatacopy(0x1f20, 0x624, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1ee0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1ee0, 0x80, 0x1e80, 0x40))
            calldatacopy(0x1f20, 0x5e4, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1ee0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1ee0, 0x80, 0x1e80, 0x40))
            calldatacopy(0x1f20, 0x5a4, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1ee0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1ee0, 0x80, 0x1e80, 0x40))
            calldatacopy(0x1f20, 0x564, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1ee0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1ee0, 0x80, 0x1e80, 0x40))
            mcopy(0x2120, 0x1e80, 0x40)

            // Set 0: opened at x omega^i for i = [-95, 0, 1, 5], folded by y.
            calldatacopy(0x1e80, 0x2a4, 0x40)
            mcopy(0x1fa0, 0x1e80, 0x40)

            // Set 1: opened at x omega^i for i = [0, 1, 2, 3], folded by y.
            calldatacopy(0x1e80, 0x2e4, 0x40)
            mstore(0x1ec0, mload(0x1460))
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1f60, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1f60, 0x80, 0x1fa0, 0x40))

            // Set 2: opened at x omega^i for i = [-2, -1, 0], folded by y.
            calldatacopy(0x1e80, 0x464, 0x40)
            mstore(0x1ec0, mload(0x1520))
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1f60, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1f60, 0x80, 0x1fa0, 0x40))

            // Set 3: opened at x omega^i for i = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], folded by y.
            calldatacopy(0x1e80, 0x364, 0x40)
            mstore(0x1ec0, mload(0x15a0))
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1f60, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1f60, 0x80, 0x1fa0, 0x40))

            // Set 4: opened at x omega^i for i = [-1, 0], folded by y.
            calldatacopy(0x1e80, 0x324, 0x40)
            mstore(0x1ec0, mload(0x1600))
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1f60, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1f60, 0x80, 0x1fa0, 0x40))

            // Set 5: opened at x omega^i for i = [-100, -95, -1, 0], folded by y.
            calldatacopy(0x1e80, 0x424, 0x40)
            mstore(0x1ec0, mload(0x1680))
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1f60, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1f60, 0x80, 0x1fa0, 0x40))

            // Set 6: opened at x omega^i for i = [0, 1], folded by y.
            calldatacopy(0x1e80, 0x4e4, 0x40)
            mstore(0x1ec0, mload(0x1a0))
            calldatacopy(0x1f20, 0x3a4, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1ee0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1ee0, 0x80, 0x1e80, 0x40))
            calldatacopy(0x1f20, 0x4a4, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1ee0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1ee0, 0x80, 0x1e80, 0x40))
            mstore(0x1ec0, mload(0x1700))
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1f60, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1f60, 0x80, 0x1fa0, 0x40))

            // Set 7: opened at x omega^i for i = [0], folded by y.
            calldatacopy(0x1e80, 0x524, 0x40)
            mstore(0x1ec0, mload(0x1a0))
            mcopy(0x1f20, 0x2120, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1ee0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1ee0, 0x80, 0x1e80, 0x40))
            mstore(0x1f20, 0x070a76cc89fc4c5221fbe7e155b0be488b6cac24ce5f035c7982a1de5c523b5b)
            mstore(0x1f40, 0x062f9ba2f38dc26d0e0c24bea546cb1feeeb1a233bcd28deecf2eb10c0e77c3d)
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1ee0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1ee0, 0x80, 0x1e80, 0x40))
            mstore(0x1f20, 0x18b37fd24a656076615a61dc6cfc258abda5ec89848c8a75fc3bdd8f3097880a)
            mstore(0x1f40, 0x19cf695e21b4684bf01bb938cadf1fd00352910ef0517dd24d6343e136d29b78)
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1ee0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1ee0, 0x80, 0x1e80, 0x40))
            mstore(0x1f20, 0x1866ba5dac6426a5268921eae70d2c9a065860e9b3b42e218182fda9a814d399)
            mstore(0x1f40, 0x14cb26375281bb2ee1bfb47b761580954faa52a659a9483d9ecc22af03b91032)
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1ee0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1ee0, 0x80, 0x1e80, 0x40))
            mstore(0x1f20, 0x0f1257b0b9fe0285547b99f399f6e6f0c652ae68c1b0b7e1736f0dca437e53cf)
            mstore(0x1f40, 0x0c2f270d0aa1de9d404a6133e0965209b22026fd5a83da2fca8e5c1af0fee581)
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1ee0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1ee0, 0x80, 0x1e80, 0x40))
            mstore(0x1f20, 0x159b2edbfd36318e4f230d9ce6883741af563823939a325027144a0b2c10de30)
            mstore(0x1f40, 0x022807fbb4997ba6bb158387716a5a3f42986432899c5897e3c5b3588585cc4f)
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1ee0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1ee0, 0x80, 0x1e80, 0x40))
            mstore(0x1f20, 0x20c28f01f5ee80495f9d8a0c00566133973fdd5724968f3030aa074b236e0c76)
            mstore(0x1f40, 0x0faeb088f9c511dfed4ed242f6ede95b9de0afd42e8d74b3204d94f133b8b8d3)
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1ee0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1ee0, 0x80, 0x1e80, 0x40))
            mstore(0x1f20, 0x177beebc48814c9611593d2e48fca4543772b181832a42bb8dcb491c8ef59793)
            mstore(0x1f40, 0x060d28c9db05a0a6adfd4fc4acc1e99b9915d600d9081d19d9afac8ea4c03fb4)
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1ee0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1ee0, 0x80, 0x1e80, 0x40))
            mstore(0x1f20, 0x0320b2d1de8cba8cc4ec5825bb791b6c814c87360d4e581d545ee40ecb7a43cd)
            mstore(0x1f40, 0x08b5be9032fd3fcfc79334d8050ec89edf30af8dc6a000607d84bff9f7d6de15)
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1ee0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1ee0, 0x80, 0x1e80, 0x40))
            mstore(0x1f20, 0x076628f41b99255929b535383ae2a4792db02582b0c1bfd59098f194da5ae2c5)
            mstore(0x1f40, 0x2d4a3e5ec38d3fb5aaf92da203c9a792d376401c252d6575be8c39041c95097a)
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1ee0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1ee0, 0x80, 0x1e80, 0x40))
            mstore(0x1f20, 0x14a04ee2cf2f08d1bf7114b8fd7f0e8dd5d4da5c5457df519787d2979d0c61b3)
            mstore(0x1f40, 0x23af9497b6a40e61cec34a24f47751bce3800532643ae532e0c62dce3bbe1210)
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1ee0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1ee0, 0x80, 0x1e80, 0x40))
            mstore(0x1f20, 0x03828c18a369f5b6de1dbbff6c4988b44f441e904b0957f134bc297eea3fca65)
            mstore(0x1f40, 0x0976b3fd65405464d1c08f535f9c9dfefd9c53a7ea6da228c92bdb4427c68598)
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1ee0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1ee0, 0x80, 0x1e80, 0x40))
            mstore(0x1f20, 0x1cf1a42d9cfba39cee29acd59e1fe1409d52c1c7e041ee3752d51c618edf6c1e)
            mstore(0x1f40, 0x1f2ef92f70dfe9c1d7121b0fd9d0e547f48bd9db313258d4ea7b74093574660e)
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1ee0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1ee0, 0x80, 0x1e80, 0x40))
            mstore(0x1f20, 0x0f6fa274809b7973bcd377de0fda9bb29e6ebe2d5f01a81332208b43281591e2)
            mstore(0x1f40, 0x0f89e2350e98e37bef53f98d7d59f70cb74338816ad6303a1d0e376ace551d3e)
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1ee0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1ee0, 0x80, 0x1e80, 0x40))
            calldatacopy(0x1f20, 0x3e4, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1ee0, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1ee0, 0x80, 0x1e80, 0x40))
            mstore(0x1ec0, mload(0x1780))
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1f60, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1f60, 0x80, 0x1fa0, 0x40))

            // Set 8: opened at x omega^i for i = [0, 1, 2, 3, 4], folded by y.
            mstore(0x1e80, 0x2430b0b9f30473323560b11988979d9b139cc8cc938108ef247ae1e1c81b2232)
            mstore(0x1ea0, 0x1b2d63645b2cd2bc0b32a1167dea313f1428957e13db387870b1c58df9354b50)
            mstore(0x1ec0, mload(0x1800))
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1f60, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1f60, 0x80, 0x1fa0, 0x40))

            // The generator, SHPLONK's quotient W and its opening W'.
            mstore(0x1e80, 1)
            mstore(0x1ea0, 2)
            mstore(0x1ec0, mload(0x1840))
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1f60, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1f60, 0x80, 0x1fa0, 0x40))
            calldatacopy(0x1e80, 0xd84, 0x40)
            mstore(0x1ec0, mload(0x1e60))
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1f60, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1f60, 0x80, 0x1fa0, 0x40))
            calldatacopy(0x1e80, 0xdc4, 0x40)
            mstore(0x1ec0, mload(0x1e0))
            ok := and(ok, staticcall(20000, 7, 0x1e80, 0x60, 0x1f60, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1f60, 0x80, 0x1fa0, 0x40))

            // e(F, -G2) e(W', tau G2) = 1.
            mstore(0x1fe0, 0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2)
            mstore(0x2000, 0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed)
            mstore(0x2020, 0x275dc4a288d1afb3cbb1ac09187524c7db36395df7be3b99e673b13a075a65ec)
            mstore(0x2040, 0x1d9befcd05a5323e6da4d435f3b617cdb3af83285c2df711ef39c01571827f9d)
            calldatacopy(0x2060, 0xdc4, 0x40)
            mstore(0x20a0, 0x260e01b251f6f1c7e7ff4e580791dee8ea51d87a358e038b4efe30fac09383c1)
            mstore(0x20c0, 0x0118c4d5b837bcc2bc89b5b398b5974e9f5944073b32078b7e231fec938883b0)
            mstore(0x20e0, 0x04fc6369f7110fe3d25156c1bb9a72859cf2a04641f99ba4ee413c80da6a5fe4)
            mstore(0x2100, 0x22febda3c0c0632a56475b4214e5615e11e6dd3f96e6cea2854a87d4dacc5e55)
            ok := and(ok, staticcall(300000, 8, 0x1fa0, 0x180, 0, 0x20))
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
