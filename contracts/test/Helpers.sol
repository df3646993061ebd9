// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

// What the tests put around the contracts: a feed whose rounds they set, a front without a circuit,
// and callers that misbehave.

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {AggregatorV3Interface} from "../src/interfaces/AggregatorV3Interface.sol";
import {ICovenantHook} from "../src/interfaces/ICovenantHook.sol";
import {IDebtSource} from "../src/interfaces/IDebtSource.sol";
import {ICovenantVerifier, Statement} from "../src/interfaces/ICovenantVerifier.sol";

contract SetFeed is AggregatorV3Interface {
    struct Round {
        int256 answer;
        uint256 startedAt;
        uint256 updatedAt;
        uint80 answeredInRound;
    }

    uint8 public immutable decimals;
    uint80 public latest;
    mapping(uint80 => Round) private _rounds;

    constructor(uint8 decimals_) {
        decimals = decimals_;
    }

    function set(int256 answer, uint256 startedAt, uint256 updatedAt, bool answered) external {
        latest += 1;
        _rounds[latest] = Round(answer, startedAt, updatedAt, answered ? latest : latest - 1);
    }

    function getRoundData(uint80 id)
        public
        view
        returns (uint80, int256, uint256, uint256, uint80)
    {
        Round memory r = _rounds[id];
        return (id, r.answer, r.startedAt, r.updatedAt, r.answeredInRound);
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return getRoundData(latest);
    }
}

/// A front whose proof of a statement is the statement itself, encoded.
contract StatementIsProof is ICovenantVerifier {
    error AnotherStatement();

    bytes32 public constant circuit = keccak256("statement is proof");

    function verify(Statement calldata statement, bytes calldata proof) external pure {
        require(keccak256(proof) == keccak256(abi.encode(statement)), AnotherStatement());
    }
}

/// Calls a contract with the same data as often as asked, in one transaction.
contract Repeater {
    function call(address to, bytes calldata data, uint256 times) external {
        for (uint256 i; i < times; ++i) {
            (bool success, bytes memory result) = to.call(data);
            if (!success) {
                assembly {
                    revert(add(result, 32), mload(result))
                }
            }
        }
    }
}

/// A feed that calls back.
contract ReentrantFeed {
    uint8 public constant decimals = 8;
    address private _to;
    bytes private _data;

    function set(address to, bytes calldata data) external {
        (_to, _data) = (to, data);
    }

    fallback() external {
        (bool success, bytes memory result) = _to.call(_data);
        assembly {
            if iszero(success) { revert(add(result, 32), mload(result)) }
        }
    }
}

/// A token that anybody mints, with decimals of its own.
contract FreeToken is ERC20("Debt", "DEBT") {
    uint8 private immutable _decimals;

    constructor(uint8 decimals_) {
        _decimals = decimals_;
    }

    function decimals() public view override returns (uint8) {
        return _decimals;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// A debt source that says whatever a test lets it say.
contract SaysDebt is IDebtSource {
    bytes private _said;
    bool private _reverts;
    bool private _burns;
    uint256 private _needed;

    function say(bytes calldata said, bool reverts) external {
        (_said, _reverts, _burns) = (said, reverts, false);
    }

    function burn() external {
        _burns = true;
    }

    /// So much gas is burnt before it says something.
    function need(uint256 gas_) external {
        _needed = gas_;
    }

    function debt() external view returns (uint256) {
        uint256 start = gasleft();
        while (_burns || start - gasleft() < _needed) {}
        bytes memory said = _said;
        bool reverts = _reverts;
        assembly {
            if reverts { revert(add(said, 32), mload(said)) }
            return(add(said, 32), mload(said))
        }
    }
}

/// A lender's contract that writes down what it is told, or misbehaves.
contract Listener is ICovenantHook {
    enum Mood {
        Listens,
        Reverts,
        Burns
    }

    Mood public mood;
    uint128 public ended;
    uint64 public cureBy;
    uint128 public uncured;

    function set(Mood mood_) external {
        mood = mood_;
    }

    function onCoverageEnded(uint128 facility, uint64 by) external {
        _misbehave();
        (ended, cureBy) = (facility, by);
    }

    function onUncured(uint128 facility) external {
        _misbehave();
        uncured = facility;
    }

    function _misbehave() private view {
        require(mood != Mood.Reverts, "no");
        while (mood == Mood.Burns) {}
    }
}

/// Code that takes every signature for its own.
contract SaysYes {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        return 0x1626ba7e;
    }
}
