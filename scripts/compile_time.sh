#!/bin/sh
# What compiling costs, in seconds: a clean build of activation-core, and, the best of three, what a declaration adds to a
# user's crate. Prints `what<TAB>seconds`, a line for each; takes some minutes.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The seconds that a command takes. If it fails, so does all of this, from within a pipe too.
seconds() {
    start=$(date +%s%N)
    "$@" >"$work/log" 2>&1 || {
        cat "$work/log" >&2
        kill $$
    }
    end=$(date +%s%N)
    awk "BEGIN { print ($end - $start) / 1e9 }"
}

# The best of three times of a command, each after touching the crate's source.
best() {
    for _ in 1 2 3; do
        touch "$work/user/src/lib.rs"
        seconds "$@"
    done | sort -g | head -n 1
}

# A crate with so many declarations, each used for a slice and its gradient.
declare_in_crate() {
    {
        echo 'activation_core::define_activation! {'
        index=0
        while [ "$index" -lt "$1" ]; do
            echo "    /// GELU with a learned slope."
            echo "    pub Scaled$index(x; learn slope = 1) = slope * x * (1 + erf(x / sqrt(2))) / 2;"
            index=$((index + 1))
        done
        echo '}'
        echo 'use activation_core::Activation;'
        index=0
        while [ "$index" -lt "$1" ]; do
            echo "pub fn forward$index(x: &[f32], y: &mut [f32]) { Scaled$index::default().forward_into(x, y) }"
            echo "pub fn back$index(x: &[f32], y: &[f32], z: &mut [f32]) { Scaled$index::default().backward_into(x, y, z) }"
            index=$((index + 1))
        done
    } >"$work/user/src/lib.rs"
}

mkdir -p "$work/user/src"
cp "$root/rust-toolchain.toml" "$work/user/"
cat >"$work/user/Cargo.toml" <<MANIFEST
[package]
name = "user"
version = "0.0.0"
edition = "2024"

[dependencies]
activation-core = { path = "$root/activation-core" }

[workspace]
MANIFEST
cd "$work/user"
declare_in_crate 1
cargo fetch --quiet

# Once: these are long enough to be told apart from noise.
for profile in dev release; do
    rm -rf "$work/target"
    seconds cargo build --profile "$profile" --target-dir "$work/target" -p activation-core |
        sed "s/^/clean build of activation-core with its dependencies, $profile	/"
done

export CARGO_TARGET_DIR="$work/target"
for command in check build "test --no-run"; do
    declare_in_crate 1
    # The dependencies, which are not what is measured.
    # shellcheck disable=SC2086 # words of a command
    cargo $command >/dev/null 2>&1
    # shellcheck disable=SC2086
    one=$(best cargo $command)
    declare_in_crate 11
    # shellcheck disable=SC2086
    eleven=$(best cargo $command)
    awk "BEGIN { printf \"a crate with one declaration, cargo $command\t%g\n\", $one }"
    awk "BEGIN { printf \"one more declaration, cargo $command\t%g\n\", ($eleven - $one) / 10 }"
done
