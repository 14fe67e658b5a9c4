#!/usr/bin/env perl
# Same commit, same bytes: whatever the clock, zone, locale, umask, path, user's home or threads.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use File::Path qw(make_path);
use Naslag;
use Test::More;

my %files = ('naslag.yaml' => "title: Proef\nlanguage: nl\n");
my @names = map { "onderwerp $_" } 1 .. 40;
for my $n (1 .. 40) {
    $files{"topics/onderwerp-$n.md"} = "---\ntitle: Onderwerp $n\nkind: concept\n---\nOver $n.\n";
    $files{"notes/map-" . $n % 5 . "/nota-$n.md"} = "# Nota $n\n\n"
        . join("\n\n", map { "Hier staat onderwerp " . ($n * $_ % 40 + 1) . " bij [[Onderwerp $n]] en [[Nergens $_]]." } 1 .. 9);
    $files{"sources/brief-$n.txt"} = "Brief $n\n\n" . $n % 28 . " maart 2024\n\nOver onderwerp $n en meer.\n";
}
my $repository = repository(%files);
commit($repository, 'again');

# The path of the repository and of the output differ, and with them everything else.
my $other = scratch() . '/elders/een map met spaties & ünicode';
make_path($other);
run('git', 'clone', '-q', '--bare', $repository, "$other/kopie.git");

my $one = scratch() . '/een';
my $two = "$other/twee";
my $first = naslag({umask => 022, env => {TZ => 'UTC', LC_ALL => 'C', HOME => '/nonexistent'}},
    'build', '-q', '-C', $repository, '--out', $one, '-j', '1');
sleep 1;
my $second = naslag({umask => 077, dir => $other,
        env => {TZ => 'Pacific/Kiritimati', LC_ALL => 'tr_TR.UTF-8', LANG => 'nl_NL', HOME => $other}},
    'build', '-q', '-C', 'kopie.git', '--out', 'twee', '-j', '7');

ok($first->{status} < 2 && $second->{status} < 2, 'both are built')
    or diag($first->{err}, $second->{err});
my @files = tree($one);
cmp_ok(scalar @files, '>', 120, 'there is something to compare');
is(join("\n", tree($two)), join("\n", @files), 'the same files');
my @differ = grep { slurp("$one/$_") ne slurp("$two/$_") } grep { -e "$two/$_" } @files;
is(join("\n", @differ), '', 'the same bytes');
diag(substr diff_of(slurp("$one/$differ[0]"), slurp("$two/$differ[0]")), 0, 2000) if @differ;
is($second->{err}, $first->{err}, 'the same diagnostics, in the same order');
is($second->{status}, $first->{status}, 'the same status');
my %modes = map { sprintf('%o', (stat "$two/$_")[2] & 0777) => 1 } tree($two);
is(join(' ', sort keys %modes), '644', 'files can be read by a web server, whatever the umask');
done_testing();
