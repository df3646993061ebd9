# The commands of README, CONTRIBUTING and CI.
CARGO ?= cargo

.PHONY: test test-rust test-js lint fmt docs deny

## Every test that fits in a few minutes.
test: test-js test-rust

test-rust:
	$(CARGO) test --workspace --locked

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
