// SPDX-License-Identifier: MIT OR Apache-2.0
// Generated from the verifying key. Do not edit.
pragma solidity ^0.8.30;

/// @title Verifier of proofs of the circuit covenant-2/16x66x32x8/1790b410ee31e5d4933f20429082e6aac4b807e05044f897cdb2bfae8faf2f12
/// @notice KZG with the ceremony aztec-ignition. Halo2 with the keccak transcript and SHPLONK.
/// @dev Says only that the public inputs are true of some secret. Whoever calls it builds the
/// public inputs itself, from values it checked (S9); see ICovenantVerifier.
contract CovenantProofLarge {
    /// @notice The calldata is not exactly 61 public inputs and a proof of 5376 bytes.
    error WrongLength();
    /// @notice A scalar is not below r, or a point is not on the curve.
    error NotCanonical();
    /// @notice A precompile failed or was not given enough gas.
    error PrecompileFailed();
    /// @notice The proof does not prove the statement.
    error ProofInvalid();

    /// @notice Returns true if the proof proves the statement; reverts otherwise.
    /// @param instances The public inputs, each below r.
    /// @param proof Exactly 5376 bytes.
    function verify(uint256[61] calldata instances, bytes calldata proof)
        external
        view
        returns (bool)
    {
        // Both are read from calldata, at places that are checked first.
        (instances, proof);
        assembly {
            let r := 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001

            // Exact calldata: the offset of the proof, its length, nothing after it.
            if iszero(and(and(eq(calldatasize(), 7396), eq(calldataload(0x7a4), 0x7c0)), eq(calldataload(0x7c4), 5376))) {
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
                    and(lt(calldataload(0x324), r),
                    and(lt(calldataload(0x344), r),
                    and(lt(calldataload(0x364), r),
                    and(lt(calldataload(0x384), r),
                    and(lt(calldataload(0x3a4), r), ok))))))))))))))))))))))))))))))
                ok :=
                    and(lt(calldataload(0x3c4), r),
                    and(lt(calldataload(0x3e4), r),
                    and(lt(calldataload(0x404), r),
                    and(lt(calldataload(0x424), r),
                    and(lt(calldataload(0x444), r),
                    and(lt(calldataload(0x464), r),
                    and(lt(calldataload(0x484), r),
                    and(lt(calldataload(0x4a4), r),
                    and(lt(calldataload(0x4c4), r),
                    and(lt(calldataload(0x4e4), r),
                    and(lt(calldataload(0x504), r),
                    and(lt(calldataload(0x524), r),
                    and(lt(calldataload(0x544), r),
                    and(lt(calldataload(0x564), r),
                    and(lt(calldataload(0x584), r),
                    and(lt(calldataload(0x5a4), r),
                    and(lt(calldataload(0x5c4), r),
                    and(lt(calldataload(0x5e4), r),
                    and(lt(calldataload(0x604), r),
                    and(lt(calldataload(0x624), r),
                    and(lt(calldataload(0x644), r),
                    and(lt(calldataload(0x664), r),
                    and(lt(calldataload(0x684), r),
                    and(lt(calldataload(0x6a4), r),
                    and(lt(calldataload(0x6c4), r),
                    and(lt(calldataload(0x6e4), r),
                    and(lt(calldataload(0x704), r),
                    and(lt(calldataload(0x724), r),
                    and(lt(calldataload(0x744), r),
                    and(lt(calldataload(0x764), r), ok))))))))))))))))))))))))))))))
                ok :=
                    and(lt(calldataload(0x784), r),
                    and(lt(calldataload(0x1264), r),
                    and(lt(calldataload(0x1284), r),
                    and(lt(calldataload(0x12a4), r),
                    and(lt(calldataload(0x12c4), r),
                    and(lt(calldataload(0x12e4), r),
                    and(lt(calldataload(0x1304), r),
                    and(lt(calldataload(0x1324), r),
                    and(lt(calldataload(0x1344), r),
                    and(lt(calldataload(0x1364), r),
                    and(lt(calldataload(0x1384), r),
                    and(lt(calldataload(0x13a4), r),
                    and(lt(calldataload(0x13c4), r),
                    and(lt(calldataload(0x13e4), r),
                    and(lt(calldataload(0x1404), r),
                    and(lt(calldataload(0x1424), r),
                    and(lt(calldataload(0x1444), r),
                    and(lt(calldataload(0x1464), r),
                    and(lt(calldataload(0x1484), r),
                    and(lt(calldataload(0x14a4), r),
                    and(lt(calldataload(0x14c4), r),
                    and(lt(calldataload(0x14e4), r),
                    and(lt(calldataload(0x1504), r),
                    and(lt(calldataload(0x1524), r),
                    and(lt(calldataload(0x1544), r),
                    and(lt(calldataload(0x1564), r),
                    and(lt(calldataload(0x1584), r),
                    and(lt(calldataload(0x15a4), r),
                    and(lt(calldataload(0x15c4), r),
                    and(lt(calldataload(0x15e4), r), ok))))))))))))))))))))))))))))))
                ok :=
                    and(lt(calldataload(0x1604), r),
                    and(lt(calldataload(0x1624), r),
                    and(lt(calldataload(0x1644), r),
                    and(lt(calldataload(0x1664), r),
                    and(lt(calldataload(0x1684), r),
                    and(lt(calldataload(0x16a4), r),
                    and(lt(calldataload(0x16c4), r),
                    and(lt(calldataload(0x16e4), r),
                    and(lt(calldataload(0x1704), r),
                    and(lt(calldataload(0x1724), r),
                    and(lt(calldataload(0x1744), r),
                    and(lt(calldataload(0x1764), r),
                    and(lt(calldataload(0x1784), r),
                    and(lt(calldataload(0x17a4), r),
                    and(lt(calldataload(0x17c4), r),
                    and(lt(calldataload(0x17e4), r),
                    and(lt(calldataload(0x1804), r),
                    and(lt(calldataload(0x1824), r),
                    and(lt(calldataload(0x1844), r),
                    and(lt(calldataload(0x1864), r),
                    and(lt(calldataload(0x1884), r),
                    and(lt(calldataload(0x18a4), r),
                    and(lt(calldataload(0x18c4), r),
                    and(lt(calldataload(0x18e4), r),
                    and(lt(calldataload(0x1904), r),
                    and(lt(calldataload(0x1924), r),
                    and(lt(calldataload(0x1944), r),
                    and(lt(calldataload(0x1964), r),
                    and(lt(calldataload(0x1984), r),
                    and(lt(calldataload(0x19a4), r), ok))))))))))))))))))))))))))))))
                ok :=
                    and(lt(calldataload(0x19c4), r),
                    and(lt(calldataload(0x19e4), r),
                    and(lt(calldataload(0x1a04), r),
                    and(lt(calldataload(0x1a24), r),
                    and(lt(calldataload(0x1a44), r),
                    and(lt(calldataload(0x1a64), r),
                    and(lt(calldataload(0x1a84), r),
                    and(lt(calldataload(0x1aa4), r),
                    and(lt(calldataload(0x1ac4), r),
                    and(lt(calldataload(0x1ae4), r),
                    and(lt(calldataload(0x1b04), r),
                    and(lt(calldataload(0x1b24), r),
                    and(lt(calldataload(0x1b44), r),
                    and(lt(calldataload(0x1b64), r),
                    and(lt(calldataload(0x1b84), r),
                    and(lt(calldataload(0x1ba4), r),
                    and(lt(calldataload(0x1bc4), r),
                    and(lt(calldataload(0x1be4), r),
                    and(lt(calldataload(0x1c04), r),
                    and(lt(calldataload(0x1c24), r),
                    and(lt(calldataload(0x1c44), r), ok)))))))))))))))))))))

                // Every point: x < p, y < p and y^2 = x^3 + 3. The identity (0, 0) is not on the curve.
                {
                    let p := 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47
                    ok :=
                        and(lt(calldataload(0x7e4), p),
                        and(lt(calldataload(0x804), p),
                        and(eq(mulmod(calldataload(0x804), calldataload(0x804), p), addmod(mulmod(calldataload(0x7e4), mulmod(calldataload(0x7e4), calldataload(0x7e4), p), p), 3, p)),
                        and(lt(calldataload(0x824), p),
                        and(lt(calldataload(0x844), p),
                        and(eq(mulmod(calldataload(0x844), calldataload(0x844), p), addmod(mulmod(calldataload(0x824), mulmod(calldataload(0x824), calldataload(0x824), p), p), 3, p)),
                        and(lt(calldataload(0x864), p),
                        and(lt(calldataload(0x884), p),
                        and(eq(mulmod(calldataload(0x884), calldataload(0x884), p), addmod(mulmod(calldataload(0x864), mulmod(calldataload(0x864), calldataload(0x864), p), p), 3, p)),
                        and(lt(calldataload(0x8a4), p),
                        and(lt(calldataload(0x8c4), p),
                        and(eq(mulmod(calldataload(0x8c4), calldataload(0x8c4), p), addmod(mulmod(calldataload(0x8a4), mulmod(calldataload(0x8a4), calldataload(0x8a4), p), p), 3, p)),
                        and(lt(calldataload(0x8e4), p),
                        and(lt(calldataload(0x904), p),
                        and(eq(mulmod(calldataload(0x904), calldataload(0x904), p), addmod(mulmod(calldataload(0x8e4), mulmod(calldataload(0x8e4), calldataload(0x8e4), p), p), 3, p)),
                        and(lt(calldataload(0x924), p),
                        and(lt(calldataload(0x944), p),
                        and(eq(mulmod(calldataload(0x944), calldataload(0x944), p), addmod(mulmod(calldataload(0x924), mulmod(calldataload(0x924), calldataload(0x924), p), p), 3, p)),
                        and(lt(calldataload(0x964), p),
                        and(lt(calldataload(0x984), p),
                        and(eq(mulmod(calldataload(0x984), calldataload(0x984), p), addmod(mulmod(calldataload(0x964), mulmod(calldataload(0x964), calldataload(0x964), p), p), 3, p)),
                        and(lt(calldataload(0x9a4), p),
                        and(lt(calldataload(0x9c4), p),
                        and(eq(mulmod(calldataload(0x9c4), calldataload(0x9c4), p), addmod(mulmod(calldataload(0x9a4), mulmod(calldataload(0x9a4), calldataload(0x9a4), p), p), 3, p)),
                        and(lt(calldataload(0x9e4), p),
                        and(lt(calldataload(0xa04), p),
                        and(eq(mulmod(calldataload(0xa04), calldataload(0xa04), p), addmod(mulmod(calldataload(0x9e4), mulmod(calldataload(0x9e4), calldataload(0x9e4), p), p), 3, p)),
                        and(lt(calldataload(0xa24), p),
                        and(lt(calldataload(0xa44), p),
                        and(eq(mulmod(calldataload(0xa44), calldataload(0xa44), p), addmod(mulmod(calldataload(0xa24), mulmod(calldataload(0xa24), calldataload(0xa24), p), p), 3, p)), ok))))))))))))))))))))))))))))))
                    ok :=
                        and(lt(calldataload(0xa64), p),
                        and(lt(calldataload(0xa84), p),
                        and(eq(mulmod(calldataload(0xa84), calldataload(0xa84), p), addmod(mulmod(calldataload(0xa64), mulmod(calldataload(0xa64), calldataload(0xa64), p), p), 3, p)),
                        and(lt(calldataload(0xaa4), p),
                        and(lt(calldataload(0xac4), p),
                        and(eq(mulmod(calldataload(0xac4), calldataload(0xac4), p), addmod(mulmod(calldataload(0xaa4), mulmod(calldataload(0xaa4), calldataload(0xaa4), p), p), 3, p)),
                        and(lt(calldataload(0xae4), p),
                        and(lt(calldataload(0xb04), p),
                        and(eq(mulmod(calldataload(0xb04), calldataload(0xb04), p), addmod(mulmod(calldataload(0xae4), mulmod(calldataload(0xae4), calldataload(0xae4), p), p), 3, p)),
                        and(lt(calldataload(0xb24), p),
                        and(lt(calldataload(0xb44), p),
                        and(eq(mulmod(calldataload(0xb44), calldataload(0xb44), p), addmod(mulmod(calldataload(0xb24), mulmod(calldataload(0xb24), calldataload(0xb24), p), p), 3, p)),
                        and(lt(calldataload(0xb64), p),
                        and(lt(calldataload(0xb84), p),
                        and(eq(mulmod(calldataload(0xb84), calldataload(0xb84), p), addmod(mulmod(calldataload(0xb64), mulmod(calldataload(0xb64), calldataload(0xb64), p), p), 3, p)),
                        and(lt(calldataload(0xba4), p),
                        and(lt(calldataload(0xbc4), p),
                        and(eq(mulmod(calldataload(0xbc4), calldataload(0xbc4), p), addmod(mulmod(calldataload(0xba4), mulmod(calldataload(0xba4), calldataload(0xba4), p), p), 3, p)),
                        and(lt(calldataload(0xbe4), p),
                        and(lt(calldataload(0xc04), p),
                        and(eq(mulmod(calldataload(0xc04), calldataload(0xc04), p), addmod(mulmod(calldataload(0xbe4), mulmod(calldataload(0xbe4), calldataload(0xbe4), p), p), 3, p)),
                        and(lt(calldataload(0xc24), p),
                        and(lt(calldataload(0xc44), p),
                        and(eq(mulmod(calldataload(0xc44), calldataload(0xc44), p), addmod(mulmod(calldataload(0xc24), mulmod(calldataload(0xc24), calldataload(0xc24), p), p), 3, p)),
                        and(lt(calldataload(0xc64), p),
                        and(lt(calldataload(0xc84), p),
                        and(eq(mulmod(calldataload(0xc84), calldataload(0xc84), p), addmod(mulmod(calldataload(0xc64), mulmod(calldataload(0xc64), calldataload(0xc64), p), p), 3, p)),
                        and(lt(calldataload(0xca4), p),
                        and(lt(calldataload(0xcc4), p),
                        and(eq(mulmod(calldataload(0xcc4), calldataload(0xcc4), p), addmod(mulmod(calldataload(0xca4), mulmod(calldataload(0xca4), calldataload(0xca4), p), p), 3, p)), ok))))))))))))))))))))))))))))))
                    ok :=
                        and(lt(calldataload(0xce4), p),
                        and(lt(calldataload(0xd04), p),
                        and(eq(mulmod(calldataload(0xd04), calldataload(0xd04), p), addmod(mulmod(calldataload(0xce4), mulmod(calldataload(0xce4), calldataload(0xce4), p), p), 3, p)),
                        and(lt(calldataload(0xd24), p),
                        and(lt(calldataload(0xd44), p),
                        and(eq(mulmod(calldataload(0xd44), calldataload(0xd44), p), addmod(mulmod(calldataload(0xd24), mulmod(calldataload(0xd24), calldataload(0xd24), p), p), 3, p)),
                        and(lt(calldataload(0xd64), p),
                        and(lt(calldataload(0xd84), p),
                        and(eq(mulmod(calldataload(0xd84), calldataload(0xd84), p), addmod(mulmod(calldataload(0xd64), mulmod(calldataload(0xd64), calldataload(0xd64), p), p), 3, p)),
                        and(lt(calldataload(0xda4), p),
                        and(lt(calldataload(0xdc4), p),
                        and(eq(mulmod(calldataload(0xdc4), calldataload(0xdc4), p), addmod(mulmod(calldataload(0xda4), mulmod(calldataload(0xda4), calldataload(0xda4), p), p), 3, p)),
                        and(lt(calldataload(0xde4), p),
                        and(lt(calldataload(0xe04), p),
                        and(eq(mulmod(calldataload(0xe04), calldataload(0xe04), p), addmod(mulmod(calldataload(0xde4), mulmod(calldataload(0xde4), calldataload(0xde4), p), p), 3, p)),
                        and(lt(calldataload(0xe24), p),
                        and(lt(calldataload(0xe44), p),
                        and(eq(mulmod(calldataload(0xe44), calldataload(0xe44), p), addmod(mulmod(calldataload(0xe24), mulmod(calldataload(0xe24), calldataload(0xe24), p), p), 3, p)),
                        and(lt(calldataload(0xe64), p),
                        and(lt(calldataload(0xe84), p),
                        and(eq(mulmod(calldataload(0xe84), calldataload(0xe84), p), addmod(mulmod(calldataload(0xe64), mulmod(calldataload(0xe64), calldataload(0xe64), p), p), 3, p)),
                        and(lt(calldataload(0xea4), p),
                        and(lt(calldataload(0xec4), p),
                        and(eq(mulmod(calldataload(0xec4), calldataload(0xec4), p), addmod(mulmod(calldataload(0xea4), mulmod(calldataload(0xea4), calldataload(0xea4), p), p), 3, p)),
                        and(lt(calldataload(0xee4), p),
                        and(lt(calldataload(0xf04), p),
                        and(eq(mulmod(calldataload(0xf04), calldataload(0xf04), p), addmod(mulmod(calldataload(0xee4), mulmod(calldataload(0xee4), calldataload(0xee4), p), p), 3, p)),
                        and(lt(calldataload(0xf24), p),
                        and(lt(calldataload(0xf44), p),
                        and(eq(mulmod(calldataload(0xf44), calldataload(0xf44), p), addmod(mulmod(calldataload(0xf24), mulmod(calldataload(0xf24), calldataload(0xf24), p), p), 3, p)), ok))))))))))))))))))))))))))))))
                    ok :=
                        and(lt(calldataload(0xf64), p),
                        and(lt(calldataload(0xf84), p),
                        and(eq(mulmod(calldataload(0xf84), calldataload(0xf84), p), addmod(mulmod(calldataload(0xf64), mulmod(calldataload(0xf64), calldataload(0xf64), p), p), 3, p)),
                        and(lt(calldataload(0xfa4), p),
                        and(lt(calldataload(0xfc4), p),
                        and(eq(mulmod(calldataload(0xfc4), calldataload(0xfc4), p), addmod(mulmod(calldataload(0xfa4), mulmod(calldataload(0xfa4), calldataload(0xfa4), p), p), 3, p)),
                        and(lt(calldataload(0xfe4), p),
                        and(lt(calldataload(0x1004), p),
                        and(eq(mulmod(calldataload(0x1004), calldataload(0x1004), p), addmod(mulmod(calldataload(0xfe4), mulmod(calldataload(0xfe4), calldataload(0xfe4), p), p), 3, p)),
                        and(lt(calldataload(0x1024), p),
                        and(lt(calldataload(0x1044), p),
                        and(eq(mulmod(calldataload(0x1044), calldataload(0x1044), p), addmod(mulmod(calldataload(0x1024), mulmod(calldataload(0x1024), calldataload(0x1024), p), p), 3, p)),
                        and(lt(calldataload(0x1064), p),
                        and(lt(calldataload(0x1084), p),
                        and(eq(mulmod(calldataload(0x1084), calldataload(0x1084), p), addmod(mulmod(calldataload(0x1064), mulmod(calldataload(0x1064), calldataload(0x1064), p), p), 3, p)),
                        and(lt(calldataload(0x10a4), p),
                        and(lt(calldataload(0x10c4), p),
                        and(eq(mulmod(calldataload(0x10c4), calldataload(0x10c4), p), addmod(mulmod(calldataload(0x10a4), mulmod(calldataload(0x10a4), calldataload(0x10a4), p), p), 3, p)),
                        and(lt(calldataload(0x10e4), p),
                        and(lt(calldataload(0x1104), p),
                        and(eq(mulmod(calldataload(0x1104), calldataload(0x1104), p), addmod(mulmod(calldataload(0x10e4), mulmod(calldataload(0x10e4), calldataload(0x10e4), p), p), 3, p)),
                        and(lt(calldataload(0x1124), p),
                        and(lt(calldataload(0x1144), p),
                        and(eq(mulmod(calldataload(0x1144), calldataload(0x1144), p), addmod(mulmod(calldataload(0x1124), mulmod(calldataload(0x1124), calldataload(0x1124), p), p), 3, p)),
                        and(lt(calldataload(0x1164), p),
                        and(lt(calldataload(0x1184), p),
                        and(eq(mulmod(calldataload(0x1184), calldataload(0x1184), p), addmod(mulmod(calldataload(0x1164), mulmod(calldataload(0x1164), calldataload(0x1164), p), p), 3, p)),
                        and(lt(calldataload(0x11a4), p),
                        and(lt(calldataload(0x11c4), p),
                        and(eq(mulmod(calldataload(0x11c4), calldataload(0x11c4), p), addmod(mulmod(calldataload(0x11a4), mulmod(calldataload(0x11a4), calldataload(0x11a4), p), p), 3, p)), ok))))))))))))))))))))))))))))))
                    ok :=
                        and(lt(calldataload(0x11e4), p),
                        and(lt(calldataload(0x1204), p),
                        and(eq(mulmod(calldataload(0x1204), calldataload(0x1204), p), addmod(mulmod(calldataload(0x11e4), mulmod(calldataload(0x11e4), calldataload(0x11e4), p), p), 3, p)),
                        and(lt(calldataload(0x1224), p),
                        and(lt(calldataload(0x1244), p),
                        and(eq(mulmod(calldataload(0x1244), calldataload(0x1244), p), addmod(mulmod(calldataload(0x1224), mulmod(calldataload(0x1224), calldataload(0x1224), p), p), 3, p)),
                        and(lt(calldataload(0x1c64), p),
                        and(lt(calldataload(0x1c84), p),
                        and(eq(mulmod(calldataload(0x1c84), calldataload(0x1c84), p), addmod(mulmod(calldataload(0x1c64), mulmod(calldataload(0x1c64), calldataload(0x1c64), p), p), 3, p)),
                        and(lt(calldataload(0x1ca4), p),
                        and(lt(calldataload(0x1cc4), p),
                        and(eq(mulmod(calldataload(0x1cc4), calldataload(0x1cc4), p), addmod(mulmod(calldataload(0x1ca4), mulmod(calldataload(0x1ca4), calldataload(0x1ca4), p), p), 3, p)), ok))))))))))))
                }
                if iszero(ok) {
                    mstore(0, shl(224, 0xd7c7beeb)) // NotCanonical()
                    revert(0, 4)
                }
            }

            // The transcript: the key's digest, the public inputs, the proof in its order.
            // The last hash is placed before each stretch of the proof.
            mstore(0x240, 0x1790b410ee31e5d4933f20429082e6aac4b807e05044f897cdb2bfae8faf2f12)
            calldatacopy(0x260, 0x4, 0x7a0)
            calldatacopy(0xa00, 0x7e4, 5376)
            mstore8(0x20, 1)
            {
                let h
                h := keccak256(0x240, 0xe80)
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
                mstore(0x10a0, h)
                h := keccak256(0x10a0, 0x1e0)
                mstore(0x140, mod(h, r)) // Theta
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0x160, mod(h, r)) // Beta
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0x180, mod(h, r)) // Gamma
                mstore(0x1260, h)
                h := keccak256(0x1260, 0xa0)
                mstore(0x1a0, mod(h, r)) // Y
                mstore(0x12e0, h)
                h := keccak256(0x12e0, 0x1a0)
                mstore(0x1c0, mod(h, r)) // X
                mstore(0x1460, h)
                h := keccak256(0x1460, 0xa20)
                mstore(0x1e0, mod(h, r)) // SetFold
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0x200, mod(h, r)) // Sets
                mstore(0x1e60, h)
                h := keccak256(0x1e60, 0x60)
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
            mstore(0x2a0, mulmod(add(mload(0x220), mulmod(mload(0x1c0), 0x164fe1bebcc03df3bc42064b2e25f034b38ed016beef3b477091d998f2f7f987, r)), mulmod(add(mload(0x220), mulmod(mload(0x1c0), 0x1bd6c4ca60e6768362bea59350315855d824eac51515353089210738742f7697, r)), mulmod(add(mload(0x220), mulmod(mload(0x1c0), 0xcfc09257ce2d04be5ff2306cc994deb8e7d95e7577da5cd892e51fb47588b07, r)), mulmod(add(mload(0x220), mulmod(mload(0x1c0), 0x17ca81e8513c2e49c2fb46c26647349e30a8e8d16531f9e33a3fbea39f878df2, r)), mulmod(add(mload(0x220), mulmod(mload(0x1c0), 0x566fffbb9f283767505fb50085852d112c8c6f13d7a5194bbb3850e5828e9e7, r)), add(mload(0x220), mulmod(mload(0x1c0), 0x2ee72ec80e34e372889b98c40cbe8dcc7cce6b335cc9e31f260bd992f0b3c5c7, r)), r), r), r), r), r))
            mstore(0x260, mload(0x2a0))
            mstore(0x2c0, add(mload(0x240), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000))

            // Lagrange polynomials: x - omega^i for the first row and the last usable one.
            {
                let x := mload(0x1c0)
                mstore(0x2e0, add(x, 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000))
                mstore(0x300, add(x, 0xbcb8b9f3137847ec20ea7f9b61753116fc08e884b0b8ae29709890f7a846fb0))

                // The blinded rows: their sum of omega^i / (x - omega^i), as one fraction.
                let above := add(mulmod(x, 0x101bb6eb80183e9e122a661e594daff66b70b6739485b50c5d711836bd3476b0, r), 0x237ba1573dae0ffe7f4680e026d4f65b879941281b289636b54b71756c38e85c)
                above := add(0x2841cc7078bad8944fcc0efd7b0508bc9a88d93e81b9bc186c42ed6cfc095f65, mulmod(x, add(0x2be610e408710d583818ef44ce74fc3bf1dfc903cc827fa4e216d18089f92265, mulmod(x, add(0x2a4951860a48e1e104eaae0c3a9a08d0bba492bd903e9b926a1c84c6df9277c8, mulmod(x, add(0x20bf1500a7ea57ca7575445f630aa43ced4a6dc39dd864c55e24fd236058b30, mulmod(x, above, r)), r)), r)), r))
                above := add(0x16900853fb4a5e6fbfef223941710750280aeb2db5934329d94761672c6b6d2c, mulmod(x, add(0x4f2441905fc0354251f876a69b669cc421fcb97b70daf592cab31984da68217, mulmod(x, add(0x1c8aa0c286335d33e37b2f1a7ba1a615613716238dba18c9c0da434a506eb625, mulmod(x, above, r)), r)), r))
                let below := add(x, 0x204897876119618ba625df982833a866bcc331d4e533bb84e670dd5d32cb8951)
                below := add(0x1def082e4c11170fbb6e6e510b1ce10b562ff80605470d533c49cdc30ace2c53, mulmod(x, add(0x25d1fa115e9f67b177159a3372dad628f94ac39915a9c9aca95ad462381b620f, mulmod(x, add(0xf72c9b64790fe39b052fb2583c58f5dc87515cebff3f8c1a4aa8c95e8a8d19b, mulmod(x, add(0x1ea67dc7425a982a78ad05466e16dd2f646747b46c252575e93c3cd939e38bd3, mulmod(x, below, r)), r)), r)), r))
                below := add(0x28820beb0195a0518e821db84f666a2d749eb457c9cd5c98eb4f24cd5e9ebafc, mulmod(x, add(0x29b97c21644bebb9fca24c12641a6017fae971cc73a08c93f5d050ae684b2fbe, mulmod(x, add(0x17933a6effcbe07e2440d7f6caa0887b523a5cffc39885ed0b3d5e255914c169, mulmod(x, add(0x15b15ab11692143916b5e742bbf629ac2472d2c53fff36979452c067dfe701a, mulmod(x, below, r)), r)), r)), r))
                mstore(0x3a0, above)
                mstore(0x360, below)

                // The public inputs but the first: their sum of p_i omega^i / (x - omega^i), as one fraction.
                // omega^i cancels: p_i / (x omega^-i - 1)
                let sum := 0
                let product := 1
                let z := mulmod(x, 0x179c2392139def1b24f4e92b4bfba20a0fa885cb6bfc2f2cb92790e00237d0c0, r)
                for { let c := 0x24 } lt(c, 0x7a4) { c := add(c, 0x20) } {
                    let d := add(z, 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000)
                    sum := add(mulmod(sum, d, r), mulmod(calldataload(c), product, r))
                    product := mulmod(product, d, r)
                    z := mulmod(z, 0x179c2392139def1b24f4e92b4bfba20a0fa885cb6bfc2f2cb92790e00237d0c0, r)
                }
                mstore(0x3c0, sum)
                mstore(0x380, product)
            }

            // All inverses from one, that of their product: product^(r - 2).
            {
                let product := mload(0x2e0)
                mstore(0x400, product)
                product := mulmod(product, mload(0x300), r)
                mstore(0x420, product)
                product := mulmod(product, mload(0x360), r)
                mstore(0x440, product)
                product := mulmod(product, mload(0x380), r)
                mstore(0x460, product)
                product := mulmod(product, mload(0x2c0), r)
                mstore(0x480, product)
                product := mulmod(product, mload(0x280), r)
                mstore(0x4a0, product)
                product := mulmod(product, mload(0x260), r)
                mstore(0x4c0, 0x20)
                mstore(0x4e0, 0x20)
                mstore(0x500, 0x20)
                mstore(0x520, product)
                mstore(0x540, sub(r, 2))
                mstore(0x560, r)
                let ok := staticcall(20000, 5, 0x4c0, 0xc0, 0, 0x20)
                let inverse := mload(0)
                if iszero(and(ok, iszero(iszero(inverse)))) {
                    mstore(0, shl(224, 0x7fcdd1f4)) // ProofInvalid()
                    revert(0, 4)
                }
                product := mulmod(inverse, mload(0x4a0), r)
                inverse := mulmod(inverse, mload(0x260), r)
                mstore(0x260, product)
                product := mulmod(inverse, mload(0x480), r)
                inverse := mulmod(inverse, mload(0x280), r)
                mstore(0x280, product)
                product := mulmod(inverse, mload(0x460), r)
                inverse := mulmod(inverse, mload(0x2c0), r)
                mstore(0x2c0, product)
                product := mulmod(inverse, mload(0x440), r)
                inverse := mulmod(inverse, mload(0x380), r)
                mstore(0x380, product)
                product := mulmod(inverse, mload(0x420), r)
                inverse := mulmod(inverse, mload(0x360), r)
                mstore(0x360, product)
                product := mulmod(inverse, mload(0x400), r)
                inverse := mulmod(inverse, mload(0x300), r)
                mstore(0x300, product)
                // (x^n - 1) / n
                let factor := mulmod(add(mload(0x240), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), 0x3061482dfa038d0fb5b4c0b226194047a2616509f531d4fa3acdb77496c10001, r)
                mstore(0x340, mulmod(factor, add(mulmod(inverse, calldataload(0x4), r), mulmod(0x1, mulmod(mload(0x3c0), mload(0x380), r), r)), r))
                mstore(0x2e0, mulmod(factor, inverse, r))
                let end := mulmod(factor, mulmod(0x2498c2d3affa1baaf6419dbccb6a054bb87359c02eade5aeacd86c84757b9051, mload(0x300), r), r)
                mstore(0x300, end)
                mstore(0x320, addmod(1, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(end, mulmod(factor, mulmod(mload(0x3a0), mload(0x360), r), r))), r))
            }

            // Every identity, folded by y: the gates, each times its switch, then the permutation.
            // Each is named: the gate and the equation that holds where its switch is not 0.
            {
                let y := mload(0x1a0)
                mstore(0x380, mulmod(y, y, r))
                mstore(0x3a0, mulmod(y, mload(0x380), r))
                mstore(0x3c0, mulmod(mload(0x380), mload(0x380), r))
                mstore(0x3e0, mulmod(mload(0x3a0), mload(0x3a0), r))
                mstore(0x400, mulmod(mload(0x3a0), mload(0x3c0), r))
                mstore(0x420, mulmod(mload(0x400), mload(0x400), r))
                mstore(0x440, mulmod(mload(0x3e0), mload(0x420), r))
                let m80 := mload(0x80)
                let c1264 := calldataload(0x1264)
                let c1284 := calldataload(0x1284)
                let sum := 0
                let inner
                // hashing: sum = rho sum_next + what the lanes' equations leave
                mstore(0x460, mulmod(add(calldataload(0x1a24), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), add(calldataload(0x1a24), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r))
                mstore(0x480, mulmod(calldataload(0x1a24), add(calldataload(0x1a24), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0x4a0, mulmod(mload(0x480), add(calldataload(0x1a24), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                mstore(0x4c0, mulmod(0x810b7bdd032f006f40d60f3c0403964dc08a6b6bef43d6d8b505398a8000000, mulmod(mload(0x4a0), add(calldataload(0x1a24), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), r), r))
                mstore(0x4e0, mulmod(0x2e6020836d24e427fb4ced7991714a03f131be9ac9fc6135e10de0adc6000001, mulmod(mload(0x4a0), add(calldataload(0x1a24), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r), r))
                mstore(0x500, mulmod(m80, add(0x25a26324d8f2517fee1dee26445d8b5adc205c13c39573091ed4a7220cc35ca4, mulmod(m80, add(0x186f4381ac5b251b54015e239fc0b41511e3759e94f4b0bfc2c031d5e312d7bb, mulmod(m80, add(0x5a10d6a79441fc8e87fa8be1faea29e643a509af9479155274a5ee14741e84e, mulmod(m80, add(0x10a4aec2eb83c613754de6875c1ce75e1c84f7152b46d7b24a6a1a4448529386, mulmod(m80, add(0x9eaa6757a33589225dc9712c137e6c111b4a86ffe4175354486a6d35a408d50, mulmod(m80, add(0x2eefb003c3de47cbd8362735371f61ac5f60d822e53289089c5bc67d62d6b5b6, mulmod(m80, 0x4e569df588ebc1f0bc3a7de5ffec15b6f1f7791292aded2ab7734820fbb11, r)), r)), r)), r)), r)), r)), r))
                mstore(0x520, mulmod(m80, add(0x1c94a351c0f29947a38436abc949cd847af6e26248348d3b3eabeb71889ef4a6, mulmod(m80, add(0x1800a3e3a4b5bafa75356c10d2ee8a17f7621b51f9b882fded3d5f636cd9032e, mulmod(m80, add(0x280529838756f4642519b49254886734f9b098a24929fc351b6d04563d3df067, mulmod(m80, add(0x14f745ab72178a0ec381c3c724123c615135103ceba3e817b153af1e95ad3d1e, mulmod(m80, add(0x174842b4b36b927f83c54800c146235b4792b8928216e1570d867e3a005ea4d, mulmod(m80, add(0x106911f840703b0d17667260340acf73a5cbbacf7b2beb1ffa866d795218f117, mulmod(m80, add(mload(0x500), 0x1d0ca92a569b973a8584623dc48354619f10a93b5b9cef3816ff47ca5c51dd19), r)), r)), r)), r)), r)), r)), r))
                mstore(0x540, addmod(add(mload(0x4e0), add(mload(0x4c0), mulmod(0x810b7bdd032f006f40d60f3c0403964dc08a6b6bef43d6d8b505398a8000000, mulmod(calldataload(0x1a24), mulmod(mload(0x460), add(calldataload(0x1a24), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r), r), r))), mulmod(mulmod(0x244b3ad628e5381f4a3c3448e1210245de26ee365b4b146cf2e9782ef4000001, mulmod(mload(0x460), mload(0x480), r), r), add(0x1, mulmod(m80, add(0x2ccdbad29452bb86c29ffe71f680153fb01bd617caa0f231abef567a3e993d36, mulmod(m80, add(mload(0x520), 0x13cad9750b90a5b50af7c6af1eb49b20678eadd6cea409bf41152d8144ac19fa), r)), r)), r), r))
                mstore(0x560, mulmod(calldataload(0x1424), calldataload(0x1424), r))
                mstore(0x580, mulmod(mulmod(m80, m80, r), mulmod(m80, m80, r), r))
                mstore(0x5a0, mulmod(mload(0x580), mload(0x580), r))
                mstore(0x5c0, mulmod(mload(0x5a0), mload(0x5a0), r))
                mstore(0x5e0, mulmod(mload(0x5c0), mload(0x5c0), r))
                mstore(0x600, mulmod(mload(0x5e0), mload(0x5e0), r))
                mstore(0x620, add(sub(r, mload(0x4c0)), mulmod(mload(0x4e0), mulmod(mload(0x580), mulmod(mload(0x5a0), mulmod(mload(0x600), mulmod(mload(0x600), mload(0x600), r), r), r), r), r)))
                mstore(0x640, mulmod(calldataload(0x13e4), calldataload(0x13e4), r))
                mstore(0x660, mulmod(calldataload(0x13a4), calldataload(0x13a4), r))
                mstore(0x680, mulmod(mload(0x120), add(add(sub(r, calldataload(0x1a44)), add(mulmod(mload(0x620), calldataload(0x13c4), r), add(mulmod(mload(0x540), calldataload(0x13a4), r), sub(r, mulmod(calldataload(0x12e4), mulmod(calldataload(0x13a4), mulmod(mload(0x660), mload(0x660), r), r), r))))), mulmod(mload(0x120), add(add(sub(r, calldataload(0x1a44)), add(mulmod(mload(0x620), calldataload(0x1404), r), add(mulmod(mload(0x540), calldataload(0x13e4), r), sub(r, mulmod(calldataload(0x12e4), mulmod(calldataload(0x13e4), mulmod(mload(0x640), mload(0x640), r), r), r))))), mulmod(mload(0x120), add(sub(r, calldataload(0x1a44)), add(mulmod(mload(0x620), calldataload(0x1444), r), add(mulmod(mload(0x540), calldataload(0x1424), r), sub(r, mulmod(calldataload(0x12e4), mulmod(calldataload(0x1424), mulmod(mload(0x560), mload(0x560), r), r), r))))), r)), r)), r))
                mstore(0x6a0, mulmod(calldataload(0x1364), calldataload(0x1364), r))
                mstore(0x6c0, mulmod(calldataload(0x1324), calldataload(0x1324), r))
                mstore(0x6e0, mulmod(calldataload(0x1304), calldataload(0x1304), r))
                mstore(0x700, addmod(add(calldataload(0x1464), sub(r, mulmod(calldataload(0x1484), m80, r))), sub(0xf1f5883e65f820d099915c908786b9d1c903896a609f32d65369cbe3b0000005, add(add(sub(r, calldataload(0x1a44)), add(mulmod(mload(0x620), c1284, r), add(mulmod(mload(0x540), calldataload(0x1304), r), sub(r, mulmod(calldataload(0x12e4), mulmod(calldataload(0x1304), mulmod(mload(0x6e0), mload(0x6e0), r), r), r))))), mulmod(mload(0x120), add(add(sub(r, calldataload(0x1a44)), add(mulmod(mload(0x620), calldataload(0x1344), r), add(mulmod(mload(0x540), calldataload(0x1324), r), sub(r, mulmod(calldataload(0x12e4), mulmod(calldataload(0x1324), mulmod(mload(0x6c0), mload(0x6c0), r), r), r))))), mulmod(mload(0x120), add(mload(0x680), add(sub(r, calldataload(0x1a44)), add(mulmod(mload(0x620), calldataload(0x1384), r), add(mulmod(mload(0x540), calldataload(0x1364), r), sub(r, mulmod(calldataload(0x12e4), mulmod(calldataload(0x1364), mulmod(mload(0x6a0), mload(0x6a0), r), r), r)))))), r)), r))), r))
                sum := mulmod(mload(0x700), calldataload(0x1a64), r)
                // weights: w = k_c rho^3 w' + rho^2 k_a + rho h + rc
                mstore(0x720, mulmod(calldataload(0x1ac4), add(calldataload(0x1ac4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0x740, mulmod(mload(0x720), add(calldataload(0x1ac4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x12e4), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x1a44), mulmod(m80, add(calldataload(0x1a24), mulmod(m80, add(calldataload(0x1aa4), mulmod(m80, mulmod(calldataload(0x1a84), calldataload(0x14a4), r), r)), r)), r)))), mulmod(mload(0x740), add(calldataload(0x1ac4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r), r))
                // public input: a = public input
                mstore(0x760, addmod(sub(r, calldataload(0x1b24)), add(add(0x4, sub(r, calldataload(0x1ae4))), sub(r, calldataload(0x1b04))), r))
                mstore(0x780, mulmod(mload(0x760), add(mload(0x760), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0x7a0, mulmod(mload(0x780), add(mload(0x760), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                sum := add(mulmod(sum, y, r), mulmod(add(c1264, sub(r, mload(0x340))), mulmod(calldataload(0x1b24), mload(0x7a0), r), r))
                // origin: a = 0
                inner := c1264
                // origin: g = 0
                inner := add(mulmod(inner, y, r), calldataload(0x12c4))
                // origin: sum = 0
                inner := add(mulmod(inner, y, r), calldataload(0x14c4))
                mstore(0x7c0, mulmod(calldataload(0x1b24), add(calldataload(0x1b24), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0x7e0, mulmod(mload(0x780), mload(0x7c0), r))
                sum := add(mulmod(sum, mload(0x3a0), r), mulmod(inner, mload(0x7e0), r))
                // hashing begins and ends: the sum is 0
                mstore(0x800, mulmod(mload(0x7c0), add(calldataload(0x1b24), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x1464), add(mload(0x7e0), mulmod(mload(0x760), mload(0x800), r)), r))
                // lookup ends: the sum is 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x14c4), mulmod(mload(0x800), add(calldataload(0x1b24), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r), r))
                // header of an account: a_next is a bit
                inner := mulmod(calldataload(0x14e4), add(calldataload(0x14e4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r)
                // header of an account: b = tag of the kind
                inner := add(mulmod(inner, y, r), add(c1284, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(0x636f76656e616e742f636f6c6c61746572616c2f7632, mulmod(calldataload(0x14e4), 0x30644e72e131a029b84fe2aa7a924f6a1b2e2d1476b6659238e8eca6fd000001, r)))))
                sum := add(mulmod(sum, mload(0x380), r), mulmod(inner, mulmod(calldataload(0x1b04), mload(0x7a0), r), r))
                // every position counts: a = a' + a_next - a' a_next
                sum := add(mulmod(sum, y, r), mulmod(add(c1264, add(mulmod(calldataload(0x14e4), calldataload(0x1504), r), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x1504), calldataload(0x14e4))))), mulmod(mload(0x780), mulmod(calldataload(0x1b24), calldataload(0x1b04), r), r), r))
                // a block ends: a = 0 or a of the block before
                inner := mulmod(c1264, add(c1264, sub(r, calldataload(0x1524))), r)
                // a block ends: chain = active ? output : chain before
                inner := add(mulmod(inner, y, r), add(add(calldataload(0x12a4), sub(r, calldataload(0x1544))), sub(r, mulmod(c1264, add(c1284, sub(r, calldataload(0x1544))), r))))
                // a block ends: g = active ? g' : g before
                inner := add(mulmod(inner, y, r), add(add(calldataload(0x12c4), sub(r, calldataload(0x1564))), sub(r, mulmod(c1264, add(calldataload(0x1584), sub(r, calldataload(0x1564))), r))))
                sum := add(mulmod(sum, mload(0x3a0), r), mulmod(inner, mulmod(mload(0x760), mulmod(calldataload(0x1b04), mload(0x7c0), r), r), r))
                // a word of an asset: a = 0 or a'
                inner := mulmod(c1264, add(c1264, sub(r, calldataload(0x1504))), r)
                // a word of an asset: unused: b = 0
                inner := add(mulmod(inner, y, r), mulmod(c1284, add(0x1, sub(r, c1264)), r))
                sum := add(mulmod(sum, mload(0x380), r), mulmod(inner, mulmod(calldataload(0x1b04), mload(0x800), r), r))
                // position: c is a bit
                inner := mulmod(calldataload(0x15a4), add(calldataload(0x15a4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r)
                // position: every position: c = 1
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x12a4), add(0x1, sub(r, calldataload(0x15a4))), r))
                // position: (g - g') (gamma + id) = c (amount + delta)
                mstore(0x820, add(calldataload(0x12c4), sub(r, calldataload(0x1584))))
                inner := add(mulmod(inner, y, r), add(mulmod(mload(0x820), add(mload(0xc0), mulmod(0x133100d71fdf35792b16366f4f7684df54ad7e14a329e70f18ee753c76f9dc6f, add(c1284, sub(r, c1264)), r)), r), sub(r, mulmod(calldataload(0x15a4), add(c1264, mload(0xe0)), r))))
                mstore(0x840, mulmod(calldataload(0x1b04), add(calldataload(0x1b04), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                sum := add(mulmod(sum, mload(0x3a0), r), mulmod(inner, mulmod(mload(0x780), mload(0x840), r), r))
                // limbs: a = limbs, and the row below where there is more
                mstore(0x860, mulmod(add(calldataload(0x1b44), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffb), add(calldataload(0x1b44), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffc), r))
                mstore(0x880, mulmod(mload(0x860), add(calldataload(0x1b44), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), r))
                mstore(0x8a0, mulmod(mload(0x880), add(calldataload(0x1b44), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r))
                mstore(0x8c0, add(calldataload(0x15c4), mulmod(calldataload(0x15e4), 0x800, r)))
                mstore(0x8e0, addmod(mulmod(calldataload(0x1664), 0x80000000000000, r), add(mulmod(calldataload(0x1644), 0x100000000000, r), add(add(mload(0x8c0), mulmod(calldataload(0x1604), 0x400000, r)), mulmod(calldataload(0x1624), 0x200000000, r))), r))
                mstore(0x900, 0x40000000000000000)
                mstore(0x920, addmod(add(mload(0x8e0), mulmod(calldataload(0x1684), mload(0x900), r)), mulmod(calldataload(0x16a4), 0x20000000000000000000, r), r))
                mstore(0x940, addmod(add(mload(0x920), mulmod(calldataload(0x16c4), 0x10000000000000000000000, r)), mulmod(calldataload(0x16e4), 0x8000000000000000000000000, r), r))
                mstore(0x960, add(mload(0x940), mulmod(calldataload(0x1704), 0x4000000000000000000000000000, r)))
                mstore(0x980, addmod(c1264, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(mulmod(calldataload(0x17a4), 0x200000000000000000000000000000000000000000, r), addmod(mulmod(calldataload(0x1784), 0x400000000000000000000000000000000000000, r), add(mulmod(calldataload(0x1764), 0x800000000000000000000000000000000000, r), add(add(mload(0x960), mulmod(calldataload(0x1724), 0x2000000000000000000000000000000, r)), mulmod(calldataload(0x1744), 0x1000000000000000000000000000000000, r))), r))), r))
                mstore(0x9a0, mulmod(calldataload(0x1b44), add(calldataload(0x1b44), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0x9c0, mulmod(mload(0x9a0), add(calldataload(0x1b44), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                mstore(0x9e0, mulmod(mload(0x9c0), add(calldataload(0x1b44), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r))
                mstore(0xa00, mulmod(mload(0x860), mload(0x9e0), r))
                mstore(0xa20, mulmod(mload(0x9e0), add(calldataload(0x1b44), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), r))
                mstore(0xa40, mulmod(mload(0xa20), add(calldataload(0x1b44), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffb), r))
                mstore(0xa60, mulmod(mload(0xa20), add(calldataload(0x1b44), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffc), r))
                sum := add(mulmod(sum, y, r), addmod(mulmod(mload(0xa60), add(c1264, sub(r, mload(0x920))), r), add(mulmod(mload(0xa40), add(c1264, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, mload(0x960))), r), add(mulmod(mload(0xa00), add(c1264, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, mload(0x960))), r), add(mulmod(mload(0x980), mulmod(calldataload(0x1b44), mulmod(mload(0x8a0), add(calldataload(0x1b44), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r), r), r), mulmod(mulmod(mload(0x8a0), mload(0x9a0), r), add(mload(0x980), mulmod(0x30644e72e131a029b84f45b68181585d2833e84879b9709143e1f593f0000001, calldataload(0x14e4), r)), r)))), r))
                // limbs: the last limb of a top row is short
                sum := add(mulmod(sum, y, r), add(mulmod(mload(0xa60), add(calldataload(0x16c4), mulmod(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffff01, calldataload(0x16a4), r)), r), add(mulmod(mload(0xa00), add(calldataload(0x1724), mulmod(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffe01, calldataload(0x1704), r)), r), mulmod(mload(0xa40), add(calldataload(0x1724), mulmod(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff, calldataload(0x1704), r)), r))))
                // limbs: unused limb of a top row = 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x16e4), mload(0xa60), r))
                // limbs: unused limb of a top row = 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x1704), mload(0xa60), r))
                // limbs: unused limb of a top row = 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x1724), mload(0xa60), r))
                // limbs: unused limb of a top row = 0
                mstore(0xa80, addmod(mload(0xa60), add(mload(0xa00), mload(0xa40)), r))
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x1744), mload(0xa80), r))
                // limbs: unused limb of a top row = 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x1764), mload(0xa80), r))
                // limbs: unused limb of a top row = 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x1784), mload(0xa80), r))
                // limbs: unused limb of a top row = 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x17a4), mload(0xa80), r))
                // two fields of 16 bits: a = limbs
                inner := add(c1264, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, mload(0x8c0)))
                // two fields of 16 bits: the upper limb is short
                inner := add(mulmod(inner, y, r), add(calldataload(0x1604), mulmod(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffc1, calldataload(0x15e4), r)))
                // two fields of 16 bits: b = limbs
                inner := add(mulmod(inner, y, r), add(c1284, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x1624), mulmod(0x800, calldataload(0x1644), r)))))
                // two fields of 16 bits: the upper limb is short
                inner := add(mulmod(inner, y, r), add(calldataload(0x1664), mulmod(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffc1, calldataload(0x1644), r)))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x1684))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x16a4))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x16c4))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x16e4))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x1704))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x1724))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x1744))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x1764))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x1784))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x17a4))
                sum := add(mulmod(sum, mload(0x420), r), mulmod(inner, mulmod(mload(0x880), mload(0x9c0), r), r))
                // shares: a = limbs
                inner := add(c1264, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, mload(0x8c0)))
                // shares: its complement to 10^4 = limbs
                inner := add(mulmod(inner, y, r), add(add(0x2710, sub(r, c1264)), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x1604), mulmod(0x800, calldataload(0x1624), r)))))
                // shares: b = limbs
                inner := add(mulmod(inner, y, r), add(c1284, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x1644), mulmod(0x800, calldataload(0x1664), r)))))
                // shares: its complement to 10^4 = limbs
                mstore(0xaa0, add(calldataload(0x1684), mulmod(0x800, calldataload(0x16a4), r)))
                inner := add(mulmod(inner, y, r), add(add(0x2710, sub(r, c1284)), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, mload(0xaa0))))
                // shares: operand = limbs
                inner := add(mulmod(inner, y, r), add(calldataload(0x12a4), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x16c4), mulmod(0x800, calldataload(0x16e4), r)))))
                // shares: its complement to 10^4 = limbs
                mstore(0xac0, mulmod(0x800, calldataload(0x1724), r))
                inner := add(mulmod(inner, y, r), add(add(0x2710, sub(r, calldataload(0x12a4))), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x1704), mload(0xac0)))))
                mstore(0xae0, mulmod(mload(0x840), add(calldataload(0x1b04), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                sum := add(mulmod(sum, mload(0x3e0), r), mulmod(inner, mulmod(mload(0x760), mload(0xae0), r), r))
                // a weight and a width: b = limbs
                inner := add(c1284, sub(r, mload(0x8e0)))
                // a weight and a width: the last limb is short
                inner := add(mulmod(inner, y, r), add(calldataload(0x1684), mulmod(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffc1, calldataload(0x1664), r)))
                // a weight and a width: a = limbs
                inner := add(mulmod(inner, y, r), add(c1264, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x16a4), mulmod(0x800, calldataload(0x16c4), r)))))
                // a weight and a width: its complement to 10^4 = limbs
                inner := add(mulmod(inner, y, r), add(add(0x2710, sub(r, c1264)), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x16e4), mulmod(0x800, calldataload(0x1704), r)))))
                mstore(0xb00, mulmod(calldataload(0x1ae4), mload(0x800), r))
                sum := add(mulmod(sum, mload(0x3c0), r), mulmod(inner, add(mload(0xb00), mulmod(mload(0x760), mulmod(calldataload(0x1ae4), mload(0x7c0), r), r)), r))
                // bits: a = bits
                mstore(0xb20, mulmod(calldataload(0x17a4), 0x8000, r))
                inner := add(c1264, sub(r, addmod(mload(0xb20), add(mulmod(calldataload(0x1784), 0x4000, r), add(mulmod(calldataload(0x1764), 0x2000, r), add(mulmod(calldataload(0x1744), 0x1000, r), add(mload(0xac0), addmod(mulmod(calldataload(0x1704), 0x400, r), add(mulmod(calldataload(0x16e4), 0x200, r), add(mulmod(calldataload(0x16c4), 0x100, r), add(mulmod(calldataload(0x16a4), 0x80, r), add(mulmod(calldataload(0x1684), 0x40, r), addmod(mulmod(calldataload(0x1664), 0x20, r), add(mulmod(calldataload(0x1644), 0x10, r), add(mulmod(calldataload(0x1624), 0x8, r), add(add(calldataload(0x15c4), mulmod(0x2, calldataload(0x15e4), r)), mulmod(0x4, calldataload(0x1604), r)))), r))))), r))))), r)))
                // bits: b = -2^(n - 1) times the top bit
                inner := add(mulmod(inner, y, r), add(c1284, mload(0xb20)))
                // bits: g = bits over rho, after g'
                mstore(0xb40, mulmod(m80, calldataload(0x1584), r))
                mstore(0xb60, mulmod(m80, add(calldataload(0x16e4), mulmod(m80, add(calldataload(0x1704), mulmod(m80, add(calldataload(0x1724), mulmod(m80, add(calldataload(0x1744), mulmod(m80, add(calldataload(0x1764), mulmod(m80, add(calldataload(0x1784), mulmod(m80, add(mload(0xb40), calldataload(0x17a4)), r)), r)), r)), r)), r)), r)), r))
                mstore(0xb80, mulmod(m80, add(calldataload(0x1604), mulmod(m80, add(calldataload(0x1624), mulmod(m80, add(calldataload(0x1644), mulmod(m80, add(calldataload(0x1664), mulmod(m80, add(calldataload(0x1684), mulmod(m80, add(calldataload(0x16a4), mulmod(m80, add(mload(0xb60), calldataload(0x16c4)), r)), r)), r)), r)), r)), r)), r))
                inner := add(mulmod(inner, y, r), add(calldataload(0x12c4), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x15c4), mulmod(m80, add(mload(0xb80), calldataload(0x15e4)), r)))))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x15c4), add(calldataload(0x15c4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x15e4), add(calldataload(0x15e4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x1604), add(calldataload(0x1604), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x1624), add(calldataload(0x1624), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x1644), add(calldataload(0x1644), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x1664), add(calldataload(0x1664), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x1684), add(calldataload(0x1684), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x16a4), add(calldataload(0x16a4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x16c4), add(calldataload(0x16c4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x16e4), add(calldataload(0x16e4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x1704), add(calldataload(0x1704), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x1724), add(calldataload(0x1724), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x1744), add(calldataload(0x1744), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x1764), add(calldataload(0x1764), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x1784), add(calldataload(0x1784), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x17a4), add(calldataload(0x17a4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: operand = top bit
                inner := add(mulmod(inner, y, r), add(calldataload(0x12a4), sub(r, calldataload(0x17a4))))
                mstore(0xba0, mulmod(calldataload(0x1ae4), add(calldataload(0x1ae4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0xbc0, mulmod(mload(0xba0), add(calldataload(0x1ae4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                sum := add(mulmod(sum, mload(0x440), r), mulmod(inner, mulmod(mload(0xbc0), add(calldataload(0x1ae4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r), r))
                // lookup: (sum_next - sum - parts) = sum 1 / limb - m (t + 1) / table
                mstore(0xbe0, mulmod(add(calldataload(0x15c4), mload(0xa0)), add(calldataload(0x15e4), mload(0xa0)), r))
                mstore(0xc00, add(calldataload(0x1604), mload(0xa0)))
                mstore(0xc20, mulmod(mload(0xbe0), mload(0xc00), r))
                mstore(0xc40, add(calldataload(0x1624), mload(0xa0)))
                mstore(0xc60, mulmod(mload(0xc20), mload(0xc40), r))
                inner := add(mulmod(mload(0xc60), mulmod(calldataload(0x17c4), add(calldataload(0x1a64), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r), r), mulmod(add(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff, add(mload(0xa0), calldataload(0x1a64))), add(mulmod(mload(0xc60), add(sub(r, calldataload(0x1824)), add(sub(r, calldataload(0x1804)), add(add(calldataload(0x1844), sub(r, calldataload(0x14c4))), sub(r, calldataload(0x17e4))))), r), sub(0xc19139cb84c680a6e14116da06056174a0cfa121e6e5c2450f87d64fc0000004, add(mload(0xc20), add(mulmod(mload(0xbe0), mload(0xc40), r), add(mulmod(mload(0xc40), mulmod(mload(0xc00), add(calldataload(0x15e4), mload(0xa0)), r), r), mulmod(mload(0xc40), mulmod(mload(0xc00), add(calldataload(0x15c4), mload(0xa0)), r), r)))))), r))
                // lookup: part = sum 1 / limb
                mstore(0xc80, mulmod(add(calldataload(0x1644), mload(0xa0)), add(calldataload(0x1664), mload(0xa0)), r))
                mstore(0xca0, add(calldataload(0x1684), mload(0xa0)))
                mstore(0xcc0, mulmod(mload(0xc80), mload(0xca0), r))
                mstore(0xce0, add(calldataload(0x16a4), mload(0xa0)))
                mstore(0xd00, mulmod(mload(0xcc0), mload(0xce0), r))
                mstore(0xd20, add(calldataload(0x16c4), mload(0xa0)))
                inner := add(mulmod(inner, y, r), addmod(mulmod(calldataload(0x17e4), mulmod(mload(0xd00), mload(0xd20), r), r), sub(0xf1f5883e65f820d099915c908786b9d1c903896a609f32d65369cbe3b0000005, add(mload(0xd00), add(mulmod(mload(0xcc0), mload(0xd20), r), add(mulmod(mload(0xd20), mulmod(mload(0xc80), mload(0xce0), r), r), add(mulmod(mload(0xd20), mulmod(mload(0xce0), mulmod(mload(0xca0), add(calldataload(0x1664), mload(0xa0)), r), r), r), mulmod(mload(0xd20), mulmod(mload(0xce0), mulmod(mload(0xca0), add(calldataload(0x1644), mload(0xa0)), r), r), r)))))), r))
                // lookup: part = sum 1 / limb
                mstore(0xd40, mulmod(add(calldataload(0x16e4), mload(0xa0)), add(calldataload(0x1704), mload(0xa0)), r))
                mstore(0xd60, add(calldataload(0x1724), mload(0xa0)))
                mstore(0xd80, mulmod(mload(0xd40), mload(0xd60), r))
                mstore(0xda0, add(calldataload(0x1744), mload(0xa0)))
                mstore(0xdc0, mulmod(mload(0xd80), mload(0xda0), r))
                mstore(0xde0, add(calldataload(0x1764), mload(0xa0)))
                inner := add(mulmod(inner, y, r), addmod(mulmod(calldataload(0x1804), mulmod(mload(0xdc0), mload(0xde0), r), r), sub(0xf1f5883e65f820d099915c908786b9d1c903896a609f32d65369cbe3b0000005, add(mload(0xdc0), add(mulmod(mload(0xd80), mload(0xde0), r), add(mulmod(mload(0xde0), mulmod(mload(0xd40), mload(0xda0), r), r), add(mulmod(mload(0xde0), mulmod(mload(0xda0), mulmod(mload(0xd60), add(calldataload(0x1704), mload(0xa0)), r), r), r), mulmod(mload(0xde0), mulmod(mload(0xda0), mulmod(mload(0xd60), add(calldataload(0x16e4), mload(0xa0)), r), r), r)))))), r))
                // lookup: part = sum 1 / limb
                inner := add(mulmod(inner, y, r), addmod(sub(0xc19139cb84c680a6e14116da06056174a0cfa121e6e5c2450f87d64fc0000004, add(add(calldataload(0x17a4), mload(0xa0)), add(calldataload(0x1784), mload(0xa0)))), mulmod(calldataload(0x1824), mulmod(add(calldataload(0x1784), mload(0xa0)), add(calldataload(0x17a4), mload(0xa0)), r), r), r))
                sum := add(mulmod(sum, mload(0x3c0), r), mulmod(inner, calldataload(0x1a64), r))
                // c follows: c = k_c c' + k_a a
                mstore(0xe00, mulmod(add(calldataload(0x1ac4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), add(calldataload(0x1ac4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), r))
                mstore(0xe20, add(calldataload(0x15a4), sub(r, mulmod(calldataload(0x1a84), calldataload(0x1864), r))))
                mstore(0xe40, mulmod(calldataload(0x1aa4), c1264, r))
                mstore(0xe60, addmod(mload(0xe20), sub(r, mload(0xe40)), r))
                sum := add(mulmod(sum, y, r), mulmod(mload(0xe60), mulmod(calldataload(0x1ac4), mulmod(mload(0xe00), add(calldataload(0x1ac4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r), r), r))
                // c follows: c = k_c c' + k_a a + b
                sum := add(mulmod(sum, y, r), mulmod(add(mload(0xe60), sub(r, c1284)), mulmod(mload(0x720), mload(0xe00), r), r))
                // c follows: c = k_c c' + k_a a b
                sum := add(mulmod(sum, y, r), mulmod(mulmod(mload(0x740), add(calldataload(0x1ac4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), r), add(mload(0xe20), sub(r, mulmod(c1284, mload(0xe40), r))), r))
                // flags: c = 0
                mstore(0xe80, mulmod(calldataload(0x1b04), mload(0xbc0), r))
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x15a4), add(mload(0xe80), mulmod(mload(0x760), mulmod(calldataload(0x1b24), mload(0x840), r), r)), r))
                // flags: word = c
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x12a4), sub(r, calldataload(0x15a4))), add(mload(0xb00), mulmod(mload(0x7c0), mload(0x840), r)), r))
                // flags: a + b = k_a
                sum := add(mulmod(sum, y, r), mulmod(mulmod(calldataload(0x1b24), mload(0xae0), r), add(add(c1264, c1284), sub(r, calldataload(0x1aa4))), r))
                // flags: a + operand + c = b
                sum := add(mulmod(sum, y, r), mulmod(mulmod(mload(0xae0), add(calldataload(0x1b04), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r), add(add(calldataload(0x15a4), add(c1264, calldataload(0x12a4))), sub(r, c1284)), r))
                // flags: a b = operand
                mstore(0xea0, mulmod(calldataload(0x1ae4), mload(0x7a0), r))
                sum := add(mulmod(sum, y, r), mulmod(mload(0xea0), add(sub(r, calldataload(0x12a4)), mulmod(c1284, c1264, r)), r))
                // flags: (1 - operand) a = 0
                sum := add(mulmod(sum, y, r), mulmod(mulmod(c1264, add(0x1, sub(r, calldataload(0x12a4))), r), add(mload(0xea0), mulmod(mload(0x780), mulmod(calldataload(0x1b24), calldataload(0x1ae4), r), r)), r))
                // shares: a = b operand - 10^4 number that follows
                mstore(0xec0, mulmod(calldataload(0x1ae4), mload(0x840), r))
                mstore(0xee0, mulmod(c1284, calldataload(0x12a4), r))
                sum := add(mulmod(sum, y, r), mulmod(mulmod(mload(0x760), mload(0xec0), r), add(add(c1264, sub(r, mload(0xee0))), mulmod(calldataload(0x14e4), 0x2710, r)), r))
                // shares: a = 10^4 c - b operand
                mstore(0xf00, mulmod(calldataload(0x1ae4), mload(0xae0), r))
                mstore(0xf20, mulmod(calldataload(0x15a4), 0x2710, r))
                sum := add(mulmod(sum, y, r), mulmod(mload(0xf00), add(mload(0xee0), add(c1264, sub(r, mload(0xf20)))), r))
                // shares: a = b operand - 10^4 c
                sum := add(mulmod(sum, y, r), mulmod(add(mload(0xf20), add(c1264, sub(r, mload(0xee0)))), mulmod(mload(0x780), mload(0xba0), r), r))
                // remainder of a report: a = operand (b - 1 - a')
                sum := add(mulmod(sum, y, r), mulmod(add(c1264, sub(r, mulmod(calldataload(0x12a4), add(add(c1284, 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), sub(r, calldataload(0x1504))), r))), mulmod(mload(0x7c0), mload(0xba0), r), r))
                // key of an asset: (g - g') (gamma + b) = -(1 or kappa) operand (c + delta a)
                mstore(0xf40, mulmod(calldataload(0x1b04), mload(0xba0), r))
                mstore(0xf60, mulmod(mload(0x760), mload(0xf40), r))
                mstore(0xf80, mulmod(calldataload(0x1b24), mload(0xf40), r))
                sum := add(mulmod(sum, y, r), add(mulmod(add(mload(0xc0), c1284), mulmod(mload(0x820), add(mload(0xf60), mload(0xf80)), r), r), mulmod(add(mload(0xf60), mulmod(mload(0xf80), mload(0x100), r)), mulmod(calldataload(0x12a4), add(calldataload(0x15a4), mulmod(c1264, mload(0xe0), r)), r), r)))
                // kind of an account: g = g'' + g' (1 + (kappa - 1) b)
                sum := add(mulmod(sum, y, r), mulmod(add(add(calldataload(0x12c4), sub(r, calldataload(0x1884))), sub(r, mulmod(calldataload(0x1584), add(0x1, mulmod(c1284, add(mload(0x100), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r)), r))), mulmod(mload(0x840), mload(0xba0), r), r))
                // g = rho^2 g' + rho a + b
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x12c4), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(c1284, mulmod(m80, add(mload(0xb40), c1264), r)))), mulmod(mload(0x760), mload(0xbc0), r), r))
                // g = rho g' + c
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x12c4), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(mload(0xb40), calldataload(0x15a4)))), add(mload(0xf00), mulmod(calldataload(0x1b24), mload(0xbc0), r)), r))
                // g = g' + g_next a
                mstore(0xfa0, mulmod(calldataload(0x1ae4), calldataload(0x1b04), r))
                mstore(0xfc0, mulmod(mload(0x780), mload(0xfa0), r))
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x12c4), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x1584), mulmod(c1264, calldataload(0x18a4), r)))), add(mload(0xe80), mload(0xfc0)), r))
                // a number is in the row below: a_next = number
                mstore(0xfe0, addmod(mulmod(0x8000000000000000000000000, calldataload(0x17a4), r), add(mulmod(0x10000000000000000000000, calldataload(0x1784), r), add(mulmod(0x20000000000000000000, calldataload(0x1764), r), add(mulmod(mload(0x900), calldataload(0x1744), r), addmod(mulmod(0x80000000000000, calldataload(0x1724), r), add(mulmod(0x100000000000, calldataload(0x1704), r), add(add(mload(0xaa0), mulmod(0x400000, calldataload(0x16c4), r)), mulmod(0x200000000, calldataload(0x16e4), r))), r)))), r))
                mstore(0x1000, mulmod(calldataload(0x1b24), mload(0xec0), r))
                mstore(0x1020, mulmod(mload(0x7c0), mload(0xfa0), r))
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x14e4), sub(r, mload(0xfe0))), add(mload(0x1000), mload(0x1020)), r))
                // a block of lines begins: c = b operand
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x15a4), sub(r, mload(0xee0))), mload(0x1000), r))
                // what counts, the first line and the share: c = c'
                mstore(0x1040, add(calldataload(0x15a4), sub(r, calldataload(0x1864))))
                inner := mload(0x1040)
                // what counts, the first line and the share: number + a = b c
                inner := add(mulmod(inner, y, r), add(add(mload(0x940), c1264), sub(r, mulmod(c1284, calldataload(0x15a4), r))))
                // what counts, the first line and the share: halves = a' operand - 10^4 a
                mstore(0x1060, addmod(mulmod(0x80000000000000, calldataload(0x1964), r), add(mulmod(0x100000000000, calldataload(0x1944), r), add(mulmod(0x200000000, calldataload(0x1924), r), add(add(calldataload(0x18c4), mulmod(0x800, calldataload(0x18e4), r)), mulmod(0x400000, calldataload(0x1904), r)))), r))
                mstore(0x1080, add(mload(0x1060), mulmod(mload(0x900), addmod(mulmod(0x80000000000000, calldataload(0x17a4), r), add(mulmod(0x100000000000, calldataload(0x1784), r), add(add(add(calldataload(0x1704), mload(0xac0)), mulmod(0x400000, calldataload(0x1744), r)), mulmod(0x200000000, calldataload(0x1764), r))), r), r)))
                inner := add(mulmod(inner, y, r), add(mulmod(c1264, 0x2710, r), add(mload(0x1080), sub(r, mulmod(calldataload(0x1504), calldataload(0x12a4), r)))))
                sum := add(mulmod(sum, mload(0x3a0), r), mulmod(inner, mload(0xfc0), r))
                // a width less: c = c' - 10^10 operand
                mstore(0x10a0, mulmod(mload(0x760), mulmod(calldataload(0x1b24), mload(0xba0), r), r))
                sum := add(mulmod(sum, y, r), mulmod(add(mload(0x1040), mulmod(calldataload(0x12a4), 0x2540be400, r)), add(mload(0x1020), mload(0x10a0)), r))
                // the second line: number - number above = (b - b') c
                mstore(0x10c0, mulmod(calldataload(0x15a4), add(c1284, sub(r, calldataload(0x1a04))), r))
                sum := add(mulmod(sum, y, r), mulmod(add(sub(r, mload(0x10c0)), addmod(mload(0xfe0), sub(0xf1f5883e65f820d099915c908786b9d1c903896a609f32d65369cbe3b0000005, add(mulmod(0x8000000000000000000000000, calldataload(0x19e4), r), add(mulmod(0x10000000000000000000000, calldataload(0x19c4), r), add(add(mload(0x1060), mulmod(mload(0x900), calldataload(0x1984), r)), mulmod(0x20000000000000000000, calldataload(0x19a4), r))))), r)), mload(0x1020), r))
                // the last two lines: number - a = (b - b') c
                inner := add(add(mload(0x940), sub(r, c1264)), sub(r, mload(0x10c0)))
                // the last two lines: halves - number = (a' - b) (c - 10^10 g)
                inner := add(mulmod(inner, y, r), add(add(mload(0x1080), sub(r, mload(0x940))), sub(r, mulmod(add(calldataload(0x1504), sub(r, c1284)), add(calldataload(0x15a4), mulmod(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f5919bf41c01, calldataload(0x12c4), r)), r))))
                sum := add(mulmod(sum, mload(0x380), r), mulmod(inner, mload(0x10a0), r))
                // permutation: z = 1 in the first row
                sum := add(mulmod(sum, y, r), mulmod(mload(0x2e0), add(0x1, sub(r, calldataload(0x1c24))), r))
                // permutation: z = 0 or 1 in the last row
                sum := add(mulmod(sum, y, r), mulmod(mload(0x300), add(sub(r, calldataload(0x1c24)), mulmod(calldataload(0x1c24), calldataload(0x1c24), r)), r))
                // permutation: z_next (a + beta sigma + gamma) ... = z (a + beta delta^i x + gamma) ...
                mstore(0x10e0, mulmod(mload(0x160), mload(0x1c0), r))
                mstore(0x1100, add(mulmod(add(add(calldataload(0x12e4), mload(0x180)), mulmod(mload(0x160), calldataload(0x1c04), r)), mulmod(add(add(calldataload(0x12c4), mload(0x180)), mulmod(mload(0x160), calldataload(0x1be4), r)), mulmod(add(add(calldataload(0x12a4), mload(0x180)), mulmod(mload(0x160), calldataload(0x1bc4), r)), mulmod(add(add(c1284, mload(0x180)), mulmod(mload(0x160), calldataload(0x1ba4), r)), mulmod(calldataload(0x1c44), add(add(c1264, mload(0x180)), mulmod(mload(0x160), calldataload(0x1b84), r)), r), r), r), r), r), sub(r, mulmod(add(add(calldataload(0x12e4), mload(0x180)), mulmod(mload(0x10e0), 0xa136ba13afa6c83eb7b82fb370e228e74155e48fb8f1c1cfc33fb0da8afb42, r)), mulmod(add(add(calldataload(0x12c4), mload(0x180)), mulmod(mload(0x10e0), 0x18afdf23e9bd9302673fc1e076a492d4d65bd18ebc4d854ed189139bab313e52, r)), mulmod(add(add(calldataload(0x12a4), mload(0x180)), mulmod(mload(0x10e0), 0x13b360d4e82fe915fed16081038f98c211427b87a281bd733c277dbadf10372b, r)), mulmod(mulmod(calldataload(0x1c24), add(mload(0x10e0), add(c1264, mload(0x180))), r), add(add(c1284, mload(0x180)), mulmod(mload(0x10e0), 0x9226b6e22c6f0ca64ec26aad4c86e715b5f898e5e963f25870e56bbe533e9a2, r)), r), r), r), r))))
                sum := add(mulmod(sum, y, r), mulmod(mload(0x320), mload(0x1100), r))
                mstore(0x360, mulmod(sum, mload(0x2c0), r))
            }

            // SHPLONK's scalars: the weights of the sets, minus the evaluation of all at u, minus Z_S0(u).
            // Within a set t = u / x: its points are at u - x omega^i = x (t - omega^i), and x cancels.
            mstore(0x740, mulmod(mload(0x220), mload(0x280), r))
            {
                let m1e0 := mload(0x1e0)
                let m740 := mload(0x740)
                let m1c0 := mload(0x1c0)
                let m220 := mload(0x220)
                let m200 := mload(0x200)
                mstore(0x760, add(m220, mulmod(0x1032bb6ef5e404f0ebb06567907162aef89674105c982671ec74f7dd0d1911b, m1c0, r)))
                mstore(0x780, add(m220, mulmod(0x1116dcf201e18ba5202a51ecd098bae3e5079653eb03ec265da6b254c7545ef6, m1c0, r)))
                mstore(0x420, mulmod(mload(0x260), mulmod(m200, mulmod(mload(0x780), mulmod(mload(0x760), add(m220, mulmod(m1c0, 0x566fffbb9f283767505fb50085852d112c8c6f13d7a5194bbb3850e5828e9e7, r)), r), r), r), r))
                mstore(0x7a0, add(m220, mulmod(0x18c82ae0cd93b10e935b5c8b3585b653188b627d0dbd41648aba64b3edc82f41, m1c0, r)))
                mstore(0x480, mulmod(mulmod(m200, m200, r), mulmod(mload(0x760), mload(0x7a0), r), r))
                mstore(0x7c0, mulmod(m200, mulmod(m200, m200, r), r))
                mstore(0x7e0, mulmod(mload(0x7c0), mulmod(add(m220, mulmod(0x2ee72ec80e34e372889b98c40cbe8dcc7cce6b335cc9e31f260bd992f0b3c5c7, m1c0, r)), mulmod(add(m220, mulmod(0x17ca81e8513c2e49c2fb46c26647349e30a8e8d16531f9e33a3fbea39f878df2, m1c0, r)), mulmod(add(m220, mulmod(0xcfc09257ce2d04be5ff2306cc994deb8e7d95e7577da5cd892e51fb47588b07, m1c0, r)), mulmod(add(m220, mulmod(0x164fe1bebcc03df3bc42064b2e25f034b38ed016beef3b477091d998f2f7f987, m1c0, r)), add(m220, mulmod(0x1bd6c4ca60e6768362bea59350315855d824eac51515353089210738742f7697, m1c0, r)), r), r), r), r), r))
                mstore(0x4e0, mulmod(mload(0x260), mload(0x7e0), r))
                mstore(0x800, mulmod(m200, mload(0x7c0), r))
                mstore(0x820, mulmod(mload(0x760), mload(0x780), r))
                mstore(0x540, mulmod(mload(0x800), mload(0x820), r))
                mstore(0x840, mulmod(m200, mload(0x800), r))
                mstore(0x860, mulmod(mload(0x7a0), mload(0x820), r))
                mstore(0x5a0, mulmod(mload(0x840), mload(0x860), r))
                mstore(0x600, mulmod(mulmod(m200, mload(0x840), r), mulmod(mload(0x780), mload(0x7a0), r), r))
                mstore(0x880, add(m740, 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000))
                mstore(0x8a0, mulmod(mload(0x880), add(m740, 0x18c82ae0cd93b10e935b5c8b3585b653188b627d0dbd41648aba64b3edc82f41), r))
                mstore(0x8c0, mulmod(mload(0x8a0), add(m740, 0x1116dcf201e18ba5202a51ecd098bae3e5079653eb03ec265da6b254c7545ef6), r))
                mstore(0x8e0, mulmod(mload(0x8a0), add(m740, 0x2ee72ec80e34e372889b98c40cbe8dcc7cce6b335cc9e31f260bd992f0b3c5c7), r))
                mstore(0x900, mulmod(mload(0x8e0), add(m740, 0x17ca81e8513c2e49c2fb46c26647349e30a8e8d16531f9e33a3fbea39f878df2), r))
                mstore(0x920, mulmod(add(m740, 0x1bd6c4ca60e6768362bea59350315855d824eac51515353089210738742f7697), add(mulmod(mload(0x900), mulmod(calldataload(0x13c4), 0x2704376136bd398815ff4434cf211a7e7a4ce3b7699b1aa96b2365ee7f643145, r), r), mulmod(add(m740, 0xcfc09257ce2d04be5ff2306cc994deb8e7d95e7577da5cd892e51fb47588b07), add(mulmod(mload(0x8e0), mulmod(calldataload(0x1384), 0x122fc071ad75e908b73759dce91dc465dce365be3b36149d8b3419d748ecfb9, r), r), mulmod(add(m740, 0x17ca81e8513c2e49c2fb46c26647349e30a8e8d16531f9e33a3fbea39f878df2), add(mulmod(mload(0x8a0), mulmod(calldataload(0x1344), 0x2b83711bd0609b8c9b39c5fa42369699cfec44ef1bddc7dbdbc538eb51356aa3, r), r), mulmod(add(m740, 0x2ee72ec80e34e372889b98c40cbe8dcc7cce6b335cc9e31f260bd992f0b3c5c7), add(mulmod(add(m740, 0x18c82ae0cd93b10e935b5c8b3585b653188b627d0dbd41648aba64b3edc82f41), mulmod(calldataload(0x1284), 0x1f3158c298d157bd2cbe5e01e2b2ebd505d8cda3fa22a5e4ade407f5ec12ef63, r), r), mulmod(mload(0x880), mulmod(calldataload(0x1a04), 0xb601fd8e0c0efcd1ad4e9780bc91257f24cafe6dae485662abd7fe7d8b5b050, r), r)), r)), r)), r)), r))
                mstore(0x940, mulmod(mload(0x900), add(m740, 0xcfc09257ce2d04be5ff2306cc994deb8e7d95e7577da5cd892e51fb47588b07), r))
                mstore(0x960, mulmod(mload(0x4e0), add(mulmod(mulmod(mload(0x8c0), add(m740, 0x1032bb6ef5e404f0ebb06567907162aef89674105c982671ec74f7dd0d1911b), r), mulmod(calldataload(0x1884), 0x7e5e21e945f28303df3c475c174ace2730ebd90f659ab25d841d351cc802ffa, r), r), mulmod(add(m740, 0x566fffbb9f283767505fb50085852d112c8c6f13d7a5194bbb3850e5828e9e7), add(mulmod(mload(0x8c0), mulmod(calldataload(0x18a4), 0x23cb86fc538e4051009e739cb56de3bf23f51ab49a06d508ae0eb594f0ff3347, r), r), mulmod(add(m740, 0x1032bb6ef5e404f0ebb06567907162aef89674105c982671ec74f7dd0d1911b), add(mulmod(mload(0x8a0), mulmod(calldataload(0x1564), 0x257e20de8981c2016b377f588f1636be6c5dbff16552c600da5cb9dcbaa7fbd4, r), r), mulmod(add(m740, 0x1116dcf201e18ba5202a51ecd098bae3e5079653eb03ec265da6b254c7545ef6), add(mulmod(add(m740, 0x18c82ae0cd93b10e935b5c8b3585b653188b627d0dbd41648aba64b3edc82f41), mulmod(calldataload(0x12c4), 0x12cf8e0601987cba89fc07d2f5d463ee7535472f0d62f0b71ecbe41630576304, r), r), mulmod(mload(0x880), mulmod(calldataload(0x1584), 0x2d2dd359308d393ff52b11e588b6ddc90004d9736a161acd4c2cb9e227813dea, r), r)), r)), r)), r)), r))
                mstore(0x980, mulmod(m1e0, add(calldataload(0x1624), mulmod(m1e0, add(calldataload(0x1644), mulmod(m1e0, add(calldataload(0x1664), mulmod(m1e0, add(calldataload(0x1684), mulmod(m1e0, add(calldataload(0x16a4), mulmod(m1e0, add(calldataload(0x16c4), mulmod(m1e0, calldataload(0x16e4), r)), r)), r)), r)), r)), r)), r))
                mstore(0x9a0, mulmod(m1e0, add(calldataload(0x1924), mulmod(m1e0, add(calldataload(0x1944), mulmod(m1e0, add(calldataload(0x1964), mulmod(m1e0, add(calldataload(0x1984), mulmod(m1e0, add(calldataload(0x19a4), mulmod(m1e0, add(calldataload(0x19c4), mulmod(m1e0, calldataload(0x19e4), r)), r)), r)), r)), r)), r)), r))
                mstore(0x9c0, add(mulmod(add(m740, 0x18c82ae0cd93b10e935b5c8b3585b653188b627d0dbd41648aba64b3edc82f41), mulmod(0x1a141ce49dd20be7bbf1f15fab998f3c5311940a253962ff8a9419d9a1ad2855, add(calldataload(0x12e4), mulmod(m1e0, add(calldataload(0x15a4), mulmod(m1e0, add(calldataload(0x15c4), mulmod(m1e0, add(calldataload(0x15e4), mulmod(m1e0, add(mload(0x980), calldataload(0x1604)), r)), r)), r)), r)), r), r), mulmod(mload(0x880), mulmod(0x1650318e435f9441fc5e5456d5e7c920d522543e54800d91b94ddbba4e52d7ac, add(calldataload(0x14a4), mulmod(m1e0, add(calldataload(0x1864), mulmod(m1e0, add(calldataload(0x18c4), mulmod(m1e0, add(calldataload(0x18e4), mulmod(m1e0, add(mload(0x9a0), calldataload(0x1904)), r)), r)), r)), r)), r), r)))
                mstore(0x9e0, addmod(mulmod(mload(0x9c0), mload(0x540), r), add(mload(0x960), add(mulmod(mload(0x480), add(mulmod(add(m740, 0x1116dcf201e18ba5202a51ecd098bae3e5079653eb03ec265da6b254c7545ef6), mulmod(calldataload(0x12a4), 0x2e4d2c28328f788ddeec2fee0ed8fa3c97e0b141822948aa1806596d45c88080, r), r), mulmod(mload(0x880), mulmod(calldataload(0x1544), 0x217224aaea2279bd96415c872a85e2090533706f79027e72bdb9c26aa377f81, r), r)), r), add(add(mulmod(mload(0x8c0), mulmod(calldataload(0x14e4), 0x5959fdd75cb6acfbb2aec8b340c1ca0295138e7b13070916170eafedb55e51d, r), r), mulmod(add(m740, 0x1032bb6ef5e404f0ebb06567907162aef89674105c982671ec74f7dd0d1911b), add(mulmod(mload(0x8a0), mulmod(calldataload(0x1524), 0xa92b888267ba61f700c583fefcb91bfd0668cad772dfd96229c18e0a9bd8410, r), r), mulmod(add(m740, 0x1116dcf201e18ba5202a51ecd098bae3e5079653eb03ec265da6b254c7545ef6), add(mulmod(add(m740, 0x18c82ae0cd93b10e935b5c8b3585b653188b627d0dbd41648aba64b3edc82f41), mulmod(calldataload(0x1264), 0x24e3c9a2f363edb6a5baaafc37650b41f523c7b1f45a40f3645aa752d936373b, r), r), mulmod(mload(0x880), mulmod(calldataload(0x1504), 0x2bbc7add32b841ad9fae9ba5a7c5f718618c4349d6ba32079f5c3ff581b65f9a, r), r)), r)), r)), mulmod(mload(0x420), add(mulmod(add(m740, 0x164fe1bebcc03df3bc42064b2e25f034b38ed016beef3b477091d998f2f7f987), add(mload(0x920), mulmod(mload(0x940), mulmod(calldataload(0x1404), 0x1b2cc0a339e080af4c8c4e8ebc6c495494761ad703398213469165b967db918f, r), r)), r), mulmod(mulmod(mload(0x940), add(m740, 0x1bd6c4ca60e6768362bea59350315855d824eac51515353089210738742f7697), r), mulmod(calldataload(0x1444), 0x28285c08af5e84c8107501047b338c946c2ca9bda578d117d0b908414e336321, r), r)), r)))), r))
                mstore(0xa00, mulmod(m1e0, add(calldataload(0x1b84), mulmod(m1e0, add(calldataload(0x1ba4), mulmod(m1e0, add(calldataload(0x1bc4), mulmod(m1e0, add(calldataload(0x1be4), mulmod(m1e0, add(calldataload(0x1c04), mulmod(m1e0, add(mload(0x360), mulmod(m1e0, calldataload(0x1b64), r)), r)), r)), r)), r)), r)), r))
                mstore(0xa20, mulmod(m1e0, add(calldataload(0x1a84), mulmod(m1e0, add(calldataload(0x1aa4), mulmod(m1e0, add(calldataload(0x1ac4), mulmod(m1e0, add(calldataload(0x1ae4), mulmod(m1e0, add(calldataload(0x1b04), mulmod(m1e0, add(calldataload(0x1b24), mulmod(m1e0, add(mload(0xa00), calldataload(0x1b44)), r)), r)), r)), r)), r)), r)), r))
                mstore(0xa40, mulmod(m1e0, add(calldataload(0x17c4), mulmod(m1e0, add(calldataload(0x17e4), mulmod(m1e0, add(calldataload(0x1804), mulmod(m1e0, add(calldataload(0x1824), mulmod(m1e0, add(calldataload(0x1a24), mulmod(m1e0, add(calldataload(0x1a44), mulmod(m1e0, add(mload(0xa20), calldataload(0x1a64)), r)), r)), r)), r)), r)), r)), r))
                mstore(0xa60, mulmod(m1e0, add(calldataload(0x1424), mulmod(m1e0, add(calldataload(0x1704), mulmod(m1e0, add(calldataload(0x1724), mulmod(m1e0, add(calldataload(0x1744), mulmod(m1e0, add(calldataload(0x1764), mulmod(m1e0, add(calldataload(0x1784), mulmod(m1e0, add(mload(0xa40), calldataload(0x17a4)), r)), r)), r)), r)), r)), r)), r))
                mstore(0xa80, addmod(add(mload(0x9e0), mulmod(mload(0x5a0), add(calldataload(0x1304), mulmod(m1e0, add(calldataload(0x1324), mulmod(m1e0, add(calldataload(0x1364), mulmod(m1e0, add(calldataload(0x13a4), mulmod(m1e0, add(mload(0xa60), calldataload(0x13e4)), r)), r)), r)), r)), r)), mulmod(mload(0x600), add(mulmod(add(m740, 0x1032bb6ef5e404f0ebb06567907162aef89674105c982671ec74f7dd0d1911b), mulmod(0x1650318e435f9441fc5e5456d5e7c920d522543e54800d91b94ddbba4e52d7ad, add(calldataload(0x1464), mulmod(m1e0, add(calldataload(0x14c4), mulmod(m1e0, calldataload(0x1c24), r)), r)), r), r), mulmod(mload(0x880), mulmod(0x1a141ce49dd20be7bbf1f15fab998f3c5311940a253962ff8a9419d9a1ad2854, add(calldataload(0x1484), mulmod(m1e0, add(calldataload(0x1844), mulmod(m1e0, calldataload(0x1c44), r)), r)), r), r)), r), r))
                mstore(0x660, sub(r, mload(0xa80)))
                mstore(0x6c0, sub(r, mulmod(mload(0x860), add(m220, sub(r, m1c0)), r)))
            }
            mstore(0x720, mload(0x220))
            mstore(0x3c0, mload(0x240))

            // The points that are folded, each below the one before it.
            calldatacopy(0x1440, 0x10e4, 0x140)
            calldatacopy(0x1200, 0xa24, 0x240)
            calldatacopy(0x11c0, 0x864, 0x40)
            calldatacopy(0x1180, 0xee4, 0x40)
            mstore(0x1100, 0x0e430b2f9132bc776c5ebf71fd181c58449b37c99d5b09c54a8ae43633e3467b)
            mstore(0x1120, 0x12e175fe990321c8d42012d8a5ee01e7812279e22a3a9abf32e9cb69f141a9b0)
            mstore(0x10c0, 0x23fcd9e6c7522a7994cae166a243bbc790ea60199b4fdfe109e3c20e4c95d80a)
            mstore(0x10e0, 0x17cdacd0f7feabded106440237cdffab05140909b81774c4ad4346dad86825c3)
            mstore(0x1080, 0x224d4b2f9f0614980a12d79216bedd15df1c891a1107926df92240524f9a1444)
            mstore(0x10a0, 0x0fd6d5f30efe7fc3a5dedadd48acd5de8979cc4022d70268d5c0e253a445036a)
            mstore(0x1040, 0x23231bbf16f0c03aa8db4b2733fa0db79d61d86798e96b146653d3b537e748d6)
            mstore(0x1060, 0x11f791f35cc1eb54a020be9fa3a7fdf74a8dff09138029f18ce349b18b8bf627)
            mstore(0x1000, 0x044cb897031d7ad209f62354ab6bd60071344941302dce144ac1e85dd3479d2b)
            mstore(0x1020, 0x02d9977b1e2082a122adf36dd3cd06e452687daa181dff1fa9a308186ff91822)
            mstore(0xfc0, 0x27aa526d031250f28a5f7396330da1ef92f082eb021f87d86a87b3363cd1b4ad)
            mstore(0xfe0, 0x0a878d9f756a31feb941eb2ec8d69dee0e316ebf036fc2a8e3bd77ef41b2bded)
            mstore(0xf80, 0x2295707814ae9e54613885807f1ecfe6c758219ee204bdc570d3bffac785e371)
            mstore(0xfa0, 0x0d79fa682fbfbf110a338b6b00e49cb0b4326280e734af1957973720b3037cac)
            mstore(0xf40, 0x1ab0c8d39e80c80d1eed52b2f4aee0e8df693e58308911f47165aab39280465c)
            mstore(0xf60, 0x296d8b407dea649219ffaf86edec835c4f6d37fb6b6da2cfb9e95b11b48094d5)
            mstore(0xf00, 0x2f14949a64d6254b2622426f4c2bc37d56723165a482115e6d5cf35b59e4d041)
            mstore(0xf20, 0x1d3ed0eceac9646990e963c8cfb8f332d3c8eb7e537895530d2eabfeb08448eb)
            mstore(0xec0, 0x122941506849f4acdba674fdca6cbcdcf1a3f3da00acdffa46b32d6dd9fc7f6f)
            mstore(0xee0, 0x19cd6ea5d31fe9f196b256fc7ae83243d81ac5a4a096088f421fd581e9ea337d)
            mstore(0xe80, 0x299bec206380dacc3d86b3ad8d8093eff5b32ba1941d27076c76f25f5755d3e8)
            mstore(0xea0, 0x1139918b43fb4f7ab52e17c2d1722f53a61e544233fe0f4826a1b3a7d3b4bf05)
            mstore(0xe40, 0x018b1e961c2cdc1830e46d2239b78b9316d570cf17d36f12ce46f1ccfb233817)
            mstore(0xe60, 0x1eaf2cf717c9b3e35a2ff422efde16e634626014a8fb0140b94dfd11e7d53ca4)
            mstore(0xe00, 0x1fc844aacbfb06a189aa1516c747d1e6683756764a9334bb3d2ea7b14153b3df)
            mstore(0xe20, 0x2ef8b4fdab6692bec018f94483880dda5fd94ff1c82760171816116f5ec7e99f)
            mstore(0xdc0, 0x119af9a72b9da35511c6c8232184cf22dde986539302c76a8458f2a326f3ef9f)
            mstore(0xde0, 0x26a36353d8bb3883835fe7a09143adf73ca3332bd786f86fe89dc0cb5736714f)
            mstore(0xd80, 0x30505928e4bda6a84bdffb3fc3e3bc1f36ce4aa2d65c6bbcaca7c1b50c472c55)
            mstore(0xda0, 0x0656796093b09faef1c9923eb0ae094e2cd0b4caa2e224f5941f3213058a8d86)
            calldatacopy(0xcc0, 0xfa4, 0xc0)
            calldatacopy(0xc80, 0xe64, 0x40)
            calldatacopy(0xb00, 0xca4, 0x180)
            calldatacopy(0x980, 0x8a4, 0x180)
            calldatacopy(0x900, 0xf24, 0x80)

            // The quotient's commitment: its pieces folded by x^n. Calls run from the last line up.
            let ok := 1
            calldatacopy(0x380, 0x1224, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x1440, 0x80, 0x1140, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x1480, 0x40),
                and(staticcall(2000, 6, 0x1480, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x14c0, 0x40),
                and(staticcall(2000, 6, 0x14c0, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x1500, 0x40),
                and(staticcall(2000, 6, 0x1500, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x1540, 0x40),
                and(staticcall(2000, 6, 0x1540, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x1580, 0x40), ok))))))))))
            mstore(0x3c0, mload(0x1e0))

            // Set 0: opened at x omega^i for i = [-16, -1, 0, 1], folded by y.
            calldatacopy(0x780, 0x7e4, 0x40)

            // Set 1: opened at x omega^i for i = [-1, 0, 17, 34, 51, 68, 85], folded by y.
            calldatacopy(0x3e0, 0x824, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x740, 0x80, 0x780, 0x40),
                and(staticcall(20000, 7, 0x3e0, 0x60, 0x740, 0x40), ok))

            // Set 2: opened at x omega^i for i = [-16, 0], folded by y.
            calldatacopy(0x440, 0xe24, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x740, 0x80, 0x780, 0x40),
                and(staticcall(20000, 7, 0x440, 0x60, 0x740, 0x40), ok))

            // Set 3: opened at x omega^i for i = [-16, -2, -1, 0, 1], folded by y.
            calldatacopy(0x4a0, 0xea4, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x740, 0x80, 0x780, 0x40),
                and(staticcall(20000, 7, 0x4a0, 0x60, 0x740, 0x40), ok))

            // Set 4: opened at x omega^i for i = [-1, 0], folded by y.
            calldatacopy(0x380, 0xc64, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x740, 0x80, 0x780, 0x40),
                and(staticcall(20000, 7, 0x500, 0x60, 0x740, 0x40),
                and(staticcall(2000, 6, 0x1180, 0x80, 0x500, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x11c0, 0x40),
                and(staticcall(2000, 6, 0x11c0, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x1200, 0x40),
                and(staticcall(2000, 6, 0x1200, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x1240, 0x40),
                and(staticcall(2000, 6, 0x1240, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x1280, 0x40),
                and(staticcall(2000, 6, 0x1280, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x12c0, 0x40),
                and(staticcall(2000, 6, 0x12c0, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x1300, 0x40),
                and(staticcall(2000, 6, 0x1300, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x1340, 0x40),
                and(staticcall(2000, 6, 0x1340, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x1380, 0x40),
                and(staticcall(2000, 6, 0x1380, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x13c0, 0x40),
                and(staticcall(2000, 6, 0x13c0, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x1400, 0x40),
                and(staticcall(2000, 6, 0x1400, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x1440, 0x40), ok))))))))))))))))))))))))

            // Set 5: opened at x omega^i for i = [0], folded by y.
            calldatacopy(0x380, 0x10a4, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x740, 0x80, 0x780, 0x40),
                and(staticcall(20000, 7, 0x560, 0x60, 0x740, 0x40),
                and(staticcall(2000, 6, 0x980, 0x80, 0x560, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x9c0, 0x40),
                and(staticcall(2000, 6, 0x9c0, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xa00, 0x40),
                and(staticcall(2000, 6, 0xa00, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xa40, 0x40),
                and(staticcall(2000, 6, 0xa40, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xa80, 0x40),
                and(staticcall(2000, 6, 0xa80, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xac0, 0x40),
                and(staticcall(2000, 6, 0xac0, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xb00, 0x40),
                and(staticcall(2000, 6, 0xb00, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xb40, 0x40),
                and(staticcall(2000, 6, 0xb40, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xb80, 0x40),
                and(staticcall(2000, 6, 0xb80, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xbc0, 0x40),
                and(staticcall(2000, 6, 0xbc0, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xc00, 0x40),
                and(staticcall(2000, 6, 0xc00, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xc40, 0x40),
                and(staticcall(2000, 6, 0xc40, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xc80, 0x40),
                and(staticcall(2000, 6, 0xc80, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xcc0, 0x40),
                and(staticcall(2000, 6, 0xcc0, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xd00, 0x40),
                and(staticcall(2000, 6, 0xd00, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xd40, 0x40),
                and(staticcall(2000, 6, 0xd40, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xd80, 0x40),
                and(staticcall(2000, 6, 0xd80, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xdc0, 0x40),
                and(staticcall(2000, 6, 0xdc0, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xe00, 0x40),
                and(staticcall(2000, 6, 0xe00, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xe40, 0x40),
                and(staticcall(2000, 6, 0xe40, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xe80, 0x40),
                and(staticcall(2000, 6, 0xe80, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xec0, 0x40),
                and(staticcall(2000, 6, 0xec0, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xf00, 0x40),
                and(staticcall(2000, 6, 0xf00, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xf40, 0x40),
                and(staticcall(2000, 6, 0xf40, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xf80, 0x40),
                and(staticcall(2000, 6, 0xf80, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0xfc0, 0x40),
                and(staticcall(2000, 6, 0xfc0, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x1000, 0x40),
                and(staticcall(2000, 6, 0x1000, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x1040, 0x40),
                and(staticcall(2000, 6, 0x1040, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x1080, 0x40),
                and(staticcall(2000, 6, 0x1080, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x10c0, 0x40),
                and(staticcall(2000, 6, 0x10c0, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x1100, 0x40),
                and(staticcall(2000, 6, 0x1100, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x1140, 0x40),
                and(staticcall(2000, 6, 0x1140, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x1180, 0x40), ok))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))

            // Set 6: opened at x omega^i for i = [0, 1], folded by y.
            calldatacopy(0x380, 0x1064, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x740, 0x80, 0x780, 0x40),
                and(staticcall(20000, 7, 0x5c0, 0x60, 0x740, 0x40),
                and(staticcall(2000, 6, 0x900, 0x80, 0x5c0, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x940, 0x40),
                and(staticcall(2000, 6, 0x940, 0x80, 0x380, 0x40),
                and(staticcall(20000, 7, 0x380, 0x60, 0x980, 0x40), ok))))))

            // The generator, SHPLONK's quotient W and its opening W'.
            mstore(0x620, 1)
            mstore(0x640, 2)
            calldatacopy(0x680, 0x1c64, 0x40)
            calldatacopy(0x6e0, 0x1ca4, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x740, 0x80, 0x780, 0x40),
                and(staticcall(20000, 7, 0x6e0, 0x60, 0x740, 0x40),
                and(staticcall(2000, 6, 0x740, 0x80, 0x780, 0x40),
                and(staticcall(20000, 7, 0x680, 0x60, 0x740, 0x40),
                and(staticcall(2000, 6, 0x740, 0x80, 0x780, 0x40),
                and(staticcall(20000, 7, 0x620, 0x60, 0x740, 0x40), ok))))))

            // e(F, -G2) e(W', tau G2) = 1.
            mstore(0x7c0, 0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2)
            mstore(0x7e0, 0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed)
            mstore(0x800, 0x275dc4a288d1afb3cbb1ac09187524c7db36395df7be3b99e673b13a075a65ec)
            mstore(0x820, 0x1d9befcd05a5323e6da4d435f3b617cdb3af83285c2df711ef39c01571827f9d)
            calldatacopy(0x840, 0x1ca4, 0x40)
            mstore(0x880, 0x260e01b251f6f1c7e7ff4e580791dee8ea51d87a358e038b4efe30fac09383c1)
            mstore(0x8a0, 0x0118c4d5b837bcc2bc89b5b398b5974e9f5944073b32078b7e231fec938883b0)
            mstore(0x8c0, 0x04fc6369f7110fe3d25156c1bb9a72859cf2a04641f99ba4ee413c80da6a5fe4)
            mstore(0x8e0, 0x22febda3c0c0632a56475b4214e5615e11e6dd3f96e6cea2854a87d4dacc5e55)
            ok := and(staticcall(300000, 8, 0x780, 0x180, 0, 0x20), ok)
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
