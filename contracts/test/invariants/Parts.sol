// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

// What the handler puts around the registry: a front that accepts, signers that say yes, a debt source
// that fails as it is told, a hook that counts.

import {Attestation, Undertaking} from "../../src/Attestations.sol";
import {ICovenantHook} from "../../src/interfaces/ICovenantHook.sol";
import {ICovenantVerifier, Statement} from "../../src/interfaces/ICovenantVerifier.sol";
import {IDebtSource} from "../../src/interfaces/IDebtSource.sol";

/// The cheat codes of forge that are used here.
interface Vm {
    function addr(uint256 key) external pure returns (address);
    function sign(uint256 key, bytes32 digest) external pure returns (uint8, bytes32, bytes32);
    function warp(uint256 time) external;
    function deal(address to, uint256 balance) external;
    function prank(address sender) external;
}

Vm constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

/// A front that accepts whatever a true front lets through to the proof.
contract Yes is ICovenantVerifier {
    bytes32 public immutable circuit;

    constructor(bytes32 circuit_) {
        circuit = circuit_;
    }

    function verify(Statement calldata s, bytes calldata) external pure {
        require(s.publicDebt < 1 << 80 && s.ratioBps > 0 && s.prices.length != 0);
    }
}

/// An ERC-1271 contract that has signed everything.
contract Signer {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        return 0x1626ba7e;
    }
}

/// A debt source that says what it is told, reverts, uses all the gas that it gets, says too much, or
/// says two words.
contract Flaky is IDebtSource {
    uint256 public says;
    uint8 public mode;

    function set(uint256 says_, uint8 mode_) external {
        (says, mode) = (says_, mode_);
    }

    function known() external view returns (bool) {
        return mode == 0;
    }

    function debt() external view returns (uint256) {
        if (mode == 1) revert();
        if (mode == 2) assembly { invalid() }
        if (mode == 3) return 1 << 80;
        if (mode == 4) assembly { return(0, 64) }
        return says;
    }
}

/// A lender's hook; it takes all the gas where it is told to.
contract Hook is ICovenantHook {
    uint256 public ended;
    uint256 public uncured;

    function onCoverageEnded(uint128, uint64 cureBy) external {
        ended += 1;
        if (cureBy % 7 == 0) assembly { invalid() }
    }

    function onUncured(uint128) external {
        uncured += 1;
    }
}

/// The EIP-712 digests once more, from docs/spec.md, section 7, alone.
library Digests {
    function account(uint256 commitment, uint256 subject, Attestation memory a)
        internal
        pure
        returns (bytes32)
    {
        return _typed(
            abi.encode(
                keccak256(
                    "AccountAttestation(bytes32 commitment,bytes32 subject,uint64 asOf,uint64 validUntil,uint8 kind,bytes32 account,bytes32 counterpart)"
                ),
                commitment,
                subject,
                a.asOf,
                a.validUntil,
                a.kind,
                a.account,
                a.counterpart
            )
        );
    }

    function undertaking(
        bytes32 account_,
        uint256 subject,
        uint256 securedParty,
        address registry,
        uint128 facility,
        bytes32 wording,
        Undertaking memory u
    ) internal view returns (bytes32) {
        bytes32 name = keccak256(
            abi.encode(
                keccak256("covenant/facility/v1"), block.chainid, registry, uint256(facility)
            )
        );
        return _typed(
            abi.encode(
                keccak256(
                    "ControlUndertaking(bytes32 account,bytes32 subject,bytes32 securedParty,bytes32 facility,uint64 heldFrom,uint64 heldUntil,bytes32 wording)"
                ),
                account_,
                subject,
                securedParty,
                uint256(name) >> 8,
                u.heldFrom,
                u.heldUntil,
                wording
            )
        );
    }

    function prices(uint256 policy, uint64 asOf, uint128[] memory p)
        internal
        pure
        returns (bytes32)
    {
        bytes memory words;
        for (uint256 i; i < p.length; ++i) {
            words = bytes.concat(words, bytes32(uint256(p[i])));
        }
        bytes32 kind = keccak256("PriceSnapshot(bytes32 policy,uint64 asOf,uint128[] prices)");
        return _typed(abi.encode(kind, policy, asOf, keccak256(words)));
    }

    function revocation(bytes32 document, uint64 from) internal pure returns (bytes32) {
        return
            _typed(abi.encode(keccak256("Revocation(bytes32 document,uint64 at)"), document, from));
    }

    function rotation(address from, address to) internal pure returns (bytes32) {
        return _typed(abi.encode(keccak256("KeyRotation(address from,address to)"), from, to));
    }

    function _typed(bytes memory fields) private pure returns (bytes32) {
        bytes32 domain = 0x933fee2ad886339352ae5a627740b74495195a7339e62b41dec3e6b595cb5ebe;
        return keccak256(bytes.concat("\x19\x01", domain, keccak256(fields)));
    }
}
