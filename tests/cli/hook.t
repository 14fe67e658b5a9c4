#!/usr/bin/env perl
# naslag hook: what git checks before a commit, what it publishes after a push, and whose hooks stay.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use POSIX ();
use Test::More;

my %GOOD = ('notes/goed.md' => "# Goed\n\nNiets aan de hand.\n", 'index.md' => "# Begin\n\n[[goed]]\n");
my $BROKEN = "---\ntitle: [open\n---\nTekst.\n";

sub git {
    my ($folder, @arguments) = @_;
    return run({dir => $folder}, 'git', @arguments);
}

sub head { return git($_[0], qw(rev-parse HEAD))->{out} }

# -- What is staged ---------------------------------------------------------------------------------

my $repository = repository(%GOOD);
is(naslag('check', '--staged', '-C', $repository)->{status}, 0, 'nothing staged: fine');
spill("$repository/notes/fout.md", $BROKEN);
is(naslag('check', '--staged', '-C', $repository)->{status}, 0, 'a mistake that is not staged is none');
git($repository, 'add', '-N', 'notes/fout.md');
is(naslag('check', '--staged', '-C', $repository)->{status}, 0, 'nor is what is only announced');
git($repository, 'add', 'notes/fout.md');
spill("$repository/notes/fout.md", "# Hersteld\n\n[[goed]]\n");
my $objects = join "\n", tree("$repository/.git");
my $result = naslag('check', '--staged', '--no-cache', '-C', $repository);
is($result->{status}, 1, 'one that is staged, and mended since, is one');
like($result->{out}, qr{^notes/fout\.md:\d+:\d+: error: }m, 'with its place');
like($result->{out}, qr/^\s*title: \[open$/m, 'and its line as it is staged');
is(join("\n", tree("$repository/.git")), $objects, 'nothing in the repository changes');
git($repository, qw(rm -q --cached notes/goed.md));
like(naslag('check', '--staged', '-C', $repository)->{out}, qr{index\.md:3:\d+: warning: nothing is called 'goed'},
    'a file that is taken out is not there');
my $new = scratch();
git($new, qw(init -q -b main));
spill("$new/content/notes/a.md", $BROKEN);
git($new, 'add', '.');
is(naslag('check', '--staged', '-C', $new)->{status}, 1, 'before the first commit');
is(naslag('check', '--staged', '--rev', 'HEAD', '-C', $new)->{status}, 2, '--staged is no commit');
spill("$repository/notes/goed.md", "# Goed\n\nNaar [[nergens]].\n");
git($repository, 'add', '-A');
is(naslag('check', '--staged', '--fail-on', 'error', '-C', $repository)->{status}, 0,
    '--fail-on error: warnings are no failure');
is(naslag('check', '--staged', '-C', $repository)->{status}, 1, 'without it they are');
is(naslag('check', '--fail-on', 'x', '-C', $repository)->{status}, 2, 'nothing else fails');

# -- Before a commit --------------------------------------------------------------------------------

$repository = repository(%GOOD);
$result = naslag('hook', 'install', '-C', $repository);
is($result->{status}, 0, 'installed') or diag($result->{err});
ok(-x "$repository/.git/hooks/pre-commit", 'as a program');
is(naslag('hook', 'status', '-C', $repository)->{out}, "pre-commit: installed\npost-receive: none\n", 'status');
my $script = slurp("$repository/.git/hooks/pre-commit");
is(naslag('hook', 'install', '-C', $repository)->{status}, 0, 'twice is once');
is(slurp("$repository/.git/hooks/pre-commit"), $script, 'and the same');
ok(-x "$repository/.git/hooks/pre-commit", 'still a program');

my $head = head($repository);
spill("$repository/notes/fout.md", $BROKEN);
git($repository, 'add', '.');
spill("$repository/notes/fout.md", "# Hersteld\n\n[[goed]]\n");
$result = git($repository, qw(commit -m fout));
is($result->{status}, 1, 'an error stops the commit');
like($result->{err}, qr{notes/fout\.md:\d+:\d+: error: .*git commit --no-verify}s, 'with its place, and how to skip the check');
is(head($repository), $head, 'nothing is committed');
$result = git($repository, qw(commit -a -m hersteld));
is($result->{status}, 0, 'commit -a commits what lies there: it is checked as well') or diag($result->{err});
isnt(head($repository), $head, 'it is committed');
spill("$repository/notes/fout.md", $BROKEN);
is(git($repository, qw(commit -a -m fout))->{status}, 1, 'commit -a with an error');
is(git($repository, qw(commit -m fout notes/fout.md))->{status}, 1, 'commit FILE with an error');
is(git($repository, qw(commit -a --no-verify -m fout))->{status}, 0, '--no-verify');
spill("$repository/notes/fout.md", "# Let op\n\nNaar [[nergens]].\n");
$result = git($repository, qw(commit -a -m waarschuwing));
is($result->{status}, 0, 'a warning stops nothing');
like($result->{err}, qr/warning: nothing is called 'nergens'/, 'but is shown');
spill("$repository/notes/fout.md", "# Goed\n\n[[goed]]\n");
my $tree = scratch() . '/los';
git($repository, qw(worktree add -q), $tree, '-b', 'los');
spill("$tree/notes/mis.md", $BROKEN);
git($tree, 'add', '.');
is(git($tree, qw(commit -m los))->{status}, 1, 'a second work tree has an index of its own');

is(naslag('hook', 'remove', '-C', $repository)->{status}, 0, 'removed');
ok(!-e "$repository/.git/hooks/pre-commit", 'it is gone');
is(naslag('hook', 'status', '-C', $repository)->{status}, 1, 'status: none is there');
is(naslag('hook', 'remove', '-C', $repository)->{status}, 0, 'nothing to remove is no failure');

# -- Whose hooks stay -------------------------------------------------------------------------------

my $hook = "$repository/.git/hooks/pre-commit";
for my $case (['another program\'s', "#!/bin/sh\nexit 0\n", qr/is not naslag's/, "another program's"],
    ['an edited one', "$script# anders\n", qr/was edited/, 'installed, and edited since']) {
    my ($what, $bytes, $message, $state) = @$case;
    spill($hook, $bytes);
    chmod 0755, $hook;
    $result = naslag('hook', 'install', '-C', $repository);
    is($result->{status}, 2, "$what is not replaced");
    like($result->{err}, $message, "$what: that is said");
    naslag('hook', 'remove', '--pre-commit', '-C', $repository);
    is(slurp($hook), $bytes, "$what stays");
    like(naslag('hook', 'status', '-C', $repository)->{out}, qr/^pre-commit: $state$/m, "$what: status");
}
unlink $hook;
symlink '/dev/null', $hook;
is(naslag('hook', 'install', '-C', $repository)->{status}, 2, 'a link is not followed');

$repository = repository(%GOOD);
git($repository, qw(config core.hooksPath .haken));
is(naslag('hook', 'install', '-C', $repository)->{status}, 0, 'core.hooksPath') or diag($result->{err});
ok(-x "$repository/.haken/pre-commit", 'is where the hook goes');
spill("$repository/notes/fout.md", $BROKEN);
git($repository, 'add', 'notes');
is(git($repository, qw(commit -m fout))->{status}, 1, 'and where git finds it');

# -- After a push -------------------------------------------------------------------------------------

$repository = repository(%GOOD);
my $bare = bare($repository);
my $out = scratch() . "/de site";
my $log = scratch() . "/log'boek";
git($repository, 'remote', 'add', 'origin', $bare);
is(naslag('hook', 'install', '-C', $bare)->{status}, 2, 'where the site goes must be said');
$result = naslag('hook', 'install', '-C', $bare, '--branch', 'main', '--out', $out, '--log', $log);
is($result->{status}, 0, 'a bare repository') or diag($result->{err});
is(naslag('hook', 'install', '--pre-commit', '-C', $bare)->{status}, 2, 'takes no check of commits');
spill("$repository/notes/nieuw.md", "# Nieuw\n\n[[goed]]\n");
commit($repository, 'nieuw');
$result = git($repository, qw(push origin main));
is($result->{status}, 0, 'a push') or diag($result->{err});
ok(-e "$out/notities/nieuw.html", 'is published');
like($result->{err}, qr/^remote: naslag: published/m, 'whoever pushes is told');
like(slurp($log), qr/^naslag: \d{4}-.*^3 documents.*^naslag: published/ms, 'and the log');
spill("$repository/notes/zij.md", "# Zij\n");
git($repository, qw(checkout -q -b zij));
commit($repository, 'zij');
git($repository, qw(push -q origin zij));
ok(!-e "$out/notities/zij.html", 'another branch is not');
spill("$repository/notes/zij.md", $BROKEN);
commit($repository, 'fout');
$result = git($repository, qw(push origin zij:main));
is($result->{status}, 0, 'a mistake stops no push');
like($result->{err}, qr{remote: notes/zij\.md.*error}, 'and is told');

# Two at once: the second waits, and the last commit is what is published.
my @pushes = map {
    my $clone = scratch() . '/kloon';
    run('git', 'clone', '-q', $bare, $clone);
    $clone;
} 1, 2;
for my $n (0, 1) {
    spill("$pushes[$n]/notes/klaar$n.md", "# Klaar $n\n\n[[goed]]\n");
    commit($pushes[$n], "klaar $n");
}
git($pushes[1], qw(push -q origin HEAD:ander));
my $lock = "$out/.naslag/lock";
ok(-e $lock, 'there is a lock');
open my $held, '<', $lock or die;
flock $held, 2;
my $child = fork;
if (!$child) {
    close $held; # or it would hold the lock as well
    my $pushed = git($pushes[0], qw(push -q origin main));
    POSIX::_exit($pushed->{status});
}
select undef, undef, undef, 0.5;
ok(!-e "$out/notities/klaar0.html", 'a build that is under way is waited for');
git($bare, qw(fetch -q), $pushes[1], '+main:nog');
close $held;
waitpid $child, 0;
is($? >> 8, 0, 'the push ends well');
ok(-e "$out/notities/klaar0.html", 'and its site is there');
# Two who push again and again, as soon as they can, with nobody to hold them apart.
my $ROUNDS = 4;
spill($log, '');
my @children = map {
    my $n = $_;
    my $pid = fork // die "fork: $!";
    if (!$pid) {
        alarm 120;
        POSIX::_exit(push_often($pushes[$n], $n) == $ROUNDS ? 0 : 1);
    }
    $pid;
} 0, 1;

# Each time a note of one's own, and a line in one that both write; the slower one begins anew on what the other pushed.
sub push_often {
    my ($clone, $n) = @_;
    my $pushed = 0;
    for my $try (1 .. 60) {
        git($clone, qw(fetch -q origin));
        git($clone, qw(reset -q --hard origin/main));
        spill("$clone/notes/beurt$n-$pushed.md", "# Beurt $n, $pushed\n\n" . "[[goed]] en [[samen]].\n\n" x 50);
        spill("$clone/notes/samen.md", (-e "$clone/notes/samen.md" ? slurp("$clone/notes/samen.md") : "# Samen\n") . "\nBeurt $n, $pushed.\n");
        git($clone, qw(add -A));
        git($clone, qw(commit -q -m), "beurt $n, $pushed");
        $pushed++ if git($clone, qw(push -q origin HEAD:main))->{status} == 0;
        last if $pushed == $ROUNDS;
    }
    return $pushed;
}

is(join(' ', map { waitpid $_, 0; $? >> 8 } @children), '0 0', 'all pushes of two who push at once end well');
my $told = slurp($log);
is(() = $told =~ /^naslag: published in /mg, 2 * $ROUNDS, 'and each was published') or diag($told);
unlike($told, qr/not published/, 'none was turned away');
my $fresh = scratch() . '/site';
naslag('build', '-q', '-C', $bare, '--rev', 'refs/heads/main', '--out', $fresh);
my $compared = run('diff', '-rq', '-x', '.naslag', $fresh, $out);
is("$compared->{status} $compared->{out}", '0 ', 'what is there is the site of the last commit, nothing mixed');
is(join(' ', sort grep { /^notities\/beurt\d-\d\.html$/ } tree($out)),
    join(' ', map { my $n = $_; map { "notities/beurt$n-$_.html" } 0 .. $ROUNDS - 1 } 0, 1), 'with the notes of both');
is(naslag('hook', 'remove', '-C', $bare)->{status}, 0, 'removed');
ok(!-e "$bare/hooks/post-receive", 'it is gone');

is(naslag('hook')->{status}, 2, 'install, remove or status');
is(naslag('hook', 'instal')->{status}, 2, 'and nothing else');
done_testing();
