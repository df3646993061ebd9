// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

// What holds after whatever anybody does. `make plant-invariants` shows for each invariant faults that it
// finds.

import {CovenantRegistry} from "../../src/CovenantRegistry.sol";
import {Handler} from "./Handler.sol";
import {vm} from "./Parts.sol";

abstract contract Suite {
    Handler internal handler;
    CovenantRegistry internal registry;
    uint256 internal constant N = 3;

    function _start() internal {
        vm.deal(address(this), 1_000_000 ether);
        handler = new Handler{value: 500_000 ether}();
        registry = handler.registry();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function _nothing(string memory name, string memory wrong) internal pure {
        require(bytes(wrong).length == 0, string.concat(name, wrong));
    }
}

/// forge-config: default.invariant.runs = 4
/// forge-config: default.invariant.depth = 800
/// forge-config: default.invariant.fail-on-revert = false
contract InvariantsTest is Suite {
    function setUp() external {
        _start();
    }

    /// One function, as forge makes the same sequences for each; what fails names itself.
    function invariant_all() external view {
        bool[N] memory covered;
        uint256[N] memory supply;
        for (uint256 w; w < N; ++w) {
            covered[w] = registry.isCovered(handler.facilities(w), handler.termsHash(w));
            supply[w] = handler.tokens(w).totalSupply();
        }
        _supplyIsProved(covered, supply);
        _accountsBackOneFacility(supply);
        _coverageLastsAsItsSources(covered);
        _bondsAreThere(covered);
        // Weaker terms wait, and are applied in time.
        _nothing("terms: ", handler.wrongTerms());
        // A coverage ends early where prices have left the envelope or a document was revoked, whenever
        // somebody shows it, and nowhere else; until then the bond stays.
        _nothing("ends: ", handler.wrongEnd());
    }

    /// No more is out than was proved last under terms that name the token; where a facility is covered,
    /// no more than it says; and after an early end nothing is minted before a new proof.
    function _supplyIsProved(bool[N] memory covered, uint256[N] memory supply) private view {
        for (uint256 w; w < N; ++w) {
            require(supply[w] <= handler.named(w), "supply: more than was proved");
            if (!handler.namesToken(w) || !covered[w]) continue;
            (uint256 debt,,) = registry.provedDebt(handler.facilities(w), handler.termsHash(w));
            require(supply[w] <= debt, "supply: covered, and more than is proved");
        }
        _nothing("supply: ", handler.wrongSupply());
    }

    /// An account backs one facility while that is covered or has debt, whatever keys its keeper has
    /// had; and what is free is taken.
    function _accountsBackOneFacility(uint256[N] memory supply) private view {
        for (uint256 w = 1; w < N; ++w) {
            if (supply[w] == 0 || !handler.namesToken(w)) continue;
            for (uint256 v; v < w; ++v) {
                if (supply[v] == 0 || !handler.namesToken(v)) continue;
                bool both = handler.backing(v) & handler.backing(w) != 0;
                require(!both, "accounts: two tokens on one account");
            }
        }
        _nothing("accounts: ", handler.wrongAccounts());
    }

    /// Coverage is what the model says: until the first document ends or was shown to be revoked,
    /// while the version is not frozen, nothing is paused, the terms are those that were proved under
    /// and the debt is known and within what was proved.
    function _coverageLastsAsItsSources(bool[N] memory covered) private view {
        for (uint256 w; w < N; ++w) {
            bool should = handler.covered(w);
            require(!covered[w] || should, "coverage: by what does not last");
            require(covered[w] || !should, "coverage: none, and should be");
            require(!covered[w] || !handler.ended(w), "coverage: after an end");
        }
        _nothing("coverage: ", handler.wrongCoverage());
    }

    /// All that was deposited is somebody's, and where something is covered there is the bond.
    function _bondsAreThere(bool[N] memory covered) private view {
        uint256 sum;
        for (uint256 w; w < N; ++w) {
            uint256 bond = registry.bondOf(handler.facilities(w));
            require(!covered[w] || bond >= handler.bondOf(w), "bonds: covered without one");
            sum += bond;
        }
        for (uint256 i; i < 2; ++i) {
            sum += registry.bountyOf(handler.challengers(i));
        }
        require(address(registry).balance == sum, "bonds: not what was deposited");
    }

    /// A run in which nothing happens shows nothing.
    function afterInvariant() external {
        Handler.Done memory d = handler.done();
        emit Happened(d);
        require(d.calls >= 790, "idle: calls");
        require(d.submitted >= 10 && d.minted >= 2 && d.burned >= 2, "idle: proofs and supply");
        require(d.released >= 1 && d.consented >= 1, "idle: releases");
        require(d.changed >= 1 && d.rotated >= 1, "idle: terms and keys");
        require(d.challenged + d.endedRevoked >= 1, "idle: ends");
    }

    event Happened(Handler.Done done);
}
