// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

/// @notice What a policy lets a proof say of later prices (docs/spec.md, section 6a), as
/// `Terms.envelope` hashes it.
/// @param ratios Required ratio of every scenario of the policy, in basis points; 0 for one that
/// requires nothing.
/// @param multipliers Of each asset's price, in 1/10^4, scenario by scenario, in digest order.
/// @param owed Bit a: the policy lets asset a be owed.
/// @param weightless Bit a: every weight of asset a is 0.
struct Envelope {
    uint32[] ratios;
    uint32[] multipliers;
    uint256 owed;
    uint256 weightless;
}

/// @notice What was proved, as far as the envelope needs it.
/// @param ratioBps The base ratio.
/// @param mayOwe Whether the basket has a liability.
/// @param prices That were proved with.
struct ProvedAt {
    uint32 ratioBps;
    bool mayOwe;
    uint128[] prices;
}

/// @title Whether prices of now are inside of what a proof said
/// @dev Scenario 0 is the base: every multiplier 10^4, the public ratio. Prices are below 2^120,
/// multipliers below 2^16 and vectors below 2^100: nothing here overflows, and where an envelope that
/// no policy has would, the arithmetic is checked.
library Envelopes {
    /// @notice The envelope is not that of the terms.
    error WrongEnvelope(bytes32 expected, bytes32 got);
    /// @notice Not one per asset, or per scenario and asset.
    error WrongLength(uint256 expected, uint256 got);
    /// @notice An entry of the vector is out of range, or has a sign that shows nothing.
    error BadVector(uint256 asset);
    /// @notice The vector does not keep present prices apart from this scenario.
    error NotOutside(uint256 scenario);

    uint256 private constant ONE = 10_000;
    int256 private constant LIMIT = 1 << 100;

    /// @notice Reverts unless the envelope is that of a hash, and for so many assets.
    function check(Envelope calldata e, bytes32 expected, uint256 assets) internal pure {
        bytes32 got = keccak256(abi.encode(e.ratios, e.multipliers, e.owed, e.weightless));
        require(expected == got, WrongEnvelope(expected, got));
        uint256 length = e.ratios.length * assets;
        require(e.multipliers.length == length, WrongLength(length, e.multipliers.length));
    }

    /// @notice Reverts unless a vector shows that no mixture of what was proved contains the present
    /// prices: sum of y_a q_a 10^4 is less than sum of y_a p_a m_ja for every scenario j.
    function checkOutside(
        Envelope calldata e,
        ProvedAt calldata p,
        uint128[] calldata q,
        int256[] calldata y
    ) internal pure {
        uint256 assets = p.prices.length;
        require(q.length == assets, WrongLength(assets, q.length));
        require(y.length == assets, WrongLength(assets, y.length));
        for (uint256 a; a < assets; ++a) {
            bool owed = p.mayOwe && (e.owed >> a) & 1 == 1;
            bool weightless = (e.weightless >> a) & 1 == 1;
            require(y[a] > -LIMIT && y[a] < LIMIT, BadVector(a));
            // A price that fell counts where the asset has weight, one that rose where it may be owed.
            require((y[a] >= 0 || owed) && (y[a] <= 0 || !weightless), BadVector(a));
        }
        for (uint256 j; j <= e.ratios.length; ++j) {
            if (j != 0 && e.ratios[j - 1] == 0) continue;
            int256 sum = 0;
            for (uint256 a; a < assets; ++a) {
                int256 now_ = int256(uint256(q[a]) * ONE);
                sum += y[a] * (now_ - int256(p.prices[a] * _multiplier(e, assets, j, a)));
            }
            require(sum < 0, NotOutside(j));
        }
    }

    /// @notice The ratio that is proved at the present prices, shown by weights of the scenarios, the
    /// base first; 0 where they do not show any.
    function ratioInside(
        Envelope calldata e,
        ProvedAt calldata p,
        uint128[] calldata q,
        uint32[] calldata weights
    ) internal pure returns (uint32) {
        uint256 assets = p.prices.length;
        uint256 scenarios = e.ratios.length + 1;
        require(q.length == assets, WrongLength(assets, q.length));
        require(weights.length == scenarios, WrongLength(scenarios, weights.length));
        (uint256 total, uint256 least, uint256 sum) = (0, type(uint256).max, 0);
        for (uint256 j; j < scenarios; ++j) {
            if (weights[j] == 0) continue;
            uint256 ratio = j == 0 ? p.ratioBps : e.ratios[j - 1];
            // Requires nothing, and so promises nothing.
            if (ratio == 0) return 0;
            total += weights[j];
            sum += weights[j] * ratio;
            if (ratio < least) least = ratio;
        }
        if (total == 0) return 0;
        bool owes = false;
        for (uint256 a; a < assets; ++a) {
            uint256 mixed = 0;
            for (uint256 j; j < scenarios; ++j) {
                mixed += weights[j] * _multiplier(e, assets, j, a);
            }
            (uint256 then_, uint256 now_) = (p.prices[a] * mixed, q[a] * ONE * total);
            bool owed = p.mayOwe && (e.owed >> a) & 1 == 1;
            if (now_ < then_ && (e.weightless >> a) & 1 == 0) return 0;
            if (now_ > then_ && owed) return 0;
            owes = owes || owed;
        }
        return uint32(owes ? least : sum / total);
    }

    function _multiplier(Envelope calldata e, uint256 assets, uint256 j, uint256 a)
        private
        pure
        returns (uint256)
    {
        return j == 0 ? ONE : e.multipliers[(j - 1) * assets + a];
    }
}
