// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {ERC20, ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ICovenantFacilities} from "../dropins/ICovenantFacilities.sol";
import {ICovenantHook} from "../interfaces/ICovenantHook.sol";
import {IDebtSource} from "../interfaces/IDebtSource.sol";
import {Terms} from "../Terms.sol";

/// @title EXAMPLE, not audited: a vault that lends to one borrower while collateral is proved
/// @notice Depositors hold shares (ERC-4626). The borrower draws only while its facility is covered under
/// the terms that the lender pinned, what it then owes included. The vault is a debt source of these
/// terms, their beneficiary and their hook: what is owed holds the pledged accounts, an early end
/// stops draws, and an end that is not cured puts the loan in default. A coverage that just lapses is
/// told to no hook, so anybody may note it; noted for long enough, it is a default too.
///
/// The asset is a plain token without fees, of which one whole token is one unit of the policy's quote
/// currency. Interest is simple, on the principal. In default, the loan counts as nothing in the
/// shares' price and nobody may deposit; who stays gets what is repaid later.
contract LendingVault is ERC4626, IDebtSource, ICovenantHook {
    using SafeERC20 for IERC20;

    /// @notice Only the lender does this.
    error NotLender(address lender, address caller);
    /// @notice Only the borrower does this.
    error NotBorrower(address borrower, address caller);
    /// @notice Only the registry does this.
    error NotRegistry(address registry, address caller);
    /// @notice The registry tells of another facility, whose terms name this vault.
    error WrongFacility(uint128 expected, uint128 got);
    /// @notice Terms are pinned once.
    error AlreadyPinned(bytes32 terms);
    /// @notice No terms are pinned.
    error NotPinned();
    /// @notice The terms do not name this vault as a debt source.
    error NotADebtSource();
    /// @notice The terms name another beneficiary.
    error NotBeneficiary(address beneficiary);
    /// @notice The terms name another hook.
    error NotHook(address hook);
    /// @notice The asset has more decimals than any supply could have.
    error TooManyDecimals(uint8 most, uint8 got);
    /// @notice A pause of the registry may last as long as this lapse.
    error LapseTooShort(uint64 least, uint64 got);
    /// @notice The loan is in default.
    error InDefault();
    /// @notice The lender has let the collateral go.
    error LoanClosed();
    /// @notice The coverage was ended early, and nobody has shown a new one by `noteCoverage`.
    error DrawsStopped(uint64 cureBy);
    /// @notice What would be owed is not covered now under the pinned terms.
    error NotCovered(uint128 facility, bytes32 terms);
    /// @notice The vault has less.
    error NotEnoughCash(uint256 cash, uint256 asked);
    /// @notice There is debt.
    error DebtOutstanding(uint256 owed);
    /// @notice There is no debt.
    error NothingOwed();
    /// @notice The lapse was not noted, or is not over.
    error NotLapsed(uint64 since, uint64 lapse);
    /// @notice The facility is covered.
    error StillCovered();

    event TermsPinned(bytes32 terms);
    event Drawn(address indexed to, uint256 amount, uint256 owed);
    event Repaid(address indexed by, uint256 amount, uint256 owed);
    event CoverageStopped(uint64 cureBy);
    /// @param since Unix seconds from which the facility is known to be uncovered; 0 where it is covered.
    event CoverageNoted(uint64 since);
    event Defaulted();
    event DefaultWaived();
    event LoanClosedByLender();

    /// @notice The least lapse: longer than a pause of the registry, in which nobody can prove.
    uint64 public constant LEAST_LAPSE = 4 days;
    uint8 private constant MOST_DECIMALS = 30;
    /// @dev Of interest: basis points and seconds of a year.
    uint256 private constant YEAR = 10_000 * 365 days;

    ICovenantFacilities public immutable registry;
    uint128 public immutable facility;
    address public immutable lender;
    address public immutable borrower;
    /// @notice Basis points a year.
    uint32 public immutable rateBps;
    /// @notice Seconds after which a lapse that was noted is a default.
    uint64 public immutable lapse;
    uint256 private immutable _unit;

    /// @notice Hash of the terms; 0 before they were pinned.
    bytes32 public terms;
    /// @notice Units of the asset that were drawn and not repaid.
    uint256 public principal;
    /// @dev Interest until `_accruedAt`, times `YEAR`.
    uint256 private _interest;
    uint64 private _accruedAt;
    /// @notice Until when a new proof cures an early end; 0 where there was none, or it was cured.
    uint64 public cureBy;
    /// @notice Since when the facility is known to be uncovered; 0 where it is not.
    uint64 public uncoveredSince;
    bool public inDefault;
    /// @notice Whether the lender let the collateral go. There are no draws after that.
    bool public closed;

    modifier onlyLender() {
        require(msg.sender == lender, NotLender(lender, msg.sender));
        _;
    }

    modifier onlyRegistry(uint128 facility_) {
        require(msg.sender == address(registry), NotRegistry(address(registry), msg.sender));
        // Anybody may open a facility whose terms name this vault as their hook.
        require(facility_ == facility, WrongFacility(facility, facility_));
        _;
    }

    /// @param facility_ Its id follows from owner and salt, so it may be opened later: the terms name the
    /// vault.
    /// @param lapse_ Seconds, 4 days at least.
    constructor(
        IERC20Metadata asset_,
        string memory name_,
        string memory symbol_,
        ICovenantFacilities registry_,
        uint128 facility_,
        address lender_,
        address borrower_,
        uint32 rateBps_,
        uint64 lapse_
    ) ERC20(name_, symbol_) ERC4626(asset_) {
        uint8 decimals_ = asset_.decimals();
        require(decimals_ <= MOST_DECIMALS, TooManyDecimals(MOST_DECIMALS, decimals_));
        require(lapse_ >= LEAST_LAPSE, LapseTooShort(LEAST_LAPSE, lapse_));
        registry = registry_;
        facility = facility_;
        // slither-disable-next-line missing-zero-check (nobody would pin terms)
        lender = lender_;
        // slither-disable-next-line missing-zero-check (nobody would draw)
        borrower = borrower_;
        rateBps = rateBps_;
        lapse = lapse_;
        _unit = 10 ** decimals_;
    }

    /// @notice Pins the terms, once. The lender's, who must have read them: what the policy counts and
    /// who attests is in them.
    function pin(Terms calldata terms_) external onlyLender {
        require(terms == 0, AlreadyPinned(terms));
        bool named = false;
        for (uint256 i; i < terms_.debtSources.length; ++i) {
            named = named || address(terms_.debtSources[i]) == address(this);
        }
        require(named, NotADebtSource());
        require(terms_.beneficiary == address(this), NotBeneficiary(terms_.beneficiary));
        require(address(terms_.hook) == address(this), NotHook(address(terms_.hook)));
        terms = keccak256(abi.encode(terms_));
        emit TermsPinned(terms);
    }

    /// @notice Lends to the borrower, if what it then owes is covered.
    /// @param amount Units of the asset.
    function draw(uint256 amount, address to) external {
        require(msg.sender == borrower, NotBorrower(borrower, msg.sender));
        require(terms != 0, NotPinned());
        require(!inDefault, InDefault());
        require(!closed, LoanClosed());
        require(cureBy == 0, DrawsStopped(cureBy));
        uint256 cash = IERC20(asset()).balanceOf(address(this));
        require(amount <= cash, NotEnoughCash(cash, amount));
        _accrue();
        principal += amount;
        // The registry reads `debt` of this vault, with the draw in it.
        // slither-disable-next-line unused-return (until when is `isCovered`'s)
        (uint256 proved,,) = registry.provedDebt(facility, terms);
        require(
            debt() <= proved && registry.isCovered(facility, terms), NotCovered(facility, terms)
        );
        uncoveredSince = 0;
        emit Drawn(to, amount, owed());
        IERC20(asset()).safeTransfer(to, amount);
    }

    /// @notice Repays what is owed, interest first. Anybody's, at any time.
    /// @param amount Units of the asset; no more than what is owed is taken.
    function repay(uint256 amount) external {
        if (amount > owed()) amount = owed();
        // First, so that nobody who is called meanwhile sees the debt gone and the asset not there.
        IERC20(asset()).safeTransferFrom(msg.sender, address(this), amount);
        _accrue();
        uint256 interest = Math.ceilDiv(_interest, YEAR);
        if (amount < interest) {
            _interest -= amount * YEAR;
        } else {
            _interest = 0;
            principal -= Math.min(amount - interest, principal);
        }
        emit Repaid(msg.sender, amount, owed());
    }

    /// @notice Notes whether the facility is covered now. Anybody's. The borrower calls it after a new
    /// proof, as draws wait for that; whoever wants the loan in default, while nothing is covered.
    function noteCoverage() external {
        if (registry.isCovered(facility, terms)) {
            (cureBy, uncoveredSince) = (0, 0);
        // slither-disable-next-line incorrect-equality (0 is none)
        } else if (uncoveredSince == 0) {
            uncoveredSince = uint64(block.timestamp);
        }
        emit CoverageNoted(uncoveredSince);
    }

    /// @notice Puts the loan in default where nothing was covered from a note on until now. Anybody's.
    function declareDefault() external {
        require(owed() != 0, NothingOwed());
        require(
            uncoveredSince != 0 && block.timestamp >= uncoveredSince + lapse,
            NotLapsed(uncoveredSince, lapse)
        );
        require(!registry.isCovered(facility, terms), StillCovered());
        _default();
    }

    /// @notice Takes a default back. The lender's.
    function waiveDefault() external onlyLender {
        (inDefault, uncoveredSince) = (false, 0);
        emit DefaultWaived();
    }

    /// @notice Lets the pledged accounts go, where other debt of the facility holds them, once nothing is
    /// owed here; the loan is closed then. The lender's. A consent lasts until the next proof, so a
    /// draw after it would be a loan whose collateral may leave.
    function consentToRelease(Terms calldata terms_) external onlyLender {
        // slither-disable-next-line incorrect-equality (what is owed is exact)
        require(owed() == 0, DebtOutstanding(owed()));
        closed = true;
        emit LoanClosedByLender();
        registry.consentToRelease(facility, terms_);
    }

    /// @inheritdoc ICovenantHook
    function onCoverageEnded(uint128 facility_, uint64 cureBy_) external onlyRegistry(facility_) {
        cureBy = cureBy_;
        if (uncoveredSince == 0) uncoveredSince = uint64(block.timestamp);
        emit CoverageStopped(cureBy_);
    }

    /// @inheritdoc ICovenantHook
    function onUncured(uint128 facility_) external onlyRegistry(facility_) {
        if (owed() != 0) _default();
    }

    /// @notice Units of the asset that are owed now, rounded up.
    function owed() public view returns (uint256) {
        return principal + Math.ceilDiv(_interestNow(), YEAR);
    }

    /// @inheritdoc IDebtSource
    function debt() public view returns (uint256) {
        return Math.ceilDiv(owed() * 1e6, _unit);
    }

    /// @notice Cash and the loan with its interest, rounded down; in default, cash alone.
    function totalAssets() public view override returns (uint256) {
        uint256 cash = IERC20(asset()).balanceOf(address(this));
        return inDefault ? cash : cash + principal + _interestNow() / YEAR;
    }

    /// @notice Nothing in default, or after the loan was closed.
    function maxDeposit(address) public view override returns (uint256) {
        return inDefault || closed ? 0 : type(uint256).max;
    }

    /// @notice Nothing in default, or after the loan was closed.
    function maxMint(address to) public view override returns (uint256) {
        return maxDeposit(to);
    }

    /// @notice No more than there is cash for.
    function maxRedeem(address owner) public view override returns (uint256) {
        return Math.min(
            balanceOf(owner), convertToShares(IERC20(asset()).balanceOf(address(this)))
        );
    }

    function _default() private {
        inDefault = true;
        emit Defaulted();
    }

    function _accrue() private {
        _interest = _interestNow();
        _accruedAt = uint64(block.timestamp);
    }

    /// @dev Times `YEAR`.
    function _interestNow() private view returns (uint256) {
        return _interest + principal * rateBps * (block.timestamp - _accruedAt);
    }
}
