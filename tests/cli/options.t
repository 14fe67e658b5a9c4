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
is(naslag('help')->{out}, naslag('--help')->{out}, 'help');
is(naslag('help', 'build')->{out}, naslag('build', '--help')->{out}, 'help with a command');
like(naslag('help', 'biuld')->{err}, qr/^naslag: no such command: 'biuld'; did you mean 'build'\?$/m, 'help with none');
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
# What is said leads on: to the command that may be meant, and to the help of the one that was.
like(naslag('chek')->{err}, qr/^naslag: no such command: 'chek'; did you mean 'check'\?$/m, 'a slip in a command');
like(naslag('publiceer')->{err}, qr/^naslag: no such command: 'publiceer'; see 'naslag --help'$/m, 'nothing near');
like(naslag('serve', 'nu')->{err}, qr/^naslag: no argument belongs here, as is 'nu'; see 'naslag serve --help'$/m, 'the help of a command');

# A site of what is committed says so: what is new and not committed is not on it.
my $site = repository('notes/a.md' => "# A\n");
my $commit = substr run({dir => $site}, qw(git rev-parse HEAD))->{out}, 0, 10;
like(naslag('build', '-C', $site, '--out', scratch() . '/site')->{out}, qr/^1 documents, .* as of commit \Q$commit\E$/m, 'build says of which commit');
unlike(naslag('build', '-C', $site, '--worktree', '--out', scratch() . '/site')->{out}, qr/as of commit/, 'but not of a work tree');
my $shown = run({dir => $site}, 'script', '-qec', "'$NASLAG' check --no-cache; true", '/dev/null')->{out} if -x '/usr/bin/script';
SKIP: {
    skip 'no script(1)', 1 if !$shown;
    unlike($shown, qr/nothing is wrong/, 'a terminal: with a note it is not said');
}
spill("$site/index.md", "# Begin\n\n[[a]]\n");
SKIP: {
    skip 'no script(1)', 1 if !$shown;
    like(run({dir => $site}, 'script', '-qec', "'$NASLAG' check --no-cache; true", '/dev/null')->{out}, qr/^nothing is wrong in 2 documents\r?$/m,
        'a terminal: that nothing is wrong');
}
done_testing();
