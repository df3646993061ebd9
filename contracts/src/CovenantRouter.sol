// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {ICovenantVerifier} from "./interfaces/ICovenantVerifier.sol";

/// @title The router: versions of the circuit, announced before they count, frozen one by one
/// @notice What the admin can do, all of it: announce a version, which counts after the delay;
/// freeze one, at once and for good; stop submissions for a few days at a time. It opens, changes
/// and covers no facility, and cannot leave. A registry has one router for good, as pledges are shared:
/// whoever could name a verifier that accepts anything could pledge the accounts of others.
contract CovenantRouter is Ownable2Step {
    /// @param verifier The typed front of a generated verifier; 0 for a number that is not used.
    /// @param from Unix seconds from which its proofs count.
    /// @param frozen Its proofs, and what they covered, count no more.
    struct Version {
        ICovenantVerifier verifier;
        uint64 from;
        bool frozen;
    }

    /// @notice There is no such version.
    error UnknownVersion(uint8 version);
    /// @notice The version does not count yet.
    error VersionTooEarly(uint8 version, uint64 from);
    /// @notice The version was frozen.
    error FrozenVersion(uint8 version);
    /// @notice This circuit has a version already.
    error KnownCircuit(bytes32 circuit);
    /// @notice New versions must wait for a day at least, and half a year at most.
    error DelayOutOfRange(uint64 least, uint64 most, uint64 got);
    /// @notice Every facility needs an admin that can freeze a version.
    error NoRenouncing();
    /// @notice Submissions are stopped.
    error Paused(uint64 until);
    /// @notice A pause was over a moment ago: the facilities must have time to prove.
    error PausedLately(uint64 again);

    event VersionAnnounced(
        uint8 indexed version, bytes32 indexed circuit, address verifier, uint64 from
    );
    event VersionFrozen(uint8 indexed version, bytes32 indexed circuit);
    event PauseChanged(uint64 until);

    /// @notice Longest pause, and the least time between two.
    uint64 public constant PAUSE = 3 days;
    uint64 private constant LEAST_DELAY = 1 days;
    uint64 private constant MOST_DELAY = 180 days;

    /// @notice Seconds between the announcement of a version and its use.
    uint64 public immutable delay;
    /// @notice Unix seconds at which the last pause ends, or was ended.
    uint64 public pausedUntil;
    /// @notice Versions by number, from 1.
    mapping(uint8 version => Version) public versions;
    /// @notice The number of a circuit's version; 0 for none.
    mapping(bytes32 circuit => uint8) public versionOf;
    /// @notice How many there are.
    uint8 public versionCount;

    /// @param admin Who may announce and freeze versions and pause.
    /// @param delay_ Seconds that new versions wait.
    /// @param first The fronts whose proofs count from the start.
    constructor(address admin, uint64 delay_, ICovenantVerifier[] memory first) Ownable(admin) {
        require(
            delay_ >= LEAST_DELAY && delay_ <= MOST_DELAY,
            DelayOutOfRange(LEAST_DELAY, MOST_DELAY, delay_)
        );
        delay = delay_;
        for (uint256 i; i < first.length; ++i) {
            _add(first[i], uint64(block.timestamp));
        }
    }

    /// @notice Announces a version. The admin's. No front is made for the circuits that were retired
    /// already; see CovenantVerifier.
    function announceVersion(ICovenantVerifier verifier) external onlyOwner {
        _add(verifier, uint64(block.timestamp) + delay);
    }

    /// @notice Freezes a version for good, one that does not count yet too. The admin's.
    function freezeVersion(uint8 version) external onlyOwner {
        Version storage v = versions[version];
        require(address(v.verifier) != address(0), UnknownVersion(version));
        v.frozen = true;
        emit VersionFrozen(version, v.verifier.circuit());
    }

    /// @notice Stops submissions, and what is covered, for `PAUSE` at most; or resumes them. The
    /// admin's. Pledges stay.
    function setPaused(bool paused_) external onlyOwner {
        if (paused_) {
            uint64 again = pausedUntil + PAUSE;
            // slither-disable-next-line incorrect-equality (0 is never)
            require(pausedUntil == 0 || block.timestamp >= again, PausedLately(again));
            pausedUntil = uint64(block.timestamp) + PAUSE;
        } else if (paused()) {
            pausedUntil = uint64(block.timestamp);
        }
        emit PauseChanged(pausedUntil);
    }

    /// @notice Whether submissions are stopped.
    function paused() public view returns (bool) {
        return block.timestamp < pausedUntil;
    }

    /// @notice Nobody: a registry whose admin is gone cannot freeze a version that turns out wrong.
    function renounceOwnership() public pure override {
        revert NoRenouncing();
    }

    /// @notice The front of a version. Reverts unless its proofs count now.
    function verifierOf(uint8 version) external view returns (ICovenantVerifier) {
        require(!paused(), Paused(pausedUntil));
        Version storage v = versions[version];
        require(address(v.verifier) != address(0), UnknownVersion(version));
        require(!v.frozen, FrozenVersion(version));
        require(v.from <= block.timestamp, VersionTooEarly(version, v.from));
        return v.verifier;
    }

    /// @notice Whether what a version's proofs covered still counts.
    function counts(uint8 version) external view returns (bool) {
        return !paused() && !versions[version].frozen;
    }

    function _add(ICovenantVerifier verifier, uint64 from) private {
        // slither-disable-next-line calls-loop (once for each circuit, when it is deployed)
        bytes32 circuit = verifier.circuit();
        require(versionOf[circuit] == 0, KnownCircuit(circuit));
        // slither-disable-next-line costly-loop
        uint8 version = ++versionCount;
        versions[version] = Version(verifier, from, false);
        versionOf[circuit] = version;
        emit VersionAnnounced(version, circuit, address(verifier), from);
    }
}
