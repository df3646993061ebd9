// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Backings} from "../../src/dropins/Backings.sol";
import {CovenantFeed} from "../../src/dropins/CovenantFeed.sol";
import {ICovenantFacilities} from "../../src/dropins/ICovenantFacilities.sol";
import {IDebtSource} from "../../src/interfaces/IDebtSource.sol";
import {Terms} from "../../src/Terms.sol";
import {MockCovenantRegistry} from "../../src/testing/MockCovenantRegistry.sol";
import {Fixture, SetDebt} from "./Fixture.sol";
import {Shipped} from "../Shipped.sol";

/// Chainlink's interface as it is published, all of it.
interface PublishedAggregator {
    function decimals() external view returns (uint8);
    function description() external view returns (string memory);
    function version() external view returns (uint256);
    function getRoundData(uint80 roundId)
        external
        view
        returns (uint80, int256, uint256, uint256, uint80);
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80);
}

/// A token of which anybody mints what its reserve feed lets it.
abstract contract GatedToken is ERC20("Gated", "GATE"), IDebtSource {
    PublishedAggregator internal feed;
    uint256 internal immutable heartbeat;

    constructor(uint256 heartbeat_) {
        heartbeat = heartbeat_;
    }

    function use(PublishedAggregator feed_) external {
        feed = feed_;
    }

    function debt() external view returns (uint256) {
        return (totalSupply() + 1e12 - 1) / 1e12;
    }

    function mint(uint256 amount) external {
        _check(amount);
        _mint(msg.sender, amount);
    }

    function _check(uint256 amount) internal view virtual;
}

/// The rules of a token with proof of reserve: same decimals, an answer above 0 that is neither of the
/// future nor old, and no more than that in all.
contract ReserveToken is GatedToken {
    error OtherDecimals();
    error NoReserve();
    error FromTheFuture();
    error TooOld();
    error AboveReserve();

    constructor(uint256 heartbeat_) GatedToken(heartbeat_) {}

    function _check(uint256 amount) internal view override {
        require(feed.decimals() == decimals(), OtherDecimals());
        (, int256 answer,, uint256 when,) = feed.latestRoundData();
        require(answer > 0, NoReserve());
        require(when <= block.timestamp, FromTheFuture());
        require(block.timestamp <= when + heartbeat, TooOld());
        require(totalSupply() + amount <= uint256(answer), AboveReserve());
    }
}

/// The rules of Chainlink's secure mint policy without a margin: an answer of 0 is as good as any, an
/// old one is not (a limit of 0 is none), other decimals are scaled.
contract PolicyToken is GatedToken {
    error Negative();
    error Stale();
    error Exceeds();

    constructor(uint256 heartbeat_) GatedToken(heartbeat_) {}

    function _check(uint256 amount) internal view override {
        (, int256 answer,, uint256 when,) = feed.latestRoundData();
        require(answer >= 0, Negative());
        require(heartbeat == 0 || block.timestamp - when <= heartbeat, Stale());
        (uint256 theirs, uint256 ours) = (feed.decimals(), decimals());
        uint256 reserve = ours > theirs
            ? uint256(answer) * 10 ** (ours - theirs)
            : uint256(answer) / 10 ** (theirs - ours);
        require(totalSupply() + amount <= reserve, Exceeds());
    }
}

