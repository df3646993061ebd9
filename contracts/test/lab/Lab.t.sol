// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

// Attacks that succeeded on the contracts before this edition, each as far as the attacker gets
// now, and what stops it. docs/security/onchain-attacks.md has the table.

import {Attestations, Document} from "../../src/Attestations.sol";
import {BackedToken} from "../../src/BackedToken.sol";
import {Basis, CovenantRegistry, Submission} from "../../src/CovenantRegistry.sol";
import {CovenantRouter} from "../../src/CovenantRouter.sol";
import {CovenantVerifier} from "../../src/CovenantVerifier.sol";
import {Facilities} from "../../src/Facilities.sol";
import {Statement} from "../../src/interfaces/ICovenantVerifier.sol";
import {IDebtSource} from "../../src/interfaces/IDebtSource.sol";
import {Prices, PriceSources} from "../../src/PriceSources.sol";
import {Feed, ROLE_KEY_ONLY, ROLE_REQUIRED, Terms} from "../../src/Terms.sol";
import {TermsRules} from "../../src/TermsRules.sol";
import {Digests} from "../Fixture.sol";
import {SaysYes, SetFeed, StatementIsProof} from "../Helpers.sol";
import {Shipped} from "../Shipped.sol";
import {LabFixture} from "./Fixture.sol";

/// A verifier that needs much gas. Its proof is one byte: 1 is true.
contract CostlyVerifier {
    error ProofInvalid();

    uint256 private constant NEEDS = 430_000;

    fallback(bytes calldata data) external returns (bytes memory) {
        uint256 start = gasleft();
        while (start - gasleft() < NEEDS) {}
        require(data[data.length - 1] == 0x01, ProofInvalid());
        return abi.encode(1);
    }
}

/// A wallet that knows nothing of ERC-1271.
contract PlainWallet {
    receive() external payable {}
}

interface ChainId {
    function chainId(uint256 id) external;
}

