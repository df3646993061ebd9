// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {CovenantIdentities} from "./CovenantIdentities.sol";
import {CovenantRules} from "./CovenantRules.sol";
import {DebtSources} from "./DebtSources.sol";
import {IDebtSource} from "./interfaces/IDebtSource.sol";
import {Terms} from "./Terms.sol";

/// @notice What is proved of a facility, in one word of storage.
/// @param until Unix seconds; 0 where nothing was proved, or the coverage was ended.
/// @param asOfFrom No account is older.
/// @param window Seconds from there to the youngest account.
/// @param debt Micro-units that were proved to be covered.
/// @param epoch Counts proofs, changes and ends; part of every proof's context.
/// @param pledges The epoch whose pledges hold: that of the last proof; 0 where they were released.
/// @param version The circuit's.
struct Coverage {
    uint40 until;
    uint40 asOfFrom;
    uint24 window;
    uint80 debt;
    uint32 epoch;
    uint32 pledges;
    uint8 version;
}

/// @param owner Who opened it, or was given it.
/// @param fixedDebt Micro-units, as the terms have it.
/// @param terms Hash of the terms.
/// @param coverage What was proved last.
/// @param basis Hash of what the coverage rests on; see CovenantRegistry.
/// @param announced Hash of weaker terms that wait; 0 for none.
/// @param announcedFrom When these may be applied.
/// @param endedAt When the coverage ended that no proof has followed, Unix seconds; 0 for none.
/// @param uncured Whether the hook was told that this end was not cured.
/// @param consented The epoch whose pledges the beneficiary lets go.
struct Facility {
    address owner;
    uint80 fixedDebt;
    bytes32 terms;
    Coverage coverage;
    bytes32 basis;
    bytes32 announced;
    uint64 announcedFrom;
    uint64 endedAt;
    bool uncured;
    uint32 consented;
}