/// The feed, read by consumers that know nothing of this project.
contract FeedTest is Fixture {
    uint128 private constant PROVED = 1_000e6;

    ReserveToken private token;
    PolicyToken private other;
    SetDebt private loan;
    uint128 private facility;
    /// The terms, as no compiler but the IR's stores their lists.
    bytes private _encoded;
    CovenantFeed private feed;
    CovenantFeed private otherFeed;

    function setUp() external {
        _deploy();
        token = new ReserveToken(3 days);
        other = new PolicyToken(0);
        loan = new SetDebt();
        IDebtSource[] memory sources = new IDebtSource[](3);
        (sources[0], sources[1], sources[2]) = (token, other, loan);
        Terms memory t = _termsOf(sources);
        t.minPublicDebt = 50e6;
        t.beneficiary = address(this);
        _encoded = abi.encode(t);
        facility = registry.facilityId(address(this), 0);
        feed = _feedOf(facilities, facility, t, token, 18);
        otherFeed = _feedOf(facilities, facility, t, other, 18);
        token.use(PublishedAggregator(address(feed)));
        other.use(PublishedAggregator(address(otherFeed)));
        registry.open(0, t);
    }

    function test_what_is_proved_is_the_answer() external {
        _cover(facility, _terms(), PROVED);
        PublishedAggregator p = PublishedAggregator(address(feed));
        (uint80 id, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredIn) =
            p.latestRoundData();
        assert(id == 1 && answeredIn == 1 && answer == 950e18);
        assert(updatedAt == START - AGE && startedAt == updatedAt);
        assert(p.decimals() == 18 && p.version() == 1);
        assert(keccak256(bytes(p.description())) == keccak256("GATE reserve"));
        assert(feed.facility() == facility && feed.terms() == keccak256(abi.encode(_terms())));
        (uint80 again, int256 same,,,) = p.getRoundData(1);
        assert(again == 1 && same == answer);
    }

    function test_other_rounds_cannot_be_read(uint80 round) external {
        _cover(facility, _terms(), PROVED);
        if (round == 1) round = 0;
        vm.expectRevert(abi.encodeWithSelector(CovenantFeed.UnknownRound.selector, 1, round));
        feed.getRoundData(round);
    }

    function test_tokens_mint_to_what_is_proved_for_them() external {
        _refused();
        _cover(facility, _terms(), PROVED);
        loan.set(true, 200e6);
        vm.expectRevert(abi.encodeWithSelector(ReserveToken.AboveReserve.selector));
        token.mint(750e18 + 1);
        token.mint(700e18);
        // What one token takes, the other one does not have.
        vm.expectRevert(abi.encodeWithSelector(PolicyToken.Exceeds.selector));
        other.mint(50e18 + 1);
        other.mint(50e18);
        // A 1 more of either is a debt that nothing covers.
        bytes32 hash = keccak256(abi.encode(_terms()));
        assert(registry.isCovered(facility, hash));
        loan.set(true, 200e6 + 1);
        assert(!registry.isCovered(facility, hash));
        assert(_answer() == 700e18 - 1e12);
    }

    function test_nothing_is_proved_where_another_debt_is_unknown() external {
        _cover(facility, _terms(), PROVED);
        loan.set(false, 0);
        _refused();
        loan.set(true, 1 << 79);
        _refused();
    }

    function test_accounts_that_are_too_old_for_the_consumer_are_refused() external {
        _cover(facility, _terms(), PROVED);
        vm.warp(START - AGE + 3 days);
        token.mint(1);
        vm.warp(START - AGE + 3 days + 1);
        vm.expectRevert(abi.encodeWithSelector(ReserveToken.TooOld.selector));
        token.mint(1);
    }

    function test_past_its_end_nothing_is_proved() external {
        _cover(facility, _terms(), PROVED);
        vm.warp(START + COVERAGE - 1);
        other.mint(1);
        vm.warp(START + COVERAGE);
        _refused();
    }

    function test_a_challenge_ends_the_round_and_a_proof_begins_another() external {
        _cover(facility, _terms(), PROVED);
        _setPrices(100e8, 1_599e8);
        _challenge(facility, _terms());
        (uint80 id, int256 answer,,,) = feed.latestRoundData();
        assert(id == 2 && answer == 0);
        _refused();
        _cover(facility, _terms(), PROVED / 2);
        (id, answer,,,) = feed.latestRoundData();
        assert(id == 3 && answer == 450e18);
        token.mint(1);
    }

    function test_nothing_is_proved_in_a_pause() external {
        _cover(facility, _terms(), PROVED);
        router.setPaused(true);
        _refused();
        router.setPaused(false);
        token.mint(1);
    }

    function test_nothing_is_proved_under_a_frozen_circuit() external {
        _cover(facility, _terms(), PROVED);
        router.freezeVersion(1);
        _refused();
    }

    function test_nothing_is_proved_under_other_terms() external {
        _cover(facility, _terms(), PROVED);
        Terms memory next = _terms();
        next.minRatioBps += 1;
        registry.changeTerms(facility, _terms(), next);
        _refused();
        _cover(facility, next, PROVED);
        _refused();
    }

    function test_released_accounts_back_nothing() external {
        _cover(facility, _terms(), PROVED);
        registry.consentToRelease(facility, _terms());
        registry.release(facility);
        _refused();
    }

    function test_a_source_that_the_terms_do_not_name_has_no_feed(bool bare) external {
        SetDebt stranger = new SetDebt();
        Terms memory t = _terms();
        if (bare) t.debtSources = new IDebtSource[](0);
        vm.expectRevert(abi.encodeWithSelector(Backings.NotADebtSource.selector, stranger));
        _feedOf(facilities, facility, t, stranger, 18);
    }

    function test_a_feed_of_the_whole_debt_takes_nothing_off() external {
        CovenantFeed whole = _feedOf(facilities, facility, _terms(), IDebtSource(address(0)), 6);
        _cover(facility, _terms(), PROVED);
        loan.set(false, 0);
        (, int256 answer,,,) = whole.latestRoundData();
        assert(answer == int256(uint256(PROVED)));
    }

    function test_answers_are_rounded_down_and_fit(uint80 debt, uint8 decimals) external {
        MockCovenantRegistry mock =
            MockCovenantRegistry(Shipped.create("MockCovenantRegistry", ""));
        Terms memory t;
        if (decimals > 40) decimals %= 41;
        if (decimals > 36) {
            vm.expectPartialRevert(CovenantFeed.TooManyDecimals.selector);
        }
        CovenantFeed f = _feedOf(mock, 1, t, IDebtSource(address(0)), decimals);
        if (decimals > 36) return;
        mock.cover(1, keccak256(abi.encode(t)), debt, uint40(START - 1), uint40(START + 1));
        (, int256 answer,, uint256 when,) = f.latestRoundData();
        // In units of 10^-36, as far as these are whole.
        (uint256 told, uint256 held) =
            (uint256(answer) * 10 ** (36 - decimals), uint256(debt) * 1e30);
        assert(answer >= 0 && told <= held && held - told < 10 ** (36 - decimals));
        assert(when == (answer == 0 ? START : START - 1));
    }

    /// No consumer mints anything, and each of them takes what it is told as news of now.
    function _refused() private {
        (uint80 id, int256 answer,, uint256 updatedAt, uint80 answeredIn) = feed.latestRoundData();
        assert(answer == 0 && updatedAt == block.timestamp && answeredIn == id);
        vm.expectRevert(abi.encodeWithSelector(ReserveToken.NoReserve.selector));
        token.mint(1);
        vm.expectRevert(abi.encodeWithSelector(PolicyToken.Exceeds.selector));
        other.mint(1);
    }

    function _feedOf(
        ICovenantFacilities registry_,
        uint128 facility_,
        Terms memory t,
        IDebtSource source,
        uint8 decimals
    ) private returns (CovenantFeed) {
        return CovenantFeed(
            Shipped.create(
                "CovenantFeed",
                abi.encode(registry_, facility_, t, source, decimals, "GATE reserve")
            )
        );
    }

    function _answer() private view returns (int256 answer) {
        (, answer,,,) = feed.latestRoundData();
    }

    function _terms() private view returns (Terms memory) {
        return abi.decode(_encoded, (Terms));
    }
}
