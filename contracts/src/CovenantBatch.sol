// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {CovenantManyVerifier} from "./CovenantManyVerifier.sol";
import {CovenantRegistry} from "./CovenantRegistry.sol";

/// @title One proof for several facilities, in one transaction
/// @notice It owns nothing, keeps nothing and may do nothing that its caller may not: anybody may
/// verify and submit. Wallets that send several calls in one transaction need it not.
contract CovenantBatch {
    /// @notice Where the proof is verified.
    CovenantManyVerifier public immutable verifier;
    /// @notice Where the facilities are.
    CovenantRegistry public immutable registry;

    /// @notice There is no contract: a call of it would return, and do nothing.
    error NoCode(address account);

    constructor(CovenantManyVerifier verifier_, CovenantRegistry registry_) {
        require(address(verifier_).code.length != 0, NoCode(address(verifier_)));
        require(address(registry_).code.length != 0, NoCode(address(registry_)));
        verifier = verifier_;
        registry = registry_;
    }

    /// @notice Verifies one proof of several statements and covers their facilities: all or none.
    /// @param proved abi.encode(statements, proof), the arguments of `verifier.verifyMany`.
    /// @param renewals abi.encode(renewals), those of `registry.submitMany`: each of the verifier's
    /// version, with an empty proof. Passed on as they are, since decoding them would cost more than
    /// all else here.
    function submitMany(bytes calldata proved, bytes calldata renewals) external {
        _call(address(verifier), CovenantManyVerifier.verifyMany.selector, proved);
        _call(address(registry), CovenantRegistry.submitMany.selector, renewals);
    }

    /// @dev Reverts with the reason of what it calls.
    // slither-disable-next-line low-level-calls,assembly
    function _call(address to, bytes4 selector, bytes calldata arguments) private {
        (bool success, bytes memory reason) = to.call(bytes.concat(selector, arguments));
        if (success) return;
        assembly ("memory-safe") {
            revert(add(reason, 0x20), mload(reason))
        }
    }
}
