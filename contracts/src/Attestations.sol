// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Attester, ROLE_KEY_ONLY} from "./Terms.sol";

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

/// @notice An attester's word that it holds a collateral account for the secured party of one
/// facility (docs/spec.md, section 7): by signers who attested the account.
struct Undertaking {
    uint64 heldFrom;
    uint64 heldUntil;
    Signatures signed;
}

/// @notice A signature that a coverage rests on.
/// @param digest EIP-712 digest of what was signed.
struct Document {
    address signer;
    bytes32 digest;
}

/// @notice Documents that their own signers withdrew, by their EIP-712 digests.
/// @param any Whether a signer has revoked anything: most never do, and one word says so for all that
/// they signed.
/// @param from Unix seconds from which a signer's document is refused; 0 where it was not revoked.
struct RevokedDocuments {
    mapping(address signer => bool) any;
    mapping(address signer => mapping(bytes32 document => uint64)) from;
}

/// @notice Signatures as they are checked, one after the other.
/// @param documents What was signed, as far as it was checked.
/// @param count How many of them there are.
/// @param until When the first of them ends or is revoked.
struct Checked {
    Document[] documents;
    uint256 count;
    uint64 until;
}

/// @title EIP-712 documents of docs/spec.md, section 7, and their signatures
/// @dev The domain has no chain and no contract: one attestation serves every relying party.
/// What binds a proof to a facility is its context (S9).
library Attestations {
    /// @notice Fewer signatures than the terms require.
    error QuorumMissed(uint256 expected, uint256 got);
    /// @notice A signer without the role, not in the terms, or named twice.
    error WrongAttester(uint256 place);
    /// @notice A signature is not the attester's.
    error WrongSignature(address attester);
    /// @notice The attester has revoked what it signed.
    error Revoked(address attester, uint64 from);

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
    bytes32 internal constant REVOCATION_TYPE = keccak256("Revocation(bytes32 document,uint64 at)");
    bytes32 internal constant UNDERTAKING_TYPE = keccak256(
        "ControlUndertaking(bytes32 account,bytes32 subject,bytes32 securedParty,bytes32 facility,uint64 heldFrom,uint64 heldUntil,bytes32 wording)"
    );
    bytes32 internal constant ROTATION_TYPE = keccak256("KeyRotation(address from,address to)");
    bytes32 private constant FACILITY_TYPE = keccak256("covenant/facility/v1");

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

    /// @notice What a signer of a document signs to withdraw it.
    function revocationDigest(bytes32 document, uint64 from) internal pure returns (bytes32) {
        return _digest(keccak256(abi.encode(REVOCATION_TYPE, document, from)));
    }

    /// @notice What a key and the one that follows it sign.
    function rotationDigest(address from, address to) internal pure returns (bytes32) {
        return _digest(keccak256(abi.encode(ROTATION_TYPE, from, to)));
    }

    /// @notice What an attester signs that keeps an account for a facility of this registry.
    function undertakingDigest(
        bytes32 account,
        uint256 subject,
        uint256 securedParty,
        uint256 facility,
        bytes32 wording,
        Undertaking calldata u
    ) internal pure returns (bytes32) {
        return _digest(
            keccak256(
                abi.encode(
                    UNDERTAKING_TYPE,
                    account,
                    subject,
                    securedParty,
                    facility,
                    u.heldFrom,
                    u.heldUntil,
                    wording
                )
            )
        );
    }

    /// @notice How undertakings name a facility of this registry on this chain.
    function facilityName(uint128 facility) internal view returns (uint256) {
        return uint256(
            keccak256(abi.encode(FACILITY_TYPE, block.chainid, address(this), uint256(facility)))
        ) >> 8;
    }

    /// @notice Checks the signatures of a document: at least `quorum` different attesters with the
    /// role signed, and none of those named has revoked it by now. Returns their places as bits.
    function check(
        Checked memory checked,
        bytes32 digest,
        Signatures calldata signed,
        Attester[] calldata attesters,
        uint8 role,
        uint256 quorum,
        RevokedDocuments storage revoked
    ) internal view returns (uint256 places) {
        uint256 count = signed.attesters.length;
        require(
            count >= quorum && signed.signatures.length == count, QuorumMissed(quorum, count)
        );
        uint256 next;
        for (uint256 i; i < count; ++i) {
            uint256 place = signed.attesters[i];
            require(place >= next && place < attesters.length, WrongAttester(place));
            next = place + 1;
            places |= 1 << place;
            Attester calldata attester = attesters[place];
            address signer = attester.signer;
            uint8 roles = attester.roles;
            require(roles & role != 0, WrongAttester(place));
            checkSignature(signer, digest, signed.signatures[i], roles & ROLE_KEY_ONLY != 0);
            checked.documents[checked.count++] = Document(signer, digest);
            if (!revoked.any[signer]) continue;
            uint64 from = revoked.from[signer][digest];
            if (from == 0) continue;
            require(block.timestamp < from, Revoked(signer, from));
            if (from < checked.until) checked.until = from;
        }
    }

    /// @notice Reverts unless a signature is the signer's: of its key, or, where code counts too, by
    /// ERC-1271. The key comes first, so that a key whose account was given code (EIP-7702) goes on.
    function checkSignature(
        address signer,
        bytes32 digest,
        bytes calldata signature,
        bool keyOnly
    ) internal view {
        // slither-disable-next-line unused-return (why a signature is no key's says nothing)
        (address recovered, ECDSA.RecoverError problem,) =
            ECDSA.tryRecoverCalldata(digest, signature);
        if (problem == ECDSA.RecoverError.NoError && recovered == signer) return;
        require(
            !keyOnly
                && SignatureChecker.isValidERC1271SignatureNowCalldata(signer, digest, signature),
            WrongSignature(signer)
        );
    }

    function _digest(bytes32 structHash) private pure returns (bytes32) {
        return keccak256(abi.encodePacked("\x19\x01", DOMAIN_SEPARATOR, structHash));
    }
}
