// SPDX-License-Identifier: MIT OR Apache-2.0
// Generated from the verifying key. Do not edit.
pragma solidity ^0.8.30;

/// @title Verifier of proofs of the circuit covenant-2/8x42x16x8/1d6c6e4189e31c478bff4253aaa1d29f7b0e678536c9614fad5aeebb59e48168
/// @notice KZG with the ceremony aztec-ignition. Halo2 with the keccak transcript and SHPLONK.
/// @dev Says only that the public inputs are true of some secret. Whoever calls it builds the
/// public inputs itself, from values it checked (S9); see ICovenantVerifier.
contract CovenantProofMedium {
    /// @notice The calldata is not exactly 37 public inputs and a proof of 5472 bytes.
    error WrongLength();
    /// @notice A scalar is not below r, or a point is not on the curve.
    error NotCanonical();
    /// @notice A precompile failed or was not given enough gas.
    error PrecompileFailed();
    /// @notice The proof does not prove the statement.
    error ProofInvalid();

    /// @notice Returns true if the proof proves the statement; reverts otherwise.
    /// @param instances The public inputs, each below r.
    /// @param proof Exactly 5472 bytes.
    function verify(uint256[37] calldata instances, bytes calldata proof)
        external
        view
        returns (bool)
    {
        // Both are read from calldata, at places that are checked first.
        (instances, proof);
        assembly {
            let r := 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001

            // Exact calldata: the offset of the proof, its length, nothing after it.
            if iszero(and(and(eq(calldatasize(), 6724), eq(calldataload(0x4a4), 0x4c0)), eq(calldataload(0x4c4), 5472))) {
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
                    and(lt(calldataload(0xfa4), r),
                    and(lt(calldataload(0xfc4), r),
                    and(lt(calldataload(0xfe4), r),
                    and(lt(calldataload(0x1004), r),
                    and(lt(calldataload(0x1024), r),
                    and(lt(calldataload(0x1044), r),
                    and(lt(calldataload(0x1064), r),
                    and(lt(calldataload(0x1084), r),
                    and(lt(calldataload(0x10a4), r),
                    and(lt(calldataload(0x10c4), r),
                    and(lt(calldataload(0x10e4), r),
                    and(lt(calldataload(0x1104), r),
                    and(lt(calldataload(0x1124), r),
                    and(lt(calldataload(0x1144), r),
                    and(lt(calldataload(0x1164), r),
                    and(lt(calldataload(0x1184), r),
                    and(lt(calldataload(0x11a4), r),
                    and(lt(calldataload(0x11c4), r),
                    and(lt(calldataload(0x11e4), r),
                    and(lt(calldataload(0x1204), r),
                    and(lt(calldataload(0x1224), r),
                    and(lt(calldataload(0x1244), r),
                    and(lt(calldataload(0x1264), r), ok))))))))))))))))))))))))))))))
                ok :=
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
                    and(lt(calldataload(0x15e4), r),
                    and(lt(calldataload(0x1604), r),
                    and(lt(calldataload(0x1624), r), ok))))))))))))))))))))))))))))))
                ok :=
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
                    and(lt(calldataload(0x19a4), r), ok))))))))))))))))))))))))))))

                // Every point: x < p, y < p and y^2 = x^3 + 3. The identity (0, 0) is not on the curve.
                {
                    let p := 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47
                    ok :=
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
                        and(eq(mulmod(calldataload(0x5c4), calldataload(0x5c4), p), addmod(mulmod(calldataload(0x5a4), mulmod(calldataload(0x5a4), calldataload(0x5a4), p), p), 3, p)),
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
                        and(eq(mulmod(calldataload(0x744), calldataload(0x744), p), addmod(mulmod(calldataload(0x724), mulmod(calldataload(0x724), calldataload(0x724), p), p), 3, p)), ok))))))))))))))))))))))))))))))
                    ok :=
                        and(lt(calldataload(0x764), p),
                        and(lt(calldataload(0x784), p),
                        and(eq(mulmod(calldataload(0x784), calldataload(0x784), p), addmod(mulmod(calldataload(0x764), mulmod(calldataload(0x764), calldataload(0x764), p), p), 3, p)),
                        and(lt(calldataload(0x7a4), p),
                        and(lt(calldataload(0x7c4), p),
                        and(eq(mulmod(calldataload(0x7c4), calldataload(0x7c4), p), addmod(mulmod(calldataload(0x7a4), mulmod(calldataload(0x7a4), calldataload(0x7a4), p), p), 3, p)),
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
                        and(eq(mulmod(calldataload(0x9c4), calldataload(0x9c4), p), addmod(mulmod(calldataload(0x9a4), mulmod(calldataload(0x9a4), calldataload(0x9a4), p), p), 3, p)), ok))))))))))))))))))))))))))))))
                    ok :=
                        and(lt(calldataload(0x9e4), p),
                        and(lt(calldataload(0xa04), p),
                        and(eq(mulmod(calldataload(0xa04), calldataload(0xa04), p), addmod(mulmod(calldataload(0x9e4), mulmod(calldataload(0x9e4), calldataload(0x9e4), p), p), 3, p)),
                        and(lt(calldataload(0xa24), p),
                        and(lt(calldataload(0xa44), p),
                        and(eq(mulmod(calldataload(0xa44), calldataload(0xa44), p), addmod(mulmod(calldataload(0xa24), mulmod(calldataload(0xa24), calldataload(0xa24), p), p), 3, p)),
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
                        and(eq(mulmod(calldataload(0xc44), calldataload(0xc44), p), addmod(mulmod(calldataload(0xc24), mulmod(calldataload(0xc24), calldataload(0xc24), p), p), 3, p)), ok))))))))))))))))))))))))))))))
                    ok :=
                        and(lt(calldataload(0xc64), p),
                        and(lt(calldataload(0xc84), p),
                        and(eq(mulmod(calldataload(0xc84), calldataload(0xc84), p), addmod(mulmod(calldataload(0xc64), mulmod(calldataload(0xc64), calldataload(0xc64), p), p), 3, p)),
                        and(lt(calldataload(0xca4), p),
                        and(lt(calldataload(0xcc4), p),
                        and(eq(mulmod(calldataload(0xcc4), calldataload(0xcc4), p), addmod(mulmod(calldataload(0xca4), mulmod(calldataload(0xca4), calldataload(0xca4), p), p), 3, p)),
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
                        and(eq(mulmod(calldataload(0xec4), calldataload(0xec4), p), addmod(mulmod(calldataload(0xea4), mulmod(calldataload(0xea4), calldataload(0xea4), p), p), 3, p)), ok))))))))))))))))))))))))))))))
                    ok :=
                        and(lt(calldataload(0xee4), p),
                        and(lt(calldataload(0xf04), p),
                        and(eq(mulmod(calldataload(0xf04), calldataload(0xf04), p), addmod(mulmod(calldataload(0xee4), mulmod(calldataload(0xee4), calldataload(0xee4), p), p), 3, p)),
                        and(lt(calldataload(0xf24), p),
                        and(lt(calldataload(0xf44), p),
                        and(eq(mulmod(calldataload(0xf44), calldataload(0xf44), p), addmod(mulmod(calldataload(0xf24), mulmod(calldataload(0xf24), calldataload(0xf24), p), p), 3, p)),
                        and(lt(calldataload(0xf64), p),
                        and(lt(calldataload(0xf84), p),
                        and(eq(mulmod(calldataload(0xf84), calldataload(0xf84), p), addmod(mulmod(calldataload(0xf64), mulmod(calldataload(0xf64), calldataload(0xf64), p), p), 3, p)),
                        and(lt(calldataload(0x19c4), p),
                        and(lt(calldataload(0x19e4), p),
                        and(eq(mulmod(calldataload(0x19e4), calldataload(0x19e4), p), addmod(mulmod(calldataload(0x19c4), mulmod(calldataload(0x19c4), calldataload(0x19c4), p), p), 3, p)),
                        and(lt(calldataload(0x1a04), p),
                        and(lt(calldataload(0x1a24), p),
                        and(eq(mulmod(calldataload(0x1a24), calldataload(0x1a24), p), addmod(mulmod(calldataload(0x1a04), mulmod(calldataload(0x1a04), calldataload(0x1a04), p), p), 3, p)), ok)))))))))))))))
                }
                if iszero(ok) {
                    mstore(0, shl(224, 0xd7c7beeb)) // NotCanonical()
                    revert(0, 4)
                }
            }

            // The transcript: the key's digest, the public inputs, the proof in its order.
            // The last hash is placed before each stretch of the proof.
            mstore(0x240, 0x1d6c6e4189e31c478bff4253aaa1d29f7b0e678536c9614fad5aeebb59e48168)
            calldatacopy(0x260, 0x4, 0x4a0)
            calldatacopy(0x700, 0x4e4, 5472)
            mstore8(0x20, 1)
            {
                let h
                h := keccak256(0x240, 0xbc0)
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
                mstore(0xde0, h)
                h := keccak256(0xde0, 0x1e0)
                mstore(0x140, mod(h, r)) // Theta
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0x160, mod(h, r)) // Beta
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0x180, mod(h, r)) // Gamma
                mstore(0xfa0, h)
                h := keccak256(0xfa0, 0xa0)
                mstore(0x1a0, mod(h, r)) // Y
                mstore(0x1020, h)
                h := keccak256(0x1020, 0x1a0)
                mstore(0x1c0, mod(h, r)) // X
                mstore(0x11a0, h)
                h := keccak256(0x11a0, 0xa40)
                mstore(0x1e0, mod(h, r)) // SetFold
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0x200, mod(h, r)) // Sets
                mstore(0x1bc0, h)
                h := keccak256(0x1bc0, 0x60)
                mstore(0x220, mod(h, r)) // U
            }

            // x^n, n = 2^11.
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
                    power := mulmod(power10, power10, r)
                }
                mstore(0x240, power)
            }

            // u - x omega^i for the points that the first set lacks, and x: both to be inverted.
            mstore(0x280, mload(0x1c0))
            mstore(0x260, mulmod(add(mload(0x220), mulmod(mload(0x1c0), 0x24c8906179ca2bc8d433e79a58eebcd7707f1a33e4452a2e91886496a69abf7b, r)), mulmod(add(mload(0x220), mulmod(mload(0x1c0), 0xf455532383eadde0952636ec74e66aaebedceaa5e02e02dfce9e25aa73c1ad0, r)), mulmod(add(mload(0x220), mulmod(mload(0x1c0), 0x1bd6c4ca60e6768362bea59350315855d824eac51515353089210738742f7697, r)), mulmod(add(mload(0x220), mulmod(mload(0x1c0), 0x2580851320f595ca8a679cc2157d8b7d4846bc8eed1b25b092d6dfa64b1c4e1e, r)), add(mload(0x220), mulmod(mload(0x1c0), 0x17ca81e8513c2e49c2fb46c26647349e30a8e8d16531f9e33a3fbea39f878df2, r)), r), r), r), r))
            mstore(0x2a0, add(mload(0x240), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000))

            // Lagrange polynomials: x - omega^i for the first row and the last usable one.
            {
                let x := mload(0x1c0)
                mstore(0x2c0, add(x, 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000))
                mstore(0x2e0, add(x, 0x2bda96b44223ee5880b474a5f6e526a6af86484ce4c61388e8d151310e413b70))

                // The blinded rows: their sum of omega^i / (x - omega^i), as one fraction.
                let above := add(mulmod(x, 0x749151096ae71e404d95d6e2d067dbfd7f44ff13952210f2aa51ee0056b8208, r), 0x2e49950b6b061c625a738b4245cb859c7acdd0941f901d24cab0bad77f8abf44)
                above := add(0x21301015319835360103aef526b9502241be428d6137546cbbdaeccf0fb7770, mulmod(x, add(0x171de238a268f955076a5cb31bd5dfbcfac6de9641ff18fc6583773ee8a6b5a6, mulmod(x, add(0x238f68e4662d1c4a49e8fd7059bb59fd6e6210fe39eb687f501d0f10e10a5ca8, mulmod(x, add(0x18a263de0d3a4ce89bb575bac332963adb6f76dedbf908bd6aa68db6b5d1db5c, mulmod(x, above, r)), r)), r)), r))
                above := add(0x2f0248117553f925f24c7e0e3d118550b871f296a89317581550355a274224d6, mulmod(x, add(0x10969bcf8647821acf8b59f4867c61d5a757e56c8358c65d7fd7e7b4190a23e9, mulmod(x, above, r)), r))
                let below := add(x, 0x291b39624a832e45b376e848547ada9d503f985740674f82193cd6b3ea947df9)
                below := add(0x22171183c6df8176c52af207c86fe6be546826e8ba948841bb9a7969c4ab7546, mulmod(x, add(0x27807439c7a6591725d6065a6b1281ddcc9b6408eb3e96716fdab1cfb7bd68d7, mulmod(x, add(0x7eb4e319bfd1bc05ede4553ea1a40b61996d07889eacd469dbe77f468ba0c37, mulmod(x, add(0x193f83ed2bae91f88b1680155e9b958eeaccfffe69f161fede899828303aa05f, mulmod(x, below, r)), r)), r)), r))
                below := add(0x1e6af1d3fa3ab8fa8bf2a487197ed19bc718afe38638b181f03f7183af17bb66, mulmod(x, add(0xb74db95764d1b2ca94c2ba37f80e6b2f3948f4e59284cf7936adbebf7d9fadf, mulmod(x, add(0x1fea5ecc5d9cd4e34032cf51c899a21314c89f7ed8230cd50b4c5beb2280c16e, mulmod(x, below, r)), r)), r))
                mstore(0x380, above)
                mstore(0x340, below)

                // The public inputs but the first: their sum of p_i omega^i / (x - omega^i), as one fraction.
                // omega^i cancels: p_i / (x omega^-i - 1)
                let sum := 0
                let product := 1
                let z := mulmod(x, 0x2afd4e77273f1cb3434a4a667929058c156b21573c3f1efc882e708597d7161a, r)
                for { let c := 0x24 } lt(c, 0x4a4) { c := add(c, 0x20) } {
                    let d := add(z, 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000)
                    sum := add(mulmod(sum, d, r), mulmod(calldataload(c), product, r))
                    product := mulmod(product, d, r)
                    z := mulmod(z, 0x2afd4e77273f1cb3434a4a667929058c156b21573c3f1efc882e708597d7161a, r)
                }
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
                let factor := mulmod(add(mload(0x240), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), 0x305e41e912d579f5b3193badcab128321c8ee1cb70aa396331b979553d820001, r)
                mstore(0x320, mulmod(factor, add(mulmod(inverse, calldataload(0x4), r), mulmod(0x1, mulmod(mload(0x3a0), mload(0x360), r), r)), r))
                mstore(0x2c0, mulmod(factor, inverse, r))
                let end := mulmod(factor, mulmod(0x489b7be9f0db1d1379bd1108a9c31b678ad9ffb94f35d085b10a462e1bec491, mload(0x2e0), r), r)
                mstore(0x2e0, end)
                mstore(0x300, addmod(1, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(end, mulmod(factor, mulmod(mload(0x380), mload(0x340), r), r))), r))
            }

            // Every identity, folded by y: the gates, each times its switch, then the permutation.
            // Each is named: the gate and the equation that holds where its switch is not 0.
            {
                let y := mload(0x1a0)
                mstore(0x360, mulmod(y, y, r))
                mstore(0x380, mulmod(y, mload(0x360), r))
                mstore(0x3a0, mulmod(mload(0x360), mload(0x360), r))
                mstore(0x3c0, mulmod(mload(0x380), mload(0x380), r))
                mstore(0x3e0, mulmod(mload(0x3a0), mload(0x3a0), r))
                mstore(0x400, mulmod(mload(0x3e0), mload(0x3e0), r))
                mstore(0x420, mulmod(mload(0x3c0), mload(0x400), r))
                let m80 := mload(0x80)
                let cfa4 := calldataload(0xfa4)
                let cfc4 := calldataload(0xfc4)
                let sum := 0
                let inner
                // hashing: sum = rho sum_next + what the lanes' equations leave
                mstore(0x440, mulmod(add(calldataload(0x1784), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), add(calldataload(0x1784), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r))
                mstore(0x460, mulmod(calldataload(0x1784), add(calldataload(0x1784), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0x480, mulmod(mload(0x460), add(calldataload(0x1784), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                mstore(0x4a0, mulmod(0x810b7bdd032f006f40d60f3c0403964dc08a6b6bef43d6d8b505398a8000000, mulmod(mload(0x480), add(calldataload(0x1784), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), r), r))
                mstore(0x4c0, mulmod(0x2e6020836d24e427fb4ced7991714a03f131be9ac9fc6135e10de0adc6000001, mulmod(mload(0x480), add(calldataload(0x1784), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r), r))
                mstore(0x4e0, mulmod(m80, add(0x25a26324d8f2517fee1dee26445d8b5adc205c13c39573091ed4a7220cc35ca4, mulmod(m80, add(0x186f4381ac5b251b54015e239fc0b41511e3759e94f4b0bfc2c031d5e312d7bb, mulmod(m80, add(0x5a10d6a79441fc8e87fa8be1faea29e643a509af9479155274a5ee14741e84e, mulmod(m80, add(0x10a4aec2eb83c613754de6875c1ce75e1c84f7152b46d7b24a6a1a4448529386, mulmod(m80, add(0x9eaa6757a33589225dc9712c137e6c111b4a86ffe4175354486a6d35a408d50, mulmod(m80, add(0x2eefb003c3de47cbd8362735371f61ac5f60d822e53289089c5bc67d62d6b5b6, mulmod(m80, 0x4e569df588ebc1f0bc3a7de5ffec15b6f1f7791292aded2ab7734820fbb11, r)), r)), r)), r)), r)), r)), r))
                mstore(0x500, mulmod(m80, add(0x1c94a351c0f29947a38436abc949cd847af6e26248348d3b3eabeb71889ef4a6, mulmod(m80, add(0x1800a3e3a4b5bafa75356c10d2ee8a17f7621b51f9b882fded3d5f636cd9032e, mulmod(m80, add(0x280529838756f4642519b49254886734f9b098a24929fc351b6d04563d3df067, mulmod(m80, add(0x14f745ab72178a0ec381c3c724123c615135103ceba3e817b153af1e95ad3d1e, mulmod(m80, add(0x174842b4b36b927f83c54800c146235b4792b8928216e1570d867e3a005ea4d, mulmod(m80, add(0x106911f840703b0d17667260340acf73a5cbbacf7b2beb1ffa866d795218f117, mulmod(m80, add(mload(0x4e0), 0x1d0ca92a569b973a8584623dc48354619f10a93b5b9cef3816ff47ca5c51dd19), r)), r)), r)), r)), r)), r)), r))
                mstore(0x520, addmod(add(mload(0x4c0), add(mload(0x4a0), mulmod(0x810b7bdd032f006f40d60f3c0403964dc08a6b6bef43d6d8b505398a8000000, mulmod(calldataload(0x1784), mulmod(mload(0x440), add(calldataload(0x1784), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r), r), r))), mulmod(mulmod(0x244b3ad628e5381f4a3c3448e1210245de26ee365b4b146cf2e9782ef4000001, mulmod(mload(0x440), mload(0x460), r), r), add(0x1, mulmod(m80, add(0x2ccdbad29452bb86c29ffe71f680153fb01bd617caa0f231abef567a3e993d36, mulmod(m80, add(mload(0x500), 0x13cad9750b90a5b50af7c6af1eb49b20678eadd6cea409bf41152d8144ac19fa), r)), r)), r), r))
                mstore(0x540, mulmod(calldataload(0x1124), calldataload(0x1124), r))
                mstore(0x560, mulmod(mulmod(m80, m80, r), mulmod(m80, m80, r), r))
                mstore(0x580, mulmod(mload(0x560), mload(0x560), r))
                mstore(0x5a0, mulmod(mload(0x580), mload(0x580), r))
                mstore(0x5c0, mulmod(mload(0x5a0), mload(0x5a0), r))
                mstore(0x5e0, mulmod(mload(0x5c0), mload(0x5c0), r))
                mstore(0x600, add(sub(r, mload(0x4a0)), mulmod(mload(0x4c0), mulmod(mload(0x560), mulmod(mload(0x580), mulmod(mload(0x5e0), mulmod(mload(0x5e0), mload(0x5e0), r), r), r), r), r)))
                mstore(0x620, mulmod(calldataload(0x10e4), calldataload(0x10e4), r))
                mstore(0x640, mulmod(calldataload(0x10a4), calldataload(0x10a4), r))
                mstore(0x660, mulmod(mload(0x120), add(add(sub(r, calldataload(0x17a4)), add(mulmod(mload(0x600), calldataload(0x10c4), r), add(mulmod(mload(0x520), calldataload(0x10a4), r), sub(r, mulmod(calldataload(0x1024), mulmod(calldataload(0x10a4), mulmod(mload(0x640), mload(0x640), r), r), r))))), mulmod(mload(0x120), add(add(sub(r, calldataload(0x17a4)), add(mulmod(mload(0x600), calldataload(0x1104), r), add(mulmod(mload(0x520), calldataload(0x10e4), r), sub(r, mulmod(calldataload(0x1024), mulmod(calldataload(0x10e4), mulmod(mload(0x620), mload(0x620), r), r), r))))), mulmod(mload(0x120), add(sub(r, calldataload(0x17a4)), add(mulmod(mload(0x600), calldataload(0x1144), r), add(mulmod(mload(0x520), calldataload(0x1124), r), sub(r, mulmod(calldataload(0x1024), mulmod(calldataload(0x1124), mulmod(mload(0x540), mload(0x540), r), r), r))))), r)), r)), r))
                mstore(0x680, mulmod(calldataload(0x1064), calldataload(0x1064), r))
                mstore(0x6a0, mulmod(calldataload(0x1044), calldataload(0x1044), r))
                mstore(0x6c0, addmod(add(calldataload(0x1164), sub(r, mulmod(calldataload(0x1184), m80, r))), sub(0xf1f5883e65f820d099915c908786b9d1c903896a609f32d65369cbe3b0000005, add(add(sub(r, calldataload(0x17a4)), add(mulmod(mload(0x600), cfc4, r), add(mulmod(mload(0x520), calldataload(0x1044), r), sub(r, mulmod(calldataload(0x1024), mulmod(calldataload(0x1044), mulmod(mload(0x6a0), mload(0x6a0), r), r), r))))), mulmod(mload(0x120), add(mload(0x660), add(sub(r, calldataload(0x17a4)), add(mulmod(mload(0x600), calldataload(0x1084), r), add(mulmod(mload(0x520), calldataload(0x1064), r), sub(r, mulmod(calldataload(0x1024), mulmod(calldataload(0x1064), mulmod(mload(0x680), mload(0x680), r), r), r)))))), r))), r))
                sum := mulmod(mload(0x6c0), calldataload(0x17c4), r)
                // weights: w = k_c rho^3 w' + rho^2 k_a + rho h + rc
                mstore(0x6e0, mulmod(calldataload(0x1824), add(calldataload(0x1824), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0x700, mulmod(mload(0x6e0), add(calldataload(0x1824), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x1024), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x17a4), mulmod(m80, add(calldataload(0x1784), mulmod(m80, add(calldataload(0x1804), mulmod(m80, mulmod(calldataload(0x17e4), calldataload(0x11a4), r), r)), r)), r)))), mulmod(mload(0x700), add(calldataload(0x1824), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r), r))
                // public input: a = public input
                mstore(0x720, addmod(sub(r, calldataload(0x1884)), add(add(0x4, sub(r, calldataload(0x1844))), sub(r, calldataload(0x1864))), r))
                mstore(0x740, mulmod(mload(0x720), add(mload(0x720), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0x760, mulmod(mload(0x740), add(mload(0x720), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                sum := add(mulmod(sum, y, r), mulmod(add(cfa4, sub(r, mload(0x320))), mulmod(calldataload(0x1884), mload(0x760), r), r))
                // origin: a = 0
                inner := cfa4
                // origin: g = 0
                inner := add(mulmod(inner, y, r), calldataload(0x1004))
                // origin: sum = 0
                inner := add(mulmod(inner, y, r), calldataload(0x11c4))
                mstore(0x780, mulmod(calldataload(0x1884), add(calldataload(0x1884), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0x7a0, mulmod(mload(0x740), mload(0x780), r))
                sum := add(mulmod(sum, mload(0x380), r), mulmod(inner, mload(0x7a0), r))
                // hashing begins and ends: the sum is 0
                mstore(0x7c0, mulmod(mload(0x780), add(calldataload(0x1884), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x1164), add(mload(0x7a0), mulmod(mload(0x720), mload(0x7c0), r)), r))
                // lookup ends: the sum is 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x11c4), mulmod(mload(0x7c0), add(calldataload(0x1884), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r), r))
                // header of an account: a_next is a bit
                inner := mulmod(calldataload(0x11e4), add(calldataload(0x11e4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r)
                // header of an account: b = tag of the kind
                inner := add(mulmod(inner, y, r), add(cfc4, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(0x636f76656e616e742f636f6c6c61746572616c2f7632, mulmod(calldataload(0x11e4), 0x30644e72e131a029b84fe2aa7a924f6a1b2e2d1476b6659238e8eca6fd000001, r)))))
                sum := add(mulmod(sum, mload(0x360), r), mulmod(inner, mulmod(calldataload(0x1864), mload(0x760), r), r))
                // every position counts: a = a' + a_next - a' a_next
                sum := add(mulmod(sum, y, r), mulmod(add(cfa4, add(mulmod(calldataload(0x11e4), calldataload(0x1204), r), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x1204), calldataload(0x11e4))))), mulmod(mload(0x740), mulmod(calldataload(0x1884), calldataload(0x1864), r), r), r))
                // a block ends: a = 0 or a of the block before
                inner := mulmod(cfa4, add(cfa4, sub(r, calldataload(0x1224))), r)
                // a block ends: chain = active ? output : chain before
                inner := add(mulmod(inner, y, r), add(add(calldataload(0xfe4), sub(r, calldataload(0x1244))), sub(r, mulmod(cfa4, add(cfc4, sub(r, calldataload(0x1244))), r))))
                // a block ends: g = active ? g' : g before
                inner := add(mulmod(inner, y, r), add(add(calldataload(0x1004), sub(r, calldataload(0x1264))), sub(r, mulmod(cfa4, add(calldataload(0x1284), sub(r, calldataload(0x1264))), r))))
                sum := add(mulmod(sum, mload(0x380), r), mulmod(inner, mulmod(mload(0x720), mulmod(calldataload(0x1864), mload(0x780), r), r), r))
                // a word of an asset: a = 0 or a'
                inner := mulmod(cfa4, add(cfa4, sub(r, calldataload(0x1204))), r)
                // a word of an asset: unused: b = 0
                inner := add(mulmod(inner, y, r), mulmod(cfc4, add(0x1, sub(r, cfa4)), r))
                sum := add(mulmod(sum, mload(0x360), r), mulmod(inner, mulmod(calldataload(0x1864), mload(0x7c0), r), r))
                // position: c is a bit
                inner := mulmod(calldataload(0x12a4), add(calldataload(0x12a4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r)
                // position: every position: c = 1
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0xfe4), add(0x1, sub(r, calldataload(0x12a4))), r))
                // position: (g - g') (gamma + id) = c (amount + delta)
                mstore(0x7e0, add(calldataload(0x1004), sub(r, calldataload(0x1284))))
                inner := add(mulmod(inner, y, r), add(mulmod(mload(0x7e0), add(mload(0xc0), mulmod(0x133100d71fdf35792b16366f4f7684df54ad7e14a329e70f18ee753c76f9dc6f, add(cfc4, sub(r, cfa4)), r)), r), sub(r, mulmod(calldataload(0x12a4), add(cfa4, mload(0xe0)), r))))
                mstore(0x800, mulmod(calldataload(0x1864), add(calldataload(0x1864), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                sum := add(mulmod(sum, mload(0x380), r), mulmod(inner, mulmod(mload(0x740), mload(0x800), r), r))
                // limbs: a = limbs, and the row below where there is more
                mstore(0x820, mulmod(add(calldataload(0x18a4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffb), add(calldataload(0x18a4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffc), r))
                mstore(0x840, mulmod(mload(0x820), add(calldataload(0x18a4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), r))
                mstore(0x860, mulmod(mload(0x840), add(calldataload(0x18a4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r))
                mstore(0x880, add(calldataload(0x12c4), mulmod(calldataload(0x12e4), 0x400, r)))
                mstore(0x8a0, addmod(mulmod(calldataload(0x1364), 0x4000000000000, r), add(mulmod(calldataload(0x1344), 0x10000000000, r), add(add(mload(0x880), mulmod(calldataload(0x1304), 0x100000, r)), mulmod(calldataload(0x1324), 0x40000000, r))), r))
                mstore(0x8c0, 0x400000000000000000)
                mstore(0x8e0, addmod(add(mload(0x8a0), mulmod(calldataload(0x1384), 0x1000000000000000, r)), mulmod(calldataload(0x13a4), mload(0x8c0), r), r))
                mstore(0x900, addmod(mulmod(calldataload(0x1404), 0x10000000000000000000000000, r), add(add(mload(0x8e0), mulmod(calldataload(0x13c4), 0x100000000000000000000, r)), mulmod(calldataload(0x13e4), 0x40000000000000000000000, r)), r))
                mstore(0x920, add(mload(0x900), mulmod(calldataload(0x1424), 0x4000000000000000000000000000, r)))
                mstore(0x940, addmod(cfa4, sub(0x912ceb58a394e07d28f0d12384840917789bb8d96d2c51b3cba5e0bbd0000003, add(mulmod(calldataload(0x14e4), 0x4000000000000000000000000000000000000000000, r), add(mulmod(calldataload(0x14c4), 0x10000000000000000000000000000000000000000, r), addmod(mulmod(calldataload(0x14a4), 0x40000000000000000000000000000000000000, r), add(mulmod(calldataload(0x1484), 0x100000000000000000000000000000000000, r), add(add(mload(0x920), mulmod(calldataload(0x1444), 0x1000000000000000000000000000000, r)), mulmod(calldataload(0x1464), 0x400000000000000000000000000000000, r))), r)))), r))
                mstore(0x960, mulmod(calldataload(0x18a4), add(calldataload(0x18a4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0x980, mulmod(mload(0x960), add(calldataload(0x18a4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                mstore(0x9a0, mulmod(mload(0x980), add(calldataload(0x18a4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r))
                mstore(0x9c0, mulmod(mload(0x820), mload(0x9a0), r))
                mstore(0x9e0, mulmod(mload(0x9a0), add(calldataload(0x18a4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), r))
                mstore(0xa00, mulmod(mload(0x9e0), add(calldataload(0x18a4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffb), r))
                mstore(0xa20, mulmod(mload(0x9e0), add(calldataload(0x18a4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffc), r))
                sum := add(mulmod(sum, y, r), addmod(mulmod(mload(0xa20), add(cfa4, sub(r, mload(0x8e0))), r), add(mulmod(mload(0xa00), add(cfa4, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, mload(0x920))), r), add(mulmod(mload(0x9c0), add(cfa4, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, mload(0x920))), r), add(mulmod(mload(0x940), mulmod(calldataload(0x18a4), mulmod(mload(0x860), add(calldataload(0x18a4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r), r), r), mulmod(mulmod(mload(0x860), mload(0x960), r), add(mload(0x940), mulmod(0x30644e72e131a029b84045b68181585d2833e84879b9709143e1f593f0000001, calldataload(0x11e4), r)), r)))), r))
                // limbs: the last limb of a top row is short
                sum := add(mulmod(sum, y, r), mulmod(mload(0x9c0), add(calldataload(0x1444), mulmod(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffff01, calldataload(0x1424), r)), r))
                // limbs: unused limb of a top row = 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x13c4), mload(0xa20), r))
                // limbs: unused limb of a top row = 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x13e4), mload(0xa20), r))
                // limbs: unused limb of a top row = 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x1404), mload(0xa20), r))
                // limbs: unused limb of a top row = 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x1424), mload(0xa20), r))
                // limbs: unused limb of a top row = 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x1444), add(mload(0xa00), mload(0xa20)), r))
                // limbs: unused limb of a top row = 0
                mstore(0xa40, addmod(mload(0xa20), add(mload(0x9c0), mload(0xa00)), r))
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x1464), mload(0xa40), r))
                // limbs: unused limb of a top row = 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x1484), mload(0xa40), r))
                // limbs: unused limb of a top row = 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x14a4), mload(0xa40), r))
                // limbs: unused limb of a top row = 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x14c4), mload(0xa40), r))
                // limbs: unused limb of a top row = 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x14e4), mload(0xa40), r))
                // two fields of 16 bits: a = limbs
                inner := add(cfa4, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, mload(0x880)))
                // two fields of 16 bits: the upper limb is short
                inner := add(mulmod(inner, y, r), add(calldataload(0x1304), mulmod(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffff1, calldataload(0x12e4), r)))
                // two fields of 16 bits: b = limbs
                inner := add(mulmod(inner, y, r), add(cfc4, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x1324), mulmod(0x400, calldataload(0x1344), r)))))
                // two fields of 16 bits: the upper limb is short
                mstore(0xa60, mulmod(calldataload(0x1344), 0x10, r))
                inner := add(mulmod(inner, y, r), add(calldataload(0x1364), sub(r, mload(0xa60))))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x1384))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x13a4))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x13c4))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x13e4))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x1404))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x1424))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x1444))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x1464))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x1484))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x14a4))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x14c4))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x14e4))
                sum := add(mulmod(sum, mload(0x400), r), mulmod(inner, mulmod(mload(0x840), mload(0x980), r), r))
                // shares: a = limbs
                inner := add(cfa4, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, mload(0x880)))
                // shares: its complement to 10^4 = limbs
                inner := add(mulmod(inner, y, r), add(add(0x2710, sub(r, cfa4)), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x1304), mulmod(0x400, calldataload(0x1324), r)))))
                // shares: b = limbs
                inner := add(mulmod(inner, y, r), add(cfc4, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x1344), mulmod(0x400, calldataload(0x1364), r)))))
                // shares: its complement to 10^4 = limbs
                mstore(0xa80, add(calldataload(0x1384), mulmod(0x400, calldataload(0x13a4), r)))
                inner := add(mulmod(inner, y, r), add(add(0x2710, sub(r, cfc4)), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, mload(0xa80))))
                // shares: operand = limbs
                mstore(0xaa0, add(calldataload(0x13c4), mulmod(0x400, calldataload(0x13e4), r)))
                inner := add(mulmod(inner, y, r), add(calldataload(0xfe4), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, mload(0xaa0))))
                // shares: its complement to 10^4 = limbs
                inner := add(mulmod(inner, y, r), add(add(0x2710, sub(r, calldataload(0xfe4))), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x1404), mulmod(0x400, calldataload(0x1424), r)))))
                mstore(0xac0, mulmod(mload(0x800), add(calldataload(0x1864), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                sum := add(mulmod(sum, mload(0x3c0), r), mulmod(inner, mulmod(mload(0x720), mload(0xac0), r), r))
                // a weight and a width: b = limbs
                inner := add(cfc4, sub(r, mload(0x8a0)))
                // a weight and a width: a = limbs
                inner := add(mulmod(inner, y, r), add(cfa4, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, mload(0xa80))))
                // a weight and a width: its complement to 10^4 = limbs
                inner := add(mulmod(inner, y, r), add(add(0x2710, sub(r, cfa4)), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, mload(0xaa0))))
                mstore(0xae0, mulmod(calldataload(0x1844), mload(0x7c0), r))
                sum := add(mulmod(sum, mload(0x380), r), mulmod(inner, add(mload(0xae0), mulmod(mload(0x720), mulmod(calldataload(0x1844), mload(0x780), r), r)), r))
                // bits: a = bits
                mstore(0xb00, mulmod(calldataload(0x14a4), 0x8000, r))
                inner := add(cfa4, sub(r, addmod(mload(0xb00), add(mulmod(calldataload(0x1484), 0x4000, r), add(mulmod(calldataload(0x1464), 0x2000, r), add(mulmod(calldataload(0x1444), 0x1000, r), add(mulmod(calldataload(0x1424), 0x800, r), addmod(mulmod(0x400, calldataload(0x1404), r), add(mulmod(calldataload(0x13e4), 0x200, r), add(mulmod(calldataload(0x13c4), 0x100, r), add(mulmod(calldataload(0x13a4), 0x80, r), add(mulmod(calldataload(0x1384), 0x40, r), addmod(mulmod(calldataload(0x1364), 0x20, r), add(mload(0xa60), add(mulmod(calldataload(0x1324), 0x8, r), add(add(calldataload(0x12c4), mulmod(0x2, calldataload(0x12e4), r)), mulmod(0x4, calldataload(0x1304), r)))), r))))), r))))), r)))
                // bits: b = -2^(n - 1) times the top bit
                inner := add(mulmod(inner, y, r), add(cfc4, mload(0xb00)))
                // bits: g = bits over rho, after g'
                mstore(0xb20, mulmod(m80, calldataload(0x1284), r))
                mstore(0xb40, mulmod(m80, add(calldataload(0x13e4), mulmod(m80, add(calldataload(0x1404), mulmod(m80, add(calldataload(0x1424), mulmod(m80, add(calldataload(0x1444), mulmod(m80, add(calldataload(0x1464), mulmod(m80, add(calldataload(0x1484), mulmod(m80, add(mload(0xb20), calldataload(0x14a4)), r)), r)), r)), r)), r)), r)), r))
                mstore(0xb60, mulmod(m80, add(calldataload(0x1304), mulmod(m80, add(calldataload(0x1324), mulmod(m80, add(calldataload(0x1344), mulmod(m80, add(calldataload(0x1364), mulmod(m80, add(calldataload(0x1384), mulmod(m80, add(calldataload(0x13a4), mulmod(m80, add(mload(0xb40), calldataload(0x13c4)), r)), r)), r)), r)), r)), r)), r))
                inner := add(mulmod(inner, y, r), add(calldataload(0x1004), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x12c4), mulmod(m80, add(mload(0xb60), calldataload(0x12e4)), r)))))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x12c4), add(calldataload(0x12c4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x12e4), add(calldataload(0x12e4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x1304), add(calldataload(0x1304), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x1324), add(calldataload(0x1324), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x1344), add(calldataload(0x1344), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x1364), add(calldataload(0x1364), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x1384), add(calldataload(0x1384), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x13a4), add(calldataload(0x13a4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x13c4), add(calldataload(0x13c4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x13e4), add(calldataload(0x13e4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x1404), add(calldataload(0x1404), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x1424), add(calldataload(0x1424), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x1444), add(calldataload(0x1444), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x1464), add(calldataload(0x1464), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x1484), add(calldataload(0x1484), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x14a4), add(calldataload(0x14a4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x14c4))
                // bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x14e4))
                // bits: operand = top bit
                inner := add(mulmod(inner, y, r), add(calldataload(0xfe4), sub(r, calldataload(0x14a4))))
                mstore(0xb80, mulmod(calldataload(0x1844), add(calldataload(0x1844), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0xba0, mulmod(mload(0xb80), add(calldataload(0x1844), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                sum := add(mulmod(sum, mload(0x420), r), mulmod(inner, mulmod(mload(0xba0), add(calldataload(0x1844), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r), r))
                // lookup: (sum_next - sum - parts) = sum 1 / limb - m (t + 1) / table
                mstore(0xbc0, mulmod(add(calldataload(0x12c4), mload(0xa0)), add(calldataload(0x12e4), mload(0xa0)), r))
                mstore(0xbe0, add(calldataload(0x1304), mload(0xa0)))
                mstore(0xc00, mulmod(mload(0xbc0), mload(0xbe0), r))
                mstore(0xc20, add(calldataload(0x1324), mload(0xa0)))
                mstore(0xc40, mulmod(mload(0xc00), mload(0xc20), r))
                inner := add(mulmod(mload(0xc40), mulmod(calldataload(0x1504), add(calldataload(0x17c4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r), r), mulmod(add(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff, add(mload(0xa0), calldataload(0x17c4))), add(mulmod(mload(0xc40), add(sub(r, calldataload(0x1564)), add(sub(r, calldataload(0x1544)), add(add(calldataload(0x1584), sub(r, calldataload(0x11c4))), sub(r, calldataload(0x1524))))), r), sub(0xc19139cb84c680a6e14116da06056174a0cfa121e6e5c2450f87d64fc0000004, add(mload(0xc00), add(mulmod(mload(0xbc0), mload(0xc20), r), add(mulmod(mload(0xc20), mulmod(mload(0xbe0), add(calldataload(0x12e4), mload(0xa0)), r), r), mulmod(mload(0xc20), mulmod(mload(0xbe0), add(calldataload(0x12c4), mload(0xa0)), r), r)))))), r))
                // lookup: part = sum 1 / limb
                mstore(0xc60, mulmod(add(calldataload(0x1344), mload(0xa0)), add(calldataload(0x1364), mload(0xa0)), r))
                mstore(0xc80, add(calldataload(0x1384), mload(0xa0)))
                mstore(0xca0, mulmod(mload(0xc60), mload(0xc80), r))
                mstore(0xcc0, add(calldataload(0x13a4), mload(0xa0)))
                mstore(0xce0, mulmod(mload(0xca0), mload(0xcc0), r))
                mstore(0xd00, add(calldataload(0x13c4), mload(0xa0)))
                inner := add(mulmod(inner, y, r), addmod(mulmod(calldataload(0x1524), mulmod(mload(0xce0), mload(0xd00), r), r), sub(0xf1f5883e65f820d099915c908786b9d1c903896a609f32d65369cbe3b0000005, add(mload(0xce0), add(mulmod(mload(0xca0), mload(0xd00), r), add(mulmod(mload(0xd00), mulmod(mload(0xc60), mload(0xcc0), r), r), add(mulmod(mload(0xd00), mulmod(mload(0xcc0), mulmod(mload(0xc80), add(calldataload(0x1364), mload(0xa0)), r), r), r), mulmod(mload(0xd00), mulmod(mload(0xcc0), mulmod(mload(0xc80), add(calldataload(0x1344), mload(0xa0)), r), r), r)))))), r))
                // lookup: part = sum 1 / limb
                mstore(0xd20, mulmod(add(calldataload(0x13e4), mload(0xa0)), add(calldataload(0x1404), mload(0xa0)), r))
                mstore(0xd40, add(calldataload(0x1424), mload(0xa0)))
                mstore(0xd60, mulmod(mload(0xd20), mload(0xd40), r))
                mstore(0xd80, add(calldataload(0x1444), mload(0xa0)))
                mstore(0xda0, mulmod(mload(0xd60), mload(0xd80), r))
                mstore(0xdc0, add(calldataload(0x1464), mload(0xa0)))
                inner := add(mulmod(inner, y, r), addmod(mulmod(calldataload(0x1544), mulmod(mload(0xda0), mload(0xdc0), r), r), sub(0xf1f5883e65f820d099915c908786b9d1c903896a609f32d65369cbe3b0000005, add(mload(0xda0), add(mulmod(mload(0xd60), mload(0xdc0), r), add(mulmod(mload(0xdc0), mulmod(mload(0xd20), mload(0xd80), r), r), add(mulmod(mload(0xdc0), mulmod(mload(0xd80), mulmod(mload(0xd40), add(calldataload(0x1404), mload(0xa0)), r), r), r), mulmod(mload(0xdc0), mulmod(mload(0xd80), mulmod(mload(0xd40), add(calldataload(0x13e4), mload(0xa0)), r), r), r)))))), r))
                // lookup: part = sum 1 / limb
                mstore(0xde0, mulmod(add(calldataload(0x1484), mload(0xa0)), add(calldataload(0x14a4), mload(0xa0)), r))
                mstore(0xe00, add(calldataload(0x14c4), mload(0xa0)))
                mstore(0xe20, mulmod(mload(0xde0), mload(0xe00), r))
                mstore(0xe40, add(calldataload(0x14e4), mload(0xa0)))
                inner := add(mulmod(inner, y, r), addmod(mulmod(calldataload(0x1564), mulmod(mload(0xe20), mload(0xe40), r), r), sub(0xc19139cb84c680a6e14116da06056174a0cfa121e6e5c2450f87d64fc0000004, add(mload(0xe20), add(mulmod(mload(0xde0), mload(0xe40), r), add(mulmod(mload(0xe40), mulmod(mload(0xe00), add(calldataload(0x14a4), mload(0xa0)), r), r), mulmod(mload(0xe40), mulmod(mload(0xe00), add(calldataload(0x1484), mload(0xa0)), r), r))))), r))
                sum := add(mulmod(sum, mload(0x3a0), r), mulmod(inner, calldataload(0x17c4), r))
                // c follows: c = k_c c' + k_a a
                mstore(0xe60, mulmod(add(calldataload(0x1824), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), add(calldataload(0x1824), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), r))
                mstore(0xe80, add(calldataload(0x12a4), sub(r, mulmod(calldataload(0x17e4), calldataload(0x15a4), r))))
                mstore(0xea0, mulmod(calldataload(0x1804), cfa4, r))
                mstore(0xec0, addmod(mload(0xe80), sub(r, mload(0xea0)), r))
                sum := add(mulmod(sum, y, r), mulmod(mload(0xec0), mulmod(calldataload(0x1824), mulmod(mload(0xe60), add(calldataload(0x1824), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r), r), r))
                // c follows: c = k_c c' + k_a a + b
                sum := add(mulmod(sum, y, r), mulmod(add(mload(0xec0), sub(r, cfc4)), mulmod(mload(0x6e0), mload(0xe60), r), r))
                // c follows: c = k_c c' + k_a a b
                sum := add(mulmod(sum, y, r), mulmod(mulmod(mload(0x700), add(calldataload(0x1824), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), r), add(mload(0xe80), sub(r, mulmod(cfc4, mload(0xea0), r))), r))
                // flags: c = 0
                mstore(0xee0, mulmod(calldataload(0x1864), mload(0xba0), r))
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x12a4), add(mload(0xee0), mulmod(mload(0x720), mulmod(calldataload(0x1884), mload(0x800), r), r)), r))
                // flags: word = c
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0xfe4), sub(r, calldataload(0x12a4))), add(mload(0xae0), mulmod(mload(0x780), mload(0x800), r)), r))
                // flags: a + b = k_a
                sum := add(mulmod(sum, y, r), mulmod(mulmod(calldataload(0x1884), mload(0xac0), r), add(add(cfa4, cfc4), sub(r, calldataload(0x1804))), r))
                // flags: a + operand + c = b
                sum := add(mulmod(sum, y, r), mulmod(mulmod(mload(0xac0), add(calldataload(0x1864), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r), add(add(calldataload(0x12a4), add(cfa4, calldataload(0xfe4))), sub(r, cfc4)), r))
                // flags: a b = operand
                mstore(0xf00, mulmod(calldataload(0x1844), mload(0x760), r))
                sum := add(mulmod(sum, y, r), mulmod(mload(0xf00), add(sub(r, calldataload(0xfe4)), mulmod(cfc4, cfa4, r)), r))
                // flags: (1 - operand) a = 0
                sum := add(mulmod(sum, y, r), mulmod(mulmod(cfa4, add(0x1, sub(r, calldataload(0xfe4))), r), add(mload(0xf00), mulmod(mload(0x740), mulmod(calldataload(0x1884), calldataload(0x1844), r), r)), r))
                // shares: a = b operand - 10^4 number that follows
                mstore(0xf20, mulmod(calldataload(0x1844), mload(0x800), r))
                mstore(0xf40, mulmod(cfc4, calldataload(0xfe4), r))
                sum := add(mulmod(sum, y, r), mulmod(mulmod(mload(0x720), mload(0xf20), r), add(add(cfa4, sub(r, mload(0xf40))), mulmod(calldataload(0x11e4), 0x2710, r)), r))
                // shares: a = 10^4 c - b operand
                mstore(0xf60, mulmod(calldataload(0x1844), mload(0xac0), r))
                mstore(0xf80, mulmod(calldataload(0x12a4), 0x2710, r))
                sum := add(mulmod(sum, y, r), mulmod(mload(0xf60), add(mload(0xf40), add(cfa4, sub(r, mload(0xf80)))), r))
                // shares: a = b operand - 10^4 c
                sum := add(mulmod(sum, y, r), mulmod(add(mload(0xf80), add(cfa4, sub(r, mload(0xf40)))), mulmod(mload(0x740), mload(0xb80), r), r))
                // remainder of a report: a = operand (b - 1 - a')
                sum := add(mulmod(sum, y, r), mulmod(add(cfa4, sub(r, mulmod(calldataload(0xfe4), add(add(cfc4, 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), sub(r, calldataload(0x1204))), r))), mulmod(mload(0x780), mload(0xb80), r), r))
                // key of an asset: (g - g') (gamma + b) = -(1 or kappa) operand (c + delta a)
                mstore(0xfa0, mulmod(calldataload(0x1864), mload(0xb80), r))
                mstore(0xfc0, mulmod(mload(0x720), mload(0xfa0), r))
                mstore(0xfe0, mulmod(calldataload(0x1884), mload(0xfa0), r))
                sum := add(mulmod(sum, y, r), add(mulmod(add(mload(0xc0), cfc4), mulmod(mload(0x7e0), add(mload(0xfc0), mload(0xfe0)), r), r), mulmod(add(mload(0xfc0), mulmod(mload(0xfe0), mload(0x100), r)), mulmod(calldataload(0xfe4), add(calldataload(0x12a4), mulmod(cfa4, mload(0xe0), r)), r), r)))
                // kind of an account: g = g'' + g' (1 + (kappa - 1) b)
                sum := add(mulmod(sum, y, r), mulmod(add(add(calldataload(0x1004), sub(r, calldataload(0x15c4))), sub(r, mulmod(calldataload(0x1284), add(0x1, mulmod(cfc4, add(mload(0x100), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r)), r))), mulmod(mload(0x800), mload(0xb80), r), r))
                // g = rho^2 g' + rho a + b
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x1004), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(cfc4, mulmod(m80, add(mload(0xb20), cfa4), r)))), mulmod(mload(0x720), mload(0xba0), r), r))
                // g = rho g' + c
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x1004), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(mload(0xb20), calldataload(0x12a4)))), add(mload(0xf60), mulmod(calldataload(0x1884), mload(0xba0), r)), r))
                // g = g' + g_next a
                mstore(0x1000, mulmod(calldataload(0x1844), calldataload(0x1864), r))
                mstore(0x1020, mulmod(mload(0x740), mload(0x1000), r))
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x1004), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x1284), mulmod(cfa4, calldataload(0x15e4), r)))), add(mload(0xee0), mload(0x1020)), r))
                // a number is in the row below: a_next = number
                mstore(0x1040, addmod(mulmod(0x10000000000000000000000000, calldataload(0x14e4), r), add(mulmod(0x40000000000000000000000, calldataload(0x14c4), r), add(mulmod(0x100000000000000000000, calldataload(0x14a4), r), add(mulmod(mload(0x8c0), calldataload(0x1484), r), add(mulmod(0x1000000000000000, calldataload(0x1464), r), addmod(mulmod(0x4000000000000, calldataload(0x1444), r), add(mulmod(0x10000000000, calldataload(0x1424), r), add(mulmod(0x40000000, calldataload(0x1404), r), add(add(calldataload(0x13a4), mulmod(0x400, calldataload(0x13c4), r)), mulmod(0x100000, calldataload(0x13e4), r)))), r))))), r))
                mstore(0x1060, mulmod(calldataload(0x1884), mload(0xf20), r))
                mstore(0x1080, mulmod(mload(0x780), mload(0x1000), r))
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x11e4), sub(r, mload(0x1040))), add(mload(0x1060), mload(0x1080)), r))
                // a block of lines begins: c = b operand
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x12a4), sub(r, mload(0xf40))), mload(0x1060), r))
                // what counts, the first line and the share: c = c'
                mstore(0x10a0, add(calldataload(0x12a4), sub(r, calldataload(0x15a4))))
                inner := mload(0x10a0)
                // what counts, the first line and the share: number + a = b c
                inner := add(mulmod(inner, y, r), add(add(mload(0x900), cfa4), sub(r, mulmod(cfc4, calldataload(0x12a4), r))))
                // what counts, the first line and the share: halves = a' operand - 10^4 a
                mstore(0x10c0, add(mulmod(0x1000000000000000, calldataload(0x16c4), r), addmod(mulmod(0x4000000000000, calldataload(0x16a4), r), add(mulmod(0x10000000000, calldataload(0x1684), r), add(mulmod(0x40000000, calldataload(0x1664), r), add(add(calldataload(0x1604), mulmod(0x400, calldataload(0x1624), r)), mulmod(0x100000, calldataload(0x1644), r)))), r)))
                mstore(0x10e0, addmod(mload(0x10c0), mulmod(mload(0x8c0), add(mulmod(0x1000000000000000, calldataload(0x14e4), r), addmod(mulmod(0x4000000000000, calldataload(0x14c4), r), add(mulmod(0x10000000000, calldataload(0x14a4), r), add(mulmod(0x40000000, calldataload(0x1484), r), add(add(calldataload(0x1424), mulmod(0x400, calldataload(0x1444), r)), mulmod(0x100000, calldataload(0x1464), r)))), r)), r), r))
                inner := add(mulmod(inner, y, r), add(mulmod(cfa4, 0x2710, r), add(mload(0x10e0), sub(r, mulmod(calldataload(0x1204), calldataload(0xfe4), r)))))
                sum := add(mulmod(sum, mload(0x380), r), mulmod(inner, mload(0x1020), r))
                // a width less: c = c' - 10^10 operand
                mstore(0x1100, mulmod(mload(0x720), mulmod(calldataload(0x1884), mload(0xb80), r), r))
                sum := add(mulmod(sum, y, r), mulmod(add(mload(0x10a0), mulmod(calldataload(0xfe4), 0x2540be400, r)), add(mload(0x1080), mload(0x1100)), r))
                // the second line: number - number above = (b - b') c
                mstore(0x1120, mulmod(calldataload(0x12a4), add(cfc4, sub(r, calldataload(0x1764))), r))
                sum := add(mulmod(sum, y, r), mulmod(add(sub(r, mload(0x1120)), add(mload(0x1040), sub(r, addmod(mulmod(0x10000000000000000000000000, calldataload(0x1744), r), add(mulmod(0x40000000000000000000000, calldataload(0x1724), r), add(add(mload(0x10c0), mulmod(mload(0x8c0), calldataload(0x16e4), r)), mulmod(0x100000000000000000000, calldataload(0x1704), r))), r)))), mload(0x1080), r))
                // the last two lines: number - a = (b - b') c
                inner := add(add(mload(0x900), sub(r, cfa4)), sub(r, mload(0x1120)))
                // the last two lines: halves - number = (a' - b) (c - 10^10 g)
                inner := add(mulmod(inner, y, r), add(add(mload(0x10e0), sub(r, mload(0x900))), sub(r, mulmod(add(calldataload(0x1204), sub(r, cfc4)), add(calldataload(0x12a4), mulmod(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f5919bf41c01, calldataload(0x1004), r)), r))))
                sum := add(mulmod(sum, mload(0x360), r), mulmod(inner, mload(0x1100), r))
                // permutation: z = 1 in the first row
                sum := add(mulmod(sum, y, r), mulmod(mload(0x2c0), add(0x1, sub(r, calldataload(0x1984))), r))
                // permutation: z = 0 or 1 in the last row
                sum := add(mulmod(sum, y, r), mulmod(mload(0x2e0), add(sub(r, calldataload(0x1984)), mulmod(calldataload(0x1984), calldataload(0x1984), r)), r))
                // permutation: z_next (a + beta sigma + gamma) ... = z (a + beta delta^i x + gamma) ...
                mstore(0x1140, mulmod(mload(0x160), mload(0x1c0), r))
                mstore(0x1160, add(mulmod(add(add(calldataload(0x1024), mload(0x180)), mulmod(mload(0x160), calldataload(0x1964), r)), mulmod(add(add(calldataload(0x1004), mload(0x180)), mulmod(mload(0x160), calldataload(0x1944), r)), mulmod(add(add(calldataload(0xfe4), mload(0x180)), mulmod(mload(0x160), calldataload(0x1924), r)), mulmod(add(add(cfc4, mload(0x180)), mulmod(mload(0x160), calldataload(0x1904), r)), mulmod(calldataload(0x19a4), add(add(cfa4, mload(0x180)), mulmod(mload(0x160), calldataload(0x18e4), r)), r), r), r), r), r), sub(r, mulmod(add(add(calldataload(0x1024), mload(0x180)), mulmod(mload(0x1140), 0xa136ba13afa6c83eb7b82fb370e228e74155e48fb8f1c1cfc33fb0da8afb42, r)), mulmod(add(add(calldataload(0x1004), mload(0x180)), mulmod(mload(0x1140), 0x18afdf23e9bd9302673fc1e076a492d4d65bd18ebc4d854ed189139bab313e52, r)), mulmod(add(add(calldataload(0xfe4), mload(0x180)), mulmod(mload(0x1140), 0x13b360d4e82fe915fed16081038f98c211427b87a281bd733c277dbadf10372b, r)), mulmod(mulmod(calldataload(0x1984), add(mload(0x1140), add(cfa4, mload(0x180))), r), add(add(cfc4, mload(0x180)), mulmod(mload(0x1140), 0x9226b6e22c6f0ca64ec26aad4c86e715b5f898e5e963f25870e56bbe533e9a2, r)), r), r), r), r))))
                sum := add(mulmod(sum, y, r), mulmod(mload(0x300), mload(0x1160), r))
                mstore(0x340, mulmod(sum, mload(0x2a0), r))
            }

            // SHPLONK's scalars: the weights of the sets, minus the evaluation of all at u, minus Z_S0(u).
            // Within a set t = u / x: its points are at u - x omega^i = x (t - omega^i), and x cancels.
            mstore(0x720, mulmod(mload(0x220), mload(0x280), r))
            {
                let m1e0 := mload(0x1e0)
                let m720 := mload(0x720)
                let m1c0 := mload(0x1c0)
                let m220 := mload(0x220)
                let m200 := mload(0x200)
                mstore(0x740, add(m220, mulmod(0x1b9e4cecf9d91a534374fa77043701c82dc7e69e6a661b163dd63549ae8d8fa2, m1c0, r)))
                mstore(0x760, add(m220, mulmod(0x12275f14792a3f6b7ffcf1047487161212ee32c998865c5dfff5741b3d1b5176, m1c0, r)))
                mstore(0x400, mulmod(mload(0x260), mulmod(m200, mulmod(mload(0x760), mulmod(mload(0x740), add(m220, mulmod(m1c0, 0x2580851320f595ca8a679cc2157d8b7d4846bc8eed1b25b092d6dfa64b1c4e1e, r)), r), r), r), r))
                mstore(0x780, add(m220, mulmod(0x566fffbb9f283767505fb50085852d112c8c6f13d7a5194bbb3850e5828e9e7, m1c0, r)))
                mstore(0x460, mulmod(mulmod(m200, m200, r), mulmod(mload(0x740), mload(0x780), r), r))
                mstore(0x7a0, mulmod(m200, mulmod(m200, m200, r), r))
                mstore(0x4c0, mulmod(mload(0x260), mulmod(mload(0x7a0), mulmod(add(m220, mulmod(0x17ca81e8513c2e49c2fb46c26647349e30a8e8d16531f9e33a3fbea39f878df2, m1c0, r)), mulmod(add(m220, mulmod(0x1bd6c4ca60e6768362bea59350315855d824eac51515353089210738742f7697, m1c0, r)), mulmod(add(m220, mulmod(0x24c8906179ca2bc8d433e79a58eebcd7707f1a33e4452a2e91886496a69abf7b, m1c0, r)), add(m220, mulmod(0xf455532383eadde0952636ec74e66aaebedceaa5e02e02dfce9e25aa73c1ad0, m1c0, r)), r), r), r), r), r))
                mstore(0x7c0, mulmod(m200, mload(0x7a0), r))
                mstore(0x7e0, mulmod(mload(0x740), mload(0x760), r))
                mstore(0x520, mulmod(mload(0x7c0), mload(0x7e0), r))
                mstore(0x800, mulmod(m200, mload(0x7c0), r))
                mstore(0x820, mulmod(mload(0x780), mload(0x7e0), r))
                mstore(0x580, mulmod(mload(0x800), mload(0x820), r))
                mstore(0x5e0, mulmod(mulmod(m200, mload(0x800), r), mulmod(mload(0x760), mload(0x780), r), r))
                mstore(0x840, add(m720, 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000))
                mstore(0x860, mulmod(mload(0x840), add(m720, 0x566fffbb9f283767505fb50085852d112c8c6f13d7a5194bbb3850e5828e9e7), r))
                mstore(0x880, mulmod(mload(0x860), add(m720, 0x12275f14792a3f6b7ffcf1047487161212ee32c998865c5dfff5741b3d1b5176), r))
                mstore(0x8a0, mulmod(mload(0x860), add(m720, 0x17ca81e8513c2e49c2fb46c26647349e30a8e8d16531f9e33a3fbea39f878df2), r))
                mstore(0x8c0, mulmod(mload(0x8a0), add(m720, 0x1bd6c4ca60e6768362bea59350315855d824eac51515353089210738742f7697), r))
                mstore(0x8e0, mulmod(add(m720, 0x24c8906179ca2bc8d433e79a58eebcd7707f1a33e4452a2e91886496a69abf7b), add(mulmod(mload(0x8c0), mulmod(calldataload(0x1104), 0x1ddfc58dff2bb5b6a61c8ecb2bbaa661a3989acaceb80f489ffaa150cd28cce9, r), r), mulmod(add(m720, 0xf455532383eadde0952636ec74e66aaebedceaa5e02e02dfce9e25aa73c1ad0), add(mulmod(mload(0x8a0), mulmod(calldataload(0x10c4), 0x120b7670196c19152272ed0ece53addda6c277070e92018c091a8f2c7bcaad02, r), r), mulmod(add(m720, 0x1bd6c4ca60e6768362bea59350315855d824eac51515353089210738742f7697), add(mulmod(mload(0x860), mulmod(calldataload(0x1084), 0x27b400433360ee912e1f6a14c6dea77bfdaa2a41c827f9f0da363f3b72a481f5, r), r), mulmod(add(m720, 0x17ca81e8513c2e49c2fb46c26647349e30a8e8d16531f9e33a3fbea39f878df2), add(mulmod(add(m720, 0x566fffbb9f283767505fb50085852d112c8c6f13d7a5194bbb3850e5828e9e7), mulmod(calldataload(0xfc4), 0x1da7f582193d2df6d64d80db96c227925ce5d6826c51f18e309ee9c0c88dfdeb, r), r), mulmod(mload(0x840), mulmod(calldataload(0x1764), 0x8ed63ab56ffdc40bdb8932959b4d91c5b94754e8420bc4f4ebff55a857c16a5, r), r)), r)), r)), r)), r))
                mstore(0x900, mulmod(mload(0x4c0), add(mulmod(mulmod(mload(0x880), add(m720, 0x1b9e4cecf9d91a534374fa77043701c82dc7e69e6a661b163dd63549ae8d8fa2), r), mulmod(calldataload(0x15c4), 0x1a1226fa45c279ecfd8204d697caa6b75899d04858cffaa1eac235dba5a2ec76, r), r), mulmod(add(m720, 0x2580851320f595ca8a679cc2157d8b7d4846bc8eed1b25b092d6dfa64b1c4e1e), add(mulmod(mload(0x880), mulmod(calldataload(0x15e4), 0x2ce71456535d1cde15b245a349d8ab0b543e059778d3d37462ae389ef9d48d1f, r), r), mulmod(add(m720, 0x1b9e4cecf9d91a534374fa77043701c82dc7e69e6a661b163dd63549ae8d8fa2), add(mulmod(mload(0x860), mulmod(calldataload(0x1264), 0x2d608ed12e0cf3ea9cae1bd8239e4fb0b809b7dcb6bde134a74e828232d8fc14, r), r), mulmod(add(m720, 0x12275f14792a3f6b7ffcf1047487161212ee32c998865c5dfff5741b3d1b5176), add(mulmod(add(m720, 0x566fffbb9f283767505fb50085852d112c8c6f13d7a5194bbb3850e5828e9e7), mulmod(calldataload(0x1004), 0x1faf3e10aecf19e74452119f88194869b93096bf2814d6f506ad3dda77b0d028, r), r), mulmod(mload(0x840), mulmod(calldataload(0x1284), 0x2d8831990ecadc09ed0c9ee878aa779782bd7ca6366f3c05141ba77875feba33, r), r)), r)), r)), r)), r))
                mstore(0x920, mulmod(m1e0, add(calldataload(0x1344), mulmod(m1e0, add(calldataload(0x1364), mulmod(m1e0, add(calldataload(0x1384), mulmod(m1e0, add(calldataload(0x13a4), mulmod(m1e0, add(calldataload(0x13c4), mulmod(m1e0, add(calldataload(0x13e4), mulmod(m1e0, calldataload(0x1404), r)), r)), r)), r)), r)), r)), r))
                mstore(0x940, mulmod(add(m720, 0x566fffbb9f283767505fb50085852d112c8c6f13d7a5194bbb3850e5828e9e7), mulmod(0x266c130f6b669d862a68f7edbbff63cbe8340e779143452202675981be55253a, add(calldataload(0x1024), mulmod(m1e0, add(calldataload(0x12a4), mulmod(m1e0, add(calldataload(0x12c4), mulmod(m1e0, add(calldataload(0x12e4), mulmod(m1e0, add(calldataload(0x1304), mulmod(m1e0, add(mload(0x920), calldataload(0x1324)), r)), r)), r)), r)), r)), r), r))
                mstore(0x960, mulmod(m1e0, add(calldataload(0x1684), mulmod(m1e0, add(calldataload(0x16a4), mulmod(m1e0, add(calldataload(0x16c4), mulmod(m1e0, add(calldataload(0x16e4), mulmod(m1e0, add(calldataload(0x1704), mulmod(m1e0, add(calldataload(0x1724), mulmod(m1e0, calldataload(0x1744), r)), r)), r)), r)), r)), r)), r))
                mstore(0x980, mulmod(mload(0x840), mulmod(0x9f83b6375cb02a38de74dc8c581f4913fffd9d0e8762b6f417a9c1231aadac7, add(calldataload(0x11a4), mulmod(m1e0, add(calldataload(0x15a4), mulmod(m1e0, add(calldataload(0x1604), mulmod(m1e0, add(calldataload(0x1624), mulmod(m1e0, add(calldataload(0x1644), mulmod(m1e0, add(mload(0x960), calldataload(0x1664)), r)), r)), r)), r)), r)), r), r))
                mstore(0x9a0, mulmod(m1e0, add(calldataload(0x18e4), mulmod(m1e0, add(calldataload(0x1904), mulmod(m1e0, add(calldataload(0x1924), mulmod(m1e0, add(calldataload(0x1944), mulmod(m1e0, add(calldataload(0x1964), mulmod(m1e0, add(mload(0x340), mulmod(m1e0, calldataload(0x18c4), r)), r)), r)), r)), r)), r)), r))
                mstore(0x9c0, mulmod(m1e0, add(calldataload(0x17e4), mulmod(m1e0, add(calldataload(0x1804), mulmod(m1e0, add(calldataload(0x1824), mulmod(m1e0, add(calldataload(0x1844), mulmod(m1e0, add(calldataload(0x1864), mulmod(m1e0, add(calldataload(0x1884), mulmod(m1e0, add(mload(0x9a0), calldataload(0x18a4)), r)), r)), r)), r)), r)), r)), r))
                mstore(0x9e0, mulmod(m1e0, add(calldataload(0x1504), mulmod(m1e0, add(calldataload(0x1524), mulmod(m1e0, add(calldataload(0x1544), mulmod(m1e0, add(calldataload(0x1564), mulmod(m1e0, add(calldataload(0x1784), mulmod(m1e0, add(calldataload(0x17a4), mulmod(m1e0, add(mload(0x9c0), calldataload(0x17c4)), r)), r)), r)), r)), r)), r)), r))
                mstore(0xa00, mulmod(m1e0, add(calldataload(0x1424), mulmod(m1e0, add(calldataload(0x1444), mulmod(m1e0, add(calldataload(0x1464), mulmod(m1e0, add(calldataload(0x1484), mulmod(m1e0, add(calldataload(0x14a4), mulmod(m1e0, add(calldataload(0x14c4), mulmod(m1e0, add(mload(0x9e0), calldataload(0x14e4)), r)), r)), r)), r)), r)), r)), r))
                mstore(0xa20, addmod(add(mulmod(mload(0x580), add(calldataload(0x1044), mulmod(m1e0, add(calldataload(0x1064), mulmod(m1e0, add(calldataload(0x10a4), mulmod(m1e0, add(calldataload(0x10e4), mulmod(m1e0, add(mload(0xa00), calldataload(0x1124)), r)), r)), r)), r)), r), addmod(mulmod(mload(0x520), add(mload(0x940), mload(0x980)), r), add(mload(0x900), add(mulmod(mload(0x460), add(mulmod(add(m720, 0x12275f14792a3f6b7ffcf1047487161212ee32c998865c5dfff5741b3d1b5176), mulmod(calldataload(0xfe4), 0x1972bc68d1fe5147ddf65aa680d6da25a9f0b6dbd9e051767f06bdcbcabe9c14, r), r), mulmod(mload(0x840), mulmod(calldataload(0x1244), 0x16f1920a0f334ee1da59eb1000aa7e377e43316c9fd91f1ac4db37c8254163ed, r), r)), r), add(mulmod(mload(0x400), add(mload(0x8e0), mulmod(mulmod(mload(0x8c0), add(m720, 0xf455532383eadde0952636ec74e66aaebedceaa5e02e02dfce9e25aa73c1ad0), r), mulmod(calldataload(0x1144), 0x12f855e9e75f18e89e3bd72fd3200cad781c30f4d7479910c8fb91e7c65def93, r), r)), r), add(mulmod(mload(0x880), mulmod(calldataload(0x11e4), 0x1d21ec6e1ddcdb9f2510f54086b365ae791c904cd79dbcb27fa3a83220a35123, r), r), mulmod(add(m720, 0x1b9e4cecf9d91a534374fa77043701c82dc7e69e6a661b163dd63549ae8d8fa2), add(mulmod(mload(0x860), mulmod(calldataload(0x1224), 0xb94c1019c42093694af737aa3b2b7ad7a87ab48c0be82d84c79b2a9cfd21599, r), r), mulmod(add(m720, 0x12275f14792a3f6b7ffcf1047487161212ee32c998865c5dfff5741b3d1b5176), add(mulmod(add(m720, 0x566fffbb9f283767505fb50085852d112c8c6f13d7a5194bbb3850e5828e9e7), mulmod(calldataload(0xfa4), 0x251b3c96426d4076b459859ab6ce6de901e776f4d38f6418217bb555e5a60b48, r), r), mulmod(mload(0x840), mulmod(calldataload(0x1204), 0x12f6b2dfc5d71b0702869d1721ce25755adc1e0687873d7f9a2adaf609e48dfe, r), r)), r)), r))))), r)), mulmod(mload(0x5e0), add(mulmod(add(m720, 0x1b9e4cecf9d91a534374fa77043701c82dc7e69e6a661b163dd63549ae8d8fa2), mulmod(0x9f83b6375cb02a38de74dc8c581f4913fffd9d0e8762b6f417a9c1231aadac8, add(calldataload(0x1164), mulmod(m1e0, add(calldataload(0x11c4), mulmod(m1e0, calldataload(0x1984), r)), r)), r), r), mulmod(mload(0x840), mulmod(0x266c130f6b669d862a68f7edbbff63cbe8340e779143452202675981be552539, add(calldataload(0x1184), mulmod(m1e0, add(calldataload(0x1584), mulmod(m1e0, calldataload(0x19a4), r)), r)), r), r)), r), r))
                mstore(0x640, sub(r, mload(0xa20)))
                mstore(0x6a0, sub(r, mulmod(mload(0x820), add(m220, sub(r, m1c0)), r)))
            }
            mstore(0x700, mload(0x220))
            mstore(0x3a0, mload(0x240))

            // The points that are folded, each below the one before it.
            calldatacopy(0x1460, 0xe24, 0x140)
            calldatacopy(0x11e0, 0x6e4, 0x280)
            calldatacopy(0x11a0, 0x564, 0x40)
            calldatacopy(0x1160, 0xc24, 0x40)
            mstore(0x10e0, 0x2dde1860dace04938581629b9b201b1d8e7f2aad6d7f6042ef16e7c45d109087)
            mstore(0x1100, 0x2ef53a715eae94dda0964ba81aeaa544b4b81ce058bfc9828c6479ed7b29c763)
            mstore(0x10a0, 0x10a978843362baf16449a4a30e5ffecef4421a5a7df012184d4d8ae596136b7e)
            mstore(0x10c0, 0x0e5b0c91c6c3aa021f4a6213749e40c9eb388f9f0453bdb96f1f3d8b51aa23a8)
            mstore(0x1060, 0x2063f11c6b0a95b38ebd52ab9348e85e88f12487747abe38d4891e1bdc9a21a2)
            mstore(0x1080, 0x09a0363a2ad201599b4eef5ac0b9ba13bd2d9d39f2df6c682db76d74e8769e05)
            mstore(0x1020, 0x2241cd36b21d7bcb6b91b62998c2792ab2308ecf9084b21a6413ae4a1356ccab)
            mstore(0x1040, 0x0ef44093ae9da7bd3e96d74272dad79f4706d5bc7f81837bdc0a9d8dd1737988)
            mstore(0xfe0, 0x0e59dab68a58865e9c5077dcbc3cf7743df4de1af877ac35207c099a0396eb3e)
            mstore(0x1000, 0x037232fb1134e8a103c34c40179ea506dcef5ab6c2e6e7b4c190e34a47c54aab)
            mstore(0xfa0, 0x0b0212e9f57db92a38ed8c7c19c9d6108c7daf524b1bde75a4b4fff464594221)
            mstore(0xfc0, 0x0b7afb670d0ff36fc275d056fc04458c89d0e9c71be5b3e74a88645ef922e013)
            mstore(0xf60, 0x228a1111304f95628fc3207724fd7404e537547bfdd4767abacb67af6bf20458)
            mstore(0xf80, 0x1ee922a087ac41c864730b98915e8497ed1388145510cdfb71403ac0d5c37411)
            mstore(0xf20, 0x1504c0d63bd354ba422927aebd0e3d892554d694904fd2c514a3357e8222dff4)
            mstore(0xf40, 0x2d34014dc96ba7c0682a52096a51c0a5c655d4b858c235d8c3eb0bec3df2e8d6)
            mstore(0xee0, 0x222baca83e023d124f06d329cf3b996760081b6e45007964b26e0e600c2179cf)
            mstore(0xf00, 0x1d9ff284ab5be39154a3a363acf17093b71f7c1e1f0cc2f1e3e17fb395f7f471)
            mstore(0xea0, 0x13df72b5a6cac0e1e9ca1e7ae22c88a3b5942c4d83fe3889d29f1d01472db5c5)
            mstore(0xec0, 0x159c7940d9cd16da805684a79a22e04fe2c66e6415ff7122aa8004f10cb58e26)
            mstore(0xe60, 0x29a3baad24d4ee87619e99917a827bc08ed62e2c8d65bd9eebfc6909f506e734)
            mstore(0xe80, 0x0fe349484c0ee2ba2682815fd9af9c48ebae009aab3a829b570220bd9ef8ec29)
            mstore(0xe20, 0x1bd975adcfb1aa13f3786546f55fbdc40fc1d0d2e0dd7f9fe1ed08ad39088d71)
            mstore(0xe40, 0x20fc9fc17bee3f0d719545fc1507812c150511bffc2f955baa3146179dfe4dcc)
            mstore(0xde0, 0x25bafbbecf8829c0dd29bf247c842f2cd8001d4a0389eb0157236f48b79277c0)
            mstore(0xe00, 0x292738171203a4886ffb801d580a51b7e61b6efccaba6f225a01f1db79601650)
            mstore(0xda0, 0x08405b436e17f2edaa5b9ff0dfee52cb81a322154c98b6a3d84a17ad63918086)
            mstore(0xdc0, 0x2380ebbd4c44036a150b58094aea7b97240075c9b997e116a5452b4894508d71)
            mstore(0xd60, 0x066d82f31fa3ac59060a0120ba7006725181cc6ab674b29ffcf81087c3a36ad4)
            mstore(0xd80, 0x0a57175aeffad50f90f6b94c42082a61d1566393e7c3137dfb84645c3bf18077)
            calldatacopy(0xca0, 0xce4, 0xc0)
            calldatacopy(0xc60, 0xba4, 0x40)
            calldatacopy(0xaa0, 0x9a4, 0x1c0)
            calldatacopy(0x960, 0x5a4, 0x140)
            calldatacopy(0x8e0, 0xc64, 0x80)

            // The quotient's commitment: its pieces folded by x^n. Calls run from the last line up.
            let ok := 1
            calldatacopy(0x360, 0xf64, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x1460, 0x80, 0x1120, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x14a0, 0x40),
                and(staticcall(2000, 6, 0x14a0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x14e0, 0x40),
                and(staticcall(2000, 6, 0x14e0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x1520, 0x40),
                and(staticcall(2000, 6, 0x1520, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x1560, 0x40),
                and(staticcall(2000, 6, 0x1560, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x15a0, 0x40), ok))))))))))
            mstore(0x3a0, mload(0x1e0))

            // Set 0: opened at x omega^i for i = [-16, -1, 0, 1], folded by y.
            calldatacopy(0x760, 0x4e4, 0x40)

            // Set 1: opened at x omega^i for i = [-1, 0, 17, 34, 51, 68], folded by y.
            calldatacopy(0x3c0, 0x524, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x720, 0x80, 0x760, 0x40),
                and(staticcall(20000, 7, 0x3c0, 0x60, 0x720, 0x40), ok))

            // Set 2: opened at x omega^i for i = [-16, 0], folded by y.
            calldatacopy(0x420, 0xb64, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x720, 0x80, 0x760, 0x40),
                and(staticcall(20000, 7, 0x420, 0x60, 0x720, 0x40), ok))

            // Set 3: opened at x omega^i for i = [-16, -2, -1, 0, 1], folded by y.
            calldatacopy(0x480, 0xbe4, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x720, 0x80, 0x760, 0x40),
                and(staticcall(20000, 7, 0x480, 0x60, 0x720, 0x40), ok))

            // Set 4: opened at x omega^i for i = [-1, 0], folded by y.
            calldatacopy(0x360, 0x964, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x720, 0x80, 0x760, 0x40),
                and(staticcall(20000, 7, 0x4e0, 0x60, 0x720, 0x40),
                and(staticcall(2000, 6, 0x1160, 0x80, 0x4e0, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x11a0, 0x40),
                and(staticcall(2000, 6, 0x11a0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x11e0, 0x40),
                and(staticcall(2000, 6, 0x11e0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x1220, 0x40),
                and(staticcall(2000, 6, 0x1220, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x1260, 0x40),
                and(staticcall(2000, 6, 0x1260, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x12a0, 0x40),
                and(staticcall(2000, 6, 0x12a0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x12e0, 0x40),
                and(staticcall(2000, 6, 0x12e0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x1320, 0x40),
                and(staticcall(2000, 6, 0x1320, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x1360, 0x40),
                and(staticcall(2000, 6, 0x1360, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x13a0, 0x40),
                and(staticcall(2000, 6, 0x13a0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x13e0, 0x40),
                and(staticcall(2000, 6, 0x13e0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x1420, 0x40),
                and(staticcall(2000, 6, 0x1420, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x1460, 0x40), ok))))))))))))))))))))))))))

            // Set 5: opened at x omega^i for i = [0], folded by y.
            calldatacopy(0x360, 0xde4, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x720, 0x80, 0x760, 0x40),
                and(staticcall(20000, 7, 0x540, 0x60, 0x720, 0x40),
                and(staticcall(2000, 6, 0x960, 0x80, 0x540, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x9a0, 0x40),
                and(staticcall(2000, 6, 0x9a0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x9e0, 0x40),
                and(staticcall(2000, 6, 0x9e0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xa20, 0x40),
                and(staticcall(2000, 6, 0xa20, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xa60, 0x40),
                and(staticcall(2000, 6, 0xa60, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xaa0, 0x40),
                and(staticcall(2000, 6, 0xaa0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xae0, 0x40),
                and(staticcall(2000, 6, 0xae0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xb20, 0x40),
                and(staticcall(2000, 6, 0xb20, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xb60, 0x40),
                and(staticcall(2000, 6, 0xb60, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xba0, 0x40),
                and(staticcall(2000, 6, 0xba0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xbe0, 0x40),
                and(staticcall(2000, 6, 0xbe0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xc20, 0x40),
                and(staticcall(2000, 6, 0xc20, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xc60, 0x40),
                and(staticcall(2000, 6, 0xc60, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xca0, 0x40),
                and(staticcall(2000, 6, 0xca0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xce0, 0x40),
                and(staticcall(2000, 6, 0xce0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xd20, 0x40),
                and(staticcall(2000, 6, 0xd20, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xd60, 0x40),
                and(staticcall(2000, 6, 0xd60, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xda0, 0x40),
                and(staticcall(2000, 6, 0xda0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xde0, 0x40),
                and(staticcall(2000, 6, 0xde0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xe20, 0x40),
                and(staticcall(2000, 6, 0xe20, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xe60, 0x40),
                and(staticcall(2000, 6, 0xe60, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xea0, 0x40),
                and(staticcall(2000, 6, 0xea0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xee0, 0x40),
                and(staticcall(2000, 6, 0xee0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xf20, 0x40),
                and(staticcall(2000, 6, 0xf20, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xf60, 0x40),
                and(staticcall(2000, 6, 0xf60, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xfa0, 0x40),
                and(staticcall(2000, 6, 0xfa0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0xfe0, 0x40),
                and(staticcall(2000, 6, 0xfe0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x1020, 0x40),
                and(staticcall(2000, 6, 0x1020, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x1060, 0x40),
                and(staticcall(2000, 6, 0x1060, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x10a0, 0x40),
                and(staticcall(2000, 6, 0x10a0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x10e0, 0x40),
                and(staticcall(2000, 6, 0x10e0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x1120, 0x40),
                and(staticcall(2000, 6, 0x1120, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x1160, 0x40), ok))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))

            // Set 6: opened at x omega^i for i = [0, 1], folded by y.
            calldatacopy(0x360, 0xda4, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x720, 0x80, 0x760, 0x40),
                and(staticcall(20000, 7, 0x5a0, 0x60, 0x720, 0x40),
                and(staticcall(2000, 6, 0x8e0, 0x80, 0x5a0, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x920, 0x40),
                and(staticcall(2000, 6, 0x920, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x960, 0x40), ok))))))

            // The generator, SHPLONK's quotient W and its opening W'.
            mstore(0x600, 1)
            mstore(0x620, 2)
            calldatacopy(0x660, 0x19c4, 0x40)
            calldatacopy(0x6c0, 0x1a04, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x720, 0x80, 0x760, 0x40),
                and(staticcall(20000, 7, 0x6c0, 0x60, 0x720, 0x40),
                and(staticcall(2000, 6, 0x720, 0x80, 0x760, 0x40),
                and(staticcall(20000, 7, 0x660, 0x60, 0x720, 0x40),
                and(staticcall(2000, 6, 0x720, 0x80, 0x760, 0x40),
                and(staticcall(20000, 7, 0x600, 0x60, 0x720, 0x40), ok))))))

            // e(F, -G2) e(W', tau G2) = 1.
            mstore(0x7a0, 0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2)
            mstore(0x7c0, 0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed)
            mstore(0x7e0, 0x275dc4a288d1afb3cbb1ac09187524c7db36395df7be3b99e673b13a075a65ec)
            mstore(0x800, 0x1d9befcd05a5323e6da4d435f3b617cdb3af83285c2df711ef39c01571827f9d)
            calldatacopy(0x820, 0x1a04, 0x40)
            mstore(0x860, 0x260e01b251f6f1c7e7ff4e580791dee8ea51d87a358e038b4efe30fac09383c1)
            mstore(0x880, 0x0118c4d5b837bcc2bc89b5b398b5974e9f5944073b32078b7e231fec938883b0)
            mstore(0x8a0, 0x04fc6369f7110fe3d25156c1bb9a72859cf2a04641f99ba4ee413c80da6a5fe4)
            mstore(0x8c0, 0x22febda3c0c0632a56475b4214e5615e11e6dd3f96e6cea2854a87d4dacc5e55)
            ok := and(staticcall(300000, 8, 0x760, 0x180, 0, 0x20), ok)
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
