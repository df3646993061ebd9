// SPDX-License-Identifier: MIT OR Apache-2.0
// Generated from the verifying key. Do not edit.
pragma solidity ^0.8.30;

/// @title Verifier of proofs of the circuit covenant-1.1/8x36x16x8/022051d7a7434ada17df4e92a2439ea79c2203001118cc97a8c58bb4dcccdffd
/// @notice KZG with the ceremony aztec-ignition. Halo2 with the keccak transcript and SHPLONK.
/// @dev Says only that the public inputs are true of some secret. Whoever calls it builds the
/// public inputs itself, from values it checked (S9); see ICovenantVerifier.
contract CovenantProofMedium {
    /// @notice The calldata is not exactly 31 public inputs and a proof of 4000 bytes.
    error WrongLength();
    /// @notice A scalar is not below r, or a point is not on the curve.
    error NotCanonical();
    /// @notice A precompile failed or was not given enough gas.
    error PrecompileFailed();
    /// @notice The proof does not prove the statement.
    error ProofInvalid();

    /// @notice Returns true if the proof proves the statement; reverts otherwise.
    /// @param instances The public inputs, each below r.
    /// @param proof Exactly 4000 bytes.
    function verify(uint256[31] calldata instances, bytes calldata proof)
        external
        view
        returns (bool)
    {
        // Both are read from calldata, at places that are checked first.
        (instances, proof);
        assembly {
            let r := 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001

            // Exact calldata: the offset of the proof, its length, nothing after it.
            if iszero(and(and(eq(calldatasize(), 5060), eq(calldataload(0x3e4), 0x400)), eq(calldataload(0x404), 4000))) {
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
            ok := and(ok, lt(calldataload(0x324), r))
            ok := and(ok, lt(calldataload(0x344), r))
            ok := and(ok, lt(calldataload(0x364), r))
            ok := and(ok, lt(calldataload(0x384), r))
            ok := and(ok, lt(calldataload(0x3a4), r))
            ok := and(ok, lt(calldataload(0x3c4), r))
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
            ok := and(ok, lt(calldataload(0xd84), r))
            ok := and(ok, lt(calldataload(0xda4), r))
            ok := and(ok, lt(calldataload(0xdc4), r))
            ok := and(ok, lt(calldataload(0xde4), r))
            ok := and(ok, lt(calldataload(0xe04), r))
            ok := and(ok, lt(calldataload(0xe24), r))
            ok := and(ok, lt(calldataload(0xe44), r))
            ok := and(ok, lt(calldataload(0xe64), r))
            ok := and(ok, lt(calldataload(0xe84), r))
            ok := and(ok, lt(calldataload(0xea4), r))
            ok := and(ok, lt(calldataload(0xec4), r))
            ok := and(ok, lt(calldataload(0xee4), r))
            ok := and(ok, lt(calldataload(0xf04), r))
            ok := and(ok, lt(calldataload(0xf24), r))
            ok := and(ok, lt(calldataload(0xf44), r))
            ok := and(ok, lt(calldataload(0xf64), r))
            ok := and(ok, lt(calldataload(0xf84), r))
            ok := and(ok, lt(calldataload(0xfa4), r))
            ok := and(ok, lt(calldataload(0xfc4), r))
            ok := and(ok, lt(calldataload(0xfe4), r))
            ok := and(ok, lt(calldataload(0x1004), r))
            ok := and(ok, lt(calldataload(0x1024), r))
            ok := and(ok, lt(calldataload(0x1044), r))
            ok := and(ok, lt(calldataload(0x1064), r))
            ok := and(ok, lt(calldataload(0x1084), r))
            ok := and(ok, lt(calldataload(0x10a4), r))
            ok := and(ok, lt(calldataload(0x10c4), r))
            ok := and(ok, lt(calldataload(0x10e4), r))
            ok := and(ok, lt(calldataload(0x1104), r))
            ok := and(ok, lt(calldataload(0x1124), r))
            ok := and(ok, lt(calldataload(0x1144), r))
            ok := and(ok, lt(calldataload(0x1164), r))
            ok := and(ok, lt(calldataload(0x1184), r))
            ok := and(ok, lt(calldataload(0x11a4), r))
            ok := and(ok, lt(calldataload(0x11c4), r))
            ok := and(ok, lt(calldataload(0x11e4), r))
            ok := and(ok, lt(calldataload(0x1204), r))
            ok := and(ok, lt(calldataload(0x1224), r))
            ok := and(ok, lt(calldataload(0x1244), r))
            ok := and(ok, lt(calldataload(0x1264), r))
            ok := and(ok, lt(calldataload(0x1284), r))
            ok := and(ok, lt(calldataload(0x12a4), r))
            ok := and(ok, lt(calldataload(0x12c4), r))
            ok := and(ok, lt(calldataload(0x12e4), r))
            ok := and(ok, lt(calldataload(0x1304), r))
            ok := and(ok, lt(calldataload(0x1324), r))

            // Every point: x < p, y < p and y^2 = x^3 + 3. The identity (0, 0) is not on the curve.
            {
                let p := 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47
                let x
                let y
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
                x := calldataload(0x7e4)
                y := calldataload(0x804)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x824)
                y := calldataload(0x844)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x864)
                y := calldataload(0x884)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x8a4)
                y := calldataload(0x8c4)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x8e4)
                y := calldataload(0x904)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x924)
                y := calldataload(0x944)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x964)
                y := calldataload(0x984)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x9a4)
                y := calldataload(0x9c4)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x9e4)
                y := calldataload(0xa04)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0xa24)
                y := calldataload(0xa44)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0xa64)
                y := calldataload(0xa84)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0xaa4)
                y := calldataload(0xac4)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0xae4)
                y := calldataload(0xb04)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0xb24)
                y := calldataload(0xb44)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0xb64)
                y := calldataload(0xb84)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x1344)
                y := calldataload(0x1364)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
                x := calldataload(0x1384)
                y := calldataload(0x13a4)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), addmod(mulmod(x, mulmod(x, x, p), p), 3, p))))
            }
            if iszero(ok) {
                mstore(0, shl(224, 0xd7c7beeb)) // NotCanonical()
                revert(0, 4)
            }

            // The transcript: the key's digest, the public inputs, the proof in its order.
            // The last hash is placed before each stretch of the proof.
            mstore(0x200, 0x22051d7a7434ada17df4e92a2439ea79c2203001118cc97a8c58bb4dcccdffd)
            calldatacopy(0x220, 0x4, 0x3e0)
            calldatacopy(0x600, 0x424, 4000)
            {
                let h
                h := keccak256(0x200, 0x8c0)
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
                mstore(0xaa0, h)
                h := keccak256(0xaa0, 0xe0)
                mstore(0x100, mod(h, r)) // Theta
                mstore8(0x20, 1)
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0x120, mod(h, r)) // Beta
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0x140, mod(h, r)) // Gamma
                mstore(0xb60, h)
                h := keccak256(0xb60, 0xa0)
                mstore(0x160, mod(h, r)) // Y
                mstore(0xbe0, h)
                h := keccak256(0xbe0, 0x1a0)
                mstore(0x180, mod(h, r)) // X
                mstore(0xd60, h)
                h := keccak256(0xd60, 0x7c0)
                mstore(0x1a0, mod(h, r)) // SetFold
                mstore8(0x20, 1)
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0x1c0, mod(h, r)) // Sets
                mstore(0x1500, h)
                h := keccak256(0x1500, 0x60)
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
            mstore(0x220, addmod(mload(0x1e0), sub(r, mulmod(0x3b743d74fd9ddb41f920179ac30e04b0ebd93e580b9c0b50061087904110bd4, mload(0x180), r)), r))
            mstore(0x240, addmod(mload(0x1e0), sub(r, mulmod(0x28083f8692e928d56cb3a56de8cac15176976b1246dd2b5c532775a3fb29a7e1, mload(0x180), r)), r))
            mstore(0x260, addmod(mload(0x1e0), sub(r, mulmod(0x2afd4e77273f1cb3434a4a667929058c156b21573c3f1efc882e708597d7161a, mload(0x180), r)), r))
            mstore(0x280, addmod(mload(0x1e0), sub(r, mulmod(0x179c2392139def1b24f4e92b4bfba20a0fa885cb6bfc2f2cb92790e00237d0c0, mload(0x180), r)), r))
            mstore(0x2a0, addmod(mload(0x1e0), sub(r, mload(0x180)), r))
            mstore(0x2c0, addmod(mload(0x1e0), sub(r, mulmod(0x2f6122bbf1d35fdaa9953f60087a423238aa810773efee2a251aa6161f2e6ee6, mload(0x180), r)), r))
            mstore(0x2e0, addmod(mload(0x1e0), sub(r, mulmod(0xfc9b0d2648547b1269df485820744f09b040ce18eeec2900205dbd323be210e, mload(0x180), r)), r))
            mstore(0x300, addmod(mload(0x1e0), sub(r, mulmod(0x22177d83ed0e18c071a9fc92820f3928e3ac1f698dbef2f16a898e7532d92562, mload(0x180), r)), r))
            mstore(0x340, mload(0x180))
            mstore(0x320, mulmod(mload(0x300), mulmod(mload(0x2e0), mulmod(mload(0x280), mulmod(mload(0x220), mload(0x260), r), r), r), r))
            mstore(0x360, add(mload(0x200), sub(r, 1)))

            // All inverses from one: d = x omega^-i - 1 for the last rows and the rows of the public
            // inputs, and the others. Beside each d is the product of those before it.
            {
                let product := 1
                let z := mulmod(mload(0x180), 0x3a8d2f7985c1028bc933b74ecf050f94f908d9654a63b655cd8b452027855a, r)
                for { let i := 0x400 } lt(i, 0xd80) { i := add(i, 0x40) } {
                    let d := add(z, sub(r, 1))
                    mstore(i, d)
                    mstore(add(i, 0x20), product)
                    product := mulmod(product, d, r)
                    z := mulmod(z, 0x179c2392139def1b24f4e92b4bfba20a0fa885cb6bfc2f2cb92790e00237d0c0, r)
                }
                mstore(0xd80, product)
                product := mulmod(product, mload(0x360), r)
                mstore(0xda0, product)
                product := mulmod(product, mload(0x340), r)
                mstore(0xdc0, product)
                product := mulmod(product, mload(0x320), r)
                // product^(r - 2)
                mstore(0xde0, 0x20)
                mstore(0xe00, 0x20)
                mstore(0xe20, 0x20)
                mstore(0xe40, product)
                mstore(0xe60, sub(r, 2))
                mstore(0xe80, r)
                ok := staticcall(20000, 5, 0xde0, 0xc0, 0, 0x20)
                let inverse := mload(0)
                if iszero(and(ok, iszero(iszero(inverse)))) {
                    mstore(0, shl(224, 0x7fcdd1f4)) // ProofInvalid()
                    revert(0, 4)
                }
                product := mulmod(inverse, mload(0xdc0), r)
                inverse := mulmod(inverse, mload(0x320), r)
                mstore(0x320, product)
                product := mulmod(inverse, mload(0xda0), r)
                inverse := mulmod(inverse, mload(0x340), r)
                mstore(0x340, product)
                product := mulmod(inverse, mload(0xd80), r)
                inverse := mulmod(inverse, mload(0x360), r)
                mstore(0x360, product)
                let sum := 0
                for { let i := 0xd40 let c := 0x3c4 } gt(i, 0x5c0) { i := sub(i, 0x40) c := sub(c, 0x20) } {
                    sum := addmod(sum, mulmod(mulmod(inverse, mload(add(i, 0x20)), r), calldataload(c), r), r)
                    inverse := mulmod(inverse, mload(i), r)
                }
                // (x^n - 1) / n
                let factor := mulmod(add(mload(0x200), sub(r, 1)), 0x3061482dfa038d0fb5b4c0b226194047a2616509f531d4fa3acdb77496c10001, r)
                z := mulmod(inverse, mload(0x5e0), r)
                inverse := mulmod(inverse, mload(0x5c0), r)
                mstore(0x380, mulmod(factor, z, r))
                mstore(0x3e0, mulmod(factor, addmod(sum, mulmod(z, calldataload(0x4), r), r), r))
                // The blinded rows, then the last one.
                sum := 0
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
            mstore(0x420, mulmod(mload(0x160), mload(0x160), r))
            mstore(0x440, mulmod(mload(0x420), mload(0x160), r))
            mstore(0x460, mulmod(mload(0x440), mload(0x160), r))
            mstore(0x480, mulmod(mload(0x460), mload(0x160), r))
            mstore(0x4a0, mulmod(mload(0x480), mload(0x160), r))
            mstore(0x4c0, mulmod(mload(0x4a0), mload(0x160), r))
            mstore(0x4e0, mulmod(mload(0x4c0), mload(0x160), r))
            mstore(0x500, mulmod(mload(0x4e0), mload(0x160), r))
            mstore(0x520, mulmod(mload(0x500), mload(0x160), r))
            mstore(0x540, mulmod(mload(0x520), mload(0x160), r))
            mstore(0x560, mulmod(mload(0x540), mload(0x160), r))
            mstore(0x580, mulmod(mload(0x560), mload(0x160), r))

            // Every identity, folded by y: the gates, each times its switch, then the permutation.
            // Each is named: the gate and the equation that holds where its switch is not 0.
            let sum := 0
            let inner
            // x_next is the next S-box input: x_next = the transition's map
            mstore(0x5a0, addmod(add(0x2, sub(r, calldataload(0x1084))), sub(r, calldataload(0x10a4)), r))
            mstore(0x5c0, mulmod(calldataload(0x1084), mload(0x5a0), r))
            mstore(0x5e0, mulmod(calldataload(0x10a4), add(calldataload(0x10a4), sub(r, 0x1)), r))
            mstore(0x600, mulmod(calldataload(0x1084), add(calldataload(0x1084), sub(r, 0x1)), r))
            mstore(0x620, mulmod(calldataload(0x10a4), mload(0x5a0), r))
            mstore(0x640, add(mload(0x600), mload(0x620)))
            mstore(0x660, addmod(mload(0x640), add(mload(0x5c0), mload(0x5e0)), r))
            mstore(0x680, mulmod(calldataload(0xc04), calldataload(0xc04), r))
            mstore(0x6a0, mulmod(calldataload(0xc04), mulmod(mload(0x680), mload(0x680), r), r))
            mstore(0x6c0, 0x251e7fdf99591080080b0af133b9e4369f22e57ace3cd7f64fc6fdbcf38d7da1)
            mstore(0x6e0, mulmod(calldataload(0xc24), calldataload(0xc24), r))
            mstore(0x700, mulmod(calldataload(0xc24), mulmod(mload(0x6e0), mload(0x6e0), r), r))
            mstore(0x720, mulmod(calldataload(0xc44), calldataload(0xc44), r))
            mstore(0x740, mulmod(calldataload(0xc44), mulmod(mload(0x720), mload(0x720), r), r))
            mstore(0x760, mulmod(calldataload(0xc64), calldataload(0xc64), r))
            mstore(0x780, mulmod(calldataload(0xc64), mulmod(mload(0x760), mload(0x760), r), r))
            mstore(0x7a0, mulmod(calldataload(0xc84), calldataload(0xc84), r))
            mstore(0x7c0, mulmod(calldataload(0xc84), mulmod(mload(0x7a0), mload(0x7a0), r), r))
            mstore(0x7e0, addmod(mulmod(mload(0x7c0), 0xaaa35e2c84baf117dea3e336cd96a39792b3813954fe9bf3ed5b90f2f69c977, r), add(mulmod(mload(0x780), 0x104d0295ab00c85e960111ac25da474366599e575a9b7edf6145f14ba6d3c1c4, r), add(mulmod(mload(0x740), 0x293d617d7da72102355f39ebf62f91b06deb5325f367a4556ea1e31ed5767833, r), add(mulmod(mload(0x6a0), mload(0x6c0), r), mulmod(mload(0x700), 0x25fb50b65acf4fb047cbd3b1c17d97c7fe26ea9ca238d6e348550486e91c7765, r)))), r))
            mstore(0x800, 0x218796dd338868e7300732cf5d3925c74c1badd0a32d8b41b96e555ddfe27869)
            mstore(0x820, 0x2503f642cfcb5f06e1a18c68efca3c0672ed26edfc7e6e77513ba7a4c660ab53)
            mstore(0x840, 0x2c01b6282fad3d37bdc72033b4d8da10494ac283ec74d5e63d72dbe06b4037c6)
            mstore(0x860, 0x172f5e628cc26149dcc488004690cfa55faac52708481fffb3d4cfa3808b4051)
            mstore(0x880, 0x74019237db9fbc928e4fceaf52b9ffe45ead67eab8e238cb18878e6b20b8a6c)
            mstore(0x8a0, mulmod(mload(0x6a0), mload(0x880), r))
            mstore(0x8c0, 0x14f6ab2c6caef74572f821bb82c4bda12a302be5aeb91ad1562b97b09db427d8)
            mstore(0x8e0, 0x207da9637379529f714ecb391b8679e0e706aa377007317ef46da24e8f9124e)
            mstore(0x900, 0xd1ecfc6e6ec39c56d953ff80bbbe31b5710aa74969d92b87beaf53de7935be3)
            mstore(0x920, addmod(add(mulmod(calldataload(0xc84), mload(0x860), r), add(mulmod(calldataload(0xc64), mload(0x840), r), add(mulmod(calldataload(0xc24), mload(0x800), r), mulmod(calldataload(0xc44), mload(0x820), r)))), add(mulmod(mload(0x6c0), mload(0x7c0), r), add(mulmod(mload(0x780), mload(0x900), r), add(add(mload(0x8a0), mulmod(mload(0x700), mload(0x8c0), r)), mulmod(mload(0x740), mload(0x8e0), r)))), r))
            inner := add(sub(r, mulmod(mload(0x620), mload(0x920), r)), add(sub(r, mulmod(mload(0x600), mload(0x7e0), r)), add(add(mulmod(mload(0x660), add(calldataload(0xca4), sub(r, calldataload(0x10c4))), r), sub(r, mulmod(mload(0x5c0), mload(0x7e0), r))), sub(r, mulmod(mload(0x5e0), mload(0x920), r)))))
            // x_next is the next S-box input: x_next = the transition's map
            mstore(0x940, addmod(add(mulmod(calldataload(0xc84), mload(0x840), r), add(mulmod(calldataload(0xc44), mload(0x800), r), mulmod(calldataload(0xc64), mload(0x820), r))), add(mulmod(mload(0x7c0), mload(0x900), r), add(mulmod(mload(0x780), mload(0x8e0), r), add(mulmod(mload(0x700), mload(0x880), r), mulmod(mload(0x740), mload(0x8c0), r)))), r))
            mstore(0x960, addmod(add(mulmod(calldataload(0xc64), mload(0x800), r), mulmod(calldataload(0xc84), mload(0x820), r)), add(mulmod(mload(0x7c0), mload(0x8e0), r), add(mulmod(mload(0x740), mload(0x880), r), mulmod(mload(0x780), mload(0x8c0), r))), r))
            mstore(0x980, addmod(mulmod(calldataload(0xc84), mload(0x800), r), add(mulmod(mload(0x780), mload(0x880), r), mulmod(mload(0x7c0), mload(0x8c0), r)), r))
            mstore(0x9a0, mulmod(mload(0x7c0), mload(0x880), r))
            mstore(0x9c0, mulmod(calldataload(0xca4), calldataload(0xca4), r))
            mstore(0x9e0, mulmod(calldataload(0xca4), mulmod(mload(0x9c0), mload(0x9c0), r), r))
            inner := addmod(addmod(sub(r, mulmod(mload(0x640), add(mulmod(calldataload(0xca4), mload(0x860), r), mulmod(mload(0x6c0), mload(0x9e0), r)), r)), add(sub(r, mulmod(mload(0x620), mload(0x940), r)), add(sub(r, mulmod(mload(0x600), add(mulmod(mload(0x7c0), 0x1f0f0d02eddd87a876494dec76cc5d8d33e87ac89bbcf79589c70c98cee9a7ad, r), add(mulmod(mload(0x780), 0x25005ce99caab6b4f470564b9f04629be82196874f82af0d32b0b25be2bcc938, r), add(mulmod(mload(0x740), 0x1b28be09eb28fe58fb7f4216a694b623987e57e90c9b847ff3ec6b3c76dd4111, r), add(mulmod(mload(0x6a0), mload(0x900), r), mulmod(mload(0x700), 0x17321a43b23116c030896a7d447eae81044cf3d0f4c0b5b9d3e27096c7926d03, r))))), r)), add(add(mulmod(mload(0x660), add(calldataload(0xcc4), sub(r, calldataload(0x10e4))), r), sub(r, mulmod(mload(0x5c0), add(mulmod(mload(0x7c0), 0x14ddb5fada0171db80195b9592d8cf2be810930e3ea4574a350d65e2cbff4941, r), add(mulmod(mload(0x780), 0x21888041e6febd546d427c890b1883bb9b626d8cb4dc18dcc4ec8fa75e530a13, r), add(mulmod(mload(0x740), 0x28c2be2f8264f95f0b53c732134efa338ccd8fdb9ee2b45fb86a894f7db36c37, r), add(mulmod(mload(0x6a0), 0x2a70b9f1d4bbccdbc03e17c1d1dcdb02052903dc6609ea6969f661b2eb74c839, r), mulmod(mload(0x700), 0x281154651c921e746315a9934f1b8a1bba9f92ad8ef4b979115b8e2e991ccd7a, r))))), r))), sub(r, mulmod(mload(0x5e0), add(mulmod(mload(0x9a0), 0x1f12303e4dd8134c80e541b3ee376b473431d852d368476d62ae591eb50c1fb4, r), add(mulmod(mload(0x980), 0x1e9c55968b09ebc5d2a2da375d3ab895041772fc9ddf42e70accb367ffad163d, r), add(mulmod(mload(0x960), 0x2eb4413c7cd427a38a61b1bf006e5840d7e160e38c27daeacd3477f34f251a6, r), add(mulmod(mload(0x920), 0x2948b6d7cc1f20b1e868295edc48de5e968443e714dbe6bfedb5c53371680a2c, r), mulmod(mload(0x940), 0x2d707e874df90edfc5d3be6bb0a7f248a59bd97802d577f6e02f7e3edbff2260, r))))), r))))), r), mulmod(inner, mload(0x160), r), r)
            // x_next is the next S-box input: x_next = the transition's map
            mstore(0xa00, mulmod(calldataload(0xcc4), calldataload(0xcc4), r))
            mstore(0xa20, mulmod(calldataload(0xcc4), mulmod(mload(0xa00), mload(0xa00), r), r))
            mstore(0xa40, addmod(add(sub(r, mulmod(mload(0x620), mload(0x960), r)), add(sub(r, mulmod(mload(0x600), add(mulmod(mload(0x7c0), 0x1f9879dea8d872552569e902ed4a4cc27b8998cf6db0e483c797fb254ee6bd55, r), add(mulmod(mload(0x780), 0x14961d7371e7ecdecc327bd5fb5de09c9fb711967157b33a78a7610b33c09134, r), add(mulmod(mload(0x740), 0x2e48e24ce2924a8d72594aef7225fe78bd38bafbfd14d0c4356d7ee563b9f851, r), add(mulmod(mload(0x6a0), mload(0x8e0), r), mulmod(mload(0x700), 0xcf937853a4d070dd737fdbd000fb5ce62e69bbd692b7a99c2b20ee87e2c6ac2, r))))), r)), add(add(mulmod(mload(0x660), add(calldataload(0xce4), sub(r, calldataload(0x1104))), r), sub(r, mulmod(mload(0x5c0), add(mulmod(mload(0x7c0), 0x2efc2b90d688134849018222e7b8922eaf67ce79816ef468531ec2de53bbd167, r), add(mulmod(mload(0x780), 0x12c7e2adfa524e5958f65be2fbac809fcba8458b28e44d9265051de33163cf9c, r), add(mulmod(mload(0x740), 0x15b98ce93e47bc64ce2f2c96c69663c439c40c603049466fa7f9a4b228bfc32b, r), add(mulmod(mload(0x6a0), 0x2f69a7198e1fbcc7dea43265306a37ed55b91bff652ad69aa4fa8478970d401d, r), mulmod(mload(0x700), 0x1c1edd62645b73ad931ab80e37bbb267ba312b34140e716d6a3747594d3052, r))))), r))), sub(r, mulmod(mload(0x5e0), add(mulmod(mload(0x9a0), 0xfc40f22a7b7a774910c71bf287ff5b975a731ec30832d7591467e660b5cd588, r), add(mulmod(mload(0x980), 0x2f207101f14cafb75383700d3d7d6ebb13549e655f1facf15327385a4644cda7, r), add(mulmod(mload(0x960), 0x2690b69b83b04b9bc1e75da7d77f0f8001bbb1d29936ccbbe91a7299d39361d3, r), add(mulmod(mload(0x920), 0xfeeacf3761657def9cb81d517f546ba7e59aaad4bff009326e857bff072fce, r), mulmod(mload(0x940), 0x1f2d9f5b5fdee1801d13aaa606905eacc7e87c436465af59db5c340f6cde3d8, r))))), r))))), sub(r, mulmod(mload(0x640), add(add(mulmod(calldataload(0xca4), mload(0x840), r), mulmod(mload(0x860), calldataload(0xcc4), r)), add(mulmod(mload(0x900), mload(0x9e0), r), mulmod(mload(0x6c0), mload(0xa20), r))), r)), r))
            inner := addmod(mload(0xa40), mulmod(inner, mload(0x160), r), r)
            // x_next is the next S-box input: x_next = the transition's map
            mstore(0xa60, mulmod(calldataload(0xce4), calldataload(0xce4), r))
            mstore(0xa80, mulmod(calldataload(0xce4), mulmod(mload(0xa60), mload(0xa60), r), r))
            mstore(0xaa0, addmod(add(sub(r, mulmod(mload(0x620), mload(0x980), r)), add(sub(r, mulmod(mload(0x600), add(mulmod(mload(0x7c0), 0x2e5459e2032050887b022b0ee48b622094e032ba28d217d9ade821b6965ed307, r), add(mulmod(mload(0x780), 0x1252bc14e37db372579306e1cf6c3cab4242b5cfd3b8ecf5408aaa1a71336e4a, r), add(mulmod(mload(0x740), 0x13f0bcb8f8e4f2bde641038ac6976a02cb28f3129b62939ea08d1d51b5b552c3, r), add(mulmod(mload(0x6a0), mload(0x8c0), r), mulmod(mload(0x700), 0x24e1ea794f3a099d02693e52b46af63781611775cfbd120c3260e499b12cd169, r))))), r)), add(add(mulmod(mload(0x660), add(calldataload(0xd04), sub(r, calldataload(0x1124))), r), sub(r, mulmod(mload(0x5c0), add(mulmod(mload(0x7c0), 0x7f017a7ebd56dd086f7cd4fd710c509ed7ef8e300b9a8bb9fb9f28af710251f, r), add(mulmod(mload(0x780), 0x2625ce48a7b39a4252732624e4ab94360812ac2fc9a14a5fb8b607ae9fd8514a, r), add(mulmod(mload(0x740), 0x1c482a25a729f5df20225815034b196098364a11f4d988fb7cc75cf32d8136fa, r), add(mulmod(mload(0x6a0), 0xc3f050a6bf5af151981e55e3e1a29a13c3ffa4550bd2514f1afd6c5f721f830, r), mulmod(mload(0x700), 0xdec54e6dbf75205fa75ba7992bd34f08b2efe2ecd424a73eda7784320a1a36e, r))))), r))), sub(r, mulmod(mload(0x5e0), add(mulmod(mload(0x9a0), 0x2bd6d392fb461e926f841d5530a743db2dd62b3b756ce1684f4b36bd79976ee5, r), add(mulmod(mload(0x980), 0x26d1f6ad1f8858afa873464578ceacb4ff11a9eeb46ab21332ebeec4d6246ee3, r), add(mulmod(mload(0x960), 0x113963e436b7f9dc1ed1e1399f7fa28745b026ed052ee66a894199b913866cf6, r), add(mulmod(mload(0x920), 0x11108ad50d999071f30ac9a14b756861ffb8562045a5653f6998cc714d1fac66, r), mulmod(mload(0x940), 0x73ec28b16fdc1927e5938d1edf08161cc6bfb783fae210446a5932954f92f5e, r))))), r))))), sub(r, mulmod(mload(0x640), addmod(add(mulmod(mload(0x860), calldataload(0xce4), r), add(mulmod(calldataload(0xca4), mload(0x820), r), mulmod(mload(0x840), calldataload(0xcc4), r))), add(mulmod(mload(0x6c0), mload(0xa80), r), add(mulmod(mload(0x8e0), mload(0x9e0), r), mulmod(mload(0x900), mload(0xa20), r))), r), r)), r))
            inner := addmod(mload(0xaa0), mulmod(inner, mload(0x160), r), r)
            // x_next is the next S-box input: x_next = the transition's map
            mstore(0xac0, mulmod(calldataload(0xd04), calldataload(0xd04), r))
            mstore(0xae0, addmod(add(sub(r, mulmod(mload(0x620), mload(0x9a0), r)), add(sub(r, mulmod(mload(0x600), mload(0x8a0), r)), add(add(mulmod(mload(0x660), add(calldataload(0xd24), sub(r, calldataload(0x1144))), r), sub(r, mulmod(mload(0x5c0), add(mulmod(mload(0x7c0), 0x14074bb14c982c81c9ad171e4f35fe49b39c4a7a72dbb6d9c98d803bfed65e64, r), add(mulmod(mload(0x780), 0x2d3a1aea2e6d44466808f88c9ba903d3bdcb6b58ba40441ed4ebcf11bbe1e37b, r), add(mulmod(mload(0x740), 0x2ecac687ef5b4b568002bd9d1b96b4bef357a69e3e86b5561b9299b82d69c8e, r), add(mulmod(mload(0x6a0), 0x2a20e3a4a0e57d92f97c9d6186c6c3ea7c5e55c20146259be2f78c2ccc2e3595, r), mulmod(mload(0x700), 0x1049f8210566b51faafb1e9a5d63c0ee701673aed820d9c4403b01feb727a549, r))))), r))), sub(r, mulmod(mload(0x5e0), add(mulmod(mload(0x9a0), 0x269911f3cc7a4c7fe1a845decaed9552c83d692017c3e50d04a870cd5afb4e13, r), add(mulmod(mload(0x980), 0x14618eec28c5f872102d4f71916b93eb975dafd0e6a2ed43316f2ae8ed6f262a, r), add(mulmod(mload(0x960), 0xd36529f1141d624fdc84bb847347c76b5b0c31ea9f846b17846bf14881c1f95, r), add(mulmod(mload(0x920), 0x184eaafd41391eb3dc67c47b12ffe9cd45b733d029a22a2c7b872f199e9a1201, r), mulmod(mload(0x940), 0x5133b40257f30b65882a39e00f70240efe28e04048a97f4765b5f5383f3638d, r))))), r))))), sub(r, mulmod(mload(0x640), addmod(add(mulmod(mload(0x860), calldataload(0xd04), r), add(mulmod(mload(0x840), calldataload(0xce4), r), add(mulmod(calldataload(0xca4), mload(0x800), r), mulmod(mload(0x820), calldataload(0xcc4), r)))), add(add(mulmod(mload(0x900), mload(0xa80), r), add(mulmod(mload(0x8c0), mload(0x9e0), r), mulmod(mload(0x8e0), mload(0xa20), r))), mulmod(mload(0x6c0), mulmod(calldataload(0xd04), mulmod(mload(0xac0), mload(0xac0), r), r), r)), r), r)), r))
            inner := addmod(mload(0xae0), mulmod(inner, mload(0x160), r), r)
            sum := mulmod(0x1, inner, r)
            // c = M_0 x^5: c is the permutation's output
            sum := addmod(mulmod(mulmod(calldataload(0x1084), calldataload(0x10a4), r), add(calldataload(0xd44), sub(r, mload(0x7e0))), r), mulmod(sum, mload(0x160), r), r)
            // absorb: x = input + rc
            inner := add(calldataload(0xc04), 0x21af0973feb0424f38fc6319b6b7c9854faa2cf9bc71ad0af4a5c9bbd5925770)
            // absorb: x = input + rc
            inner := addmod(add(calldataload(0xc24), sub(r, addmod(calldataload(0xbc4), 0x554d736315b8662f02fdba7dd737fbca197aeb12ea64713ba733f28475128cb, r))), mulmod(inner, mload(0x160), r), r)
            // absorb: x = input + rc
            inner := addmod(add(calldataload(0xc44), sub(r, addmod(calldataload(0xd64), 0x2f83b9df259b2b68bcd748056307c37754907df0c0fb0035f5087c58d5e8c2d4, r))), mulmod(inner, mload(0x160), r), r)
            // absorb: x = input + rc
            inner := addmod(add(calldataload(0xc64), sub(r, addmod(calldataload(0xd84), 0x2ca70e2e8d7f39a12447ac83052451b461f15f8b41a75ef31915208f5aba9683, r))), mulmod(inner, mload(0x160), r), r)
            // absorb: x = input + rc
            inner := addmod(add(calldataload(0xc84), sub(r, addmod(calldataload(0xda4), 0x1cb5f9319be6a45e91b04d7222271c94994196f12ed22c5d4ec719cb83ecfea9, r))), mulmod(inner, mload(0x160), r), r)
            mstore(0xb00, mulmod(calldataload(0x11a4), add(calldataload(0x11a4), sub(r, 0x1)), r))
            mstore(0xb20, addmod(sub(r, calldataload(0x11a4)), add(add(0x4, sub(r, calldataload(0x1164))), sub(r, calldataload(0x1184))), r))
            mstore(0xb40, mulmod(mload(0xb20), add(mload(0xb20), sub(r, 0x1)), r))
            mstore(0xb60, mulmod(mload(0xb00), add(calldataload(0x11a4), sub(r, 0x2)), r))
            mstore(0xb80, mulmod(mload(0xb20), mload(0xb60), r))
            mstore(0xba0, add(mload(0xb80), mulmod(mload(0xb00), mload(0xb40), r)))
            mstore(0xbc0, mulmod(mload(0xb40), mulmod(calldataload(0x11a4), calldataload(0x1184), r), r))
            mstore(0xbe0, mulmod(mload(0xb20), mulmod(mload(0xb00), calldataload(0x1184), r), r))
            mstore(0xc00, mulmod(calldataload(0x1184), mload(0xb60), r))
            sum := addmod(mulmod(add(mload(0xc00), add(mload(0xbe0), add(mload(0xba0), mload(0xbc0)))), inner, r), mulmod(sum, mload(0x480), r), r)
            // header of an account: d (d - 1) (d - 2) = 0
            mstore(0xc20, add(calldataload(0xdc4), sub(r, 0x1)))
            mstore(0xc40, mulmod(calldataload(0xdc4), mload(0xc20), r))
            inner := mulmod(mload(0xc40), add(calldataload(0xdc4), sub(r, 0x2)), r)
            // header of an account: b = tag of d
            inner := addmod(add(calldataload(0xbc4), sub(r, addmod(0x636f76656e616e742f636f6c6c61746572616c2f7631, mulmod(mload(0xc20), 0x30644e72e131a029b84fe2aa7a924f6a1b2e2d1476b6659238e8eca6fd000001, r), r))), mulmod(inner, mload(0x160), r), r)
            // header of an account: a of row 1 = 1 if a liability, else 0
            inner := addmod(add(calldataload(0xde4), sub(r, mulmod(mload(0xc40), 0x183227397098d014dc2822db40c0ac2e9419f4243cdcb848a1f0fac9f8000001, r))), mulmod(inner, mload(0x160), r), r)
            sum := addmod(mulmod(mload(0xba0), inner, r), mulmod(sum, mload(0x440), r), r)
            // chain: a of the next block = active ? output : a of row 0
            mstore(0xc60, mulmod(0x183227397098d014dc2822db40c0ac2e9419f4243cdcb848a1f0fac9f8000001, mulmod(calldataload(0xe24), add(0x3, sub(r, calldataload(0xe24))), r), r))
            sum := addmod(mulmod(mulmod(mload(0xb60), add(calldataload(0x11a4), sub(r, 0x3)), r), add(calldataload(0xde4), sub(r, addmod(calldataload(0xe04), mulmod(mload(0xc60), add(calldataload(0xd44), sub(r, calldataload(0xe04))), r), r))), r), mulmod(sum, mload(0x160), r), r)
            // chain begins: a of the next block = active ? output : 0
            mstore(0xc80, mulmod(mload(0xb40), add(mload(0xb20), sub(r, 0x2)), r))
            sum := addmod(mulmod(mulmod(calldataload(0x1184), mload(0xc80), r), add(calldataload(0xde4), sub(r, mulmod(calldataload(0xd44), mload(0xc60), r))), r), mulmod(sum, mload(0x160), r), r)
            // origin: a = 0
            inner := calldataload(0xba4)
            // origin: g = 0
            inner := addmod(calldataload(0xbe4), mulmod(inner, mload(0x160), r), r)
            // origin: sum = 0
            inner := addmod(calldataload(0xe44), mulmod(inner, mload(0x160), r), r)
            sum := addmod(mulmod(mload(0xb80), inner, r), mulmod(sum, mload(0x440), r), r)
            // policy begins: d = 1
            inner := mload(0xc20)
            // policy begins: b = tag of a policy
            inner := addmod(add(calldataload(0xbc4), 0x30644e72e131a029b85045b68180f4edb1ce79e70b454120d4758c3076d089d0), mulmod(inner, mload(0x160), r), r)
            // policy begins: a of row 1 = 1
            inner := addmod(add(calldataload(0xde4), sub(r, 0x1)), mulmod(inner, mload(0x160), r), r)
            sum := addmod(mulmod(mload(0xbc0), inner, r), mulmod(sum, mload(0x440), r), r)
            // a block follows: d = 0 or d of the block before
            inner := mulmod(calldataload(0xdc4), add(calldataload(0xdc4), sub(r, calldataload(0xe64))), r)
            // a block follows: b = a
            inner := addmod(add(calldataload(0xbc4), sub(r, calldataload(0xba4))), mulmod(inner, mload(0x160), r), r)
            sum := addmod(mulmod(add(mload(0xbe0), mload(0xc00)), inner, r), mulmod(sum, mload(0x420), r), r)
            // a block of the policy: unused: word 1 = 0
            inner := mulmod(calldataload(0xd64), mload(0xc20), r)
            // a block of the policy: unused: word 2 = 0
            inner := addmod(mulmod(calldataload(0xd84), mload(0xc20), r), mulmod(inner, mload(0x160), r), r)
            // a block of the policy: unused: word 3 = 0
            inner := addmod(mulmod(calldataload(0xda4), mload(0xc20), r), mulmod(inner, mload(0x160), r), r)
            // a block of the policy: a of row 1 = d
            inner := addmod(add(calldataload(0xde4), sub(r, calldataload(0xdc4))), mulmod(inner, mload(0x160), r), r)
            sum := addmod(mulmod(mload(0xc00), inner, r), mulmod(sum, mload(0x460), r), r)
            // position: counts = 0 or the block's state
            inner := mulmod(calldataload(0xd44), add(calldataload(0xd44), sub(r, calldataload(0xdc4))), r)
            // position: counted: entry = id * 2^128 + amount
            inner := addmod(mulmod(calldataload(0xd44), add(sub(r, calldataload(0xba4)), add(calldataload(0xbc4), sub(r, mulmod(calldataload(0xd64), 0x100000000000000000000000000000000, r)))), r), mulmod(inner, mload(0x160), r), r)
            // position: not counted: id = 0
            mstore(0xca0, add(calldataload(0xd44), sub(r, 0x1)))
            mstore(0xcc0, add(calldataload(0xd44), sub(r, 0x2)))
            mstore(0xce0, mulmod(mload(0xca0), mload(0xcc0), r))
            inner := addmod(mulmod(calldataload(0xd64), mload(0xce0), r), mulmod(inner, mload(0x160), r), r)
            // position: not counted: amount = 0
            inner := addmod(mulmod(calldataload(0xba4), mload(0xce0), r), mulmod(inner, mload(0x160), r), r)
            // position: not counted and not collateral: entry = 0
            inner := addmod(mulmod(calldataload(0xbc4), mulmod(mload(0xc20), mload(0xcc0), r), r), mulmod(inner, mload(0x160), r), r)
            // position: (g - g'') (gamma + id + rho kind) = amount + delta
            inner := addmod(add(mulmod(add(calldataload(0xbe4), sub(r, calldataload(0xe84))), add(mload(0xc0), add(calldataload(0xd64), mulmod(mload(0xca0), mload(0x80), r))), r), sub(r, addmod(calldataload(0xba4), mulmod(mload(0xe0), mulmod(0x183227397098d014dc2822db40c0ac2e9419f4243cdcb848a1f0fac9f8000001, mulmod(calldataload(0xd44), add(0x3, sub(r, calldataload(0xd44))), r), r), r), r))), mulmod(inner, mload(0x160), r), r)
            mstore(0xd00, mulmod(calldataload(0x11c4), add(calldataload(0x11c4), sub(r, 0x1)), r))
            mstore(0xd20, add(calldataload(0x11c4), sub(r, 0x2)))
            mstore(0xd40, mulmod(mload(0xd00), mload(0xd20), r))
            mstore(0xd60, add(calldataload(0x11c4), sub(r, 0x3)))
            sum := addmod(mulmod(mulmod(mload(0xd40), mload(0xd60), r), inner, r), mulmod(sum, mload(0x4a0), r), r)
            // limbs: a = limbs, and the row below where there is more
            mstore(0xd80, add(calldataload(0x11e4), sub(r, 0x6)))
            mstore(0xda0, add(calldataload(0x11e4), sub(r, 0x5)))
            mstore(0xdc0, mulmod(mload(0xd80), mload(0xda0), r))
            mstore(0xde0, add(calldataload(0x11e4), sub(r, 0x4)))
            mstore(0xe00, mulmod(mload(0xdc0), mload(0xde0), r))
            mstore(0xe20, add(calldataload(0x11e4), sub(r, 0x3)))
            mstore(0xe40, mulmod(mload(0xe00), mload(0xe20), r))
            mstore(0xe60, add(calldataload(0x11e4), sub(r, 0x2)))
            mstore(0xe80, add(calldataload(0xea4), mulmod(calldataload(0xec4), 0x800, r)))
            mstore(0xea0, addmod(mulmod(calldataload(0xf44), 0x80000000000000, r), add(mulmod(calldataload(0xf24), 0x100000000000, r), add(add(mload(0xe80), mulmod(calldataload(0xee4), 0x400000, r)), mulmod(calldataload(0xf04), 0x200000000, r))), r))
            mstore(0xec0, addmod(add(mload(0xea0), mulmod(calldataload(0xf64), 0x40000000000000000, r)), mulmod(calldataload(0xf84), 0x20000000000000000000, r), r))
            mstore(0xee0, add(calldataload(0xba4), sub(r, addmod(mload(0xec0), mulmod(calldataload(0xfa4), 0x10000000000000000000000, r), r))))
            mstore(0xf00, mulmod(calldataload(0x11e4), add(calldataload(0x11e4), sub(r, 0x1)), r))
            mstore(0xf20, mulmod(mload(0xe60), mload(0xf00), r))
            mstore(0xf40, mulmod(mload(0xe20), mload(0xf20), r))
            mstore(0xf60, mulmod(mload(0xdc0), mload(0xf40), r))
            mstore(0xf80, add(calldataload(0xba4), sub(r, mod(mload(0xe80), r))))
            mstore(0xfa0, mulmod(mload(0xde0), mload(0xf40), r))
            mstore(0xfc0, mulmod(mload(0xd80), mload(0xfa0), r))
            mstore(0xfe0, mulmod(mload(0xda0), mload(0xfa0), r))
            mstore(0x1000, mulmod(calldataload(0x1164), calldataload(0x1184), r))
            mstore(0x1020, mulmod(calldataload(0x1184), add(calldataload(0x1184), sub(r, 0x1)), r))
            mstore(0x1040, mulmod(calldataload(0x1164), mload(0x1020), r))
            mstore(0x1060, mulmod(mload(0xb20), mload(0x1040), r))
            mstore(0x1080, add(mload(0x1060), mulmod(mload(0xb00), mload(0x1000), r)))
            inner := addmod(mulmod(mload(0x1080), add(calldataload(0xba4), sub(r, mload(0xea0))), r), add(mulmod(mload(0xfe0), add(calldataload(0xba4), sub(r, mload(0xec0))), r), add(mulmod(mload(0xf80), mload(0xfc0), r), add(mulmod(mload(0xf60), mload(0xf80), r), add(mulmod(mload(0xee0), mulmod(calldataload(0x11e4), mulmod(mload(0xe40), mload(0xe60), r), r), r), mulmod(mulmod(mload(0xe40), mload(0xf00), r), add(mload(0xee0), sub(r, mulmod(calldataload(0xde4), 0x8000000000000000000000000, r))), r))))), r)
            // limbs: the last limb of a top row is short
            mstore(0x10a0, mulmod(0x2, calldataload(0xec4), r))
            inner := addmod(add(mulmod(mload(0x1080), add(calldataload(0xf64), sub(r, mulmod(calldataload(0xf44), 0x40, r))), r), add(add(mulmod(mload(0xfc0), add(calldataload(0xee4), sub(r, mload(0x10a0))), r), mulmod(mload(0xf60), add(calldataload(0xee4), sub(r, mulmod(calldataload(0xec4), 0x200, r))), r)), mulmod(mload(0xfe0), add(calldataload(0xfa4), sub(r, mulmod(calldataload(0xf84), 0x100, r))), r))), mulmod(inner, mload(0x160), r), r)
            // limbs: unused limb of a top row = 0
            mstore(0x10c0, add(mload(0xf60), mload(0xfc0)))
            inner := addmod(mulmod(calldataload(0xf04), mload(0x10c0), r), mulmod(inner, mload(0x160), r), r)
            // limbs: unused limb of a top row = 0
            inner := addmod(mulmod(calldataload(0xf24), mload(0x10c0), r), mulmod(inner, mload(0x160), r), r)
            // limbs: unused limb of a top row = 0
            inner := addmod(mulmod(calldataload(0xf44), mload(0x10c0), r), mulmod(inner, mload(0x160), r), r)
            // limbs: unused limb of a top row = 0
            inner := addmod(mulmod(calldataload(0xf64), mload(0x10c0), r), mulmod(inner, mload(0x160), r), r)
            // limbs: unused limb of a top row = 0
            mstore(0x10e0, addmod(mload(0x10c0), mload(0x1080), r))
            inner := addmod(mulmod(calldataload(0xf84), mload(0x10e0), r), mulmod(inner, mload(0x160), r), r)
            // limbs: unused limb of a top row = 0
            inner := addmod(mulmod(calldataload(0xfa4), mload(0x10e0), r), mulmod(inner, mload(0x160), r), r)
            sum := addmod(mulmod(0x1, inner, r), mulmod(sum, mload(0x4e0), r), r)
            // two fields of 16 bits: a = two limbs
            inner := mload(0xf80)
            // two fields of 16 bits: the upper limb is short
            inner := addmod(add(calldataload(0xee4), sub(r, mulmod(calldataload(0xec4), 0x40, r))), mulmod(inner, mload(0x160), r), r)
            // two fields of 16 bits: b = two limbs
            inner := addmod(add(calldataload(0xbc4), sub(r, addmod(calldataload(0xf04), mulmod(0x800, calldataload(0xf24), r), r))), mulmod(inner, mload(0x160), r), r)
            // two fields of 16 bits: the upper limb is short
            inner := addmod(add(calldataload(0xf44), sub(r, mulmod(calldataload(0xf24), 0x40, r))), mulmod(inner, mload(0x160), r), r)
            // two fields of 16 bits: unused limb = 0
            inner := addmod(calldataload(0xf64), mulmod(inner, mload(0x160), r), r)
            // two fields of 16 bits: unused limb = 0
            inner := addmod(calldataload(0xf84), mulmod(inner, mload(0x160), r), r)
            // two fields of 16 bits: unused limb = 0
            inner := addmod(calldataload(0xfa4), mulmod(inner, mload(0x160), r), r)
            sum := addmod(mulmod(mulmod(mload(0xe00), mload(0xf20), r), inner, r), mulmod(sum, mload(0x4c0), r), r)
            // bits: a = bits
            mstore(0x1100, mulmod(calldataload(0xf84), 0x80, r))
            inner := add(calldataload(0xba4), sub(r, addmod(mload(0x1100), add(mulmod(calldataload(0xf64), 0x40, r), addmod(mulmod(calldataload(0xf44), 0x20, r), add(mulmod(calldataload(0xf24), 0x10, r), add(add(add(calldataload(0xea4), mload(0x10a0)), mulmod(0x4, calldataload(0xee4), r)), mulmod(calldataload(0xf04), 0x8, r))), r)), r)))
            // bits: b = -2^(n - 1) times the top bit
            inner := addmod(add(calldataload(0xbc4), mload(0x1100)), mulmod(inner, mload(0x160), r), r)
            // bits: g = bits over rho, after g'
            mstore(0x1120, mulmod(mload(0x80), calldataload(0xfc4), r))
            mstore(0x1140, mulmod(mload(0x80), add(calldataload(0xec4), mulmod(mload(0x80), add(calldataload(0xee4), mulmod(mload(0x80), add(calldataload(0xf04), mulmod(mload(0x80), add(calldataload(0xf24), mulmod(mload(0x80), add(calldataload(0xf44), mulmod(mload(0x80), add(calldataload(0xf64), mulmod(mload(0x80), add(mload(0x1120), calldataload(0xf84)), r)), r)), r)), r)), r)), r)), r))
            inner := addmod(add(calldataload(0xbe4), sub(r, addmod(mload(0x1140), calldataload(0xea4), r))), mulmod(inner, mload(0x160), r), r)
            // bits: bit
            inner := addmod(mulmod(calldataload(0xea4), add(calldataload(0xea4), sub(r, 0x1)), r), mulmod(inner, mload(0x160), r), r)
            // bits: bit
            inner := addmod(mulmod(calldataload(0xec4), add(calldataload(0xec4), sub(r, 0x1)), r), mulmod(inner, mload(0x160), r), r)
            // bits: bit
            inner := addmod(mulmod(calldataload(0xee4), add(calldataload(0xee4), sub(r, 0x1)), r), mulmod(inner, mload(0x160), r), r)
            // bits: bit
            inner := addmod(mulmod(calldataload(0xf04), add(calldataload(0xf04), sub(r, 0x1)), r), mulmod(inner, mload(0x160), r), r)
            // bits: bit
            inner := addmod(mulmod(calldataload(0xf24), add(calldataload(0xf24), sub(r, 0x1)), r), mulmod(inner, mload(0x160), r), r)
            // bits: bit
            inner := addmod(mulmod(calldataload(0xf44), add(calldataload(0xf44), sub(r, 0x1)), r), mulmod(inner, mload(0x160), r), r)
            // bits: bit
            inner := addmod(mulmod(calldataload(0xf64), add(calldataload(0xf64), sub(r, 0x1)), r), mulmod(inner, mload(0x160), r), r)
            // bits: bit
            inner := addmod(mulmod(calldataload(0xf84), add(calldataload(0xf84), sub(r, 0x1)), r), mulmod(inner, mload(0x160), r), r)
            // bits: unused limb = 0
            inner := addmod(calldataload(0xfa4), mulmod(inner, mload(0x160), r), r)
            mstore(0x1160, mulmod(calldataload(0x1164), add(calldataload(0x1164), sub(r, 0x1)), r))
            mstore(0x1180, mulmod(calldataload(0x1184), mload(0x1160), r))
            sum := addmod(mulmod(mulmod(calldataload(0x11a4), mload(0x1180), r), inner, r), mulmod(sum, mload(0x560), r), r)
            // lookup: (sum_next - sum - part) = sum 1 / limb - m (t + 1) / table
            mstore(0x11a0, add(calldataload(0xea4), mload(0xa0)))
            mstore(0x11c0, add(calldataload(0xec4), mload(0xa0)))
            mstore(0x11e0, mulmod(mload(0x11a0), mload(0x11c0), r))
            mstore(0x1200, add(calldataload(0xee4), mload(0xa0)))
            mstore(0x1220, mulmod(mload(0x11e0), mload(0x1200), r))
            mstore(0x1240, add(calldataload(0xf04), mload(0xa0)))
            mstore(0x1260, mulmod(mload(0x1220), mload(0x1240), r))
            inner := add(mulmod(mload(0x1260), mulmod(calldataload(0xfe4), add(calldataload(0x1204), sub(r, 0x1)), r), r), mulmod(add(add(mload(0xa0), calldataload(0x1204)), sub(r, 0x2)), add(mulmod(mload(0x1260), add(add(calldataload(0x1024), sub(r, calldataload(0xe44))), sub(r, calldataload(0x1004))), r), sub(r, addmod(mload(0x1220), add(mulmod(mload(0x11e0), mload(0x1240), r), add(mulmod(mload(0x1240), mulmod(mload(0x11c0), mload(0x1200), r), r), mulmod(mload(0x1240), mulmod(mload(0x11a0), mload(0x1200), r), r))), r))), r))
            // lookup: part = sum 1 / limb
            mstore(0x1280, add(calldataload(0xf24), mload(0xa0)))
            mstore(0x12a0, add(calldataload(0xf44), mload(0xa0)))
            mstore(0x12c0, mulmod(mload(0x1280), mload(0x12a0), r))
            mstore(0x12e0, add(calldataload(0xf64), mload(0xa0)))
            mstore(0x1300, mulmod(mload(0x12c0), mload(0x12e0), r))
            mstore(0x1320, add(calldataload(0xf84), mload(0xa0)))
            mstore(0x1340, mulmod(mload(0x1300), mload(0x1320), r))
            mstore(0x1360, add(calldataload(0xfa4), mload(0xa0)))
            inner := addmod(add(mulmod(calldataload(0x1004), mulmod(mload(0x1340), mload(0x1360), r), r), sub(r, addmod(mload(0x1340), add(mulmod(mload(0x1300), mload(0x1360), r), add(mulmod(mload(0x1360), mulmod(mload(0x12c0), mload(0x1320), r), r), add(mulmod(mload(0x1360), mulmod(mload(0x1320), mulmod(mload(0x12a0), mload(0x12e0), r), r), r), mulmod(mload(0x1360), mulmod(mload(0x1320), mulmod(mload(0x1280), mload(0x12e0), r), r), r)))), r))), mulmod(inner, mload(0x160), r), r)
            sum := addmod(mulmod(calldataload(0x1204), inner, r), mulmod(sum, mload(0x420), r), r)
            // lookup ends: the sum is 0
            sum := addmod(mulmod(mulmod(calldataload(0x1164), mload(0xc80), r), calldataload(0xe44), r), mulmod(sum, mload(0x160), r), r)
            // c follows: c = k_c c' + k_a a
            mstore(0x1380, add(calldataload(0x11c4), sub(r, 0x4)))
            mstore(0x13a0, mulmod(mload(0xd60), mload(0x1380), r))
            mstore(0x13c0, add(calldataload(0xd44), sub(r, mulmod(calldataload(0x1224), calldataload(0x1044), r))))
            mstore(0x13e0, mulmod(calldataload(0xba4), calldataload(0x1244), r))
            mstore(0x1400, addmod(mload(0x13c0), sub(r, mload(0x13e0)), r))
            inner := mulmod(mload(0x1400), mulmod(calldataload(0x11c4), mulmod(mload(0xd20), mload(0x13a0), r), r), r)
            // c follows: c = k_c c' + k_a a + b
            inner := addmod(mulmod(add(mload(0x1400), sub(r, calldataload(0xbc4))), mulmod(mload(0xd00), mload(0x13a0), r), r), mulmod(inner, mload(0x160), r), r)
            // c follows: c = k_c c' + k_a a b
            inner := addmod(mulmod(mulmod(mload(0xd40), mload(0x1380), r), add(mload(0x13c0), sub(r, mulmod(calldataload(0xbc4), mload(0x13e0), r))), r), mulmod(inner, mload(0x160), r), r)
            // flags: c = 0
            inner := addmod(mulmod(calldataload(0xd44), mulmod(mload(0xb00), mload(0x1020), r), r), mulmod(inner, mload(0x160), r), r)
            // flags: b = c
            mstore(0x1420, mulmod(mload(0x1020), add(calldataload(0x1184), sub(r, 0x2)), r))
            inner := addmod(mulmod(add(calldataload(0xbc4), sub(r, calldataload(0xd44))), add(mload(0x1060), mulmod(mload(0xb20), mload(0x1420), r)), r), mulmod(inner, mload(0x160), r), r)
            // flags: a + b = 10^4
            mstore(0x1440, add(calldataload(0xba4), calldataload(0xbc4)))
            inner := addmod(mulmod(add(mload(0x1440), sub(r, 0x2710)), mulmod(calldataload(0x11a4), mload(0x1420), r), r), mulmod(inner, mload(0x160), r), r)
            // flags: a + b = k_a
            inner := addmod(mulmod(add(mload(0x1440), sub(r, calldataload(0x1244))), mulmod(mload(0x1420), add(calldataload(0x1184), sub(r, 0x3)), r), r), mulmod(inner, mload(0x160), r), r)
            // tiers: d = c
            inner := addmod(mulmod(add(calldataload(0xdc4), sub(r, calldataload(0xd44))), mulmod(mload(0xb40), mulmod(calldataload(0x11a4), calldataload(0x1164), r), r), r), mulmod(inner, mload(0x160), r), r)
            // tiers: d = d' - a
            mstore(0x1460, add(calldataload(0xdc4), sub(r, calldataload(0x1064))))
            inner := addmod(mulmod(add(mload(0x1460), calldataload(0xba4)), mulmod(mload(0xb20), mulmod(mload(0xb00), calldataload(0x1164), r), r), r), mulmod(inner, mload(0x160), r), r)
            // tiers: d = d'
            mstore(0x1480, mulmod(mload(0xb20), mulmod(calldataload(0x11a4), mload(0x1000), r), r))
            inner := addmod(mulmod(mload(0x1460), add(mload(0x1480), mulmod(calldataload(0x1164), mload(0xb60), r)), r), mulmod(inner, mload(0x160), r), r)
            // tiers: d' = a
            mstore(0x14a0, mulmod(mload(0xb40), mload(0x1000), r))
            inner := addmod(mulmod(mload(0x14a0), add(calldataload(0x1064), sub(r, calldataload(0xba4))), r), mulmod(inner, mload(0x160), r), r)
            // tiers: d = 0
            inner := addmod(mulmod(calldataload(0xdc4), mload(0x14a0), r), mulmod(inner, mload(0x160), r), r)
            // tiers: a + next number = 10^10 b
            inner := addmod(mulmod(mload(0x1480), add(add(calldataload(0xba4), calldataload(0xde4)), sub(r, mulmod(calldataload(0xbc4), 0x2540be400, r))), r), mulmod(inner, mload(0x160), r), r)
            sum := addmod(mulmod(0x1, inner, r), mulmod(sum, mload(0x580), r), r)
            // a = b b_next - 10^4 c
            mstore(0x14c0, mulmod(calldataload(0xd44), 0x2710, r))
            mstore(0x14e0, mulmod(calldataload(0xbc4), calldataload(0xd64), r))
            mstore(0x1500, mulmod(mload(0xb20), mload(0x1180), r))
            sum := addmod(mulmod(add(mload(0x1500), mulmod(mload(0xb20), mulmod(calldataload(0x11a4), mload(0x1020), r), r)), add(calldataload(0xba4), add(mload(0x14c0), sub(r, mload(0x14e0)))), r), mulmod(sum, mload(0x160), r), r)
            // a = 10^4 c - b b_next
            sum := addmod(mulmod(mulmod(mload(0xb40), mload(0x1020), r), add(calldataload(0xba4), add(mload(0x14e0), sub(r, mload(0x14c0)))), r), mulmod(sum, mload(0x160), r), r)
            // key of an asset: (g - g') (gamma + b + rho kind) = -a (c + delta d)
            mstore(0x1520, mulmod(calldataload(0x1164), mload(0x1420), r))
            mstore(0x1540, add(mload(0x1520), mulmod(calldataload(0x11a4), mload(0x1040), r)))
            mstore(0x1560, add(calldataload(0xbe4), sub(r, calldataload(0xfc4))))
            inner := add(mulmod(mload(0x1560), mulmod(mload(0x80), mload(0x1520), r), r), mulmod(mload(0x1540), add(mulmod(mload(0x1560), add(mload(0xc0), calldataload(0xbc4)), r), mulmod(calldataload(0xba4), add(calldataload(0xd44), mulmod(calldataload(0xdc4), mload(0xe0), r)), r)), r))
            // key of an asset: unused: c = 0
            mstore(0x1580, mulmod(mload(0x1540), add(0x1, sub(r, calldataload(0xba4))), r))
            inner := addmod(mulmod(calldataload(0xd44), mload(0x1580), r), mulmod(inner, mload(0x160), r), r)
            // key of an asset: unused: d = 0
            inner := addmod(mulmod(calldataload(0xdc4), mload(0x1580), r), mulmod(inner, mload(0x160), r), r)
            sum := addmod(mulmod(0x1, inner, r), mulmod(sum, mload(0x440), r), r)
            // g = rho^2 g' + rho a + b
            sum := addmod(mulmod(mulmod(mload(0xb40), mload(0x1160), r), add(calldataload(0xbe4), sub(r, addmod(calldataload(0xbc4), mulmod(mload(0x80), add(mload(0x1120), calldataload(0xba4)), r), r))), r), mulmod(sum, mload(0x160), r), r)
            // g = rho g' + c
            sum := addmod(mulmod(mulmod(mload(0xb20), mulmod(calldataload(0x11a4), mload(0x1160), r), r), add(calldataload(0xbe4), sub(r, addmod(mload(0x1120), calldataload(0xd44), r))), r), mulmod(sum, mload(0x160), r), r)
            // g = g' + g'' c
            sum := addmod(mulmod(add(mload(0x1500), mulmod(mload(0xb00), mload(0x1160), r)), add(calldataload(0xbe4), sub(r, addmod(calldataload(0xfc4), mulmod(calldataload(0xd44), calldataload(0xe84), r), r))), r), mulmod(sum, mload(0x160), r), r)
            // permutation: z = 1 in the first row
            sum := addmod(mulmod(mload(0x380), add(0x1, sub(r, calldataload(0x1304))), r), mulmod(sum, mload(0x160), r), r)
            // permutation: z = 0 or 1 in the last row
            sum := addmod(mulmod(mload(0x3a0), add(sub(r, calldataload(0x1304)), mulmod(calldataload(0x1304), calldataload(0x1304), r)), r), mulmod(sum, mload(0x160), r), r)
            // permutation: z_next (a + beta sigma + gamma) ... = z (a + beta delta^i x + gamma) ...
            mstore(0x15a0, add(calldataload(0xba4), mload(0x140)))
            mstore(0x15c0, add(calldataload(0xbc4), mload(0x140)))
            mstore(0x15e0, add(calldataload(0xbe4), mload(0x140)))
            mstore(0x1600, add(mload(0x3e0), mload(0x140)))
            mstore(0x1620, mulmod(mload(0x120), mload(0x180), r))
            mstore(0x1640, mulmod(mload(0x3c0), add(mulmod(add(mload(0x1600), mulmod(mload(0x120), calldataload(0x12e4), r)), mulmod(add(mload(0x15e0), mulmod(mload(0x120), calldataload(0x12c4), r)), mulmod(add(mload(0x15c0), mulmod(mload(0x120), calldataload(0x12a4), r)), mulmod(calldataload(0x1324), add(mload(0x15a0), mulmod(mload(0x120), calldataload(0x1284), r)), r), r), r), r), sub(r, mulmod(add(mload(0x1600), mulmod(mload(0x1620), 0x18afdf23e9bd9302673fc1e076a492d4d65bd18ebc4d854ed189139bab313e52, r)), mulmod(add(mload(0x15e0), mulmod(mload(0x1620), 0x13b360d4e82fe915fed16081038f98c211427b87a281bd733c277dbadf10372b, r)), mulmod(mulmod(calldataload(0x1304), add(mload(0x15a0), mload(0x1620)), r), add(mload(0x15c0), mulmod(mload(0x1620), 0x9226b6e22c6f0ca64ec26aad4c86e715b5f898e5e963f25870e56bbe533e9a2, r)), r), r), r))), r))
            sum := addmod(mload(0x1640), mulmod(sum, mload(0x160), r), r)
            mstore(0x400, mulmod(sum, mload(0x360), r))

            // SHPLONK's scalars: the weights of the sets, minus the evaluation of all at u, minus Z_S0(u).
            mstore(0x1680, mulmod(mload(0x240), mload(0x220), r))
            mstore(0x16a0, mulmod(mload(0x1680), mload(0x260), r))
            mstore(0x16c0, mulmod(mload(0x16a0), mload(0x280), r))
            mstore(0x16e0, mulmod(mload(0x1c0), mulmod(mload(0x320), mload(0x16c0), r), r))
            mstore(0x1660, mload(0x16e0))
            mstore(0x1720, mulmod(mload(0x1c0), mload(0x1c0), r))
            mstore(0x1740, mulmod(mload(0x1720), mulmod(mload(0x320), mulmod(mload(0x300), mulmod(mload(0x2e0), mulmod(mload(0x2c0), mload(0x1680), r), r), r), r), r))
            mstore(0x1700, mload(0x1740))
            mstore(0x1780, mulmod(mload(0x1c0), mload(0x1720), r))
            mstore(0x17a0, mulmod(mload(0x1780), mulmod(mload(0x320), mulmod(mload(0x300), mulmod(mload(0x2e0), mload(0x16c0), r), r), r), r))
            mstore(0x1760, mload(0x17a0))
            mstore(0x17e0, mulmod(mload(0x1c0), mload(0x1780), r))
            mstore(0x1800, mulmod(mload(0x17e0), mulmod(mload(0x320), mulmod(mload(0x300), mulmod(mload(0x2e0), mulmod(mload(0x2c0), mload(0x16a0), r), r), r), r), r))
            mstore(0x17c0, mload(0x1800))
            mstore(0x1840, mulmod(mload(0x1c0), mload(0x17e0), r))
            mstore(0x1860, mulmod(mload(0x1840), mulmod(mload(0x320), mulmod(mload(0x300), mulmod(mload(0x2e0), mulmod(mload(0x2c0), mload(0x260), r), r), r), r), r))
            mstore(0x1820, mload(0x1860))
            mstore(0x18a0, mulmod(mulmod(mload(0x1c0), mload(0x1840), r), mulmod(mload(0x320), mulmod(mload(0x300), mulmod(mload(0x2e0), mulmod(mload(0x2c0), mload(0x16c0), r), r), r), r), r))
            mstore(0x1880, mload(0x18a0))
            mstore(0x18e0, mulmod(mload(0x2a0), mload(0x2c0), r))
            mstore(0x1900, mulmod(mload(0x2a0), mload(0x240), r))
            mstore(0x1920, mulmod(calldataload(0xbc4), mulmod(0x16ffb39a64f53ed5536ff8fdbb6ba5b59a31c8e4810334a09ab4bfb71f57690d, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x300), mulmod(mload(0x2c0), mload(0x2e0), r), r), r), r), r), r), r))
            mstore(0x1940, mulmod(calldataload(0xd64), mulmod(0x2488d243265babfd99f67a313b483646836339201f5cd3d99deb55e41a50efff, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x300), mulmod(mload(0x2a0), mload(0x2e0), r), r), r), r), r), r), r))
            mstore(0x1960, addmod(add(add(mload(0x1920), mload(0x1940)), mulmod(calldataload(0xd84), mulmod(0x28dad888cffafbe73ea692d076d9425fb982860c441e7e77d368fbb668142bd8, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x18e0), mload(0x300), r), r), r), r), r), r)), mulmod(calldataload(0xda4), mulmod(0x2cc98cf24848f9c2fce3cb2416f6eabba18430c888adcac1bf9ccf6a2e437b1f, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x18e0), mload(0x2e0), r), r), r), r), r), r), r))
            mstore(0x1980, mulmod(mload(0x1740), add(mulmod(calldataload(0xbe4), mulmod(0x28fc196a31ae10a41cba68e7e528f6ccdcc0f4cbb7b37e3ed3e2494cf6db8307, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x260), mload(0x280), r), r), r), r), r), add(mulmod(calldataload(0xe84), mulmod(0x1ba0f78874bb3eb69f885c035bbc0c125815131d45e019b53d47ba270961f507, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x2a0), mload(0x280), r), r), r), r), r), mulmod(calldataload(0xfc4), mulmod(0x1c2b8bf31bf9f0f8b45dc681c21daddb1b91c8a7f5df492e7699e7b3dfc287f4, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x2a0), mload(0x260), r), r), r), r), r))), r))
            mstore(0x19a0, mulmod(mulmod(0x1650318e435f9441fc5e5456d5e7c920d522543e54800d91b94ddbba4e52d7ad, mulmod(mload(0x340), mload(0x2c0), r), r), add(calldataload(0xc04), mulmod(mload(0x1a0), add(calldataload(0xc24), mulmod(mload(0x1a0), add(calldataload(0xc44), mulmod(mload(0x1a0), add(calldataload(0xc64), mulmod(mload(0x1a0), add(calldataload(0xc84), mulmod(mload(0x1a0), add(calldataload(0xe44), mulmod(mload(0x1a0), calldataload(0x1304), r)), r)), r)), r)), r)), r)), r))
            mstore(0x19c0, mulmod(mload(0x340), mload(0x2a0), r))
            mstore(0x19e0, mulmod(mulmod(0x1a141ce49dd20be7bbf1f15fab998f3c5311940a253962ff8a9419d9a1ad2854, mload(0x19c0), r), add(calldataload(0xca4), mulmod(mload(0x1a0), add(calldataload(0xcc4), mulmod(mload(0x1a0), add(calldataload(0xce4), mulmod(mload(0x1a0), add(calldataload(0xd04), mulmod(mload(0x1a0), add(calldataload(0xd24), mulmod(mload(0x1a0), add(calldataload(0x1024), mulmod(mload(0x1a0), calldataload(0x1324), r)), r)), r)), r)), r)), r)), r))
            mstore(0x1a00, mulmod(calldataload(0xe64), mulmod(0xfa62bbbe96f3811023aeca66e466ea97b505929b862f4064233850c6dbe67e2, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x2a0), mulmod(mload(0x240), mload(0x280), r), r), r), r), r), r), r))
            mstore(0x1a20, mulmod(calldataload(0xe24), mulmod(0x2483dde42473f9835fbf848c93453ac4a955dfacc24b4f51f2989c5b91081771, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x2a0), mulmod(mload(0x220), mload(0x280), r), r), r), r), r), r), r))
            mstore(0x1a40, addmod(add(add(mload(0x1a00), mload(0x1a20)), mulmod(calldataload(0x1064), mulmod(0xda5cb65cf7966fb950a5277ccfa58131e5cb4252e2a2bfe83fdf84cb82241d5, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x2a0), mload(0x1680), r), r), r), r), r), r)), mulmod(calldataload(0xdc4), mulmod(0x1ef8c7dfe506a7c3799bc7c2347caf390d64e3954a9a71cbcef9d17329173eda, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x1680), mload(0x280), r), r), r), r), r), r), r))
            mstore(0x1a60, mulmod(mload(0x1a0), add(calldataload(0x1244), mulmod(mload(0x1a0), add(calldataload(0x1284), mulmod(mload(0x1a0), add(calldataload(0x12a4), mulmod(mload(0x1a0), add(calldataload(0x12c4), mulmod(mload(0x1a0), add(calldataload(0x12e4), mulmod(mload(0x1a0), add(mload(0x400), mulmod(mload(0x1a0), calldataload(0x1264), r)), r)), r)), r)), r)), r)), r))
            mstore(0x1a80, mulmod(mload(0x1a0), add(calldataload(0x1164), mulmod(mload(0x1a0), add(calldataload(0x1184), mulmod(mload(0x1a0), add(calldataload(0x11a4), mulmod(mload(0x1a0), add(calldataload(0x11c4), mulmod(mload(0x1a0), add(calldataload(0x11e4), mulmod(mload(0x1a0), add(calldataload(0x1204), mulmod(mload(0x1a0), add(mload(0x1a60), calldataload(0x1224)), r)), r)), r)), r)), r)), r)), r))
            mstore(0x1aa0, mulmod(mload(0x1a0), add(calldataload(0x1084), mulmod(mload(0x1a0), add(calldataload(0x10a4), mulmod(mload(0x1a0), add(calldataload(0x10c4), mulmod(mload(0x1a0), add(calldataload(0x10e4), mulmod(mload(0x1a0), add(calldataload(0x1104), mulmod(mload(0x1a0), add(calldataload(0x1124), mulmod(mload(0x1a0), add(mload(0x1a80), calldataload(0x1144)), r)), r)), r)), r)), r)), r)), r))
            mstore(0x1ac0, mulmod(mload(0x1a0), add(calldataload(0xf24), mulmod(mload(0x1a0), add(calldataload(0xf44), mulmod(mload(0x1a0), add(calldataload(0xf64), mulmod(mload(0x1a0), add(calldataload(0xf84), mulmod(mload(0x1a0), add(calldataload(0xfa4), mulmod(mload(0x1a0), add(calldataload(0xfe4), mulmod(mload(0x1a0), add(mload(0x1aa0), calldataload(0x1004)), r)), r)), r)), r)), r)), r)), r))
            mstore(0x1ae0, addmod(mulmod(mload(0x18a0), add(calldataload(0xea4), mulmod(mload(0x1a0), add(calldataload(0xec4), mulmod(mload(0x1a0), add(calldataload(0xee4), mulmod(mload(0x1a0), add(mload(0x1ac0), calldataload(0xf04)), r)), r)), r)), r), add(mulmod(mload(0x1a40), mload(0x1860), r), add(mulmod(mload(0x1800), add(mulmod(calldataload(0x1044), mulmod(mload(0x19c0), 0x1650318e435f9441fc5e5456d5e7c920d522543e54800d91b94ddbba4e52d7ac, r), r), mulmod(calldataload(0xd44), mulmod(0x1a141ce49dd20be7bbf1f15fab998f3c5311940a253962ff8a9419d9a1ad2855, mulmod(mload(0x340), mload(0x280), r), r), r)), r), addmod(mulmod(mload(0x17a0), add(mload(0x19a0), mload(0x19e0)), r), add(mload(0x1980), add(mulmod(mload(0x1960), mload(0x16e0), r), add(mulmod(calldataload(0xde4), mulmod(0x17f20d8fe256fce57276418bde8bdffe75f7da8c8a12bb8d642c38f466e8171a, mulmod(mload(0x340), mulmod(mload(0x340), mload(0x1900), r), r), r), r), add(mulmod(calldataload(0xe04), mulmod(0xe40ec4f9569ae557c917af46dcffe98488fa6326e97b34d6aedd5e56ad54fdb, mulmod(mload(0x340), mulmod(mload(0x340), mload(0x18e0), r), r), r), r), mulmod(calldataload(0xba4), mulmod(0xa3154936970f4eec9488936352579c669ac6789810f01b674c7e6ba1e42990c, mulmod(mload(0x340), mulmod(mload(0x340), mulmod(mload(0x2c0), mload(0x240), r), r), r), r), r))))), r))), r))
            mstore(0x18c0, sub(r, mload(0x1ae0)))
            mstore(0x1b00, sub(r, mulmod(mload(0x2c0), mload(0x1900), r)))

            // The quotient's commitment: its pieces folded by x^n.
            calldatacopy(0x1b20, 0xb64, 0x40)
            mstore(0x1b60, mload(0x200))
            calldatacopy(0x1bc0, 0xb24, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            calldatacopy(0x1bc0, 0xae4, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            calldatacopy(0x1bc0, 0xaa4, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            calldatacopy(0x1bc0, 0xa64, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            calldatacopy(0x1bc0, 0xa24, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            mcopy(0x1dc0, 0x1b20, 0x40)

            // Set 0: opened at x omega^i for i = [-19, 0, 1], folded by y.
            calldatacopy(0x1b20, 0x424, 0x40)
            mcopy(0x1c40, 0x1b20, 0x40)

            // Set 1: opened at x omega^i for i = [0, 1, 3, 5], folded by y.
            calldatacopy(0x1b20, 0x464, 0x40)
            mstore(0x1b60, mload(0x1660))
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1c00, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1c00, 0x80, 0x1c40, 0x40))

            // Set 2: opened at x omega^i for i = [-2, -1, 0], folded by y.
            calldatacopy(0x1b20, 0x8e4, 0x40)
            mstore(0x1b60, mload(0x1700))
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1c00, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1c00, 0x80, 0x1c40, 0x40))

            // Set 3: opened at x omega^i for i = [0, 1], folded by y.
            calldatacopy(0x1b20, 0x9a4, 0x40)
            mstore(0x1b60, mload(0x1a0))
            calldatacopy(0x1bc0, 0x924, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            calldatacopy(0x1bc0, 0x5e4, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            calldatacopy(0x1bc0, 0x5a4, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            calldatacopy(0x1bc0, 0x564, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            calldatacopy(0x1bc0, 0x524, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            calldatacopy(0x1bc0, 0x4e4, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            mstore(0x1b60, mload(0x1760))
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1c00, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1c00, 0x80, 0x1c40, 0x40))

            // Set 4: opened at x omega^i for i = [-1, 0], folded by y.
            calldatacopy(0x1b20, 0x4a4, 0x40)
            mstore(0x1b60, mload(0x17c0))
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1c00, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1c00, 0x80, 0x1c40, 0x40))

            // Set 5: opened at x omega^i for i = [-20, -19, -1, 0], folded by y.
            calldatacopy(0x1b20, 0x864, 0x40)
            mstore(0x1b60, mload(0x1820))
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1c00, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1c00, 0x80, 0x1c40, 0x40))

            // Set 6: opened at x omega^i for i = [0], folded by y.
            calldatacopy(0x1b20, 0x9e4, 0x40)
            mstore(0x1b60, mload(0x1a0))
            mcopy(0x1bc0, 0x1dc0, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            mstore(0x1bc0, 0x1780b6793fe6b9d3ef83ba593b5fee0ac1c1a68a578119454eb1d2e9a8aa8b52)
            mstore(0x1be0, 0x296da7e015ea1998000aa3ae38013806111031e16e9caf5ef06aca3d867e9102)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            mstore(0x1bc0, 0x29eaec6e045649eafa9aeaa316df523d52456ab1e82425d3815c394f2c6e652e)
            mstore(0x1be0, 0x1dda199e997ae28a246041fcdec6afbe0bc14daa01b28952de85e5be481edf10)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            mstore(0x1bc0, 0x20a22ac3077aeca57a456d4291da1b7d5b7958cadf2c0d884e92be16bfe62ee6)
            mstore(0x1be0, 0x03697819f2e2b9c6d92b50a55e833bc3a12b24378bb1bed1be4bf04862cdc11a)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            mstore(0x1bc0, 0x04ad04cc5a791e0dcd48feb72533badc4ac4ed4dfc658cfdecbadc57a7093143)
            mstore(0x1be0, 0x037b9dfe731d4b2a177337decb19202e1b98a0de5229339543fa37722a3c2ed7)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            mstore(0x1bc0, 0x0add0c5c7ff1686bd516c0551e8d96201e683cd38b5444a0f3596cf379fca672)
            mstore(0x1be0, 0x2a69446ce7e8fd7cbb7a3de2dc0f580b495dd5f8d20ab023c2a856cbb65af043)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            mstore(0x1bc0, 0x2d3a93e1e56cf5e1c8e48b3685338c4aa96b57400be4f949d1be59bd3c4fc9ae)
            mstore(0x1be0, 0x19318fa72cb49e11324f064e96f03b64f1fcb0a7e73608e7101b02b6edc228a1)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            mstore(0x1bc0, 0x1546b1136f3066696f0bfbf62e52565c81e7324c62da7a8bad2ec82466e2c576)
            mstore(0x1be0, 0x12651131ddb033ca6f9453ae4f0a59e470cdb250e8d398b97040584b8a82aa5e)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            mstore(0x1bc0, 0x169619ff0d08e26758cb7a078acda44eb2f224ace79bde52337f7531f68f1744)
            mstore(0x1be0, 0x162d5754915c601e879a16574bbb2d495596ff8b4911c610bb5ae39b216376ba)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            mstore(0x1bc0, 0x1cc7b00689998aa5f8e4966b700782fde9a2073248689de31134ad1bf2809927)
            mstore(0x1be0, 0x26aae753e12798ed87d404394e74939e934de83da4086aec477eca9a5f84511b)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            mstore(0x1bc0, 0x26cff7344be12f022736b6654e0f835b066d06f8ff83aab600e3fe0c6736e03d)
            mstore(0x1be0, 0x2663ed218288115a934d1374cda6e7ae1c6e67eeef243d53261a06be4131d43c)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            mstore(0x1bc0, 0x1759efefd03070db00e5bc22d60040098f288142ec980eae46d9e8f3894ffd45)
            mstore(0x1be0, 0x1f78e5b03d830780f79f98d7a01a62b6ab6ec6186b3e293ead476be0f2cd26ac)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            mstore(0x1bc0, 0x2f7d257590236c4c6d7c4219744765d7e4e7eeb36dc6ecb251ed05ca0ad8a34e)
            mstore(0x1be0, 0x2a2f7291fd3158c79c7b6ac2223fba140f2b1793521ffeb7cab73f988b8f9f8a)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            mstore(0x1bc0, 0x1a95572164ca77bb486648fecea66f240c25104df76264cd1959cc7c829808fa)
            mstore(0x1be0, 0x0513237856158311eb7c729676f4284eb2e8e016c56453e9d114f8b1dc44d61f)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            mstore(0x1bc0, 0x0926e9ad55a2c99bb27636542b0a4d8f57dffdaecd7ba6257785178e7e243525)
            mstore(0x1be0, 0x25e562e46b728c45785ed414a0f1545a0d5c2b68d6657a023d39d851fea5bada)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            mstore(0x1bc0, 0x164d638dcc5b7a71178aae9b931df9f1d97e8621d11e61dcc469a22bd8083a4a)
            mstore(0x1be0, 0x1ee80c1f1c38a1c41b3e07a9a3d40fabffb1f2bf2276279c1978e665ee8270a8)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            mstore(0x1bc0, 0x2392425e33a31e7aa753397a4ef8702f36b7171e40adbdfe2eeed95fb808aa11)
            mstore(0x1be0, 0x1af870f3af6abe739ac5c266995956f84e1ae6d0d6e46eb3a64e81873826c353)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            mstore(0x1bc0, 0x26ec06f37994bbc5b864f3be1d89db119ff06a8d8194d3e7e2b53820c0060a87)
            mstore(0x1be0, 0x0630950c184c3b79b343fe7ddaaf0a79cd02dd96aa36cd088711d41d9604a8c5)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            mstore(0x1bc0, 0x02ed6da9f31505777cf268d4a0aeb8dfaa1521320a51d1a4e679e4396284d0a2)
            mstore(0x1be0, 0x10635d4accf2ec6a85f617b9747a572b06e9d9f24ff3bebdc8b59af91ff0d784)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            mstore(0x1bc0, 0x0a964176de9dfabd2431fcf206affc0d847a61363c4407d6f7d24541a3772339)
            mstore(0x1be0, 0x078d1ff8dc2576eae8137b011ccb23d1060ffb0803df1345ea25eb18395aafc2)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            calldatacopy(0x1bc0, 0x964, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            calldatacopy(0x1bc0, 0x8a4, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            calldatacopy(0x1bc0, 0x824, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            calldatacopy(0x1bc0, 0x7e4, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            calldatacopy(0x1bc0, 0x7a4, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            calldatacopy(0x1bc0, 0x764, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            calldatacopy(0x1bc0, 0x724, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            calldatacopy(0x1bc0, 0x6e4, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            calldatacopy(0x1bc0, 0x6a4, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            calldatacopy(0x1bc0, 0x664, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            calldatacopy(0x1bc0, 0x624, 0x40)
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1b80, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1b80, 0x80, 0x1b20, 0x40))
            mstore(0x1b60, mload(0x1880))
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1c00, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1c00, 0x80, 0x1c40, 0x40))

            // The generator, SHPLONK's quotient W and its opening W'.
            mstore(0x1b20, 1)
            mstore(0x1b40, 2)
            mstore(0x1b60, mload(0x18c0))
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1c00, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1c00, 0x80, 0x1c40, 0x40))
            calldatacopy(0x1b20, 0x1344, 0x40)
            mstore(0x1b60, mload(0x1b00))
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1c00, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1c00, 0x80, 0x1c40, 0x40))
            calldatacopy(0x1b20, 0x1384, 0x40)
            mstore(0x1b60, mload(0x1e0))
            ok := and(ok, staticcall(20000, 7, 0x1b20, 0x60, 0x1c00, 0x40))
            ok := and(ok, staticcall(2000, 6, 0x1c00, 0x80, 0x1c40, 0x40))

            // e(F, -G2) e(W', tau G2) = 1.
            mstore(0x1c80, 0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2)
            mstore(0x1ca0, 0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed)
            mstore(0x1cc0, 0x275dc4a288d1afb3cbb1ac09187524c7db36395df7be3b99e673b13a075a65ec)
            mstore(0x1ce0, 0x1d9befcd05a5323e6da4d435f3b617cdb3af83285c2df711ef39c01571827f9d)
            calldatacopy(0x1d00, 0x1384, 0x40)
            mstore(0x1d40, 0x260e01b251f6f1c7e7ff4e580791dee8ea51d87a358e038b4efe30fac09383c1)
            mstore(0x1d60, 0x0118c4d5b837bcc2bc89b5b398b5974e9f5944073b32078b7e231fec938883b0)
            mstore(0x1d80, 0x04fc6369f7110fe3d25156c1bb9a72859cf2a04641f99ba4ee413c80da6a5fe4)
            mstore(0x1da0, 0x22febda3c0c0632a56475b4214e5615e11e6dd3f96e6cea2854a87d4dacc5e55)
            ok := and(ok, staticcall(300000, 8, 0x1c40, 0x180, 0, 0x20))
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