contract LabTest is LabFixture {
    // ---- A1: a token whose facility does not name it

    /// Proves a debt of one micro-unit under terms that do not name the token, and mints 10^30.
    function test_a1_mints_by_terms_that_do_not_name_the_token() external {
        (BackedToken token, uint128 id) = _token("A1");
        Terms memory terms = _terms();
        terms.minPublicDebt = 1;
        registry.open("A1", terms);
        _submit(terms, _fresh(id, terms, 1));
        assert(_isCovered(id, terms));
        _mintRefused(token, TOO_MUCH);
        bytes memory named = abi.encodeWithSelector(BackedToken.NotADebtSource.selector);
        _refused(address(token), abi.encodeCall(token.pin, (terms)), named);

        // Then by terms that name it, with the same small proof.
        Terms memory naming = _terms();
        (naming.minPublicDebt, naming.debtSources) = (1, _naming(token).debtSources);
        registry.changeTerms(id, terms, naming);
        vm.warp(NOW + 1);
        _submit(naming, _fresh(id, naming, 1));
        token.pin(naming);
        assert(_isCovered(id, naming));
        _mintRefused(token, TOO_MUCH);
        _mintRefused(token, 1);
        assert(token.totalSupply() == 0);
    }

    // ---- A2: two tokens on one basket

    /// Mints, releases the accounts, pledges them to a second facility and mints there as well.
    function test_a2_releases_and_pledges_again() external {
        (BackedToken token, uint128 id, Terms memory terms) = _backed("A2a");
        (BackedToken second, uint128 other, Terms memory others) = _backed("A2b");
        _submit(terms, _fresh(id, terms));
        token.mint(address(this), 1_000);
        bytes memory outstanding =
            abi.encodeWithSelector(Facilities.DebtOutstanding.selector, true, 1_000);
        _refused(address(registry), abi.encodeCall(registry.release, (id)), outstanding);
        // No beneficiary is named, and the owner is none.
        _refused(
            address(registry),
            abi.encodeCall(registry.consentToRelease, (id, terms)),
            abi.encodeWithSelector(Facilities.NotBeneficiary.selector, address(0), address(this))
        );
        bytes memory pledged = abi.encodeWithSelector(CovenantRegistry.Pledged.selector, 0, id);
        _submitRefused(others, _fresh(other, others), pledged);
        _mintRefused(second, 1_000);
        assert(_isCovered(id, terms) && !_isCovered(other, others));

        // It was the debt that held them.
        token.burn(1_000);
        registry.release(id);
        _submit(others, _fresh(other, others));
        second.mint(address(this), 1_000);
        _mintRefused(token, 1);
        assert(token.totalSupply() == 0 && second.totalSupply() == 1_000);
    }

    /// Lets the coverage lapse, and pledges the accounts to a second facility.
    function test_a2_lets_it_lapse_and_pledges_again() external {
        (BackedToken token, uint128 id, Terms memory terms) = _backed("A2a");
        (BackedToken second, uint128 other, Terms memory others) = _backed("A2b");
        _submit(terms, _fresh(id, terms));
        token.mint(address(this), 1_000);
        vm.warp(NOW + 30 days);
        assert(!_isCovered(id, terms));
        bytes memory pledged = abi.encodeWithSelector(CovenantRegistry.Pledged.selector, 0, id);
        _submitRefused(others, _fresh(other, others), pledged);
        _mintRefused(second, 1_000);
        // The facility itself may prove anew.
        _submit(terms, _fresh(id, terms));
        assert(_isCovered(id, terms));
    }

    /// Drops the token from the terms, so that no debt holds the accounts.
    function test_a2_drops_the_debt_from_the_terms() external {
        (BackedToken token, uint128 id, Terms memory terms) = _backed("A2a");
        _submit(terms, _fresh(id, terms));
        token.mint(address(this), 1_000);
        Terms memory bare = _naming(token);
        bare.debtSources = new IDebtSource[](0);
        registry.announceTerms(id, keccak256(abi.encode(bare)));
        vm.warp(NOW + DELAY);
        _refused(
            address(registry),
            abi.encodeCall(registry.changeTerms, (id, terms, bare)),
            abi.encodeWithSelector(Facilities.DebtOutstanding.selector, true, 1_000)
        );
    }

    // ---- A3: weaker terms, announced long ago

    /// Announces weaker terms at once, proves under the strong ones 180 days later, weakens in the
    /// same block and mints on a proof of one micro-unit.
    function test_a3_applies_an_announcement_of_half_a_year_ago() external {
        (BackedToken token, uint128 id, Terms memory terms) = _backed("A3");
        Terms memory weak = _weak();
        registry.announceTerms(id, keccak256(abi.encode(weak)));
        vm.warp(NOW + 180 days);
        _submit(terms, _fresh(id, terms));
        assert(_isCovered(id, terms));
        _refused(
            address(registry),
            abi.encodeCall(registry.changeTerms, (id, terms, weak)),
            abi.encodeWithSelector(
                Facilities.TooLate.selector, NOW + DELAY + registry.GRACE(), NOW + 180 days
            )
        );
        assert(_isCovered(id, terms));
        token.mint(address(this), 1_000);
        _mintRefused(token, TOO_MUCH);
    }

    /// Weakens in time, and mints on what holders take for the coverage that they knew.
    function test_a3_weakens_in_time_and_mints() external {
        (BackedToken token, uint128 id, Terms memory terms) = _backed("A3");
        Terms memory weak = _weak();
        registry.announceTerms(id, keccak256(abi.encode(weak)));
        token.announce(keccak256(abi.encode(weak)));
        vm.warp(NOW + DELAY);
        _submit(terms, _fresh(id, terms));
        registry.changeTerms(id, terms, weak);
        vm.warp(NOW + DELAY + 1);
        _submit(weak, _fresh(id, weak, 1));
        // Covered, but not for whoever pinned the strong terms.
        assert(_isCovered(id, weak) && !_isCovered(id, terms));
        _mintRefused(token, TOO_MUCH);
        vm.warp(NOW + 3 days);
        _refused(
            address(token),
            abi.encodeCall(token.pin, (weak)),
            abi.encodeWithSelector(BackedToken.NotADebtSource.selector)
        );
        assert(token.totalSupply() == 0);
    }

    /// No debt source, one micro-unit of debt, and the attacker as the beneficiary.
    function _weak() private view returns (Terms memory weak) {
        weak = _terms();
        (weak.minPublicDebt, weak.beneficiary) = (1, address(this));
    }

    // ---- A4: a creditor is left out

    /// Leaves the liability account out, so that nothing of it is subtracted.
    function test_a4_leaves_the_creditor_out() external {
        Terms memory terms = _terms();
        (uint8 place,) = _of(LIABILITY);
        terms.attesters[place].roles |= ROLE_REQUIRED;
        uint128 id = registry.open("A4", terms);
        Submission memory s = _fresh(id, terms);
        s.attestations[0].counterpart = 0;
        _leaveOutCreditor(s);
        _sign(s, terms);
        bytes memory missing =
            abi.encodeWithSelector(CovenantRegistry.CreditorMissing.selector, place);
        _submitRefused(terms, s, missing);
        assert(!_isCovered(id, terms));
        // It was the creditor that was missing.
        _submit(terms, _fresh(id, terms));
        assert(_isCovered(id, terms));
    }

    /// Leaves the margin debt of a custody account out, where no creditor is required.
    function test_a4_leaves_out_what_the_custodian_is_owed() external {
        Submission memory s = _submission();
        _leaveOutCreditor(s);
        _sign(s);
        bytes memory missing =
            abi.encodeWithSelector(CovenantRegistry.CounterpartMissing.selector, 0);
        _submitRefused(_terms(), s, missing);
    }

    // ---- A5: one basket, two registries

    /// Pledges the accounts to a facility of another registry, on this chain or another one.
    function test_a5_pledges_at_another_registry() external {
        Terms memory terms = _terms();
        (terms.securedParty, terms.wording) = (SECURED_PARTY, WORDING);
        uint128 id = registry.open("A5", terms);
        address first = address(registry);
        Submission memory s = _fresh(id, terms);
        _undertake(s, first, id);
        _submit(terms, s);
        assert(_isCovered(id, terms));

        registry = Shipped.registry(router, DELAY);
        assert(registry.open("A5", terms) == id);
        s = _fresh(id, terms);
        _submitRefused(
            terms, s, abi.encodeWithSelector(CovenantRegistry.WrongCount.selector, 1, 0)
        );
        // The custodians have undertaken control for the first facility alone.
        _undertake(s, first, id);
        (, address custodian) = _of(COLLATERAL);
        bytes memory notSigned =
            abi.encodeWithSelector(Attestations.WrongSignature.selector, custodian);
        _submitRefused(terms, s, notSigned);
        assert(!_isCovered(id, terms));

        // The same address on another chain.
        _undertake(s, address(registry), id);
        uint256 here = block.chainid;
        ChainId(address(vm)).chainId(here + 1);
        s.binding.chainId = here + 1;
        _submitRefused(terms, s, notSigned);
        ChainId(address(vm)).chainId(here);
        s.binding.chainId = here;
        _submit(terms, s);
        assert(_isCovered(id, terms));
    }

    // ---- A6: old rounds

    /// Proves with the rounds of 23 hours ago, when everything was worth twice as much.
    function test_a6_proves_with_old_rounds() external {
        (SetFeed[2] memory feeds, Terms memory terms) = _feeds();
        (BackedToken token, uint128 id) = _token("A6");
        terms.debtSources = _naming(token).debtSources;
        (terms.minPublicDebt, terms.beneficiary) = (0, address(0));
        // No terms may allow it.
        (uint64 lag, bytes memory bad) =
            (terms.maxLag, abi.encodeWithSelector(TermsRules.BadTerms.selector, "maxLag"));
        terms.maxLag = 23 hours;
        _refused(address(registry), abi.encodeCall(registry.open, ("A6", terms)), bad);
        terms.maxLag = lag;
        registry.open("A6", terms);
        token.pin(terms);
        uint256 fell = NOW + 23 hours;
        vm.warp(fell);
        feeds[0].set(250, fell, fell, true);
        feeds[1].set(300, fell, fell, true);
        vm.warp(fell + 1 hours);
        Submission memory s = _byRounds(id, terms, 1, 1);
        bytes memory superseded =
            abi.encodeWithSelector(PriceSources.SupersededRound.selector, 0, fell);
        _submitRefused(terms, s, superseded);
        // The best round of each feed: of the first one now, of the second one then.
        s.prices.rounds[0] = 2;
        superseded = abi.encodeWithSelector(PriceSources.SupersededRound.selector, 1, fell);
        _submitRefused(terms, s, superseded);
        // The latest rounds are not what was proved with.
        s.prices.rounds = new uint80[](2);
        bytes memory another = abi.encodeWithSelector(StatementIsProof.AnotherStatement.selector);
        _submitRefused(terms, s, another);
        _mintRefused(token, 1_000);
        assert(!_isCovered(id, terms));
    }

    /// Proves before the fall, and stays covered when everything is worth half.
    function test_a6_stays_covered_after_the_fall() external {
        (SetFeed[2] memory feeds, Terms memory terms) = _feeds();
        uint128 id = registry.open("A6", terms);
        Submission memory s = _byRounds(id, terms, 0, 0);
        _submit(terms, s);
        vm.warp(NOW + 60);
        feeds[0].set(250, NOW + 60, NOW + 60, true);
        feeds[1].set(300, NOW + 60, NOW + 60, true);
        assert(_isCovered(id, terms));
        int256[] memory vector = new int256[](2);
        vector[0] = 1;
        uint128[] memory proved = new uint128[](2);
        (proved[0], proved[1]) = (500, 600);
        Prices memory none;
        vm.prank(LENDER);
        registry.challenge(id, terms, _feedBasis(s), proved, _envelope(), none, vector);
        assert(!_isCovered(id, terms));
        // The rounds of before do not cure it, however short ago they were superseded.
        vm.warp(NOW + 61);
        bytes memory superseded =
            abi.encodeWithSelector(PriceSources.SupersededRound.selector, 0, NOW + 60);
        _submitRefused(terms, _byRounds(id, terms, 1, 1), superseded);
    }

    // ---- A8: too little gas

    /// Gives a true proof too little gas, and shows it around as a false one.
    function test_a8_starves_a_true_proof_of_gas() external {
        CostlyVerifier costly = new CostlyVerifier();
        bytes32 hash = address(costly).codehash;
        CovenantVerifier typed = CovenantVerifier(
            Shipped.create(
                "CovenantVerifier", abi.encode(costly, hash, "covenant-2/lab", 4, 8, 500_000)
            )
        );
        Statement memory statement = _statement(_submission(), _terms());
        bytes memory call = abi.encodeCall(typed.verify, (statement, hex"01"));
        bytes memory starved =
            abi.encodeWithSelector(CovenantVerifier.NotEnoughGas.selector, 500_000);
        // Those of the attack, and all around them.
        _refusedFor(address(typed), call, 440_000, starved);
        _refusedFor(address(typed), call, 420_000, starved);
        _refusedFor(address(typed), call, 300_000, starved);
        bool accepted;
        for (uint256 limit = 100_000; limit <= 900_000; limit += 2_500) {
            (bool done, bytes memory reason) = address(typed).call{gas: limit}(call);
            assert(done || !accepted);
            accepted = done;
            assert(done || reason.length == 0 || keccak256(reason) == keccak256(starved));
        }
        assert(accepted);
        // A false one is told so, with all its gas.
        call = abi.encodeCall(typed.verify, (statement, hex"00"));
        bytes memory rejected = abi.encodeWithSelector(
            CovenantVerifier.ProofRejected.selector, CostlyVerifier.ProofInvalid.selector
        );
        _refusedFor(address(typed), call, 900_000, rejected);
    }

    // ---- A10: a custodian's account was given code (EIP-7702)

    /// The key's account delegates to a wallet without ERC-1271: what the key signs counts as
    /// before.
    function test_a10_voids_attestations_by_a_delegation() external {
        (, address custodian) = _of(COLLATERAL);
        Submission memory s = _submission();
        _delegate(custodian, address(new PlainWallet()));
        (bool done,) = custodian.staticcall(hex"1626ba7e");
        assert(!done);
        _submit(_terms(), s);
        assert(_isCovered(facility, _terms()));
    }

    /// The key's account delegates to code that says yes to everything, and the attestation is
    /// forged.
    function test_a10_forges_by_a_delegate_that_says_yes() external {
        (uint8 place, address custodian) = _of(COLLATERAL);
        Terms memory terms = _terms();
        terms.attesters[place].roles |= ROLE_KEY_ONLY;
        uint128 id = registry.open("A10", terms);
        _delegate(custodian, address(new SaysYes()));
        assert(SaysYes(custodian).isValidSignature(0, "") == SaysYes.isValidSignature.selector);
        bytes memory notSigned =
            abi.encodeWithSelector(Attestations.WrongSignature.selector, custodian);
        _submitRefused(terms, _forged(id, terms), notSigned);
        assert(!_isCovered(id, terms));
        // The key itself still signs.
        _submit(terms, _submission(id, terms));
        assert(_isCovered(id, terms));
        // Terms without the flag take the code's word: the custodian chose that code.
        vm.prank(LENDER);
        registry.consentToRelease(id, terms);
        registry.release(id);
        _submit(_terms(), _forged(facility, _terms()));
        assert(_isCovered(facility, _terms()));
    }

    function _forged(uint128 id, Terms memory terms) private view returns (Submission memory s) {
        s = _submission(id, terms);
        s.attestations[0].account = keccak256("whatever");
        s.attestations[0].validUntil = 1 << 40;
        s.attestations[0].signed.signatures[0] = hex"00";
    }

    function _delegate(address account, address code) private {
        vm.etch(account, abi.encodePacked(hex"ef0100", code));
    }

    // ---- A15: an admin that leaves while paused

    /// Pauses, and then leaves, so that nobody ever resumes.
    function test_a15_pauses_and_renounces() external {
        _submit(_terms(), _submission());
        router.setPaused(true);
        uint64 until = router.pausedUntil();
        assert(until == NOW + 3 days && !_isCovered(facility, _terms()));
        bytes memory never = abi.encodeWithSelector(CovenantRouter.NoRenouncing.selector);
        _refused(address(router), abi.encodeCall(router.renounceOwnership, ()), never);
        // Nobody who does not take it becomes the admin.
        router.transferOwnership(address(0xdead));
        assert(router.owner() == address(this));
        _submitRefused(
            _terms(),
            _fresh(facility, _terms()),
            abi.encodeWithSelector(CovenantRouter.Paused.selector, until)
        );
        // Nor does a pause begin again before the facilities had time to prove.
        bytes memory lately =
            abi.encodeWithSelector(CovenantRouter.PausedLately.selector, until + 3 days);
        _refused(address(router), abi.encodeCall(router.setPaused, (true)), lately);
        vm.warp(until);
        _refused(address(router), abi.encodeCall(router.setPaused, (true)), lately);
        // The admin does nothing more, and the pause is over.
        _submit(_terms(), _fresh(facility, _terms()));
        assert(_isCovered(facility, _terms()));
    }

    // ---- What they share

    function _backed(bytes32 salt)
        private
        returns (BackedToken token, uint128 id, Terms memory terms)
    {
        (token, id) = _token(salt);
        terms = _naming(token);
        registry.open(salt, terms);
        token.pin(terms);
    }

    /// Two feeds that have said 500 and 600, and terms that take rounds for ten minutes more.
    function _feeds() private returns (SetFeed[2] memory feeds, Terms memory terms) {
        terms = _terms();
        (terms.maxLag, terms.maxPriceAge, terms.priceQuorum) = (600, 0, 0);
        terms.feeds = new Feed[](2);
        for (uint256 i; i < 2; ++i) {
            feeds[i] = new SetFeed(18);
            feeds[i].set(int256(500 + 100 * i), NOW, NOW, true);
            terms.feeds[i] = Feed(feeds[i], 18, 24 hours);
        }
    }

    /// A proof at 500 and 600, by these rounds.
    function _byRounds(uint128 id, Terms memory terms, uint80 first, uint80 second)
        private
        view
        returns (Submission memory s)
    {
        s = _fresh(id, terms);
        Prices memory prices;
        prices.rounds = new uint80[](2);
        (prices.rounds[0], prices.rounds[1]) = (first, second);
        s.prices = prices;
    }

    /// What a coverage by feeds rests on: no price was signed.
    function _feedBasis(Submission memory s) private view returns (Basis memory basis) {
        uint128[] memory prices = new uint128[](2);
        (prices[0], prices[1]) = (500, 600);
        Document[] memory documents = new Document[](3);
        for (uint256 i; i < 3; ++i) {
            address attester = vm.addr(keys[s.attestations[i].signed.attesters[0]]);
            documents[i] = Document(attester, Digests.account(s, i));
        }
        (basis.ratioBps, basis.kinds) = (s.ratioBps, s.kinds);
        basis.prices = keccak256(abi.encode(prices));
        basis.documents = keccak256(abi.encode(documents));
    }

    function _refusedFor(address to, bytes memory call, uint256 gas_, bytes memory expected)
        private
    {
        (bool done, bytes memory reason) = to.call{gas: gas_}(call);
        require(!done, "was accepted");
        require(keccak256(reason) == keccak256(expected), string(reason));
    }
}
