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

    /// Calls that do nothing show nothing: so many of them, drawn by a hash, do all that there is to do.
    /// (Not by `afterInvariant`: forge calls that after sequences of few calls too.)
    function test_the_calls_do_all_that_there_is_to_do() external {
        for (uint256 i; i < 2_500; ++i) {
            _call(uint256(keccak256(abi.encode(i))));
            if (i % 5 == 0) this.invariant_all();
        }
        Handler.Done memory d = handler.done();
        emit Happened(d);
        require(d.calls == 2_500, "idle: calls");
        require(d.submitted >= 100 && d.minted >= 20 && d.burned >= 20, "idle: proofs and supply");
        require(d.released >= 5 && d.consented >= 5, "idle: releases");
        require(d.changed >= 10 && d.weakened >= 5 && d.rotated >= 5, "idle: terms and keys");
        require(d.challenged >= 5 && d.endedRevoked >= 2 && d.uncured >= 5, "idle: ends");
        require(d.frozen >= 2 && d.paused >= 2 && d.pledgedRefused >= 5, "idle: stops");
    }

    event Happened(Handler.Done done);

    function _call(uint256 seed) private {
        uint256 kind = seed >> 250;
        if (kind < 9) handler.submit(seed);
        else if (kind < 18) handler.prove(seed);
        else if (kind < 24) handler.mint(seed, uint16(seed));
        else if (kind < 27) handler.burn(seed, uint16(seed));
        else if (kind < 29) handler.release(seed);
        else if (kind < 32) handler.consent(seed);
        else if (kind < 35) handler.warp(uint32(seed), uint8(seed >> 32));
        else if (kind < 37) handler.setPrice(seed, uint16(seed));
        else if (kind < 39) handler.crashAndChallenge(seed, uint16(seed));
        else if (kind < 41) handler.challenge(seed);
        else if (kind < 44) handler.revoke(seed, uint32(seed));
        else if (kind < 46) handler.rotate(seed);
        else if (kind < 48) handler.versions(seed);
        else if (kind < 50) handler.pause(seed);
        else if (kind < 52) handler.source(seed, uint8(seed), uint16(seed >> 8));
        else if (kind < 55) handler.changeTerms(seed, uint8(seed));
        else if (kind < 58) handler.applyTerms(seed);
        else if (kind < 60) handler.restore(seed);
        else if (kind < 62) handler.bond(seed, uint64(seed));
        else handler.declareUncured(seed);
    }
}
