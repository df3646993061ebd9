# The commands of README, CONTRIBUTING and CI.
CARGO ?= cargo

.PHONY: test test-full test-rust test-js test-contracts onchain-demo slither lint fmt docs deny model formal

## Every test that fits in a few minutes.
test: test-js test-contracts test-rust

test-rust:
	$(CARGO) test --workspace --locked

## The long runs too: every bit flip of a stored proof, and all of it again in release.
test-full: test model formal
	$(CARGO) test --workspace --locked --release -- --include-ignored

## What a custodian does without our software.
test-js:
	cd examples/custodian && npm ci --silent && npm test

## The contracts: forge's fuzz tests, and what a dApp does on a chain of its own.
test-contracts: target/contracts-npm
	cd contracts && npm test
	$(MAKE) onchain-demo

## From exported artifacts to a minted token on anvil, and every abuse with its error.
onchain-demo: target/contracts-npm
	$(CARGO) build --locked --bin covenant
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

fmt:
	$(CARGO) fmt --all --check

lint:
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
		$(CARGO) test -p covenant-circuits --test model --locked -- --ignored --nocapture
	target/model-venv/bin/python tools/model/agree.py target/model/claims.jsonl

## Proofs of the circuit's arithmetic gadgets for their ranges.
formal: target/model-venv/ready
	target/model-venv/bin/python tools/formal/run.py

target/model-venv/ready: tools/model/requirements.txt tools/formal/requirements.txt
	python3 -m venv target/model-venv
	target/model-venv/bin/pip install -q --disable-pip-version-check -r tools/model/requirements.txt -r tools/formal/requirements.txt
	touch $@
