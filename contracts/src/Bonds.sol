// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {Facilities, Facility} from "./Facilities.sol";

/// @title What whoever ends a coverage by a challenge is paid
/// @notice Terms say how much a facility must have deposited when it proves. Anybody may deposit; the
/// facility's owner takes back what is there while nothing is covered.
abstract contract Bonds is Facilities {
    /// @notice Less was deposited than the terms say.
    error BondTooSmall(uint256 expected, uint256 got);
    /// @notice While something is covered, the bond stays.
    error StillCovered(uint256 until);

    /// @notice The receiver did not take what it was paid.
    error NotPaid(address to);

    event BondChanged(uint128 indexed facility, uint256 bond);

    /// @notice Wei deposited for a facility.
    mapping(uint128 facility => uint256) public bondOf;
    /// @notice Wei that a challenger may collect.
    mapping(address challenger => uint256) public bountyOf;

    /// @notice Adds what is sent to a facility's bond.
    function deposit(uint128 facility) external payable {
        // slither-disable-next-line unused-return (it exists)
        _known(facility);
        bondOf[facility] += msg.value;
        emit BondChanged(facility, bondOf[facility]);
    }

    /// @notice Pays a facility's owner of its bond, while nothing is covered.
    function withdraw(uint128 facility, uint256 amount) external {
        Facility storage f = _owned(facility);
        require(block.timestamp >= f.coverage.until, StillCovered(f.coverage.until));
        bondOf[facility] -= amount;
        emit BondChanged(facility, bondOf[facility]);
        _send(amount);
    }

    /// @notice Pays the caller its bounties.
    function collect() external {
        uint256 amount = bountyOf[msg.sender];
        bountyOf[msg.sender] = 0;
        _send(amount);
    }

    function _payBounty(uint128 facility, uint256 amount) internal {
        if (amount == 0) return;
        bondOf[facility] -= amount;
        bountyOf[msg.sender] += amount;
        emit BondChanged(facility, bondOf[facility]);
    }

    function _send(uint256 amount) private {
        // slither-disable-next-line low-level-calls,arbitrary-send-eth (the caller's own, whatever it is)
        (bool paid,) = msg.sender.call{value: amount}("");
        require(paid, NotPaid(msg.sender));
    }
}
