#!/usr/bin/env bash
# librdkafka, the C client below Confluent.Kafka. From the NuGet package where a feed has it, else compiled from the
# sources inside an npm package of the same maker. See docs/decisions/0001-librdkafka-from-npm.md.
set -euo pipefail

version=2.15.1 # that of Confluent.Kafka in Directory.Packages.props
package=@confluentinc/kafka-javascript
package_version=1.10.1
package_sha256=ada7d703bb1d3237e2292bfabf438d663b6160c9f1ac2a2406b5dc4257c81b66
# Kerberos and OIDC need libraries that few machines have; lz4 and snappy are compiled in.
configure_flags=(--disable-gssapi --disable-curl --disable-lz4-ext)

say() { printf 'kstock: %s\n' "$*" >&2; }
die() { say "$@"; exit 2; }
sha256() { { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi; } | cut -d' ' -f1; }
if [[ $(uname -s) == Darwin ]]; then suffix=dylib; built=librdkafka.1.dylib; else suffix=so; built=librdkafka.so.1; fi

recipe() { printf '%s\n' "$version" "$package@$package_version" "$package_sha256" "${configure_flags[@]}" "$(uname -sm)"; }

feature_header() {
    case $1 in
        tls) echo openssl/ssl.h ;;
        gzip) echo zlib.h ;;
        zstd) echo zstd.h ;;
    esac
}

could_have() { printf '#include <%s>\n' "$(feature_header "$1")" | cc -E -o /dev/null - 2>/dev/null; }

# A restore without a project file's neighbours: PackageDownload fetches one package and references nothing.
from_nuget() { # folder rid
    local scratch=$1/nuget rid=$2 file found
    mkdir -p "$scratch"
    # Empty ones end the search upwards for those of the checkout.
    for file in Build.props Build.targets Packages.props; do echo '<Project />' >"$scratch/Directory.$file"; done
    cat >"$scratch/fetch.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <RestorePackagesPath>\$(MSBuildThisFileDirectory)packages</RestorePackagesPath>
  </PropertyGroup>
  <ItemGroup><PackageDownload Include="librdkafka.redist" Version="[$version]" /></ItemGroup>
</Project>
XML
    dotnet restore "$scratch/fetch.csproj" -v quiet -nodeReuse:false >"$scratch/log" 2>&1 || return 1
    found=$scratch/packages/librdkafka.redist/$version
    [[ -f $found/runtimes/$rid/native/librdkafka.$suffix ]] || return 1
    cp "$found/runtimes/$rid/native/librdkafka.$suffix" "$1/librdkafka.$suffix"
    cat "$found"/LICENSES* >"$1/librdkafka.LICENSES.txt" 2>/dev/null || return 1
    echo "source NuGet librdkafka.redist $version" >"$1/about"
}

# All that is missing in one line, with the one command that brings it.
check_tools() {
    local missing=() packages=()
    command -v npm >/dev/null || { missing+=(npm) packages+=(npm); }
    command -v cc >/dev/null || { missing+=("a C compiler") packages+=(gcc libc6-dev); }
    command -v make >/dev/null || { missing+=(make) packages+=(make); }
    ((${#missing[@]} == 0)) ||
        die "missing, to compile librdkafka: $(IFS=,; echo "${missing[*]}"): apt-get install ${packages[*]} (macOS: xcode-select --install; brew install node)"
}

compile() { # folder
    local archive found source
    check_tools
    say "compiling librdkafka $version (once; under a minute on two cores) ..."
    (cd "$1" && npm pack --silent --ignore-scripts "$package@$package_version" >pack.out 2>pack.log) ||
        die "npm pack $package@$package_version failed: $(grep -m1 -i 'err' "$1/pack.log" || tail -1 "$1/pack.log")"
    archive=$1/$(tail -1 "$1/pack.out")
    found=$(sha256 <"$archive")
    [[ $found == "$package_sha256" ]] || die "$package@$package_version: found sha256 $found; expected $package_sha256"
    tar -xzf "$archive" -C "$1" package/deps/librdkafka
    source=$1/package/deps/librdkafka
    # CXX=cc: configure insists on a C++ compiler, but nothing in C++ is built. -g0: compiles faster, and symbols are stripped anyway.
    (cd "$source" && CC=cc CXX=cc CFLAGS=-g0 ./configure "${configure_flags[@]}") >"$1/configure.log" 2>&1 ||
        die_with_log "$1/configure.log" "configure of librdkafka failed"
    make -j2 -C "$source/src" "$built" >"$1/make.log" 2>&1 || die_with_log "$1/make.log" "compiling librdkafka failed"
    if [[ $suffix == so ]]; then strip --strip-unneeded "$source/src/$built"; else strip -x "$source/src/$built"; fi
    cp "$source/src/$built" "$1/librdkafka.$suffix"
    cp "$source/LICENSES.txt" "$1/librdkafka.LICENSES.txt"
    {
        echo "source npm $package $package_version"
        off SSL tls libssl-dev
        off ZLIB gzip zlib1g-dev
        off ZSTD zstd libzstd-dev
    } >"$1/about"
}

# configure drops a feature without a word where its headers are missing.
off() { if ! grep -q "^WITH_$1=[[:space:]]*y" "$source/Makefile.config"; then echo "off $2 $3"; fi; }

die_with_log() {
    tail -20 "$1" >&2
    die "$2: its last lines are above"
}

build() { # folder rid
    from_nuget "$1" "$2" || compile "$1"
    find "$1" -mindepth 1 -maxdepth 1 ! -name about ! -name 'librdkafka.*' -exec rm -rf {} +
}

case ${1:-} in
    recipe) recipe ;;
    build) build "$2" "$3" ;;
    could-have) could_have "$2" ;;
    *) die "usage: librdkafka.sh recipe | build FOLDER RID | could-have FEATURE" ;;
esac
