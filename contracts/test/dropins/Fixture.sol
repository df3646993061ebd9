// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {Attestation, Document} from "../../src/Attestations.sol";
import {Basis, Binding, CovenantRegistry, Submission} from "../../src/CovenantRegistry.sol";
import {CovenantRouter} from "../../src/CovenantRouter.sol";
import {ICovenantFacilities} from "../../src/dropins/ICovenantFacilities.sol";
import {Envelope} from "../../src/Envelopes.sol";
import {ICovenantVerifier, Statement} from "../../src/interfaces/ICovenantVerifier.sol";
import {IDebtSource} from "../../src/interfaces/IDebtSource.sol";
import {Prices} from "../../src/PriceSources.sol";
import {Attester, Feed, Terms} from "../../src/Terms.sol";
import {SetFeed, StatementIsProof} from "../Helpers.sol";
import {Shipped} from "../Shipped.sol";

/// The cheat codes of forge that are used here.
interface Vm {
    function addr(uint256 key) external pure returns (address);
    function sign(uint256 key, bytes32 digest) external pure returns (uint8, bytes32, bytes32);
    function warp(uint256 time) external;
    function prank(address caller) external;
    function expectRevert(bytes calldata reason) external;
    function expectPartialRevert(bytes4 selector) external;
    function expectCall(address callee, bytes calldata data) external;
}

/// A debt that a test sets, or a source that says nothing.
contract SetDebt is IDebtSource {
    error SaysNothing();

    uint256 private _debt;
    bool private _known = true;

    function set(bool known, uint256 debt_) external {
        (_known, _debt) = (known, debt_);
    }

    function debt() external view returns (uint256) {
        require(_known, SaysNothing());
        return _debt;
    }
}

