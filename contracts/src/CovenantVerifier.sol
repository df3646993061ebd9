// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {ICovenantVerifier, Statement} from "./interfaces/ICovenantVerifier.sol";

/// @title A typed front of a generated verifier
/// @notice Builds the public inputs itself from a typed statement, so that no caller can pass
/// a number that equals another one modulo r, and calls code of a known hash with bounded gas.
contract CovenantVerifier is ICovenantVerifier {
    /// @notice The generated verifier's address has no code.
    error NoCode(address verifier);
    /// @notice The generated verifier's code is not the published one.
    error WrongCode(bytes32 expected, bytes32 got);
    /// @notice A circuit that was retired: false statements have proofs under it, or its statement
    /// is that of an earlier edition.
    error RetiredCircuit(string circuitId);
    /// @notice A field of the statement is out of its range.
    error OutOfRange(string field);
    /// @notice The window of snapshots ends before it begins.
    error WrongWindow(uint64 asOfFrom, uint64 asOfTo);
    /// @notice A commitment is not above the one before it; an account would count twice.
    error NotAscending(uint256 index);
    /// @notice A kind for an account that is not in the basket.
    error KindOfNoAccount(uint256 accounts, uint64 kinds);
    /// @notice The asset at this place has no price, or a price of 0: debt in it would weigh
    /// nothing. How many assets a policy has, only the proof knows: none verifies where an
    /// asset has no price (S8).
    error NoPrice(uint256 index);
    /// @notice More accounts or prices than the circuit has slots for.
    error DoesNotFit(uint256 slots, uint256 got);
    /// @notice The proof does not prove the statement. `reason` is the generated verifier's
    /// error.
    error ProofRejected(bytes4 reason);
    /// @notice The generated verifier failed, and could not be given its `gasCap`: the proof may
    /// be true. The transaction needs `needed` gas for that call, and an own part beside it.
    error NotEnoughGas(uint256 needed);

    /// @dev A version of the circuit that has proofs of false statements: liabilities could
    /// count as collateral.
    bytes32 private constant RETIRED = keccak256("covenant-1");
    /// @dev A version with the statement of the first edition.
    bytes32 private constant FIRST_EDITION = keccak256("covenant-1.1");
    /// @dev Public inputs before the report.
    uint256 internal constant NAMED = 8;
    /// @dev Words of the report.
    uint256 internal constant REPORT = 5;
    /// @dev More gas than a call of an address that was read before costs, beside what it passes.
    uint256 private constant CALL = 200;
    /// @dev Order of the scalar field.
    uint256 private constant R =
        0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001;

    /// @inheritdoc ICovenantVerifier
    bytes32 public immutable circuit;
    /// @notice The generated verifier.
    address public immutable proofVerifier;
    /// @notice The hash of its code.
    bytes32 public immutable codeHash;
    /// @notice Account slots of the circuit.
    uint256 public immutable accounts;
    /// @notice Price slots of the circuit.
    uint256 public immutable assets;
    /// @notice The most gas that the generated verifier is given.
    uint256 public immutable gasCap;
    bytes4 private immutable _selector;

    /// @param verifier_ The generated verifier.
    /// @param codeHash_ The hash of its code, as published.
    /// @param circuitId The circuit's id, as published.
    /// @param accounts_ Account slots of the shape.
    /// @param assets_ Asset slots of the shape.
    /// @param gasCap_ The most gas to give it: above what an accepted proof costs.
    constructor(
        address verifier_,
        bytes32 codeHash_,
        string memory circuitId,
        uint256 accounts_,
        uint256 assets_,
        uint256 gasCap_
    ) {
        bytes32 version = _version(circuitId);
        require(version != RETIRED && version != FIRST_EDITION, RetiredCircuit(circuitId));
        // slither-disable-next-line missing-zero-check (_checkCode below)
        proofVerifier = verifier_;
        codeHash = codeHash_;
        circuit = keccak256(bytes(circuitId));
        accounts = accounts_;
        assets = assets_;
        gasCap = gasCap_;
        string memory length = Strings.toString(NAMED + REPORT + accounts_ + assets_);
        _selector = bytes4(keccak256(bytes(string.concat("verify(uint256[", length, "],bytes)"))));
        _checkCode(verifier_, codeHash_);
    }

    /// @inheritdoc ICovenantVerifier
    function verify(Statement calldata statement, bytes calldata proof) external view virtual {
        _checkCode(proofVerifier, codeHash);
        _checkProof(_selector, publicInputs(statement), proof);
    }

    /// @dev Calls the generated verifier, whose code was checked; reverts unless it accepts.
    // slither-disable-next-line assembly (the call is written once; what it does is written above it)
    function _checkProof(bytes4 selector, uint256[] memory inputs, bytes calldata proof)
        internal
        view
    {
        address verifier = proofVerifier;
        uint256 cap = gasCap;
        uint256 left;
        bool accepted;
        bytes4 reason;
        // A fixed array is encoded in place: selector, inputs, offset and length of the proof. The
        // call is written around the inputs, where they are, into memory that nothing else has:
        //
        //   bytes memory data = bytes.concat(
        //       selector,
        //       abi.encodePacked(inputs),
        //       abi.encode(32 * (inputs.length + 1), proof.length),
        //       proof
        //   );
        //   left = gasleft();
        //   (bool success, bytes memory result) = verifier.staticcall{gas: cap}(data);
        //   accepted = success && result.length == 32 && abi.decode(result, (uint256)) == 1;
        //   reason = bytes4(result);
        //
        // slither-disable-next-line return-bomb,low-level-calls (code of a known hash, which returns 32 bytes or 4)
        assembly ("memory-safe") {
            let length := mload(inputs)
            let tail := add(add(inputs, 0x20), shl(5, length))
            mstore(inputs, shr(224, selector))
            mstore(tail, shl(5, add(length, 1)))
            mstore(add(tail, 0x20), proof.length)
            calldatacopy(add(tail, 0x40), proof.offset, proof.length)
            mstore(0, 0)
            left := gas()
            accepted :=
                staticcall(
                    cap, verifier, add(inputs, 28), add(shl(5, length), add(proof.length, 68)), 0, 0x20
                )
            accepted := and(accepted, and(eq(returndatasize(), 0x20), eq(mload(0), 1)))
            reason := and(mload(0), shl(224, 0xffffffff))
            mstore(inputs, length)
        }
        if (accepted) return;
        // A call is given all but a 64th of what is left after its own cost.
        left -= left / 64;
        require(left >= cap && left - cap >= CALL, NotEnoughGas(cap));
        revert ProofRejected(reason);
    }

    /// @notice The instance column of a statement: `subject, asOfFrom, asOfTo, policy, publicDebt,
    /// ratio, context, kinds, report, commitments, prices`, unused slots 0. Reverts where a value is
    /// out of range.
    // slither-disable-next-line assembly (copies what was checked; the words are written above it)
    function publicInputs(Statement calldata s) public view returns (uint256[] memory inputs) {
        require(s.subject < 1 << 248, OutOfRange("subject"));
        require(s.policy < R, OutOfRange("policy"));
        require(s.publicDebt < 1 << 80, OutOfRange("publicDebt"));
        require(s.ratioBps > 0 && s.ratioBps < 1 << 20, OutOfRange("ratioBps"));
        require(s.context < 1 << 248, OutOfRange("context"));
        uint256[REPORT] calldata report = s.report;
        for (uint256 i; i < REPORT; ++i) {
            require(report[i] < 1 << 240, OutOfRange("report"));
        }
        require(s.asOfFrom <= s.asOfTo, WrongWindow(s.asOfFrom, s.asOfTo));
        uint256[] calldata commitments = s.commitments;
        uint128[] calldata prices = s.prices;
        uint256 slots = accounts;
        require(commitments.length <= slots, DoesNotFit(slots, commitments.length));
        require(prices.length <= assets, DoesNotFit(assets, prices.length));
        require(s.kinds >> commitments.length == 0, KindOfNoAccount(commitments.length, s.kinds));
        // A policy has an asset at least.
        require(prices.length != 0, NoPrice(0));
        // slither-disable-next-line uninitialized-local (below every commitment)
        uint256 previous;
        for (uint256 i; i < commitments.length; ++i) {
            uint256 commitment = commitments[i];
            require(commitment > previous, NotAscending(i));
            previous = commitment;
        }
        require(previous < R, OutOfRange("commitments"));
        for (uint256 i; i < prices.length; ++i) {
            uint256 price = prices[i];
            require(price != 0, NoPrice(i));
            require(price < 1 << 120, OutOfRange("prices"));
        }
        inputs = new uint256[](NAMED + REPORT + slots + assets);
        // The words before the lists are a statement's first words, in its order; each list is
        // words in a row. What was checked above is copied as it is:
        //
        //   inputs[0] = s.subject;
        //   inputs[1] = s.asOfFrom;
        //   inputs[2] = s.asOfTo;
        //   inputs[3] = s.policy;
        //   inputs[4] = s.publicDebt;
        //   inputs[5] = s.ratioBps;
        //   inputs[6] = s.context;
        //   inputs[7] = s.kinds;
        //   for (uint256 i; i < REPORT; ++i) inputs[NAMED + i] = report[i];
        //   for (uint256 i; i < commitments.length; ++i) inputs[NAMED + REPORT + i] = commitments[i];
        //   for (uint256 i; i < prices.length; ++i) inputs[NAMED + REPORT + slots + i] = prices[i];
        //
        assembly ("memory-safe") {
            let to := add(inputs, 0x20)
            calldatacopy(to, s, mul(0x20, add(NAMED, REPORT)))
            to := add(to, mul(0x20, add(NAMED, REPORT)))
            calldatacopy(to, commitments.offset, shl(5, commitments.length))
            calldatacopy(add(to, shl(5, slots)), prices.offset, shl(5, prices.length))
        }
    }

    /// @dev The hash of a circuit's version: of what its id has before the first slash.
    function _version(string memory circuitId) private pure returns (bytes32) {
        bytes memory id = bytes(circuitId);
        // slither-disable-next-line uninitialized-local (counts from 0)
        uint256 length;
        while (length < id.length && id[length] != "/") ++length;
        bytes memory version = new bytes(length);
        for (uint256 i; i < length; ++i) {
            version[i] = id[i];
        }
        return keccak256(version);
    }

    function _checkCode(address verifier, bytes32 expected) internal view {
        require(verifier.code.length != 0, NoCode(verifier));
        require(verifier.codehash == expected, WrongCode(expected, verifier.codehash));
    }
}
