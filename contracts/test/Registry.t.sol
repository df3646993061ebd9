// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {Attestation, Attestations, Signatures} from "../src/Attestations.sol";
import {Binding, CovenantRegistry, Submission} from "../src/CovenantRegistry.sol";
import {Facilities} from "../src/Facilities.sol";
import {Statement} from "../src/interfaces/ICovenantVerifier.sol";
import {Attester, Terms} from "../src/Terms.sol";
import {StatementIsProof} from "./Helpers.sol";

/// The cheat codes of forge that are used here.
interface Vm {
    struct Log {
        bytes32[] topics;
        bytes data;
        address emitter;
    }

    function addr(uint256 key) external pure returns (address);
    function sign(uint256 key, bytes32 digest) external pure returns (uint8, bytes32, bytes32);
    function warp(uint256 time) external;
    function recordLogs() external;
    function getRecordedLogs() external returns (Log[] memory);
}

/// What the registry accepts around a proof, whatever the proof: a front is in its place whose
/// proofs are the encoded statement, so that a statement is passed on whole or refused.
contract RegistryTest {
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
    uint256 private constant NOW = 1_790_000_600;
    uint64 private constant FROM = 1_790_000_000;
    uint64 private constant TO = FROM + 300;
    uint64 private constant VALID = uint64(NOW) + 5_000;
    uint64 private constant COVERAGE = 7_200;
    uint64 private constant DELAY = 1 days;
    uint8 private constant COLLATERAL = 1;
    uint8 private constant LIABILITY = 2;
    uint8 private constant PRICES = 4;
    /// Held, owed, held: the place of each is its index.
    uint64 private constant KINDS = 2;

    CovenantRegistry private registry;
    StatementIsProof private front;
    uint128 private facility;
    /// By ascending address.
    uint256[] private keys;
    uint8[] private roles;

    function setUp() external {
        vm.warp(NOW);
        uint8[4] memory wanted = [COLLATERAL, COLLATERAL, LIABILITY, PRICES];
        for (uint256 i; i < 4; ++i) {
            keys.push(i + 1);
            roles.push(wanted[i]);
            for (uint256 j = i; j > 0 && vm.addr(keys[j]) < vm.addr(keys[j - 1]); --j) {
                (keys[j], keys[j - 1]) = (keys[j - 1], keys[j]);
                (roles[j], roles[j - 1]) = (roles[j - 1], roles[j]);
            }
        }
        registry = new CovenantRegistry(address(this), DELAY);
        front = new StatementIsProof();
        registry.approveVerifier(front, true);
        facility = registry.open(0, _terms());
    }

    function test_what_was_proved_is_told(uint256[5] memory report, uint128 debt, uint32 ratio)
        external
    {
        Submission memory s = _submission();
        (s.report, s.publicDebt, s.ratioBps) = (report, debt / 2 + 1_000, ratio / 2 + 12_000);
        Statement memory statement = _statement(s);
        s.proof = abi.encode(statement);
        vm.recordLogs();
        registry.submit(facility, _terms(), s);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        assert(logs.length == 1 && logs[0].topics[0] == CovenantRegistry.Covered.selector);
        assert(uint256(logs[0].topics[1]) == facility && uint256(logs[0].topics[2]) == 1);
        assert(logs[0].topics[3] == front.circuit());
        assert(keccak256(logs[0].data) == keccak256(abi.encode(VALID, statement)));
        CovenantRegistry.Coverage memory c = registry.coverageOf(facility);
        assert(c.until == VALID && c.asOfTo == TO && c.kinds == KINDS);
        assert(c.debt == s.publicDebt && c.ratioBps == s.ratioBps);
        assert(c.prices == keccak256(abi.encode(statement.prices)));
        assert(registry.isCovered(facility));
    }

    function test_a_window_is_of_the_past_and_neither_old_nor_wide(uint16 age, uint16 width)
        external
    {
        Submission memory s = _submission();
        s.asOfFrom = uint64(NOW) + 200 - age % 10_000;
        s.asOfTo = s.asOfFrom + width % 8_000 - 500;
        for (uint256 i; i < 3; ++i) {
            s.attestations[i].asOf = s.asOfTo;
        }
        _sign(s);
        bytes4 expected;
        if (s.asOfTo > NOW) expected = CovenantRegistry.FutureAccounts.selector;
        else if (s.asOfFrom > s.asOfTo) expected = CovenantRegistry.WrongWindow.selector;
        else if (s.asOfFrom + 7_200 < NOW) expected = CovenantRegistry.StaleAccounts.selector;
        else if (s.asOfTo - s.asOfFrom > 3_600) expected = CovenantRegistry.WrongWindow.selector;
        _judge(s, expected);
    }

    function test_windows_at_their_bounds() external {
        _judgeWindow(7_201, 3_601, CovenantRegistry.StaleAccounts.selector);
        _judgeWindow(7_200, 3_600, 0);
        _judgeWindow(3_601, 0, CovenantRegistry.WrongWindow.selector);
        _judgeWindow(3_600, 0, 0);
        _judgeWindow(0, -1, CovenantRegistry.FutureAccounts.selector);
        _judgeWindow(0, 1, CovenantRegistry.WrongWindow.selector);
        // One that ends before another that was accepted.
        _judgeWindow(1, 1, CovenantRegistry.OlderAccounts.selector);
        _judgeWindow(0, 0, 0);
    }

    /// Of a window between two ages.
    function _judgeWindow(int256 oldest, int256 newest, bytes4 expected) private {
        Submission memory s = _submission();
        s.asOfFrom = uint64(uint256(int256(NOW) - oldest));
        s.asOfTo = uint64(uint256(int256(NOW) - newest));
        for (uint256 i; i < 3; ++i) {
            s.attestations[i].asOf = s.asOfTo;
        }
        _sign(s);
        _judge(s, expected);
    }

    function test_every_snapshot_is_of_the_window(uint8 index, uint64 asOf) external {
        Submission memory s = _submission();
        // Not the account whose counterpart would be of another time.
        index = index % 2 == 0 ? 2 : 0;
        if (index == 0) s.attestations[0].counterpart = 0;
        s.attestations[index].asOf = asOf % 2 == 0 ? asOf : FROM - 10 + asOf % 320;
        _sign(s);
        asOf = s.attestations[index].asOf;
        _judge(s, asOf < FROM || asOf > TO ? CovenantRegistry.OutsideWindow.selector : bytes4(0));
    }

    function test_what_is_owed_on_an_account_is_in_the_basket(uint8 named, bool sameTime) external {
        Submission memory s = _submission();
        // None, each account of the basket, one that is not in it.
        uint256[5] memory names = [0, s.commitments[0], s.commitments[1], s.commitments[2], 99];
        uint256 name = names[named % 5];
        s.attestations[2].counterpart = bytes32(name);
        if (!sameTime) s.attestations[2].asOf -= 1;
        _sign(s);
        bool good = name == 0 || (name == s.commitments[1] && sameTime);
        _judge(s, good ? bytes4(0) : CovenantRegistry.CounterpartMissing.selector);
    }

    /// What a creditor names on its side is for whoever has the collateral in the basket.
    function test_a_creditor_may_name_an_account_elsewhere(bytes32 counterpart) external {
        Submission memory s = _submission();
        s.attestations[1].counterpart = counterpart;
        _sign(s);
        _judge(s, 0);
    }

    function test_an_account_is_in_the_basket_once_with_each_kind(uint8 a, uint8 b) external {
        Submission memory s = _submission();
        (a, b) = (a % 3, b % 3);
        s.attestations[a].account = s.attestations[b].account;
        _sign(s);
        bool twice = a != b && a != 1 && b != 1;
        _judge(s, twice ? CovenantRegistry.AccountTwice.selector : bytes4(0));
    }

    function test_kinds_are_those_that_the_proof_shows(uint8 kinds) external {
        Submission memory s = _submission();
        s.attestations[0].counterpart = 0;
        s.kinds = kinds % 8;
        _sign(s);
        _judge(s, s.kinds == KINDS ? bytes4(0) : CovenantRegistry.WrongKind.selector);
    }

    function test_attesters_sign_every_field(uint8 index, uint8 field, uint256 bit) external {
        Submission memory s = _submission();
        s.attestations[0].counterpart = 0;
        _sign(s);
        Attestation memory a = s.attestations[index % 3];
        field = field % 4;
        if (field == 0) a.validUntil += 1;
        if (field == 1) a.account ^= bytes32(1 << (bit % 256));
        if (field == 2) a.asOf = a.asOf == TO ? TO - 1 : a.asOf + 1;
        if (field == 3) a.counterpart ^= bytes32(1 << (bit % 256));
        _judge(s, Attestations.WrongSignature.selector);
    }

    function test_a_revoked_attestation_counts_until_then(uint8 index, uint64 from, uint64 other)
        external
    {
        Submission memory s = _submission();
        index = index % 3;
        from = from % 4 == 0 ? from : uint64(NOW) - 10_000 + from % 20_000;
        bytes32 document = Digests.account(s, index);
        uint256 key = keys[s.attestations[index].signed.attesters[0]];
        // Somebody else's word on it says nothing.
        _revoke(key + 1, document, 0);
        _revoke(key, document, from);
        // A later one does not push it back.
        if (other > from) _revoke(key, document, other);
        assert(registry.revokedFrom(vm.addr(key), document) == (from == 0 ? 1 : from));
        if (from <= NOW) return _judge(s, Attestations.Revoked.selector);
        _judge(s, 0);
        assert(registry.coverageOf(facility).until == (from < VALID ? from : VALID));
    }

    function test_revoked_prices_are_refused(uint64 from) external {
        Submission memory s = _submission();
        from = from % 4 == 0 ? from : uint64(NOW) - 1_000 + from % 2_000;
        uint256 key = keys[s.prices.signed.attesters[0]];
        _revoke(key, Digests.prices(s), from);
        _judge(s, from <= NOW ? Attestations.Revoked.selector : bytes4(0));
    }

    function test_only_signers_revoke(uint64 from, uint64 said) external {
        bytes32 document = keccak256("document");
        bytes memory signature = _signature(1, Digests.revocation(document, said));
        try registry.revoke(vm.addr(2), document, said, signature) {
            assert(false);
        } catch (bytes memory reason) {
            assert(bytes4(reason) == Attestations.WrongSignature.selector);
        }
        try registry.revoke(vm.addr(1), document, from, signature) {
            assert(from == said);
        } catch (bytes memory reason) {
            assert(from != said && bytes4(reason) == Attestations.WrongSignature.selector);
        }
    }

    function test_a_wider_window_and_another_envelope_wait(uint64 window, bytes32 envelope)
        external
    {
        Terms memory next = _terms();
        next.maxWindow = window % 2 == 0 ? window : window % 7_200;
        if (envelope[0] & 0x01 == 0) next.envelope = envelope;
        bool stronger = next.maxWindow <= 3_600 && next.envelope == _terms().envelope;
        try registry.changeTerms(facility, _terms(), next) {
            assert(stronger);
        } catch (bytes memory reason) {
            assert(!stronger && bytes4(reason) == Facilities.NotAnnounced.selector);
        }
        if (stronger) return;
        registry.announceTerms(facility, keccak256(abi.encode(next)));
        vm.warp(NOW + DELAY);
        registry.changeTerms(facility, _terms(), next);
    }

    /// Submits, and expects that error, or none.
    function _judge(Submission memory s, bytes4 expected) private {
        try registry.submit(facility, _terms(), s) {
            assert(expected == 0);
        } catch (bytes memory reason) {
            assert(expected != 0 && bytes4(reason) == expected);
        }
    }

    function _terms() private view returns (Terms memory t) {
        t.subject = 7;
        t.policy = 8;
        t.minRatioBps = 12_000;
        t.verifier = front;
        t.minPublicDebt = 1_000;
        t.maxAccountAge = 7_200;
        t.maxWindow = 3_600;
        t.maxPriceAge = 1_800;
        t.coverageSeconds = COVERAGE;
        t.attesterQuorum = t.priceQuorum = 1;
        t.envelope = keccak256("envelope");
        t.attesters = new Attester[](4);
        for (uint256 i; i < 4; ++i) {
            t.attesters[i] = Attester(vm.addr(keys[i]), roles[i]);
        }
    }

    /// What an honest subject submits: the first account's margin debt is the second account.
    function _submission() private view returns (Submission memory s) {
        uint64 epoch = registry.facilityOf(facility).epoch;
        s.binding = Binding(block.chainid, address(registry), facility, epoch);
        s.policy = 8;
        (s.asOfFrom, s.asOfTo) = (FROM, TO);
        s.publicDebt = 1_000;
        s.ratioBps = 12_500;
        s.kinds = KINDS;
        s.commitments = new uint256[](3);
        s.attestations = new Attestation[](3);
        for (uint256 i; i < 3; ++i) {
            s.commitments[i] = 10 * (i + 1);
            s.attestations[i].asOf = FROM + 100;
            s.attestations[i].validUntil = VALID;
            s.attestations[i].kind = i == 1 ? 1 : 0;
            s.attestations[i].account = keccak256(abi.encode("account", i));
        }
        s.attestations[0].counterpart = bytes32(s.commitments[1]);
        s.prices.asOf = TO;
        s.prices.prices = new uint128[](2);
        (s.prices.prices[0], s.prices.prices[1]) = (5, 6);
        _sign(s);
    }

    /// Every signature and the proof anew.
    function _sign(Submission memory s) private view {
        for (uint256 i; i < 3; ++i) {
            uint8 role = s.attestations[i].kind == 0 ? COLLATERAL : LIABILITY;
            s.attestations[i].signed = _signed(Digests.account(s, i), role);
        }
        s.prices.signed = _signed(Digests.prices(s), PRICES);
        s.proof = abi.encode(_statement(s));
    }

    function _statement(Submission memory s) private view returns (Statement memory) {
        return Statement({
            subject: 7,
            asOfFrom: s.asOfFrom,
            asOfTo: s.asOfTo,
            policy: s.policy,
            publicDebt: s.publicDebt,
            ratioBps: s.ratioBps,
            context: registry.contextOf(facility),
            kinds: s.kinds,
            report: s.report,
            commitments: s.commitments,
            prices: s.prices.prices
        });
    }

    function _signed(bytes32 digest, uint8 role) private view returns (Signatures memory signed) {
        signed.attesters = new uint8[](1);
        signed.signatures = new bytes[](1);
        while (roles[signed.attesters[0]] != role) ++signed.attesters[0];
        signed.signatures[0] = _signature(keys[signed.attesters[0]], digest);
    }

    function _signature(uint256 key, bytes32 digest) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function _revoke(uint256 key, bytes32 document, uint64 from) private {
        bytes memory signature = _signature(key, Digests.revocation(document, from));
        registry.revoke(vm.addr(key), document, from, signature);
    }
}

