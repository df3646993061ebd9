// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

// What halmos shows for every value, not for those that were drawn: `make halmos`. Forge runs none of it.

import {DebtSources, TokenDebt} from "../../src/DebtSources.sol";
import {AggregatorV3Interface} from "../../src/interfaces/AggregatorV3Interface.sol";
import {ICovenantHook} from "../../src/interfaces/ICovenantHook.sol";
import {IDebtSource} from "../../src/interfaces/IDebtSource.sol";
import {Attester, Feed, Terms} from "../../src/Terms.sol";
import {TermsRules} from "../../src/TermsRules.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

/// The cheat codes of halmos that are used here.
interface Vm {
    function assume(bool condition) external pure;
}

Vm constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

/// The libraries, with calldata.
contract Exposed {
    function strengthens(Terms calldata old, Terms calldata next) external pure returns (bool) {
        return TermsRules.strengthens(old, next);
    }

    function total(IDebtSource[] calldata sources, uint256 fixedDebt)
        external
        view
        returns (bool known, uint256 sum)
    {
        return DebtSources.total(sources, fixedDebt);
    }
}

/// What of terms is a number, or is compared like one; the lists have two entries at most.
struct Scalars {
    uint256 policy;
    uint32 minRatioBps;
    uint128 minPublicDebt;
    uint64 maxAccountAge;
    uint64 maxWindow;
    uint64 maxPriceAge;
    uint64 maxLag;
    uint64 coverageSeconds;
    uint8 attesterQuorum;
    uint8 priceQuorum;
    uint64 sequencerGrace;
    uint128 bond;
    uint64 cureSeconds;
    address beneficiary;
    uint256 securedParty;
    bytes32 wording;
    uint8 roles;
    bytes32 circuit;
    address source;
}

/// What a submission says, and what is there when it comes.
struct Shown {
    uint256 policy;
    uint32 ratioBps;
    uint128 debt;
    uint64 accountAge;
    uint64 window;
    uint64 priceAge;
    uint64 lag;
    uint64 covers;
    uint8 attesters;
    uint8 priceSigners;
    uint64 up;
    uint128 bond;
    uint256 undertakenFor;
    bytes32 wording;
    bytes32 circuit;
}

