// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {ICovenantVerifier, Statement} from "../interfaces/ICovenantVerifier.sol";

/// @title NOT FOR PRODUCTION: a verifier that accepts what a test tells it to
/// @notice It checks no proof, and anybody may tell it. Whoever routes to it proves nothing.
contract MockCovenantVerifier is ICovenantVerifier {
    /// @notice The test did not say that this statement is accepted.
    error NotAccepted(bytes32 statement);

    /// @notice There to be looked at by whoever is about to deploy something.
    bool public constant IS_MOCK = true;

    /// @inheritdoc ICovenantVerifier
    /// @dev No circuit's id begins like this.
    bytes32 public immutable circuit;
    /// @notice Whether every statement is accepted.
    bool public acceptsAll;
    /// @notice Statements that are accepted, by keccak256(abi.encode(statement)).
    mapping(bytes32 statement => bool) public accepts;

    constructor(string memory name) {
        circuit = keccak256(bytes.concat("mock, not for production/", bytes(name)));
    }

    /// @notice Says whether a statement is accepted, with any proof.
    function accept(Statement calldata statement, bool accepted) external {
        accepts[keccak256(abi.encode(statement))] = accepted;
    }

    /// @notice Says whether every statement is accepted.
    function acceptAll(bool accepted) external {
        acceptsAll = accepted;
    }

    /// @inheritdoc ICovenantVerifier
    function verify(Statement calldata statement, bytes calldata) external view {
        bytes32 hash = keccak256(abi.encode(statement));
        require(acceptsAll || accepts[hash], NotAccepted(hash));
    }
}
