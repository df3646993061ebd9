// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {AggregatorV3Interface} from "./interfaces/AggregatorV3Interface.sol";
import {ICovenantVerifier} from "./interfaces/ICovenantVerifier.sol";

// What a signer may sign; bits of `Attester.roles`.
uint8 constant ROLE_COLLATERAL = 1;
uint8 constant ROLE_LIABILITY = 2;
uint8 constant ROLE_PRICES = 4;

/// @notice A custodian, creditor or price signer: a key or an ERC-1271 contract.
struct Attester {
    address signer;
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
/// @param verifier The circuit.
/// @param debtToken A token whose supply is public debt, one whole token to one quote unit;
/// 0 for none.
/// @param minPublicDebt Micro-units of public debt beside the token's.
/// @param maxAccountAge Largest age of the account snapshots, in seconds: of the start of their
/// window.
/// @param maxWindow Widest window of account snapshots, in seconds; 0 for snapshots of one second.
/// @param maxPriceAge Largest age of a signed price snapshot, in seconds.
/// @param coverageSeconds How long a proof covers at most.
/// @param attesterQuorum Signatures that every account needs.
/// @param priceQuorum Signatures that a price snapshot needs, where there are no feeds.
/// @param attesters By ascending address.
/// @param feeds Exactly one per asset of the policy, in its digest order; none for signed
/// prices. The digest does not show how many there are: with fewer, no proof verifies, as
/// every asset of the policy has a price (S8).
/// @param envelope keccak256 of what shows whether later prices are inside of what was proved
/// (docs/spec.md, section 6a); 0 where that is not used.
/// @param sequencer Uptime feed of the L2's sequencer; 0 for none.
/// @param sequencerGrace Seconds that the sequencer must have been up.
struct Terms {
    uint256 subject;
    uint256 policy;
    uint32 minRatioBps;
    ICovenantVerifier verifier;
    IERC20Metadata debtToken;
    uint128 minPublicDebt;
    uint64 maxAccountAge;
    uint64 maxWindow;
    uint64 maxPriceAge;
    uint64 coverageSeconds;
    uint8 attesterQuorum;
    uint8 priceQuorum;
    Attester[] attesters;
    Feed[] feeds;
    bytes32 envelope;
    AggregatorV3Interface sequencer;
    uint64 sequencerGrace;
}

/// @title Rules of terms
library TermsLib {
    /// @notice A field cannot be what it is.
    error BadTerms(string field);

    /// @notice Reverts where terms make no sense.
    function check(Terms calldata t) internal view {
        require(t.subject != 0 && t.subject < 1 << 248, BadTerms("subject"));
        require(t.policy != 0, BadTerms("policy"));
        require(t.minRatioBps != 0 && t.minRatioBps < 1 << 20, BadTerms("minRatioBps"));
        require(address(t.verifier).code.length != 0, BadTerms("verifier"));
        require(t.maxAccountAge != 0, BadTerms("maxAccountAge"));
        require(t.coverageSeconds != 0, BadTerms("coverageSeconds"));
        // slither-disable-next-line uninitialized-local (counts from 0)
        uint256[3] memory count;
        // slither-disable-next-line uninitialized-local (below every address)
        address previous;
        for (uint256 i; i < t.attesters.length; ++i) {
            Attester calldata k = t.attesters[i];
            require(k.signer > previous, BadTerms("attesters"));
            previous = k.signer;
            for (uint256 bit; bit < 3; ++bit) {
                count[bit] += (k.roles >> bit) & 1;
            }
        }
        require(t.attesterQuorum != 0 && t.attesterQuorum <= count[0], BadTerms("attesterQuorum"));
        if (t.feeds.length == 0) {
            require(t.priceQuorum != 0 && t.priceQuorum <= count[2], BadTerms("priceQuorum"));
            require(t.maxPriceAge != 0, BadTerms("maxPriceAge"));
        }
        for (uint256 i; i < t.feeds.length; ++i) {
            require(address(t.feeds[i].feed).code.length != 0, BadTerms("feeds"));
            require(t.feeds[i].maxAge != 0, BadTerms("feeds"));
        }
    }

    /// @notice Whether no proof that the new terms accept would be refused by the old ones.
    function strengthens(Terms calldata old, Terms calldata next) internal pure returns (bool) {
        bool same = old.subject == next.subject && old.policy == next.policy
            && address(old.verifier) == address(next.verifier)
            && address(old.debtToken) == address(next.debtToken)
            && address(old.sequencer) == address(next.sequencer) && old.envelope == next.envelope
            && keccak256(abi.encode(old.attesters)) == keccak256(abi.encode(next.attesters))
            && keccak256(abi.encode(old.feeds)) == keccak256(abi.encode(next.feeds));
        return same && next.minRatioBps >= old.minRatioBps
            && next.minPublicDebt >= old.minPublicDebt && next.maxAccountAge <= old.maxAccountAge
            && next.maxWindow <= old.maxWindow && next.maxPriceAge <= old.maxPriceAge
            && next.coverageSeconds <= old.coverageSeconds
            && next.attesterQuorum >= old.attesterQuorum && next.priceQuorum >= old.priceQuorum
            && next.sequencerGrace >= old.sequencerGrace;
    }

    /// @notice The public debt that a proof must cover at least, in micro-units: what is fixed
    /// and the token's supply, rounded up.
    function debtOf(IERC20Metadata token, uint256 fixedDebt) internal view returns (uint256) {
        if (address(token) == address(0)) return fixedDebt;
        uint256 unit = 10 ** token.decimals();
        uint256 supply = token.totalSupply();
        // No supply that could be covered overflows.
        require(supply / unit < 1 << 80 && unit < 1e60, BadTerms("debtToken"));
        // slither-disable-next-line divide-before-multiply (exact: the remainder follows)
        return fixedDebt + supply / unit * 1e6 + (supply % unit * 1e6 + unit - 1) / unit;
    }
}
