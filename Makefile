# The commands of README, CONTRIBUTING and CI.
CARGO ?= cargo
# A snapshot that differs fails its test and is not written; `make outputs` writes it.
export INSTA_UPDATE ?= no

.PHONY: test test-full test-rust test-js outputs lint fmt docs deny model formal formal-all bench bench-shapes bench-xlarge bench-peers bench-instructions test-peers soundness fuzz test-contracts onchain-demo slither mutants

## Every test that fits in a few minutes.
test: test-js test-rust test-contracts

# All of the workspace each time, though a crate alone would do: cargo chooses features of
# dependencies by what is built, and so builds them once.
WORKSPACE = --workspace --locked
TESTING = $(WORKSPACE) --features covenant-circuits/testing,covenant-prover/testing

test-rust:
	$(CARGO) test $(WORKSPACE)

## The long runs too: every bit flip of a stored proof, more random claims, the proofs of the
## circuits; and that a release build has the same keys.
test-full: test model formal
	$(CARGO) test $(WORKSPACE) -- --ignored
	$(CARGO) test --release --locked -p covenant-prover --test proving c1_

## What a custodian does without our software.
test-js:
	cd examples/custodian && npm ci --silent && npm test

## The contracts: forge's fuzz tests, and what a dApp does on a chain of its own.
test-contracts: target/contracts-npm
	cd contracts && npm test
	$(MAKE) onchain-demo

## From exported artifacts to a minted token on anvil, and every abuse with its error.
onchain-demo: target/contracts-npm
	$(CARGO) test $(WORKSPACE) --no-run --test end_to_end
	COVENANT=$(CURDIR)/target/debug/covenant node contracts/dapp/run.mjs

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

## What the command line prints, after a change that is meant: docs/errors.md, docs/schemas and
## the snapshots of helps and errors in cli/tests/snapshots.
outputs: export COVENANT_WRITE_DOCS = 1
outputs: export INSTA_UPDATE = always
outputs:
	$(CARGO) test $(TESTING) --bin covenant docs_
	$(CARGO) test $(TESTING) --test schemas docs_
	$(CARGO) test $(TESTING) --test snapshots

fmt:
	$(CARGO) fmt --all --check

lint:
	mkdir -p target
	python3 tools/mutants/run.py --list >target/mutants.txt || (grep -B1 stands target/mutants.txt; false)
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings

docs:
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --locked

## Licences, sources, bans. (The advisory database needs the network.)
deny:
	command -v cargo-deny >/dev/null || $(CARGO) install --locked cargo-deny
	$(CARGO) deny --locked check bans licenses sources

## An independent Python model of the statement decides random claims again.
## More claims or others: make model MODEL_CLAIMS=5000 MODEL_SEED=2
MODEL_CLAIMS ?= 1000
MODEL_SEED ?= 1
model: target/model-venv/ready
	cd tools/model && $(CURDIR)/target/model-venv/bin/python -m unittest
	MODEL_CLAIMS=$(MODEL_CLAIMS) MODEL_SEED=$(MODEL_SEED) \
		$(CARGO) test $(WORKSPACE) --test model -- --ignored --nocapture
	target/model-venv/bin/python tools/model/agree.py target/model/claims.jsonl

## Proofs of S1 to S9 over the constraints that the circuit emits, and that planted bugs cost
## them. Writes tools/formal/proved.json, which tests compare with the circuit.
formal: target/model-venv/ready
	rm -rf target/formal
	$(CARGO) build $(TESTING) --example emit
	target/debug/examples/emit target/formal $(FORMAL)
	cd tools/formal && $(CURDIR)/target/model-venv/bin/python -m unittest
	target/model-venv/bin/python tools/formal/run.py

## The same with the circuits medium and large: minutes more.
formal-all:
	$(MAKE) formal FORMAL=all

