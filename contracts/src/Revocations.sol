// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {Attestations, RevokedDocuments} from "./Attestations.sol";

/// @title Signed documents that their own signers withdrew (docs/spec.md, section 7.7)
/// @notice A submission is refused where a signer of an attestation, an undertaking or of prices has
/// revoked it. What was covered before is ended by whoever shows that it rests on the document; see
/// `endRevoked` of CovenantRegistry.
abstract contract Revocations {
    event DocumentRevoked(address indexed signer, bytes32 indexed document, uint64 from);

    RevokedDocuments internal _revoked;

    /// @notice When a signer's document begins to be refused; 0 where no revocation was recorded.
    function revokedFrom(address signer, bytes32 document) external view returns (uint64) {
        return _revoked.from[signer][document];
    }

    /// @notice Records a signed revocation. Anybody may pass it on. Of several the earliest time
    /// holds, as a revocation cannot be revoked.
    /// @param signer Who signed the document and its revocation.
    /// @param document The EIP-712 digest of the document.
    /// @param from Unix seconds from which the document is refused.
    /// @param signature The signer's, of the revocation.
    function revoke(address signer, bytes32 document, uint64 from, bytes calldata signature)
        external
    {
        Attestations.checkSignature(
            signer, Attestations.revocationDigest(document, from), signature, false
        );
        _revoke(signer, document, from);
    }

    /// @notice Records the caller's own revocation.
    function revokeOwn(bytes32 document, uint64 from) external {
        _revoke(msg.sender, document, from);
    }

    function _revoke(address signer, bytes32 document, uint64 from) private {
        uint64 known = _revoked.from[signer][document];
        if (known != 0 && known <= from) return;
        _revoked.any[signer] = true;
        // 0 means none; 1 is before every block too.
        _revoked.from[signer][document] = from == 0 ? 1 : from;
        emit DocumentRevoked(signer, document, from);
    }
}
