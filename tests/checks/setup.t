#!/usr/bin/env perl
# setup.sh is silent and quick where all is there, and says what is missing where it can't install.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;
use Time::HiRes qw(time);

my $start = time;
my $result = run({dir => $ROOT}, './setup.sh', 'build', 'test');
cmp_ok(time - $start, '<', 1.5, 'all there: it is quick');
is($result->{status}, 0, 'all there: it succeeds');
is($result->{out} . $result->{err}, '', 'all there: it is silent');

# A PATH with nothing but what the script itself uses.
my $bin = scratch();
for my $tool (qw(dirname id cmp)) {
    my ($path) = grep { -x } map { "$_/$tool" } split /:/, $ENV{PATH};
    symlink $path, "$bin/$tool";
}
$result = run({dir => $ROOT, env => {PATH => $bin}}, '/bin/sh', './setup.sh', 'build');
is($result->{status}, 1, 'no apt-get: it fails');
like($result->{err}, qr/^setup: these are needed.*\bpkg-config\b.*\blibgit2-dev\b/,
    'no apt-get: it names the packages');

is(run({dir => $ROOT}, './setup.sh', 'nothing')->{status}, 2, 'an unknown set is refused');
done_testing();