/// The EIP-712 digests once more, from docs/spec.md, section 7, alone.
library Digests {
    function account(Submission memory s, uint256 i) internal pure returns (bytes32) {
        Attestation memory a = s.attestations[i];
        return _typed(
            abi.encode(
                keccak256(
                    "AccountAttestation(bytes32 commitment,bytes32 subject,uint64 asOf,uint64 validUntil,uint8 kind,bytes32 account,bytes32 counterpart)"
                ),
                s.commitments[i],
                uint256(7),
                a.asOf,
                a.validUntil,
                a.kind,
                a.account,
                a.counterpart
            )
        );
    }

    function prices(Submission memory s) internal pure returns (bytes32) {
        bytes memory words = bytes.concat(
            bytes32(uint256(s.prices.prices[0])), bytes32(uint256(s.prices.prices[1]))
        );
        bytes32 kind = keccak256("PriceSnapshot(bytes32 policy,uint64 asOf,uint128[] prices)");
        return _typed(abi.encode(kind, s.policy, s.prices.asOf, keccak256(words)));
    }

    function revocation(bytes32 document, uint64 from) internal pure returns (bytes32) {
        return _typed(
            abi.encode(keccak256("Revocation(bytes32 document,uint64 at)"), document, from)
        );
    }

    function _typed(bytes memory fields) private pure returns (bytes32) {
        bytes32 domain = 0x933fee2ad886339352ae5a627740b74495195a7339e62b41dec3e6b595cb5ebe;
        return keccak256(bytes.concat("\x19\x01", domain, keccak256(fields)));
    }
}
