#!/bin/sh
# Usage: embed.sh OUTPUT_PREFIX FILES...
# Writes OUTPUT_PREFIX.S, which holds the bytes of FILES, and OUTPUT_PREFIX.c, which defines the
# table of write/embedded.h. FILES are named as the program will know them, or so with `=` and their
# path behind it; the assembler reads them from the folder that it is run in.
set -eu
LC_ALL=C
export LC_ALL

if [ $# -lt 1 ]; then
    echo "usage: embed.sh OUTPUT_PREFIX FILES..." >&2
    exit 2
fi
prefix=$1
shift

# The names go into C and into assembly as they are.
for file; do
    case ${file%%=*} in
    '' | /* | -* | ../* | */../* | */.. | *[!A-Za-z0-9._/-]*)
        echo "embed.sh: '$file': names may hold letters, digits, '.', '-', '_' and '/' only" >&2
        exit 1
        ;;
    esac
    file=${file#*=}
    if [ ! -f "$file" ] || [ ! -r "$file" ]; then
        echo "embed.sh: '$file' cannot be read" >&2
        exit 1
    fi
done

put_assembly() {
    echo '    .section .rodata'
    number=0
    for file; do
        cat <<END
    .balign 8
    .globl embedded_$number
    .hidden embedded_$number
embedded_$number:
    .incbin "${file#*=}"
    .globl embedded_end_$number
    .hidden embedded_end_$number
embedded_end_$number:
    .byte 0
END
        number=$((number + 1))
    done
    echo '    .section .note.GNU-stack,"",%progbits'
}

put_table() {
    echo '#include "write/embedded.h"'
    echo
    number=0
    for file; do
        echo "extern const char embedded_${number}[] __attribute__((visibility(\"hidden\")));"
        echo "extern const char embedded_end_${number}[] __attribute__((visibility(\"hidden\")));"
        number=$((number + 1))
    done
    echo
    echo "const size_t embedded_count = $number;"
    echo 'const struct embedded embedded_files[] = {'
    number=0
    for file; do
        echo "    {\"${file%%=*}\", embedded_$number, embedded_end_$number},"
        number=$((number + 1))
    done
    # An array must not be empty.
    echo '    {NULL, NULL, NULL},'
    echo '};'
}

put_assembly "$@" >"$prefix.S"
put_table "$@" >"$prefix.c"
