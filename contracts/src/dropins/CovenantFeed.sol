// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {IDebtSource} from "../interfaces/IDebtSource.sol";
import {Terms} from "../Terms.sol";
import {Backing, Backings} from "./Backings.sol";
import {ICovenantFacilities} from "./ICovenantFacilities.sol";

/// @title A reserve feed: how much debt of a facility is proved to be covered
/// @notice For whatever reads a Chainlink proof-of-reserve feed. The answer is the debt that the last
/// proof covers under pinned terms, less the facility's other debts, in the feed's decimals, rounded
/// down. It is 0 while nothing is proved: past the end of the coverage, after a challenge, while the
/// registry is paused, where the circuit was frozen or the facility has other terms.
///
/// Times. While something is proved, `updatedAt` is the oldest account snapshot that the proof was
/// made of, so that a consumer's limit on age limits the age of the accounts. While nothing is,
/// `updatedAt` is the present block's time: that nothing is proved is known now. With an old time,
/// consumers that fall back on an earlier answer where the latest is stale would keep it.
///
/// Rounds. A round is an epoch of the facility: it grows with every proof, change of terms, early end
/// and release. Only the present one can be read. Within a round the answer may become 0, by time, a
/// pause or a frozen circuit, and after a pause what it was before.
contract CovenantFeed is AggregatorV3Interface {
    using Backings for Backing;

    /// @notice An answer with so many decimals might not fit into its type.
    error TooManyDecimals(uint8 most, uint8 got);
    /// @notice Answers of other rounds are not kept.
    error UnknownRound(uint80 present, uint80 got);

    uint8 private constant MOST_DECIMALS = 36;
    /// @dev Decimals of the registry's debts.
    uint8 private constant MICRO = 6;

    /// @notice The published interface's version of this feed.
    uint256 public constant version = 1;

    ICovenantFacilities public immutable registry;
    /// @notice The debt source that it measures; 0 for the whole debt of the facility.
    IDebtSource public immutable source;
    /// @inheritdoc AggregatorV3Interface
    uint8 public immutable decimals;
    string public description;
    Backing private _backing;

    /// @param terms_ The terms that it answers for, for good: with others, another feed.
    /// @param source_ What is measured: one of the terms' debt sources, the consumer's token usually; 0
    /// for the whole debt. Two tokens whose issuers read one feed of the whole debt would both
    /// count it as theirs.
    /// @param decimals_ 36 at most. Many consumers require those of their token.
    constructor(
        ICovenantFacilities registry_,
        uint128 facility_,
        Terms memory terms_,
        IDebtSource source_,
        uint8 decimals_,
        string memory description_
    ) {
        require(decimals_ <= MOST_DECIMALS, TooManyDecimals(MOST_DECIMALS, decimals_));
        registry = registry_;
        source = source_;
        decimals = decimals_;
        description = description_;
        _backing.pin(facility_, terms_, source_);
    }

    function facility() external view returns (uint128) {
        return _backing.facility;
    }

    /// @notice Hash of the pinned terms.
    function terms() external view returns (bytes32) {
        return _backing.terms;
    }

    /// @inheritdoc AggregatorV3Interface
    function latestRoundData()
        public
        view
        returns (uint80 id, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)
    {
        id = registry.facilityOf(_backing.facility).coverage.epoch;
        (uint256 left, uint64 asOfFrom) = _backing.proved(registry);
        // Below 2^80 before, so below 2^180 at 36 decimals.
        answer = int256(_scale(left));
        updatedAt = answer == 0 ? block.timestamp : asOfFrom;
        (startedAt, answeredInRound) = (updatedAt, id);
    }

    /// @inheritdoc AggregatorV3Interface
    function getRoundData(uint80 roundId)
        external
        view
        returns (uint80 id, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)
    {
        (id, answer, startedAt, updatedAt, answeredInRound) = latestRoundData();
        // slither-disable-next-line incorrect-equality (a number, not an amount)
        require(roundId == id, UnknownRound(id, roundId));
    }

    function _scale(uint256 micro) private view returns (uint256) {
        return decimals < MICRO ? micro / 10 ** (MICRO - decimals) : micro * 10 ** (decimals - MICRO);
    }
}
