// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {ICovenantFacilities} from "../dropins/ICovenantFacilities.sol";
import {Facility} from "../Facilities.sol";
import {ICovenantHook} from "../interfaces/ICovenantHook.sol";
import {ICovenantRegistry} from "../interfaces/ICovenantRegistry.sol";
import {Terms} from "../Terms.sol";

/// @title NOT FOR PRODUCTION: a registry in which a test sets what is covered
/// @notice It checks no proof, and anybody may set anything. It answers as a `CovenantRegistry` with the
/// same facts does: by the hash of the terms, the time, and what is owed.
contract MockCovenantRegistry is ICovenantFacilities {
    /// @notice There to be looked at by whoever is about to deploy something.
    bool public constant IS_MOCK = true;

    /// @notice Whether the registry is paused, or the circuit frozen: nothing counts.
    bool public stopped;
    /// @notice How often the beneficiary of a facility's terms has consented.
    mapping(uint128 facility => uint256) public consents;
    mapping(uint128 facility => Facility) private _facilities;
    mapping(uint128 facility => uint256) private _owed;
    mapping(uint128 facility => bool) private _unknown;

    /// @notice Accepts a proof that never was. A new epoch.
    /// @param debt Micro-units that are proved.
    /// @param until Unix seconds at which the coverage ends.
    function cover(uint128 facility, bytes32 terms, uint80 debt, uint40 asOfFrom, uint40 until)
        external
    {
        Facility storage f = _facilities[facility];
        f.terms = terms;
        f.coverage.epoch += 1;
        f.coverage.pledges = f.coverage.epoch;
        (f.coverage.debt, f.coverage.asOfFrom, f.coverage.until) = (debt, asOfFrom, until);
    }

    /// @notice Says what is owed now.
    /// @param known Whether the debt sources say how much.
    function setOwed(uint128 facility, bool known, uint256 owed) external {
        (_unknown[facility], _owed[facility]) = (!known, owed);
    }

    /// @notice Pauses everything, or resumes it.
    function setStopped(bool stopped_) external {
        stopped = stopped_;
    }

    /// @notice Ends a coverage before its time, and tells a hook of it. Here it reverts with what the
    /// hook reverts with, so that a test sees it; a `CovenantRegistry` goes on.
    function endEarly(uint128 facility, ICovenantHook hook, uint64 cureBy) external {
        Facility storage f = _facilities[facility];
        f.coverage.epoch += 1;
        f.coverage.until = 0;
        f.endedAt = uint64(block.timestamp);
        if (address(hook) != address(0)) hook.onCoverageEnded(facility, cureBy);
    }

    /// @notice Tells a hook that nothing was cured.
    function declareUncured(uint128 facility, ICovenantHook hook) external {
        _facilities[facility].uncured = true;
        hook.onUncured(facility);
    }

    /// @inheritdoc ICovenantFacilities
    function consentToRelease(uint128 facility, Terms calldata) external {
        consents[facility] += 1;
        _facilities[facility].consented = _facilities[facility].coverage.pledges;
    }

    /// @inheritdoc ICovenantFacilities
    function facilityOf(uint128 facility) external view returns (Facility memory) {
        return _facilities[facility];
    }

    /// @inheritdoc ICovenantRegistry
    function isCovered(uint128 facility, bytes32 termsHash) external view returns (bool) {
        return _isLive(facility, termsHash) && !_unknown[facility]
            && _owed[facility] <= _facilities[facility].coverage.debt;
    }

    /// @inheritdoc ICovenantRegistry
    function provedDebt(uint128 facility, bytes32 termsHash)
        external
        view
        returns (uint256 debt, uint64 asOfFrom, uint64 until)
    {
        if (!_isLive(facility, termsHash)) return (0, 0, 0);
        Facility storage f = _facilities[facility];
        return (f.coverage.debt, f.coverage.asOfFrom, f.coverage.until);
    }

    function _isLive(uint128 facility, bytes32 termsHash) private view returns (bool) {
        Facility storage f = _facilities[facility];
        return !stopped && f.terms == termsHash && block.timestamp < f.coverage.until;
    }
}
