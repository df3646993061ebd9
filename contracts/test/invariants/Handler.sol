// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

// Everybody who can do something to three facilities that share attesters and accounts, and beside
// them a model of what the registry should hold. The model is kept by places of attesters and numbers
// of accounts, and reads nothing from the registry but a facility's epoch.

import {
    Attestation, Document, Signatures, Undertaking
} from "../../src/Attestations.sol";
import {BackedToken} from "../../src/BackedToken.sol";
import {Basis, Binding, CovenantRegistry, Submission} from "../../src/CovenantRegistry.sol";
import {CovenantIdentities} from "../../src/CovenantIdentities.sol";
import {CovenantRouter} from "../../src/CovenantRouter.sol";
import {Envelope} from "../../src/Envelopes.sol";
import {ICovenantHook} from "../../src/interfaces/ICovenantHook.sol";
import {ICovenantVerifier} from "../../src/interfaces/ICovenantVerifier.sol";
import {IDebtSource} from "../../src/interfaces/IDebtSource.sol";
import {Prices} from "../../src/PriceSources.sol";
import {Attester, Feed, Terms} from "../../src/Terms.sol";
import {SetFeed} from "../Helpers.sol";
import {Digests, Flaky, Hook, Signer, vm, Yes} from "./Parts.sol";
import {Shipped} from "../Shipped.sol";

/// What the model knows of a facility.
/// @param terms Encoded, and their hash.
/// @param until When its coverage ends; 0 where it was ended.
/// @param proved Under the terms of `provedUnder`, by a version.
/// @param named What was last proved under terms that name its token.
/// @param accounts What it holds, bit 4 * attester + account; nothing after a release.
/// @param backing What its token's supply was proved with; nothing after a release or where a lien was
/// loosened as it may be.
/// @param consented The beneficiary lets go of what was proved last.
/// @param ended A coverage was ended early, and no proof followed.
/// @param endedAt When a coverage ended, early or not, that no proof followed; 0 for none.
/// @param uncured The hook was told of that end.
/// @param next Terms that were announced, encoded, and when.
struct Model {
    bytes terms;
    bytes32 hash;
    uint256 until;
    uint256 proved;
    uint256 named;
    bytes32 provedUnder;
    uint8 version;
    uint256 accounts;
    uint256 backing;
    bool pledged;
    bool consented;
    bool ended;
    uint256 endedAt;
    bool uncured;
    bytes next;
    uint256 announced;
    bool namesToken;
    bool namesFlaky;
    uint256 fixedDebt;
    uint256 bond;
    Basis basis;
    bytes prices;
    bytes documents;
}

