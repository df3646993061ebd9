// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Attester} from "./Terms.sol";

/// @notice Signatures of attesters, named by their places in the terms, strictly ascending.
struct Signatures {
    uint8[] attesters;
    bytes[] signatures;
}

/// @notice An attester's word on an account (docs/spec.md, section 7).
/// @param asOf Unix seconds of the snapshot.
/// @param kind 0 collateral, 1 liability: what the attester signed. What the account is, the proof
/// says.
/// @param account The reference of the account's keeper, hashed with its salt.
/// @param counterpart The commitment of the same account's other kind, of the same time; 0 where
/// nothing is owed to the attester on it.
struct Attestation {
    uint64 asOf;
    uint64 validUntil;
    uint8 kind;
    bytes32 account;
    bytes32 counterpart;
    Signatures signed;
}

/// @title EIP-712 documents of docs/spec.md, section 7, and their signatures
/// @dev The domain has no chain and no contract: one attestation serves every relying party.
/// What binds a proof to a facility is its context (S9).
library Attestations {
    /// @notice Fewer signatures than the terms ask for.
    error QuorumMissed(uint256 expected, uint256 got);
    /// @notice A signer without the role, not in the terms, or named twice.
    error WrongAttester(uint256 place);
    /// @notice A signature is not the attester's.
    error WrongSignature(address attester);

    bytes32 internal constant DOMAIN_SEPARATOR = keccak256(
        abi.encode(
            keccak256("EIP712Domain(string name,string version)"),
            keccak256("Covenant"),
            keccak256("1")
        )
    );
    bytes32 internal constant ACCOUNT_TYPE = keccak256(
        "AccountAttestation(bytes32 commitment,bytes32 subject,uint64 asOf,uint64 validUntil,uint8 kind,bytes32 account,bytes32 counterpart)"
    );
    bytes32 internal constant PRICES_TYPE =
        keccak256("PriceSnapshot(bytes32 policy,uint64 asOf,uint128[] prices)");

    /// @notice What an attester of an account signs.
    function accountDigest(uint256 commitment, uint256 subject, Attestation calldata a)
        internal
        pure
        returns (bytes32)
    {
        return _digest(
            keccak256(
                abi.encode(
                    ACCOUNT_TYPE,
                    commitment,
                    subject,
                    a.asOf,
                    a.validUntil,
                    a.kind,
                    a.account,
                    a.counterpart
                )
            )
        );
    }

    /// @notice What a price signer signs.
    function pricesDigest(uint256 policy, uint64 asOf, uint128[] memory prices)
        internal
        pure
        returns (bytes32)
    {
        // Elements of an array are padded to words in the packed encoding too.
        return _digest(
            keccak256(abi.encode(PRICES_TYPE, policy, asOf, keccak256(abi.encodePacked(prices))))
        );
    }

    /// @notice Reverts unless at least `quorum` different attesters with the role signed.
    function check(
        bytes32 digest,
        Signatures calldata signed,
        Attester[] calldata attesters,
        uint8 role,
        uint256 quorum
    ) internal view {
        uint256 count = signed.attesters.length;
        require(
            count >= quorum && signed.signatures.length == count, QuorumMissed(quorum, count)
        );
        uint256 next;
        for (uint256 i; i < count; ++i) {
            uint256 place = signed.attesters[i];
            require(place >= next && place < attesters.length, WrongAttester(place));
            next = place + 1;
            Attester calldata attester = attesters[place];
            require(attester.roles & role != 0, WrongAttester(place));
            require(
                SignatureChecker.isValidSignatureNow(attester.signer, digest, signed.signatures[i]),
                WrongSignature(attester.signer)
            );
        }
    }

    function _digest(bytes32 structHash) private pure returns (bytes32) {
        return keccak256(abi.encodePacked("\x19\x01", DOMAIN_SEPARATOR, structHash));
    }
}
