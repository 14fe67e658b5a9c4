#!/usr/bin/env perl
# The output folder: only what the program wrote itself is touched, and only where it changed.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my $repository = repository(
    'naslag.yaml' => "title: Proef\n",
    'topics/aap.md' => "---\ntitle: Aap\nkind: concept\n---\nEen dier.\n",
    'notes/boom.md' => "# Boom\n\nEen [[Aap]] in een boom.\n",
    'notes/roos.md' => "# Roos\n\nEen bloem.\n",
);
sub build { return naslag('build', '-q', '-C', $repository, '--out', @_) }

my $home = scratch();
my $default = naslag({dir => $repository}, 'build', '-q');
is($default->{status}, 0, 'without --out: status 0') or diag($default->{err});
ok(-e "$repository/public/index.html", 'without --out: public/');

# A folder that is not its own is refused, and left as it was.
spill("$home/mine/letter.txt", 'dear reader');
my $result = build("$home/mine");
is($result->{status}, 2, 'a folder with files of others: status 2');
like($result->{err}, qr/\Q$home\E\/mine/, 'a folder with files of others: it is named');
is(join(' ', tree("$home/mine")), 'letter.txt', 'a folder with files of others: untouched');
spill("$home/file", 'x');
is(build("$home/file")->{status}, 2, 'a file for a folder: status 2');
is(slurp("$home/file"), 'x', 'a file for a folder: untouched');
mkdir "$home/empty";
is(build("$home/empty")->{status}, 0, 'an empty folder is taken');

# Unchanged files are not written again; what a person put there stays; what is gone goes.
my $site = "$home/site";
build($site);
my @first = tree($site);
my %inode = map { $_ => join ' ', (stat "$site/$_")[1, 9] } @first;
spill("$site/CNAME", 'naslag.example');
utime 1, 1, map { "$site/$_" } @first;
build($site);
is_deeply([grep { (stat "$site/$_")[9] != 1 } @first], [], 'a second build writes no file again');

unlink "$repository/notes/roos.md";
run({dir => $repository}, qw(git rm -q --cached notes/roos.md));
commit($repository, 'without the rose');
is(build($site)->{status}, 0, 'a third build');
ok(!-e "$site/notities/roos.html", 'the page of a note that is gone is gone');
ok(-e "$site/notities/boom.html", 'other pages are there');
is(slurp("$site/CNAME"), 'naslag.example', 'a file of another hand is there');

my @left = grep { /\.(?:tmp|new|lock|part)|~$/ } tree($site);
is("@left", '', 'nothing half-written is left behind');

# A symbolic link in the output folder must not lead writing out of it.
my $trap = "$home/trap";
build($trap);
spill("$home/outside/safe", 'safe');
run('rm', '-rf', "$trap/notities");
symlink "$home/outside", "$trap/notities";
build($trap);
is(join(' ', tree("$home/outside")), 'safe', 'nothing is written through a symbolic link');
my ($quiet, $told) = (scratch() . '/quiet', scratch() . '/told');
build($quiet);
my $profile = naslag('build', '-q', '--profile', '-C', $repository, '--out', $told);
is($profile->{status}, 0, '--profile: status');
is($profile->{out}, '', '--profile: nothing on standard output');
like($profile->{err}, qr/^stage +seconds +cpu +peak MB\n(?:[a-z ]+(?: +[\d.]+){3}\n){5,}\z/, '--profile: a table of stages');
my ($sum, $all) = (0, 0);
$1 eq 'all' ? ($all = $2) : ($sum += $2) while $profile->{err} =~ /^([a-z ]+?) +([\d.]+) /mg;
cmp_ok(abs($sum - $all), '<', 0.02, '--profile: the stages are all there is');
is_deeply([map { slurp("$told/$_") } tree($told)], [map { slurp("$quiet/$_") } tree($quiet)], '--profile: the same site');

done_testing();
