#!/usr/bin/env perl
# Help, version and mistakes in the command line.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my $version = (slurp("$ROOT/Makefile") =~ /^VERSION := (\S+)$/m)[0];

for my $words (['--version'], ['build', '--version'], ['import', '--version']) {
    my $result = naslag(@$words);
    is($result->{status}, 0, "@$words: status");
    is($result->{out}, "naslag $version\n", "@$words: the version of the Makefile");
    is($result->{err}, '', "@$words: no errors");
}
for my $words (['--help'], ['build', '--help'], ['import', '--help']) {
    my $result = naslag(@$words);
    is($result->{status}, 0, "@$words: status");
    like($result->{out}, qr/^usage: naslag\b/i, "@$words: usage on standard output");
    is($result->{err}, '', "@$words: no errors");
}
my $help = naslag('build', '--help')->{out};
like($help, qr/(?<![\w-])\Q$_\E(?![\w-])/, "the help has $_")
    for qw(-C --rev --worktree --content --out -j -q --templates --theme --help);

my @MISTAKES = (
    [[], 'no command'],
    [['nonsense'], 'an unknown command'],
    [['build', '--nonsense'], 'an unknown option'],
    [['build', '-C'], 'an option without its value'],
    [['build', '--rev', 'HEAD', '--worktree'], 'a revision and the work tree at once'],
    [['build', '-j', '0'], 'no threads'],
    [['build', '-j', 'many'], 'a number of threads that is none'],
    [['build', '-j', '99999999999999999999'], 'more threads than a number holds'],
    [['build', 'left', 'over'], 'words left over'],
);
my $folder = scratch();
for my $mistake (@MISTAKES) {
    my ($words, $name) = @$mistake;
    my $result = naslag({dir => $folder}, @$words);
    is($result->{status}, 2, "$name: status 2");
    is($result->{out}, '', "$name: nothing on standard output");
    like($result->{err}, qr/^naslag: |^usage: /m, "$name: says so");
    is(join(' ', tree($folder)), '', "$name: writes nothing");
}
done_testing();
