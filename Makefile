# The commands of README, CONTRIBUTING and CI.
CARGO ?= cargo

.PHONY: test test-full test-rust test-js lint fmt docs deny model formal fuzz

## Every test that fits in a few minutes.
test: test-js test-rust

test-rust:
	$(CARGO) test --workspace --locked

## The long runs too: every bit flip of a stored proof, and all of it again in release.
test-full: test model formal
	$(CARGO) test --workspace --locked --release -- --include-ignored

## What a custodian does without our software.
test-js:
	cd examples/custodian && npm ci --silent && npm test

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
