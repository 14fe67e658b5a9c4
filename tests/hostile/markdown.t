#!/usr/bin/env perl
# Markdown made to do harm, before it is more than Markdown: see markdown.c, which is built as the
# program was and takes over.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

plan skip_all => 'the program is not built' unless -e "$BUILD/libnaslag.a" && -e "$BUILD/flags";

my $scratch = scratch();
my $program = compile('tests/hostile/markdown.c', "$scratch/markdown");
my $replay = compile('tests/fuzz/fuzz_markdown.c', "$scratch/replay");

is(run({dir => $ROOT}, 'sh', '-c', "$replay tests/fuzz/seeds/markdown/*")->{status}, 0,
    'the seeds of the fuzzer');
open my $tap, '-|', $program or die "$program: $!";
while (<$tap>) {
    ok($1 eq 'ok', $2) if /^(ok|not ok) \d+ - (.*)/;
    diag($1) if /^# (.*)/;
}
close $tap;
is($? & 127, 0, 'it ends by itself');
done_testing();
