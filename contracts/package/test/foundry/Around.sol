// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

// What the story needs around a loan: a dollar, and a feed whose rounds a test sets.

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

contract Dollar is ERC20("Dollar", "USD") {
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

contract SetFeed {
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
