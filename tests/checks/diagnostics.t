#!/usr/bin/env perl
# Every code of a diagnostic is in the table of cli/codes.c and in docs/diagnostics.md, and the reverse.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my %code = map { $_ => slurp("$ROOT/generator/$_") } grep { /\.[ch]$/ } tree("$ROOT/generator");
my $table = delete $code{'cli/codes.c'};
my %told = map { $_ => 1 } $table =~ /\{"([a-z0-9-]+)", DIAG_/g;
my %documented = map { $_ => 1 } slurp("$ROOT/docs/diagnostics.md") =~ /^## ([a-z0-9-]+)$/mg;
is_deeply([sort keys %documented], [sort keys %told], 'docs and table have the same codes');
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
