#!/usr/bin/env bash
# Builds librdkafka, the native library behind the Kafka client, where no package brings it. Prints the path of the library.
# About a minute; the result is kept in ${XDG_CACHE_HOME:-~/.cache}/aurum/librdkafka/VERSION and used from there by `aurum`.
# Needs gcc, make, python3 and the headers of OpenSSL, zlib, zstd and lz4 (Debian: see test.sh); --sasl adds Kerberos.
set -euo pipefail
version=2.15.1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${XDG_CACHE_HOME:-$HOME/.cache}/aurum/librdkafka/$version
if [ ! -e "$out/librdkafka.so" ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  cp "$here"/librdkafka/package*.json "$work"
  (cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --silent)
  cd "$work/node_modules/@confluentinc/kafka-javascript/deps/librdkafka"
  gssapi=--disable-gssapi
  [ "${1:-}" = --sasl ] && gssapi=
  build() { bash ./configure --disable-debug-symbols $gssapi --disable-curl && make -C src -j"$(nproc)" librdkafka.so.1; }
  if ! build >"$work/log" 2>&1; then
    tail -30 "$work/log" >&2
    echo "build-librdkafka.sh: the build failed" >&2
    exit 3
  fi
  strip -o "$work/librdkafka.so" src/librdkafka.so.1
  mkdir -p "$out"
  # Whole or not at all, also where two builds run at once.
  cp "$work/librdkafka.so" "$out/.librdkafka.so.$$"
  mv "$out/.librdkafka.so.$$" "$out/librdkafka.so"
fi
echo "$out/librdkafka.so"