/// A registry with a circuit whose proofs are their statements, two feeds, and one attester who signs
/// for whatever is submitted. Facilities are the test contract's.
abstract contract Fixture {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
    uint256 internal constant START = 1_790_000_600;
    uint64 internal constant COVERAGE = 7 days;
    uint64 internal constant CURE = 1 days;
    uint64 internal constant DELAY = 1 days;
    /// Seconds that a snapshot is old when it is submitted.
    uint64 internal constant AGE = 600;
    uint256 private constant KEY = 0xA77E57;
    bytes32 private constant DOMAIN =
        0x933fee2ad886339352ae5a627740b74495195a7339e62b41dec3e6b595cb5ebe;

    CovenantRouter internal router;
    CovenantRegistry internal registry;
    ICovenantFacilities internal facilities;
    StatementIsProof internal front;
    SetFeed[2] internal feeds;

    /// What the last accepted submission of `_cover` rests on.
    Basis internal basis;
    uint128[] internal provedPrices;

    function _deploy() internal {
        vm.warp(START);
        front = new StatementIsProof();
        ICovenantVerifier[] memory first = new ICovenantVerifier[](1);
        first[0] = front;
        router = Shipped.router(address(this), DELAY, first);
        registry = Shipped.registry(router, DELAY);
        facilities = ICovenantFacilities(address(registry));
        for (uint256 i; i < 2; ++i) {
            feeds[i] = new SetFeed(8);
        }
        _setPrices(100e8, 2_000e8);
    }

    /// A round of now for both feeds.
    function _setPrices(int256 first, int256 second) internal {
        feeds[0].set(first, block.timestamp, block.timestamp, true);
        feeds[1].set(second, block.timestamp, block.timestamp, true);
    }

    /// Terms with these debts: challenged by the envelope, signed by the attester.
    function _termsOf(IDebtSource[] memory sources) internal view returns (Terms memory t) {
        t.subject = 7;
        t.policy = 8;
        t.minRatioBps = 12_000;
        t.debtSources = sources;
        t.maxAccountAge = 2 hours;
        t.maxWindow = 1 hours;
        t.coverageSeconds = COVERAGE;
        t.attesterQuorum = 1;
        t.attesters = new Attester[](1);
        t.attesters[0] = Attester(vm.addr(KEY), vm.addr(KEY), 1);
        t.feeds = new Feed[](2);
        for (uint256 i; i < 2; ++i) {
            t.feeds[i] = Feed(feeds[i], 18, 1 days);
        }
        t.envelope = keccak256(
            abi.encode(
                _envelope().ratios, _envelope().multipliers, _envelope().owed, _envelope().weightless
            )
        );
        t.cureSeconds = CURE;
    }

    function _one(IDebtSource source) internal pure returns (IDebtSource[] memory list) {
        list = new IDebtSource[](1);
        list[0] = source;
    }

    function _two(IDebtSource a, IDebtSource b) internal pure returns (IDebtSource[] memory list) {
        list = new IDebtSource[](2);
        (list[0], list[1]) = (a, b);
    }

    /// One scenario: both prices a fifth lower.
    function _envelope() internal pure returns (Envelope memory e) {
        e.ratios = new uint32[](1);
        e.ratios[0] = 10_500;
        e.multipliers = new uint32[](2);
        (e.multipliers[0], e.multipliers[1]) = (8_000, 8_000);
    }

    /// Proves so much debt of a facility, at the prices of now and accounts of a moment ago.
    function _cover(uint128 facility, Terms memory t, uint128 debt) internal {
        Submission memory s = _submission(facility, t, debt);
        registry.submit(facility, t, s);
        Document[] memory documents = new Document[](1);
        documents[0] = Document(vm.addr(KEY), _accountDigest(t, s));
        provedPrices = _pricesNow();
        basis = Basis({
            ratioBps: s.ratioBps,
            kinds: s.kinds,
            pricesAsOf: 0,
            prices: keccak256(abi.encode(provedPrices)),
            documents: keccak256(abi.encode(documents))
        });
    }

    /// Challenges by a fall of the second price.
    function _challenge(uint128 facility, Terms memory t) internal {
        int256[] memory vector = new int256[](2);
        vector[1] = 1;
        Prices memory none;
        registry.challenge(facility, t, basis, provedPrices, _envelope(), none, vector);
    }

    function _submission(uint128 facility, Terms memory t, uint128 debt)
        internal
        view
        returns (Submission memory s)
    {
        uint32 epoch = registry.facilityOf(facility).coverage.epoch;
        s.binding = Binding(block.chainid, address(registry), facility, epoch);
        s.version = 1;
        s.policy = t.policy;
        s.asOfTo = uint64(block.timestamp) - AGE / 2;
        s.asOfFrom = uint64(block.timestamp) - AGE;
        s.publicDebt = debt;
        s.ratioBps = t.minRatioBps;
        s.commitments = new uint256[](1);
        s.commitments[0] = uint256(keccak256(abi.encode(facility, block.timestamp))) >> 8;
        s.attestations = new Attestation[](1);
        Attestation memory a = s.attestations[0];
        a.asOf = s.asOfFrom;
        a.validUntil = uint64(block.timestamp) + 30 days;
        a.account = keccak256(abi.encode("account", facility));
        a.signed.attesters = new uint8[](1);
        a.signed.signatures = new bytes[](1);
        a.signed.signatures[0] = _signature(_accountDigest(t, s));
        s.prices.rounds = new uint80[](2);
        s.proof = abi.encode(_statement(facility, t, s));
    }

    function _statement(uint128 facility, Terms memory t, Submission memory s)
        private
        view
        returns (Statement memory)
    {
        return Statement({
            subject: t.subject,
            asOfFrom: s.asOfFrom,
            asOfTo: s.asOfTo,
            policy: t.policy,
            publicDebt: s.publicDebt,
            ratioBps: s.ratioBps,
            context: registry.contextOf(facility),
            kinds: s.kinds,
            report: s.report,
            commitments: s.commitments,
            prices: _pricesNow()
        });
    }

    /// Answers of 8 decimals for assets of 18: quote per base unit, times 10^36.
    function _pricesNow() private view returns (uint128[] memory prices) {
        prices = new uint128[](2);
        for (uint256 i; i < 2; ++i) {
            (, int256 answer,,,) = feeds[i].latestRoundData();
            prices[i] = uint128(uint256(answer) * 1e10);
        }
    }

    /// The digest once more, from docs/spec.md, section 7, alone.
    function _accountDigest(Terms memory t, Submission memory s) private pure returns (bytes32) {
        Attestation memory a = s.attestations[0];
        bytes32 fields = keccak256(
            abi.encode(
                keccak256(
                    "AccountAttestation(bytes32 commitment,bytes32 subject,uint64 asOf,uint64 validUntil,uint8 kind,bytes32 account,bytes32 counterpart)"
                ),
                s.commitments[0],
                t.subject,
                a.asOf,
                a.validUntil,
                a.kind,
                a.account,
                a.counterpart
            )
        );
        return keccak256(bytes.concat("\x19\x01", DOMAIN, fields));
    }

    function _signature(bytes32 digest) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, digest);
        return abi.encodePacked(r, s, v);
    }
}
