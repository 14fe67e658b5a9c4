#!/usr/bin/env perl
# Queries, whole, cut off after every few bytes as while they are typed, and put together anew (see
# tests/fuzz/fuzz_query.c, which is built as the program was).
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

use constant VARIANTS => 60; # of each seed

plan skip_all => 'the program is not built' unless -e "$BUILD/libnaslag.a" && -e "$BUILD/flags";

my $scratch = scratch();
my $program = compile('tests/fuzz/fuzz_query.c', "$scratch/query");

# The same numbers on every machine.
my $state = 42;

sub draw {
    my ($below) = @_;
    $state = ($state * 1103515245 + 12345) % 2147483648;
    return int($state / 65536) % $below;
}

# Words and signs doubled, dropped, swapped, glued, cut within.
sub variant {
    my @parts = split /(?<=[ ():"*-])/, $_[0];
    for (1 .. 1 + draw(12)) {
        last unless @parts;
        my ($at, $other, $way) = (draw(scalar @parts), draw(scalar @parts), draw(6));
        if ($way == 0) { splice @parts, $at, 0, $parts[$other] }
        elsif ($way == 1) { splice @parts, $at, 1 }
        elsif ($way == 2) { @parts[$at, $other] = @parts[$other, $at] }
        elsif ($way == 3) { $parts[$at] =~ s/ $// }
        elsif ($way == 4) { substr($parts[$at], draw(1 + length $parts[$at])) = '' }
        else { splice @parts, $at, 0, ($parts[$other]) x 40 }
    }
    return join '', @parts;
}

for my $seed (sort glob "$ROOT/tests/fuzz/seeds/query/*") {
    my $text = slurp($seed);
    my ($name) = $seed =~ m{([^/]+)$};
    my @texts = map { substr $text, 0, 3 * $_ } 0 .. length($text) / 3;
    push @texts, map { variant($text) } 1 .. VARIANTS;
    my @files = ($seed, map { "$scratch/$_-$name" } 0 .. $#texts);
    spill($files[$_ + 1], $texts[$_]) for 0 .. $#texts;
    my $result = run({}, $program, @files);
    is($result->{status}, 0, "$name: trees and places are sound")
        or diag($result->{err}, (split /\n/, $result->{out})[-1]);
}

# Far more than a query may be long.
for my $part ('(', '-(', 'NOT ', 'a OR (b AND -(', 'a OR b -c NEAR (', '"', 'topic:(', 'a NEAR/2 ', '*', "\xC2\xAD") {
    spill("$scratch/many", $part x 200_000);
    my $result = run({}, 'timeout', 10 * ($ENV{NASLAG_SLOWER} // 1), $program, "$scratch/many");
    is($result->{status}, 0, "many times '$part'") or diag($result->{err});
}
done_testing();
