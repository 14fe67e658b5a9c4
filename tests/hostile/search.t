#!/usr/bin/env perl
# Indexes of which bytes were changed, dropped and doubled: the reader must come to an end, in bounds
# (see tests/fuzz/fuzz_search.c, which is built as the program was).
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

use constant {VARIANTS => 60, QUERIES => 15}; # of each seed

plan skip_all => 'the program is not built' unless -e "$BUILD/libnaslag.a" && -e "$BUILD/flags";

my $scratch = scratch();
my $program = compile('tests/fuzz/fuzz_search.c', "$scratch/search");

# The same numbers on every machine.
my $state = 42;

sub draw {
    my ($below) = @_;
    $state = ($state * 1103515245 + 12345) % 2147483648;
    return int($state / 65536) % $below;
}

# Its files stay files: what is changed lies within one, whose length is told anew.
sub variant {
    my ($seed) = @_;
    my (undef, undef, @files) = unpack 'C C (C/a v/a)*', $seed;
    for (1 .. 1 + draw(6)) {
        my $file = \$files[1 + 2 * draw(@files / 2)];
        my ($at, $way) = (draw(1 + length $$file), draw(5));
        if ($way == 0) { substr($$file, $at, 1) = chr draw(256) }
        elsif ($way == 1) { substr($$file, $at, 1 + draw(8)) = '' }
        elsif ($way == 2) { substr($$file, $at, 0) = "\xFF\xFF\xFF\xFF\x0F" }
        elsif ($way == 3) { substr($$file, $at) = substr $$file, draw(1 + length $$file), 200 }
        else { $$file = $files[1 + 2 * draw(@files / 2)] }
        $$file = substr $$file, 0, 0xFFFF;
    }
    return pack 'C C (C/a v/a)*', draw(QUERIES), draw(256), @files;
}

for my $seed (sort glob "$ROOT/tests/fuzz/seeds/search/*") {
    my ($name) = $seed =~ m{([^/]+)$};
    my $bytes = slurp($seed);
    my @files = map { "$scratch/$_-$name" } 1 .. VARIANTS + QUERIES;
    spill($files[$_ - 1], $_ > QUERIES ? variant($bytes) : pack('C', $_ - 1) . substr $bytes, 1) for 1 .. @files;
    my $result = run({}, 'timeout', 60 * ($ENV{NASLAG_SLOWER} // 1), $program, $seed, @files);
    is($result->{status}, 0, "$name: in bounds, to the end") or diag($result->{err}, (split /\n/, $result->{out})[-1]);
}
done_testing();
