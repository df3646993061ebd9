// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {
    Attestation,
    Attestations,
    Checked,
    Document,
    Signatures,
    Undertaking
} from "./Attestations.sol";
import {Bonds} from "./Bonds.sol";
import {CovenantRouter} from "./CovenantRouter.sol";
import {DebtSources} from "./DebtSources.sol";
import {Envelope, ProvedAt} from "./Envelopes.sol";
import {Coverage, Facilities, Facility} from "./Facilities.sol";
import {ICovenantHook} from "./interfaces/ICovenantHook.sol";
import {ICovenantRegistry} from "./interfaces/ICovenantRegistry.sol";
import {ICovenantVerifier, Statement} from "./interfaces/ICovenantVerifier.sol";
import {Prices, PriceSources} from "./PriceSources.sol";
import {Revocations} from "./Revocations.sol";
import {ROLE_COLLATERAL, ROLE_LIABILITY, ROLE_REQUIRED, Terms, TermsLib} from "./Terms.sol";

/// @notice What a proof was made for (S9).
struct Binding {
    uint256 chainId;
    address registry;
    uint128 facility;
    uint64 epoch;
}

/// @notice A proof with all that the terms require.
/// @param version Of the circuit that was proved with.
/// @param policy Digest of the policy that was proved under.
/// @param asOfFrom No account is older.
/// @param asOfTo No account is younger.
/// @param publicDebt Micro-units; at least what the debt sources say.
/// @param kinds Bit i is 1 where `commitments[i]` is a liability, as the proof shows.
/// @param report What is held of each reported group (S10), three lines a word.
/// @param commitments Ascending.
/// @param attestations One per commitment, in order.
/// @param undertakings One per collateral account, in order, where the terms require them.
struct Submission {
    Binding binding;
    uint8 version;
    uint256 policy;
    uint64 asOfFrom;
    uint64 asOfTo;
    uint128 publicDebt;
    uint32 ratioBps;
    uint64 kinds;
    uint256[5] report;
    uint256[] commitments;
    Attestation[] attestations;
    Undertaking[] undertakings;
    Prices prices;
    bytes proof;
}

/// @notice A submission among several.
struct Renewal {
    uint128 facility;
    Terms terms;
    Submission submission;
}

/// @notice What a coverage rests on, as far as later calls need it. Its hash is kept; the event
/// `Covered` has what it is made of.
/// @param ratioBps The base ratio.
/// @param kinds As the proof shows; 0 where nothing in the basket is owed.
/// @param pricesAsOf When the prices were signed; 0 for feeds.
/// @param prices keccak256(abi.encode(prices)) of those that were proved with, in digest order.
/// @param documents keccak256(abi.encode(documents)) of every signature that was checked.
struct Basis {
    uint32 ratioBps;
    uint64 kinds;
    uint64 pricesAsOf;
    bytes32 prices;
    bytes32 documents;
}

