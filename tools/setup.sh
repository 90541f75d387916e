#!/bin/sh
# Installs from Debian what is missing: `tools/setup.sh build` for building, `tools/setup.sh check` for all tests as well.
# Nothing is installed, and no privilege asked for, when all is there. As root, or with sudo.
set -u

missing=""

need() { # need PACKAGE COMMAND...: the package is missing when the command fails
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}

cmake_is_new() {
    cmake --version | awk 'NR == 1 { split($3, v, "."); new = v[1] > 3 || (v[1] == 3 && v[2] >= 25) } END { exit !new }'
}

compiles() { # compiles COMPILER FLAG...: whether a program links with these flags
    trial=$(mktemp -d) || return 1
    printf 'int main(void) { return 0; }\n' >"$trial/a.c"
    "$@" "$trial/a.c" -o "$trial/a" && status=0 || status=1
    rm -rf "$trial"
    return $status
}

asn1ct_is_there() {
    erl -noshell -eval 'halt(case code:ensure_loaded(asn1ct) of {module, _} -> 0; _ -> 1 end).'
}

look() {
    missing=""
    need gcc compiles gcc
    need libc6-dev compiles gcc
    need cmake cmake_is_new
    need ninja-build command -v ninja
    need pkg-config command -v pkg-config
    need liblua5.4-dev pkg-config --exists lua5.4
    need libjansson-dev pkg-config --exists jansson
    need libcmocka-dev pkg-config --exists cmocka
    [ "$1" = build ] && return
    need clang compiles clang
    need libclang-rt-14-dev compiles clang -fsanitize=fuzzer-no-link,address,undefined
    need clang-format command -v clang-format
    need erlang-asn1 asn1ct_is_there
    need erlang-base command -v erl
    need libxml2-utils command -v xmllint
    need tshark command -v tshark
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

install_missing() {
    command -v apt-get >/dev/null || {
        echo "setup: this is no Debian; install what stands for:$missing" >&2
        return 1
    }
    echo "setup: installing$missing"
    for try in 1 2 3; do
        as_root apt-get -qq update && break
        [ "$try" = 3 ] || sleep $((try * 5))
    done
    # shellcheck disable=SC2086 # a list of packages
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -o Dpkg::Use-Pty=0 install -y --no-install-recommends $missing >/dev/null
}

case ${1-} in
build | check) ;;
*)
    echo "usage: tools/setup.sh build|check" >&2
    exit 64
    ;;
esac
look "$1"
[ -z "$missing" ] && exit 0
install_missing
look "$1"
[ -z "$missing" ] && exit 0
echo "setup: still missing:$missing" >&2
exit 2
