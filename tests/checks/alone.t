#!/usr/bin/env perl
# The project speaks of itself alone: no machine's paths, no address to fetch something from.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

# Written with brackets so that this file does not find itself.
my $PLACES = qr{(?<![\w.~])/(?:w[o]rk|h[o]me|r[o]ot|U[s]ers)/|r[e]gistry\.|localhost:[0-9]{4}/[a-z]};
my @TOOLS = qw(Makefile setup.sh .ci/run .npmrc package.json package-lock.json .gitignore .editorconfig);

my @files = split /\0/, run({dir => $ROOT}, qw(git ls-files -z))->{out};
plan skip_all => 'not a repository' unless @files;
my @found;
for my $file (grep { -f "$ROOT/$_" && -T "$ROOT/$_" } @files) {
    my $number = 0;
    for my $line (split /\n/, slurp("$ROOT/$file")) {
        $number++;
        push @found, "$file:$number: $line" if $line =~ $PLACES;
    }
}
is(join("\n", @found), '', 'no file names a place on a machine');
for my $file (@TOOLS) {
    unlike(slurp("$ROOT/$file"), qr{\w://|\b\w+\.(?:com|org|net|io|dev)\b}, "$file names no host");
}
unlike(slurp("$ROOT/package-lock.json"), qr/"resolved"/, 'package-lock.json has no addresses');
done_testing();
