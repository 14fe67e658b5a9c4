#!/usr/bin/env perl
# The manual page is well-formed and tells of every option and command that the program has.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my $lint = run({dir => $ROOT}, qw(mandoc -Tlint -W warning naslag.1));
is($lint->{out} . $lint->{err}, '', 'mandoc has nothing to say');
is($lint->{status}, 0, 'mandoc ends well');

my $page = run({dir => $ROOT}, qw(mandoc -Tascii -O width=200 naslag.1))->{out} =~ s/.\x08//gr;
like($page, qr/^$_$/m, "section $_")
    for 'NAME', 'SYNOPSIS', 'DESCRIPTION', 'FILES', 'EXIT STATUS', 'EXAMPLES';

my $help = join '', map { naslag(@$_, '--help')->{out} } [], map { [$_] } naslag('--help')->{out} =~ /^  ([a-z]+) /mg;
my %options = map { $_ => 1 } $help =~ /(?<![\w-])(--?[a-zA-Z][\w-]*)/g;
ok(%options, 'the help shows options');
like($page, qr/(?<![\w-])\Q$_\E(?![\w-])/, "$_ is in the manual") for sort keys %options;
done_testing();
