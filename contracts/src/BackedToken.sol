// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ICovenantRegistry} from "./interfaces/ICovenantRegistry.sol";
import {IDebtSource} from "./interfaces/IDebtSource.sol";
import {Terms} from "./Terms.sol";

/// @title A token that exists only as far as collateral was proved for it
/// @notice Its supply is a debt source of a facility. It mints only under terms that were pinned, and
/// only terms that name the token as a debt source can be. Minting needs coverage of the supply
/// that results; burning never does.
contract BackedToken is ERC20, IDebtSource {
    /// @notice Only the issuer does this.
    error NotIssuer(address issuer, address caller);
    /// @notice The supply that would result is not covered now under the pinned terms.
    error NotCovered(uint128 facility, bytes32 terms);
    /// @notice The terms do not name this token as a debt source.
    error NotADebtSource();
    /// @notice Other terms than those that were announced.
    error NotAnnounced(bytes32 expected, bytes32 got);
    /// @notice Announced terms may be pinned in this time alone.
    error OutsideGrace(uint256 from, uint256 until);

    event TermsAnnounced(bytes32 terms, uint256 from);
    event TermsPinned(bytes32 terms);

    /// @notice Seconds that holders have before other terms count, and after which the announcement
    /// lapses.
    uint256 public constant NOTICE = 3 days;

    ICovenantRegistry public immutable registry;
    uint128 public immutable facility;
    address public immutable issuer;
    /// @notice Hash of the terms under which it mints; 0 before the first were pinned.
    bytes32 public terms;
    /// @notice Hash of terms that wait; 0 for none.
    bytes32 public announced;
    /// @notice Unix seconds from which they may be pinned, for as long as the notice was.
    uint256 public announcedFrom;

    modifier onlyIssuer() {
        require(msg.sender == issuer, NotIssuer(issuer, msg.sender));
        _;
    }

    constructor(
        string memory name_,
        string memory symbol_,
        ICovenantRegistry registry_,
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

    /// @inheritdoc IDebtSource
    function debt() external view returns (uint256) {
        return totalSupply();
    }

    /// @notice Announces terms under which it will mint in place of the pinned ones.
    function announce(bytes32 terms_) external onlyIssuer {
        (announced, announcedFrom) = (terms_, block.timestamp + NOTICE);
        emit TermsAnnounced(terms_, announcedFrom);
    }

    /// @notice Pins terms: the first ones at once, others after their notice.
    function pin(Terms calldata terms_) external onlyIssuer {
        bytes32 hash = keccak256(abi.encode(terms_));
        if (terms != 0) {
            require(announced == hash, NotAnnounced(announced, hash));
            uint256 from = announcedFrom;
            bool inTime = block.timestamp >= from && block.timestamp < from + NOTICE;
            require(inTime, OutsideGrace(from, from + NOTICE));
        }
        bool named = false;
        for (uint256 i; i < terms_.debtSources.length; ++i) {
            named = named || address(terms_.debtSources[i]) == address(this);
        }
        require(named, NotADebtSource());
        (terms, announced, announcedFrom) = (hash, 0, 0);
        emit TermsPinned(hash);
    }

    /// @notice Mints if the resulting supply is covered.
    function mint(address to, uint256 amount) external onlyIssuer {
        _mint(to, amount);
        // slither-disable-next-line unused-return (until when is `isCovered`'s)
        (uint256 proved,,) = registry.provedDebt(facility, terms);
        require(
            totalSupply() <= proved && registry.isCovered(facility, terms),
            NotCovered(facility, terms)
        );
    }

    /// @notice Burns of the caller's own.
    function burn(uint256 amount) external {
        _burn(msg.sender, amount);
    }
}
