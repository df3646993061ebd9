// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {ICovenantRegistry} from "../interfaces/ICovenantRegistry.sol";
import {IReserveAction} from "./IReserveAction.sol";

/// @notice An asset, and the facility that must be covered for it.
/// @param terms Hash of the terms, which name the asset's supply as a debt source.
struct Reserve {
    address asset;
    uint128 facility;
    bytes32 terms;
}

/// @title Whether the assets of a protocol are backed, and what anybody may do if one is not
/// @notice For money markets that read a proof-of-reserve aggregator or executor in Aave's manner. An
/// asset is backed while its facility is covered under the pinned terms: what is owed now is at most
/// what was proved. One that is not backed is not known to lack anything; its proof may just have
/// ended. The list is set for good, and nobody administrates it.
contract CovenantReserve {
    /// @notice More assets than one call may go through.
    error TooMany(uint256 most, uint256 got);
    /// @notice There is nothing to watch.
    error NoReserves();
    /// @notice An asset or its terms are 0, or the asset is named twice.
    error BadReserve(uint256 index);
    /// @notice The action has no code.
    error NoAction(address action);
    /// @notice The asset is not one of these.
    error UnknownAsset(address asset);
    /// @notice This asset is backed.
    error Backed(address asset);
    /// @notice Every asset is backed.
    error AllBacked();

    /// @notice The action was taken for an asset that was not backed.
    event EmergencyActionExecuted(
        address indexed asset, uint128 indexed facility, address indexed caller
    );

    /// @notice Most assets.
    uint256 public constant MOST = 32;

    ICovenantRegistry public immutable registry;
    IReserveAction public immutable action;
    Reserve[] private _reserves;
    /// @dev Place in the list, from 1; 0 for assets that are not in it.
    mapping(address asset => uint256) private _place;

    /// @param reserves_ 1 to 32, of different assets.
    constructor(ICovenantRegistry registry_, IReserveAction action_, Reserve[] memory reserves_) {
        require(address(action_).code.length != 0, NoAction(address(action_)));
        require(reserves_.length != 0, NoReserves());
        require(reserves_.length <= MOST, TooMany(MOST, reserves_.length));
        registry = registry_;
        action = action_;
        for (uint256 i; i < reserves_.length; ++i) {
            Reserve memory r = reserves_[i];
            require(r.asset != address(0) && r.terms != 0 && _place[r.asset] == 0, BadReserve(i));
            _reserves.push(r);
            _place[r.asset] = i + 1;
        }
    }

    /// @notice The assets, in order.
    function getAssets() external view returns (address[] memory assets) {
        assets = new address[](_reserves.length);
        for (uint256 i; i < assets.length; ++i) {
            assets[i] = _reserves[i].asset;
        }
    }

    /// @notice What must be covered for an asset.
    function reserveOf(address asset) public view returns (Reserve memory) {
        uint256 place = _place[asset];
        require(place != 0, UnknownAsset(asset));
        return _reserves[place - 1];
    }

    /// @notice Whether an asset is backed. One that is not in the list is not.
    function isBacked(address asset) public view returns (bool) {
        uint256 place = _place[asset];
        return place != 0 && _isBacked(_reserves[place - 1]);
    }

    /// @notice Whether every asset is backed.
    function areAllReservesBacked() public view returns (bool) {
        uint256 count = _reserves.length;
        for (uint256 i; i < count; ++i) {
            if (!_isBacked(_reserves[i])) return false;
        }
        return true;
    }

    /// @notice Whether all of these are backed, and which are not: as Aave's aggregator answers, except
    /// that an asset of which nothing is known is not backed.
    /// @param assets 32 at most.
    function areAllReservesBacked(address[] calldata assets)
        external
        view
        returns (bool all, bool[] memory unbacked)
    {
        require(assets.length <= MOST, TooMany(MOST, assets.length));
        all = true;
        unbacked = new bool[](assets.length);
        for (uint256 i; i < assets.length; ++i) {
            unbacked[i] = !isBacked(assets[i]);
            if (unbacked[i]) all = false;
        }
    }

    /// @notice Whether `executeEmergencyAction` would do something.
    function isEmergencyActionPossible() external view returns (bool) {
        return !areAllReservesBacked();
    }

    /// @notice Takes the action for every asset that is not backed. Anybody's. Reverts with what the
    /// action reverts with; `execute` goes around it.
    function executeEmergencyAction() external {
        bool done = false;
        for (uint256 i; i < _reserves.length; ++i) {
            if (_isBacked(_reserves[i])) continue;
            done = true;
            _execute(_reserves[i]);
        }
        require(done, AllBacked());
    }

    /// @notice Takes the action for one asset, whatever is with the others: where one of them needs too
    /// much gas, or the action reverts for it. Anybody's.
    function execute(address asset) external {
        Reserve memory r = reserveOf(asset);
        require(!_isBacked(r), Backed(asset));
        _execute(r);
    }

    /// @dev Where too little gas is given for a debt to be read, the registry reverts, and so does this:
    /// caught, it would be a way to make a covered facility look uncovered.
    function _isBacked(Reserve memory r) private view returns (bool) {
        // slither-disable-next-line calls-loop (every reserve is looked at)
        return registry.isCovered(r.facility, r.terms);
    }

    function _execute(Reserve memory r) private {
        emit EmergencyActionExecuted(r.asset, r.facility, msg.sender);
        // slither-disable-next-line calls-loop (`execute` goes around one that fails)
        action.onUnbacked(r.asset, r.facility);
    }
}
