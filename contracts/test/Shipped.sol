// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

// The contracts as they are shipped: tests deploy what `forge build` wrote with the shipped settings, and
// are compiled without an optimizer themselves. See foundry.toml.

import {BackedToken} from "../src/BackedToken.sol";
import {CovenantRegistry} from "../src/CovenantRegistry.sol";
import {CovenantRouter} from "../src/CovenantRouter.sol";
import {ICovenantRegistry} from "../src/interfaces/ICovenantRegistry.sol";
import {ICovenantVerifier} from "../src/interfaces/ICovenantVerifier.sol";

interface Artifacts {
    function getCode(string calldata path) external view returns (bytes memory);
}

library Shipped {
    Artifacts private constant ARTIFACTS =
        Artifacts(address(uint160(uint256(keccak256("hevm cheat code")))));

    function router(address admin, uint64 delay, ICovenantVerifier[] memory first)
        internal
        returns (CovenantRouter)
    {
        return CovenantRouter(create("CovenantRouter", abi.encode(admin, delay, first)));
    }

    function registry(CovenantRouter router_, uint64 delay) internal returns (CovenantRegistry) {
        return CovenantRegistry(create("CovenantRegistry", abi.encode(router_, delay)));
    }

    function token(ICovenantRegistry registry_, uint128 facility, address issuer)
        internal
        returns (BackedToken)
    {
        return BackedToken(create("BackedToken", abi.encode("T", "T", registry_, facility, issuer)));
    }

    /// A contract of the file of its name, by its constructor's arguments, encoded. Reverts as its
    /// constructor does.
    function create(string memory name, bytes memory arguments) internal returns (address) {
        return create(name, name, arguments);
    }

    function create(string memory file, string memory name, bytes memory arguments)
        internal
        returns (address made)
    {
        bytes memory code = bytes.concat(
            ARTIFACTS.getCode(string.concat("out/", file, ".sol/", name, ".json")), arguments
        );
        assembly ("memory-safe") {
            made := create(0, add(code, 32), mload(code))
            if iszero(made) {
                let data := mload(0x40)
                returndatacopy(data, 0, returndatasize())
                revert(data, returndatasize())
            }
        }
    }
}
