#!/usr/bin/env perl
# Every header compiles alone, with gcc and with clang, and says which file it is in its guard.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my @FLAGS = qw(-std=c11 -D_GNU_SOURCE -Igenerator -fsyntax-only -Wall -Wextra -Wpedantic -Wconversion
    -Wshadow -Wstrict-prototypes -Werror -x c -);

my @headers = grep { /\.h$/ } tree("$ROOT/generator");
for my $compiler (qw(gcc clang)) {
    for my $header (@headers) {
        my $result = run({dir => $ROOT, in => "#include \"$header\"\n#include \"$header\"\n"},
            $compiler, @FLAGS);
        ok($result->{status} == 0, "$compiler: $header") or diag($result->{err});
    }
}
for my $header (@headers) {
    my $guard = 'NASLAG_' . uc($header =~ tr{/.-}{_}r);
    like(slurp("$ROOT/generator/$header"), qr/^#ifndef $guard\n#define $guard\n/m,
        "$header is guarded by its name");
}
done_testing();
