#!/usr/bin/env perl
# Mistakes in the content: the site is still built, each mistake is shown with its place.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

sub build {
    my (%files) = @_;
    my $out = scratch() . '/site';
    my $result = naslag('build', '-q', '-C', repository(%files), '--out', $out);
    return {%$result, site => $out};
}

my %GOOD = ('notes/goed.md' => "# Goed\n\nNiets aan de hand.\n");

# Every line on standard error has the form of a compiler's.
my $LINE = qr/^[^:\n]+(?::\d+(?::\d+)?)?: (?:error|warning|note): [^\n]+ \[[a-z-]+\]$/;

my $result = build(%GOOD,
    'notes/noord/aap.md' => "# Aap in het noorden\n\nEen.\n",
    'notes/zuid/aap.md' => "# Aap in het zuiden\n\nTwee.\n",
    'notes/fout.md' => "# Fout\n\nEen [[aap]].\n");
is($result->{status}, 1, 'two candidates: status 1');
like($result->{err}, qr/^notes\/fout\.md:3(?::\d+)?: error: /m, 'two candidates: the place');
like($result->{err}, qr/zuid\/aap.*noord\/aap/, 'two candidates: both are named, the shorter path first');
ok(-e "$result->{site}/notities/goed.html", 'two candidates: the rest is built');

$result = build(%GOOD,
    'topics/aap.md' => "---\ntitle: Aap\nkind: concept\n---\nEen.\n",
    'topics/dier.md' => "---\ntitle: Dier\nkind: concept\naliases: [Aap]\n---\nTwee.\n");
is($result->{status}, 1, 'a name that two topics claim: status 1');
like($result->{err}, qr/^topics\/(?:aap|dier)\.md:\d.*error: .*Aap/m, 'a name that two topics claim: the place');

$result = build(%GOOD, 'notes/kop.md' => "---\ntitle: [open\n---\nTekst na een kapotte kop.\n");
is($result->{status}, 1, 'broken front matter: status 1');
like($result->{err}, qr/^notes\/kop\.md:[1-4]:\d+: error: /m, 'broken front matter: line and column');
ok(-e "$result->{site}/notities/goed.html", 'broken front matter: the rest is built');

$result = build(%GOOD, 'notes/sleutel.md' => "---\ntitel: Sleutel\n---\nTekst.\n");
is($result->{status}, 0, 'an unknown key: a warning only');
like($result->{err}, qr/^notes\/sleutel\.md:2(?::\d+)?: warning: .*titel.*title/m,
    'an unknown key: the nearest known one is named');

$result = build(%GOOD, 'notes/los.md' => "# Los\n\nNaar [[Nergens]] toe.\n");
like($result->{err}, qr/^notes\/los\.md:3(?::\d+)?: (?:warning|error): .*Nergens/m,
    'a wikilink to nowhere is said');

$result = build(%GOOD, 'notes/html.md' => "# Html\n\nEen <script>alert(1)</script> hier.\n");
like($result->{err}, qr/^notes\/html\.md:3(?::\d+)?: warning: /m, 'raw HTML is a warning');
unlike(slurp("$result->{site}/notities/html.html"), qr/<script>alert/, 'raw HTML is not passed on');

$result = build(%GOOD, 'notes/js.md' => "# Js\n\nEen [val](javascript:alert(1)).\n");
like($result->{err}, qr/^notes\/js\.md:3(?::\d+)?: warning: /m, 'a scheme that is not allowed is a warning');
unlike(slurp("$result->{site}/notities/js.html"), qr/javascript:/i, 'the scheme is gone');

# Names that would be one file.
$result = build('notes/Boom.md' => "# Een\n\nEen.\n", 'notes/boom.md' => "# Twee\n\nTwee.\n");
is($result->{status}, 1, 'names that collide: status 1');
like($result->{err}, qr/error: .*[Bb]oom\.md/, 'names that collide: both are named');

# Bytes that are no text, and a name that would act on a terminal.
$result = build(%GOOD, 'notes/bytes.md' => "# Bytes\n\nEen \xff\xfe byte en een \0 nul.\n",
    "notes/a\e[31mb.md" => "[[Nergens]]\n");
ok($result->{status} <= 1, 'bytes that are no text: a site');
unlike($result->{err}, qr/[\x00-\x08\x0b-\x1f]/, 'no control character reaches the terminal');
unlike(slurp("$result->{site}/notities/bytes.html"), qr/\xff/, 'pages are UTF-8');

# Nothing follows a symbolic link out of the repository.
my $secret = scratch() . '/secret';
spill($secret, "# Geheim\n\nVan een ander.\n");
my $repository = repository(%GOOD);
symlink $secret, "$repository/notes/link.md";
commit($repository, 'a link');
for my $options ([], ['--worktree']) {
    my $out = scratch() . '/site';
    naslag('build', '-q', '-C', $repository, '--out', $out, @$options);
    is(run('grep', '-rl', 'Van een ander', $out)->{out}, '', "a symbolic link is not followed (@$options)");
}

for my $line (map { split /\n/, build(%GOOD, 'notes/x.md' => $_)->{err} }
    "[[A]] en <b>", "---\na: {\n---\n", "---\nkind: [\n", "[x](vbscript:1) ![[niets]]") {
    like($line, $LINE, 'the form of a diagnostic');
}
done_testing();
