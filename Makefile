# The commands of README, CONTRIBUTING and CI.
CARGO ?= cargo
# A snapshot that differs fails its test and is not written; `make outputs` writes it.
export INSTA_UPDATE ?= no

SOURCES = allocation benches/src circuits claims cli contracts disclosure farm/src farm/tests farm/sql/farm.sql fixtures fuzz keys prover report solidity soundness tools verifier

.PHONY: fast spell links unit features test test-full test-rust test-js outputs lint fmt docs deny model formal formal-all formal-ci formal-emit report-pictures bench bench-shapes bench-xlarge bench-peers bench-instructions bench-rollup test-peers wasm package dist soundness fuzz farm-run farm-engine test-contracts test-package-contracts contract-docs onchain-demo slither halmos invariants plant-invariants mutants

## Every test that fits in a few minutes.
test: test-js test-rust test-contracts

# All of the workspace each time, though a crate alone would do: cargo chooses features of
# dependencies by what is built, and so builds them once.
WORKSPACE = --workspace --locked

test-rust:
	$(CARGO) test $(WORKSPACE)

## The long runs too: every bit flip of a stored proof, more random claims, the proofs of the
## circuits, the harness over every cell, each crate alone under the oldest Rust, the farm's figures, 100,000 calls against
## the registry, halmos; and that a release
## build has the same keys.
test-full: test model formal soundness features invariants halmos
	$(CARGO) test $(WORKSPACE) -- --ignored
	$(CARGO) test --release --locked -p covenant-prover --test proving c1_

## A tree of creditors through the farm, on a PostgreSQL of its own: four workers on one thread each, then
## every check of the result; prints what it took. CREDITORS=100000 is the figure of docs/farm.md.
CREDITORS ?= 2000
farm-run: export COVENANT_FARM_CREDITORS = $(CREDITORS)
farm-run:
	$(CARGO) test --release --locked -p covenant-farm --test farm -- --ignored --exact --nocapture figures::f2_creditors_through_four_workers

## What the farm takes beside the prover, at `small`.
CLAIMS ?= 20
farm-engine: export COVENANT_FARM_CLAIMS = $(CLAIMS)
farm-engine:
	$(CARGO) test --release --locked -p covenant-farm --test farm -- --ignored --exact --nocapture figures::f2_what_the_engine_takes_at_small

## What a custodian does without our software.
test-js:
	cd examples/custodian && npm ci --silent && npm test

## What needs npm: contracts compiled anew and compared, a wallet of JavaScript, forge's fuzz
## tests, and what a dApp does on a chain of its own.
test-contracts: target/contracts-npm
	$(CARGO) test $(WORKSPACE) --features covenant-contracts/npm --test generator --test verifiers
	$(CARGO) test $(WORKSPACE) --test signers -- --ignored
	cd contracts && npm test
	$(MAKE) onchain-demo
	$(MAKE) test-package-contracts

## From exported artifacts to a minted token on anvil, and every abuse with its error.
onchain-demo: target/contracts-npm
	$(CARGO) test $(WORKSPACE) --no-run --test end_to_end
	COVENANT=$(CURDIR)/target/debug/covenant node contracts/dapp/run.mjs
	$(CARGO) test $(WORKSPACE) --test many -- --ignored f4_

## 100,000 calls against the registry and a model of it; `npm test` makes 20,000.
invariants: export FOUNDRY_INVARIANT_RUNS = 125
invariants: target/contracts-npm
	cd contracts && npm test -- --match-contract InvariantsTest

## One fault after another in a copy of the contracts; the invariant, or the test that is symbolic or draws
## its cases, must fail. Some alone: make plant-invariants PLANTS="expiry frozen"
plant-invariants: target/halmos-venv/ready target/contracts-npm
	node contracts/test/invariants/plant.mjs target/plant target/halmos-venv/bin/halmos $(PLANTS)

## What halmos shows of liens, terms and debt for every value.
halmos: target/halmos-venv/ready target/contracts-npm
	node contracts/test/symbolic/run.mjs target/halmos target/halmos-venv/bin/halmos

target/halmos-venv/ready: contracts/halmos-requirements.txt
	python3 -m venv target/halmos-venv
	target/halmos-venv/bin/pip install -q --disable-pip-version-check -r $<
	touch $@

## The npm package of the contracts, in an empty npm project and in an empty Foundry project, up to a
## loan that is covered, challenged and cured.
test-package-contracts: target/contracts-npm
	$(CARGO) test $(WORKSPACE) --no-run --test end_to_end
	COVENANT=$(CURDIR)/target/debug/covenant node contracts/package/test/run.mjs

