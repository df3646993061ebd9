// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice What the token needs of a registry.
// slither-disable-next-line missing-inheritance (all that the token needs of it)
interface ICoverage {
    function isCovered(uint128 facility) external view returns (bool);
}

/// @title A token that exists only as far as collateral was proved for it
/// @notice Its supply is the public debt of a facility whose terms name this token as their
/// debt source. Minting needs coverage of the supply that results; burning never does.
contract BackedToken is ERC20 {
    /// @notice Only the issuer mints.
    error NotIssuer(address issuer, address caller);
    /// @notice The supply that would result is not covered now.
    error NotCovered(uint128 facility);

    ICoverage public immutable registry;
    uint128 public immutable facility;
    address public immutable issuer;

    constructor(
        string memory name_,
        string memory symbol_,
        ICoverage registry_,
        uint128 facility_,
        address issuer_
    ) ERC20(name_, symbol_) {
        registry = registry_;
        facility = facility_;
        // slither-disable-next-line missing-zero-check (nobody would mint)
        issuer = issuer_;
    }

    /// @notice Micro-units, as values in a statement.
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    /// @notice Mints if the resulting supply is covered.
    function mint(address to, uint256 amount) external {
        require(msg.sender == issuer, NotIssuer(issuer, msg.sender));
        _mint(to, amount);
        require(registry.isCovered(facility), NotCovered(facility));
    }

    /// @notice Burns of the caller's own.
    function burn(uint256 amount) external {
        _burn(msg.sender, amount);
    }
}