/// @title Registry of facilities that are covered by proved collateral
/// @notice A facility is covered from an accepted submission until it expires, or until somebody
/// shows that prices have left what was proved or that a document it rests on was revoked. An
/// account backs one facility at a time, for as long as there is debt. Nobody administrates it. What is proved and what is
/// trusted: docs/spec.md, sections 6 to 9.
// slither-disable-next-line missing-inheritance (the drop-ins' interface is theirs)
contract CovenantRegistry is Bonds, Revocations, ICovenantRegistry {
    using TermsLib for Terms;

    /// @dev Holds while `pledges` of its facility's coverage is this epoch, and there is coverage or
    /// debt.
    struct Pledge {
        uint128 facility;
        uint32 epoch;
    }

    /// @notice The proof was made for another chain.
    error WrongChain(uint256 expected, uint256 got);
    /// @notice The proof was made for another deployment.
    error WrongRegistry(address expected, address got);
    /// @notice The proof was made for another facility.
    error WrongFacility(uint128 expected, uint128 got);
    /// @notice The proof was made for another epoch: it was used, the terms have changed, or the
    /// coverage was ended.
    error WrongEpoch(uint64 expected, uint64 got);
    /// @notice The proof's policy is not the facility's.
    error UnknownPolicy(uint256 expected, uint256 got);
    /// @notice The terms do not take proofs of this circuit.
    error UnknownCircuit(bytes32 circuit);
    /// @notice The ratio is below the facility's.
    error RatioTooLow(uint32 expected, uint32 got);
    /// @notice The public debt is below what the sources say.
    error DebtUnderstated(uint256 expected, uint256 got);
    /// @notice A debt source says nothing.
    error DebtUnknown();
    /// @notice The oldest account snapshot may be too old.
    error StaleAccounts(uint64 asOfFrom);
    /// @notice The newest account snapshot may be from the future.
    error FutureAccounts(uint64 asOfTo);
    /// @notice The window of snapshots ends before it begins, or is wider than the terms allow.
    error WrongWindow(uint64 asOfFrom, uint64 asOfTo);
    /// @notice The facility has seen later snapshots.
    error OlderAccounts(uint64 latest, uint64 got);
    /// @notice Not one attestation per commitment, or undertaking per collateral account.
    error WrongCount(uint256 expected, uint256 got);
    /// @notice The attesters signed for an account of another kind than the proof shows.
    error WrongKind(uint256 index, uint8 expected, uint8 got);
    /// @notice An attested snapshot was not taken in the window.
    error OutsideWindow(uint256 index, uint64 asOf);
    /// @notice The attestation is no longer valid.
    error AttestationExpired(uint256 index, uint64 validUntil);
    /// @notice The account backs another facility, which is covered or has debt.
    error Pledged(uint256 index, uint128 facility);
    /// @notice One account is in the basket twice.
    error AccountTwice(uint256 index);
    /// @notice What is owed on a collateral account, as its attester says, is not in the basket as
    /// a liability of the same time.
    error CounterpartMissing(uint256 index);
    /// @notice A creditor whom the terms require has attested no liability of the basket.
    error CreditorMissing(uint256 place);
    /// @notice The account is not held from its snapshot on until now, or a signer of the undertaking
    /// did not attest the account.
    error NotHeld(uint256 index);
    /// @notice Nothing is covered that could be ended.
    error NothingCovered(uint128 facility);
    /// @notice This is not what the coverage rests on.
    error WrongBasis(bytes32 expected, bytes32 got);
    /// @notice The signer of the document has not revoked it.
    error NotRevoked(address signer, bytes32 document);
    /// @notice The end was cured, there was none, or the hook was told already.
    error NothingToCure(uint128 facility);

    /// @notice A proof was accepted.
    /// @param statement All that was proved, the report and the prices included.
    /// @param pricesAsOf When the prices were signed; 0 for feeds.
    /// @param documents Every signature that was checked.
    event Covered(
        uint128 indexed facility,
        uint64 indexed epoch,
        uint64 until,
        uint8 indexed version,
        Statement statement,
        uint64 pricesAsOf,
        Document[] documents
    );
    /// @notice A coverage was ended before its time.
    /// @param cureBy Unix seconds until which a new proof cures.
    /// @param by Who showed that it must end.
    event CoverageEnded(
        uint128 indexed facility, uint64 indexed epoch, Reason reason, uint64 cureBy, address by
    );
    /// @notice A coverage ends sooner, as a document it rests on is revoked from then on.
    event CoverageShortened(uint128 indexed facility, uint64 until);
    event Uncured(uint128 indexed facility, uint64 epoch);

    /// @notice Why a coverage was ended before its time.
    enum Reason {
        PricesOutside,
        DocumentRevoked
    }

    /// @notice The most gas that a hook is given.
    uint256 public constant HOOK_GAS = 300_000;
    /// @dev A kind of account; the other is 1, a liability.
    uint8 private constant COLLATERAL = 0;
    bytes32 private constant CONTEXT_TYPE = keccak256("covenant/context/v1");

    /// @dev By attester's identity and account reference. By the reference alone anybody could pledge
    /// for others, who sees it.
    mapping(address identity => mapping(bytes32 account => Pledge)) private _pledges;

    /// @notice Which circuits' proofs count. It is the registry's for good.
    CovenantRouter public immutable router;

    /// @param delay_ Seconds that weaker terms wait.
    constructor(CovenantRouter router_, uint64 delay_) Facilities(delay_) {
        // slither-disable-next-line missing-zero-check (nothing would be covered)
        router = router_;
    }

    /// @notice The context of a facility's next proof (S9).
    function contextOf(uint128 facility) public view returns (uint256) {
        return _context(facility, _facilities[facility].coverage.epoch);
    }

    /// @inheritdoc ICovenantRegistry
    function isCovered(uint128 facility, bytes32 termsHash) external view returns (bool) {
        return _isCovered(facility, termsHash);
    }

    /// @inheritdoc ICovenantRegistry
    function provedDebt(uint128 facility, bytes32 termsHash)
        external
        view
        returns (uint256 debt, uint64 asOfFrom, uint64 until)
    {
        Facility storage f = _facilities[facility];
        Coverage memory c = f.coverage;
        if (!_isLive(f, c, termsHash)) return (0, 0, 0);
        return (c.debt, c.asOfFrom, c.until);
    }

    /// @notice The ratio at which a facility is covered at the prices of now, which weights of the
    /// scenarios show (docs/spec.md, section 6a); 0 where it is not covered, or they show nothing.
    /// @param basis Of what the event `Covered` has; so are the prices that were proved with.
    /// @param prices Nothing for feeds, whose latest rounds count; else a snapshot signed later.
    /// @param weights Of the base and the scenarios, as `covenant watch` writes them.
    function presentRatio(
        uint128 facility,
        Terms calldata terms,
        Basis calldata basis,
        uint128[] calldata provedPrices,
        Envelope calldata envelope,
        Prices calldata prices,
        uint32[] calldata weights
    ) external view returns (uint32) {
        Facility storage f = _facilities[facility];
        bytes32 hash = keccak256(abi.encode(terms));
        if (!_isCovered(facility, hash)) return 0;
        _checkBasis(f, basis);
        (ProvedAt memory proved, uint128[] memory present) =
            _present(terms, basis, provedPrices, prices);
        return rules.ratioInside(terms.envelope, envelope, proved, present, weights);
    }

    /// @notice Covers a facility by a proof. Anybody may submit: a proof and its signatures
    /// speak for themselves.
    function submit(uint128 facility, Terms calldata terms, Submission calldata s) external {
        _submit(facility, terms, s);
    }

    /// @notice Covers several facilities, all or none.
    function submitMany(Renewal[] calldata renewals) external {
        for (uint256 i; i < renewals.length; ++i) {
            _submit(renewals[i].facility, renewals[i].terms, renewals[i].submission);
        }
    }

    /// @notice Ends a coverage, as prices of now are outside of what was proved, and earns the bond of
    /// the terms (docs/spec.md, section 6a). That is no breach: nothing is known any more.
    /// @param basis Of what the event `Covered` has; so are the prices that were proved with.
    /// @param prices Nothing for feeds, whose latest rounds count; else a snapshot signed later.
    /// @param vector One entry per asset, as `covenant watch` writes it.
    function challenge(
        uint128 facility,
        Terms calldata terms,
        Basis calldata basis,
        uint128[] calldata provedPrices,
        Envelope calldata envelope,
        Prices calldata prices,
        int256[] calldata vector
    ) external {
        Facility storage f = _covered(facility);
        _checkTerms(f, terms);
        _checkBasis(f, basis);
        (ProvedAt memory proved, uint128[] memory present) =
            _present(terms, basis, provedPrices, prices);
        rules.checkOutside(terms.envelope, envelope, proved, present, vector);
        _payBounty(facility, terms.bond);
        _endEarly(facility, f, terms, Reason.PricesOutside);
    }

    /// @notice Ends a coverage that rests on a document which its signer has revoked; from the time on
    /// that the revocation says.
    /// @param documents As the event `Covered` has them.
    /// @param index The revoked one's place among them.
    function endRevoked(
        uint128 facility,
        Terms calldata terms,
        Basis calldata basis,
        Document[] calldata documents,
        uint256 index
    ) external {
        Facility storage f = _covered(facility);
        _checkTerms(f, terms);
        _checkBasis(f, basis);
        bytes32 hash = keccak256(abi.encode(documents));
        require(basis.documents == hash, WrongBasis(basis.documents, hash));
        Document calldata document = documents[index];
        uint64 from = _revoked.from[document.signer][document.digest];
        require(from != 0, NotRevoked(document.signer, document.digest));
        if (from <= block.timestamp) return _endEarly(facility, f, terms, Reason.DocumentRevoked);
        require(from < f.coverage.until, NotRevoked(document.signer, document.digest));
        f.coverage.until = uint40(from);
        emit CoverageShortened(facility, from);
    }

    /// @notice Tells the lender's hook that a coverage which has ended, early or not, was not followed
    /// by a new proof in time. A pause stops the clock.
    function declareUncured(uint128 facility, Terms calldata terms) external {
        Facility storage f = _known(facility);
        _checkTerms(f, terms);
        // A coverage that lapsed by itself still has its time.
        if (f.coverage.until != 0) (f.endedAt, f.uncured) = (f.coverage.until, false);
        uint64 endedAt = f.endedAt;
        require(
            endedAt != 0 && endedAt <= block.timestamp && !f.uncured, NothingToCure(facility)
        );
        uint256 by = _cureBy(endedAt, terms);
        require(block.timestamp >= by, TooEarly(by, block.timestamp));
        f.coverage.until = 0;
        f.uncured = true;
        emit Uncured(facility, f.coverage.epoch);
        _tell(terms.hook, abi.encodeCall(ICovenantHook.onUncured, (facility)));
    }

    function _submit(uint128 facility, Terms calldata terms, Submission calldata s) private {
        Facility storage f = _known(facility);
        _checkTerms(f, terms);
        Coverage memory c = f.coverage;
        _checkBinding(facility, c.epoch, s.binding);
        _checkFigures(c, terms, s);
        if (terms.bond != 0) {
            require(bondOf[facility] >= terms.bond, BondTooSmall(terms.bond, bondOf[facility]));
        }
        // slither-disable-next-line calls-loop (all renewals or none; so below)
        ICovenantVerifier verifier = router.verifierOf(s.version);
        _checkCircuit(terms, verifier);
        // Only after an early end, or a change of terms, prices may not be of before.
        uint64 since = c.until == 0 ? f.endedAt : 0;
        Checked memory checked = Checked({
            documents: new Document[](_signatures(s)),
            count: 0,
            until: uint64(block.timestamp) + terms.coverageSeconds
        });
        _checkAccounts(facility, terms, s, checked);
        // One proof after another, each an epoch; changes and early ends are epochs too.
        uint32 epoch = c.epoch + 1;
        _pledge(facility, epoch, terms, s);
        Statement memory statement = Statement({
            subject: terms.subject,
            asOfFrom: s.asOfFrom,
            asOfTo: s.asOfTo,
            policy: terms.policy,
            publicDebt: s.publicDebt,
            ratioBps: s.ratioBps,
            context: _context(facility, c.epoch),
            kinds: s.kinds,
            report: s.report,
            commitments: s.commitments,
            prices: PriceSources.proved(terms, s.prices, since, checked, _revoked)
        });
        // slither-disable-next-line calls-loop
        verifier.verify(statement, s.proof);
        if (since != 0) (f.endedAt, f.uncured) = (0, false);
        f.coverage = _coverage(s, checked.until, epoch);
        _record(facility, f, terms, s, statement, checked);
    }

    /// @dev The ranges of all these are checked: the debt's by the front, the rest by the terms.
    function _coverage(Submission calldata s, uint64 until, uint32 epoch)
        private
        pure
        returns (Coverage memory)
    {
        return Coverage({
            until: uint40(until),
            asOfFrom: uint40(s.asOfFrom),
            window: uint24(s.asOfTo - s.asOfFrom),
            debt: uint80(s.publicDebt),
            epoch: epoch,
            pledges: epoch,
            version: s.version
        });
    }

    function _record(
        uint128 facility,
        Facility storage f,
        Terms calldata terms,
        Submission calldata s,
        Statement memory statement,
        Checked memory checked
    ) private {
        uint64 pricesAsOf = terms.feeds.length == 0 ? s.prices.asOf : 0;
        f.basis = keccak256(
            abi.encode(
                Basis({
                    ratioBps: s.ratioBps,
                    kinds: s.kinds,
                    pricesAsOf: pricesAsOf,
                    prices: keccak256(abi.encode(statement.prices)),
                    documents: keccak256(abi.encode(checked.documents))
                })
            )
        );
        emit Covered(
            facility,
            s.binding.epoch + 1,
            checked.until,
            s.version,
            statement,
            pricesAsOf,
            checked.documents
        );
    }

    function _isCovered(uint128 facility, bytes32 termsHash) private view returns (bool) {
        Facility storage f = _facilities[facility];
        Coverage memory c = f.coverage;
        if (!_isLive(f, c, termsHash)) return false;
        (bool known, uint256 debt) = _debtOf(facility);
        return known && debt <= c.debt;
    }

    /// @dev Whether what was proved last still counts, whatever is owed.
    function _isLive(Facility storage f, Coverage memory c, bytes32 termsHash)
        private
        view
        returns (bool)
    {
        return block.timestamp < c.until && f.terms == termsHash && router.counts(c.version);
    }

    /// @dev A facility with something to end. A version that was frozen, or a pause, is no reason to
    /// keep a challenger waiting.
    function _covered(uint128 facility) private view returns (Facility storage f) {
        f = _known(facility);
        require(block.timestamp < f.coverage.until, NothingCovered(facility));
    }

    function _checkBasis(Facility storage f, Basis calldata basis) private view {
        bytes32 got = keccak256(abi.encode(basis));
        require(f.basis == got, WrongBasis(f.basis, got));
    }

    /// @dev What was proved, and the prices of now.
    function _present(
        Terms calldata terms,
        Basis calldata basis,
        uint128[] calldata provedPrices,
        Prices calldata prices
    ) private view returns (ProvedAt memory proved, uint128[] memory present) {
        bytes32 hash = keccak256(abi.encode(provedPrices));
        require(basis.prices == hash, WrongBasis(basis.prices, hash));
        proved = ProvedAt(basis.ratioBps, basis.kinds != 0, provedPrices);
        // slither-disable-next-line uninitialized-local (what it counts is not looked at)
        Checked memory checked;
        checked.documents = new Document[](prices.signed.attesters.length);
        present = PriceSources.present(terms, prices, basis.pricesAsOf, checked, _revoked);
    }

    /// @dev Ends a coverage; a proof that was made before is void, so that only one made of what is
    /// known now cures. The pledges stay.
    function _endEarly(uint128 facility, Facility storage f, Terms calldata terms, Reason reason)
        private
    {
        uint32 epoch = f.coverage.epoch + 1;
        f.coverage.until = 0;
        f.coverage.epoch = epoch;
        f.endedAt = uint64(block.timestamp);
        f.uncured = false;
        uint64 cureBy = uint64(_cureBy(block.timestamp, terms));
        emit CoverageEnded(facility, epoch, reason, cureBy, msg.sender);
        _tell(terms.hook, abi.encodeCall(ICovenantHook.onCoverageEnded, (facility, cureBy)));
    }

    /// @dev While submissions are stopped nobody can cure.
    function _cureBy(uint256 endedAt, Terms calldata terms) private view returns (uint256) {
        uint256 resumed = router.pausedUntil();
        return (resumed > endedAt ? resumed : endedAt) + terms.cureSeconds;
    }

    /// @dev Calls a lender's contract, whatever it does with it; with all the gas that it may use.
    // slither-disable-next-line assembly
    function _tell(ICovenantHook hook, bytes memory data) private {
        if (address(hook) == address(0)) return;
        require(gasleft() >= HOOK_GAS + HOOK_GAS / 32, DebtSources.NotEnoughGas(HOOK_GAS));
        // Nothing that it returns is copied. Every change is made before.
        assembly ("memory-safe") {
            pop(call(HOOK_GAS, hook, 0, add(data, 32), mload(data), 0, 0))
        }
    }

    function _checkCircuit(Terms calldata terms, ICovenantVerifier verifier) private view {
        // slither-disable-next-line calls-loop
        bytes32 circuit = verifier.circuit();
        require(terms.takes(circuit), UnknownCircuit(circuit));
    }

    function _context(uint128 facility, uint256 epoch) private view returns (uint256) {
        bytes32 hash = keccak256(
            abi.encode(CONTEXT_TYPE, block.chainid, address(this), uint256(facility), epoch)
        );
        return uint256(hash) >> 8;
    }

    function _checkBinding(uint128 facility, uint64 epoch, Binding calldata b) private view {
        require(b.chainId == block.chainid, WrongChain(block.chainid, b.chainId));
        require(b.registry == address(this), WrongRegistry(address(this), b.registry));
        require(b.facility == facility, WrongFacility(facility, b.facility));
        require(b.epoch == epoch, WrongEpoch(epoch, b.epoch));
    }

    function _checkFigures(Coverage memory c, Terms calldata terms, Submission calldata s)
        private
        view
    {
        require(s.policy == terms.policy, UnknownPolicy(terms.policy, s.policy));
        require(s.ratioBps >= terms.minRatioBps, RatioTooLow(terms.minRatioBps, s.ratioBps));
        require(s.asOfTo <= block.timestamp, FutureAccounts(s.asOfTo));
        require(s.asOfFrom <= s.asOfTo, WrongWindow(s.asOfFrom, s.asOfTo));
        require(block.timestamp - s.asOfFrom <= terms.maxAccountAge, StaleAccounts(s.asOfFrom));
        require(s.asOfTo - s.asOfFrom <= terms.maxWindow, WrongWindow(s.asOfFrom, s.asOfTo));
        uint64 latest = uint64(c.asOfFrom) + c.window;
        require(s.asOfTo >= latest, OlderAccounts(latest, s.asOfTo));
        (bool known, uint256 debt) = DebtSources.total(terms.debtSources, terms.minPublicDebt);
        require(known, DebtUnknown());
        require(s.publicDebt >= debt, DebtUnderstated(debt, s.publicDebt));
    }

    /// @dev Checks every account, and that the required creditors are there.
    function _checkAccounts(
        uint128 facility,
        Terms calldata terms,
        Submission calldata s,
        Checked memory checked
    ) private view {
        uint256 count = s.commitments.length;
        require(s.attestations.length == count, WrongCount(count, s.attestations.length));
        bool undertaken = terms.securedParty != 0;
        uint256 held = 0;
        uint256 creditors = 0;
        for (uint256 i; i < count; ++i) {
            uint256 places = _checkAccount(terms, s, i, checked);
            if (_kind(s, i) != COLLATERAL) {
                creditors |= places;
            } else if (undertaken) {
                require(held < s.undertakings.length, WrongCount(held + 1, s.undertakings.length));
                _checkHeld(facility, terms, s, i, held, places, checked);
                ++held;
            }
        }
        require(s.undertakings.length == held, WrongCount(held, s.undertakings.length));
        for (uint256 i; i < terms.attesters.length; ++i) {
            bool missing =
                terms.attesters[i].roles & ROLE_REQUIRED != 0 && (creditors >> i) & 1 == 0;
            require(!missing, CreditorMissing(i));
        }
    }

    /// @dev Checks an account's attestation; returns who signed it, as bits. What an account is, and
    /// so whose signature it needs and whether it is pledged, is what the proof shows: an
    /// attestation of another kind does not count. The coverage ends with the first document that
    /// ends or is revoked.
    function _checkAccount(
        Terms calldata terms,
        Submission calldata s,
        uint256 i,
        Checked memory checked
    ) private view returns (uint256 places) {
        Attestation calldata a = s.attestations[i];
        uint8 kind = _kind(s, i);
        require(a.kind == kind, WrongKind(i, kind, a.kind));
        require(s.asOfFrom <= a.asOf && a.asOf <= s.asOfTo, OutsideWindow(i, a.asOf));
        require(a.validUntil > block.timestamp, AttestationExpired(i, a.validUntil));
        if (a.validUntil < checked.until) checked.until = a.validUntil;
        places = Attestations.check(
            checked,
            Attestations.accountDigest(s.commitments[i], terms.subject, a),
            a.signed,
            terms.attesters,
            kind == COLLATERAL ? ROLE_COLLATERAL : ROLE_LIABILITY,
            terms.attesterQuorum,
            _revoked
        );
        _checkOnce(s, i);
        if (kind == COLLATERAL) _checkCounterpart(s, i);
    }

    /// @dev An undertaking by some of those who attested the account, from the snapshot on.
    function _checkHeld(
        uint128 facility,
        Terms calldata terms,
        Submission calldata s,
        uint256 index,
        uint256 held,
        uint256 attested,
        Checked memory checked
    ) private view {
        Attestation calldata a = s.attestations[index];
        Undertaking calldata u = s.undertakings[held];
        bytes32 digest = Attestations.undertakingDigest(
            a.account,
            terms.subject,
            terms.securedParty,
            Attestations.facilityName(facility),
            terms.wording,
            u
        );
        uint256 places = Attestations.check(
            checked, digest, u.signed, terms.attesters, ROLE_COLLATERAL, 1, _revoked
        );
        // slither-disable-next-line incorrect-equality (bits, not an amount)
        require(
            places & ~attested == 0 && u.heldFrom <= a.asOf && u.heldUntil > block.timestamp,
            NotHeld(index)
        );
        if (u.heldUntil < checked.until) checked.until = u.heldUntil;
    }

    /// @dev Pledges the collateral. A debt may be counted by more than one facility; collateral may
    /// not.
    function _pledge(uint128 facility, uint32 epoch, Terms calldata terms, Submission calldata s)
        private
    {
        Pledge memory pledge = Pledge(facility, epoch);
        for (uint256 i; i < s.commitments.length; ++i) {
            if (_kind(s, i) != COLLATERAL) continue;
            Attestation calldata a = s.attestations[i];
            for (uint256 j; j < a.signed.attesters.length; ++j) {
                address identity = terms.attesters[a.signed.attesters[j]].identity;
                _take(_pledges[identity][a.account], pledge, i);
            }
        }
    }

    function _take(Pledge storage held, Pledge memory pledge, uint256 index) private {
        uint128 holder = held.facility;
        if (holder != pledge.facility && holder != 0) {
            require(!_holds(held), Pledged(index, holder));
        }
        (held.facility, held.epoch) = (pledge.facility, pledge.epoch);
    }

    /// @dev Past its coverage a pledge holds while its facility has debt, or may have.
    function _holds(Pledge storage held) private view returns (bool) {
        uint128 facility = held.facility;
        Facility storage f = _facilities[facility];
        if (f.coverage.pledges != held.epoch) return false;
        if (block.timestamp < f.coverage.until) return true;
        (bool known, uint256 debt) = _debtOf(facility);
        return !known || debt != 0;
    }

    /// @dev An account is in the basket once with each kind, whoever attests it: its reference is
    /// the keeper's.
    function _checkOnce(Submission calldata s, uint256 index) private pure {
        Attestation calldata a = s.attestations[index];
        for (uint256 i; i < index; ++i) {
            Attestation calldata b = s.attestations[i];
            require(a.account != b.account || a.kind != b.kind, AccountTwice(index));
        }
    }

    /// @dev What is owed on a collateral account is in the basket, where its attester names it.
    function _checkCounterpart(Submission calldata s, uint256 index) private pure {
        Attestation calldata a = s.attestations[index];
        if (a.counterpart == 0) return;
        uint256 count = s.commitments.length;
        for (uint256 i; i < count; ++i) {
            if (bytes32(s.commitments[i]) != a.counterpart) continue;
            bool right = _kind(s, i) != COLLATERAL && s.attestations[i].asOf == a.asOf;
            require(right, CounterpartMissing(index));
            return;
        }
        revert CounterpartMissing(index);
    }

    /// @dev How many signatures a submission has.
    function _signatures(Submission calldata s) private pure returns (uint256 count) {
        count = s.prices.signed.attesters.length;
        for (uint256 i; i < s.attestations.length; ++i) {
            count += s.attestations[i].signed.attesters.length;
        }
        for (uint256 i; i < s.undertakings.length; ++i) {
            count += s.undertakings[i].signed.attesters.length;
        }
    }

    /// @dev The kind of an account that the proof shows (S1).
    function _kind(Submission calldata s, uint256 index) private pure returns (uint8) {
        return uint8((s.kinds >> index) & 1);
    }
}
