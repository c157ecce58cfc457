#!/usr/bin/env bash
# libduckdb, which reads and writes Parquet and runs SQL for the lakehouse: taken from the npm package that its makers publish
# for each platform. See docs/decisions/0010-duckdb-by-its-c-api.md.
set -euo pipefail

package=@duckdb/node-bindings
package_version=1.5.5-r.5

say() { printf 'kstock: %s\n' "$*" >&2; }
die() { say "$@"; exit 2; }
sha256() { { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi; } | cut -d' ' -f1; }
if [[ $(uname -s) == Darwin ]]; then suffix=dylib; else suffix=so; fi

# What .NET calls a platform, what npm calls it, and the sum of its archive.
platforms() {
    cat <<'END'
linux-x64 linux-x64 86d2bda909785550e8a14a57a8a4584827aff0e268d8f1a58c3fd48559f7020e
linux-arm64 linux-arm64 3b85f3ea438f7dc3691d7b5e6e4222ffe9127fd17885f96ca72e0c99925c348e
linux-musl-x64 linux-x64-musl 00817319d96ac534faeee714f69539e85bb935196627fa6115a1581400ae9c85
linux-musl-arm64 linux-arm64-musl 8da34fe6e8752b9a12d2527142da48ad4c7349efef4ac6a22577e91cab539ef0
osx-x64 darwin-x64 1266f62ac7c02f7971554a2b0b2c4c19923a97258bfdf1b203873e174e7a28c4
osx-arm64 darwin-arm64 08b3cfd7d4d620a5fb67ef49db28551b767107266af3a8e2600e49d99ee59456
END
}

recipe() { printf '%s\n' "$package@$package_version" "$(platforms)" "$(uname -sm)"; }

build() { # folder rid
    local name sum archive found
    read -r _ name sum < <(platforms | grep "^$2 ") || die "found platform $2; expected one of $(platforms | cut -d' ' -f1 | paste -sd' ' -), because DuckDB is there for no other"
    command -v npm >/dev/null || die "missing, to fetch DuckDB: npm: apt-get install npm (macOS: brew install node)"
    say "fetching DuckDB ${package_version%-*} (once; 24 MB) ..."
    (cd "$1" && npm pack --silent --ignore-scripts "$package-$name@$package_version" >pack.out 2>pack.log) ||
        die "npm pack $package-$name@$package_version failed: $(grep -m1 -i 'err' "$1/pack.log" || tail -1 "$1/pack.log")"
    archive=$1/$(tail -1 "$1/pack.out")
    found=$(sha256 <"$archive")
    [[ $found == "$sum" ]] || die "$package-$name@$package_version: found sha256 $found; expected $sum"
    tar -xzf "$archive" -C "$1" "package/libduckdb.$suffix" package/LICENSE
    mv "$1/package/libduckdb.$suffix" "$1/libduckdb.$suffix"
    mv "$1/package/LICENSE" "$1/libduckdb.LICENSES.txt"
    echo "source npm $package-$name $package_version" >"$1/about"
    rm -rf "$1/package" "$archive" "$1/pack.out" "$1/pack.log"
}

case ${1:-} in
    recipe) recipe ;;
    build) build "$2" "$3" ;;
    could-have) exit 1 ;; # nothing in it depends on this machine
    *) die "usage: libduckdb.sh recipe | build FOLDER RID | could-have FEATURE" ;;
esac