contract Handler {
    uint256 public constant FACILITIES = 3;
    uint256 private constant CUSTODIANS = 3;
    uint256 private constant ACCOUNTS = 4;
    uint64 private constant DELAY = 1 days;
    uint256 private constant SUBJECT = 7;
    uint256 private constant POLICY = 8;

    CovenantRegistry public immutable registry;
    CovenantRouter public immutable router;
    CovenantIdentities public immutable identities;
    uint128[3] public facilities;
    BackedToken[3] public tokens;
    Flaky[3] public flakies;
    Hook public immutable hook;
    SetFeed[2] private _feeds;
    /// Of now, facility by facility.
    uint128[2][3] private _spot;
    Model[3] private _models;
    bytes[3] private _first;

    /// By ascending identity: custodians, a creditor and a signer of prices, as `_roles` says.
    address[] private _keys;
    uint8[] private _roles;
    uint256[] private _custodians;
    uint256 private _creditor;
    uint256 private _quoter;
    mapping(address => uint256) private _secrets;
    mapping(address => bool) private _taken;
    uint256 private _lastSecret = 100;
    mapping(uint8 => bool) public frozen;
    uint256 private _pausedUntil;
    uint8 private _versions;
    uint256 private _nonce;
    mapping(address => mapping(bytes32 => uint256)) private _revokedFrom;
    address[2] public challengers = [address(0xC0FFEE), address(0xBEEF)];

    /// What was done, so that a suite which does nothing fails.
    struct Done {
        uint256 calls;
        uint256 submitted;
        uint256 minted;
        uint256 burned;
        uint256 released;
        uint256 consented;
        uint256 challenged;
        uint256 endedRevoked;
        uint256 changed;
        uint256 weakened;
        uint256 rotated;
        uint256 frozen;
        uint256 paused;
        uint256 pledgedRefused;
        uint256 paid;
        uint256 uncured;
    }

    Done private _done;

    /// What a call showed that no state shows later; empty where there was nothing.
    string public wrongSupply;
    string public wrongAccounts;
    string public wrongCoverage;
    string public wrongTerms;
    string public wrongEnd;

    modifier counted() {
        _done.calls += 1;
        _;
    }

    constructor() payable {
        vm.warp(1_790_000_000);
        ICovenantVerifier[] memory fronts = new ICovenantVerifier[](3);
        for (uint8 i; i < 3; ++i) {
            fronts[i] = new Yes(_circuit(i + 1));
        }
        _versions = 3;
        router = Shipped.router(address(this), DELAY, fronts);
        registry = Shipped.registry(router, DELAY);
        identities = registry.identities();
        hook = new Hook();
        _makeAttesters();
        for (uint256 i; i < 2; ++i) {
            _feeds[i] = new SetFeed(18);
            _feeds[i].set(1_000_000, block.timestamp, block.timestamp, true);
        }
        for (uint256 w; w < FACILITIES; ++w) {
            facilities[w] = registry.facilityId(address(this), bytes32(w));
            flakies[w] = new Flaky();
            tokens[w] = Shipped.token(registry, facilities[w], address(this));
            _spot[w] = [uint128(1_000_000), 1_000_000];
            Terms memory t = _firstTerms(w);
            _first[w] = abi.encode(t);
            registry.open(bytes32(w), t);
            tokens[w].pin(t);
            _adopt(w, t);
            registry.deposit{value: 10 ether}(facilities[w]);
        }
    }

    receive() external payable {}

    // What anybody can do.

    function submit(uint256 seed) external counted {
        seed = _mix(seed);
        _submit(_w(seed), seed);
    }

    /// The same again: proofs are what most of the others need.
    function prove(uint256 seed) external counted {
        seed = _mix(seed);
        _submit(_w(seed), seed);
    }

    function mint(uint256 seed, uint16 amount) external counted {
        seed = _mix(seed);
        uint256 w = _w(seed);
        uint256 wanted = amount % 300;
        // Most of the time what is left.
        (uint256 most,,) = registry.provedDebt(facilities[w], _hash(w));
        uint256 supply = tokens[w].totalSupply();
        if (seed & (1 << 100) != 0 && most > supply) wanted = most - supply;
        try tokens[w].mint(address(this), wanted) {
            if (wanted == 0) return;
            _done.minted += 1;
            if (_models[w].ended) wrongSupply = "minted after an end that was not cured";
            if (!covered(w)) wrongSupply = "minted without coverage";
        } catch {}
    }

    function burn(uint256 seed, uint16 amount) external counted {
        seed = _mix(seed);
        uint256 w = _w(seed);
        uint256 supply = tokens[w].totalSupply();
        if (supply == 0) return;
        tokens[w].burn(seed & (1 << 100) != 0 ? supply : amount % supply);
        _done.burned += 1;
    }

    function release(uint256 seed) external counted {
        seed = _mix(seed);
        uint256 w = _w(seed);
        Model storage m = _models[w];
        bool may = m.consented || _free(w);
        try registry.release(facilities[w]) {
            _done.released += 1;
            if (m.pledged && !may) {
                wrongAccounts = "released with debt";
                return;
            }
            (m.until, m.endedAt, m.accounts, m.backing) = (0, 0, 0, 0);
            (m.pledged, m.consented, m.ended) = (false, false, false);
        } catch {
            if (may) wrongAccounts = "not released without debt";
        }
    }

    function consent(uint256 seed) external counted {
        seed = _mix(seed);
        // Now and then, or nothing would stay pledged.
        if (seed & (3 << 120) != 0) return;
        uint256 w = _w(seed);
        Model storage m = _models[w];
        Terms memory t = _terms(w);
        bool may = t.beneficiary == address(this);
        uint32 epoch = _epoch(w);
        try registry.consentToRelease(facilities[w], t) {
            if (!may) wrongEnd = "somebody else consented";
            // It ends the coverage, so that nobody draws on it, and voids proofs that were made before.
            if (_epoch(w) == epoch) wrongCoverage = "a proof from before a consent is good";
            (m.until, m.endedAt, m.ended) = (0, 0, false);
            m.consented = m.pledged;
            if (m.pledged) _done.consented += 1;
        } catch {
            if (may) wrongEnd = "the beneficiary could not consent";
        }
    }

    function warp(uint32 by, uint8 kind) external counted {
        uint256 most = kind % 4 == 0 ? 2 days : kind % 4 == 1 ? 6 hours : 20 minutes;
        vm.warp(block.timestamp + 1 + by % most);
    }

    function setPrice(uint256 seed, uint16 percent) external counted {
        seed = _mix(seed);
        uint256 w = _w(seed);
        uint256 a = (seed >> 90) % 2;
        _move(w, a, 40 + percent % 80);
    }

    /// Prices fall, or rise for what is owed, and somebody says so.
    function crashAndChallenge(uint256 seed, uint16 percent) external counted {
        seed = _mix(seed);
        uint256 w = _w(seed) % 2;
        _move(w, (seed >> 90) % 2, seed & (1 << 101) != 0 ? 20 + percent % 50 : 101 + percent % 60);
        vm.warp(block.timestamp + 1);
        _challenge(w, seed);
    }

    function challenge(uint256 seed) external counted {
        seed = _mix(seed);
        _challenge(_w(seed), seed);
    }

    function revoke(uint256 seed, uint32 when) external counted {
        seed = _mix(seed);
        uint256 w = _w(seed);
        if (_models[w].documents.length == 0) return;
        Document[] memory documents = abi.decode(_models[w].documents, (Document[]));
        if (documents.length == 0) return;
        uint256 i = (seed >> 90) % documents.length;
        uint256 from = seed & (1 << 102) != 0
            ? block.timestamp - when % 1 hours
            : block.timestamp + when % 1 days;
        if (seed & (7 << 110) == 0) _revoke(documents[i], from);
        _end(w, documents, seed & (1 << 103) != 0 ? i : (seed >> 95) % documents.length);
    }

    function rotate(uint256 seed) external counted {
        seed = _mix(seed);
        if (seed & (3 << 120) != 0) return;
        uint256 place = (seed >> 90) % _keys.length;
        address from = _keys[place];
        address to;
        bool taken = seed & (7 << 100) == 0;
        if (taken) {
            to = _keys[(seed >> 130) % _keys.length];
        } else if (_secrets[from] != 0) {
            to = vm.addr(++_lastSecret);
            _secrets[to] = _lastSecret;
        } else {
            to = address(new Signer());
        }
        bytes32 digest = Digests.rotation(from, to);
        try identities.rotateKey(from, to, _sign(from, digest), _sign(to, digest)) {
            if (taken) wrongAccounts = "a key in use follows another one";
            _keys[place] = to;
            _done.rotated += 1;
        } catch {
            if (!taken) wrongAccounts = "a new key does not follow";
        }
    }

    /// The admin of the router.
    function versions(uint256 seed) external counted {
        seed = _mix(seed);
        if (seed % 24 == 0) {
            uint8 version = uint8((seed >> 90) % _versions) + 1;
            router.freezeVersion(version);
            frozen[version] = true;
            _done.frozen += 1;
        } else if (seed % 6 == 1 && _versions < 40) {
            router.announceVersion(new Yes(_circuit(++_versions)));
        }
    }

    function pause(uint256 seed) external counted {
        seed = _mix(seed);
        if (seed % 6 == 0) {
            try router.setPaused(true) {
                _pausedUntil = block.timestamp + 3 days;
                _done.paused += 1;
            } catch {}
        } else if (seed % 6 < 4) {
            router.setPaused(false);
            if (block.timestamp < _pausedUntil) _pausedUntil = block.timestamp;
        }
    }

    function source(uint256 seed, uint8 mode, uint16 says) external counted {
        seed = _mix(seed);
        // Works half of the time, and says something half of that.
        mode = mode % 16 < 12 ? 0 : 1 + mode % 4;
        flakies[_w(seed)].set(says % 3 == 0 ? says % 500 : 0, mode);
    }

    function changeTerms(uint256 seed, uint8 kind) external counted {
        seed = _mix(seed);
        if (seed & (3 << 120) != 0) return;
        uint256 w = _w(seed);
        Terms memory next = _terms(w);
        // A list of circuits is rare, and what changes it is what could go wrong with it.
        if (next.circuits.length != 0 && seed & (1 << 101) != 0) kind = 3 + kind % 2;
        _mutate(next, w, kind % 14);
        _refresh(next);
        if (seed & (1 << 100) != 0) return _change(w, next);
        _models[w].next = abi.encode(next);
        _models[w].announced = block.timestamp;
        registry.announceTerms(facilities[w], keccak256(_models[w].next));
    }

    /// Announced terms are applied, in time or not.
    function applyTerms(uint256 seed) external counted {
        seed = _mix(seed);
        uint256 w = _w(seed);
        Model storage m = _models[w];
        if (m.next.length == 0) return;
        if (seed & (3 << 100) != 0 && block.timestamp < m.announced + DELAY) {
            vm.warp(m.announced + DELAY);
        }
        _change(w, abi.decode(m.next, (Terms)));
    }

    /// Back to the first terms, by the attesters' new keys; the token mints under them again.
    function restore(uint256 seed) external counted {
        seed = _mix(seed);
        if (seed & (1 << 120) != 0) return;
        uint256 w = _w(seed);
        BackedToken token = tokens[w];
        if (_hash(w) != keccak256(_first[w])) {
            if (_models[w].announced == 0 || keccak256(_models[w].next) != keccak256(_first[w])) {
                Terms memory first = abi.decode(_first[w], (Terms));
                _refresh(first);
                _first[w] = _models[w].next = abi.encode(first);
                _models[w].announced = block.timestamp;
                registry.announceTerms(facilities[w], keccak256(_first[w]));
            }
            if (block.timestamp < _models[w].announced + DELAY) {
                vm.warp(_models[w].announced + DELAY);
            }
            _change(w, abi.decode(_first[w], (Terms)));
        }
        if (token.terms() == _hash(w)) return;
        if (token.announced() != _hash(w)) token.announce(_hash(w));
        if (block.timestamp < token.announcedFrom()) vm.warp(token.announcedFrom());
        try token.pin(_terms(w)) {}
        catch {
            token.announce(0);
        }
    }

    function bond(uint256 seed, uint64 amount) external counted {
        seed = _mix(seed);
        uint256 w = _w(seed);
        uint256 kind = (seed >> 90) % 4;
        if (kind < 2) {
            registry.deposit{value: amount % 3 ether}(facilities[w]);
        } else if (kind == 2) {
            try registry.withdraw(facilities[w], amount % 3 ether) {
                if (block.timestamp < _models[w].until) wrongEnd = "a bond was taken back";
            } catch {}
        } else {
            vm.prank(challengers[seed >> 100 & 1]);
            registry.collect();
        }
    }

    function declareUncured(uint256 seed) external counted {
        seed = _mix(seed);
        uint256 w = _w(seed);
        Model storage m = _models[w];
        Terms memory t = _terms(w);
        // A coverage that lapsed by itself is an end of its own.
        (uint256 end, bool told) = m.until == 0 ? (m.endedAt, m.uncured) : (m.until, false);
        uint256 from = end > _pausedUntil ? end : _pausedUntil;
        if (seed & (3 << 100) == 0 && end != 0 && block.timestamp < from + t.cureSeconds) {
            vm.warp(from + t.cureSeconds);
        }
        bool may = end != 0 && end <= block.timestamp && !told
            && block.timestamp >= from + t.cureSeconds;
        try registry.declareUncured(facilities[w], t) {
            if (!may) wrongEnd = "an end that was cured, or may be, is uncured";
            (m.until, m.endedAt, m.uncured) = (0, end, true);
            _done.uncured += 1;
        } catch {
            if (may) wrongEnd = "an end that was not cured is not told";
        }
    }

    // What the model says.

    function done() external view returns (Done memory) {
        return _done;
    }

    function termsHash(uint256 w) external view returns (bytes32) {
        return _hash(w);
    }

    function named(uint256 w) external view returns (uint256) {
        return _models[w].named;
    }

    function namesToken(uint256 w) external view returns (bool) {
        return _models[w].namesToken;
    }

    function proved(uint256 w) external view returns (uint256) {
        return _models[w].proved;
    }

    function backing(uint256 w) external view returns (uint256) {
        return _models[w].backing;
    }

    function bondOf(uint256 w) external view returns (uint256) {
        return _models[w].bond;
    }

    function ended(uint256 w) external view returns (bool) {
        return _models[w].ended;
    }

    /// Whether a facility is covered.
    function covered(uint256 w) public view returns (bool) {
        Model storage m = _models[w];
        (bool known, uint256 debt) = _debt(w);
        return block.timestamp < m.until && block.timestamp >= _pausedUntil && !frozen[m.version]
            && m.provedUnder == _hash(w) && known && debt <= m.proved;
    }

    /// Whether a facility holds its accounts.
    function holds(uint256 w) public view returns (bool) {
        return _models[w].pledged && (block.timestamp < _models[w].until || !_free(w));
    }

    // The rest is private.

    function _submit(uint256 w, uint256 seed) private {
        Terms memory t = _terms(w);
        Submission memory s;
        uint256 accounts = _basket(t, s, w, seed);
        (, uint256 debt) = _debt(w);
        s.publicDebt = uint128(debt + (seed >> 210) % 1024);
        if (seed & (15 << 104) == 0 && debt != 0) s.publicDebt = uint128(debt - 1);
        bool understated = s.publicDebt < debt;
        s.version = uint8((seed >> 90) % _versions) + 1;
        // As a rule one that is not frozen.
        for (uint8 i; i < _versions && frozen[s.version] && seed & (7 << 235) != 0; ++i) {
            s.version = s.version % _versions + 1;
        }
        uint256 until = block.timestamp + t.coverageSeconds;
        Document[] memory documents;
        (documents, until) = _signAll(t, s, w, until);
        // A signer withdraws what it signed before it is used.
        if (seed & (31 << 110) == 0) {
            bool before = seed & (1 << 115) == 0;
            _revoke(documents[0], before ? block.timestamp - 5 : block.timestamp + 1000);
        }
        // Some were withdrawn long ago: a document of the same words is the same document.
        for (uint256 i; i < documents.length; ++i) {
            uint256 from = _revokedFrom[documents[i].signer][documents[i].digest];
            if (from != 0 && from < until) until = from;
        }
        bool taken = _conflicts(w, accounts);
        // Now and then with so little gas that a source could fail that should not.
        uint256 gas_ = seed & (15 << 116) == 0 ? 200_000 + seed % 900_000 : gasleft();
        try registry.submit{gas: gas_}(facilities[w], t, s) {
            if (taken) wrongAccounts = "an account that is held was taken";
            if (understated) wrongSupply = "the debt was understated";
            if (until <= block.timestamp) {
                wrongCoverage = "accepted by a document that was revoked";
            }
            if (frozen[s.version] || block.timestamp < _pausedUntil) {
                wrongCoverage = "accepted by a frozen version, or in a pause";
            }
            if (!_takes(t, _circuit(s.version))) wrongCoverage = "accepted by another circuit";
            _accepted(w, s, accounts, until, documents);
        } catch (bytes memory reason) {
            if (bytes4(reason) != CovenantRegistry.Pledged.selector) return;
            _done.pledgedRefused += 1;
            if (!taken) wrongAccounts = "an account that is free was refused";
        }
    }

    function _accepted(
        uint256 w,
        Submission memory s,
        uint256 accounts,
        uint256 until,
        Document[] memory documents
    ) private {
        _done.submitted += 1;
        for (uint256 v; v < FACILITIES; ++v) {
            if (v != w && !holds(v)) _models[v].accounts &= ~accounts;
        }
        Model storage m = _models[w];
        (m.until, m.proved, m.provedUnder, m.version) =
            (until, s.publicDebt, _hash(w), s.version);
        m.accounts = accounts;
        if (m.namesToken) (m.named, m.backing) = (s.publicDebt, accounts);
        else m.backing = 0;
        (m.pledged, m.consented, m.ended) = (true, false, false);
        (m.endedAt, m.uncured) = (0, false);
        uint128[] memory prices = _present(w);
        m.prices = abi.encode(prices);
        m.documents = abi.encode(documents);
        m.basis = Basis({
            ratioBps: s.ratioBps,
            kinds: s.kinds,
            pricesAsOf: w == 1 ? 0 : s.prices.asOf,
            prices: keccak256(m.prices),
            documents: keccak256(m.documents)
        });
    }

    /// Accounts of the basket, one attester each, and sometimes a debt at last. Returns them as bits.
    function _basket(Terms memory t, Submission memory s, uint256 w, uint256 seed)
        private
        returns (uint256 accounts)
    {
        uint256 count;
        uint256[5] memory places;
        uint256[5] memory numbers;
        for (uint256 i; i < ACCOUNTS; ++i) {
            // One at least, and as a rule no other.
            if ((seed >> (4 * i)) & 7 != 0 && i != (seed >> 220) % ACCOUNTS) continue;
            uint256 custodian = (seed >> (222 + 4 * i)) % CUSTODIANS;
            accounts |= 1 << (4 * custodian + i);
            (places[count], numbers[count]) = (_custodians[custodian], i);
            ++count;
        }
        uint256 held = count;
        if (seed & (1 << 105) != 0) {
            places[count] = _creditor;
            s.kinds = uint64(1 << count);
            ++count;
        }
        s.binding = Binding(
            block.chainid,
            address(registry),
            facilities[w],
            _epoch(w)
        );
        s.policy = POLICY;
        s.asOfFrom = uint64(block.timestamp) - 10;
        s.asOfTo = uint64(block.timestamp);
        s.ratioBps = 12_000 + uint32(t.minRatioBps % 100);
        s.commitments = new uint256[](count);
        s.attestations = new Attestation[](count);
        for (uint256 i; i < count; ++i) {
            s.commitments[i] = ++_nonce;
            Attestation memory a = s.attestations[i];
            a.asOf = uint64(block.timestamp) - uint64(seed % 10);
            a.validUntil = uint64(block.timestamp) + 2 hours + uint64((seed >> 140) % 3 days);
            if (i == 0) a.validUntil -= uint64((seed >> 160) % 1 hours);
            a.account = i < held
                ? keccak256(abi.encode("account", numbers[i]))
                : keccak256("debt");
            a.kind = i < held ? 0 : 1;
            a.signed.attesters = new uint8[](1);
            a.signed.attesters[0] = uint8(places[i]);
        }
        if (t.securedParty == 0) return accounts;
        s.undertakings = new Undertaking[](held);
        for (uint256 i; i < held; ++i) {
            Undertaking memory u = s.undertakings[i];
            u.heldFrom = s.attestations[i].asOf;
            u.heldUntil = uint64(block.timestamp) + 1 hours + uint64((seed >> 170) % 2 days);
            u.signed.attesters = s.attestations[i].signed.attesters;
        }
    }

    /// Every signature; what was signed, in the registry's order, and when the first of it ends.
    function _signAll(Terms memory t, Submission memory s, uint256 w, uint256 until)
        private
        view
        returns (Document[] memory documents, uint256)
    {
        bool quoted = t.feeds.length == 0;
        uint256 held = s.undertakings.length;
        documents = new Document[](s.attestations.length + held + (quoted ? 1 : 0));
        uint256 count;
        for (uint256 i; i < s.attestations.length; ++i) {
            Attestation memory a = s.attestations[i];
            if (a.validUntil < until) until = a.validUntil;
            address signer = t.attesters[a.signed.attesters[0]].signer;
            bytes32 digest = Digests.account(s.commitments[i], SUBJECT, a);
            a.signed.signatures = new bytes[](1);
            a.signed.signatures[0] = _sign(signer, digest);
            documents[count++] = Document(signer, digest);
            if (i >= held) continue;
            if (s.undertakings[i].heldUntil < until) until = s.undertakings[i].heldUntil;
            documents[count++] = _undertake(t, w, a.account, s.undertakings[i], signer);
        }
        s.prices = _quote(t, w);
        if (quoted) {
            bytes32 digest = Digests.prices(POLICY, s.prices.asOf, s.prices.prices);
            documents[count] = Document(t.attesters[_quoter].signer, digest);
        }
        return (documents, until);
    }

    function _undertake(
        Terms memory t,
        uint256 w,
        bytes32 account,
        Undertaking memory u,
        address signer
    ) private view returns (Document memory) {
        bytes32 digest = Digests.undertaking(
            account, SUBJECT, t.securedParty, address(registry), facilities[w], t.wording, u
        );
        u.signed.signatures = new bytes[](1);
        u.signed.signatures[0] = _sign(signer, digest);
        return Document(signer, digest);
    }

    /// The prices of now.
    function _quote(Terms memory t, uint256 w) private view returns (Prices memory p) {
        if (t.feeds.length != 0) {
            p.rounds = new uint80[](t.feeds.length);
            return p;
        }
        p.asOf = uint64(block.timestamp);
        p.prices = _present(w);
        p.signed.attesters = new uint8[](1);
        p.signed.attesters[0] = uint8(_quoter);
        p.signed.signatures = new bytes[](1);
        bytes32 digest = Digests.prices(POLICY, p.asOf, p.prices);
        p.signed.signatures[0] = _sign(t.attesters[_quoter].signer, digest);
    }

    function _present(uint256 w) private view returns (uint128[] memory prices) {
        prices = new uint128[](w == 1 ? 2 : 1);
        for (uint256 a; a < prices.length; ++a) {
            prices[a] = _spot[w][a];
        }
    }

    function _move(uint256 w, uint256 a, uint256 percent) private {
        uint256 price = uint256(_spot[w][a]) * percent / 100;
        if (price < 1_000) price = 1_000_000;
        if (price > 1e15) price = 1_000_000;
        _spot[w][a] = uint128(price);
        if (w == 1) _feeds[a].set(int256(price), block.timestamp, block.timestamp, true);
    }

    function _challenge(uint256 w, uint256 seed) private {
        Model storage m = _models[w];
        if (m.prices.length == 0) return;
        uint128[] memory before = abi.decode(m.prices, (uint128[]));
        uint128[] memory present = _present(w);
        Envelope memory e = _envelope(w);
        int256[] memory y = new int256[](before.length);
        // Of every vector with entries of -1, 0 and 1 one that shows something, or that of the seed.
        uint256 vectors = before.length == 1 ? 3 : 9;
        for (uint256 i; i <= vectors; ++i) {
            uint256 chosen = i < vectors ? i : seed % vectors;
            y[0] = int256(chosen % 3) - 1;
            if (y.length == 2) y[1] = int256(chosen / 3) - 1;
            if (_outside(e, m.basis, before, present, y)) break;
        }
        bool shows = w != 2 && _outside(e, m.basis, before, present, y);
        bool live = block.timestamp < m.until;
        Terms memory t = _terms(w);
        Prices memory prices = _quote(t, w);
        vm.prank(challengers[seed >> 106 & 1]);
        try registry.challenge(facilities[w], t, m.basis, before, e, prices, y) {
            if (!shows || !live) wrongEnd = "a challenge that shows nothing";
            _done.challenged += 1;
            if (t.bond != 0) _done.paid += 1;
            _endEarly(w);
        } catch {
            bool later = w == 1 || m.basis.pricesAsOf < block.timestamp;
            if (shows && live && later) wrongEnd = "a challenge was refused";
        }
    }

    /// Whether a vector keeps prices apart from every scenario that requires something: my own sum.
    function _outside(
        Envelope memory e,
        Basis memory basis,
        uint128[] memory p,
        uint128[] memory q,
        int256[] memory y
    ) private pure returns (bool) {
        for (uint256 a; a < y.length; ++a) {
            bool owed = basis.kinds != 0 && e.owed & (1 << a) != 0;
            if (y[a] < 0 && !owed) return false;
            if (y[a] > 0 && e.weightless & (1 << a) != 0) return false;
        }
        for (uint256 j; j <= e.ratios.length; ++j) {
            if (j != 0 && e.ratios[j - 1] == 0) continue;
            int256 sum;
            for (uint256 a; a < y.length; ++a) {
                uint256 m = j == 0 ? 10_000 : e.multipliers[(j - 1) * y.length + a];
                sum += y[a] * int256(uint256(q[a])) * 10_000 - y[a] * int256(p[a] * m);
            }
            if (sum >= 0) return false;
        }
        return true;
    }

    function _end(uint256 w, Document[] memory documents, uint256 index) private {
        Model storage m = _models[w];
        uint256 from = _revokedFrom[documents[index].signer][documents[index].digest];
        bool live = block.timestamp < m.until;
        bool now_ = live && from != 0 && from <= block.timestamp;
        bool later = live && from > block.timestamp && from < m.until;
        try registry.endRevoked(facilities[w], _terms(w), m.basis, documents, index) {
            if (!now_ && !later) wrongEnd = "ended by a document that was not revoked";
            _done.endedRevoked += 1;
            if (now_) _endEarly(w);
            else m.until = from;
        } catch {
            if (now_ || later) wrongEnd = "not ended by a document that was revoked";
        }
    }

    function _endEarly(uint256 w) private {
        Model storage m = _models[w];
        (m.until, m.endedAt, m.uncured, m.ended) = (0, block.timestamp, false, true);
    }

    function _revoke(Document memory d, uint256 from) private {
        bytes memory signature = _sign(d.signer, Digests.revocation(d.digest, uint64(from)));
        registry.revoke(d.signer, d.digest, uint64(from), signature);
        uint256 known = _revokedFrom[d.signer][d.digest];
        if (known == 0 || from < known) _revokedFrom[d.signer][d.digest] = from;
    }

    function _change(uint256 w, Terms memory next) private {
        Terms memory old = _terms(w);
        Model storage m = _models[w];
        bool weaker = _weaker(old, next);
        bool loosens = _loosens(old, next) && m.pledged;
        bool may = m.consented || _free(w);
        uint256 from = m.announced + DELAY;
        bool waited = m.announced != 0 && keccak256(m.next) == keccak256(abi.encode(next))
            && block.timestamp >= from && block.timestamp < from + 7 days;
        try registry.changeTerms(facilities[w], old, next) {
            _done.changed += 1;
            if (weaker) {
                _done.weakened += 1;
                if (!waited) wrongTerms = "weaker terms did not wait";
            }
            if (loosens && !may) wrongAccounts = "the lien was loosened with debt";
            else if (loosens) m.backing = 0;
            delete m.next;
            if (m.until != 0) {
                m.endedAt = m.until < block.timestamp ? m.until : block.timestamp;
                m.uncured = false;
            }
            (m.announced, m.until) = (0, 0);
            _adopt(w, next);
        } catch {}
    }

    function _adopt(uint256 w, Terms memory t) private {
        Model storage m = _models[w];
        m.terms = abi.encode(t);
        m.hash = keccak256(m.terms);
        (m.namesToken, m.namesFlaky) = (_names(t, address(tokens[w])), _names(t, address(flakies[w])));
        (m.fixedDebt, m.bond) = (t.minPublicDebt, t.bond);
    }

    function _mutate(Terms memory t, uint256 w, uint8 kind) private view {
        if (kind == 1 && t.minRatioBps < 11_990) t.minRatioBps += 1;
        if (kind == 2 && t.minRatioBps > 9_000) t.minRatioBps -= 1;
        if (kind == 3) {
            uint256 few = t.circuits.length == 2 ? 1 : 2;
            t.circuits = new bytes32[](few);
            for (uint8 i; i < few; ++i) {
                t.circuits[i] = _circuit(_versions - i);
            }
        }
        if (kind == 4) t.circuits = new bytes32[](0);
        if (kind == 5 && t.beneficiary != address(0) && t.minPublicDebt < 10) t.minPublicDebt += 1;
        if (kind == 6 && t.minPublicDebt > 0) t.minPublicDebt -= 1;
        if (kind == 7 && t.debtSources.length > 0) {
            IDebtSource[] memory fewer = new IDebtSource[](t.debtSources.length - 1);
            for (uint256 i; i < fewer.length; ++i) {
                fewer[i] = t.debtSources[i];
            }
            t.debtSources = fewer;
        }
        if (kind == 8) {
            address more = _names(t, address(tokens[w])) ? address(flakies[w]) : address(tokens[w]);
            if (!_names(t, more)) {
                IDebtSource[] memory longer = new IDebtSource[](t.debtSources.length + 1);
                for (uint256 i; i < t.debtSources.length; ++i) {
                    longer[i] = t.debtSources[i];
                }
                longer[t.debtSources.length] = IDebtSource(more);
                t.debtSources = longer;
            }
        }
        if (kind == 9 && t.coverageSeconds > 6 hours) t.coverageSeconds /= 2;
        if (kind == 10 && t.coverageSeconds < 4 days) t.coverageSeconds *= 2;
        if (kind == 11 && t.envelope != 0) t.bond += 1;
        if (kind == 12 && t.bond > 0) t.bond -= 1;
        if (kind == 13 && t.beneficiary == address(0)) t.beneficiary = address(this);
        else if (kind == 13 && t.minPublicDebt == 0) t.beneficiary = address(0);
    }

    /// Whether terms take what the others would not, in what `_mutate` changes.
    function _weaker(Terms memory old, Terms memory next) private view returns (bool) {
        for (uint8 i = 1; i <= _versions; ++i) {
            if (_takes(next, _circuit(i)) && !_takes(old, _circuit(i))) return true;
        }
        return next.minRatioBps < old.minRatioBps || next.coverageSeconds > old.coverageSeconds
            || next.bond < old.bond || _loosens(old, next);
    }

    /// Whether less debt holds what is pledged, or somebody may let it go who might not before.
    function _loosens(Terms memory old, Terms memory next) private pure returns (bool) {
        for (uint256 i; i < old.debtSources.length; ++i) {
            if (!_names(next, address(old.debtSources[i]))) return true;
        }
        return next.minPublicDebt < old.minPublicDebt
            || (next.beneficiary != address(0) && next.beneficiary != old.beneficiary);
    }

    function _names(Terms memory t, address which) private pure returns (bool) {
        for (uint256 i; i < t.debtSources.length; ++i) {
            if (address(t.debtSources[i]) == which) return true;
        }
        return false;
    }

    function _takes(Terms memory t, bytes32 circuit) private pure returns (bool) {
        for (uint256 i; i < t.circuits.length; ++i) {
            if (t.circuits[i] == circuit) return true;
        }
        return t.circuits.length == 0;
    }

    /// What is owed, as far as it is known; by the model's own sum.
    function _debt(uint256 w) private view returns (bool known, uint256 debt) {
        Model storage m = _models[w];
        known = !m.namesFlaky || flakies[w].known();
        debt = m.fixedDebt;
        if (m.namesToken) debt += tokens[w].totalSupply();
        if (m.namesFlaky) debt += flakies[w].says();
    }

    function _free(uint256 w) private view returns (bool) {
        (bool known, uint256 debt) = _debt(w);
        return known && debt == 0;
    }

    function _epoch(uint256 w) private view returns (uint32) {
        return registry.facilityOf(facilities[w]).coverage.epoch;
    }

    function _conflicts(uint256 w, uint256 accounts) private view returns (bool) {
        for (uint256 v; v < FACILITIES; ++v) {
            if (v != w && _models[v].accounts & accounts != 0 && holds(v)) return true;
        }
        return false;
    }

    function _refresh(Terms memory t) private view {
        for (uint256 i; i < _keys.length; ++i) {
            t.attesters[i].signer = _keys[i];
        }
    }

    function _makeAttesters() private {
        // Two contracts and a key that keep accounts; a creditor; who signs prices.
        uint8[5] memory roles = [1, 1, 1, 2, 4];
        for (uint256 i; i < 5; ++i) {
            address a = i == 2 ? vm.addr(_lastSecret) : address(new Signer());
            if (i == 2) _secrets[a] = _lastSecret;
            _keys.push(a);
            _roles.push(roles[i]);
            for (uint256 j = i; j > 0 && _keys[j] < _keys[j - 1]; --j) {
                (_keys[j], _keys[j - 1]) = (_keys[j - 1], _keys[j]);
                (_roles[j], _roles[j - 1]) = (_roles[j - 1], _roles[j]);
            }
        }
        for (uint256 i; i < 5; ++i) {
            if (_roles[i] == 1) _custodians.push(i);
            else if (_roles[i] == 2) _creditor = i;
            else _quoter = i;
        }
    }

    /// Signed prices and a bond; two feeds, a bond, undertakings, and nobody who consents; signed
    /// prices that nobody challenges, and a fixed debt.
    function _firstTerms(uint256 w) private view returns (Terms memory t) {
        (t.subject, t.policy, t.minRatioBps) = (SUBJECT, POLICY, 11_000);
        t.debtSources = new IDebtSource[](2);
        (t.debtSources[0], t.debtSources[1]) = (tokens[w], flakies[w]);
        if (w != 1) t.beneficiary = address(this);
        if (w == 2) t.minPublicDebt = 1;
        (t.maxAccountAge, t.maxWindow, t.maxPriceAge) = (1 days, 1 hours, 1 hours);
        t.coverageSeconds = 2 days;
        (t.attesterQuorum, t.priceQuorum) = (1, 1);
        t.attesters = new Attester[](_keys.length);
        for (uint256 i; i < _keys.length; ++i) {
            t.attesters[i] = Attester(_keys[i], _keys[i], _roles[i]);
        }
        if (w == 1) {
            t.feeds = new Feed[](2);
            t.feeds[0] = Feed(_feeds[0], 18, 10_000 days);
            t.feeds[1] = Feed(_feeds[1], 18, 10_000 days);
            (t.securedParty, t.wording) = (9, keccak256("wording"));
        }
        if (w == 2) return t;
        Envelope memory e = _envelope(w);
        t.envelope = keccak256(abi.encode(e.ratios, e.multipliers, e.owed, e.weightless));
        (t.bond, t.cureSeconds, t.hook) = (1 ether, 1 hours, hook);
    }

    function _envelope(uint256 w) private pure returns (Envelope memory e) {
        uint256 assets = w == 1 ? 2 : 1;
        e.ratios = new uint32[](2);
        // The second one requires nothing, and so says nothing.
        e.ratios[0] = 10_500;
        e.multipliers = new uint32[](2 * assets);
        e.multipliers[0] = 7_000;
        if (w == 1) (e.multipliers[1], e.owed) = (12_000, 2);
    }

    function _circuit(uint8 version) private pure returns (bytes32) {
        return keccak256(abi.encode("circuit", version));
    }

    function _terms(uint256 w) private view returns (Terms memory) {
        return abi.decode(_models[w].terms, (Terms));
    }

    function _hash(uint256 w) private view returns (bytes32) {
        return _models[w].hash;
    }

    function _sign(address signer, bytes32 digest) private view returns (bytes memory) {
        uint256 secret = _secrets[signer];
        if (secret == 0) return hex"00";
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(secret, digest);
        return abi.encodePacked(r, s, v);
    }

    /// The numbers that forge draws are often small or seen before.
    function _mix(uint256 seed) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed)));
    }

    function _w(uint256 seed) private pure returns (uint256) {
        return (seed >> 80) % FACILITIES;
    }
}
