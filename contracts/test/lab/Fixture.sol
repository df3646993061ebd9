// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

// What the attacks share: tokens and facilities for them, and refusals compared to the last byte.

import {Attestation, Undertaking} from "../../src/Attestations.sol";
import {BackedToken} from "../../src/BackedToken.sol";
import {Submission} from "../../src/CovenantRegistry.sol";
import {IDebtSource} from "../../src/interfaces/IDebtSource.sol";
import {Terms} from "../../src/Terms.sol";
import {Digests, Fixture} from "../Fixture.sol";
import {Shipped} from "../Shipped.sol";

abstract contract LabFixture is Fixture {
    uint256 internal constant SECURED_PARTY = 5;
    bytes32 internal constant WORDING = keccak256("we hold it for the lender");
    uint256 internal constant TOO_MUCH = 1e30;

    /// Calls, and expects this error with these arguments.
    function _refused(address to, bytes memory call, bytes memory expected) internal {
        (bool done, bytes memory reason) = to.call(call);
        require(!done, "was accepted");
        require(keccak256(reason) == keccak256(expected), string(reason));
    }

    function _submitRefused(Terms memory terms, Submission memory s, bytes memory expected)
        internal
    {
        bytes memory call = abi.encodeCall(registry.submit, (s.binding.facility, terms, s));
        _refused(address(registry), call, expected);
    }

    function _submit(Terms memory terms, Submission memory s) internal {
        registry.submit(s.binding.facility, terms, s);
    }

    /// A token of the attacker's and the id of the facility that is to back it.
    function _token(bytes32 salt) internal returns (BackedToken token, uint128 id) {
        id = registry.facilityId(address(this), salt);
        token = Shipped.token(registry, id, address(this));
    }

    /// Terms whose whole debt is the token.
    function _naming(BackedToken token) internal view returns (Terms memory t) {
        t = _terms();
        (t.minPublicDebt, t.beneficiary) = (0, address(0));
        t.debtSources = new IDebtSource[](1);
        t.debtSources[0] = token;
    }

    /// A submission of snapshots and prices of this second.
    function _fresh(uint128 id, Terms memory terms) internal view returns (Submission memory s) {
        s = _submission(id, terms);
        uint64 now_ = uint64(block.timestamp);
        (s.asOfFrom, s.asOfTo, s.prices.asOf) = (now_, now_, now_);
        for (uint256 i; i < s.attestations.length; ++i) {
            (s.attestations[i].asOf, s.attestations[i].validUntil) = (now_, now_ + 5_000);
        }
        _sign(s, terms);
    }

    /// The same with another public debt.
    function _fresh(uint128 id, Terms memory terms, uint128 debt)
        internal
        view
        returns (Submission memory s)
    {
        s = _fresh(id, terms);
        s.publicDebt = debt;
        _sign(s, terms);
    }

    /// The basket without what is owed.
    function _leaveOutCreditor(Submission memory s) internal pure {
        uint256[] memory commitments = new uint256[](2);
        Attestation[] memory attestations = new Attestation[](2);
        for (uint256 i; i < 2; ++i) {
            (commitments[i], attestations[i]) = (s.commitments[2 * i], s.attestations[2 * i]);
        }
        (s.commitments, s.attestations, s.kinds) = (commitments, attestations, 0);
    }

    function _mintRefused(BackedToken token, uint256 amount) internal {
        bytes memory call = abi.encodeCall(token.mint, (address(this), amount));
        bytes memory expected = abi.encodeWithSelector(
            BackedToken.NotCovered.selector, token.facility(), token.terms()
        );
        _refused(address(token), call, expected);
    }

    /// The custodians of both collateral accounts undertake to hold them for a facility.
    function _undertake(Submission memory s, address registry_, uint128 id) internal view {
        s.undertakings = new Undertaking[](2);
        for (uint256 i; i < 2; ++i) {
            Undertaking memory u = s.undertakings[i];
            (u.heldFrom, u.heldUntil) = (s.asOfFrom, uint64(block.timestamp) + 4_000);
            bytes32 account = s.attestations[2 * i].account;
            u.signed = _signed(
                Digests.undertaking(account, SECURED_PARTY, registry_, id, WORDING, u), COLLATERAL
            );
        }
    }

    /// The place in the terms, and the address, of the first attester with a role.
    function _of(uint8 role) internal view returns (uint8 place, address attester) {
        while (roles[place] & role == 0) ++place;
        attester = vm.addr(keys[place]);
    }
}
