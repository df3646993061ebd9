// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

// What somebody writes who has the package: a lender of one's own.

import {BackedToken} from "@covenant/contracts/src/BackedToken.sol";
import {CovenantFeed} from "@covenant/contracts/src/dropins/CovenantFeed.sol";
import {ICovenantRegistry} from "@covenant/contracts/src/interfaces/ICovenantRegistry.sol";

/// @notice Pays out while a facility is covered.
contract User {
    BackedToken public immutable token;
    CovenantFeed public immutable feed;

    constructor(BackedToken token_, CovenantFeed feed_) {
        (token, feed) = (token_, feed_);
    }

    function mayLend() external view returns (bool) {
        ICovenantRegistry registry = token.registry();
        return registry.isCovered(token.facility(), token.terms());
    }
}