/// @title Facilities: opened and changed by their owners, weakened only after a delay
/// @notice A facility's id is half a hash of its owner and a salt, so that a token can be
/// deployed for a facility that is opened later. Terms are kept as a hash and passed again by
/// whoever needs them; events publish them.
abstract contract Facilities {
    /// @notice There is no such facility.
    error UnknownFacility(uint128 facility);
    /// @notice There is such a facility already.
    error FacilityExists(uint128 facility);
    /// @notice Only the facility's owner may do this.
    error NotFacilityOwner(address owner, address caller);
    /// @notice Only the beneficiary of the terms may do this.
    error NotBeneficiary(address beneficiary, address caller);
    /// @notice These are not the facility's terms.
    error WrongTerms(bytes32 expected, bytes32 got);
    /// @notice Weaker terms were not announced.
    error NotAnnounced(bytes32 expected, bytes32 got);
    /// @notice Weaker terms must wait.
    error TooEarly(uint256 from, uint256 now_);
    /// @notice Weaker terms waited too long: announce them again.
    error TooLate(uint256 until, uint256 now_);
    /// @notice There is debt, or a source does not say that there is none, and the beneficiary of the
    /// terms has not consented in this epoch.
    error DebtOutstanding(bool known, uint256 debt);
    /// @notice The address 0 cannot own a facility.
    error NoOwner();

    event FacilityOpened(uint128 indexed facility, address indexed owner, Terms terms);
    event FacilityTransferred(uint128 indexed facility, address indexed from, address indexed to);
    event TermsAnnounced(uint128 indexed facility, bytes32 terms, uint256 from, uint256 until);
    event TermsChanged(uint128 indexed facility, uint64 epoch, Terms terms);
    event ReleaseConsented(uint128 indexed facility, uint64 epoch);
    event PledgesReleased(uint128 indexed facility, uint64 epoch);

    /// @notice Weaker terms must wait for a day at least, and half a year at most.
    error DelayOutOfRange(uint64 least, uint64 most, uint64 got);

    uint64 private constant LEAST_DELAY = 1 days;
    uint64 private constant MOST_DELAY = 180 days;
    /// @notice Seconds between the announcement of weaker terms and their use.
    uint64 public immutable delay;
    /// @notice Seconds in which announced terms may be applied.
    uint64 public constant GRACE = 7 days;

    /// @notice Deployed by the registry for itself.
    CovenantRules public immutable rules = new CovenantRules();
    /// @notice Attesters' lines of keys, deployed by the registry for itself.
    CovenantIdentities public immutable identities = new CovenantIdentities();
    mapping(uint128 facility => Facility) internal _facilities;
    /// @dev The debt sources of the terms.
    mapping(uint128 facility => IDebtSource[]) private _sources;

    constructor(uint64 delay_) {
        require(
            delay_ >= LEAST_DELAY && delay_ <= MOST_DELAY,
            DelayOutOfRange(LEAST_DELAY, MOST_DELAY, delay_)
        );
        delay = delay_;
    }

    /// @notice The id of the facility that an owner opens with a salt.
    function facilityId(address owner, bytes32 salt) public pure returns (uint128) {
        return uint128(uint256(keccak256(abi.encode(owner, salt))) >> 128);
    }

    /// @notice The facility with its coverage, whether or not that still counts; see `isCovered`.
    function facilityOf(uint128 facility) external view returns (Facility memory) {
        return _facilities[facility];
    }

    /// @notice Opens a facility of the caller's.
    // slither-disable-next-line reentrancy-events (calls what the registry has deployed)
    function open(bytes32 salt, Terms calldata terms) external returns (uint128 facility) {
        facility = facilityId(msg.sender, salt);
        Facility storage f = _facilities[facility];
        require(f.owner == address(0), FacilityExists(facility));
        f.owner = msg.sender;
        _adopt(facility, f, terms);
        emit FacilityOpened(facility, msg.sender, terms);
    }

    /// @notice Gives a facility to somebody else.
    function transferFacility(uint128 facility, address to) external {
        Facility storage f = _owned(facility);
        require(to != address(0), NoOwner());
        emit FacilityTransferred(facility, f.owner, to);
        f.owner = to;
    }

    /// @notice Announces terms that are not stronger in everything. They may be applied from the
    /// end of the delay on, for `GRACE`.
    function announceTerms(uint128 facility, bytes32 termsHash) external {
        Facility storage f = _owned(facility);
        f.announced = termsHash;
        f.announcedFrom = uint64(block.timestamp) + delay;
        emit TermsAnnounced(facility, termsHash, f.announcedFrom, f.announcedFrom + GRACE);
    }

    /// @notice Changes terms: at once where they are stronger in everything, else after they
    /// were announced and the delay has passed. Ends the coverage; the pledges stay. Where less
    /// debt would hold them, the debt must be gone or the beneficiary must have consented.
    // slither-disable-next-line reentrancy-events (calls what the registry has deployed)
    function changeTerms(uint128 facility, Terms calldata old, Terms calldata next) external {
        Facility storage f = _owned(facility);
        _checkTerms(f, old);
        (bool stronger, bool loosensLien) = rules.compare(old, next);
        if (!stronger) {
            bytes32 hash = keccak256(abi.encode(next));
            uint256 from = f.announcedFrom;
            require(f.announced == hash, NotAnnounced(f.announced, hash));
            require(block.timestamp >= from, TooEarly(from, block.timestamp));
            require(block.timestamp < from + GRACE, TooLate(from + GRACE, block.timestamp));
        }
        if (f.coverage.pledges != 0 && loosensLien) _checkReleasable(facility, f);
        // Whatever waits was measured against the old terms.
        delete f.announced;
        delete f.announcedFrom;
        _adopt(facility, f, next);
        uint40 until = f.coverage.until;
        if (until != 0) {
            f.endedAt = until < block.timestamp ? until : uint64(block.timestamp);
            f.uncured = false;
        }
        f.coverage.until = 0;
        f.coverage.epoch += 1;
        emit TermsChanged(facility, f.coverage.epoch, next);
    }

    /// @notice Lets the facility's owner release the pledges of its last proof while there is debt,
    /// and ends the coverage: nobody draws on what may be released at any time. The beneficiary's. A
    /// new proof voids the consent.
    function consentToRelease(uint128 facility, Terms calldata terms) external {
        Facility storage f = _known(facility);
        _checkTerms(f, terms);
        require(msg.sender == terms.beneficiary, NotBeneficiary(terms.beneficiary, msg.sender));
        f.consented = f.coverage.pledges;
        f.coverage.until = 0;
        f.coverage.epoch += 1;
        f.endedAt = 0;
        emit ReleaseConsented(facility, f.coverage.epoch);
    }

    /// @notice Ends a facility's coverage and releases its pledges, once the debt is gone or the
    /// beneficiary has consented. The facility owner's.
    function release(uint128 facility) external {
        Facility storage f = _owned(facility);
        _checkReleasable(facility, f);
        f.coverage.until = 0;
        f.coverage.pledges = 0;
        f.coverage.epoch += 1;
        f.endedAt = 0;
        emit PledgesReleased(facility, f.coverage.epoch);
    }

    function _adopt(uint128 facility, Facility storage f, Terms calldata terms) private {
        rules.check(terms);
        f.terms = keccak256(abi.encode(terms));
        f.fixedDebt = uint80(terms.minPublicDebt);
        _sources[facility] = terms.debtSources;
        identities.name(terms.attesters);
    }

    function _checkReleasable(uint128 facility, Facility storage f) private view {
        if (f.consented != 0 && f.consented == f.coverage.pledges) return;
        (bool known, uint256 debt) = _debtOf(facility);
        require(known && debt == 0, DebtOutstanding(known, debt));
    }

    /// @dev What is owed now, as far as it is known.
    function _debtOf(uint128 facility) internal view returns (bool known, uint256 debt) {
        return DebtSources.total(_sources[facility], _facilities[facility].fixedDebt);
    }

    function _owned(uint128 facility) internal view returns (Facility storage f) {
        f = _known(facility);
        require(f.owner == msg.sender, NotFacilityOwner(f.owner, msg.sender));
    }

    function _known(uint128 facility) internal view returns (Facility storage f) {
        f = _facilities[facility];
        require(f.terms != 0, UnknownFacility(facility));
    }

    function _checkTerms(Facility storage f, Terms calldata terms) internal view {
        bytes32 hash = keccak256(abi.encode(terms));
        require(f.terms == hash, WrongTerms(f.terms, hash));
    }
}
