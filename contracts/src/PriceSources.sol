// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {Attestations, Checked, RevokedDocuments, Signatures} from "./Attestations.sol";
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
    /// @notice A round was superseded longer ago than the terms allow, or nobody can tell when; or,
    /// where a coverage was ended early, before that.
    error SupersededRound(uint256 index, uint256 when);
    /// @notice Prices that were signed no later than those that were proved with show no change.
    error NotLater(uint64 proved, uint64 got);
    /// @notice A feed's answer is not a price that the statement can hold.
    error BadAnswer(uint256 index, int256 answer);
    /// @notice The L2's sequencer is down, or was until a moment ago.
    error SequencerDown();

    /// @notice The prices to prove with. Reverts where they are stale, superseded or not to be trusted.
    /// @param since Unix seconds at which a coverage was ended early, which prices of before do not
    /// cure; 0 for never.
    function proved(
        Terms calldata t,
        Prices calldata p,
        uint64 since,
        Checked memory checked,
        RevokedDocuments storage revoked
    ) internal view returns (uint128[] memory prices) {
        _checkSequencer(t);
        if (t.feeds.length == 0) {
            require(p.asOf > since, SupersededRound(0, p.asOf));
            return _fromSigners(t, p, checked, revoked);
        }
        require(p.rounds.length == t.feeds.length, WrongCount(t.feeds.length, p.rounds.length));
        uint256 earliest = block.timestamp - t.maxLag;
        // A round that was superseded in the very second of the end is of before, too.
        if (since >= earliest) earliest = since + 1;
        prices = new uint128[](t.feeds.length);
        for (uint256 i; i < prices.length; ++i) {
            prices[i] = _fromFeed(t.feeds[i], p.rounds[i], earliest, i);
        }
    }

    /// @notice The prices of now: every feed's latest round, or a snapshot that was signed after the one
    /// that was proved with.
    function present(
        Terms calldata t,
        Prices calldata p,
        uint64 provedAsOf,
        Checked memory checked,
        RevokedDocuments storage revoked
    ) internal view returns (uint128[] memory prices) {
        _checkSequencer(t);
        if (t.feeds.length == 0) {
            require(p.asOf > provedAsOf, NotLater(provedAsOf, p.asOf));
            return _fromSigners(t, p, checked, revoked);
        }
        prices = new uint128[](t.feeds.length);
        for (uint256 i; i < prices.length; ++i) {
            prices[i] = _fromFeed(t.feeds[i], 0, 0, i);
        }
    }

    /// @dev A prover needs time, and rounds go on: one that was superseded a moment ago will do. A
    /// subject who could choose among all fresh rounds would choose the best of each feed.
    function _fromFeed(Feed calldata f, uint80 round, uint256 earliest, uint256 index)
        private
        view
        returns (uint128)
    {
        // slither-disable-next-line unused-return (when a round began says nothing)
        (uint80 id, int256 answer,, uint256 updatedAt, uint80 answeredInRound) =
            f.feed.latestRoundData();
        if (round != 0 && round != id) {
            _checkLag(f.feed, round, earliest, index);
            // slither-disable-next-line unused-return (when a round began says nothing)
            (id, answer,, updatedAt, answeredInRound) = f.feed.getRoundData(round);
        }
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

    /// @dev A round lasts until the next one begins. Where the feed does not know of a next one that
    /// is not the latest (a proxy that moved to another aggregator), only the latest will do.
    function _checkLag(AggregatorV3Interface feed, uint80 round, uint256 earliest, uint256 index)
        private
        view
    {
        require(round != type(uint80).max, BadRound(index));
        // slither-disable-next-line unused-return (only when it came)
        try feed.getRoundData(round + 1) returns (uint80, int256, uint256, uint256 next, uint80) {
            require(next != 0 && next >= earliest, SupersededRound(index, next));
        } catch {
            revert SupersededRound(index, 0);
        }
    }

    function _fromSigners(
        Terms calldata t,
        Prices calldata p,
        Checked memory checked,
        RevokedDocuments storage revoked
    ) private view returns (uint128[] memory prices) {
        require(p.asOf <= block.timestamp, FuturePrice(0, p.asOf));
        require(block.timestamp - p.asOf <= t.maxPriceAge, StalePrice(0, p.asOf));
        prices = p.prices;
        bytes32 digest = Attestations.pricesDigest(t.policy, p.asOf, prices);
        // slither-disable-next-line unused-return (whoever signed, enough did)
        Attestations.check(
            checked, digest, p.signed, t.attesters, ROLE_PRICES, t.priceQuorum, revoked
        );
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
