#!/usr/bin/env perl
# Plain text, also cut to pieces and put together anew: no byte of it may be lost or come twice (see
# tests/fuzz/fuzz_text.c, which is built as the program was).
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

use constant VARIANTS => 60; # of each seed

plan skip_all => 'the program is not built' unless -e "$BUILD/libnaslag.a" && -e "$BUILD/flags";

my $scratch = scratch();
my $program = compile('tests/fuzz/fuzz_text.c', "$scratch/text");

# The same numbers on every machine.
my $state = 42;

sub draw {
    my ($below) = @_;
    $state = ($state * 1103515245 + 12345) % 2147483648;
    return int($state / 65536) % $below;
}

# Lines doubled, dropped, swapped, glued, cut, set in.
sub variant {
    my @lines = split /(?<=\n)/, $_[0];
    for (1 .. 1 + draw(12)) {
        last unless @lines;
        my $at = draw(scalar @lines);
        my $other = draw(scalar @lines);
        my $way = draw(7);
        if ($way == 0) { splice @lines, $at, 0, $lines[$other] }
        elsif ($way == 1) { splice @lines, $at, 1 }
        elsif ($way == 2) { @lines[$at, $other] = @lines[$other, $at] }
        elsif ($way == 3) { $lines[$at] =~ s/\n// }
        elsif ($way == 4) { substr($lines[$at], draw(1 + length $lines[$at])) = "\n" }
        elsif ($way == 5) { $lines[$at] = ' ' x draw(60) . $lines[$at] }
        else { splice @lines, $at, 0, $lines[$other] x 4, "\f" }
    }
    return join '', @lines;
}

my @seeds = glob "$ROOT/tests/fuzz/seeds/text/*";
my %files = map { ((m{([^/]+)$})[0] => [$_]) } @seeds;
for my $seed (sort keys %files) {
    my $text = slurp($files{$seed}[0]);
    for my $number (1 .. VARIANTS) {
        my $file = "$scratch/$number-$seed";
        spill($file, variant($text));
        push @{$files{$seed}}, $file;
    }
    my $result = run({}, $program, @{$files{$seed}});
    is($result->{status}, 0, "$seed: nothing is lost") or diag($result->{err}, (split /\n/, $result->{out})[-1]);
}

SKIP: {
    my @texts = shared() ? glob(shared() . '/sources/*.txt') : ();
    skip 'the real documents are not here', 1 unless @texts;
    my $result = run({}, $program, @texts);
    is($result->{status}, 0, 'the real documents: nothing is lost') or diag($result->{err});
}
done_testing();