## The circuit enforces what it says: the operators of docs/security/soundness.md on every
## cell, planted bugs, each clause switched off, proofs of tampered traces. Writes the tables
## of that document. More draws of malicious commitments in each layout, or others:
## make soundness MALICIOUS_DRAWS=20000 MALICIOUS_SEED=2
MALICIOUS_DRAWS ?= 1000
MALICIOUS_SEED ?= 1
soundness: SHELL := /bin/bash
soundness:
	mkdir -p target
	set -o pipefail; $(CARGO) test $(TESTING) --test soundness \
		-- --nocapture --test-threads 2 | tee target/soundness.log
	set -o pipefail; MALICIOUS_DRAWS=$(MALICIOUS_DRAWS) MALICIOUS_SEED=$(MALICIOUS_SEED) \
		$(CARGO) test $(TESTING) --test malicious \
		-- --nocapture --test-threads 2 | tee -a target/soundness.log
	$(CARGO) test $(TESTING) --test soundness_real -- --nocapture
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

## Every figure of docs/benchmarks.md, measured side by side; about half an hour on two idle
## cores. Fewer proofs a median: make bench BENCH_RUNS=2. Without xlarge, which takes minutes
## and 4 GB: make bench BENCH_MORE=
BENCH_RUNS ?= 7
BENCH_LAW ?= 12 14
BENCH_BATCH ?= 16
BENCH_MORE ?= --xlarge
BENCH_DIR = $(CURDIR)/target/bench
BENCH_RUN = $(CARGO) run --release --locked -q -p covenant-benches --features insecure-dev-srs --bin
RUST_PEERS = groth16 plonky2 halo2-base
RUST_RESULTS = $(RUST_PEERS:%=$(BENCH_DIR)/%.json)
PEER_RESULTS = $(RUST_RESULTS) $(BENCH_DIR)/noir.json
bench: bench-shapes bench-peers
	$(BENCH_RUN) report -- \
		$(BENCH_DIR)/shapes.json $(PEER_RESULTS) > $(BENCH_DIR)/benchmarks.md
	cp $(BENCH_DIR)/benchmarks.md docs/benchmarks.md

bench-shapes:
	mkdir -p $(BENCH_DIR)
	$(CARGO) build --release --locked -p covenant-cli
	$(BENCH_RUN) shapes -- \
		--runs $(BENCH_RUNS) --covenant target/release/covenant --law $(BENCH_LAW) $(BENCH_MORE) \
		--pareto --batch $(BENCH_BATCH) --json $(BENCH_DIR)/shapes.json

## xlarge alone (k = 19, under an SRS that is not secure), one proof: the same tables.
bench-xlarge:
	mkdir -p $(BENCH_DIR)
	$(BENCH_RUN) shapes -- --shapes xlarge --runs 1 --json $(BENCH_DIR)/xlarge.json

# plonky2 asks for an unstable feature of the compiler; only it gets one.
$(BENCH_DIR)/plonky2.json test-peer-plonky2: export RUSTC_BOOTSTRAP = plonky2_field,plonky2
bench-peers: $(PEER_RESULTS)

.PHONY: $(PEER_RESULTS) $(RUST_PEERS:%=test-peer-%)
$(RUST_RESULTS): $(BENCH_DIR)/%.json: $(BENCH_DIR)/work.json
	cd benches/peers && $(CARGO) build --release --locked -p peer-$*
	benches/peers/target/release/peer-$* $< $(BENCH_RUNS) > $@

# The prover comes in the npm package, for x86-64 Linux; false claims are tried first.
$(BENCH_DIR)/noir.json: $(BENCH_DIR)/work.json
	# Not npm ci: the registry may lack optional packages of other platforms that it insists on.
	cd benches/peers/noir && npm install --silent --no-audit --no-fund
	$(BENCH_RUN) noir-crs -- 17 $(BENCH_DIR)/noir-crs
	$(BENCH_RUN) peer-noir -- $< $(BENCH_DIR)/noir $(BENCH_DIR)/noir-crs $(BENCH_RUNS) > $@

.PHONY: $(BENCH_DIR)/work.json
$(BENCH_DIR)/work.json:
	mkdir -p $(BENCH_DIR)
	$(BENCH_RUN) peer-work -- 16 66 32 $@

## Each peer proves a true claim and refuses false ones.
test-peers: $(RUST_PEERS:%=test-peer-%)
$(RUST_PEERS:%=test-peer-%): test-peer-%:
	cd benches/peers && $(CARGO) test --release --locked -p peer-$*

## Instructions of one proof of small, against benches/instructions.txt; needs valgrind.
## After a change that is meant: make bench-instructions WRITE=--write
WRITE ?=
bench-instructions:
	$(BENCH_RUN) instructions -- $(WRITE)
