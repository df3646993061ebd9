// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {ICovenantVerifier} from "./interfaces/ICovenantVerifier.sol";
import {Terms, TermsLib} from "./Terms.sol";

/// @title Facilities: opened and changed by their owners, weakened only after a delay
/// @notice A facility's id is half a hash of its owner and a salt, so that a token can be
/// deployed for a facility that is opened later. Terms are kept as a hash and passed again by
/// whoever needs them; events publish them.
abstract contract Facilities is Ownable2Step, Pausable, ReentrancyGuard {
    using TermsLib for Terms;

    /// @param owner Who opened it, or was given it.
    /// @param epoch Counts proofs and changes; part of every proof's context.
    /// @param terms Hash of the terms.
    /// @param announced Hash of weaker terms that wait; 0 for none.
    /// @param announcedFrom When these may be applied.
    struct Facility {
        address owner;
        uint64 epoch;
        bytes32 terms;
        bytes32 announced;
        uint64 announcedFrom;
    }

    /// @notice There is no such facility.
    error UnknownFacility(uint128 facility);
    /// @notice There is such a facility already.
    error FacilityExists(uint128 facility);
    /// @notice Only the facility's owner may do this.
    error NotFacilityOwner(address owner, address caller);
    /// @notice These are not the facility's terms.
    error WrongTerms(bytes32 expected, bytes32 got);
    /// @notice Weaker terms were not announced.
    error NotAnnounced(bytes32 expected, bytes32 got);
    /// @notice Weaker terms must wait.
    error TooEarly(uint256 from, uint256 now_);
    /// @notice The admin did not approve this verifier.
    error UnknownVerifier(address verifier);
    /// @notice The address 0 cannot own a facility.
    error NoOwner();

    event FacilityOpened(uint128 indexed facility, address indexed owner, Terms terms);
    event FacilityTransferred(uint128 indexed facility, address indexed from, address indexed to);
    event TermsAnnounced(uint128 indexed facility, bytes32 terms, uint256 from);
    event TermsChanged(uint128 indexed facility, uint64 epoch, Terms terms);
    event VerifierApproved(address indexed verifier, bytes32 indexed circuit, bool approved);
    event CircuitDisabled(bytes32 indexed circuit, bool disabled);

    /// @notice Seconds between the announcement of weaker terms and their use.
    uint64 public immutable weakeningDelay;
    /// @notice Circuits whose proofs are refused, by hash of their ids.
    mapping(bytes32 circuit => bool) public disabledCircuits;
    /// @notice Typed fronts that terms may name. With a verifier of one's own, one could pledge
    /// the accounts of others.
    mapping(ICovenantVerifier verifier => bool) public approvedVerifiers;
    mapping(uint128 facility => Facility) internal _facilities;

    constructor(address admin, uint64 delay) Ownable(admin) {
        weakeningDelay = delay;
    }

    /// @notice The id of the facility that an owner opens with a salt.
    function facilityId(address owner, bytes32 salt) public pure returns (uint128) {
        return uint128(uint256(keccak256(abi.encode(owner, salt))) >> 128);
    }

    /// @notice The facility, without its coverage.
    function facilityOf(uint128 facility) external view returns (Facility memory) {
        return _facilities[facility];
    }

    /// @notice Opens a facility of the caller's.
    function open(bytes32 salt, Terms calldata terms) external returns (uint128 facility) {
        facility = facilityId(msg.sender, salt);
        Facility storage f = _facilities[facility];
        require(f.owner == address(0), FacilityExists(facility));
        terms.check();
        _checkVerifier(terms);
        f.owner = msg.sender;
        f.terms = keccak256(abi.encode(terms));
        emit FacilityOpened(facility, msg.sender, terms);
    }

    /// @notice Gives a facility to somebody else.
    function transferFacility(uint128 facility, address to) external {
        Facility storage f = _owned(facility);
        require(to != address(0), NoOwner());
        emit FacilityTransferred(facility, f.owner, to);
        f.owner = to;
    }

    /// @notice Announces terms that are not stronger in everything.
    function announceTerms(uint128 facility, bytes32 termsHash) external {
        Facility storage f = _owned(facility);
        f.announced = termsHash;
        f.announcedFrom = uint64(block.timestamp) + weakeningDelay;
        emit TermsAnnounced(facility, termsHash, f.announcedFrom);
    }

    /// @notice Changes terms: at once where they are stronger in everything, else after they
    /// were announced and the delay has passed. Ends the coverage.
    function changeTerms(uint128 facility, Terms calldata old, Terms calldata next) external {
        Facility storage f = _owned(facility);
        _checkTerms(f, old);
        next.check();
        _checkVerifier(next);
        bytes32 hash = keccak256(abi.encode(next));
        if (!old.strengthens(next)) {
            require(f.announced == hash, NotAnnounced(f.announced, hash));
            require(block.timestamp >= f.announcedFrom, TooEarly(f.announcedFrom, block.timestamp));
        }
        // Whatever waits was measured against the old terms.
        delete f.announced;
        delete f.announcedFrom;
        f.terms = hash;
        _endCoverage(facility);
        emit TermsChanged(facility, f.epoch, next);
    }

    /// @notice Stops or resumes every facility. The admin's.
    function setPaused(bool paused_) external onlyOwner {
        if (paused_) _pause();
        else _unpause();
    }

    /// @notice Lets terms name a verifier, or no longer; what it covered stays until it
    /// expires. The admin's.
    function approveVerifier(ICovenantVerifier verifier, bool approved) external onlyOwner {
        approvedVerifiers[verifier] = approved;
        emit VerifierApproved(address(verifier), verifier.circuit(), approved);
    }

    /// @notice Refuses the proofs of a circuit, and what they cover. The admin's. No front is
    /// made for the circuits that were retired already; see CovenantVerifier.
    function disableCircuit(bytes32 circuit, bool disabled) external onlyOwner {
        disabledCircuits[circuit] = disabled;
        emit CircuitDisabled(circuit, disabled);
    }

    function _owned(uint128 facility) internal view returns (Facility storage f) {
        f = _known(facility);
        require(f.owner == msg.sender, NotFacilityOwner(f.owner, msg.sender));
    }

    function _known(uint128 facility) internal view returns (Facility storage f) {
        f = _facilities[facility];
        require(f.owner != address(0), UnknownFacility(facility));
    }

    function _checkVerifier(Terms calldata terms) internal view {
        require(approvedVerifiers[terms.verifier], UnknownVerifier(address(terms.verifier)));
    }

    function _checkTerms(Facility storage f, Terms calldata terms) internal view {
        bytes32 hash = keccak256(abi.encode(terms));
        require(f.terms == hash, WrongTerms(f.terms, hash));
    }

    /// @dev Starts the next epoch: proofs that were made for this one are void, and so are the
    /// pledges of the last one.
    function _endCoverage(uint128 facility) internal virtual;
}
