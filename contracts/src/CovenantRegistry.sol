// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Attestation, Attestations} from "./Attestations.sol";
import {Facilities} from "./Facilities.sol";
import {Statement} from "./interfaces/ICovenantVerifier.sol";
import {Prices, PriceSources} from "./PriceSources.sol";
import {ROLE_COLLATERAL, ROLE_LIABILITY, Terms, TermsLib} from "./Terms.sol";

/// @notice What a proof was made for (S9).
struct Binding {
    uint256 chainId;
    address registry;
    uint128 facility;
    uint64 epoch;
}

/// @notice A proof with all that the terms ask for.
/// @param policy Digest of the policy that was proved under.
/// @param asOfFrom No account is older.
/// @param asOfTo No account is younger.
/// @param publicDebt Micro-units; at least what the debt source says.
/// @param kinds Bit i is 1 where `commitments[i]` is a liability, as the proof shows.
/// @param report What is held of each reported group (S10).
/// @param commitments Ascending.
/// @param attestations One per commitment, in order.
struct Submission {
    Binding binding;
    uint256 policy;
    uint64 asOfFrom;
    uint64 asOfTo;
    uint128 publicDebt;
    uint32 ratioBps;
    uint64 kinds;
    uint256[5] report;
    uint256[] commitments;
    Attestation[] attestations;
    Prices prices;
    bytes proof;
}

