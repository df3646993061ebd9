// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

// What somebody writes who has the package: a lender of one's own, and what its test puts around it.

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {BackedToken} from "@covenant/contracts/src/BackedToken.sol";
import {CovenantFeed} from "@covenant/contracts/src/dropins/CovenantFeed.sol";
import {AggregatorV3Interface} from "@covenant/contracts/src/interfaces/AggregatorV3Interface.sol";
import {ICovenantRegistry} from "@covenant/contracts/src/interfaces/ICovenantRegistry.sol";

/// @notice Pays out while a facility is covered.
contract User {
    BackedToken public immutable token;
    CovenantFeed public immutable feed;

    constructor(BackedToken token_, CovenantFeed feed_) {
        (token, feed) = (token_, feed_);
    }

    function mayLend() external view returns (bool) {
        ICovenantRegistry registry = token.registry();
        return registry.isCovered(token.facility(), token.terms());
    }
}

contract Dollar is ERC20("Dollar", "USD") {
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// @notice A feed whose rounds a test sets.
contract SetFeed is AggregatorV3Interface {
    uint8 public immutable decimals;
    uint80 private _latest;
    mapping(uint80 round => int256) private _answers;
    mapping(uint80 round => uint256) private _updated;

    constructor(uint8 decimals_) {
        decimals = decimals_;
    }

    function set(int256 answer) external {
        ++_latest;
        (_answers[_latest], _updated[_latest]) = (answer, block.timestamp);
    }

    function getRoundData(uint80 id)
        public
        view
        returns (uint80, int256, uint256, uint256, uint80)
    {
        return (id, _answers[id], _updated[id], _updated[id], id);
    }

    function latestRoundData()
        external
        view
        returns (uint80, int256, uint256, uint256, uint80)
    {
        return getRoundData(_latest);
    }
}
