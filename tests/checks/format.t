#!/usr/bin/env perl
# The layout of the code is what .clang-format says, as version 14 of clang-format reads it.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my ($formatter) = grep { run($_, '--version')->{out} =~ /version 14\./ }
    qw(clang-format-14 clang-format);
plan skip_all => 'clang-format 14 is not installed; other versions lay out differently'
    unless $formatter;
for my $file (grep { /\.[ch]$/ } map { my $top = $_; map { "$top/$_" } tree("$ROOT/$_") } qw(generator tests)) {
    my $result = run({dir => $ROOT}, $formatter, '--dry-run', '--Werror', $file);
    ok($result->{status} == 0, $file) or diag($result->{err});
}
done_testing();
