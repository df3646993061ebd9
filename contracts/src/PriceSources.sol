// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {Attestations, RevokedDocuments, Signatures} from "./Attestations.sol";
import {AggregatorV3Interface} from "./interfaces/AggregatorV3Interface.sol";
import {Feed, ROLE_PRICES, Terms} from "./Terms.sol";

/// @notice Where the prices of a submission come from.
/// @param rounds For feeds: the round that was proved with, one per feed; 0 for the latest.
/// @param asOf For signed prices: Unix seconds.
/// @param prices For signed prices: in the policy's digest order.
/// @param signed For signed prices: who signed.
struct Prices {
    uint80[] rounds;
    uint64 asOf;
    uint128[] prices;
    Signatures signed;
}

/// @title Prices as the statement has them: quote currency per base unit, times 10^36
library PriceSources {
    /// @notice Not one price or round per asset.
    error WrongCount(uint256 expected, uint256 got);
    /// @notice A price is older than the terms allow.
    error StalePrice(uint256 index, uint256 updatedAt);
    /// @notice A price is from the future.
    error FuturePrice(uint256 index, uint256 updatedAt);
    /// @notice A round is missing, unfinished or not of this feed.
    error BadRound(uint256 index);
    /// @notice A feed's answer is not a price that the statement can hold.
    error BadAnswer(uint256 index, int256 answer);
    /// @notice The L2's sequencer is down, or was until a moment ago.
    error SequencerDown();

    /// @notice The prices to prove with. Reverts where they are stale or not to be trusted.
    function read(Terms calldata t, Prices calldata p, RevokedDocuments storage revoked)
        internal
        view
        returns (uint128[] memory)
    {
        _checkSequencer(t);
        if (t.feeds.length != 0) return _fromFeeds(t.feeds, p.rounds);
        return _fromSigners(t, p, revoked);
    }

    /// @dev Any round that is fresh enough will do: the prover needs time, and rounds go on.
    function _fromFeeds(Feed[] calldata feeds, uint80[] calldata rounds)
        private
        view
        returns (uint128[] memory prices)
    {
        require(rounds.length == feeds.length, WrongCount(feeds.length, rounds.length));
        prices = new uint128[](feeds.length);
        for (uint256 i; i < feeds.length; ++i) {
            prices[i] = _fromFeed(feeds[i], rounds[i], i);
        }
    }

    function _fromFeed(Feed calldata f, uint80 round, uint256 index)
        private
        view
        returns (uint128)
    {
        // slither-disable-next-line unused-return (when a round began says nothing)
        (uint80 id, int256 answer,, uint256 updatedAt, uint80 answeredInRound) =
            round == 0 ? f.feed.latestRoundData() : f.feed.getRoundData(round);
        require(
            id != 0 && (round == 0 || id == round) && answeredInRound >= id && updatedAt != 0,
            BadRound(index)
        );
        require(updatedAt <= block.timestamp, FuturePrice(index, updatedAt));
        require(block.timestamp - updatedAt <= f.maxAge, StalePrice(index, updatedAt));
        uint256 decimals = uint256(f.feed.decimals()) + f.assetDecimals;
        require(answer > 0 && answer < 1 << 120 && decimals <= 36, BadAnswer(index, answer));
        uint256 price = uint256(answer) * 10 ** (36 - decimals);
        require(price < 1 << 120, BadAnswer(index, answer));
        return uint128(price);
    }

    function _fromSigners(Terms calldata t, Prices calldata p, RevokedDocuments storage revoked)
        private
        view
        returns (uint128[] memory prices)
    {
        require(p.asOf <= block.timestamp, FuturePrice(0, p.asOf));
        require(block.timestamp - p.asOf <= t.maxPriceAge, StalePrice(0, p.asOf));
        prices = p.prices;
        bytes32 digest = Attestations.pricesDigest(t.policy, p.asOf, prices);
        // slither-disable-next-line unused-return (prices are of now)
        Attestations.check(digest, p.signed, t.attesters, ROLE_PRICES, t.priceQuorum, revoked);
    }

    function _checkSequencer(Terms calldata t) private view {
        AggregatorV3Interface sequencer = t.sequencer;
        if (address(sequencer) == address(0)) return;
        // slither-disable-next-line unused-return (the round is of no use)
        (, int256 down, uint256 startedAt,,) = sequencer.latestRoundData();
        require(
            down == 0 && startedAt != 0 && startedAt <= block.timestamp
                && block.timestamp - startedAt > t.sequencerGrace,
            SequencerDown()
        );
    }
}
