// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {IDebtSource} from "./interfaces/IDebtSource.sol";
import {Attester, ROLE_KEY_ONLY, ROLE_LIABILITY, ROLE_PRICES, ROLE_REQUIRED, Terms} from "./Terms.sol";

/// @title What terms can be, and which of two are stronger
library TermsRules {
    /// @notice A field cannot be what it is.
    error BadTerms(string field);

    /// @dev Most circuits, debt sources: each costs whoever asks.
    uint256 private constant MAX_LIST = 16;
    /// @dev Longest window, coverage and cure, in seconds: about half a year.
    uint64 private constant MAX_SECONDS = 1 << 24;

    /// @notice Reverts where terms make no sense.
    function check(Terms calldata t) internal view {
        require(t.subject != 0 && t.subject < 1 << 248, BadTerms("subject"));
        require(t.policy != 0, BadTerms("policy"));
        require(t.minRatioBps != 0 && t.minRatioBps < 1 << 20, BadTerms("minRatioBps"));
        require(t.circuits.length <= MAX_LIST, BadTerms("circuits"));
        require(t.minPublicDebt < 1 << 80, BadTerms("minPublicDebt"));
        // Nobody could ever say that a fixed debt is repaid.
        require(t.minPublicDebt == 0 || t.beneficiary != address(0), BadTerms("beneficiary"));
        require(t.maxAccountAge != 0 && t.maxAccountAge < 1 << 39, BadTerms("maxAccountAge"));
        require(t.maxWindow < MAX_SECONDS, BadTerms("maxWindow"));
        require(t.coverageSeconds != 0 && t.coverageSeconds < MAX_SECONDS, BadTerms("coverageSeconds"));
        require(t.cureSeconds < MAX_SECONDS, BadTerms("cureSeconds"));
        require(t.securedParty < 1 << 248, BadTerms("securedParty"));
        require(address(t.hook) == address(0) || address(t.hook).code.length != 0, BadTerms("hook"));
        // A bond without an envelope could never be won.
        require(t.bond == 0 || t.envelope != 0, BadTerms("bond"));
        _checkSources(t.debtSources);
        _checkAttesters(t);
        for (uint256 i; i < t.feeds.length; ++i) {
            require(address(t.feeds[i].feed).code.length != 0, BadTerms("feeds"));
            require(t.feeds[i].maxAge != 0, BadTerms("feeds"));
        }
        require(t.feeds.length == 0 || t.maxLag <= 1 hours, BadTerms("maxLag"));
    }

    /// @notice Whether no proof that the new terms accept would be refused by the old ones, and
    /// nothing that ends a coverage under the old ones would not end it under the new ones. A proof
    /// and a challenge take their prices by the same rules, so that where there may be challenges a
    /// stricter rule is no stronger one.
    function strengthens(Terms calldata old, Terms calldata next) internal pure returns (bool) {
        bool same = old.subject == next.subject && old.policy == next.policy
            && address(old.sequencer) == address(next.sequencer) && old.envelope == next.envelope
            && address(old.hook) == address(next.hook)
            && (old.securedParty == 0
                || (old.securedParty == next.securedParty && old.wording == next.wording))
            && keccak256(abi.encode(old.feeds)) == keccak256(abi.encode(next.feeds));
        return same && !loosensLien(old, next) && _narrows(old.circuits, next.circuits)
            && _sameOrStricter(old.attesters, next.attesters)
            && next.minRatioBps >= old.minRatioBps && next.maxAccountAge <= old.maxAccountAge
            && next.maxWindow <= old.maxWindow && _samePriceRules(old, next)
            && next.maxLag <= old.maxLag && next.coverageSeconds <= old.coverageSeconds
            && next.attesterQuorum >= old.attesterQuorum && next.bond >= old.bond
            && next.cureSeconds <= old.cureSeconds;
    }

    function _samePriceRules(Terms calldata old, Terms calldata next) private pure returns (bool) {
        if (old.envelope != 0) {
            return next.maxPriceAge == old.maxPriceAge && next.priceQuorum == old.priceQuorum
                && next.sequencerGrace == old.sequencerGrace;
        }
        return next.maxPriceAge <= old.maxPriceAge && next.priceQuorum >= old.priceQuorum
            && next.sequencerGrace >= old.sequencerGrace;
    }

    /// @notice Whether less debt would hold the pledged accounts, or somebody else may release them.
    function loosensLien(Terms calldata old, Terms calldata next) internal pure returns (bool) {
        if (next.minPublicDebt < old.minPublicDebt) return true;
        // A first beneficiary too: where there was none, nobody could release while there is debt.
        if (next.beneficiary != old.beneficiary) return true;
        // The old sources come first.
        uint256 count = old.debtSources.length;
        if (next.debtSources.length < count) return true;
        for (uint256 i; i < count; ++i) {
            if (address(next.debtSources[i]) != address(old.debtSources[i])) return true;
        }
        return false;
    }

    function _checkSources(IDebtSource[] calldata sources) private pure {
        require(sources.length <= MAX_LIST, BadTerms("debtSources"));
        for (uint256 i; i < sources.length; ++i) {
            // One that is named twice would count twice: no harm, and surely no intention.
            for (uint256 j; j < i; ++j) {
                require(address(sources[i]) != address(sources[j]), BadTerms("debtSources"));
            }
            require(address(sources[i]) != address(0), BadTerms("debtSources"));
        }
    }

    function _checkAttesters(Terms calldata t) private pure {
        // slither-disable-next-line uninitialized-local (counts from 0)
        uint256[3] memory count;
        // slither-disable-next-line uninitialized-local (below every address)
        address previous;
        require(t.attesters.length <= 256, BadTerms("attesters"));
        for (uint256 i; i < t.attesters.length; ++i) {
            Attester calldata k = t.attesters[i];
            require(k.identity > previous && k.signer != address(0), BadTerms("attesters"));
            previous = k.identity;
            // Only a creditor can be required.
            require(
                k.roles < 32 && (k.roles & ROLE_REQUIRED == 0 || k.roles & ROLE_LIABILITY != 0),
                BadTerms("roles")
            );
            for (uint256 bit; bit < 3; ++bit) {
                count[bit] += (k.roles >> bit) & 1;
            }
        }
        require(t.attesterQuorum != 0 && t.attesterQuorum <= count[0], BadTerms("attesterQuorum"));
        if (t.feeds.length == 0) {
            require(t.priceQuorum != 0 && t.priceQuorum <= count[2], BadTerms("priceQuorum"));
            require(t.maxPriceAge != 0, BadTerms("maxPriceAge"));
        }
    }

    /// @dev The same attesters, perhaps by newer keys, with no role that they did not have.
    function _sameOrStricter(Attester[] calldata old, Attester[] calldata next)
        private
        pure
        returns (bool)
    {
        if (old.length != next.length) return false;
        for (uint256 i; i < old.length; ++i) {
            if (old[i].identity != next[i].identity) return false;
            uint8 added = next[i].roles & ~old[i].roles;
            uint8 removed = old[i].roles & ~next[i].roles;
            if (removed != 0 || added & ~(ROLE_REQUIRED | ROLE_KEY_ONLY) != 0) return false;
            // Whoever signs prices signs those of challenges too.
            if (added & ROLE_KEY_ONLY != 0 && old[i].roles & ROLE_PRICES != 0) return false;
        }
        return true;
    }

    function _narrows(bytes32[] calldata old, bytes32[] calldata next) private pure returns (bool) {
        if (old.length == 0) return true;
        if (next.length == 0) return false;
        for (uint256 i; i < next.length; ++i) {
            if (!_contains(old, next[i])) return false;
        }
        return true;
    }

    function _contains(bytes32[] calldata list, bytes32 item) private pure returns (bool) {
        for (uint256 i; i < list.length; ++i) {
            if (list[i] == item) return true;
        }
        return false;
    }
}
