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

# The file has the commands that compile and link, one behind the other, each beginning with the
# compiler.
my ($flags) = slurp("$BUILD/flags") =~ /(.*)/;
my ($compiler) = $flags =~ /^(\S+)/;
$flags = join ' ', grep { $_ ne $compiler } split ' ', $flags;
my $libraries = '-lcmark-gfm-extensions $(pkg-config --libs libgit2 libcmark-gfm yaml-0.1 libutf8proc)';
my $program = scratch() . '/markdown';
my $built = run({dir => $ROOT}, 'sh', '-c',
    "$compiler $flags -I. -o $program tests/hostile/markdown.c $BUILD/libnaslag.a $libraries");
BAIL_OUT("markdown.c: $built->{err}") if $built->{status};

my $replay = run({dir => $ROOT}, 'sh', '-c',
    "$compiler $flags -I. -o $program.fuzz tests/fuzz/fuzz_markdown.c $BUILD/libnaslag.a $libraries");
BAIL_OUT("fuzz_markdown.c: $replay->{err}") if $replay->{status};

is(run({dir => $ROOT}, 'sh', '-c', "$program.fuzz tests/fuzz/seeds/markdown/*")->{status}, 0,
    'the seeds of the fuzzer');
open my $tap, '-|', $program or die "$program: $!";
while (<$tap>) {
    ok($1 eq 'ok', $2) if /^(ok|not ok) \d+ - (.*)/;
    diag($1) if /^# (.*)/;
}
close $tap;
is($? & 127, 0, 'it ends by itself');
done_testing();
