// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {Facility} from "../Facilities.sol";
import {ICovenantRegistry} from "../interfaces/ICovenantRegistry.sol";
import {Terms} from "../Terms.sol";

/// @title What some drop-ins query of a registry besides `ICovenantRegistry`
/// @notice A `CovenantRegistry` has these functions.
interface ICovenantFacilities is ICovenantRegistry {
    /// @notice The facility with its coverage, whether or not that still counts.
    function facilityOf(uint128 facility) external view returns (Facility memory);

    /// @notice Lets the pledges of a facility's last proof go while there is debt. The beneficiary's.
    function consentToRelease(uint128 facility, Terms calldata terms) external;
}
