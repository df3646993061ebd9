// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

/// @notice What a proof says, in public values (docs/spec.md, section 6).
/// @param subject Who claims to be covered, below 2^248.
/// @param asOfFrom Unix seconds: no account of the basket is older.
/// @param asOfTo Unix seconds: no account of the basket is younger. Not before `asOfFrom`.
/// @param policy The policy's digest, below r.
/// @param publicDebt Micro-units of the quote currency, below 2^80.
/// @param ratioBps The required base ratio in basis points, 1 to 2^20 - 1.
/// @param context What the proof is bound to (S9), below 2^248.
/// @param kinds The kind of every account, which the proof shows (S1): bit i is 1 where
/// `commitments[i]` is a liability and 0 where it is collateral. No bit beyond the basket.
/// @param report What is held of each reported group (S10): three lines of 80 bits a word, the
/// first one lowest.
/// @param commitments The basket: not 0, strictly ascending.
/// @param prices In the policy's digest order, each 1 to 2^120 - 1.
struct Statement {
    uint256 subject;
    uint64 asOfFrom;
    uint64 asOfTo;
    uint256 policy;
    uint128 publicDebt;
    uint32 ratioBps;
    uint256 context;
    uint64 kinds;
    uint256[5] report;
    uint256[] commitments;
    uint128[] prices;
}

/// @title Checks statements with the proofs of one circuit
interface ICovenantVerifier {
    /// @notice keccak256 of the circuit's id, which names version, shape and verifying key.
    function circuit() external view returns (bytes32);

    /// @notice Returns if the proof proves the statement; reverts otherwise.
    function verify(Statement calldata statement, bytes calldata proof) external view;
}
