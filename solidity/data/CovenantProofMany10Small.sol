// SPDX-License-Identifier: MIT OR Apache-2.0
// Generated from the verifying key. Do not edit.
pragma solidity ^0.8.30;

/// @title Verifier of proofs of the circuit covenant-many-2/10of4x27x8x4/2d7190caaa665edf2d855b7b126936f3c38623446e78de6dc43659e5878ea25a
/// @notice KZG with the ceremony aztec-ignition. Halo2 with the keccak transcript and SHPLONK.
/// @dev Says only that the public inputs are true of some secret. Whoever calls it builds the
/// public inputs itself, from values it checked (S9); see ICovenantVerifier.
contract CovenantProofMany10Small {
    /// @notice The calldata is not exactly 250 public inputs and a proof of 4064 bytes.
    error WrongLength();
    /// @notice A scalar is not below r, or a point is not on the curve.
    error NotCanonical();
    /// @notice A precompile failed or was not given enough gas.
    error PrecompileFailed();
    /// @notice The proof does not prove the statement.
    error ProofInvalid();

    /// @notice Returns true if the proof proves the statement; reverts otherwise.
    /// @param instances The public inputs, each below r.
    /// @param proof Exactly 4064 bytes.
    function verify(uint256[250] calldata instances, bytes calldata proof)
        external
        view
        returns (bool)
    {
        // Both are read from calldata, at places that are checked first.
        (instances, proof);
        assembly {
            let r := 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001

            // Exact calldata: the offset of the proof, its length, nothing after it.
            if iszero(and(and(eq(calldatasize(), 12132), eq(calldataload(0x1f44), 0x1f60)), eq(calldataload(0x1f64), 4064))) {
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
                    and(lt(calldataload(0x7a4), r),
                    and(lt(calldataload(0x7c4), r),
                    and(lt(calldataload(0x7e4), r),
                    and(lt(calldataload(0x804), r),
                    and(lt(calldataload(0x824), r),
                    and(lt(calldataload(0x844), r),
                    and(lt(calldataload(0x864), r),
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
                    and(lt(calldataload(0xb24), r), ok))))))))))))))))))))))))))))))
                ok :=
                    and(lt(calldataload(0xb44), r),
                    and(lt(calldataload(0xb64), r),
                    and(lt(calldataload(0xb84), r),
                    and(lt(calldataload(0xba4), r),
                    and(lt(calldataload(0xbc4), r),
                    and(lt(calldataload(0xbe4), r),
                    and(lt(calldataload(0xc04), r),
                    and(lt(calldataload(0xc24), r),
                    and(lt(calldataload(0xc44), r),
                    and(lt(calldataload(0xc64), r),
                    and(lt(calldataload(0xc84), r),
                    and(lt(calldataload(0xca4), r),
                    and(lt(calldataload(0xcc4), r),
                    and(lt(calldataload(0xce4), r),
                    and(lt(calldataload(0xd04), r),
                    and(lt(calldataload(0xd24), r),
                    and(lt(calldataload(0xd44), r),
                    and(lt(calldataload(0xd64), r),
                    and(lt(calldataload(0xd84), r),
                    and(lt(calldataload(0xda4), r),
                    and(lt(calldataload(0xdc4), r),
                    and(lt(calldataload(0xde4), r),
                    and(lt(calldataload(0xe04), r),
                    and(lt(calldataload(0xe24), r),
                    and(lt(calldataload(0xe44), r),
                    and(lt(calldataload(0xe64), r),
                    and(lt(calldataload(0xe84), r),
                    and(lt(calldataload(0xea4), r),
                    and(lt(calldataload(0xec4), r),
                    and(lt(calldataload(0xee4), r), ok))))))))))))))))))))))))))))))
                ok :=
                    and(lt(calldataload(0xf04), r),
                    and(lt(calldataload(0xf24), r),
                    and(lt(calldataload(0xf44), r),
                    and(lt(calldataload(0xf64), r),
                    and(lt(calldataload(0xf84), r),
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
                    and(lt(calldataload(0x1264), r),
                    and(lt(calldataload(0x1284), r),
                    and(lt(calldataload(0x12a4), r), ok))))))))))))))))))))))))))))))
                ok :=
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
                    and(lt(calldataload(0x1624), r),
                    and(lt(calldataload(0x1644), r),
                    and(lt(calldataload(0x1664), r), ok))))))))))))))))))))))))))))))
                ok :=
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
                    and(lt(calldataload(0x19a4), r),
                    and(lt(calldataload(0x19c4), r),
                    and(lt(calldataload(0x19e4), r),
                    and(lt(calldataload(0x1a04), r),
                    and(lt(calldataload(0x1a24), r), ok))))))))))))))))))))))))))))))
                ok :=
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
                    and(lt(calldataload(0x1c44), r),
                    and(lt(calldataload(0x1c64), r),
                    and(lt(calldataload(0x1c84), r),
                    and(lt(calldataload(0x1ca4), r),
                    and(lt(calldataload(0x1cc4), r),
                    and(lt(calldataload(0x1ce4), r),
                    and(lt(calldataload(0x1d04), r),
                    and(lt(calldataload(0x1d24), r),
                    and(lt(calldataload(0x1d44), r),
                    and(lt(calldataload(0x1d64), r),
                    and(lt(calldataload(0x1d84), r),
                    and(lt(calldataload(0x1da4), r),
                    and(lt(calldataload(0x1dc4), r),
                    and(lt(calldataload(0x1de4), r), ok))))))))))))))))))))))))))))))
                ok :=
                    and(lt(calldataload(0x1e04), r),
                    and(lt(calldataload(0x1e24), r),
                    and(lt(calldataload(0x1e44), r),
                    and(lt(calldataload(0x1e64), r),
                    and(lt(calldataload(0x1e84), r),
                    and(lt(calldataload(0x1ea4), r),
                    and(lt(calldataload(0x1ec4), r),
                    and(lt(calldataload(0x1ee4), r),
                    and(lt(calldataload(0x1f04), r),
                    and(lt(calldataload(0x1f24), r),
                    and(lt(calldataload(0x27c4), r),
                    and(lt(calldataload(0x27e4), r),
                    and(lt(calldataload(0x2804), r),
                    and(lt(calldataload(0x2824), r),
                    and(lt(calldataload(0x2844), r),
                    and(lt(calldataload(0x2864), r),
                    and(lt(calldataload(0x2884), r),
                    and(lt(calldataload(0x28a4), r),
                    and(lt(calldataload(0x28c4), r),
                    and(lt(calldataload(0x28e4), r),
                    and(lt(calldataload(0x2904), r),
                    and(lt(calldataload(0x2924), r),
                    and(lt(calldataload(0x2944), r),
                    and(lt(calldataload(0x2964), r),
                    and(lt(calldataload(0x2984), r),
                    and(lt(calldataload(0x29a4), r),
                    and(lt(calldataload(0x29c4), r),
                    and(lt(calldataload(0x29e4), r),
                    and(lt(calldataload(0x2a04), r),
                    and(lt(calldataload(0x2a24), r), ok))))))))))))))))))))))))))))))
                ok :=
                    and(lt(calldataload(0x2a44), r),
                    and(lt(calldataload(0x2a64), r),
                    and(lt(calldataload(0x2a84), r),
                    and(lt(calldataload(0x2aa4), r),
                    and(lt(calldataload(0x2ac4), r),
                    and(lt(calldataload(0x2ae4), r),
                    and(lt(calldataload(0x2b04), r),
                    and(lt(calldataload(0x2b24), r),
                    and(lt(calldataload(0x2b44), r),
                    and(lt(calldataload(0x2b64), r),
                    and(lt(calldataload(0x2b84), r),
                    and(lt(calldataload(0x2ba4), r),
                    and(lt(calldataload(0x2bc4), r),
                    and(lt(calldataload(0x2be4), r),
                    and(lt(calldataload(0x2c04), r),
                    and(lt(calldataload(0x2c24), r),
                    and(lt(calldataload(0x2c44), r),
                    and(lt(calldataload(0x2c64), r),
                    and(lt(calldataload(0x2c84), r),
                    and(lt(calldataload(0x2ca4), r),
                    and(lt(calldataload(0x2cc4), r),
                    and(lt(calldataload(0x2ce4), r),
                    and(lt(calldataload(0x2d04), r),
                    and(lt(calldataload(0x2d24), r),
                    and(lt(calldataload(0x2d44), r),
                    and(lt(calldataload(0x2d64), r),
                    and(lt(calldataload(0x2d84), r),
                    and(lt(calldataload(0x2da4), r),
                    and(lt(calldataload(0x2dc4), r),
                    and(lt(calldataload(0x2de4), r), ok))))))))))))))))))))))))))))))
                ok :=
                    and(lt(calldataload(0x2e04), r),
                    and(lt(calldataload(0x2e24), r),
                    and(lt(calldataload(0x2e44), r),
                    and(lt(calldataload(0x2e64), r),
                    and(lt(calldataload(0x2e84), r),
                    and(lt(calldataload(0x2ea4), r),
                    and(lt(calldataload(0x2ec4), r), ok)))))))

                // Every point: x < p, y < p and y^2 = x^3 + 3. The identity (0, 0) is not on the curve.
                {
                    let p := 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47
                    ok :=
                        and(lt(calldataload(0x1f84), p),
                        and(lt(calldataload(0x1fa4), p),
                        and(eq(mulmod(calldataload(0x1fa4), calldataload(0x1fa4), p), addmod(mulmod(calldataload(0x1f84), mulmod(calldataload(0x1f84), calldataload(0x1f84), p), p), 3, p)),
                        and(lt(calldataload(0x1fc4), p),
                        and(lt(calldataload(0x1fe4), p),
                        and(eq(mulmod(calldataload(0x1fe4), calldataload(0x1fe4), p), addmod(mulmod(calldataload(0x1fc4), mulmod(calldataload(0x1fc4), calldataload(0x1fc4), p), p), 3, p)),
                        and(lt(calldataload(0x2004), p),
                        and(lt(calldataload(0x2024), p),
                        and(eq(mulmod(calldataload(0x2024), calldataload(0x2024), p), addmod(mulmod(calldataload(0x2004), mulmod(calldataload(0x2004), calldataload(0x2004), p), p), 3, p)),
                        and(lt(calldataload(0x2044), p),
                        and(lt(calldataload(0x2064), p),
                        and(eq(mulmod(calldataload(0x2064), calldataload(0x2064), p), addmod(mulmod(calldataload(0x2044), mulmod(calldataload(0x2044), calldataload(0x2044), p), p), 3, p)),
                        and(lt(calldataload(0x2084), p),
                        and(lt(calldataload(0x20a4), p),
                        and(eq(mulmod(calldataload(0x20a4), calldataload(0x20a4), p), addmod(mulmod(calldataload(0x2084), mulmod(calldataload(0x2084), calldataload(0x2084), p), p), 3, p)),
                        and(lt(calldataload(0x20c4), p),
                        and(lt(calldataload(0x20e4), p),
                        and(eq(mulmod(calldataload(0x20e4), calldataload(0x20e4), p), addmod(mulmod(calldataload(0x20c4), mulmod(calldataload(0x20c4), calldataload(0x20c4), p), p), 3, p)),
                        and(lt(calldataload(0x2104), p),
                        and(lt(calldataload(0x2124), p),
                        and(eq(mulmod(calldataload(0x2124), calldataload(0x2124), p), addmod(mulmod(calldataload(0x2104), mulmod(calldataload(0x2104), calldataload(0x2104), p), p), 3, p)),
                        and(lt(calldataload(0x2144), p),
                        and(lt(calldataload(0x2164), p),
                        and(eq(mulmod(calldataload(0x2164), calldataload(0x2164), p), addmod(mulmod(calldataload(0x2144), mulmod(calldataload(0x2144), calldataload(0x2144), p), p), 3, p)),
                        and(lt(calldataload(0x2184), p),
                        and(lt(calldataload(0x21a4), p),
                        and(eq(mulmod(calldataload(0x21a4), calldataload(0x21a4), p), addmod(mulmod(calldataload(0x2184), mulmod(calldataload(0x2184), calldataload(0x2184), p), p), 3, p)),
                        and(lt(calldataload(0x21c4), p),
                        and(lt(calldataload(0x21e4), p),
                        and(eq(mulmod(calldataload(0x21e4), calldataload(0x21e4), p), addmod(mulmod(calldataload(0x21c4), mulmod(calldataload(0x21c4), calldataload(0x21c4), p), p), 3, p)), ok))))))))))))))))))))))))))))))
                    ok :=
                        and(lt(calldataload(0x2204), p),
                        and(lt(calldataload(0x2224), p),
                        and(eq(mulmod(calldataload(0x2224), calldataload(0x2224), p), addmod(mulmod(calldataload(0x2204), mulmod(calldataload(0x2204), calldataload(0x2204), p), p), 3, p)),
                        and(lt(calldataload(0x2244), p),
                        and(lt(calldataload(0x2264), p),
                        and(eq(mulmod(calldataload(0x2264), calldataload(0x2264), p), addmod(mulmod(calldataload(0x2244), mulmod(calldataload(0x2244), calldataload(0x2244), p), p), 3, p)),
                        and(lt(calldataload(0x2284), p),
                        and(lt(calldataload(0x22a4), p),
                        and(eq(mulmod(calldataload(0x22a4), calldataload(0x22a4), p), addmod(mulmod(calldataload(0x2284), mulmod(calldataload(0x2284), calldataload(0x2284), p), p), 3, p)),
                        and(lt(calldataload(0x22c4), p),
                        and(lt(calldataload(0x22e4), p),
                        and(eq(mulmod(calldataload(0x22e4), calldataload(0x22e4), p), addmod(mulmod(calldataload(0x22c4), mulmod(calldataload(0x22c4), calldataload(0x22c4), p), p), 3, p)),
                        and(lt(calldataload(0x2304), p),
                        and(lt(calldataload(0x2324), p),
                        and(eq(mulmod(calldataload(0x2324), calldataload(0x2324), p), addmod(mulmod(calldataload(0x2304), mulmod(calldataload(0x2304), calldataload(0x2304), p), p), 3, p)),
                        and(lt(calldataload(0x2344), p),
                        and(lt(calldataload(0x2364), p),
                        and(eq(mulmod(calldataload(0x2364), calldataload(0x2364), p), addmod(mulmod(calldataload(0x2344), mulmod(calldataload(0x2344), calldataload(0x2344), p), p), 3, p)),
                        and(lt(calldataload(0x2384), p),
                        and(lt(calldataload(0x23a4), p),
                        and(eq(mulmod(calldataload(0x23a4), calldataload(0x23a4), p), addmod(mulmod(calldataload(0x2384), mulmod(calldataload(0x2384), calldataload(0x2384), p), p), 3, p)),
                        and(lt(calldataload(0x23c4), p),
                        and(lt(calldataload(0x23e4), p),
                        and(eq(mulmod(calldataload(0x23e4), calldataload(0x23e4), p), addmod(mulmod(calldataload(0x23c4), mulmod(calldataload(0x23c4), calldataload(0x23c4), p), p), 3, p)),
                        and(lt(calldataload(0x2404), p),
                        and(lt(calldataload(0x2424), p),
                        and(eq(mulmod(calldataload(0x2424), calldataload(0x2424), p), addmod(mulmod(calldataload(0x2404), mulmod(calldataload(0x2404), calldataload(0x2404), p), p), 3, p)),
                        and(lt(calldataload(0x2444), p),
                        and(lt(calldataload(0x2464), p),
                        and(eq(mulmod(calldataload(0x2464), calldataload(0x2464), p), addmod(mulmod(calldataload(0x2444), mulmod(calldataload(0x2444), calldataload(0x2444), p), p), 3, p)), ok))))))))))))))))))))))))))))))
                    ok :=
                        and(lt(calldataload(0x2484), p),
                        and(lt(calldataload(0x24a4), p),
                        and(eq(mulmod(calldataload(0x24a4), calldataload(0x24a4), p), addmod(mulmod(calldataload(0x2484), mulmod(calldataload(0x2484), calldataload(0x2484), p), p), 3, p)),
                        and(lt(calldataload(0x24c4), p),
                        and(lt(calldataload(0x24e4), p),
                        and(eq(mulmod(calldataload(0x24e4), calldataload(0x24e4), p), addmod(mulmod(calldataload(0x24c4), mulmod(calldataload(0x24c4), calldataload(0x24c4), p), p), 3, p)),
                        and(lt(calldataload(0x2504), p),
                        and(lt(calldataload(0x2524), p),
                        and(eq(mulmod(calldataload(0x2524), calldataload(0x2524), p), addmod(mulmod(calldataload(0x2504), mulmod(calldataload(0x2504), calldataload(0x2504), p), p), 3, p)),
                        and(lt(calldataload(0x2544), p),
                        and(lt(calldataload(0x2564), p),
                        and(eq(mulmod(calldataload(0x2564), calldataload(0x2564), p), addmod(mulmod(calldataload(0x2544), mulmod(calldataload(0x2544), calldataload(0x2544), p), p), 3, p)),
                        and(lt(calldataload(0x2584), p),
                        and(lt(calldataload(0x25a4), p),
                        and(eq(mulmod(calldataload(0x25a4), calldataload(0x25a4), p), addmod(mulmod(calldataload(0x2584), mulmod(calldataload(0x2584), calldataload(0x2584), p), p), 3, p)),
                        and(lt(calldataload(0x25c4), p),
                        and(lt(calldataload(0x25e4), p),
                        and(eq(mulmod(calldataload(0x25e4), calldataload(0x25e4), p), addmod(mulmod(calldataload(0x25c4), mulmod(calldataload(0x25c4), calldataload(0x25c4), p), p), 3, p)),
                        and(lt(calldataload(0x2604), p),
                        and(lt(calldataload(0x2624), p),
                        and(eq(mulmod(calldataload(0x2624), calldataload(0x2624), p), addmod(mulmod(calldataload(0x2604), mulmod(calldataload(0x2604), calldataload(0x2604), p), p), 3, p)),
                        and(lt(calldataload(0x2644), p),
                        and(lt(calldataload(0x2664), p),
                        and(eq(mulmod(calldataload(0x2664), calldataload(0x2664), p), addmod(mulmod(calldataload(0x2644), mulmod(calldataload(0x2644), calldataload(0x2644), p), p), 3, p)),
                        and(lt(calldataload(0x2684), p),
                        and(lt(calldataload(0x26a4), p),
                        and(eq(mulmod(calldataload(0x26a4), calldataload(0x26a4), p), addmod(mulmod(calldataload(0x2684), mulmod(calldataload(0x2684), calldataload(0x2684), p), p), 3, p)),
                        and(lt(calldataload(0x26c4), p),
                        and(lt(calldataload(0x26e4), p),
                        and(eq(mulmod(calldataload(0x26e4), calldataload(0x26e4), p), addmod(mulmod(calldataload(0x26c4), mulmod(calldataload(0x26c4), calldataload(0x26c4), p), p), 3, p)), ok))))))))))))))))))))))))))))))
                    ok :=
                        and(lt(calldataload(0x2704), p),
                        and(lt(calldataload(0x2724), p),
                        and(eq(mulmod(calldataload(0x2724), calldataload(0x2724), p), addmod(mulmod(calldataload(0x2704), mulmod(calldataload(0x2704), calldataload(0x2704), p), p), 3, p)),
                        and(lt(calldataload(0x2744), p),
                        and(lt(calldataload(0x2764), p),
                        and(eq(mulmod(calldataload(0x2764), calldataload(0x2764), p), addmod(mulmod(calldataload(0x2744), mulmod(calldataload(0x2744), calldataload(0x2744), p), p), 3, p)),
                        and(lt(calldataload(0x2784), p),
                        and(lt(calldataload(0x27a4), p),
                        and(eq(mulmod(calldataload(0x27a4), calldataload(0x27a4), p), addmod(mulmod(calldataload(0x2784), mulmod(calldataload(0x2784), calldataload(0x2784), p), p), 3, p)),
                        and(lt(calldataload(0x2ee4), p),
                        and(lt(calldataload(0x2f04), p),
                        and(eq(mulmod(calldataload(0x2f04), calldataload(0x2f04), p), addmod(mulmod(calldataload(0x2ee4), mulmod(calldataload(0x2ee4), calldataload(0x2ee4), p), p), 3, p)),
                        and(lt(calldataload(0x2f24), p),
                        and(lt(calldataload(0x2f44), p),
                        and(eq(mulmod(calldataload(0x2f44), calldataload(0x2f44), p), addmod(mulmod(calldataload(0x2f24), mulmod(calldataload(0x2f24), calldataload(0x2f24), p), p), 3, p)), ok)))))))))))))))
                }
                if iszero(ok) {
                    mstore(0, shl(224, 0xd7c7beeb)) // NotCanonical()
                    revert(0, 4)
                }
            }

            // The transcript: the key's digest, the public inputs, the proof in its order.
            // The last hash is placed before each stretch of the proof.
            mstore(0x240, 0x2d7190caaa665edf2d855b7b126936f3c38623446e78de6dc43659e5878ea25a)
            calldatacopy(0x260, 0x4, 0x1f40)
            calldatacopy(0x21a0, 0x1f84, 4064)
            mstore8(0x20, 1)
            {
                let h
                h := keccak256(0x240, 0x2420)
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
                mstore(0x2640, h)
                h := keccak256(0x2640, 0x1a0)
                mstore(0x140, mod(h, r)) // Theta
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0x160, mod(h, r)) // Beta
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0x180, mod(h, r)) // Gamma
                mstore(0x27c0, h)
                h := keccak256(0x27c0, 0xa0)
                mstore(0x1a0, mod(h, r)) // Y
                mstore(0x2840, h)
                h := keccak256(0x2840, 0x1a0)
                mstore(0x1c0, mod(h, r)) // X
                mstore(0x29c0, h)
                h := keccak256(0x29c0, 0x740)
                mstore(0x1e0, mod(h, r)) // SetFold
                mstore(0, h)
                h := keccak256(0, 0x21)
                mstore(0x200, mod(h, r)) // Sets
                mstore(0x30e0, h)
                h := keccak256(0x30e0, 0x60)
                mstore(0x220, mod(h, r)) // U
            }

            // x^n, n = 2^14.
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
                    let power12 := mulmod(power11, power11, r)
                    let power13 := mulmod(power12, power12, r)
                    power := mulmod(power13, power13, r)
                }
                mstore(0x240, power)
            }

            // u - x omega^i for the points that the first set lacks, and x: both to be inverted.
            mstore(0x280, mload(0x1c0))
            mstore(0x260, mulmod(add(mload(0x220), mulmod(mload(0x1c0), 0x2665161f956110feaf9a44abd297ac14caf8ed0dded548883c8e7a8af391ac1c, r)), add(mload(0x220), mulmod(mload(0x1c0), 0x6aea47f68f92612d929bfc72821c238b723309c97d43622a4d86d3c870b791e, r)), r))
            mstore(0x2a0, add(mload(0x240), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000))

            // Lagrange polynomials: x - omega^i for the first row and the last usable one.
            {
                let x := mload(0x1c0)
                mstore(0x2c0, add(x, 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000))
                mstore(0x2e0, add(x, 0x566fffbb9f283767505fb50085852d112c8c6f13d7a5194bbb3850e5828e9e7))

                // The blinded rows: their sum of omega^i / (x - omega^i), as one fraction.
                let above := add(mulmod(x, 0x1920919945e702c34c50f19410c33500262c23e98745bdf9ccb215353507a665, r), 0x51b5fcfb406eeb0f0d50a141d774f268d458b73d2838bbb8832993afa1cf27d)
                above := add(0x24a79fb38864216fd7b8219404a06ff5ac761f38e7ffbcb800a982921126426e, mulmod(x, add(0x2f1851532b985c8b61631b96bd767bf9308bfded1dec376d941ab3f337ef2463, mulmod(x, add(0x1006bf245f950f78d6262a489d0ced2f05dcd3a83d562d534f75c14ac4d42cce, mulmod(x, add(0x9569c56eb5da280ed7648035cae2282c973bffd006e10764e81f0dc0a2460d6, mulmod(x, above, r)), r)), r)), r))
                above := add(0xf45f1d7d2fd67f1b6d1ff9eaa9fd8f5c7fb2fd0a35d03d85eef64149833bf57, mulmod(x, above, r))
                let below := add(x, 0x1743bcd99b4a9d666bff542270be235d0207c45ef273b297772fe05ebaf8599c)
                below := add(0x9f00f1d515bc728030c4991411c0a8d065f2a20c44e21f0fd883e3dbb369253, mulmod(x, add(0x1430777058b38c36a69e9849197d70e2d2a2bf3a2d872cf3ce138a7746caf4cd, mulmod(x, add(0x1d26002f9d01df462bb8c123377184bd2cfc0586a656f039686b536e9c9e8a64, mulmod(x, add(0x15a47751969558bc63bd9dd13205049b4d772e6a539af26addd7ae2c7af186c2, mulmod(x, below, r)), r)), r)), r))
                below := add(0x128eb5edd4a7eca634dfd4c9d5fc06e03dcdca6ef8422fb1a1d0ed3c75af76f4, mulmod(x, add(0xa057f885effda7b4426bc4ed5106020c5fd9d8eac9330bc6bd9bc18f7cef4ee, mulmod(x, below, r)), r))
                mstore(0x380, above)
                mstore(0x340, below)

                // The public inputs but the first: their sum of p_i omega^i / (x - omega^i), as one fraction.
                // omega^i cancels: p_i / (x omega^-i - 1)
                let sum := 0
                let product := 1
                let z := mulmod(x, 0x2f9c1d051b2a29bd1d13a09c1489aec5303c2fb2ac7d853ee7a58fdb65b90d7d, r)
                for { let c := 0x24 } lt(c, 0x1f44) { c := add(c, 0x20) } {
                    let d := add(z, 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000)
                    sum := add(mulmod(sum, d, r), mulmod(calldataload(c), product, r))
                    product := mulmod(product, d, r)
                    z := mulmod(z, 0x2f9c1d051b2a29bd1d13a09c1489aec5303c2fb2ac7d853ee7a58fdb65b90d7d, r)
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
                let factor := mulmod(add(mload(0x240), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), 0x30638ce1a7661b6337a964756aa75257c6bf4778d89789ab819ce60c19b04001, r)
                mstore(0x320, mulmod(factor, add(mulmod(inverse, calldataload(0x4), r), mulmod(0x1, mulmod(mload(0x3a0), mload(0x360), r), r)), r))
                mstore(0x2c0, mulmod(factor, inverse, r))
                let end := mulmod(factor, mulmod(0x2afd4e77273f1cb3434a4a667929058c156b21573c3f1efc882e708597d7161a, mload(0x2e0), r), r)
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
                mstore(0x3e0, mulmod(mload(0x3a0), mload(0x3c0), r))
                mstore(0x400, mulmod(mload(0x3c0), mload(0x3e0), r))
                let c27c4 := calldataload(0x27c4)
                let m80 := mload(0x80)
                let c27e4 := calldataload(0x27e4)
                let sum := 0
                let inner
                // hashing: sum = rho sum_next + what the lanes' equations leave
                mstore(0x420, mulmod(add(calldataload(0x2ca4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), add(calldataload(0x2ca4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r))
                mstore(0x440, mulmod(calldataload(0x2ca4), add(calldataload(0x2ca4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0x460, mulmod(mload(0x440), add(calldataload(0x2ca4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                mstore(0x480, mulmod(0x810b7bdd032f006f40d60f3c0403964dc08a6b6bef43d6d8b505398a8000000, mulmod(mload(0x460), add(calldataload(0x2ca4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), r), r))
                mstore(0x4a0, mulmod(0x2e6020836d24e427fb4ced7991714a03f131be9ac9fc6135e10de0adc6000001, mulmod(mload(0x460), add(calldataload(0x2ca4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r), r))
                mstore(0x4c0, mulmod(m80, add(0x25a26324d8f2517fee1dee26445d8b5adc205c13c39573091ed4a7220cc35ca4, mulmod(m80, add(0x186f4381ac5b251b54015e239fc0b41511e3759e94f4b0bfc2c031d5e312d7bb, mulmod(m80, add(0x5a10d6a79441fc8e87fa8be1faea29e643a509af9479155274a5ee14741e84e, mulmod(m80, add(0x10a4aec2eb83c613754de6875c1ce75e1c84f7152b46d7b24a6a1a4448529386, mulmod(m80, add(0x9eaa6757a33589225dc9712c137e6c111b4a86ffe4175354486a6d35a408d50, mulmod(m80, add(0x2eefb003c3de47cbd8362735371f61ac5f60d822e53289089c5bc67d62d6b5b6, mulmod(m80, 0x4e569df588ebc1f0bc3a7de5ffec15b6f1f7791292aded2ab7734820fbb11, r)), r)), r)), r)), r)), r)), r))
                mstore(0x4e0, mulmod(m80, add(0x1c94a351c0f29947a38436abc949cd847af6e26248348d3b3eabeb71889ef4a6, mulmod(m80, add(0x1800a3e3a4b5bafa75356c10d2ee8a17f7621b51f9b882fded3d5f636cd9032e, mulmod(m80, add(0x280529838756f4642519b49254886734f9b098a24929fc351b6d04563d3df067, mulmod(m80, add(0x14f745ab72178a0ec381c3c724123c615135103ceba3e817b153af1e95ad3d1e, mulmod(m80, add(0x174842b4b36b927f83c54800c146235b4792b8928216e1570d867e3a005ea4d, mulmod(m80, add(0x106911f840703b0d17667260340acf73a5cbbacf7b2beb1ffa866d795218f117, mulmod(m80, add(mload(0x4c0), 0x1d0ca92a569b973a8584623dc48354619f10a93b5b9cef3816ff47ca5c51dd19), r)), r)), r)), r)), r)), r)), r))
                mstore(0x500, addmod(add(mload(0x4a0), add(mload(0x480), mulmod(0x810b7bdd032f006f40d60f3c0403964dc08a6b6bef43d6d8b505398a8000000, mulmod(calldataload(0x2ca4), mulmod(mload(0x420), add(calldataload(0x2ca4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r), r), r))), mulmod(mulmod(0x244b3ad628e5381f4a3c3448e1210245de26ee365b4b146cf2e9782ef4000001, mulmod(mload(0x420), mload(0x440), r), r), add(0x1, mulmod(m80, add(0x2ccdbad29452bb86c29ffe71f680153fb01bd617caa0f231abef567a3e993d36, mulmod(m80, add(mload(0x4e0), 0x13cad9750b90a5b50af7c6af1eb49b20678eadd6cea409bf41152d8144ac19fa), r)), r)), r), r))
                mstore(0x520, mulmod(calldataload(0x2884), calldataload(0x2884), r))
                mstore(0x540, mulmod(mulmod(m80, m80, r), mulmod(m80, m80, r), r))
                mstore(0x560, mulmod(mload(0x540), mload(0x540), r))
                mstore(0x580, mulmod(mload(0x560), mload(0x560), r))
                mstore(0x5a0, mulmod(mload(0x580), mload(0x580), r))
                mstore(0x5c0, mulmod(mload(0x5a0), mload(0x5a0), r))
                mstore(0x5e0, add(sub(r, mload(0x480)), mulmod(mload(0x4a0), mulmod(mload(0x540), mulmod(mload(0x560), mulmod(mload(0x5c0), mulmod(mload(0x5c0), mload(0x5c0), r), r), r), r), r)))
                mstore(0x600, mulmod(calldataload(0x2864), calldataload(0x2864), r))
                mstore(0x620, addmod(add(calldataload(0x28c4), sub(r, mulmod(calldataload(0x28e4), m80, r))), sub(0xf1f5883e65f820d099915c908786b9d1c903896a609f32d65369cbe3b0000005, add(add(sub(r, calldataload(0x2cc4)), add(mulmod(mload(0x5e0), c27e4, r), add(mulmod(mload(0x500), calldataload(0x2864), r), sub(r, mulmod(calldataload(0x2844), mulmod(calldataload(0x2864), mulmod(mload(0x600), mload(0x600), r), r), r))))), mulmod(mload(0x120), add(sub(r, calldataload(0x2cc4)), add(mulmod(mload(0x5e0), calldataload(0x28a4), r), add(mulmod(mload(0x500), calldataload(0x2884), r), sub(r, mulmod(calldataload(0x2844), mulmod(calldataload(0x2884), mulmod(mload(0x520), mload(0x520), r), r), r))))), r))), r))
                sum := mulmod(mload(0x620), calldataload(0x2ce4), r)
                // weights: w = k_c rho^3 w' + rho^2 k_a + rho h + rc
                mstore(0x640, mulmod(calldataload(0x2d44), add(calldataload(0x2d44), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0x660, mulmod(mload(0x640), add(calldataload(0x2d44), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x2844), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x2cc4), mulmod(m80, add(calldataload(0x2ca4), mulmod(m80, add(calldataload(0x2d24), mulmod(m80, mulmod(calldataload(0x2d04), calldataload(0x2904), r), r)), r)), r)))), mulmod(mload(0x660), add(calldataload(0x2d44), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r), r))
                // public input: a = public input
                mstore(0x680, addmod(sub(r, calldataload(0x2da4)), add(add(0x4, sub(r, calldataload(0x2d64))), sub(r, calldataload(0x2d84))), r))
                mstore(0x6a0, mulmod(mload(0x680), add(mload(0x680), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0x6c0, mulmod(mload(0x6a0), add(mload(0x680), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                sum := add(mulmod(sum, y, r), mulmod(add(c27c4, sub(r, mload(0x320))), mulmod(calldataload(0x2da4), mload(0x6c0), r), r))
                // origin: a = 0
                inner := c27c4
                // origin: g = 0
                inner := add(mulmod(inner, y, r), calldataload(0x2824))
                // origin: sum = 0
                inner := add(mulmod(inner, y, r), calldataload(0x2924))
                mstore(0x6e0, mulmod(calldataload(0x2da4), add(calldataload(0x2da4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0x700, mulmod(mload(0x6a0), mload(0x6e0), r))
                sum := add(mulmod(sum, mload(0x380), r), mulmod(inner, mload(0x700), r))
                // hashing begins and ends: the sum is 0
                mstore(0x720, mulmod(mload(0x6e0), add(calldataload(0x2da4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x28c4), add(mload(0x700), mulmod(mload(0x680), mload(0x720), r)), r))
                // lookup ends: the sum is 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x2924), mulmod(mload(0x720), add(calldataload(0x2da4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r), r))
                // header of an account: a_next is a bit
                inner := mulmod(calldataload(0x2944), add(calldataload(0x2944), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r)
                // header of an account: b = tag of the kind
                inner := add(mulmod(inner, y, r), add(c27e4, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(0x636f76656e616e742f636f6c6c61746572616c2f7632, mulmod(calldataload(0x2944), 0x30644e72e131a029b84fe2aa7a924f6a1b2e2d1476b6659238e8eca6fd000001, r)))))
                sum := add(mulmod(sum, mload(0x360), r), mulmod(inner, mulmod(calldataload(0x2d84), mload(0x6c0), r), r))
                // every position counts: a = a' + a_next - a' a_next
                sum := add(mulmod(sum, y, r), mulmod(add(c27c4, add(mulmod(calldataload(0x2944), calldataload(0x2964), r), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x2964), calldataload(0x2944))))), mulmod(mload(0x6a0), mulmod(calldataload(0x2da4), calldataload(0x2d84), r), r), r))
                // a block ends: a = 0 or a of the block before
                inner := mulmod(c27c4, add(c27c4, sub(r, calldataload(0x2984))), r)
                // a block ends: chain = active ? output : chain before
                inner := add(mulmod(inner, y, r), add(add(calldataload(0x2804), sub(r, calldataload(0x29a4))), sub(r, mulmod(c27c4, add(c27e4, sub(r, calldataload(0x29a4))), r))))
                // a block ends: g = active ? g' : g before
                inner := add(mulmod(inner, y, r), add(add(calldataload(0x2824), sub(r, calldataload(0x29c4))), sub(r, mulmod(c27c4, add(calldataload(0x29e4), sub(r, calldataload(0x29c4))), r))))
                sum := add(mulmod(sum, mload(0x380), r), mulmod(inner, mulmod(mload(0x680), mulmod(calldataload(0x2d84), mload(0x6e0), r), r), r))
                // a word of an asset: a = 0 or a'
                inner := mulmod(c27c4, add(c27c4, sub(r, calldataload(0x2964))), r)
                // a word of an asset: unused: b = 0
                inner := add(mulmod(inner, y, r), mulmod(c27e4, add(0x1, sub(r, c27c4)), r))
                sum := add(mulmod(sum, mload(0x360), r), mulmod(inner, mulmod(calldataload(0x2d84), mload(0x720), r), r))
                // position: c is a bit
                inner := mulmod(calldataload(0x2a04), add(calldataload(0x2a04), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r)
                // position: every position: c = 1
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x2804), add(0x1, sub(r, calldataload(0x2a04))), r))
                // position: (g - g') (gamma + id) = c (amount + delta)
                mstore(0x740, add(calldataload(0x2824), sub(r, calldataload(0x29e4))))
                inner := add(mulmod(inner, y, r), add(mulmod(mload(0x740), add(mload(0xc0), mulmod(0x133100d71fdf35792b16366f4f7684df54ad7e14a329e70f18ee753c76f9dc6f, add(c27e4, sub(r, c27c4)), r)), r), sub(r, mulmod(calldataload(0x2a04), add(c27c4, mload(0xe0)), r))))
                mstore(0x760, mulmod(calldataload(0x2d84), add(calldataload(0x2d84), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                sum := add(mulmod(sum, mload(0x380), r), mulmod(inner, mulmod(mload(0x6a0), mload(0x760), r), r))
                // limbs: a = limbs, and the row below where there is more
                mstore(0x780, mulmod(add(calldataload(0x2dc4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffb), add(calldataload(0x2dc4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffc), r))
                mstore(0x7a0, mulmod(mload(0x780), add(calldataload(0x2dc4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), r))
                mstore(0x7c0, mulmod(mload(0x7a0), add(calldataload(0x2dc4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r))
                mstore(0x7e0, add(calldataload(0x2a24), mulmod(calldataload(0x2a44), 0x2000, r)))
                mstore(0x800, addmod(mulmod(calldataload(0x2aa4), 0x10000000000000, r), add(add(mload(0x7e0), mulmod(calldataload(0x2a64), 0x4000000, r)), mulmod(calldataload(0x2a84), 0x8000000000, r)), r))
                mstore(0x820, addmod(add(mload(0x800), mulmod(calldataload(0x2ac4), 0x20000000000000000, r)), mulmod(calldataload(0x2ae4), 0x40000000000000000000, r), r))
                mstore(0x840, addmod(add(mload(0x820), mulmod(calldataload(0x2b04), 0x80000000000000000000000, r)), mulmod(calldataload(0x2b24), 0x100000000000000000000000000, r), r))
                mstore(0x860, add(mload(0x840), mulmod(calldataload(0x2b44), 0x200000000000000000000000000000, r)))
                mstore(0x880, addmod(c27c4, sub(0xc19139cb84c680a6e14116da06056174a0cfa121e6e5c2450f87d64fc0000004, add(add(mload(0x860), mulmod(calldataload(0x2b64), 0x400000000000000000000000000000000, r)), mulmod(calldataload(0x2b84), 0x800000000000000000000000000000000000, r))), r))
                mstore(0x8a0, mulmod(calldataload(0x2dc4), add(calldataload(0x2dc4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0x8c0, mulmod(mload(0x8a0), add(calldataload(0x2dc4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                mstore(0x8e0, mulmod(mload(0x8c0), add(calldataload(0x2dc4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r))
                mstore(0x900, mulmod(mload(0x780), mload(0x8e0), r))
                mstore(0x920, mulmod(mload(0x8e0), add(calldataload(0x2dc4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), r))
                mstore(0x940, mulmod(mload(0x920), add(calldataload(0x2dc4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffb), r))
                mstore(0x960, mulmod(mload(0x920), add(calldataload(0x2dc4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffc), r))
                sum := add(mulmod(sum, y, r), addmod(mulmod(mload(0x960), add(c27c4, sub(r, mload(0x820))), r), add(mulmod(mload(0x940), add(c27c4, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, mload(0x860))), r), add(mulmod(mload(0x900), add(c27c4, sub(r, mload(0x840))), r), add(mulmod(mload(0x880), mulmod(calldataload(0x2dc4), mulmod(mload(0x7c0), add(calldataload(0x2dc4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r), r), r), mulmod(mulmod(mload(0x7c0), mload(0x8a0), r), add(mload(0x880), mulmod(0x30644e72e131a029b85045b67181585d2833e84879b9709143e1f593f0000001, calldataload(0x2944), r)), r)))), r))
                // limbs: the last limb of a top row is short
                sum := add(mulmod(sum, y, r), add(mulmod(mload(0x960), add(calldataload(0x2b04), mulmod(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effff801, calldataload(0x2ae4), r)), r), add(mulmod(mload(0x900), add(calldataload(0x2b44), mulmod(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffe1, calldataload(0x2b24), r)), r), mulmod(mload(0x940), add(calldataload(0x2b64), mulmod(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffc01, calldataload(0x2b44), r)), r))))
                // limbs: unused limb of a top row = 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x2b24), mload(0x960), r))
                // limbs: unused limb of a top row = 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x2b44), mload(0x960), r))
                // limbs: unused limb of a top row = 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x2b64), add(mload(0x900), mload(0x960)), r))
                // limbs: unused limb of a top row = 0
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x2b84), add(mload(0x960), add(mload(0x900), mload(0x940))), r))
                // two fields of 16 bits: a = limbs
                inner := add(c27c4, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, mload(0x7e0)))
                // two fields of 16 bits: the upper limb is short
                inner := add(mulmod(inner, y, r), add(calldataload(0x2a64), mulmod(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffc01, calldataload(0x2a44), r)))
                // two fields of 16 bits: b = limbs
                inner := add(mulmod(inner, y, r), add(c27e4, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x2a84), mulmod(0x2000, calldataload(0x2aa4), r)))))
                // two fields of 16 bits: the upper limb is short
                inner := add(mulmod(inner, y, r), add(calldataload(0x2ac4), mulmod(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffc01, calldataload(0x2aa4), r)))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x2ae4))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x2b04))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x2b24))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x2b44))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x2b64))
                // two fields of 16 bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x2b84))
                sum := add(mulmod(sum, mload(0x3e0), r), mulmod(inner, mulmod(mload(0x7a0), mload(0x8c0), r), r))
                // shares: a = limbs
                inner := add(c27c4, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, mload(0x7e0)))
                // shares: its complement to 10^4 = limbs
                inner := add(mulmod(inner, y, r), add(add(0x2710, sub(r, c27c4)), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x2a64), mulmod(0x2000, calldataload(0x2a84), r)))))
                // shares: b = limbs
                inner := add(mulmod(inner, y, r), add(c27e4, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x2aa4), mulmod(0x2000, calldataload(0x2ac4), r)))))
                // shares: its complement to 10^4 = limbs
                mstore(0x980, add(calldataload(0x2ae4), mulmod(0x2000, calldataload(0x2b04), r)))
                inner := add(mulmod(inner, y, r), add(add(0x2710, sub(r, c27e4)), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, mload(0x980))))
                // shares: operand = limbs
                mstore(0x9a0, add(calldataload(0x2b24), mulmod(0x2000, calldataload(0x2b44), r)))
                inner := add(mulmod(inner, y, r), add(calldataload(0x2804), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, mload(0x9a0))))
                // shares: its complement to 10^4 = limbs
                inner := add(mulmod(inner, y, r), add(add(0x2710, sub(r, calldataload(0x2804))), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x2b64), mulmod(0x2000, calldataload(0x2b84), r)))))
                mstore(0x9c0, mulmod(mload(0x760), add(calldataload(0x2d84), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                sum := add(mulmod(sum, mload(0x3c0), r), mulmod(inner, mulmod(mload(0x680), mload(0x9c0), r), r))
                // a weight and a width: b = limbs
                inner := add(c27e4, sub(r, mload(0x800)))
                // a weight and a width: the last limb is short
                inner := add(mulmod(inner, y, r), add(calldataload(0x2ac4), mulmod(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffe1, calldataload(0x2aa4), r)))
                // a weight and a width: a = limbs
                inner := add(mulmod(inner, y, r), add(c27c4, sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, mload(0x980))))
                // a weight and a width: its complement to 10^4 = limbs
                inner := add(mulmod(inner, y, r), add(add(0x2710, sub(r, c27c4)), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, mload(0x9a0))))
                mstore(0x9e0, mulmod(calldataload(0x2d64), mload(0x720), r))
                sum := add(mulmod(sum, mload(0x3a0), r), mulmod(inner, add(mload(0x9e0), mulmod(mload(0x680), mulmod(calldataload(0x2d64), mload(0x6e0), r), r)), r))
                // bits: a = bits
                mstore(0xa00, mulmod(calldataload(0x2b04), 0x80, r))
                inner := add(c27c4, sub(0x912ceb58a394e07d28f0d12384840917789bb8d96d2c51b3cba5e0bbd0000003, add(mload(0xa00), add(mulmod(calldataload(0x2ae4), 0x40, r), addmod(mulmod(calldataload(0x2ac4), 0x20, r), add(mulmod(calldataload(0x2aa4), 0x10, r), add(mulmod(calldataload(0x2a84), 0x8, r), add(add(calldataload(0x2a24), mulmod(0x2, calldataload(0x2a44), r)), mulmod(0x4, calldataload(0x2a64), r)))), r)))))
                // bits: b = -2^(n - 1) times the top bit
                inner := add(mulmod(inner, y, r), add(c27e4, mload(0xa00)))
                // bits: g = bits over rho, after g'
                mstore(0xa20, mulmod(m80, calldataload(0x29e4), r))
                mstore(0xa40, mulmod(m80, add(calldataload(0x2a44), mulmod(m80, add(calldataload(0x2a64), mulmod(m80, add(calldataload(0x2a84), mulmod(m80, add(calldataload(0x2aa4), mulmod(m80, add(calldataload(0x2ac4), mulmod(m80, add(calldataload(0x2ae4), mulmod(m80, add(mload(0xa20), calldataload(0x2b04)), r)), r)), r)), r)), r)), r)), r))
                inner := add(mulmod(inner, y, r), add(calldataload(0x2824), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(mload(0xa40), calldataload(0x2a24)))))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x2a24), add(calldataload(0x2a24), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x2a44), add(calldataload(0x2a44), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x2a64), add(calldataload(0x2a64), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x2a84), add(calldataload(0x2a84), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x2aa4), add(calldataload(0x2aa4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x2ac4), add(calldataload(0x2ac4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x2ae4), add(calldataload(0x2ae4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: bit
                inner := add(mulmod(inner, y, r), mulmod(calldataload(0x2b04), add(calldataload(0x2b04), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                // bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x2b24))
                // bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x2b44))
                // bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x2b64))
                // bits: unused limb = 0
                inner := add(mulmod(inner, y, r), calldataload(0x2b84))
                // bits: operand = top bit
                inner := add(mulmod(inner, y, r), add(calldataload(0x2804), sub(r, calldataload(0x2b04))))
                mstore(0xa60, mulmod(calldataload(0x2d64), add(calldataload(0x2d64), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r))
                mstore(0xa80, mulmod(mload(0xa60), add(calldataload(0x2d64), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r))
                sum := add(mulmod(sum, mload(0x400), r), mulmod(inner, mulmod(mload(0xa80), add(calldataload(0x2d64), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r), r))
                // lookup: (sum_next - sum - parts) = sum 1 / limb - m (t + 1) / table
                mstore(0xaa0, mulmod(add(calldataload(0x2a24), mload(0xa0)), add(calldataload(0x2a44), mload(0xa0)), r))
                mstore(0xac0, add(calldataload(0x2a64), mload(0xa0)))
                mstore(0xae0, mulmod(mload(0xaa0), mload(0xac0), r))
                mstore(0xb00, add(calldataload(0x2a84), mload(0xa0)))
                mstore(0xb20, mulmod(mload(0xae0), mload(0xb00), r))
                inner := add(mulmod(mload(0xb20), mulmod(calldataload(0x2ba4), add(calldataload(0x2ce4), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r), r), mulmod(add(0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff, add(mload(0xa0), calldataload(0x2ce4))), add(mulmod(mload(0xb20), add(sub(r, calldataload(0x2be4)), add(add(calldataload(0x2c04), sub(r, calldataload(0x2924))), sub(r, calldataload(0x2bc4)))), r), sub(0xc19139cb84c680a6e14116da06056174a0cfa121e6e5c2450f87d64fc0000004, add(mload(0xae0), add(mulmod(mload(0xaa0), mload(0xb00), r), add(mulmod(mload(0xb00), mulmod(mload(0xac0), add(calldataload(0x2a44), mload(0xa0)), r), r), mulmod(mload(0xb00), mulmod(mload(0xac0), add(calldataload(0x2a24), mload(0xa0)), r), r)))))), r))
                // lookup: part = sum 1 / limb
                mstore(0xb40, mulmod(add(calldataload(0x2aa4), mload(0xa0)), add(calldataload(0x2ac4), mload(0xa0)), r))
                mstore(0xb60, add(calldataload(0x2ae4), mload(0xa0)))
                mstore(0xb80, mulmod(mload(0xb40), mload(0xb60), r))
                mstore(0xba0, add(calldataload(0x2b04), mload(0xa0)))
                mstore(0xbc0, mulmod(mload(0xb80), mload(0xba0), r))
                mstore(0xbe0, add(calldataload(0x2b24), mload(0xa0)))
                inner := add(mulmod(inner, y, r), addmod(mulmod(calldataload(0x2bc4), mulmod(mload(0xbc0), mload(0xbe0), r), r), sub(0xf1f5883e65f820d099915c908786b9d1c903896a609f32d65369cbe3b0000005, add(mload(0xbc0), add(mulmod(mload(0xb80), mload(0xbe0), r), add(mulmod(mload(0xbe0), mulmod(mload(0xb40), mload(0xba0), r), r), add(mulmod(mload(0xbe0), mulmod(mload(0xba0), mulmod(mload(0xb60), add(calldataload(0x2ac4), mload(0xa0)), r), r), r), mulmod(mload(0xbe0), mulmod(mload(0xba0), mulmod(mload(0xb60), add(calldataload(0x2aa4), mload(0xa0)), r), r), r)))))), r))
                // lookup: part = sum 1 / limb
                mstore(0xc00, mulmod(add(calldataload(0x2b44), mload(0xa0)), add(calldataload(0x2b64), mload(0xa0)), r))
                mstore(0xc20, add(calldataload(0x2b84), mload(0xa0)))
                inner := add(mulmod(inner, y, r), add(mulmod(calldataload(0x2be4), mulmod(mload(0xc00), mload(0xc20), r), r), sub(0x912ceb58a394e07d28f0d12384840917789bb8d96d2c51b3cba5e0bbd0000003, add(mload(0xc00), add(mulmod(mload(0xc20), add(calldataload(0x2b64), mload(0xa0)), r), mulmod(mload(0xc20), add(calldataload(0x2b44), mload(0xa0)), r))))))
                sum := add(mulmod(sum, mload(0x380), r), mulmod(inner, calldataload(0x2ce4), r))
                // c follows: c = k_c c' + k_a a
                mstore(0xc40, mulmod(add(calldataload(0x2d44), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), add(calldataload(0x2d44), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), r))
                mstore(0xc60, add(calldataload(0x2a04), sub(r, mulmod(calldataload(0x2d04), calldataload(0x2c24), r))))
                mstore(0xc80, mulmod(calldataload(0x2d24), c27c4, r))
                mstore(0xca0, addmod(mload(0xc60), sub(r, mload(0xc80)), r))
                sum := add(mulmod(sum, y, r), mulmod(mload(0xca0), mulmod(calldataload(0x2d44), mulmod(mload(0xc40), add(calldataload(0x2d44), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593efffffff), r), r), r))
                // c follows: c = k_c c' + k_a a + b
                sum := add(mulmod(sum, y, r), mulmod(add(mload(0xca0), sub(r, c27e4)), mulmod(mload(0x640), mload(0xc40), r), r))
                // c follows: c = k_c c' + k_a a b
                sum := add(mulmod(sum, y, r), mulmod(mulmod(mload(0x660), add(calldataload(0x2d44), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffd), r), add(mload(0xc60), sub(r, mulmod(c27e4, mload(0xc80), r))), r))
                // flags: c = 0
                mstore(0xcc0, mulmod(calldataload(0x2d84), mload(0xa80), r))
                sum := add(mulmod(sum, y, r), mulmod(calldataload(0x2a04), add(mload(0xcc0), mulmod(mload(0x680), mulmod(calldataload(0x2da4), mload(0x760), r), r)), r))
                // flags: word = c
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x2804), sub(r, calldataload(0x2a04))), add(mload(0x9e0), mulmod(mload(0x6e0), mload(0x760), r)), r))
                // flags: a + b = k_a
                sum := add(mulmod(sum, y, r), mulmod(mulmod(calldataload(0x2da4), mload(0x9c0), r), add(add(c27c4, c27e4), sub(r, calldataload(0x2d24))), r))
                // flags: a + operand + c = b
                sum := add(mulmod(sum, y, r), mulmod(mulmod(mload(0x9c0), add(calldataload(0x2d84), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593effffffe), r), add(add(calldataload(0x2a04), add(c27c4, calldataload(0x2804))), sub(r, c27e4)), r))
                // flags: a b = operand
                mstore(0xce0, mulmod(calldataload(0x2d64), mload(0x6c0), r))
                sum := add(mulmod(sum, y, r), mulmod(mload(0xce0), add(sub(r, calldataload(0x2804)), mulmod(c27e4, c27c4, r)), r))
                // flags: (1 - operand) a = 0
                sum := add(mulmod(sum, y, r), mulmod(mulmod(c27c4, add(0x1, sub(r, calldataload(0x2804))), r), add(mload(0xce0), mulmod(mload(0x6a0), mulmod(calldataload(0x2da4), calldataload(0x2d64), r), r)), r))
                // lines: c = b operand
                mstore(0xd00, mulmod(calldataload(0x2d64), calldataload(0x2d84), r))
                mstore(0xd20, mulmod(mload(0x6a0), mload(0xd00), r))
                mstore(0xd40, mulmod(c27e4, calldataload(0x2804), r))
                sum := add(mulmod(sum, y, r), mulmod(mload(0xd20), add(calldataload(0x2a04), sub(r, mload(0xd40))), r))
                // lines: c = c'
                mstore(0xd60, mulmod(mload(0x680), mulmod(calldataload(0x2da4), mload(0xd00), r), r))
                mstore(0xd80, mulmod(calldataload(0x2d64), mload(0x760), r))
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x2a04), sub(r, calldataload(0x2c24))), add(mload(0xd60), mulmod(calldataload(0x2da4), mload(0xd80), r)), r))
                // lines: c = c' - 10^10 operand
                mstore(0xda0, mulmod(mload(0x6e0), mload(0xd00), r))
                sum := add(mulmod(sum, y, r), mulmod(mload(0xda0), add(calldataload(0x2a04), add(sub(r, calldataload(0x2c24)), mulmod(calldataload(0x2804), 0x2540be400, r))), r))
                // lines: a + number before = b c
                sum := add(mulmod(sum, y, r), mulmod(mload(0xd60), add(add(c27c4, calldataload(0x2964)), sub(r, mulmod(c27e4, calldataload(0x2a04), r))), r))
                // lines: a - number before = (b - b before) c
                sum := add(mulmod(sum, y, r), mulmod(mload(0xda0), add(add(c27c4, sub(r, calldataload(0x2964))), sub(r, mulmod(calldataload(0x2a04), add(c27e4, sub(r, calldataload(0x2c44))), r))), r))
                // shares: a = b operand - 10^4 number that follows
                sum := add(mulmod(sum, y, r), mulmod(mulmod(mload(0x680), mload(0xd80), r), add(add(c27c4, sub(r, mload(0xd40))), mulmod(calldataload(0x2944), 0x2710, r)), r))
                // shares: a = 10^4 c - b operand
                mstore(0xdc0, mulmod(calldataload(0x2d64), mload(0x9c0), r))
                mstore(0xde0, mulmod(calldataload(0x2a04), 0x2710, r))
                sum := add(mulmod(sum, y, r), mulmod(mload(0xdc0), add(mload(0xd40), add(c27c4, sub(r, mload(0xde0)))), r))
                // shares: a = b operand - 10^4 c
                sum := add(mulmod(sum, y, r), mulmod(add(mload(0xde0), add(c27c4, sub(r, mload(0xd40)))), mulmod(mload(0x6a0), mload(0xa60), r), r))
                // remainder of a report: a = operand (b - 1 - a')
                sum := add(mulmod(sum, y, r), mulmod(add(c27c4, sub(r, mulmod(calldataload(0x2804), add(add(c27e4, 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), sub(r, calldataload(0x2964))), r))), mulmod(mload(0x6e0), mload(0xa60), r), r))
                // key of an asset: (g - g') (gamma + b) = -(1 or kappa) operand (c + delta a)
                mstore(0xe00, mulmod(calldataload(0x2d84), mload(0xa60), r))
                mstore(0xe20, mulmod(mload(0x680), mload(0xe00), r))
                mstore(0xe40, mulmod(calldataload(0x2da4), mload(0xe00), r))
                sum := add(mulmod(sum, y, r), add(mulmod(add(mload(0xc0), c27e4), mulmod(mload(0x740), add(mload(0xe20), mload(0xe40)), r), r), mulmod(add(mload(0xe20), mulmod(mload(0xe40), mload(0x100), r)), mulmod(calldataload(0x2804), add(calldataload(0x2a04), mulmod(c27c4, mload(0xe0), r)), r), r)))
                // kind of an account: g = g'' + g' (1 + (kappa - 1) b)
                sum := add(mulmod(sum, y, r), mulmod(add(add(calldataload(0x2824), sub(r, calldataload(0x2c64))), sub(r, mulmod(calldataload(0x29e4), add(0x1, mulmod(c27e4, add(mload(0x100), 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000), r)), r))), mulmod(mload(0x760), mload(0xa60), r), r))
                // g = rho^2 g' + rho a + b
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x2824), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(c27e4, mulmod(m80, add(mload(0xa20), c27c4), r)))), mulmod(mload(0x680), mload(0xa80), r), r))
                // g = rho g' + c
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x2824), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(mload(0xa20), calldataload(0x2a04)))), add(mload(0xdc0), mulmod(calldataload(0x2da4), mload(0xa80), r)), r))
                // g = g' + g_next a
                sum := add(mulmod(sum, y, r), mulmod(add(calldataload(0x2824), sub(0x60c89ce5c263405370a08b6d0302b0ba5067d090f372e12287c3eb27e0000002, add(calldataload(0x29e4), mulmod(c27c4, calldataload(0x2c84), r)))), add(mload(0xcc0), mload(0xd20)), r))
                // permutation: z = 1 in the first row
                sum := add(mulmod(sum, y, r), mulmod(mload(0x2c0), add(0x1, sub(r, calldataload(0x2ea4))), r))
                // permutation: z = 0 or 1 in the last row
                sum := add(mulmod(sum, y, r), mulmod(mload(0x2e0), add(sub(r, calldataload(0x2ea4)), mulmod(calldataload(0x2ea4), calldataload(0x2ea4), r)), r))
                // permutation: z_next (a + beta sigma + gamma) ... = z (a + beta delta^i x + gamma) ...
                mstore(0xe60, mulmod(mload(0x160), mload(0x1c0), r))
                mstore(0xe80, add(mulmod(add(add(calldataload(0x2844), mload(0x180)), mulmod(mload(0x160), calldataload(0x2e84), r)), mulmod(add(add(calldataload(0x2824), mload(0x180)), mulmod(mload(0x160), calldataload(0x2e64), r)), mulmod(add(add(calldataload(0x2804), mload(0x180)), mulmod(mload(0x160), calldataload(0x2e44), r)), mulmod(add(add(c27e4, mload(0x180)), mulmod(mload(0x160), calldataload(0x2e24), r)), mulmod(calldataload(0x2ec4), add(add(c27c4, mload(0x180)), mulmod(mload(0x160), calldataload(0x2e04), r)), r), r), r), r), r), sub(r, mulmod(add(add(calldataload(0x2844), mload(0x180)), mulmod(mload(0xe60), 0xa136ba13afa6c83eb7b82fb370e228e74155e48fb8f1c1cfc33fb0da8afb42, r)), mulmod(add(add(calldataload(0x2824), mload(0x180)), mulmod(mload(0xe60), 0x18afdf23e9bd9302673fc1e076a492d4d65bd18ebc4d854ed189139bab313e52, r)), mulmod(add(add(calldataload(0x2804), mload(0x180)), mulmod(mload(0xe60), 0x13b360d4e82fe915fed16081038f98c211427b87a281bd733c277dbadf10372b, r)), mulmod(mulmod(calldataload(0x2ea4), add(mload(0xe60), add(c27c4, mload(0x180))), r), add(add(c27e4, mload(0x180)), mulmod(mload(0xe60), 0x9226b6e22c6f0ca64ec26aad4c86e715b5f898e5e963f25870e56bbe533e9a2, r)), r), r), r), r))))
                sum := add(mulmod(sum, y, r), mulmod(mload(0x300), mload(0xe80), r))
                mstore(0x340, mulmod(sum, mload(0x2a0), r))
            }

            // SHPLONK's scalars: the weights of the sets, minus the evaluation of all at u, minus Z_S0(u).
            // Within a set t = u / x: its points are at u - x omega^i = x (t - omega^i), and x cancels.
            mstore(0x720, mulmod(mload(0x220), mload(0x280), r))
            {
                let m1e0 := mload(0x1e0)
                let m200 := mload(0x200)
                let m720 := mload(0x720)
                let m1c0 := mload(0x1c0)
                let m220 := mload(0x220)
                mstore(0x740, add(m220, mulmod(0xd2ca1a141f0e0fe8dae3331e2e74c55520d0e7e465bfcf0b2c819ad0554c355, m1c0, r)))
                mstore(0x760, add(m220, mulmod(0x2580851320f595ca8a679cc2157d8b7d4846bc8eed1b25b092d6dfa64b1c4e1e, m1c0, r)))
                mstore(0x400, mulmod(mload(0x260), mulmod(m200, mulmod(mload(0x760), mulmod(mload(0x740), add(m220, mulmod(m1c0, 0x2665161f956110feaf9a44abd297ac14caf8ed0dded548883c8e7a8af391ac1c, r)), r), r), r), r))
                mstore(0x780, add(m220, mulmod(0xc8316dc607766c9b3ca51a6cf7a997f7f7b895cd3beb525c3c65b88a46f284, m1c0, r)))
                mstore(0x460, mulmod(mulmod(m200, m200, r), mulmod(mload(0x740), mload(0x780), r), r))
                mstore(0x7a0, mulmod(m200, mulmod(m200, m200, r), r))
                mstore(0x4c0, mulmod(mload(0x260), mulmod(mload(0x7a0), add(m220, mulmod(0x6aea47f68f92612d929bfc72821c238b723309c97d43622a4d86d3c870b791e, m1c0, r)), r), r))
                mstore(0x7c0, mulmod(m200, mload(0x7a0), r))
                mstore(0x7e0, mulmod(mload(0x740), mload(0x760), r))
                mstore(0x520, mulmod(mload(0x7c0), mload(0x7e0), r))
                mstore(0x800, mulmod(m200, mload(0x7c0), r))
                mstore(0x820, mulmod(mload(0x780), mload(0x7e0), r))
                mstore(0x580, mulmod(mload(0x800), mload(0x820), r))
                mstore(0x5e0, mulmod(mulmod(m200, mload(0x800), r), mulmod(mload(0x760), mload(0x780), r), r))
                mstore(0x840, add(m720, 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000))
                mstore(0x860, mulmod(mload(0x840), add(m720, 0xc8316dc607766c9b3ca51a6cf7a997f7f7b895cd3beb525c3c65b88a46f284), r))
                mstore(0x880, mulmod(mload(0x860), add(m720, 0x2580851320f595ca8a679cc2157d8b7d4846bc8eed1b25b092d6dfa64b1c4e1e), r))
                mstore(0x8a0, mulmod(mload(0x4c0), add(mulmod(mulmod(mload(0x880), add(m720, 0xd2ca1a141f0e0fe8dae3331e2e74c55520d0e7e465bfcf0b2c819ad0554c355), r), mulmod(calldataload(0x2c64), 0x2bb4ff6b70d1b8223731c6833d3e3e05489e3a04e91a9d5601050d2d3c846303, r), r), mulmod(add(m720, 0x2665161f956110feaf9a44abd297ac14caf8ed0dded548883c8e7a8af391ac1c), add(mulmod(mload(0x880), mulmod(calldataload(0x2c84), 0x12f36fac8699b1895b2a5ad7449edb0cabc9f6f8fc3b5b201fe88e8ecb8d1074, r), r), mulmod(add(m720, 0xd2ca1a141f0e0fe8dae3331e2e74c55520d0e7e465bfcf0b2c819ad0554c355), add(mulmod(mload(0x860), mulmod(calldataload(0x29c4), 0x559ceea1ae231151345b038c2ca579c1ae1eeb5d2d82c1da9b04787c2f9b987, r), r), mulmod(add(m720, 0x2580851320f595ca8a679cc2157d8b7d4846bc8eed1b25b092d6dfa64b1c4e1e), add(mulmod(add(m720, 0xc8316dc607766c9b3ca51a6cf7a997f7f7b895cd3beb525c3c65b88a46f284), mulmod(calldataload(0x2824), 0x18b996cda28a349366e0af3d12eb9f7d355ada3467d3c15b1fc2cb6689acecfa, r), r), mulmod(mload(0x840), mulmod(calldataload(0x29e4), 0x40cc8160d8b70ff641e0a9cab6fa08f0bc2d6a8d370fb339d633c7d8b47e60a, r), r)), r)), r)), r)), r))
                mstore(0x8c0, addmod(mulmod(mload(0x520), add(mulmod(add(m720, 0xc8316dc607766c9b3ca51a6cf7a997f7f7b895cd3beb525c3c65b88a46f284), mulmod(0x2d1ca3fced05ea99b4675f72b0769e2a3cf7c29819f27f93bad5da00d5c23bed, add(calldataload(0x2844), mulmod(m1e0, calldataload(0x2a04), r)), r), r), mulmod(mload(0x840), mulmod(0x347aa75f42bb59003e8e643d10aba32eb3c25b05fc6f0fd890c1b931a3dc414, add(calldataload(0x2904), mulmod(m1e0, calldataload(0x2c24), r)), r), r)), r), add(mload(0x8a0), add(mulmod(mload(0x460), add(mulmod(add(m720, 0x2580851320f595ca8a679cc2157d8b7d4846bc8eed1b25b092d6dfa64b1c4e1e), mulmod(calldataload(0x2804), 0x258040eb09a246193e2c7dc93c7f337e410ba5b98af5878ddd626245f937d3b9, r), r), mulmod(mload(0x840), mulmod(calldataload(0x29a4), 0xae40d87d78f5a107a23c7ed450224dee728428eeec3e903667f934df6c82c48, r), r)), r), add(add(mulmod(mload(0x880), mulmod(calldataload(0x2944), 0x215736afcf3116aceb9535918a60ecc662abce19a63d642ed584376379cd84a2, r), r), mulmod(add(m720, 0xd2ca1a141f0e0fe8dae3331e2e74c55520d0e7e465bfcf0b2c819ad0554c355), add(mulmod(mload(0x860), mulmod(calldataload(0x2984), 0x2e630b32e7a914b2f3c342e9937ed0dd6854bd43c4ee09e2f394c2580ba23818, r), r), mulmod(add(m720, 0x2580851320f595ca8a679cc2157d8b7d4846bc8eed1b25b092d6dfa64b1c4e1e), add(mulmod(add(m720, 0xc8316dc607766c9b3ca51a6cf7a997f7f7b895cd3beb525c3c65b88a46f284), mulmod(calldataload(0x27c4), 0x18501495ccf6a98773da085517ef69bb0eae09d5ab37973032a49d5f33348370, r), r), mulmod(mload(0x840), mulmod(calldataload(0x2964), 0x292294e01fc40b95d5be50534eb4e1b89eed23a656c94c71cfe849a1175bbfd9, r), r)), r)), r)), mulmod(mload(0x400), add(mulmod(mload(0x860), mulmod(calldataload(0x28a4), 0x140cea04c5d9325e539a10ada23d0a3672a7326ea37771835f8debc5c0dd78da, r), r), mulmod(add(m720, 0x6aea47f68f92612d929bfc72821c238b723309c97d43622a4d86d3c870b791e), add(mulmod(add(m720, 0xc8316dc607766c9b3ca51a6cf7a997f7f7b895cd3beb525c3c65b88a46f284), mulmod(calldataload(0x27e4), 0x2512e7861d63b26c2bbad7699234ea8b14d810b42849772afe9e5165dc9e76fc, r), r), mulmod(mload(0x840), mulmod(calldataload(0x2c44), 0x27a8cb5adf265b88f14ba355ce90bbf8c8e88d6e27b1f8742997adfc4284102c, r), r)), r)), r)))), r))
                mstore(0x8e0, mulmod(m1e0, add(calldataload(0x2e04), mulmod(m1e0, add(calldataload(0x2e24), mulmod(m1e0, add(calldataload(0x2e44), mulmod(m1e0, add(calldataload(0x2e64), mulmod(m1e0, add(calldataload(0x2e84), mulmod(m1e0, add(mload(0x340), mulmod(m1e0, calldataload(0x2de4), r)), r)), r)), r)), r)), r)), r))
                mstore(0x900, mulmod(m1e0, add(calldataload(0x2d04), mulmod(m1e0, add(calldataload(0x2d24), mulmod(m1e0, add(calldataload(0x2d44), mulmod(m1e0, add(calldataload(0x2d64), mulmod(m1e0, add(calldataload(0x2d84), mulmod(m1e0, add(calldataload(0x2da4), mulmod(m1e0, add(mload(0x8e0), calldataload(0x2dc4)), r)), r)), r)), r)), r)), r)), r))
                mstore(0x920, mulmod(m1e0, add(calldataload(0x2b84), mulmod(m1e0, add(calldataload(0x2ba4), mulmod(m1e0, add(calldataload(0x2bc4), mulmod(m1e0, add(calldataload(0x2be4), mulmod(m1e0, add(calldataload(0x2ca4), mulmod(m1e0, add(calldataload(0x2cc4), mulmod(m1e0, add(mload(0x900), calldataload(0x2ce4)), r)), r)), r)), r)), r)), r)), r))
                mstore(0x940, mulmod(m1e0, add(calldataload(0x2aa4), mulmod(m1e0, add(calldataload(0x2ac4), mulmod(m1e0, add(calldataload(0x2ae4), mulmod(m1e0, add(calldataload(0x2b04), mulmod(m1e0, add(calldataload(0x2b24), mulmod(m1e0, add(calldataload(0x2b44), mulmod(m1e0, add(mload(0x920), calldataload(0x2b64)), r)), r)), r)), r)), r)), r)), r))
                mstore(0x960, addmod(add(mload(0x8c0), mulmod(mload(0x580), add(calldataload(0x2864), mulmod(m1e0, add(calldataload(0x2884), mulmod(m1e0, add(calldataload(0x2a24), mulmod(m1e0, add(calldataload(0x2a44), mulmod(m1e0, add(calldataload(0x2a64), mulmod(m1e0, add(mload(0x940), calldataload(0x2a84)), r)), r)), r)), r)), r)), r)), mulmod(mload(0x5e0), add(mulmod(add(m720, 0xd2ca1a141f0e0fe8dae3331e2e74c55520d0e7e465bfcf0b2c819ad0554c355), mulmod(0x347aa75f42bb59003e8e643d10aba32eb3c25b05fc6f0fd890c1b931a3dc415, add(calldataload(0x28c4), mulmod(m1e0, add(calldataload(0x2924), mulmod(m1e0, calldataload(0x2ea4), r)), r)), r), r), mulmod(mload(0x840), mulmod(0x2d1ca3fced05ea99b4675f72b0769e2a3cf7c29819f27f93bad5da00d5c23bec, add(calldataload(0x28e4), mulmod(m1e0, add(calldataload(0x2c04), mulmod(m1e0, calldataload(0x2ec4), r)), r)), r), r)), r), r))
                mstore(0x640, sub(r, mload(0x960)))
                mstore(0x6a0, sub(r, mulmod(mload(0x820), add(m220, sub(r, m1c0)), r)))
            }
            mstore(0x700, mload(0x220))
            mstore(0x3a0, mload(0x240))

            // The points that are folded, each below the one before it.
            calldatacopy(0x11e0, 0x2644, 0x140)
            calldatacopy(0x11a0, 0x2484, 0x40)
            mstore(0x1120, 0x0964072fc0c55e60d4abd3898be2a2b56d5069b27120d71a7bc77be1f80deffc)
            mstore(0x1140, 0x1b398a95953f91c6d49812ff3164f207a8a48cac4211dc97085a01a625f1d568)
            mstore(0x10e0, 0x16d9f3dece2b7e63075eae9344ca14069ece5cc65a7abe1ab621b5d42ac9c5cd)
            mstore(0x1100, 0x245edefafd98cf74ef5a0b80e8ae157d14010f3c85627208e82716ba55be16a2)
            mstore(0x10a0, 0x1aabdad64cbc7f9e66f289fdb10d387bd5e3baeaa9ecfab9cf01277cbecb6ebc)
            mstore(0x10c0, 0x043e96d913b2cde719eca1e184373a597de2ef773546bb66d090103a1120b4de)
            mstore(0x1060, 0x057a51e317120dcb446807605441d8e37cdb2fe44fa0e848cfac4b0d6f4e3400)
            mstore(0x1080, 0x133e68dac65eebabafeb5ef908d84dd4b50f4c703b83e64db505fc97c87348d7)
            mstore(0x1020, 0x03e994c4acecdafc7100d7af0f6655be1724f11affc367168be2f50f540c3f6d)
            mstore(0x1040, 0x200c7577e79bc81e38d6496958129fdc05a85f87a3194c0f31a2b15c825b6422)
            mstore(0xfe0, 0x07386beeb254ee512a5d862a7e7a166da4e24dc882728db44b4d57dbed970c04)
            mstore(0x1000, 0x22395bf3fa5db75c700e68d72dd872fa2145c923eb558c048e69139fbf0b021c)
            mstore(0xfa0, 0x0a72b6954c378120c66fd82d3bb5976f8e7e2c35590411dc906daf6a47f09061)
            mstore(0xfc0, 0x20acab5447ddbc948897159a5241279049c5c47502341b94c41a20c967531c1a)
            mstore(0xf60, 0x14dcf7054b90dec01fb02cad79285c33200f67a4dc7b5906a032a813fde597cd)
            mstore(0xf80, 0x1733a1bbb174cc10c03421428942960b0c56de4ec2dd5bbe9f7829ea6fe8dcd1)
            mstore(0xf20, 0x2550eb55250487f3c4f9ea36ae3b3bb3c4b310e811393819499f5194fe4493ac)
            mstore(0xf40, 0x1bc9cf2f193e84bfd2646bac49dd507107cbc0fc27ad53f356155fe1c85a3f56)
            mstore(0xee0, 0x186d5aff1077661e1a73a48a547072e613e1e2a42a963dd32276d6c7c3b70c3a)
            mstore(0xf00, 0x107436ed70b19693b44a3f2b525b1daeba00d61aa408734741e10892f2258abf)
            mstore(0xea0, 0x0a76089f7a6f2f1988bc2bf5e42cd0d54e8c3c84cf6e89c2a263cc7032c94ed7)
            mstore(0xec0, 0x2ac68d88d76d4fbde24b796b19a493be3cbf679a71fa42b7d197d731fb23fb00)
            mstore(0xe60, 0x152443b4ccc35db098292337d57d014134179d6190df943588f8edb1200b8165)
            mstore(0xe80, 0x17ae5717065edf6611306abe3f368a3e69bb2bbd12d8140c4eaeb82ac0c19cf9)
            mstore(0xe20, 0x18e21493aa70e814403ebcbd1f975b3c299f78034799930f32446151f84fffe8)
            mstore(0xe40, 0x014be9a0e745e66fc632d40211245ee8b021b0c3f39987efe48fc0880276efc0)
            mstore(0xde0, 0x2866ef0b5d45a7680bc01600b74a38dccbed903f201c65a0e5dac012f83b3361)
            mstore(0xe00, 0x11110448e8b2aec078f1a32f67c2084f4f9001e35623843447419bbf9a82760c)
            mstore(0xda0, 0x29aa70e1ccbc7e2ec91f234ac4fbad26ef857cb53f5fa24abd70e8adf6cf5d6e)
            mstore(0xdc0, 0x1d59e66e4e26b93e946d9b57677437f9b45e1b32f12f91e3a50bad42825b451e)
            calldatacopy(0xd20, 0x2544, 0x80)
            calldatacopy(0xce0, 0x2404, 0x40)
            calldatacopy(0x960, 0x2044, 0x380)
            calldatacopy(0x8e0, 0x24c4, 0x80)

            // The quotient's commitment: its pieces folded by x^n. Calls run from the last line up.
            let ok := 1
            calldatacopy(0x360, 0x2784, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x11e0, 0x80, 0x1160, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x1220, 0x40),
                and(staticcall(2000, 6, 0x1220, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x1260, 0x40),
                and(staticcall(2000, 6, 0x1260, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x12a0, 0x40),
                and(staticcall(2000, 6, 0x12a0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x12e0, 0x40),
                and(staticcall(2000, 6, 0x12e0, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x1320, 0x40), ok))))))))))
            mstore(0x3a0, mload(0x1e0))

            // Set 0: opened at x omega^i for i = [-16, -1, 0, 1], folded by y.
            calldatacopy(0x760, 0x1f84, 0x40)

            // Set 1: opened at x omega^i for i = [-1, 0, 17], folded by y.
            calldatacopy(0x3c0, 0x1fc4, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x720, 0x80, 0x760, 0x40),
                and(staticcall(20000, 7, 0x3c0, 0x60, 0x720, 0x40), ok))

            // Set 2: opened at x omega^i for i = [-16, 0], folded by y.
            calldatacopy(0x420, 0x23c4, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x720, 0x80, 0x760, 0x40),
                and(staticcall(20000, 7, 0x420, 0x60, 0x720, 0x40), ok))

            // Set 3: opened at x omega^i for i = [-16, -2, -1, 0, 1], folded by y.
            calldatacopy(0x480, 0x2444, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x720, 0x80, 0x760, 0x40),
                and(staticcall(20000, 7, 0x480, 0x60, 0x720, 0x40), ok))

            // Set 4: opened at x omega^i for i = [-1, 0], folded by y.
            calldatacopy(0x360, 0x2004, 0x40)
            ok :=
                and(staticcall(2000, 6, 0x720, 0x80, 0x760, 0x40),
                and(staticcall(20000, 7, 0x4e0, 0x60, 0x720, 0x40),
                and(staticcall(2000, 6, 0x11a0, 0x80, 0x4e0, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x11e0, 0x40), ok))))

            // Set 5: opened at x omega^i for i = [0], folded by y.
            calldatacopy(0x360, 0x2604, 0x40)
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
                and(staticcall(20000, 7, 0x360, 0x60, 0x1160, 0x40),
                and(staticcall(2000, 6, 0x1160, 0x80, 0x360, 0x40),
                and(staticcall(20000, 7, 0x360, 0x60, 0x11a0, 0x40), ok))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))

            // Set 6: opened at x omega^i for i = [0, 1], folded by y.
            calldatacopy(0x360, 0x25c4, 0x40)
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
            calldatacopy(0x660, 0x2ee4, 0x40)
            calldatacopy(0x6c0, 0x2f24, 0x40)
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
            calldatacopy(0x820, 0x2f24, 0x40)
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
