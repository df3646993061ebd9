// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

// A registry with a front that needs no circuit, a facility, and what an honest subject submits. The
// tests change one thing at a time.

import {Attestation, Attestations, Document, Signatures, Undertaking} from "../src/Attestations.sol";
import {Basis, Binding, CovenantRegistry, Submission} from "../src/CovenantRegistry.sol";
import {CovenantRouter} from "../src/CovenantRouter.sol";
import {Envelope} from "../src/Envelopes.sol";
import {ICovenantVerifier, Statement} from "../src/interfaces/ICovenantVerifier.sol";
import {Prices} from "../src/PriceSources.sol";
import {Attester, Terms} from "../src/Terms.sol";
import {StatementIsProof} from "./Helpers.sol";
import {Shipped} from "./Shipped.sol";

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
    function prank(address caller) external;
    function deal(address account, uint256 wei_) external;
    function etch(address account, bytes calldata code) external;
    function recordLogs() external;
    function getRecordedLogs() external returns (Log[] memory);
}

abstract contract Fixture {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
    uint256 internal constant NOW = 1_790_000_600;
    uint64 internal constant FROM = 1_790_000_000;
    uint64 internal constant TO = FROM + 300;
    uint64 internal constant VALID = uint64(NOW) + 5_000;
    uint64 internal constant COVERAGE = 7_200;
    uint64 internal constant DELAY = 1 days;
    uint8 internal constant COLLATERAL = 1;
    uint8 internal constant LIABILITY = 2;
    uint8 internal constant PRICES = 4;
    /// Held, owed, held: the place of each is its index.
    uint64 internal constant KINDS = 2;
    address internal constant LENDER = address(0x1e4d);

    CovenantRouter internal router;
    CovenantRegistry internal registry;
    StatementIsProof internal front;
    uint128 internal facility;
    /// By ascending address. The first two may attest collateral.
    uint256[] internal keys;
    uint8[] internal roles;

    function setUp() public virtual {
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
        front = new StatementIsProof();
        ICovenantVerifier[] memory first = new ICovenantVerifier[](1);
        first[0] = front;
        router = Shipped.router(address(this), DELAY, first);
        registry = Shipped.registry(router, DELAY);
        facility = registry.open(0, _terms());
    }

    /// Where the bounties and bonds of the tests go.
    receive() external payable {}

    function _terms() internal view virtual returns (Terms memory t) {
        t.subject = 7;
        t.policy = 8;
        t.minRatioBps = 12_000;
        t.circuits = new bytes32[](1);
        t.circuits[0] = front.circuit();
        t.minPublicDebt = 1_000;
        t.beneficiary = LENDER;
        t.maxAccountAge = 7_200;
        t.maxWindow = 3_600;
        t.maxPriceAge = 1_800;
        t.coverageSeconds = COVERAGE;
        t.attesterQuorum = t.priceQuorum = 1;
        t.envelope = _hash(_envelope());
        t.cureSeconds = 600;
        t.attesters = new Attester[](4);
        for (uint256 i; i < 4; ++i) {
            t.attesters[i] = Attester(vm.addr(keys[i]), vm.addr(keys[i]), roles[i]);
        }
    }

    /// Two assets, one scenario: the first falls to 6/10, the second, which may be owed, rises to 11/10.
    function _envelope() internal pure returns (Envelope memory e) {
        e.ratios = new uint32[](1);
        e.ratios[0] = 10_500;
        e.multipliers = new uint32[](2);
        (e.multipliers[0], e.multipliers[1]) = (6_000, 11_000);
        e.owed = 2;
    }

    function _hash(Envelope memory e) internal pure returns (bytes32) {
        return keccak256(abi.encode(e.ratios, e.multipliers, e.owed, e.weightless));
    }

    function _submission() internal view returns (Submission memory) {
        return _submission(facility, _terms());
    }

    /// What an honest subject submits: the first account's margin debt is the second account.
    function _submission(uint128 id, Terms memory terms)
        internal
        view
        returns (Submission memory s)
    {
        s.binding =
            Binding(block.chainid, address(registry), id, registry.facilityOf(id).coverage.epoch);
        s.version = 1;
        s.policy = terms.policy;
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
        s.prices.prices = new uint128[](2);
        (s.prices.prices[0], s.prices.prices[1]) = (500, 600);
        s.prices.asOf = TO;
        _sign(s, terms);
    }

    /// Every signature and the proof anew.
    function _sign(Submission memory s) internal view {
        _sign(s, _terms());
    }

    function _sign(Submission memory s, Terms memory terms) internal view {
        for (uint256 i; i < s.attestations.length; ++i) {
            uint8 role = s.attestations[i].kind == 0 ? COLLATERAL : LIABILITY;
            s.attestations[i].signed = _signed(Digests.account(s, i), role);
        }
        s.prices.signed = _signed(Digests.prices(s.policy, s.prices), PRICES);
        s.proof = abi.encode(_statement(s, terms));
    }

    function _statement(Submission memory s, Terms memory terms)
        internal
        view
        returns (Statement memory)
    {
        return Statement({
            subject: terms.subject,
            asOfFrom: s.asOfFrom,
            asOfTo: s.asOfTo,
            policy: s.policy,
            publicDebt: s.publicDebt,
            ratioBps: s.ratioBps,
            context: registry.contextOf(s.binding.facility),
            kinds: s.kinds,
            report: s.report,
            commitments: s.commitments,
            prices: s.prices.prices
        });
    }

    /// What a coverage by this submission rests on.
    function _basis(Submission memory s) internal view returns (Basis memory) {
        return Basis({
            ratioBps: s.ratioBps,
            kinds: s.kinds,
            pricesAsOf: s.prices.asOf,
            prices: keccak256(abi.encode(s.prices.prices)),
            documents: keccak256(abi.encode(_documents(s)))
        });
    }

    function _documents(Submission memory s) internal view returns (Document[] memory documents) {
        documents = new Document[](s.attestations.length + 1);
        for (uint256 i; i < s.attestations.length; ++i) {
            uint256 key = keys[s.attestations[i].signed.attesters[0]];
            documents[i] = Document(vm.addr(key), Digests.account(s, i));
        }
        address source = vm.addr(keys[s.prices.signed.attesters[0]]);
        documents[s.attestations.length] = Document(source, Digests.prices(s.policy, s.prices));
    }

    /// Later prices, signed.
    function _later(uint128 first, uint128 second) internal view returns (Prices memory p) {
        p.asOf = uint64(block.timestamp);
        p.prices = new uint128[](2);
        (p.prices[0], p.prices[1]) = (first, second);
        p.signed = _signed(Digests.prices(8, p), PRICES);
    }

    function _signed(bytes32 digest, uint8 role) internal view returns (Signatures memory signed) {
        signed.attesters = new uint8[](1);
        signed.signatures = new bytes[](1);
        while (roles[signed.attesters[0]] & role == 0) ++signed.attesters[0];
        signed.signatures[0] = _signature(keys[signed.attesters[0]], digest);
    }

    function _signature(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    /// Submits, and expects that error, or none.
    function _judge(Submission memory s, bytes4 expected) internal {
        _judge(s, _terms(), expected);
    }

    function _judge(Submission memory s, Terms memory terms, bytes4 expected) internal {
        bytes memory call = abi.encodeCall(registry.submit, (s.binding.facility, terms, s));
        _expect(address(registry), call, expected);
    }

    /// Calls, and expects that error, or none.
    function _expect(address to, bytes memory call, bytes4 expected) internal {
        (bool done, bytes memory reason) = to.call(call);
        require(done == (expected == 0), done ? "was accepted" : string(reason));
        require(done || bytes4(reason) == expected, string(reason));
    }

    function _isCovered(uint128 id, Terms memory terms) internal view returns (bool) {
        return registry.isCovered(id, keccak256(abi.encode(terms)));
    }

    function _revoke(uint256 key, bytes32 document, uint64 from) internal {
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

    function prices(uint256 policy, Prices memory p) internal pure returns (bytes32) {
        bytes memory words;
        for (uint256 i; i < p.prices.length; ++i) {
            words = bytes.concat(words, bytes32(uint256(p.prices[i])));
        }
        bytes32 kind = keccak256("PriceSnapshot(bytes32 policy,uint64 asOf,uint128[] prices)");
        return _typed(abi.encode(kind, policy, p.asOf, keccak256(words)));
    }

    function revocation(bytes32 document, uint64 from) internal pure returns (bytes32) {
        return _typed(
            abi.encode(keccak256("Revocation(bytes32 document,uint64 at)"), document, from)
        );
    }

    function rotation(address from, address to) internal pure returns (bytes32) {
        return _typed(abi.encode(keccak256("KeyRotation(address from,address to)"), from, to));
    }

    function undertaking(
        bytes32 account_,
        uint256 securedParty,
        address registry,
        uint128 facility,
        bytes32 wording,
        Undertaking memory u
    ) internal view returns (bytes32) {
        bytes32 name = keccak256(
            abi.encode(keccak256("covenant/facility/v1"), block.chainid, registry, facility)
        );
        return _typed(
            abi.encode(
                keccak256(
                    "ControlUndertaking(bytes32 account,bytes32 subject,bytes32 securedParty,bytes32 facility,uint64 heldFrom,uint64 heldUntil,bytes32 wording)"
                ),
                account_,
                uint256(7),
                securedParty,
                uint256(name) >> 8,
                u.heldFrom,
                u.heldUntil,
                wording
            )
        );
    }

    function _typed(bytes memory fields) private pure returns (bytes32) {
        bytes32 domain = 0x933fee2ad886339352ae5a627740b74495195a7339e62b41dec3e6b595cb5ebe;
        return keccak256(bytes.concat("\x19\x01", domain, keccak256(fields)));
    }
}
