// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {CovenantVerifier} from "../src/CovenantVerifier.sol";
import {Statement} from "../src/interfaces/ICovenantVerifier.sol";
import {Repeater} from "./Helpers.sol";
import {Shipped} from "./Shipped.sol";

/// The instance column is the statement, word for word, and all of it is in range.
contract PublicInputsTest {
    uint256 private constant R =
        0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001;

    CovenantVerifier private immutable front;

    constructor() {
        address code = address(new Repeater());
        front = _front(code, "circuit");
    }

    function test_in_range_statements_keep_their_words(Statement memory s) external view {
        _trim(s);
        s.subject >>= 8;
        s.policy %= R;
        s.publicDebt >>= 48;
        s.ratioBps = s.ratioBps % (2 ** 20 - 1) + 1;
        s.context >>= 8;
        for (uint256 i; i < 5; ++i) {
            s.report[i] >>= 16;
        }
        if (s.asOfFrom > s.asOfTo) (s.asOfFrom, s.asOfTo) = (s.asOfTo, s.asOfFrom);
        s.kinds &= uint64((1 << s.commitments.length) - 1);
        uint256 previous;
        for (uint256 i; i < s.commitments.length; ++i) {
            // Ascending steps that stay below r.
            previous += (s.commitments[i] >> 8) + 1;
            s.commitments[i] = previous;
        }
        for (uint256 i; i < s.prices.length; ++i) {
            s.prices[i] >>= 8;
            if (s.prices[i] == 0) s.prices[i] = 1;
        }
        if (s.prices.length == 0) {
            s.prices = new uint128[](1);
            s.prices[0] = 1;
        }
        uint256[] memory inputs = front.publicInputs(s);
        assert(inputs.length == 25);
        assert(inputs[0] == s.subject && inputs[1] == s.asOfFrom && inputs[2] == s.asOfTo);
        assert(inputs[3] == s.policy && inputs[4] == s.publicDebt && inputs[5] == s.ratioBps);
        assert(inputs[6] == s.context && inputs[7] == s.kinds);
        for (uint256 i; i < 5; ++i) {
            assert(inputs[8 + i] == s.report[i]);
        }
        for (uint256 i; i < 4; ++i) {
            assert(inputs[13 + i] == (i < s.commitments.length ? s.commitments[i] : 0));
        }
        for (uint256 i; i < 8; ++i) {
            assert(inputs[17 + i] == (i < s.prices.length ? s.prices[i] : 0));
        }
    }

    function test_any_statement_is_refused_or_in_range(Statement memory s) external view {
        _trim(s);
        try front.publicInputs(s) returns (uint256[] memory inputs) {
            assert(inputs[0] < 1 << 248 && inputs[4] < 1 << 80 && inputs[6] < 1 << 248);
            assert(inputs[1] <= inputs[2] && inputs[2] < 1 << 64);
            assert(inputs[5] != 0 && inputs[5] < 1 << 20);
            assert(inputs[7] >> s.commitments.length == 0);
            for (uint256 i; i < 5; ++i) {
                assert(inputs[8 + i] < 1 << 240);
            }
            assert(s.prices.length != 0);
            for (uint256 i; i < s.prices.length; ++i) {
                assert(inputs[17 + i] != 0);
            }
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
        s.asOfFrom = s.asOfTo = 0;
        delete s.report;
        try front.publicInputs(s) {
            assert(false);
        } catch (bytes memory reason) {
            assert(bytes4(reason) == CovenantVerifier.DoesNotFit.selector);
        }
    }

    function test_a_kind_of_no_account_is_refused(uint64 kinds, uint8 count) external view {
        Statement memory s = _plain(count % 5);
        s.kinds = kinds;
        try front.publicInputs(s) returns (uint256[] memory inputs) {
            assert(inputs[7] == kinds && kinds < 1 << s.commitments.length);
        } catch (bytes memory reason) {
            assert(bytes4(reason) == CovenantVerifier.KindOfNoAccount.selector);
            assert(kinds >= 1 << s.commitments.length);
        }
    }

    function test_a_price_of_0_is_refused_by_its_place(uint8 count, uint8 place) external view {
        Statement memory s = _plain(4);
        s.prices = new uint128[](count % 9);
        for (uint256 i; i < s.prices.length; ++i) {
            s.prices[i] = i == place % 9 ? 0 : 1;
        }
        uint256 missing = s.prices.length == 0 ? 0 : place % 9;
        try front.publicInputs(s) {
            assert(missing >= s.prices.length && s.prices.length != 0);
        } catch (bytes memory reason) {
            bytes memory expected =
                abi.encodeWithSelector(CovenantVerifier.NoPrice.selector, missing);
            assert(keccak256(reason) == keccak256(expected));
        }
    }

    function test_a_window_does_not_end_before_it_begins(uint64 from, uint64 to) external view {
        Statement memory s = _plain(1);
        (s.asOfFrom, s.asOfTo) = (from, to);
        try front.publicInputs(s) returns (uint256[] memory inputs) {
            assert(from <= to && inputs[1] == from && inputs[2] == to);
        } catch (bytes memory reason) {
            assert(bytes4(reason) == CovenantVerifier.WrongWindow.selector && from > to);
        }
    }

    function test_a_report_word_holds_three_lines(uint256 word, uint8 place) external view {
        Statement memory s = _plain(1);
        s.report[place % 5] = word;
        try front.publicInputs(s) returns (uint256[] memory inputs) {
            assert(word < 1 << 240 && inputs[8 + place % 5] == word);
        } catch (bytes memory reason) {
            bytes memory expected =
                abi.encodeWithSelector(CovenantVerifier.OutOfRange.selector, "report");
            assert(keccak256(reason) == keccak256(expected) && word >= 1 << 240);
        }
    }

    function test_fronts_of_retired_circuits_are_not_made(string memory rest) external {
        address code = address(new Repeater());
        _refused(code, string.concat("covenant-1/", rest));
        _refused(code, string.concat("covenant-1.1/", rest));
        _front(code, string.concat("covenant-2/", rest));
    }

    function make(address code, string calldata id) external {
        _front(code, id);
    }

    function _front(address code, string memory id) private returns (CovenantVerifier) {
        bytes memory arguments = abi.encode(code, code.codehash, id, 4, 8, 1e6);
        return CovenantVerifier(Shipped.create("CovenantVerifier", arguments));
    }

    function _refused(address code, string memory id) private {
        try this.make(code, id) {
            assert(false);
        } catch (bytes memory reason) {
            bytes memory expected =
                abi.encodeWithSelector(CovenantVerifier.RetiredCircuit.selector, id);
            assert(keccak256(reason) == keccak256(expected));
        }
    }

    /// A statement in range, with so many accounts.
    function _plain(uint256 count) private pure returns (Statement memory s) {
        s.ratioBps = 1;
        s.commitments = new uint256[](count);
        for (uint256 i; i < count; ++i) {
            s.commitments[i] = i + 1;
        }
        s.prices = new uint128[](1);
        s.prices[0] = 1;
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