## docs/contracts.md, from the comments of the contracts; and their sources for covenant-solidity.
contract-docs: target/contracts-npm
	node contracts/package/docs.mjs

## Static analysis of the hand-written contracts.
slither: target/slither-venv/ready target/contracts-npm
	cd contracts && PATH="$(CURDIR)/contracts/bin:$(CURDIR)/contracts/node_modules/@foundry-rs/forge-linux-amd64/bin:$$PATH" \
		$(CURDIR)/target/slither-venv/bin/slither .

target/slither-venv/ready: contracts/slither-requirements.txt
	python3 -m venv target/slither-venv
	target/slither-venv/bin/pip install -q --disable-pip-version-check -r $<
	touch $@

target/contracts-npm: contracts/package-lock.json
	cd contracts && npm ci --silent --no-audit --no-fund
	mkdir -p target && touch $@

## What CI runs first, in under ten minutes on two idle cores: everything that reads the sources
## and compiles, and the tests that need no circuit.
FAST = fmt spell links lint unit
fast: $(FAST)

## What the command line prints, after a change that is meant: docs/errors.md, docs/schemas and
## the snapshots of helps and errors in cli/tests/snapshots.
outputs: export COVENANT_WRITE_DOCS = 1
outputs: export INSTA_UPDATE = always
outputs:
	$(CARGO) test $(WORKSPACE) --lib docs_
	$(CARGO) test $(WORKSPACE) --test schemas docs_
	$(CARGO) test $(WORKSPACE) --test snapshots

fmt:
	$(CARGO) fmt --all --check

## The pictures of docs/reports.md, after a change of the report's looks. Needs chromium,
## poppler-utils, netpbm and pngquant.
report-pictures:
	$(CARGO) test $(WORKSPACE) --no-run --test report
	tools/report/pictures.sh target/debug/covenant docs/reports

## Words that are no English, in sources and documents; but for codes of statements and German
## words of exports.
spell: target/spell-venv/ready
	target/spell-venv/bin/codespell --ignore-words-list 'blok,bund,delt,ths,titel' --skip 'target,node_modules,*.json,*.svg,*.lock,.git,corpus,out,cache' \
		README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md docs examples $(SOURCES)

target/spell-venv/ready: tools/docs/requirements.txt
	python3 -m venv target/spell-venv
	target/spell-venv/bin/pip install -q --disable-pip-version-check -r $<
	touch $@

## Links between the documents, headings included.
links: target/docs-npm
	cd tools/docs && npm run -s links

target/docs-npm: tools/docs/package-lock.json
	cd tools/docs && npm ci --silent --no-audit --no-fund
	mkdir -p target && touch $@

## Tests of the crates without a circuit.
unit:
	$(CARGO) test --locked -p covenant-claims -p covenant-allocation

