// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {TokenDebt} from "../DebtSources.sol";
import {ICovenantRegistry} from "../interfaces/ICovenantRegistry.sol";
import {IDebtSource} from "../interfaces/IDebtSource.sol";
import {Terms} from "../Terms.sol";
import {Backing, Backings} from "./Backings.sol";
import {ICompliance, IComplianceModule} from "./IComplianceModule.sol";

/// @title Minting of an ERC-3643 token within what is proved
/// @notice A compliance module. It allows a mint only while the token's facility is covered under terms
/// that the compliance pinned, and only up to what is proved for the token: the proved debt less the
/// facility's other debts. On request it allows transfers only while that holds too. Burning is always
/// allowed. What agents force (`forcedTransfer`, recovery) is not asked about, and goes through.
///
/// One module serves many compliances, each with its own configuration. Until it has one, nothing but
/// burning is allowed. Its owner may change it at any time, as it may remove the module: holders trust
/// it for that.
contract CovenantCompliance is IComplianceModule {
    using Backings for Backing;

    /// @notice Only the compliance itself does this, by `addModule` and the like.
    error NotCompliance(address compliance, address caller);
    /// @notice The compliance is bound already.
    error AlreadyBound(address compliance);
    /// @notice The caller is no compliance that is bound.
    error NotBound(address caller);
    /// @notice The debt source measures another token than the compliance's.
    error WrongSource(IDebtSource source, address token);
    /// @notice The token has more decimals than any supply could have.
    error TooManyDecimals(uint8 most, uint8 got);
    /// @notice The supply that results is not covered now under the pinned terms.
    error NotCovered(uint128 facility, bytes32 terms);

    /// @notice A compliance pinned terms.
    event Configured(
        address indexed compliance,
        uint128 indexed facility,
        bytes32 terms,
        IDebtSource source,
        bool transfersToo
    );

    /// @param unit Of the token: 10^decimals.
    struct Configuration {
        Backing backing;
        uint256 unit;
        bool transfersToo;
    }

    uint8 private constant MOST_DECIMALS = 30;

    ICovenantRegistry public immutable registry;
    /// @inheritdoc IComplianceModule
    mapping(address compliance => bool) public isComplianceBound;
    mapping(address compliance => Configuration) private _configurations;

    modifier onlyBound() {
        require(isComplianceBound[msg.sender], NotBound(msg.sender));
        _;
    }

    constructor(ICovenantRegistry registry_) {
        registry = registry_;
    }

    /// @inheritdoc IComplianceModule
    function name() external pure returns (string memory) {
        return "CovenantCompliance";
    }

    /// @inheritdoc IComplianceModule
    function isPlugAndPlay() external pure returns (bool) {
        return false;
    }

    /// @inheritdoc IComplianceModule
    /// @dev Its token must be bound before, as that is what is configured.
    function canComplianceBind(address compliance) external view returns (bool) {
        if (compliance.code.length == 0) return false;
        try ICompliance(compliance).getTokenBound() returns (address token) {
            return token.code.length != 0;
        } catch {
            return false;
        }
    }

    /// @inheritdoc IComplianceModule
    function bindCompliance(address compliance) external {
        require(msg.sender == compliance, NotCompliance(compliance, msg.sender));
        require(!isComplianceBound[compliance], AlreadyBound(compliance));
        isComplianceBound[compliance] = true;
        emit ComplianceBound(compliance);
    }

    /// @inheritdoc IComplianceModule
    function unbindCompliance(address compliance) external onlyBound {
        require(msg.sender == compliance, NotCompliance(compliance, msg.sender));
        delete isComplianceBound[compliance];
        delete _configurations[compliance];
        emit ComplianceUnbound(compliance);
    }

    /// @notice Pins the terms for the calling compliance's token, in place of those that it pinned
    /// before. Its owner calls it by `callModuleFunction`.
    /// @param source Which of the terms' debt sources is the token's supply: the token itself, or a
    /// `TokenDebt` of it.
    /// @param transfersToo Whether transfers too need coverage. Then nobody can sell while there is
    /// none.
    function configure(
        uint128 facility,
        Terms calldata terms,
        IDebtSource source,
        bool transfersToo
    ) external onlyBound {
        address token = ICompliance(msg.sender).getTokenBound();
        require(
            address(source) == token || address(TokenDebt(address(source)).token()) == token,
            WrongSource(source, token)
        );
        uint8 decimals = IERC20Metadata(token).decimals();
        require(decimals <= MOST_DECIMALS, TooManyDecimals(MOST_DECIMALS, decimals));
        delete _configurations[msg.sender];
        Configuration storage c = _configurations[msg.sender];
        c.backing.pin(facility, terms, source);
        (c.unit, c.transfersToo) = (10 ** decimals, transfersToo);
        emit Configured(msg.sender, facility, c.backing.terms, source, transfersToo);
    }

    /// @notice What a compliance has pinned; the terms by their hash, 0 where it has pinned none.
    function configurationOf(address compliance)
        external
        view
        returns (uint128 facility, bytes32 terms, bool transfersToo)
    {
        Configuration storage c = _configurations[compliance];
        return (c.backing.facility, c.backing.terms, c.transfersToo);
    }

    /// @inheritdoc IComplianceModule
    function moduleCheck(address from, address to, uint256 value, address compliance)
        external
        view
        returns (bool)
    {
        if (to == address(0)) return true;
        Configuration storage c = _configurations[compliance];
        if (c.backing.terms == 0) return false;
        if (from == address(0)) return _isWithin(c, compliance, value);
        return !c.transfersToo || _isWithin(c, compliance, 0);
    }

    /// @inheritdoc IComplianceModule
    /// @dev Once more, with the supply as it is now: a token might mint without a check.
    function moduleMintAction(address, uint256) external view onlyBound {
        Configuration storage c = _configurations[msg.sender];
        require(
            c.backing.terms != 0 && _isWithin(c, msg.sender, 0),
            NotCovered(c.backing.facility, c.backing.terms)
        );
    }

    /// @inheritdoc IComplianceModule
    /// @dev Not checked again: an agent that recovers a lost wallet does not ask before.
    function moduleTransferAction(address, address, uint256) external onlyBound {}

    /// @inheritdoc IComplianceModule
    function moduleBurnAction(address, uint256) external onlyBound {}

    /// @dev Whether the facility is covered and the supply with `minted` more is within what is proved
    /// for it.
    function _isWithin(Configuration storage c, address compliance, uint256 minted)
        private
        view
        returns (bool)
    {
        if (!registry.isCovered(c.backing.facility, c.backing.terms)) return false;
        uint256 supply = IERC20Metadata(ICompliance(compliance).getTokenBound()).totalSupply();
        // More would overflow, and is surely not covered.
        if (supply >= 1 << 190 || minted >= 1 << 190) return false;
        // slither-disable-next-line unused-return (a lapsed coverage is no coverage)
        (uint256 left,) = c.backing.proved(registry);
        return ((supply + minted) * 1e6 + c.unit - 1) / c.unit <= left;
    }
}
