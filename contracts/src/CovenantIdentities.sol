// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {Attestations} from "./Attestations.sol";
import {Attester} from "./Terms.sol";

/// @title Attesters who go on under new keys
/// @notice Accounts are pledged by their attester. With a new key it would be another attester, and
/// its accounts could be pledged twice; so a key is succeeded by another one, which takes over its
/// identity: the first key of the line. Every registry deploys one for itself.
contract CovenantIdentities {
    /// @notice Only the registry that deployed this does it.
    error NotRegistry(address registry, address caller);

    /// @notice The key is not the last one of its line.
    error KeySucceeded(address key, address by);
    /// @notice Terms name an attester by another identity than its own.
    error WrongIdentity(address signer, address expected, address got);
    /// @notice Accounts may be pledged by this key already, under an identity of its own.
    error KeyInUse(address key);

    event KeyRotated(address indexed identity, address indexed from, address indexed to);

    /// @notice Whose terms name the keys.
    address public immutable registry = msg.sender;
    /// @notice The key that follows a key; 0 for none.
    mapping(address key => address) public successorOf;
    /// @dev The first key of a line; 0 for a key that follows none.
    mapping(address key => address) private _identity;
    /// @dev Keys that terms have named, and keys of lines.
    mapping(address key => bool) private _used;

    /// @notice The first key of a key's line.
    function identityOf(address key) public view returns (address) {
        address identity = _identity[key];
        return identity == address(0) ? key : identity;
    }

    /// @notice Lets a key follow another one, as both of them signed (docs/spec.md, section 7). Anybody may pass it
    /// on. Terms that name the old key go on with it until they are changed, which is no weakening.
    function rotateKey(address from, address to, bytes calldata byOld, bytes calldata byNew)
        external
    {
        require(successorOf[from] == address(0), KeySucceeded(from, successorOf[from]));
        require(to != address(0) && from != to && !_used[to], KeyInUse(to));
        bytes32 digest = Attestations.rotationDigest(from, to);
        Attestations.checkSignature(from, digest, byOld, false);
        Attestations.checkSignature(to, digest, byNew, false);
        address identity = identityOf(from);
        successorOf[from] = to;
        _identity[to] = identity;
        (_used[from], _used[to]) = (true, true);
        emit KeyRotated(identity, from, to);
    }

    /// @notice Reverts unless every attester is named by its identity and by its newest key. The
    /// registry's: a key that terms name follows no other one any more.
    function name(Attester[] calldata attesters) external {
        require(msg.sender == registry, NotRegistry(registry, msg.sender));
        for (uint256 i; i < attesters.length; ++i) {
            address signer = attesters[i].signer;
            require(successorOf[signer] == address(0), KeySucceeded(signer, successorOf[signer]));
            address identity = identityOf(signer);
            require(
                identity == attesters[i].identity,
                WrongIdentity(signer, identity, attesters[i].identity)
            );
            _used[signer] = true;
        }
    }
}