## Each crate alone under the declared oldest Rust, without and with all of its features: one
## toolchain for both questions.
MSRV = $(shell sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
features: export RUSTUP_TOOLCHAIN = $(MSRV)
features:
	rustup toolchain list | grep -q '^$(MSRV)' || rustup toolchain install $(MSRV) --profile minimal
	for crate in $(PACKAGES); do \
		$(CARGO) check --locked --no-default-features -p $$crate && \
		$(CARGO) check --locked --all-features -p $$crate || exit 1; \
	done

lint: target/contracts-npm
	mkdir -p target
	node contracts/package/docs.mjs --check
	python3 tools/mutants/run.py --list >target/mutants.txt || (grep -B1 occurs target/mutants.txt; false)
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings

docs:
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --locked

## The verifier for a browser or a contract platform: wasm32, one thread.
wasm:
	rustup target list --installed | grep -qx wasm32-unknown-unknown || rustup target add wasm32-unknown-unknown
	$(CARGO) build --locked --release -p covenant-verifier --target wasm32-unknown-unknown

## Each crate as it would be published: packaged, unpacked and compiled from there.
PACKAGES = covenant-claims covenant-allocation covenant-circuits covenant-verifier covenant-solidity covenant-disclosure covenant-report covenant-prover covenant-keys covenant-cli
package:
	tools/package.sh $(PACKAGES)

## The command as it is shipped, target/dist/covenant, and its line tables beside it in
## covenant.debug, where debuggers and backtraces look for them.
dist:
	$(CARGO) build --profile dist --locked -p covenant-cli
	cd target/dist && objcopy --only-keep-debug --compress-debug-sections covenant covenant.debug
	cd target/dist && objcopy --strip-debug --add-gnu-debuglink=covenant.debug covenant

## Licences, sources, bans. (The advisory database needs the network.)
deny:
	command -v cargo-deny >/dev/null || $(CARGO) install --locked cargo-deny
	$(CARGO) deny --locked check bans licenses sources

## An independent Python model of the statement decides random claims again, and places later prices.
## More claims or others: make model MODEL_CLAIMS=5000 MODEL_SEED=2
MODEL_CLAIMS ?= 1000
MODEL_SEED ?= 1
model: target/model-venv/ready
	cd tools/model && $(CURDIR)/target/model-venv/bin/python -m unittest
	MODEL_CLAIMS=$(MODEL_CLAIMS) MODEL_SEED=$(MODEL_SEED) \
		$(CARGO) test $(WORKSPACE) --test model --test envelope -- --ignored --nocapture
	target/model-venv/bin/python tools/model/agree.py target/model/claims.jsonl
	target/model-venv/bin/python tools/model/agree_envelope.py target/model/envelope.jsonl

## Proofs of S1 to S10 and R1 to R6 over the constraints that the circuits emit, and that planted bugs
## cost them. Writes tools/formal/proved.json, which tests compare with the circuits.
formal: formal-emit
	cd tools/formal && $(CURDIR)/target/model-venv/bin/python -m unittest
	target/model-venv/bin/python tools/formal/run.py $(FORMAL)

## The same with the larger circuits that ship, and without each polynomial in turn: minutes
## more.
formal-all:
	$(MAKE) formal FORMAL=all

## What CI runs of it, in about a minute: the lemmas, the tests of the rules, the theorems of the smallest
## claim and the smallest roll-up. It writes nothing: that every circuit was proved as it is now, by
## `make formal`, is a test of proved.json.
formal-ci:
	$(MAKE) formal-emit FORMAL=quick
	cd tools/formal && $(CURDIR)/target/model-venv/bin/python -m unittest test_rules
	target/model-venv/bin/python tools/formal/run.py quick

formal-emit: target/model-venv/ready
	rm -rf target/formal
	$(CARGO) build $(WORKSPACE) --example emit
	target/debug/examples/emit target/formal $(FORMAL)

## The circuit enforces what it says: the operators of docs/security/soundness.md on every
## cell of every subject (`make test` has the slow ones on some), planted bugs, each clause switched
## off, proofs of tampered traces. Writes the tables of that document. More draws of malicious
## commitments in each layout, or others: make soundness MALICIOUS_DRAWS=20000 MALICIOUS_SEED=2
MALICIOUS_DRAWS ?= 1000
MALICIOUS_SEED ?= 1
soundness: SHELL := /bin/bash
soundness:
	mkdir -p target
	set -o pipefail; SOUNDNESS_EVERYTHING=1 $(CARGO) test $(WORKSPACE) --test soundness \
		-- --nocapture --test-threads 2 | tee target/soundness.log
	set -o pipefail; MALICIOUS_DRAWS=$(MALICIOUS_DRAWS) MALICIOUS_SEED=$(MALICIOUS_SEED) \
		$(CARGO) test $(WORKSPACE) --test malicious \
		-- --nocapture --test-threads 2 | tee -a target/soundness.log
	$(CARGO) test $(WORKSPACE) --test real -- --nocapture
	python3 tools/soundness/tables.py target/soundness.log docs/security/soundness.md

## One defence after another is taken out of a copy; the test that guards it must fail.
## Some alone: make mutants MUTANTS="--only V6"
mutants: target/contracts-npm
	python3 tools/mutants/run.py $(MUTANTS)

## libFuzzer on every reader, so many seconds each; what it finds new stays in fuzz/target/found.
## One target alone: make fuzz FUZZ_TARGETS=bundle
FUZZ_SECONDS ?= 600
FUZZ_TARGETS ?= $(notdir $(wildcard fuzz/corpus/*))
# libFuzzer needs coverage flags that rustc gates, hence RUSTC_BOOTSTRAP on the pinned stable.
FUZZ = RUSTC_BOOTSTRAP=1 $(CARGO) fuzz
fuzz:
	command -v cargo-fuzz >/dev/null || $(CARGO) install --locked cargo-fuzz --version 0.13.2
	cd fuzz && $(FUZZ) build --sanitizer none
	for t in $(FUZZ_TARGETS); do \
		mkdir -p fuzz/target/found/$$t && (cd fuzz && $(FUZZ) run --sanitizer none $$t \
			target/found/$$t corpus/$$t -- -max_total_time=$(FUZZ_SECONDS) -max_len=65536 \
			-timeout=5 -rss_limit_mb=512 -print_final_stats=1) || exit 1; \
	done

target/model-venv/ready: tools/model/requirements.txt tools/formal/requirements.txt
	python3 -m venv target/model-venv
	target/model-venv/bin/pip install -q --disable-pip-version-check -r tools/model/requirements.txt -r tools/formal/requirements.txt
	touch $@

include benches/bench.mk
