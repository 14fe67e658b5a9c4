#!/usr/bin/env perl
# Every code of a diagnostic is in the table of cli/codes.c and in docs/diagnostics.md, in English and in Dutch,
# and the reverse.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my %code = map { $_ => slurp("$ROOT/generator/$_") } grep { /\.[ch]$/ } tree("$ROOT/generator");
my $table = delete $code{'cli/codes.c'};
my %told = map { $_ => 1 } $table =~ /\{"([a-z0-9-]+)", DIAG_/g;
my @severe = map { lc } $table =~ /\{"[a-z0-9-]+", DIAG_([A-Z]+)/g;
for my $guide (['diagnostics.md', 'To mend it'], ['diagnostics.nl.md', 'Zo herstel je het']) {
    my ($file, $mend) = @$guide;
    my $text = slurp("$ROOT/docs/$file");
    is(join(' ', $text =~ /^## (.*)$/mg), join(' ', $table =~ /\{"([a-z0-9-]+)", DIAG_/g), "$file has the codes of the table");
    is(join(' ', map { lc } $text =~ /^## .*\n\n(\w+): \S.* \Q$mend\E: \S.*\.$/mg), join(' ', @severe), "$file: how bad, and how to mend it");
}
is(join(' ', $table =~ /\{"([a-z0-9-]+)", DIAG_/g), join(' ', sort keys %told), 'the table is sorted, each code once');

# Where a code is given: behind a severity, alone or as a choice of two.
my $all = join "\n", values %code;
my %given;
$given{$_} = 1 for $all =~ /DIAG_(?:NOTE|WARNING|ERROR),\s*"([a-z0-9-]+)"/g;
$given{$_} = 1 for map { /"([a-z0-9-]+)"/g } $all =~ /DIAG_(?:NOTE|WARNING|ERROR),\s*(\w+\s*\?\s*"[^"]+"\s*:\s*"[^"]+")/g;
ok(keys %given > 40, 'codes are found in the code');
is(join(' ', grep { !$told{$_} } sort keys %given), '', 'each code that is given is in the table');
is(join(' ', grep { $all !~ /"\Q$_\E"/ } sort keys %told), '', 'each code in the table is given somewhere');
done_testing();
