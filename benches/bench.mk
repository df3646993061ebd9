# Recipes of the benchmarks; the Makefile of the root includes them.

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

## xlarge alone (k = 17, under an SRS that is not secure), one proof: the same tables.
bench-xlarge:
	mkdir -p $(BENCH_DIR)
	$(BENCH_RUN) shapes -- --shapes xlarge --runs 1 --json $(BENCH_DIR)/xlarge.json

# plonky2 needs an unstable feature of the compiler; only it gets one.
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

## The law of roll-ups that `covenant rollup plan` and docs/scale.md reckon with: some minutes on two
## idle cores. Then: make outputs
bench-rollup:
	$(BENCH_RUN) rollup -- --runs $(BENCH_RUNS) --law $(CURDIR)/prover/rollup-law.json
