// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {Envelope, Envelopes, ProvedAt} from "./Envelopes.sol";
import {Terms} from "./Terms.sol";
import {TermsRules} from "./TermsRules.sol";

/// @title What a registry decides without its storage
/// @notice Deployed by every registry for itself, as the code of both is more than an address can have.
contract CovenantRules {
    /// @notice Reverts where terms make no sense.
    function check(Terms calldata terms) external view {
        TermsRules.check(terms);
    }

    /// @notice Whether new terms are stronger than or equal to old ones in everything, and whether less
    /// debt would hold the pledged accounts, or somebody else may release them.
    function compare(Terms calldata old, Terms calldata next)
        external
        pure
        returns (bool stronger, bool loosensLien)
    {
        return (TermsRules.strengthens(old, next), TermsRules.loosensLien(old, next));
    }

    /// @notice Reverts unless a vector shows that present prices are outside of what was proved.
    function checkOutside(
        bytes32 hash,
        Envelope calldata envelope,
        ProvedAt calldata proved,
        uint128[] calldata present,
        int256[] calldata vector
    ) external pure {
        Envelopes.check(envelope, hash, proved.prices.length);
        Envelopes.checkOutside(envelope, proved, present, vector);
    }

    /// @notice The ratio that weights of the scenarios show at present prices; 0 for none.
    function ratioInside(
        bytes32 hash,
        Envelope calldata envelope,
        ProvedAt calldata proved,
        uint128[] calldata present,
        uint32[] calldata weights
    ) external pure returns (uint32) {
        Envelopes.check(envelope, hash, proved.prices.length);
        return Envelopes.ratioInside(envelope, proved, present, weights);
    }
}
