// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {CovenantRules} from "../src/CovenantRules.sol";
import {Envelope, ProvedAt} from "../src/Envelopes.sol";
import {Shipped} from "./Shipped.sol";

/// Of small numbers, so that what is at the bounds is drawn too: envelopes of two assets and two
/// scenarios, prices, and every vector and mixture of small entries.
contract EnvelopesTest {
    CovenantRules private rules = CovenantRules(Shipped.create("CovenantRules", ""));

    struct Case {
        Envelope envelope;
        ProvedAt proved;
        uint128[] present;
        bytes32 hash;
    }

    /// No prices are shown both to have left what was proved and to be inside of it. Of a thousand cases
    /// many must be shown to be the one, and many the other.
    function test_nothing_is_outside_and_inside() external view {
        uint256 outside;
        uint256 inside;
        for (uint256 i; i < 1_000; ++i) {
            Case memory c = _case(uint256(keccak256(abi.encode(i))));
            bool left = _isOutside(c);
            bool within = _isInside(c);
            assert(!left || !within);
            if (left) ++outside;
            if (within) ++inside;
        }
        assert(outside > 200 && inside > 200);
    }

    function _isOutside(Case memory c) private view returns (bool) {
        int256[] memory y = new int256[](2);
        for (uint256 k; k < 25; ++k) {
            (y[0], y[1]) = (int256(k % 5) - 2, int256(k / 5) - 2);
            try rules.checkOutside(c.hash, c.envelope, c.proved, c.present, y) {
                return true;
            } catch {}
        }
        return false;
    }

    function _isInside(Case memory c) private view returns (bool) {
        uint32[] memory weights = new uint32[](3);
        for (uint256 k = 1; k < 27; ++k) {
            (weights[0], weights[1], weights[2]) =
                (uint32(k % 3), uint32(k / 3 % 3), uint32(k / 9));
            uint32 ratio = rules.ratioInside(c.hash, c.envelope, c.proved, c.present, weights);
            if (ratio != 0) return true;
        }
        return false;
    }

    function _case(uint256 seed) private pure returns (Case memory c) {
        Envelope memory e = c.envelope;
        (e.ratios, e.multipliers) = (new uint32[](2), new uint32[](4));
        // One in four requires nothing, and so says nothing.
        for (uint256 j; j < 2; ++j) {
            e.ratios[j] = (seed >> 2 * j) & 3 == 0 ? 0 : 10_500;
        }
        for (uint256 i; i < 4; ++i) {
            e.multipliers[i] = 5_000 * uint32((seed >> (10 + 2 * i)) & 3);
        }
        (e.owed, e.weightless) = ((seed >> 20) & 3, (seed >> 22) & (seed >> 24) & 3);
        c.proved = ProvedAt(12_000, (seed >> 30) & 1 == 1, new uint128[](2));
        c.present = new uint128[](2);
        for (uint256 a; a < 2; ++a) {
            c.proved.prices[a] = uint128(2 + (seed >> (40 + 8 * a)) % 6);
            c.present[a] = uint128(1 + (seed >> (60 + 8 * a)) % 9);
        }
        c.hash = keccak256(abi.encode(e.ratios, e.multipliers, e.owed, e.weightless));
    }
}
