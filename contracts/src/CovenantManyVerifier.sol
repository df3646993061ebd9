// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {CovenantVerifier} from "./CovenantVerifier.sol";
import {Statement} from "./interfaces/ICovenantVerifier.sol";

/// @title A typed front of a generated verifier of many claims
/// @notice One proof is verified for several statements, each of which then counts as proved until
/// the transaction ends: `verify`, which a registry calls for each of them, takes no proof of its
/// own. A statement is marked here by a verified proof and by nothing else, so it does not matter
/// who had it verified, or who calls in between: a statement that was proved is true for everybody.
contract CovenantManyVerifier is CovenantVerifier {
    /// @notice Expected 1 to `claims` statements.
    error WrongStatements(uint256 claims, uint256 got);
    /// @notice No proof of this statement was verified in this transaction. `inputs` is keccak256 of
    /// its public inputs.
    error NotProved(bytes32 inputs);
    /// @notice The proof belongs to `verifyMany`: here it must be empty.
    error ProofNotEmpty(uint256 length);

    /// @notice How many claims the circuit has.
    uint256 public immutable claims;
    bytes4 private immutable _selectorOfMany;

    /// @param verifier_ The generated verifier.
    /// @param codeHash_ The hash of its code, as published.
    /// @param circuitId The circuit's id, as published.
    /// @param claims_ Claims of the circuit.
    /// @param accounts_ Account slots of each.
    /// @param assets_ Asset slots of each.
    /// @param gasCap_ The most gas to give it: above what an accepted proof costs.
    constructor(
        address verifier_,
        bytes32 codeHash_,
        string memory circuitId,
        uint256 claims_,
        uint256 accounts_,
        uint256 assets_,
        uint256 gasCap_
    ) CovenantVerifier(verifier_, codeHash_, circuitId, accounts_, assets_, gasCap_) {
        claims = claims_;
        string memory length = Strings.toString(claims_ * (NAMED + REPORT + accounts_ + assets_));
        _selectorOfMany =
            bytes4(keccak256(bytes(string.concat("verify(uint256[", length, "],bytes)"))));
    }

    /// @notice Returns if one proof proves all of the statements; reverts otherwise. Fewer statements
    /// than the circuit has claims were proved with the last one repeated.
    // slither-disable-next-line assembly (each part is written above it)
    function verifyMany(Statement[] calldata statements, bytes calldata proof) external {
        _checkCode(proofVerifier, codeHash);
        uint256 count = statements.length;
        require(count != 0 && count <= claims, WrongStatements(claims, count));
        uint256 words = NAMED + REPORT + accounts + assets;
        bytes32[] memory marks = new bytes32[](count);
        // Selector, the inputs of all claims in place, offset and length of the proof, the proof:
        // what CovenantVerifier.verify passes, of `claims` times the inputs.
        uint256[] memory inputs = new uint256[](claims * words);
        for (uint256 i; i < count; ++i) {
            uint256[] memory own = publicInputs(statements[i]);
            //   marks[i] = keccak256(abi.encodePacked(own));
            //   for (uint256 j; j < words; ++j) inputs[i * words + j] = own[j];
            // `own` is given back: nothing refers to it any more.
            assembly ("memory-safe") {
                let from := add(own, 0x20)
                let bytes_ := shl(5, words)
                mstore(add(add(marks, 0x20), shl(5, i)), keccak256(from, bytes_))
                mcopy(add(add(inputs, 0x20), mul(i, bytes_)), from, bytes_)
                mstore(0x40, own)
            }
        }
        //   for (uint256 i = count; i < claims; ++i) inputs of claim i = inputs of claim count - 1;
        uint256 all = claims;
        assembly ("memory-safe") {
            let bytes_ := shl(5, words)
            let last := add(add(inputs, 0x20), mul(sub(count, 1), bytes_))
            for { let i := count } lt(i, all) { i := add(i, 1) } {
                mcopy(add(add(inputs, 0x20), mul(i, bytes_)), last, bytes_)
            }
        }
        _checkProof(_selectorOfMany, inputs, proof);
        //   for (uint256 i; i < count; ++i) tstore(marks[i], 1);
        assembly ("memory-safe") {
            let mark := add(marks, 0x20)
            for { let end := add(mark, shl(5, count)) } lt(mark, end) { mark := add(mark, 0x20) } {
                tstore(mload(mark), 1)
            }
        }
    }

    /// @notice Returns if `verifyMany` has verified a proof of this statement in this transaction;
    /// reverts otherwise.
    /// @param proof Nothing.
    // slither-disable-next-line assembly
    function verify(Statement calldata statement, bytes calldata proof) external view override {
        require(proof.length == 0, ProofNotEmpty(proof.length));
        bytes32 inputs = keccak256(abi.encodePacked(publicInputs(statement)));
        bool proved;
        assembly ("memory-safe") {
            proved := tload(inputs)
        }
        require(proved, NotProved(inputs));
    }
}
