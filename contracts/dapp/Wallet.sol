// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// A custodian's wallet with two owners. Its signature is both of theirs, one after the other; as
/// owners change, so does what it says of an old signature.
contract Wallet is IERC1271 {
    uint256 private constant LENGTH = 65;

    address[2] public owners;

    error NotAnOwner();

    constructor(address[2] memory owners_) {
        owners = owners_;
    }

    function replace(uint256 place, address by) external {
        require(msg.sender == owners[0] || msg.sender == owners[1], NotAnOwner());
        owners[place] = by;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature)
        external
        view
        returns (bytes4)
    {
        require(signature.length == 2 * LENGTH, "two signatures");
        for (uint256 i; i < 2; ++i) {
            bytes calldata part = signature[i * LENGTH:(i + 1) * LENGTH];
            if (ECDSA.recover(hash, part) != owners[i]) return 0xffffffff;
        }
        return IERC1271.isValidSignature.selector;
    }
}