/// @title Registry of facilities that are covered by proved collateral
/// @notice A facility is covered from an accepted submission until it expires. An account
/// backs one facility at a time. What is proved and what is trusted: docs/spec.md, sections 6 to 9.
contract CovenantRegistry is Facilities {
    using TermsLib for Terms;

    /// @param until Unix seconds; 0 where nothing covers.
    /// @param asOfTo The end of the window of snapshots.
    /// @param debt Micro-units that were proved to be covered.
    /// @param fixedDebt Of it, what the terms fix.
    struct Coverage {
        uint64 until;
        uint64 asOfTo;
        uint32 ratioBps;
        uint128 debt;
        uint128 fixedDebt;
        IERC20Metadata debtToken;
        bytes32 circuit;
    }

    /// @dev Counts while its facility is in this epoch and the time has not come.
    struct Pledge {
        uint128 facility;
        uint64 epoch;
        uint64 until;
    }

    /// @notice The proof was made for another chain.
    error WrongChain(uint256 expected, uint256 got);
    /// @notice The proof was made for another deployment.
    error WrongRegistry(address expected, address got);
    /// @notice The proof was made for another facility.
    error WrongFacility(uint128 expected, uint128 got);
    /// @notice The proof was made for another epoch: it was used, or the terms have changed.
    error WrongEpoch(uint64 expected, uint64 got);
    /// @notice The proof's policy is not the facility's.
    error UnknownPolicy(uint256 expected, uint256 got);
    /// @notice The circuit was disabled.
    error DisabledCircuit(bytes32 circuit);
    /// @notice The ratio is below the facility's.
    error RatioTooLow(uint32 expected, uint32 got);
    /// @notice The public debt is below what the source says.
    error DebtUnderstated(uint256 expected, uint256 got);
    /// @notice The oldest account snapshot may be too old.
    error StaleAccounts(uint64 asOfFrom);
    /// @notice The newest account snapshot may be from the future.
    error FutureAccounts(uint64 asOfTo);
    /// @notice The window of snapshots ends before it begins, or is wider than the terms allow.
    error WrongWindow(uint64 asOfFrom, uint64 asOfTo);
    /// @notice The facility has seen later snapshots.
    error OlderAccounts(uint64 latest, uint64 got);
    /// @notice Not one attestation per commitment.
    error WrongCount(uint256 expected, uint256 got);
    /// @notice The attesters signed for an account of another kind than the proof shows.
    error WrongKind(uint256 index, uint8 expected, uint8 got);
    /// @notice An attested snapshot was not taken in the window.
    error OutsideWindow(uint256 index, uint64 asOf);
    /// @notice The attestation is no longer valid.
    error AttestationExpired(uint256 index, uint64 validUntil);
    /// @notice The commitment, or its account, backs another facility.
    error Pledged(uint256 index, uint128 facility);
    /// @notice One account is in the basket twice.
    error AccountTwice(uint256 index);
    /// @notice What is owed on a collateral account, as its attester says, is not in the basket as
    /// a liability of the same time.
    error CounterpartMissing(uint256 index);

    event Covered(
        uint128 indexed facility,
        uint64 indexed epoch,
        uint256 debt,
        uint32 ratioBps,
        uint64 asOfFrom,
        uint64 asOfTo,
        uint64 until,
        bytes32 circuit
    );
    event CoverageEnded(uint128 indexed facility, uint64 epoch);

    /// @dev A kind of account; the other is 1, a liability.
    uint8 private constant COLLATERAL = 0;
    bytes32 private constant CONTEXT_TYPE = keccak256("covenant/context/v1");

    mapping(uint128 facility => Coverage) private _coverage;
    /// @dev By commitment, and by attester and account reference.
    mapping(bytes32 key => Pledge) private _pledges;

    /// @param admin Who may pause, approve verifiers and disable circuits; opens and changes no
    /// facility.
    /// @param delay Seconds that weaker terms wait.
    constructor(address admin, uint64 delay) Facilities(admin, delay) {}

    /// @notice The context of a facility's next proof (S9).
    function contextOf(uint128 facility) public view returns (uint256) {
        uint64 epoch = _facilities[facility].epoch;
        bytes32 hash = keccak256(
            abi.encode(CONTEXT_TYPE, block.chainid, address(this), uint256(facility), epoch)
        );
        return uint256(hash) >> 8;
    }

    /// @notice What was proved last, whether or not it still counts; see `isCovered`.
    function coverageOf(uint128 facility) external view returns (Coverage memory) {
        return _coverage[facility];
    }

    /// @notice Whether the facility's present debt is covered now.
    function isCovered(uint128 facility) external view returns (bool) {
        Coverage storage c = _coverage[facility];
        if (paused() || block.timestamp >= c.until || disabledCircuits[c.circuit]) return false;
        return TermsLib.debtOf(c.debtToken, c.fixedDebt) <= c.debt;
    }

    /// @notice Covers a facility by a proof. Anybody may submit: a proof and its signatures
    /// speak for themselves.
    function submit(uint128 facility, Terms calldata terms, Submission calldata s)
        external
        nonReentrant
        whenNotPaused
    {
        Facility storage f = _known(facility);
        _checkTerms(f, terms);
        _checkBinding(facility, f.epoch, s.binding);
        _checkFigures(facility, terms, s);
        _checkVerifier(terms);
        bytes32 circuit = terms.verifier.circuit();
        require(!disabledCircuits[circuit], DisabledCircuit(circuit));
        uint64 until = _pledge(facility, f.epoch + 1, terms, s);
        Statement memory statement = Statement({
            subject: terms.subject,
            asOfFrom: s.asOfFrom,
            asOfTo: s.asOfTo,
            policy: terms.policy,
            publicDebt: s.publicDebt,
            ratioBps: s.ratioBps,
            context: contextOf(facility),
            kinds: s.kinds,
            report: s.report,
            commitments: s.commitments,
            prices: PriceSources.read(terms, s.prices)
        });
        terms.verifier.verify(statement, s.proof);
        f.epoch += 1;
        _coverage[facility] = Coverage({
            until: until,
            asOfTo: s.asOfTo,
            ratioBps: s.ratioBps,
            debt: s.publicDebt,
            fixedDebt: terms.minPublicDebt,
            debtToken: terms.debtToken,
            circuit: circuit
        });
        emit Covered(
            facility, f.epoch, s.publicDebt, s.ratioBps, s.asOfFrom, s.asOfTo, until, circuit
        );
    }

    /// @notice Ends a facility's coverage and releases its pledges. The facility owner's.
    function release(uint128 facility) external {
        _owned(facility);
        _endCoverage(facility);
    }

    function _endCoverage(uint128 facility) internal override {
        uint64 epoch = ++_facilities[facility].epoch;
        // The latest snapshot stays: no way back behind it.
        _coverage[facility].until = 0;
        emit CoverageEnded(facility, epoch);
    }

    function _checkBinding(uint128 facility, uint64 epoch, Binding calldata b) private view {
        require(b.chainId == block.chainid, WrongChain(block.chainid, b.chainId));
        require(b.registry == address(this), WrongRegistry(address(this), b.registry));
        require(b.facility == facility, WrongFacility(facility, b.facility));
        require(b.epoch == epoch, WrongEpoch(epoch, b.epoch));
    }

    function _checkFigures(uint128 facility, Terms calldata terms, Submission calldata s)
        private
        view
    {
        require(s.policy == terms.policy, UnknownPolicy(terms.policy, s.policy));
        require(s.ratioBps >= terms.minRatioBps, RatioTooLow(terms.minRatioBps, s.ratioBps));
        require(s.asOfTo <= block.timestamp, FutureAccounts(s.asOfTo));
        require(s.asOfFrom <= s.asOfTo, WrongWindow(s.asOfFrom, s.asOfTo));
        require(block.timestamp - s.asOfFrom <= terms.maxAccountAge, StaleAccounts(s.asOfFrom));
        require(s.asOfTo - s.asOfFrom <= terms.maxWindow, WrongWindow(s.asOfFrom, s.asOfTo));
        uint64 latest = _coverage[facility].asOfTo;
        require(s.asOfTo >= latest, OlderAccounts(latest, s.asOfTo));
        uint256 debt = TermsLib.debtOf(terms.debtToken, terms.minPublicDebt);
        require(s.publicDebt >= debt, DebtUnderstated(debt, s.publicDebt));
    }

    /// @dev Checks every account's attestation and pledges the collateral. What an account is,
    /// and so whose signature it needs and whether it is pledged, is what the proof shows: an
    /// attestation of another kind does not count. Returns when the coverage ends: with the
    /// first attestation, or as the terms say.
    function _pledge(uint128 facility, uint64 epoch, Terms calldata terms, Submission calldata s)
        private
        returns (uint64 until)
    {
        uint256 count = s.commitments.length;
        require(s.attestations.length == count, WrongCount(count, s.attestations.length));
        until = uint64(block.timestamp) + terms.coverageSeconds;
        for (uint256 i; i < count; ++i) {
            Attestation calldata a = s.attestations[i];
            uint8 kind = _kind(s, i);
            require(a.kind == kind, WrongKind(i, kind, a.kind));
            require(s.asOfFrom <= a.asOf && a.asOf <= s.asOfTo, OutsideWindow(i, a.asOf));
            require(a.validUntil > block.timestamp, AttestationExpired(i, a.validUntil));
            if (a.validUntil < until) until = a.validUntil;
            Attestations.check(
                Attestations.accountDigest(s.commitments[i], terms.subject, a),
                a.signed,
                terms.attesters,
                kind == COLLATERAL ? ROLE_COLLATERAL : ROLE_LIABILITY,
                terms.attesterQuorum
            );
            _checkOnce(s, i);
            if (kind == COLLATERAL) _checkCounterpart(s, i);
        }
        Pledge memory pledge = Pledge(facility, epoch, until);
        for (uint256 i; i < count; ++i) {
            Attestation calldata a = s.attestations[i];
            // A debt may be counted by more than one; collateral may not.
            if (_kind(s, i) != COLLATERAL) continue;
            _take(bytes32(s.commitments[i]), pledge, i);
            for (uint256 j; j < a.signed.attesters.length; ++j) {
                address attester = terms.attesters[a.signed.attesters[j]].signer;
                _take(keccak256(abi.encode(attester, a.account)), pledge, i);
            }
        }
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

    /// @dev The kind of an account that the proof shows (S1).
    function _kind(Submission calldata s, uint256 index) private pure returns (uint8) {
        return uint8((s.kinds >> index) & 1);
    }

    function _take(bytes32 key, Pledge memory pledge, uint256 index) private {
        Pledge storage held = _pledges[key];
        uint128 holder = held.facility;
        // slither-disable-next-line incorrect-equality (facilities are names)
        if (holder == pledge.facility) {
            require(held.epoch != pledge.epoch, AccountTwice(index));
        } else {
            bool live = held.until > block.timestamp && _facilities[holder].epoch == held.epoch;
            require(!live, Pledged(index, holder));
        }
        _pledges[key] = pledge;
    }
}
