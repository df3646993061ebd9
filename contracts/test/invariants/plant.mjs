// Plants one fault at a time in a copy of the contracts; the invariant, or the symbolic test, that is
// named with it must fail. Arguments: a folder for the copy, halmos, and the names of some faults.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { copy, halmos, openForHalmos, replace } from "../symbolic/run.mjs";

const REGISTRY = "src/CovenantRegistry.sol";
// Name, file, text, what takes its place, and what finds it: the beginning of an invariant's message, or
// of the name of a test that is symbolic or draws its cases.
const FAULTS = [
  ["expiry", REGISTRY, "return !known || debt != 0;", "return false;", "accounts: "],
  ["unproved", "src/BackedToken.sol", "totalSupply() <= proved && registry.isCovered(facility, terms)", "proved != 0", "supply: "],
  ["understated", REGISTRY, "require(s.publicDebt >= debt, DebtUnderstated(debt, s.publicDebt));", "", "supply: "],
  ["release", "src/Facilities.sol", "        _checkReleasable(facility, f);\n        f.coverage.until = 0;\n        f.coverage.pledges = 0;", "        f.coverage.until = 0;\n        f.coverage.pledges = 0;", "accounts: "],
  ["lien", "src/Facilities.sol", "if (f.coverage.pledges != 0 && loosensLien) _checkReleasable(facility, f);", "", "accounts: "],
  ["frozen", "src/CovenantRouter.sol", "return !paused() && !versions[version].frozen;", "return !paused();", "coverage: "],
  ["paused", "src/CovenantRouter.sol", "return !paused() && !versions[version].frozen;", "return !versions[version].frozen;", "coverage: "],
  ["end", REGISTRY, "f.coverage.until = 0;\n        f.coverage.epoch = epoch;", "f.coverage.epoch = epoch;", ["coverage: ", "supply: "]],
  ["bounty", "src/Bonds.sol", "bondOf[facility] -= amount;\n        bountyOf", "bountyOf", "bonds: "],
  ["withdraw", "src/Bonds.sol", "require(block.timestamp >= f.coverage.until, StillCovered(f.coverage.until));", "", ["ends: ", "bonds: "]],
  ["identity", REGISTRY, "terms.attesters[a.signed.attesters[j]].identity;", "terms.attesters[a.signed.attesters[j]].signer;", "accounts: "],
  ["circuits", "src/TermsRules.sol", " && _narrows(old.circuits, next.circuits)", "", "terms: "],
  ["revoked", REGISTRY, "require(from != 0, NotRevoked(document.signer, document.digest));", "", ["ends: ", "coverage: "]],
  ["undertaken", REGISTRY, "if (u.heldUntil < checked.until) checked.until = u.heldUntil;", "", "coverage: "],
  ["vector", "src/Envelopes.sol", "require(sum < 0, NotOutside(j));", "require(sum <= 0, NotOutside(j));", "ends: "],
  ["holds-symbolic", REGISTRY, "return !known || debt != 0;", "return known && debt != 0;", "check_holds"],
  ["take-symbolic", REGISTRY, "if (holder != pledge.facility && holder != 0) {", "if (holder != pledge.facility && holder > 2) {", "check_take"],
  ["bond-symbolic", "src/TermsRules.sol", "next.bond >= old.bond", "next.bond <= old.bond", "check_stronger_terms_accept_no_more"],
  ["fixed-symbolic", "src/TermsRules.sol", "if (next.minPublicDebt < old.minPublicDebt) return true;", "", "check_stronger_terms_keep_the_debt"],
  ["reflexive-symbolic", "src/TermsRules.sol", "next.maxWindow <= old.maxWindow", "next.maxWindow < old.maxWindow", "check_terms_are_as_strong"],
  ["transitive-symbolic", "src/TermsRules.sol", "next.maxWindow <= old.maxWindow", "next.maxWindow <= old.maxWindow + 1", "check_strength_is_transitive"],
  ["rounding-drawn", "src/DebtSources.sol", "(supply % _unit * 1e6 + _unit - 1) / _unit", "supply % _unit * 1e6 / _unit", "test_debt_is_the_supply_rounded_up"],
  ["sum-symbolic", "src/DebtSources.sol", "sum += debt;", "sum = debt;", "check_total"],
  ["sign-drawn", "src/Envelopes.sol", "(y[a] <= 0 || !weightless)", "true", "test_nothing_is_outside_and_inside"],
  ["scenario-drawn", "src/Envelopes.sol", "for (uint256 j; j <= e.ratios.length; ++j) {", "for (uint256 j; j < e.ratios.length; ++j) {", "test_nothing_is_outside_and_inside"],
];
const INVARIANTS = ["invariants/Handler.sol", "invariants/Parts.sol", "invariants/Invariants.t.sol"];
const DRAWN = ["Debt.t.sol", "Envelopes.t.sol"];
// What these deploy; the rest need not be compiled again.
const NEEDED = ["src/CovenantRegistry.sol", "src/CovenantRouter.sol", "src/CovenantRules.sol", "src/BackedToken.sol", "src/DebtSources.sol"];

const [folder, command] = process.argv.slice(2, 4).map((a) => resolve(a));
const only = process.argv.slice(4);
const forge = join(folder, "node_modules/@foundry-rs/forge-linux-amd64/bin/forge");
let missed = 0;
for (const [name, file, from, to, finders] of FAULTS) {
  if (only.length && !only.includes(name)) continue;
  const start = Date.now();
  const symbolic = name.endsWith("-symbolic");
  const drawn = name.endsWith("-drawn");
  let output;
  if (symbolic) {
    openForHalmos(folder, file === REGISTRY);
    replace(folder, file, from, to);
    ({ stdout: output } = halmos(folder, command, ["--match-test", `^${finders}`]));
  } else {
    copy(folder, "Helpers.sol", "Shipped.sol", ...(drawn ? DRAWN : INVARIANTS));
    replace(folder, file, from, to);
    // A sequence that failed for another fault would be tried first.
    rmSync(join(folder, "cache/test/invariant"), { recursive: true, force: true });
    const options = {
      cwd: folder,
      env: {
        ...process.env,
        FOUNDRY_INVARIANT_SHRINK_RUN_LIMIT: "0",
        FOUNDRY_INVARIANT_FAIL_ON_REVERT: "false",
        FOUNDRY_INVARIANT_RUNS: "125",
      },
      encoding: "utf8",
      maxBuffer: 1 << 28,
    };
    const built = spawnSync(forge, ["build", ...NEEDED], options);
    if (built.status !== 0) throw new Error(`${name} does not compile: ${built.stdout}${built.stderr}`);
    options.env.FOUNDRY_PROFILE = "test";
    ({ stdout: output } = spawnSync(forge, ["test", "--match-test", drawn ? finders : "^invariant_"], options));
  }
  const failed = symbolic
    ? (output.match(/\[FAIL\]\S* (\w+)/) ?? [])[1]
    : drawn
    ? (output.match(/\[FAIL[^\]]*\][^\n]*?(test_\w+)/) ?? [])[1]
    : (output.match(/\[FAIL: ([^\]]*)\]/) ?? [])[1];
  const found = failed !== undefined && [finders].flat().some((f) => failed.startsWith(f));
  if (!found) missed += 1;
  const seconds = Math.round((Date.now() - start) / 1000);
  console.log(`${found ? "found " : "MISSED"} ${name.padEnd(20)} ${failed ?? "nothing failed"} (${seconds} s)`);
}
process.exit(missed === 0 ? 0 : 1);
