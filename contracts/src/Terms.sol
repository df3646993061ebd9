// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {AggregatorV3Interface} from "./interfaces/AggregatorV3Interface.sol";
import {ICovenantHook} from "./interfaces/ICovenantHook.sol";
import {IDebtSource} from "./interfaces/IDebtSource.sol";

// What a signer may sign, and how; bits of `Attester.roles`.
uint8 constant ROLE_COLLATERAL = 1;
uint8 constant ROLE_LIABILITY = 2;
uint8 constant ROLE_PRICES = 4;
// A liability account that this creditor attests is in every basket, an empty one if nothing is owed.
uint8 constant ROLE_REQUIRED = 8;
// Only the signer's own key signs, never code at its address (ERC-1271, EIP-7702).
uint8 constant ROLE_KEY_ONLY = 16;

/// @notice A custodian, creditor or price signer: a key or an ERC-1271 contract.
/// @param identity The first key that the attester used; `signer` where it was never rotated. Accounts
/// are pledged by it, so that a new key is no new custodian (see Identities).
struct Attester {
    address signer;
    address identity;
    uint8 roles;
}

/// @notice The feed of an asset, its price per whole token.
/// @param assetDecimals The decimals that the policy gives the asset.
/// @param maxAge Seconds after which a round is stale.
struct Feed {
    AggregatorV3Interface feed;
    uint8 assetDecimals;
    uint64 maxAge;
}

/// @notice What a facility demands of every proof.
/// @param subject Who must be covered.
/// @param policy Digest of the policy.
/// @param minRatioBps The least base ratio.
/// @param circuits keccak256 of the ids of the circuits whose proofs count; with none, those of every
/// version that the registry has and has not frozen.
/// @param debtSources What says how much is owed now: the proof covers their sum.
/// @param minPublicDebt Micro-units of public debt beside what the sources say.
/// @param beneficiary Who consents before pledged accounts are released while there is debt; 0 for
/// nobody, and then they stay pledged until the debt is gone.
/// @param maxAccountAge Largest age of the account snapshots, in seconds: of the start of their
/// window.
/// @param maxWindow Widest window of account snapshots, in seconds; 0 for snapshots of one second.
/// @param maxPriceAge Largest age of a signed price snapshot, in seconds.
/// @param maxLag Seconds ago that a feed's round may have been superseded; 0 for the latest alone.
/// @param coverageSeconds How long a proof covers at most.
/// @param attesterQuorum Signatures that every account needs.
/// @param priceQuorum Signatures that a price snapshot needs, where there are no feeds.
/// @param attesters By ascending identity.
/// @param feeds Exactly one per asset of the policy, in its digest order; none for signed
/// prices. The digest does not show how many there are: with fewer, no proof verifies, as
/// every asset of the policy has a price (S8).
/// @param envelope keccak256 of what shows whether later prices are inside of what was proved
/// (docs/spec.md, section 6a); 0 where nobody may challenge.
/// @param sequencer Uptime feed of the L2's sequencer; 0 for none.
/// @param sequencerGrace Seconds that the sequencer must have been up.
/// @param securedParty For whom every collateral account's attester must undertake control, naming
/// this facility (docs/spec.md, section 7); 0 where no undertaking is required.
/// @param wording keccak256 of the undertakings' text.
/// @param bond Wei that whoever ends the coverage by a challenge is paid; 0 for none.
/// @param cureSeconds How long a new proof cures after the coverage has ended early.
/// @param hook The lender's contract that is told then; 0 for none.
struct Terms {
    uint256 subject;
    uint256 policy;
    uint32 minRatioBps;
    bytes32[] circuits;
    IDebtSource[] debtSources;
    uint128 minPublicDebt;
    address beneficiary;
    uint64 maxAccountAge;
    uint64 maxWindow;
    uint64 maxPriceAge;
    uint64 maxLag;
    uint64 coverageSeconds;
    uint8 attesterQuorum;
    uint8 priceQuorum;
    Attester[] attesters;
    Feed[] feeds;
    bytes32 envelope;
    AggregatorV3Interface sequencer;
    uint64 sequencerGrace;
    uint256 securedParty;
    bytes32 wording;
    uint128 bond;
    uint64 cureSeconds;
    ICovenantHook hook;
}

/// @title Which circuits terms take
library TermsLib {
    /// @notice Whether proofs of a circuit count.
    function takes(Terms calldata t, bytes32 circuit) internal pure returns (bool) {
        if (t.circuits.length == 0) return true;
        for (uint256 i; i < t.circuits.length; ++i) {
            if (t.circuits[i] == circuit) return true;
        }
        return false;
    }
}
