#!/usr/bin/env bash
# Packages the crates that are named, unpacks them beside each other and compiles that: what
# they read is inside of them. Without lock files, which need a registry that has the others.
set -euo pipefail
cd "$(dirname "$0")/.."
crates=("$@")
rm -rf target/package
cargo package --locked --no-verify --allow-dirty --exclude-lockfile "${crates[@]/#/--package=}"
unpacked=target/package/unpacked
mkdir -p "$unpacked"
for crate in target/package/*.crate; do
  # With the time of now: cargo would take a crate of an earlier run for unchanged.
  tar -xmzf "$crate" -C "$unpacked"
done
cp Cargo.lock "$unpacked"
{
  printf '[workspace]\nresolver = "3"\nmembers = ["covenant-*"]\n\n[patch.crates-io]\n'
  for folder in "$unpacked"/*/; do
    name=$(basename "$folder")
    printf '%s = { path = "%s" }\n' "${name%-*}" "$name"
  done
  sed -n '/^\[profile/,$p' Cargo.toml
} >"$unpacked/Cargo.toml"
CARGO_TARGET_DIR=$PWD/target cargo check --manifest-path "$unpacked/Cargo.toml" --workspace