contract StrengthTest {
    Exposed private rules = new Exposed();

    /// Whatever passes under stronger terms passes under those before.
    function check_stronger_terms_accept_no_more(
        Scalars memory old,
        Scalars memory next,
        Shown memory s,
        bool oldAny,
        bool nextAny
    ) external view {
        vm.assume(_passes(next, nextAny, s));
        vm.assume(rules.strengthens(_terms(old, oldAny, 1), _terms(next, nextAny, 1)));
        assert(_passes(old, oldAny, s));
    }

    /// Whatever holds a lien under the terms before holds it under stronger ones.
    function check_stronger_terms_keep_the_source(Scalars memory old, Scalars memory next)
        external
        view
    {
        vm.assume(rules.strengthens(_terms(old, true, 1), _terms(next, true, 1)));
        assert(next.minPublicDebt >= old.minPublicDebt && old.beneficiary == next.beneficiary);
        assert(old.source == next.source);
    }

    function check_stronger_terms_keep_the_debt(Scalars memory old, Scalars memory next)
        external
        view
    {
        vm.assume(rules.strengthens(_terms(old, true, 0), _terms(next, true, 1)));
        assert(next.minPublicDebt >= old.minPublicDebt && old.beneficiary == next.beneficiary);
    }

    function check_stronger_terms_drop_no_source(Scalars memory old, Scalars memory next)
        external
        view
    {
        assert(!rules.strengthens(_terms(old, true, 1), _terms(next, true, 0)));
    }

    function check_terms_are_as_strong_as_themselves(Scalars memory t, bool any) external view {
        assert(rules.strengthens(_terms(t, any, 1), _terms(t, any, 1)));
    }

    function check_strength_is_transitive(
        Scalars memory a,
        Scalars memory b,
        Scalars memory c,
        bool aAny,
        bool bAny,
        bool cAny
    ) external view {
        vm.assume(rules.strengthens(_terms(a, aAny, 1), _terms(b, bAny, 1)));
        vm.assume(rules.strengthens(_terms(b, bAny, 1), _terms(c, cAny, 1)));
        assert(rules.strengthens(_terms(a, aAny, 1), _terms(c, cAny, 1)));
    }

    /// The registry's checks of all that is a number.
    function _passes(Scalars memory t, bool any, Shown memory s) private pure returns (bool ok) {
        bool undertaken = t.securedParty == 0
            || (t.securedParty == s.undertakenFor && t.wording == s.wording);
        bool circuit = any || t.circuit == s.circuit;
        // One value, not a branch each.
        ok = true;
        assembly ("memory-safe") {
            function word(p, i) -> v { v := mload(add(p, mul(32, i))) }
            ok := and(undertaken, circuit)
            ok := and(ok, eq(word(s, 0), word(t, 0)))
            ok := and(ok, iszero(lt(word(s, 1), word(t, 1))))
            ok := and(ok, iszero(lt(word(s, 2), word(t, 2))))
            ok := and(ok, iszero(gt(word(s, 3), word(t, 3))))
            ok := and(ok, iszero(gt(word(s, 4), word(t, 4))))
            ok := and(ok, iszero(gt(word(s, 5), word(t, 5))))
            ok := and(ok, iszero(gt(word(s, 6), word(t, 6))))
            ok := and(ok, iszero(gt(word(s, 7), word(t, 7))))
            ok := and(ok, iszero(lt(word(s, 8), word(t, 8))))
            ok := and(ok, iszero(lt(word(s, 9), word(t, 9))))
            ok := and(ok, gt(word(s, 10), word(t, 10)))
            ok := and(ok, iszero(lt(word(s, 11), word(t, 11))))
        }
    }

    function _terms(Scalars memory s, bool any, uint256 sources)
        private
        pure
        returns (Terms memory t)
    {
        (t.subject, t.policy, t.envelope) = (7, s.policy, bytes32(uint256(1)));
        (t.minRatioBps, t.minPublicDebt) = (s.minRatioBps, s.minPublicDebt);
        (t.maxAccountAge, t.maxWindow) = (s.maxAccountAge, s.maxWindow);
        (t.maxPriceAge, t.maxLag) = (s.maxPriceAge, s.maxLag);
        (t.coverageSeconds, t.cureSeconds) = (s.coverageSeconds, s.cureSeconds);
        (t.attesterQuorum, t.priceQuorum) = (s.attesterQuorum, s.priceQuorum);
        (t.sequencerGrace, t.bond) = (s.sequencerGrace, s.bond);
        (t.beneficiary, t.securedParty, t.wording) = (s.beneficiary, s.securedParty, s.wording);
        t.circuits = new bytes32[](any ? 0 : 1);
        if (!any) t.circuits[0] = s.circuit;
        t.debtSources = new IDebtSource[](sources);
        if (sources != 0) t.debtSources[0] = IDebtSource(s.source);
        t.attesters = new Attester[](1);
        t.attesters[0] = Attester(address(1), address(1), s.roles);
    }
}

contract Supply {
    uint256 public totalSupply;
    uint8 public decimals;

    constructor(uint8 decimals_) {
        decimals = decimals_;
    }

    function set(uint256 supply) external {
        totalSupply = supply;
    }
}

contract Says {
    uint256 private immutable _debt;
    bool private immutable _fails;

    constructor(uint256 debt_, bool fails) {
        (_debt, _fails) = (debt_, fails);
    }

    function debt() external view returns (uint256) {
        require(!_fails);
        return _debt;
    }
}

contract DebtTest {
    Exposed private rules = new Exposed();

    /// What a token's supply is in micro-units. With more decimals there are divisions that no solver
    /// ends: the rounding is drawn by test/Debt.t.sol, and envelopes by test/Envelopes.t.sol.
    function check_debt_0_decimals(uint256 supply) external {
        vm.assume(supply < 1 << 80);
        Supply token = new Supply(0);
        TokenDebt source = new TokenDebt(IERC20Metadata(address(token)));
        token.set(supply);
        assert(source.debt() == supply * 1e6);
    }

    /// The sum is known where every source says something that a statement can hold, and only then.
    function check_total(uint256 a, uint256 b, bool aFails, bool bFails, uint80 fixedDebt)
        external
    {
        IDebtSource[] memory sources = new IDebtSource[](2);
        sources[0] = IDebtSource(address(new Says(a, aFails)));
        sources[1] = IDebtSource(address(new Says(b, bFails)));
        (bool known, uint256 sum) = rules.total(sources, fixedDebt);
        assert(known == (!aFails && !bFails && a < 1 << 80 && b < 1 << 80));
        assert(sum == (known ? a + b + fixedDebt : 0));
    }
}
