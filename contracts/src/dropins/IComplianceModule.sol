// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

/// @title A module of an ERC-3643 token's modular compliance
/// @dev The functions that T-REX calls its modules by (version 4.1), declared here so that none of
/// its sources is needed.
interface IComplianceModule {
    event ComplianceBound(address indexed _compliance);
    event ComplianceUnbound(address indexed _compliance);

    /// @notice Binds the calling compliance.
    function bindCompliance(address compliance) external;

    /// @notice Unbinds the calling compliance.
    function unbindCompliance(address compliance) external;

    /// @notice Tells that tokens were transferred.
    function moduleTransferAction(address from, address to, uint256 value) external;

    /// @notice Tells that tokens were minted.
    function moduleMintAction(address to, uint256 value) external;

    /// @notice Tells that tokens were burned.
    function moduleBurnAction(address from, uint256 value) external;

    /// @notice Whether a transfer may be. Minting is one from the address 0.
    function moduleCheck(address from, address to, uint256 value, address compliance)
        external
        view
        returns (bool);

    function isComplianceBound(address compliance) external view returns (bool);

    /// @notice Whether a compliance suits the module.
    function canComplianceBind(address compliance) external view returns (bool);

    /// @notice Whether the module suits every compliance.
    function isPlugAndPlay() external pure returns (bool);

    function name() external pure returns (string memory);
}

/// @title What the module queries of a compliance
interface ICompliance {
    /// @notice The token, or 0 while there is none.
    function getTokenBound() external view returns (address);
}
