#!/bin/sh
# Installs what is missing: setup.sh build | test | bench | import ...
#
# Says nothing and changes nothing where all is there. What is missing is installed with apt-get, as
# root or through sudo; where there is no apt-get the packages are named and the status is 1. A tool
# that came another way than by apt-get counts as well: what is asked is whether it works.
set -eu
cd "$(dirname "$0")"

missing=

# need PACKAGE COMMAND...: PACKAGE is missing where COMMAND fails.
need() {
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}

has() { command -v "$1"; }
library() { pkg-config --exists "$1"; }
header() { echo "#include <$1>" | "${CC:-cc}" -E -; }
file() { [ -e "$1" ]; }

# Chromium runs as anyone but root only in a sandbox: of namespaces, or by its setuid program.
sandbox() {
    [ "$(id -u)" = 0 ] || unshare --user true || [ -u /usr/lib/chromium/chrome-sandbox ]
}

fonts=${FONTS:-/usr/share/fonts/truetype/dejavu}

build() {
    need git has git
    need gcc has "${CC:-cc}"
    need binutils has ar
    need libc6-dev header stdlib.h
    need perl-base has perl
    need pkg-config has pkg-config
    need libgit2-dev library libgit2
    need libcmark-gfm-dev library libcmark-gfm
    need libcmark-gfm-extensions-dev header cmark-gfm-core-extensions.h
    need libyaml-dev library yaml-0.1
    need libutf8proc-dev library libutf8proc
    need libsqlite3-dev library sqlite3
    need libgraphviz-dev library libgvc
    need libdeflate-dev library libdeflate
    need libxxhash-dev library libxxhash
    need libmicrohttpd-dev library libmicrohttpd
    need libfreetype-dev library freetype2
    need fonts-dejavu-core file "$fonts/DejaVuSans.ttf"
    need fonts-dejavu-extra file "$fonts/DejaVuSerifCondensed-Bold.ttf"
    need clang has clang
    need lld has wasm-ld
}

test_() {
    need perl has prove
    need time file /usr/bin/time
    need libcmocka-dev library cmocka
    need libclang-rt-dev file /usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.asan-*.a
    need clang-format has clang-format
    need mandoc has mandoc
    need sqlite3 has sqlite3
    need libxml2-utils has xmllint
    need nodejs has node
    need npm has npm
    need default-jre-headless has java
    need chromium has chromium
    need chromium-sandbox sandbox
    need fonts-dejavu-core file /usr/share/fonts/truetype/*/*.ttf
    need poppler-utils has pdftotext
    need mblaze has mshow
}

# What `naslag import` reads other files with; the tests of it skip what is missing.
import_() {
    need poppler-utils has pdftotext
    need mblaze has mshow
    need pandoc has pandoc
    need tesseract-ocr has tesseract
    need tesseract-ocr-nld file /usr/share/tesseract-ocr/*/tessdata/nld.traineddata
}

bench() {
    need perl has perl
    need time file /usr/bin/time
    need hugo has hugo
    need wdutch file /usr/share/dict/dutch
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

install_missing() {
    if ! has apt-get >/dev/null || { [ "$(id -u)" != 0 ] && ! has sudo >/dev/null; }; then
        echo "setup: these are needed (by their names in Debian):$missing" >&2
        exit 1
    fi
    echo "setup: installing$missing" >&2
    as_root apt-get -q -o DPkg::Lock::Timeout=600 update
    # shellcheck disable=SC2086 # a list of names
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600 \
        install --no-install-recommends $missing
}

# The packages that the tests of pages use. The stamp is the lock file that they were installed by.
node_packages() {
    cmp -s package-lock.json node_modules/.installed && return
    echo "setup: installing the packages of package-lock.json" >&2
    npm ci --omit=optional --ignore-scripts --no-audit --no-fund
    cp package-lock.json node_modules/.installed
}

# What the index is measured beside. Its program comes as an optional package of the machine's kind.
node_peers() {
    [ -x build/bench/node_modules/.bin/pagefind ] && return
    echo "setup: installing pagefind" >&2
    mkdir -p build/bench
    npm install --prefix build/bench --no-save --no-audit --no-fund pagefind@1.6.0 >/dev/null
}

[ $# -gt 0 ] || set -- build
for set in "$@"; do
    case $set in
    build) build ;;
    test) test_ ;;
    bench) bench ;;
    import) import_ ;;
    *)
        echo "usage: setup.sh [build] [test] [bench] [import]" >&2
        exit 2
        ;;
    esac
done
[ -z "$missing" ] || install_missing
case " $* " in *" test "*) node_packages ;; esac
case " $* " in *" bench "*) node_peers ;; esac
