// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {CovenantVerifier} from "../src/CovenantVerifier.sol";
import {Statement} from "../src/interfaces/ICovenantVerifier.sol";
import {Repeater} from "./Helpers.sol";

/// The instance column is the statement, word for word, and all of it is in range.
contract PublicInputsTest {
    uint256 private constant R =
        0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001;

    CovenantVerifier private immutable front;

    constructor() {
        address code = address(new Repeater());
        front = new CovenantVerifier(code, code.codehash, "circuit", 4, 8, 1e6);
    }

    function test_in_range_statements_keep_their_words(Statement memory s) external view {
        _trim(s);
        s.subject >>= 8;
        s.policy %= R;
        s.publicDebt >>= 48;
        s.ratioBps = s.ratioBps % (2 ** 20 - 1) + 1;
        s.context >>= 8;
        uint256 previous;
        for (uint256 i; i < s.commitments.length; ++i) {
            // Ascending steps that stay below r.
            previous += (s.commitments[i] >> 8) + 1;
            s.commitments[i] = previous;
        }
        for (uint256 i; i < s.prices.length; ++i) {
            s.prices[i] >>= 8;
        }
        uint256[] memory inputs = front.publicInputs(s);
        assert(inputs.length == 18);
        assert(inputs[0] == s.subject && inputs[1] == s.asOf && inputs[2] == s.policy);
        assert(inputs[3] == s.publicDebt && inputs[4] == s.ratioBps && inputs[5] == s.context);
        for (uint256 i; i < 4; ++i) {
            assert(inputs[6 + i] == (i < s.commitments.length ? s.commitments[i] : 0));
        }
        for (uint256 i; i < 8; ++i) {
            assert(inputs[10 + i] == (i < s.prices.length ? s.prices[i] : 0));
        }
    }

    function test_any_statement_is_refused_or_in_range(Statement memory s) external view {
        _trim(s);
        try front.publicInputs(s) returns (uint256[] memory inputs) {
            assert(inputs[0] < 1 << 248 && inputs[3] < 1 << 80 && inputs[5] < 1 << 248);
            assert(inputs[4] != 0 && inputs[4] < 1 << 20);
            for (uint256 i; i < inputs.length; ++i) {
                assert(inputs[i] < R);
            }
            for (uint256 i = 1; i < s.commitments.length; ++i) {
                assert(s.commitments[i - 1] < s.commitments[i]);
            }
        } catch {}
    }

    function test_too_many_do_not_fit(Statement memory s) external view {
        s.commitments = new uint256[](5);
        s.subject = s.context = s.policy = 1;
        s.publicDebt = s.ratioBps = 1;
        try front.publicInputs(s) {
            assert(false);
        } catch (bytes memory reason) {
            assert(bytes4(reason) == CovenantVerifier.DoesNotFit.selector);
        }
    }

    /// Cut to the circuit's slots.
    function _trim(Statement memory s) private pure {
        uint256[] memory commitments = s.commitments;
        uint128[] memory prices = s.prices;
        if (commitments.length > 4) {
            assembly ("memory-safe") {
                mstore(commitments, 4)
            }
        }
        if (prices.length > 8) {
            assembly ("memory-safe") {
                mstore(prices, 8)
            }
        }
    }
}
