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
            {

                // Every public input and every evaluation is below r.
                let ok := 1
                ok :=
                    and(lt(calldataload(0x4), r),
                    and(lt(calldataload(0x24), r),
                    and(lt(calldataload(0x44), r),
                    and(lt(calldataload(0x64), r),
                    and(lt(calldataload(0x84), r),
                    and(lt(calldataload(0xa4), r),
                    and(lt(calldataload(0xc4), r),
                    and(lt(calldataload(0xe4), r),
                    and(lt(calldataload(0x104), r),
                    and(lt(calldataload(0x124), r),
                    and(lt(calldataload(0x144), r),
                    and(lt(calldataload(0x164), r),
                    and(lt(calldataload(0x184), r),
                    and(lt(calldataload(0x1a4), r),
                    and(lt(calldataload(0x1c4), r),
                    and(lt(calldataload(0x1e4), r),
                    and(lt(calldataload(0x204), r),
                    and(lt(calldataload(0x224), r),
                    and(lt(calldataload(0x244), r),
                    and(lt(calldataload(0x264), r),
                    and(lt(calldataload(0x284), r),
                    and(lt(calldataload(0x2a4), r),
                    and(lt(calldataload(0x2c4), r),
                    and(lt(calldataload(0x2e4), r),
                    and(lt(calldataload(0x304), r),
                    and(lt(calldataload(0x7e4), r),
                    and(lt(calldataload(0x804), r),
                    and(lt(calldataload(0x824), r),
                    and(lt(calldataload(0x844), r),
                    and(lt(calldataload(0x864), r), ok))))))))))))))))))))))))))))))
                ok :=
                    and(lt(calldataload(0x884), r),
                    and(lt(calldataload(0x8a4), r),
                    and(lt(calldataload(0x8c4), r),
                    and(lt(calldataload(0x8e4), r),
                    and(lt(calldataload(0x904), r),
                    and(lt(calldataload(0x924), r),
                    and(lt(calldataload(0x944), r),
                    and(lt(calldataload(0x964), r),
                    and(lt(calldataload(0x984), r),
                    and(lt(calldataload(0x9a4), r),
                    and(lt(calldataload(0x9c4), r),
                    and(lt(calldataload(0x9e4), r),
                    and(lt(calldataload(0xa04), r),
                    and(lt(calldataload(0xa24), r),
                    and(lt(calldataload(0xa44), r),
                    and(lt(calldataload(0xa64), r),
                    and(lt(calldataload(0xa84), r),
                    and(lt(calldataload(0xaa4), r),
                    and(lt(calldataload(0xac4), r),
                    and(lt(calldataload(0xae4), r),
                    and(lt(calldataload(0xb04), r),
                    and(lt(calldataload(0xb24), r),
                    and(lt(calldataload(0xb44), r),
                    and(lt(calldataload(0xb64), r),
                    and(lt(calldataload(0xb84), r),
                    and(lt(calldataload(0xba4), r),
                    and(lt(calldataload(0xbc4), r),
                    and(lt(calldataload(0xbe4), r),
                    and(lt(calldataload(0xc04), r),
                    and(lt(calldataload(0xc24), r), ok))))))))))))))))))))))))))))))
                ok :=
                    and(lt(calldataload(0xc44), r),
                    and(lt(calldataload(0xc64), r),
                    and(lt(calldataload(0xc84), r),
                    and(lt(calldataload(0xca4), r),
                    and(lt(calldataload(0xcc4), r),
                    and(lt(calldataload(0xce4), r), ok))))))

                // Every point: x < p, y < p and y^2 = x^3 + 3. The identity (0, 0) is not on the curve.
                {
                    let p := 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47
                    ok :=
                        and(lt(calldataload(0x364), p),
                        and(lt(calldataload(0x384), p),
                        and(eq(mulmod(calldataload(0x384), calldataload(0x384), p), addmod(mulmod(calldataload(0x364), mulmod(calldataload(0x364), calldataload(0x364), p), p), 3, p)),
                        and(lt(calldataload(0x3a4), p),
                        and(lt(calldataload(0x3c4), p),
                        and(eq(mulmod(calldataload(0x3c4), calldataload(0x3c4), p), addmod(mulmod(calldataload(0x3a4), mulmod(calldataload(0x3a4), calldataload(0x3a4), p), p), 3, p)),
                        and(lt(calldataload(0x3e4), p),
                        and(lt(calldataload(0x404), p),
                        and(eq(mulmod(calldataload(0x404), calldataload(0x404), p), addmod(mulmod(calldataload(0x3e4), mulmod(calldataload(0x3e4), calldataload(0x3e4), p), p), 3, p)),
                        and(lt(calldataload(0x424), p),
                        and(lt(calldataload(0x444), p),
                        and(eq(mulmod(calldataload(0x444), calldataload(0x444), p), addmod(mulmod(calldataload(0x424), mulmod(calldataload(0x424), calldataload(0x424), p), p), 3, p)),
                        and(lt(calldataload(0x464), p),
                        and(lt(calldataload(0x484), p),
                        and(eq(mulmod(calldataload(0x484), calldataload(0x484), p), addmod(mulmod(calldataload(0x464), mulmod(calldataload(0x464), calldataload(0x464), p), p), 3, p)),
                        and(lt(calldataload(0x4a4), p),
                        and(lt(calldataload(0x4c4), p),
                        and(eq(mulmod(calldataload(0x4c4), calldataload(0x4c4), p), addmod(mulmod(calldataload(0x4a4), mulmod(calldataload(0x4a4), calldataload(0x4a4), p), p), 3, p)),
                        and(lt(calldataload(0x4e4), p),
                        and(lt(calldataload(0x504), p),
                        and(eq(mulmod(calldataload(0x504), calldataload(0x504), p), addmod(mulmod(calldataload(0x4e4), mulmod(calldataload(0x4e4), calldataload(0x4e4), p), p), 3, p)),
                        and(lt(calldataload(0x524), p),
                        and(lt(calldataload(0x544), p),
                        and(eq(mulmod(calldataload(0x544), calldataload(0x544), p), addmod(mulmod(calldataload(0x524), mulmod(calldataload(0x524), calldataload(0x524), p), p), 3, p)),
                        and(lt(calldataload(0x564), p),
                        and(lt(calldataload(0x584), p),
                        and(eq(mulmod(calldataload(0x584), calldataload(0x584), p), addmod(mulmod(calldataload(0x564), mulmod(calldataload(0x564), calldataload(0x564), p), p), 3, p)),
                        and(lt(calldataload(0x5a4), p),
                        and(lt(calldataload(0x5c4), p),
                        and(eq(mulmod(calldataload(0x5c4), calldataload(0x5c4), p), addmod(mulmod(calldataload(0x5a4), mulmod(calldataload(0x5a4), calldataload(0x5a4), p), p), 3, p)), ok))))))))))))))))))))))))))))))
                    ok :=
                        and(lt(calldataload(0x5e4), p),
                        and(lt(calldataload(0x604), p),
                        and(eq(mulmod(calldataload(0x604), calldataload(0x604), p), addmod(mulmod(calldataload(0x5e4), mulmod(calldataload(0x5e4), calldataload(0x5e4), p), p), 3, p)),
                        and(lt(calldataload(0x624), p),
                        and(lt(calldataload(0x644), p),
                        and(eq(mulmod(calldataload(0x644), calldataload(0x644), p), addmod(mulmod(calldataload(0x624), mulmod(calldataload(0x624), calldataload(0x624), p), p), 3, p)),
                        and(lt(calldataload(0x664), p),
                        and(lt(calldataload(0x684), p),
                        and(eq(mulmod(calldataload(0x684), calldataload(0x684), p), addmod(mulmod(calldataload(0x664), mulmod(calldataload(0x664), calldataload(0x664), p), p), 3, p)),
                        and(lt(calldataload(0x6a4), p),
                        and(lt(calldataload(0x6c4), p),
                        and(eq(mulmod(calldataload(0x6c4), calldataload(0x6c4), p), addmod(mulmod(calldataload(0x6a4), mulmod(calldataload(0x6a4), calldataload(0x6a4), p), p), 3, p)),
                        and(lt(calldataload(0x6e4), p),
                        and(lt(calldataload(0x704), p),
                        and(eq(mulmod(calldataload(0x704), calldataload(0x704), p), addmod(mulmod(calldataload(0x6e4), mulmod(calldataload(0x6e4), calldataload(0x6e4), p), p), 3, p)),
                        and(lt(calldataload(0x724), p),
                        and(lt(calldataload(0x744), p),
                        and(eq(mulmod(calldataload(0x744), calldataload(0x744), p), addmod(mulmod(calldataload(0x724), mulmod(calldataload(0x724), calldataload(0x724), p), p), 3, p)),
                        and(lt(calldataload(0x764), p),
                        and(lt(calldataload(0x784), p),
                        and(eq(mulmod(calldataload(0x784), calldataload(0x784), p), addmod(mulmod(calldataload(0x764), mulmod(calldataload(0x764), calldataload(0x764), p), p), 3, p)),
                        and(lt(calldataload(0x7a4), p),
                        and(lt(calldataload(0x7c4), p),
                        and(eq(mulmod(calldataload(0x7c4), calldataload(0x7c4), p), addmod(mulmod(calldataload(0x7a4), mulmod(calldataload(0x7a4), calldataload(0x7a4), p), p), 3, p)),
                        and(lt(calldataload(0xd04), p),
                        and(lt(calldataload(0xd24), p),
                        and(eq(mulmod(calldataload(0xd24), calldataload(0xd24), p), addmod(mulmod(calldataload(0xd04), mulmod(calldataload(0xd04), calldataload(0xd04), p), p), 3, p)),
                        and(lt(calldataload(0xd44), p),
                        and(lt(calldataload(0xd64), p),
                        and(eq(mulmod(calldataload(0xd64), calldataload(0xd64), p), addmod(mulmod(calldataload(0xd44), mulmod(calldataload(0xd44), calldataload(0xd44), p), p), 3, p)), ok))))))))))))))))))))))))))))))
                }
                if iszero(ok) {
                    mstore(0, shl(224, 0xd7c7beeb)) // NotCanonical()
                    revert(0, 4)
                }
            }

            // The transcript: the key's digest, the public inputs, the proof in its order.
            // The last hash is placed before each stretch of the proof.
            mstore(0x240, 0x186889765f706ecba6a91600a2ade5c3b60563e9341b527a7d6b73e312cd8142)
            calldatacopy(0x260, 0x4, 0x320)
            calldatacopy(0x580, 0x364, 2592)
            mstore8(0x20, 1)
            {
                let h
                h := keccak256(0x240, 0x4c0)
                mstore(0x80, mod(h, r)) // Circuit(0)
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
                {
                    let power1 := mulmod(power, power, r)
                    let power2 := mulmod(power1, power1, r)
                    let power3 := mulmod(power2, power2, r)
                    let power4 := mulmod(power3, power3, r)
                    let power5 := mulmod(power4, power4, r)
                    let power6 := mulmod(power5, power5, r)
                    power := mulmod(power6, power6, r)
                }
                {
                    let power8 := mulmod(power, power, r)
                    let power9 := mulmod(power8, power8, r)
                    let power10 := mulmod(power9, power9, r)
                    let power11 := mulmod(power10, power10, r)
                    power := mulmod(power11, power11, r)
                }
                mstore(0x240, power)
            }

            // u - x omega^i for the points that the first set lacks, and x: both to be inverted.
            mstore(0x280, mload(0x1c0))
            mstore(0x260, add(mload(0x220), mulmod(mload(0x1c0), 0x566fffbb9f283767505fb50085852d112c8c6f13d7a5194bbb3850e5828e9e7, r)))
            mstore(0x2a0, add(mload(0x240), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000))

            // Lagrange polynomials: x - omega^i for the first row and the last usable one.
            {
                let x := mload(0x1c0)
                mstore(0x2c0, add(x, 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000))
                mstore(0x2e0, add(x, 0x26f8aee75b98e8663054dc0a8f4aa78747e5c37603cad86cff9e07ee1c43bfcc))

                // The blinded rows: their sum of omega^i / (x - omega^i), as one fraction.
                let above := add(mulmod(x, 0xba091ea4d05a1ef057c6135103d3a4b38f84f8aef5c05bac118771d00556906, r), 0x27624d87df2860d5519b24205c48d3fda11043c4d4205ab5cef3fa5ab72a4c50)
                above := add(0x1c8b7b655218ca16d19b217abfcd912e4057710c5bf8b09046750198b25a2c2b, mulmod(x, add(0x265969dd779f8bf50ecf12e1a6c1798892f844d865b7ac0dd6d026b34c42f361, mulmod(x, add(0x235ca18fb12aa968386a8332f796fc093e40be421cd02c58945663933502ed23, mulmod(x, add(0x2b750f03cece95a282eb9eeeec9c7812d261c3ae024f160638c5b359d804c9a8, mulmod(x, above, r)), r)), r)), r))
                above := add(0x1bf75cdf7465a1a511476569259e79e3130176791564c2cf1f3bfed545495db9, mulmod(x, above, r))
                let below := add(x, 0x24c3bc88942bfe3ab2d3e48171441e11ef3b98bd8a5d6ad682c97e76efaa96fb)
                below := add(0x1f0b299602a16423907d33fe7973fb2f35f7df41e6a2d13e3e8b231f4a590287, mulmod(x, add(0x1b7412723c9a8dc53c21937c233b43438e96bea5d4170956cdd3df4a26bf44b8, mulmod(x, add(0x1a515250621038267218ced31a1a018c7460c337d237383ae5ec0be07fe6773, mulmod(x, add(0x1cb327aef19d6fbf0f82b3a6535cee5e57abc6660fa943365c67f866946ad9d9, mulmod(x, below, r)), r)), r)), r))
                below := add(0x9d4c000e691f218e90cbc49b1e9beb108c57a95b20204550eeed89e161a172f, mulmod(x, add(0x34ecdd797d9790326738609f59df687d14f6934afa020002a3cd3548a464df9, mulmod(x, below, r)), r))
                mstore(0x380, above)
                mstore(0x340, below)

                // The public inputs but the first: their sum of p_i omega^i / (x - omega^i), as one fraction.
                let wx := mulmod(x, 0x2f6122bbf1d35fdaa9953f60087a423238aa810773efee2a251aa6161f2e6ee6, r)
                let sum := calldataload(0x24)
                let product := add(wx, 0x1b9e4cecf9d91a534374fa77043701c82dc7e69e6a661b163dd63549ae8d8fa2)
                sum := add(mulmod(add(x, 0x1b9e4cecf9d91a534374fa77043701c82dc7e69e6a661b163dd63549ae8d8fa2), sum, r), mulmod(calldataload(0x44), product, r))
                product := mulmod(add(wx, 0x209a9da07cac587891b25130ff7a136c8d2fdb66eacaae0141dc19c0cc41def3), product, r)
                sum := add(mulmod(add(x, 0x209a9da07cac587891b25130ff7a136c8d2fdb66eacaae0141dc19c0cc41def3), sum, r), mulmod(calldataload(0x64), product, r))
                product := mulmod(add(wx, 0x58b4c5410b55d7e9e58c9598eb5857e76fdfe156a9e5b1d86d91c00e63b4484), product, r)
                sum := add(mulmod(add(x, 0x58b4c5410b55d7e9e58c9598eb5857e76fdfe156a9e5b1d86d91c00e63b4484), sum, r), mulmod(calldataload(0x84), product, r))
                product := mulmod(add(wx, 0xe4cd0eef423876946a64923ff721f344487c8deebfa7d9fd958671ebd26da9f), product, r)
                sum := add(mulmod(add(x, 0xe4cd0eef423876946a64923ff721f344487c8deebfa7d9fd958671ebd26da9f), sum, r), mulmod(calldataload(0xa4), product, r))
                product := mulmod(add(wx, 0x175bf4f5b16de40c153d56133ca05bd2b7bab84640c6825bcc92e4158902bb9a), product, r)
                sum := add(mulmod(add(x, 0x175bf4f5b16de40c153d56133ca05bd2b7bab84640c6825bcc92e4158902bb9a), sum, r), mulmod(calldataload(0xc4), product, r))
                product := mulmod(add(wx, 0x3029c14367abdf272c8711ff32b2534d933adf6f146f0cdaee146a4ecfd87aa7), product, r)
                sum := add(mulmod(add(x, 0x3029c14367abdf272c8711ff32b2534d933adf6f146f0cdaee146a4ecfd87aa7), sum, r), mulmod(calldataload(0xe4), product, r))
                product := mulmod(add(wx, 0x229142d808702cd45b2612b3e5b950b111d887205b291befd032759f0b037705), product, r)
                sum := add(mulmod(add(x, 0x229142d808702cd45b2612b3e5b950b111d887205b291befd032759f0b037705), sum, r), mulmod(calldataload(0x104), product, r))
                product := mulmod(add(wx, 0x224de28fd1580fed9982cc9b35ef879be20cd2ee4a5b721fb3a80cd742743802), product, r)
                sum := add(mulmod(add(x, 0x224de28fd1580fed9982cc9b35ef879be20cd2ee4a5b721fb3a80cd742743802), sum, r), mulmod(calldataload(0x124), product, r))
                product := mulmod(add(wx, 0x214db03b2c7300605100875299ca107640d593e847a587ca782b384d0a4568e1), product, r)
                sum := add(mulmod(add(x, 0x214db03b2c7300605100875299ca107640d593e847a587ca782b384d0a4568e1), sum, r), mulmod(calldataload(0x144), product, r))
                product := mulmod(add(wx, 0x2e55e322b6d97788a7a98c50ea25937da527d16266ea852410ed5d38f81b332e), product, r)
                sum := add(mulmod(add(x, 0x2e55e322b6d97788a7a98c50ea25937da527d16266ea852410ed5d38f81b332e), sum, r), mulmod(calldataload(0x164), product, r))
                product := mulmod(add(wx, 0xe010cbe93059977509128948915614a1276b0add258fb124dac0bd86b40ed83), product, r)
                sum := add(mulmod(add(x, 0xe010cbe93059977509128948915614a1276b0add258fb124dac0bd86b40ed83), sum, r), mulmod(calldataload(0x184), product, r))
                product := mulmod(add(wx, 0x2ed79a65ec689cad345000e954080c33fd12e48bc6f6ff006bc889f21bc15c60), product, r)
                sum := add(mulmod(add(x, 0x2ed79a65ec689cad345000e954080c33fd12e48bc6f6ff006bc889f21bc15c60), sum, r), mulmod(calldataload(0x1a4), product, r))
                product := mulmod(add(wx, 0x10572df6ffb8f50cd707098b245aaa3eabc0a3ac6793eb6025e43655fcf7634c), product, r)
                sum := add(mulmod(add(x, 0x10572df6ffb8f50cd707098b245aaa3eabc0a3ac6793eb6025e43655fcf7634c), sum, r), mulmod(calldataload(0x1c4), product, r))
                product := mulmod(add(wx, 0x19c58e1f8068d6497fa73cea4532e1fdb0736c4c61a6935802fd0e7f5cf35b2), product, r)
                sum := add(mulmod(add(x, 0x19c58e1f8068d6497fa73cea4532e1fdb0736c4c61a6935802fd0e7f5cf35b2), sum, r), mulmod(calldataload(0x1e4), product, r))
                product := mulmod(add(wx, 0x200ba6358e95baa43644aeb7776d65814fcc8daa1be73d26dd4f297595ad9380), product, r)
                sum := add(mulmod(add(x, 0x200ba6358e95baa43644aeb7776d65814fcc8daa1be73d26dd4f297595ad9380), sum, r), mulmod(calldataload(0x204), product, r))
                product := mulmod(add(wx, 0x2ee72ec80e34e372889b98c40cbe8dcc7cce6b335cc9e31f260bd992f0b3c5c7), product, r)
                sum := add(mulmod(add(x, 0x2ee72ec80e34e372889b98c40cbe8dcc7cce6b335cc9e31f260bd992f0b3c5c7), sum, r), mulmod(calldataload(0x224), product, r))
                product := mulmod(add(wx, 0xd6c1ececfc7501d7ae03602e1101fa168703436def68c158413438861c78c6c), product, r)
                sum := add(mulmod(add(x, 0xd6c1ececfc7501d7ae03602e1101fa168703436def68c158413438861c78c6c), sum, r), mulmod(calldataload(0x244), product, r))
                product := mulmod(add(wx, 0x5cdecd85f9902fc7258d8326395feff3374dd695787f746a4cc608425337cb6), product, r)
                sum := add(mulmod(add(x, 0x5cdecd85f9902fc7258d8326395feff3374dd695787f746a4cc608425337cb6), sum, r), mulmod(calldataload(0x264), product, r))
                product := mulmod(add(wx, 0xf0c44036852de24583ece2342e7569dac0295eb658156eef9ee45ff9de49469), product, r)
                sum := add(mulmod(add(x, 0xf0c44036852de24583ece2342e7569dac0295eb658156eef9ee45ff9de49469), sum, r), mulmod(calldataload(0x284), product, r))
                product := mulmod(add(wx, 0x25c6850293fc01068353c99859fbff5d8d3cf7b79a7a787ee437d5124f7e777f), product, r)
                sum := add(mulmod(add(x, 0x25c6850293fc01068353c99859fbff5d8d3cf7b79a7a787ee437d5124f7e777f), sum, r), mulmod(calldataload(0x2a4), product, r))
                product := mulmod(add(wx, 0x148d04281e1f61a49f7288f7c061939ca5ea2f56238a68eee6051062074ebfbb), product, r)
                sum := add(mulmod(add(x, 0x148d04281e1f61a49f7288f7c061939ca5ea2f56238a68eee6051062074ebfbb), sum, r), mulmod(calldataload(0x2c4), product, r))
                product := mulmod(add(wx, 0x22b98901f569ac28572a3bfe3b8a91cc6bd04c1f46a61e68e3ab9d5944fbc842), product, r)
                sum := add(mulmod(add(x, 0x22b98901f569ac28572a3bfe3b8a91cc6bd04c1f46a61e68e3ab9d5944fbc842), sum, r), mulmod(calldataload(0x2e4), product, r))
                product := mulmod(add(wx, 0x204f0f768d4aae39489c686faacb07b24c46d5590e527ce5dcaba0d7745e3fd1), product, r)
                sum := add(mulmod(add(x, 0x204f0f768d4aae39489c686faacb07b24c46d5590e527ce5dcaba0d7745e3fd1), sum, r), mulmod(calldataload(0x304), product, r))
                product := mulmod(add(wx, 0x235859e952d51eb92c2b27e2b28fe2a414cd962b2c3ca63608ecae0ffa35020f), product, r)
                mstore(0x3a0, sum)
                mstore(0x360, product)
            }

            // All inverses from one, that of their product: product^(r - 2).
            {
                let product := mload(0x2c0)
                mstore(0x3e0, product)
                product := mulmod(product, mload(0x2e0), r)
                mstore(0x400, product)
                product := mulmod(product, mload(0x340), r)
                mstore(0x420, product)
                product := mulmod(product, mload(0x360), r)
                mstore(0x440, product)
                product := mulmod(product, mload(0x2a0), r)
                mstore(0x460, product)
                product := mulmod(product, mload(0x280), r)
                mstore(0x480, product)
                product := mulmod(product, mload(0x260), r)
                mstore(0x4a0, 0x20)
                mstore(0x4c0, 0x20)
                mstore(0x4e0, 0x20)
                mstore(0x500, product)
                mstore(0x520, sub(r, 2))
                mstore(0x540, r)
                let ok := staticcall(20000, 5, 0x4a0, 0xc0, 0, 0x20)
                let inverse := mload(0)
                if iszero(and(ok, iszero(iszero(inverse)))) {
                    mstore(0, shl(224, 0x7fcdd1f4)) // ProofInvalid()
                    revert(0, 4)
                }
                product := mulmod(inverse, mload(0x480), r)
                inverse := mulmod(inverse, mload(0x260), r)
                mstore(0x260, product)
                product := mulmod(inverse, mload(0x460), r)
                inverse := mulmod(inverse, mload(0x280), r)
                mstore(0x280, product)
                product := mulmod(inverse, mload(0x440), r)
                inverse := mulmod(inverse, mload(0x2a0), r)
                mstore(0x2a0, product)
                product := mulmod(inverse, mload(0x420), r)
                inverse := mulmod(inverse, mload(0x360), r)
                mstore(0x360, product)
                product := mulmod(inverse, mload(0x400), r)
                inverse := mulmod(inverse, mload(0x340), r)
                mstore(0x340, product)
                product := mulmod(inverse, mload(0x3e0), r)
                inverse := mulmod(inverse, mload(0x2e0), r)
                mstore(0x2e0, product)
                // (x^n - 1) / n
                let factor := mulmod(add(mload(0x240), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), 0x3061482dfa038d0fb5b4c0b226194047a2616509f531d4fa3acdb77496c10001, r)
                mstore(0x320, mulmod(factor, add(mulmod(inverse, calldataload(0x4), r), mulmod(0xd0bf4898e5c81708c251dd3cef175b91366521d4d7cca5b3af54783f5cafdf2, mulmod(mload(0x3a0), mload(0x360), r), r)), r))
                mstore(0x2c0, mulmod(factor, inverse, r))
                let end := mulmod(factor, mulmod(0x96b9f8b8598b7c387fb69abf236b0d5e04e24d275ee98244443eda5d3bc4035, mload(0x2e0), r), r)
                mstore(0x2e0, end)
                mstore(0x300, addmod(1, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(end, mulmod(factor, mulmod(mload(0x380), mload(0x340), r), r))), r))
            }

            // Every identity, folded by y: the gates, each times its switch, then the permutation.
            // Each is named: the gate and the equation that holds where its switch is not 0.
            {
                let y := mload(0x1a0)
                mstore(0x360, mulmod(y, y, r))
                mstore(0x380, mulmod(y, mload(0x360), r))
                mstore(0x3a0, mulmod(mload(0x360), mload(0x380), r))
                let c7e4 := calldataload(0x7e4)
                let m80 := mload(0x80)
                let c804 := calldataload(0x804)
                let sum := 0
                let inner
                // hashing: sum = rho sum_next + what the lanes' equations leave
                mstore(0x3c0, mulmod(add(calldataload(0xae4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), add(calldataload(0xae4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r))
                mstore(0x3e0, mulmod(calldataload(0xae4), add(calldataload(0xae4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0x400, mulmod(mload(0x3e0), add(calldataload(0xae4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                mstore(0x420, mulmod(0x810b7bdd032f006f40d60f3c0403964dc08a6b6bef43d6d8b505398a8000000, mulmod(mload(0x400), add(calldataload(0xae4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), r), r))
                mstore(0x440, mulmod(0x2e6020836d24e427fb4ced7991714a03f131be9ac9fc6135e10de0adc6000001, mulmod(mload(0x400), add(calldataload(0xae4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r), r))
                mstore(0x460, mulmod(m80, add(0x25a26324d8f2517fee1dee26445d8b5adc205c13c39573091ed4a7220cc35ca4, mulmod(m80, add(0x186f4381ac5b251b54015e239fc0b41511e3759e94f4b0bfc2c031d5e312d7bb, mulmod(m80, add(0x5a10d6a79441fc8e87fa8be1faea29e643a509af9479155274a5ee14741e84e, mulmod(m80, add(0x10a4aec2eb83c613754de6875c1ce75e1c84f7152b46d7b24a6a1a4448529386, mulmod(m80, add(0x9eaa6757a33589225dc9712c137e6c111b4a86ffe4175354486a6d35a408d50, mulmod(m80, add(0x2eefb003c3de47cbd8362735371f61ac5f60d822e53289089c5bc67d62d6b5b6, mulmod(m80, 0x4e569df588ebc1f0bc3a7de5ffec15b6f1f7791292aded2ab7734820fbb11, r)), r)), r)), r)), r)), r)), r))
                mstore(0x480, mulmod(m80, add(0x1c94a351c0f29947a38436abc949cd847af6e26248348d3b3eabeb71889ef4a6, mulmod(m80, add(0x1800a3e3a4b5bafa75356c10d2ee8a17f7621b51f9b882fded3d5f636cd9032e, mulmod(m80, add(0x280529838756f4642519b49254886734f9b098a24929fc351b6d04563d3df067, mulmod(m80, add(0x14f745ab72178a0ec381c3c724123c615135103ceba3e817b153af1e95ad3d1e, mulmod(m80, add(0x174842b4b36b927f83c54800c146235b4792b8928216e1570d867e3a005ea4d, mulmod(m80, add(0x106911f840703b0d17667260340acf73a5cbbacf7b2beb1ffa866d795218f117, mulmod(m80, add(mload(0x460), 0x1d0ca92a569b973a8584623dc48354619f10a93b5b9cef3816ff47ca5c51dd19), r)), r)), r)), r)), r)), r)), r))
                mstore(0x4a0, mulmod(calldataload(0x864), calldataload(0x864), r))
                mstore(0x4c0, mulmod(mulmod(m80, m80, r), mulmod(m80, m80, r), r))
                mstore(0x4e0, mulmod(mload(0x4c0), mload(0x4c0), r))
                mstore(0x500, mulmod(mload(0x4e0), mload(0x4e0), r))
                mstore(0x520, mulmod(mload(0x500), mload(0x500), r))
                mstore(0x540, mulmod(mload(0x520), mload(0x520), r))
                mstore(0x560, addmod(calldataload(0xb04), sub(0x912ceb58a394e07d28f0d12384840917789bb8d96d2c51b3cba5e0bbd0000003, add(add(sub(r, mulmod(calldataload(0x844), mulmod(calldataload(0x864), mulmod(mload(0x4a0), mload(0x4a0), r), r), r)), mulmod(calldataload(0x864), add(add(mload(0x440), add(mload(0x420), mulmod(0x810b7bdd032f006f40d60f3c0403964dc08a6b6bef43d6d8b505398a8000000, mulmod(calldataload(0xae4), mulmod(mload(0x3c0), add(calldataload(0xae4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r), r), r))), mulmod(mulmod(0x244b3ad628e5381f4a3c3448e1210245de26ee365b4b146cf2e9782ef4000001, mulmod(mload(0x3c0), mload(0x3e0), r), r), add(0x1, mulmod(m80, add(0x2ccdbad29452bb86c29ffe71f680153fb01bd617caa0f231abef567a3e993d36, mulmod(m80, add(mload(0x480), 0x13cad9750b90a5b50af7c6af1eb49b20678eadd6cea409bf41152d8144ac19fa), r)), r)), r)), r)), mulmod(c804, add(sub(r, mload(0x420)), mulmod(mload(0x440), mulmod(mload(0x4c0), mulmod(mload(0x4e0), mulmod(mload(0x540), mulmod(mload(0x540), mload(0x540), r), r), r), r), r)), r))), r))
                sum := mulmod(add(mload(0x560), add(calldataload(0x884), sub(r, mulmod(calldataload(0x8a4), m80, r)))), calldataload(0xb24), r)
                // weights: w = k_c rho^3 w' + rho^2 k_a + rho h + rc
                mstore(0x580, mulmod(calldataload(0xb84), add(calldataload(0xb84), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0x5a0, mulmod(mload(0x580), add(calldataload(0xb84), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x844), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0xb04), mulmod(m80, add(calldataload(0xae4), mulmod(m80, add(calldataload(0xb64), mulmod(m80, mulmod(calldataload(0xb44), calldataload(0x8c4), r), r)), r)), r)))), mulmod(mload(0x5a0), add(calldataload(0xb84), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r), r))
                // public input: a = public input
                mstore(0x5c0, addmod(sub(r, calldataload(0xbe4)), add(add(0x4, sub(r, calldataload(0xba4))), sub(r, calldataload(0xbc4))), r))
                mstore(0x5e0, mulmod(mload(0x5c0), add(mload(0x5c0), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0x600, mulmod(mload(0x5e0), add(mload(0x5c0), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                sum := add(mulmod(sum, y, r), mulmod(add(c7e4, sub(r, mload(0x320))), mulmod(calldataload(0xbe4), mload(0x600), r), r))
                // origin: a = 0
                inner := c7e4
                // origin: g = 0
                inner := add(mulmod(inner, y, r), calldataload(0x824))
                // origin: sum = 0
                inner := add(mulmod(inner, y, r), calldataload(0x8e4))
                mstore(0x620, mulmod(calldataload(0xbe4), add(calldataload(0xbe4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0x640, mulmod(mload(0x5e0), mload(0x620), r))
                sum := add(mulmod(sum, mload(0x380), r), mulmod(inner, mload(0x640), r))
                // hashing begins and ends: the sum is 0
                mstore(0x660, mulmod(mload(0x620), add(calldataload(0xbe4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x884), add(mload(0x640), mulmod(mload(0x5c0), mload(0x660), r)), r))
                // lookup ends: the sum is 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x8e4), mulmod(mload(0x660), add(calldataload(0xbe4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r), r))
                // header of an account: a_next is a bit
                inner := mulmod(calldataload(0x904), add(calldataload(0x904), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r)
                // header of an account: b = tag of the kind
                inner := add(mulmod(inner, y, r), add(c804, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(0x636f76656e616e742f636f6c6c61746572616c2f7632, mulmod(calldataload(0x904), 0x30644e72e131a029b84fe2aa7a924f6a1b2e2d1476b6659238e8eca6fd000001, r)))))
                sum := add(mulmod(sum, mload(0x360), r), mulmod(inner, mulmod(calldataload(0xbc4), mload(0x600), r), r))
                // every position counts: a = a' + a_next - a' a_next
                sum := add(mulmod(sum, y, r), mulmod(add(c7e4, add(mulmod(calldataload(0x904), calldataload(0x924), r), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x924), calldataload(0x904))))), mulmod(mload(0x5e0), mulmod(calldataload(0xbe4), calldataload(0xbc4), r), r), r))
                // a block ends: a = 0 or a of the block before
                inner := mulmod(c7e4, add(c7e4, sub(r, calldataload(0x904))), r)
                // a block ends: chain = active ? output : chain before
                inner := add(mulmod(inner, y, r), add(add(calldataload(0x964), sub(r, calldataload(0x944))), sub(r, mulmod(c7e4, add(c804, sub(r, calldataload(0x944))), r))))
                // a block ends: g = active ? g' : g before
                mstore(0x680, add(calldataload(0x824), sub(r, calldataload(0x984))))
                inner := add(mulmod(inner, y, r), add(mload(0x680), sub(r, mulmod(c7e4, add(calldataload(0x9a4), sub(r, calldataload(0x984))), r))))
                sum := add(mulmod(sum, mload(0x380), r), mulmod(inner, mulmod(mload(0x5c0), mulmod(calldataload(0xbc4), mload(0x620), r), r), r))
                // a word of an asset: a = 0 or a'
                inner := mulmod(c7e4, add(c7e4, sub(r, calldataload(0x924))), r)
                // a word of an asset: unused: b = 0
                inner := add(mulmod(inner, y, r), mulmod(c804, add(0x1, sub(r, c7e4)), r))
                sum := add(mulmod(sum, mload(0x360), r), mulmod(inner, mulmod(calldataload(0xbc4), mload(0x660), r), r))
                // position: c is a bit
                inner := mulmod(calldataload(0x964), add(calldataload(0x964), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r)
                // position: every position: c = 1
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x944), add(0x1, sub(r, calldataload(0x964))), r))
                // position: (g - g') (gamma + id) = c (amount + delta)
                mstore(0x6a0, add(calldataload(0x824), sub(r, calldataload(0x9a4))))
                inner := add(mulmod(inner, y, r), add(mulmod(mload(0x6a0), add(mload(0xc0), mulmod(0x133100d71fdf35792b16366f4f7684df54ad7e14a329e70f18ee753c76f9dc6f, add(c804, sub(r, c7e4)), r)), r), sub(r, mulmod(calldataload(0x964), add(c7e4, mload(0xe0)), r))))
                mstore(0x6c0, mulmod(calldataload(0xbc4), add(calldataload(0xbc4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                sum := add(mulmod(sum, mload(0x380), r), mulmod(inner, mulmod(mload(0x5e0), mload(0x6c0), r), r))
                // limbs: a = limbs, and the row below where there is more
                mstore(0x6e0, mulmod(add(calldataload(0xc04), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffb), add(calldataload(0xc04), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffc), r))
                mstore(0x700, mulmod(add(calldataload(0xc04), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), mulmod(mload(0x6e0), add(calldataload(0xc04), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), r), r))
                mstore(0x720, addmod(c7e4, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x9c4), mulmod(calldataload(0x9e4), 0x800, r))), r))
                mstore(0x740, mulmod(calldataload(0xc04), add(calldataload(0xc04), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0x760, mulmod(add(calldataload(0xc04), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), mulmod(mload(0x740), add(calldataload(0xc04), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r), r))
                mstore(0x780, mulmod(mload(0x6e0), mload(0x760), r))
                mstore(0x7a0, mulmod(mload(0x760), add(calldataload(0xc04), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), r))
                mstore(0x7c0, mulmod(mload(0x7a0), add(calldataload(0xc04), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffb), r))
                mstore(0x7e0, mulmod(mload(0x7a0), add(calldataload(0xc04), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffc), r))
                mstore(0x800, mulmod(calldataload(0xba4), mload(0x660), r))
                mstore(0x820, add(mload(0x800), mulmod(mload(0x5c0), mulmod(calldataload(0xba4), mload(0x620), r), r)))
                sum := add(mulmod(sum, y, r), addmod(mulmod(mload(0x720), mload(0x820), r), add(mulmod(mload(0x720), mload(0x7e0), r), add(mulmod(mload(0x7c0), add(c7e4, sub(r, calldataload(0x9c4))), r), add(mulmod(mload(0x780), add(c7e4, sub(r, calldataload(0x9c4))), r), add(mulmod(mload(0x720), mulmod(calldataload(0xc04), mulmod(mload(0x700), add(calldataload(0xc04), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r), r), r), mulmod(mulmod(mload(0x700), mload(0x740), r), add(mload(0x720), mulmod(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efc00001, calldataload(0x904), r)), r))))), r))
                // limbs: the last limb of a top row is short
                sum := add(mulmod(sum, y, r), add(mulmod(mload(0x820), add(calldataload(0xa04), mulmod(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffc1, calldataload(0x9e4), r)), r), add(mulmod(mload(0x7e0), add(calldataload(0xa04), mulmod(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffff01, calldataload(0x9e4), r)), r), add(mulmod(mload(0x780), add(calldataload(0x9e4), mulmod(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffe01, calldataload(0x9c4), r)), r), mulmod(mload(0x7c0), add(calldataload(0x9e4), mulmod(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff, calldataload(0x9c4), r)), r)))))
                // complement: a + b = 10^4
                mstore(0x840, mulmod(mload(0x6c0), add(calldataload(0xbc4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                sum := add(mulmod(sum, y, r), mulmod(add(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffd8f1, add(c7e4, c804)), mulmod(mload(0x5c0), mload(0x840), r), r))
                // bits: a = bits
                mstore(0x860, mulmod(0x2, calldataload(0x9e4), r))
                inner := add(c7e4, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x9c4), mload(0x860))))
                // bits: b = -2^(n - 1) times the top bit
                inner := add(mulmod(inner, y, r), add(c804, mload(0x860)))
                // bits: g = bits over rho, after g'
                mstore(0x880, mulmod(m80, calldataload(0x9a4), r))
                inner := add(mulmod(inner, y, r), add(calldataload(0x824), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x9c4), mulmod(m80, add(mload(0x880), calldataload(0x9e4)), r)))))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x9c4), add(calldataload(0x9c4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x9e4), add(calldataload(0x9e4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0x8a0, mulmod(calldataload(0xba4), add(calldataload(0xba4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0x8c0, mulmod(mload(0x8a0), add(calldataload(0xba4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                sum := add(mulmod(sum, mload(0x3a0), r), mulmod(inner, mulmod(mload(0x8c0), add(calldataload(0xba4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r), r))
                // lookup: (sum_next - sum - parts) = sum 1 / limb - m (t + 1) / table
                mstore(0x8e0, mulmod(add(calldataload(0x9c4), mload(0xa0)), add(calldataload(0x9e4), mload(0xa0)), r))
                sum := add(mulmod(sum, y, r), mulmod(add(mulmod(mload(0x8e0), mulmod(c804, add(calldataload(0xb24), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r), r), mulmod(add(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff, add(mload(0xa0), calldataload(0xb24))), add(mulmod(mload(0x8e0), add(calldataload(0xa24), sub(r, calldataload(0x8e4))), r), sub(0xc19139cb84c680a6e14116da06056174a0cfa121e6e5c2450f87d64fc0000004, add(add(calldataload(0x9e4), mload(0xa0)), add(calldataload(0x9c4), mload(0xa0))))), r)), calldataload(0xb24), r))
                // c follows: c = k_c c' + k_a a
                mstore(0x900, mulmod(add(calldataload(0xb84), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), add(calldataload(0xb84), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), r))
                mstore(0x920, add(calldataload(0x964), sub(r, mulmod(calldataload(0xb44), calldataload(0xa44), r))))
                mstore(0x940, mulmod(calldataload(0xb64), c7e4, r))
                mstore(0x960, addmod(mload(0x920), sub(r, mload(0x940)), r))
                sum := add(mulmod(sum, y, r), mulmod(mload(0x960), mulmod(calldataload(0xb84), mulmod(mload(0x900), add(calldataload(0xb84), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r), r), r))
                // c follows: c = k_c c' + k_a a + b
                sum := add(mulmod(sum, y, r), mulmod(add(mload(0x960), sub(r, c804)), mulmod(mload(0x580), mload(0x900), r), r))
                // c follows: c = k_c c' + k_a a b
                sum := add(mulmod(sum, y, r), mulmod(mulmod(mload(0x5a0), add(calldataload(0xb84), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), r), add(mload(0x920), sub(r, mulmod(c804, mload(0x940), r))), r))
                // flags: c = 0
                mstore(0x980, mulmod(calldataload(0xbc4), mload(0x8c0), r))
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x964), add(mload(0x980), mulmod(mload(0x5c0), mulmod(calldataload(0xbe4), mload(0x6c0), r), r)), r))
                // flags: word = c
                sum := add(mulmod(sum, y, r), mulmod(add(c804, sub(r, calldataload(0x964))), add(mload(0x800), mulmod(mload(0x620), mload(0x6c0), r)), r))
                // flags: a + b = k_a
                sum := add(mulmod(sum, y, r), mulmod(mulmod(calldataload(0xbe4), mload(0x840), r), add(add(c7e4, c804), sub(r, calldataload(0xb64))), r))
                // flags: a + operand + c = b
                sum := add(mulmod(sum, y, r), mulmod(mulmod(mload(0x840), add(calldataload(0xbc4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r), add(add(calldataload(0x964), add(c7e4, calldataload(0x944))), sub(r, c804)), r))
                // flags: a b = operand
                mstore(0x9a0, mulmod(calldataload(0xba4), mload(0x600), r))
                sum := add(mulmod(sum, y, r), mulmod(mload(0x9a0), add(sub(r, calldataload(0x944)), mulmod(c804, c7e4, r)), r))
                // flags: (1 - operand) a = 0
                sum := add(mulmod(sum, y, r), mulmod(mulmod(c7e4, add(0x1, sub(r, calldataload(0x944))), r), add(mload(0x9a0), mulmod(mload(0x5e0), mulmod(calldataload(0xbe4), calldataload(0xba4), r), r)), r))
                // lines: c = b operand
                mstore(0x9c0, mulmod(calldataload(0xba4), calldataload(0xbc4), r))
                mstore(0x9e0, mulmod(mload(0x5e0), mload(0x9c0), r))
                mstore(0xa00, mulmod(c804, calldataload(0x944), r))
                sum := add(mulmod(sum, y, r), mulmod(mload(0x9e0), add(calldataload(0x964), sub(r, mload(0xa00))), r))
                // lines: c = c'
                mstore(0xa20, mulmod(mload(0x5c0), mulmod(calldataload(0xbe4), mload(0x9c0), r), r))
                mstore(0xa40, mulmod(calldataload(0xba4), mload(0x6c0), r))
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x964), sub(r, calldataload(0xa44))), add(mload(0xa20), mulmod(calldataload(0xbe4), mload(0xa40), r)), r))
                // lines: c = c' - 10^10 operand
                mstore(0xa60, mulmod(mload(0x620), mload(0x9c0), r))
                sum := add(mulmod(sum, y, r), mulmod(mload(0xa60), add(calldataload(0x964), add(sub(r, calldataload(0xa44)), mulmod(calldataload(0x944), 0x2540be400, r))), r))
                // lines: a + number before = b c
                sum := add(mulmod(sum, y, r), mulmod(mload(0xa20), add(add(c7e4, calldataload(0xa64)), sub(r, mulmod(c804, calldataload(0x964), r))), r))
                // lines: a - number before = (b - b before) c
                sum := add(mulmod(sum, y, r), mulmod(mload(0xa60), add(add(c7e4, sub(r, calldataload(0xa64))), sub(r, mulmod(calldataload(0x964), add(c804, sub(r, calldataload(0xa84))), r))), r))
                // shares: a = b operand - 10^4 number that follows
                sum := add(mulmod(sum, y, r), mulmod(mulmod(mload(0x5c0), mload(0xa40), r), add(add(c7e4, sub(r, mload(0xa00))), mulmod(0x2710, calldataload(0xaa4), r)), r))
                // shares: a = 10^4 c - b operand
                mstore(0xa80, mulmod(calldataload(0xba4), mload(0x840), r))
                mstore(0xaa0, mulmod(calldataload(0x964), 0x2710, r))
                sum := add(mulmod(sum, y, r), mulmod(mload(0xa80), add(mload(0xa00), add(c7e4, sub(r, mload(0xaa0)))), r))
                // shares: a = b operand - 10^4 c
                sum := add(mulmod(sum, y, r), mulmod(add(mload(0xaa0), add(c7e4, sub(r, mload(0xa00)))), mulmod(mload(0x5e0), mload(0x8a0), r), r))
                // remainder of a report: a = operand (b - 1 - a')
                sum := add(mulmod(sum, y, r), mulmod(add(c7e4, sub(r, mulmod(calldataload(0x944), add(add(c804, 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), sub(r, calldataload(0x924))), r))), mulmod(mload(0x620), mload(0x8a0), r), r))
                // key of an asset: (g - g') (gamma + b) = -(1 or kappa) operand (c + delta a)
                mstore(0xac0, mulmod(calldataload(0xbc4), mload(0x8a0), r))
                mstore(0xae0, mulmod(mload(0x5c0), mload(0xac0), r))
                mstore(0xb00, mulmod(calldataload(0xbe4), mload(0xac0), r))
                sum := add(mulmod(sum, y, r), add(mulmod(add(mload(0xc0), c804), mulmod(mload(0x6a0), add(mload(0xae0), mload(0xb00)), r), r), mulmod(add(mload(0xae0), mulmod(mload(0xb00), mload(0x100), r)), mulmod(calldataload(0x944), add(calldataload(0x964), mulmod(c7e4, mload(0xe0), r)), r), r)))
                // kind of an account: g = g'' + g' (1 + (kappa - 1) b)
                sum := add(mulmod(sum, y, r), mulmod(add(mload(0x680), sub(r, mulmod(calldataload(0x9a4), add(0x1, mulmod(c804, add(mload(0x100), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r)), r))), mulmod(mload(0x6c0), mload(0x8a0), r), r))
                // g = rho^2 g' + rho a + b
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x824), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(c804, mulmod(m80, add(mload(0x880), c7e4), r)))), mulmod(mload(0x5c0), mload(0x8c0), r), r))
                // g = rho g' + c
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x824), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(mload(0x880), calldataload(0x964)))), add(mload(0xa80), mulmod(calldataload(0xbe4), mload(0x8c0), r)), r))
                // g = g' + g_next a
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x824), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x9a4), mulmod(c7e4, calldataload(0xac4), r)))), add(mload(0x980), mload(0x9e0)), r))
                // permutation: z = 1 in the first row
                sum := add(mulmod(sum, y, r), mulmod(mload(0x2c0), add(0x1, sub(r, calldataload(0xcc4))), r))
                // permutation: z = 0 or 1 in the last row
                sum := add(mulmod(sum, y, r), mulmod(mload(0x2e0), add(sub(r, calldataload(0xcc4)), mulmod(calldataload(0xcc4), calldataload(0xcc4), r)), r))
                // permutation: z_next (a + beta sigma + gamma) ... = z (a + beta delta^i x + gamma) ...
                mstore(0xb20, mulmod(mload(0x160), mload(0x1c0), r))
                mstore(0xb40, mulmod(mload(0x300), add(mulmod(add(add(calldataload(0x844), mload(0x180)), mulmod(mload(0x160), calldataload(0xca4), r)), mulmod(add(add(calldataload(0x824), mload(0x180)), mulmod(mload(0x160), calldataload(0xc84), r)), mulmod(add(add(c804, mload(0x180)), mulmod(mload(0x160), calldataload(0xc64), r)), mulmod(calldataload(0xce4), add(add(c7e4, mload(0x180)), mulmod(mload(0x160), calldataload(0xc44), r)), r), r), r), r), sub(r, mulmod(add(add(calldataload(0x844), mload(0x180)), mulmod(mload(0xb20), 0x18afdf23e9bd9302673fc1e076a492d4d65bd18ebc4d854ed189139bab313e52, r)), mulmod(add(add(calldataload(0x824), mload(0x180)), mulmod(mload(0xb20), 0x13b360d4e82fe915fed16081038f98c211427b87a281bd733c277dbadf10372b, r)), mulmod(mulmod(calldataload(0xcc4), add(mload(0xb20), add(c7e4, mload(0x180))), r), add(add(c804, mload(0x180)), mulmod(mload(0xb20), 0x9226b6e22c6f0ca64ec26aad4c86e715b5f898e5e963f25870e56bbe533e9a2, r)), r), r), r))), r))
                sum := add(mulmod(sum, y, r), mload(0xb40))
                mstore(0x340, mulmod(sum, mload(0x2a0), r))
            }

            // SHPLONK's scalars: the weights of the sets, minus the evaluation of all at u, minus Z_S0(u).
            // Within a set t = u / x: its points are at u - x omega^i = x (t - omega^i), and x cancels.
            mstore(0x6c0, mulmod(mload(0x220), mload(0x280), r))
            {
                let m1e0 := mload(0x1e0)
                let m200 := mload(0x200)
                let m6c0 := mload(0x6c0)
                let m1c0 := mload(0x1c0)
                let m220 := mload(0x220)
                mstore(0x6e0, add(m220, mulmod(0x175bf4f5b16de40c153d56133ca05bd2b7bab84640c6825bcc92e4158902bb9a, m1c0, r)))
                mstore(0x700, add(m220, mulmod(0x18c82ae0cd93b10e935b5c8b3585b653188b627d0dbd41648aba64b3edc82f41, m1c0, r)))
                mstore(0x400, mulmod(m200, mulmod(mload(0x6e0), mload(0x700), r), r))
                mstore(0x720, mulmod(mload(0x6e0), add(m220, mulmod(0x16e29366fe84bb01e63fa67ae2055466e75a39f5f81bfbe1cf799f8d7c9f0193, m1c0, r)), r))
                mstore(0x460, mulmod(mload(0x260), mulmod(mload(0x720), mulmod(m200, m200, r), r), r))
                mstore(0x740, mulmod(m200, mulmod(m200, m200, r), r))
                mstore(0x760, add(m220, mulmod(0x1032bb6ef5e404f0ebb06567907162aef89674105c982671ec74f7dd0d1911b, m1c0, r)))
                mstore(0x4c0, mulmod(mload(0x740), mulmod(mload(0x720), mload(0x760), r), r))
                mstore(0x780, mulmod(m200, mload(0x740), r))
                mstore(0x7a0, mulmod(mload(0x700), mload(0x720), r))
                mstore(0x7c0, mulmod(mload(0x760), mload(0x7a0), r))
                mstore(0x520, mulmod(mload(0x780), mload(0x7c0), r))
                mstore(0x580, mulmod(mload(0x7a0), mulmod(m200, mload(0x780), r), r))
                mstore(0x7e0, add(m6c0, 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000))
                mstore(0x800, mulmod(mload(0x7e0), add(m6c0, 0x1032bb6ef5e404f0ebb06567907162aef89674105c982671ec74f7dd0d1911b), r))
                mstore(0x820, mulmod(mload(0x800), add(m6c0, 0x18c82ae0cd93b10e935b5c8b3585b653188b627d0dbd41648aba64b3edc82f41), r))
                mstore(0x840, addmod(add(mulmod(mload(0x400), add(mulmod(mload(0x800), mulmod(calldataload(0xa84), 0x37ead2b92ba141bbaece827f4f94af23ed0a56580e1a664904d14b823a1cc5c, r), r), mulmod(add(m6c0, 0x16e29366fe84bb01e63fa67ae2055466e75a39f5f81bfbe1cf799f8d7c9f0193), add(mulmod(add(m6c0, 0x1032bb6ef5e404f0ebb06567907162aef89674105c982671ec74f7dd0d1911b), mulmod(calldataload(0x804), 0x115c173acfbf9f4a4b7defc2359b8ca8c03e3c45d2d8d1c309ddca1751bddea6, r), r), mulmod(mload(0x7e0), mulmod(calldataload(0x944), 0x1b898a0c7eb7ecc3b1e56dcc56ec80c22925069d25fef869a9b716c47aa054ff, r), r)), r)), r), add(mulmod(mulmod(mload(0x820), add(m6c0, 0x16e29366fe84bb01e63fa67ae2055466e75a39f5f81bfbe1cf799f8d7c9f0193), r), mulmod(calldataload(0xaa4), 0x2eec212d4e598873bbf7cb198c3a2c7742777f851ff387b5e336aa1438237f93, r), r), mulmod(add(m6c0, 0x175bf4f5b16de40c153d56133ca05bd2b7bab84640c6825bcc92e4158902bb9a), add(mulmod(mload(0x820), mulmod(calldataload(0xa64), 0xc3abf1bdc6cc41ea1a380463df165156118616335fcde40c7ef5c7b9731f795, r), r), mulmod(add(m6c0, 0x16e29366fe84bb01e63fa67ae2055466e75a39f5f81bfbe1cf799f8d7c9f0193), add(mulmod(mload(0x800), mulmod(calldataload(0x924), 0x1498b5885e9998792ef0b075c158a88b68e5f3d9a744d2546c1de89bdd55e112, r), r), mulmod(add(m6c0, 0x18c82ae0cd93b10e935b5c8b3585b653188b627d0dbd41648aba64b3edc82f41), add(mulmod(add(m6c0, 0x1032bb6ef5e404f0ebb06567907162aef89674105c982671ec74f7dd0d1911b), mulmod(calldataload(0x7e4), 0xb095718dfd0bf4ec7bc01091a35284d3db8d52d3b1145ebcd60d305c7f64e9b, r), r), mulmod(mload(0x7e0), mulmod(calldataload(0x904), 0x5ffaffb59329bf91c588e8e5d494e55063926a1bb2c62eba31f28f66b5e592d, r), r)), r)), r)), r))), mulmod(mload(0x460), add(mulmod(mload(0x820), mulmod(calldataload(0x984), 0x27ce6c028515c2d06638a3df5fc2f37fe2854bb19fcebcb789bcb2426668d92d, r), r), mulmod(add(m6c0, 0x566fffbb9f283767505fb50085852d112c8c6f13d7a5194bbb3850e5828e9e7), add(mulmod(mload(0x800), mulmod(calldataload(0x9a4), 0x180dcc94d35b9fbea656e1571a98487bf8e37e8f9ec8375b3a6be90e171c6e7, r), r), mulmod(add(m6c0, 0x18c82ae0cd93b10e935b5c8b3585b653188b627d0dbd41648aba64b3edc82f41), add(mulmod(add(m6c0, 0x1032bb6ef5e404f0ebb06567907162aef89674105c982671ec74f7dd0d1911b), mulmod(calldataload(0x824), 0x277b3ca0e47856a83254fad2737f72451d32bce2bdc6fac9203b8abc1569bc20, r), r), mulmod(mload(0x7e0), mulmod(calldataload(0xac4), 0xffe17790b9f6cdeedad7ea5be16c66d912190139bf0a62c2a24ef9882bba3ce, r), r)), r)), r)), r), r))
                mstore(0x860, mulmod(m1e0, add(calldataload(0xc04), mulmod(m1e0, add(calldataload(0xc44), mulmod(m1e0, add(calldataload(0xc64), mulmod(m1e0, add(calldataload(0xc84), mulmod(m1e0, add(calldataload(0xca4), mulmod(m1e0, add(mload(0x340), mulmod(m1e0, calldataload(0xc24), r)), r)), r)), r)), r)), r)), r))
                mstore(0x880, mulmod(m1e0, add(calldataload(0xb24), mulmod(m1e0, add(calldataload(0xb44), mulmod(m1e0, add(calldataload(0xb64), mulmod(m1e0, add(calldataload(0xb84), mulmod(m1e0, add(calldataload(0xba4), mulmod(m1e0, add(calldataload(0xbc4), mulmod(m1e0, add(mload(0x860), calldataload(0xbe4)), r)), r)), r)), r)), r)), r)), r))
                mstore(0x8a0, mulmod(mload(0x580), add(mulmod(add(m6c0, 0x1032bb6ef5e404f0ebb06567907162aef89674105c982671ec74f7dd0d1911b), mulmod(0x1650318e435f9441fc5e5456d5e7c920d522543e54800d91b94ddbba4e52d7ad, add(calldataload(0x884), mulmod(m1e0, add(calldataload(0x8e4), mulmod(m1e0, add(calldataload(0x9c4), mulmod(m1e0, calldataload(0xcc4), r)), r)), r)), r), r), mulmod(mload(0x7e0), mulmod(0x1a141ce49dd20be7bbf1f15fab998f3c5311940a253962ff8a9419d9a1ad2854, add(calldataload(0x8a4), mulmod(m1e0, add(calldataload(0xa24), mulmod(m1e0, add(calldataload(0xa04), mulmod(m1e0, calldataload(0xce4), r)), r)), r)), r), r)), r))
                mstore(0x5e0, sub(r, addmod(mload(0x8a0), add(mulmod(mload(0x520), add(calldataload(0x864), mulmod(m1e0, add(calldataload(0x9e4), mulmod(m1e0, add(calldataload(0xae4), mulmod(m1e0, add(mload(0x880), calldataload(0xb04)), r)), r)), r)), r), add(mload(0x840), mulmod(mload(0x4c0), add(mulmod(add(m6c0, 0x18c82ae0cd93b10e935b5c8b3585b653188b627d0dbd41648aba64b3edc82f41), mulmod(0x1a141ce49dd20be7bbf1f15fab998f3c5311940a253962ff8a9419d9a1ad2855, add(calldataload(0x844), mulmod(m1e0, calldataload(0x964), r)), r), r), mulmod(mload(0x7e0), mulmod(0x1650318e435f9441fc5e5456d5e7c920d522543e54800d91b94ddbba4e52d7ac, add(calldataload(0x8c4), mulmod(m1e0, calldataload(0xa44), r)), r), r)), r))), r)))
                mstore(0x640, sub(r, mulmod(mload(0x7c0), add(m220, sub(r, m1c0)), r)))
            }
            mstore(0x6a0, mload(0x220))
            mstore(0x3a0, mload(0x240))

            // The points that are folded, each below the one before it.
            calldatacopy(0xdc0, 0x664, 0x140)
            calldatacopy(0xd80, 0x524, 0x40)
            mstore(0xd00, 0x026cb9c429f85b9b26979ffe64e5c1ed4fe2d1b055137b57a6a42546df362e2b)
            mstore(0xd20, 0x0e2592a0ad8846968d064d06c5e539bb606698c38393f83ed87c47a129bf7b18)
            mstore(0xcc0, 0x29bbf8982e9e0f6f4dee33c686a2f5bfbead81d9c7e6ff5b168576d8d51c62be)
            mstore(0xce0, 0x0913c3df3fbc0e55cbb6804c18abdd550c7b30566398fc1944ba369bd1f2fbbf)
            mstore(0xc80, 0x0cb499ca6fe0ffc6d5e92c88bb0304e4edd545bfae6eef18b2255620d340df63)
            mstore(0xca0, 0x0f419cbaffbfffe1089a6fe8665ad3c9259779fc1085c4987e414b49d0b7280d)
            mstore(0xc40, 0x0f72d0ffc3779a05502326db43d0230d4b838d15e36941b4ae2418a5e79ee357)
            mstore(0xc60, 0x0f001ef2cd0c45c4424cb7ad83a2b28e56e1f6e6bc5155dd1943511fcf93c067)
            mstore(0xc00, 0x055ce2fe5f5d2543dc53ea0298d1c6aa9374f0b644f25a19a384d5e681bbbe13)
            mstore(0xc20, 0x119949a401cfa7fdbb97eb9eb5ff10dc992d4c07d65fb0234dd97baab21f4dcc)
            mstore(0xbc0, 0x29d9eef728c6370e4704af780588571cff4eabc74d8869ce46fa7f73f9ec4ef5)
            mstore(0xbe0, 0x1c6ab760ce76a2bc3619ef87b18b02e433d4d4cd3c0594867319374095957e83)
            mstore(0xb80, 0x25ad435795680733ca38fe35f6dee74c475a81936144981688af903a49760000)
            mstore(0xba0, 0x1c785e20b4cc37507c8cde08a9186f7fae5eea4722cf9b8cb85c4747e801ca96)
            mstore(0xb40, 0x2662fd58ba66eb552eb07f7c4a5acbac0eb621255a282f1a9e8f4109e70f7f99)
            mstore(0xb60, 0x0008af72b8f05bcb76f3796b412d1d5a76d74c67de890ed33147425352a022c4)
            mstore(0xb00, 0x2736841c7d0f02029cb0aab5994cfe57cfdd94d4335bb5c4c3393241c4247a20)
            mstore(0xb20, 0x1c9c7a88ecb52dec611ff405f2b442fb05128bfe2a370660554027ce369c711d)
            mstore(0xac0, 0x26b7702dd562799b553f1383fc72e46ee28ed32a5b5798683cc2e89068e97230)
            mstore(0xae0, 0x10f32196a75c659f98bf1164e2eb249355495113ec16321a7f56bbdf10756e1f)
            mstore(0xa80, 0x1f817c920344051a24c9cda28f4aec6a6665ae536ad3e812a93a9c7dcd0e4469)
            mstore(0xaa0, 0x249254b6559086b6e4d8d4418861fcc0baffa1588736625fd4b7b9198331ce9d)
            mstore(0xa40, 0x1fe9bf82fd5bcaf9361abf593985f85aeaffd686aafd7a02d13aae62f4677d4c)
            mstore(0xa60, 0x1c947f4edacab8c2783fbc90f560e90b6075a77d086a694a44f296f8356d56b3)
            mstore(0xa00, 0x0215e7ef0b3219a890e61569d0e707a30689b7bd142a2ee5776bfc5fe276e6a7)
            mstore(0xa20, 0x2e5e927dec5ebbd12165bd08c0100761550b6a7fae944f1b8ae7da12728f59bf)
            mstore(0x9c0, 0x04f4d13f915c5348a3574414fc90d0cefa0fe03e9a4947a7dd8af897c9cda0d3)
            mstore(0x9e0, 0x19fd094ad29e58bca7b728e91b170d497d82a59d616a2141278732d390f2d76b)
            calldatacopy(0x980, 0x4a4, 0x40)
            calldatacopy(0x940, 0x424, 0x40)
            calldatacopy(0x900, 0x464, 0x40)
            calldatacopy(0x880, 0x564, 0x80)

            // The quotient's commitment: its pieces folded by x^n. Calls run from the last line up.
            let ok := 1
            calldatacopy(0x360, 0x7a4, 0x40)
            ok :=
                and(staticcall(2000, 6, 0xdc0, 0x80, 0xd40, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xe00, 0x40),
                and(staticcall(2000, 6, 0xe00, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xe40, 0x40),
                and(staticcall(2000, 6, 0xe40, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xe80, 0x40),
                and(staticcall(2000, 6, 0xe80, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xec0, 0x40),
                and(staticcall(2000, 6, 0xec0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xf00, 0x40), ok))))))))))
            mstore(0x3a0, mload(0x1e0))

            // Set 0: opened at x omega^i for i = [-5, -1, 0, 1, 6], folded by y.
            calldatacopy(0x700, 0x364, 0x40)

            // Set 1: opened at x omega^i for i = [-5, 0, 1], folded by y.
            calldatacopy(0x3c0, 0x3a4, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x6c0, 0x80, 0x700, 0x40),
                and(staticcall(20000, 7, 0x3c0, 0x60, 0x6c0, 0x40), ok))

            // Set 2: opened at x omega^i for i = [-2, -1, 0, 1], folded by y.
            calldatacopy(0x420, 0x4e4, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x6c0, 0x80, 0x700, 0x40),
                and(staticcall(20000, 7, 0x420, 0x60, 0x6c0, 0x40), ok))

            // Set 3: opened at x omega^i for i = [-1, 0], folded by y.
            calldatacopy(0x360, 0x3e4, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x6c0, 0x80, 0x700, 0x40),
                and(staticcall(20000, 7, 0x480, 0x60, 0x6c0, 0x40),
                and(staticcall(2000, 6, 0xd80, 0x80, 0x480, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xdc0, 0x40), ok))))

            // Set 4: opened at x omega^i for i = [0], folded by y.
            calldatacopy(0x360, 0x624, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x6c0, 0x80, 0x700, 0x40),
                and(staticcall(20000, 7, 0x4e0, 0x60, 0x6c0, 0x40),
                and(staticcall(2000, 6, 0x940, 0x80, 0x4e0, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x980, 0x40),
                and(staticcall(2000, 6, 0x980, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x9c0, 0x40),
                and(staticcall(2000, 6, 0x9c0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xa00, 0x40),
                and(staticcall(2000, 6, 0xa00, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xa40, 0x40),
                and(staticcall(2000, 6, 0xa40, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xa80, 0x40),
                and(staticcall(2000, 6, 0xa80, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xac0, 0x40),
                and(staticcall(2000, 6, 0xac0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xb00, 0x40),
                and(staticcall(2000, 6, 0xb00, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xb40, 0x40),
                and(staticcall(2000, 6, 0xb40, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xb80, 0x40),
                and(staticcall(2000, 6, 0xb80, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xbc0, 0x40),
                and(staticcall(2000, 6, 0xbc0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xc00, 0x40),
                and(staticcall(2000, 6, 0xc00, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xc40, 0x40),
                and(staticcall(2000, 6, 0xc40, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xc80, 0x40),
                and(staticcall(2000, 6, 0xc80, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xcc0, 0x40),
                and(staticcall(2000, 6, 0xcc0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xd00, 0x40),
                and(staticcall(2000, 6, 0xd00, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xd40, 0x40),
                and(staticcall(2000, 6, 0xd40, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xd80, 0x40), ok))))))))))))))))))))))))))))))))))))

            // Set 5: opened at x omega^i for i = [0, 1], folded by y.
            calldatacopy(0x360, 0x5e4, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x6c0, 0x80, 0x700, 0x40),
                and(staticcall(20000, 7, 0x540, 0x60, 0x6c0, 0x40),
                and(staticcall(2000, 6, 0x880, 0x80, 0x540, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x8c0, 0x40),
                and(staticcall(2000, 6, 0x8c0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x900, 0x40),
                and(staticcall(2000, 6, 0x900, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x940, 0x40), ok))))))))

            // The generator, SHPLONK's quotient W and its opening W'.
            mstore(0x5a0, 1)
            mstore(0x5c0, 2)
            calldatacopy(0x600, 0xd04, 0x40)
            calldatacopy(0x660, 0xd44, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x6c0, 0x80, 0x700, 0x40),
                and(staticcall(20000, 7, 0x660, 0x60, 0x6c0, 0x40),
                and(staticcall(2000, 6, 0x6c0, 0x80, 0x700, 0x40),
                and(staticcall(20000, 7, 0x600, 0x60, 0x6c0, 0x40),
                and(staticcall(2000, 6, 0x6c0, 0x80, 0x700, 0x40),
                and(staticcall(20000, 7, 0x5a0, 0x60, 0x6c0, 0x40), ok))))))

            // e(F, -G2) e(W', tau G2) = 1.
            mstore(0x740, 0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2)
            mstore(0x760, 0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed)
            mstore(0x780, 0x275dc4a288d1afb3cbb1ac09187524c7db36395df7be3b99e673b13a075a65ec)
            mstore(0x7a0, 0x1d9befcd05a5323e6da4d435f3b617cdb3af83285c2df711ef39c01571827f9d)
            calldatacopy(0x7c0, 0xd44, 0x40)
            mstore(0x800, 0x260e01b251f6f1c7e7ff4e580791dee8ea51d87a358e038b4efe30fac09383c1)
            mstore(0x820, 0x0118c4d5b837bcc2bc89b5b398b5974e9f5944073b32078b7e231fec938883b0)
            mstore(0x840, 0x04fc6369f7110fe3d25156c1bb9a72859cf2a04641f99ba4ee413c80da6a5fe4)
            mstore(0x860, 0x22febda3c0c0632a56475b4214e5615e11e6dd3f96e6cea2854a87d4dacc5e55)
            ok := and(staticcall(300000, 8, 0x700, 0x180, 0, 0x20), ok)
            if iszero(ok) {
                mstore(0, shl(224, 0x84e81692)) // PrecompileFailed()
                revert(0, 4)
            }
            if iszero(eq(mload(0), 1)) {
                mstore(0, shl(224, 0x7fcdd1f4)) // ProofInvalid()
                revert(0, 4)
            }
            return(0, 0x20)
        }
    }
}
