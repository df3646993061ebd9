// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

// What the tests put around the contracts: a feed whose rounds they set, a front without a circuit,
// and callers that misbehave.

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {AggregatorV3Interface} from "../src/interfaces/AggregatorV3Interface.sol";
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
