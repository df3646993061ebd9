// SPDX-License-Identifier: MIT
pragma solidity ^0.8.30;

/// @title A Chainlink price feed or L2 sequencer uptime feed
/// @dev The published interface, declared here so that no package with build dependencies of
/// its own is needed for it.
interface AggregatorV3Interface {
    function decimals() external view returns (uint8);

    function getRoundData(uint80 roundId)
        external
        view
        returns (uint80 id, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound);

    function latestRoundData()
        external
        view
        returns (uint80 id, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound);
}
