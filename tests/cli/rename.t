#!/usr/bin/env perl
# naslag rename: which links are rewritten and which text is not, what stays, what is refused.
use strict;
use warnings;
use utf8;
use Encode qw(decode_utf8 encode_utf8);
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my %FILES = (
    'content/naslag.yaml' => "title: Kennisbank\n",
    'content/topics/oud.md' => "---\ntitle: Oude Naam\nkind: concept\naliases:\n  - Bijnaam\n---\n"
        . "Over [elders](../notes/elders.md), ![foto](foto.png) en [zichzelf](#kop).\n\n## Kop\n\nTekst.\n\n"
        . "[def]: ./ander.md \"titel\"\n\nZie [ander][def].\n",
    'content/topics/ander.md' => "---\ntitle: Ander\nkind: concept\nrelations:\n  part_of: [oud, \"[[oud]]\"]\n"
        . "up: \"[[oud#Kop]]\"\n---\nAnder.\n",
    'content/topics/foto.png' => "\x89PNG",
    'content/notes/elders.md' => <<'END',
# Elders

Een [[oud]], [[Oude Naam]], [[oud#Kop]], [[oud|tekst]], [[ topics/oud | met ruimte]] en [[Bijnaam]].
Ook `[[oud]]` en [[oud]] op een regel, met \[[oud]] en %%[[oud]]%%.

![[oud#Kop]]

| a | b |
| --- | --- |
| [[oud]] | [[oud\|x]] |

    [[oud]] en [code](../topics/oud.md)

```
[[oud]] [code](../topics/oud.md)
```

Een [pad](../topics/oud.md#kop), een [pad](<../topics/oud.md> "titel") en [ref], [twee][ref].
Over [[oud
#Kop]] twee regels[^1]. Wie oud is, heet oud.

[ref]: ../topics/oud.md
[^1]: [[oud]] in een noot.
END
    'content/sources/brief.md' => "---\ntitle: Brief\nkind: brief\nissuer: X\ndate: 2024-01-02\n---\n# Brief (p. 1)\n\nTekst.\n",
    'content/sources/brief.txt' => "Dit is de tekst van de brief, met genoeg woorden.\n",
    'content/sources/brief.pdf' => '%PDF-1.4',
    'content/notes/citaat.md' => "---\ntitle: Citaat\nsources: [brief, \"[\@brief, p. 1; \@brief2]\"]\n---\n"
        . "Zo [\@brief, p. 1; zie \@brief2] en `[\@brief]`, in het [origineel](../sources/brief.pdf) en "
        . "[de tekst](../sources/brief.txt). Mail brief\@brief.nl.\n",
    'content/sources/brief2.md' => "---\ntitle: Brief twee\nkind: brief\nissuer: X\ndate: 2024-01-02\n---\nTekst.\n",
    'content/notes/Obsidian stijl.md' => "Zie [[Nota bene]] en [link](Nota%20bene.md).\n",
    'content/notes/Nota bene.md' => "Zie [[Obsidian stijl]].\n",
);

sub read_file { return decode_utf8(slurp($_[0])) }

sub files_of {
    my ($repository) = @_;
    return {map { $_ => slurp("$repository/$_") } grep { !/^\.git\// } tree($repository)};
}

sub checked { return naslag('check', '--no-cache', '-C', $_[0])->{out} }

# Where the links of a page lead, without the names of files that were renamed.
sub links_of {
    my ($html) = @_;
    return join "\n", slurp($html) =~ /<main.*<\/main>/s ? $& =~ /href="([^"#]*)/g : ();
}

# -- A topic ----------------------------------------------------------------------------------------

my $repository = repository(%FILES);
my $before = checked($repository);
my $dry = naslag('rename', '-n', '-C', $repository, 'oud', 'notes/diep/nieuw.md');
is($dry->{status}, 0, 'dry run: status 0') or diag($dry->{err});
is_deeply(files_of($repository), {%FILES}, 'dry run: nothing is written');
like(decode_utf8($dry->{out}), qr{^content/notes/elders\.md:3: \[\[oud\]\] → \[\[nieuw\|oud\]\]$}m,
    'dry run: file, line, old and new');
ok(!-e "$repository/content/notes/diep", 'dry run: no folder is made');

my $result = naslag('rename', '-C', $repository, 'topics/oud', 'topics/diep/nieuw.md');
is($result->{status}, 0, 'a topic moves') or diag($result->{err});
my $files = files_of($repository);
ok(!exists $files->{'content/topics/oud.md'}, 'it is no longer there');
is($files->{'content/notes/elders.md'}, <<'END', 'links are rewritten; code, comments and text are not');
# Elders

Een [[nieuw|oud]], [[Oude Naam]], [[nieuw#Kop|oud > Kop]], [[nieuw|tekst]], [[ topics/diep/nieuw | met ruimte]] en [[Bijnaam]].
Ook `[[oud]]` en [[nieuw|oud]] op een regel, met \[[oud]] en %%[[oud]]%%.

![[nieuw#Kop]]

| a | b |
| --- | --- |
| [[nieuw\|oud]] | [[nieuw\|x]] |

    [[oud]] en [code](../topics/oud.md)

```
[[oud]] [code](../topics/oud.md)
```

Een [pad](../topics/diep/nieuw.md#kop), een [pad](<../topics/diep/nieuw.md> "titel") en [ref], [twee][ref].
Over [[nieuw
#Kop|oud > Kop]] twee regels[^1]. Wie oud is, heet oud.

[ref]: ../topics/diep/nieuw.md
[^1]: [[nieuw|oud]] in een noot.
END
is($files->{'content/topics/diep/nieuw.md'},
    "---\ntitle: Oude Naam\nkind: concept\naliases:\n  - Bijnaam\nredirect_from: [topics/oud]\n---\n"
    . "Over [elders](../../notes/elders.md), ![foto](../foto.png) en [zichzelf](#kop).\n\n## Kop\n\nTekst.\n\n"
    . "[def]: ../ander.md \"titel\"\n\nZie [ander][def].\n",
    'its own links, seen from its new folder, and its old address');
is($files->{'content/topics/ander.md'}, $FILES{'content/topics/ander.md'}
    =~ s/\[oud, "\[\[oud/[nieuw, "[[nieuw/r =~ s/up: "\[\[oud/up: "[[nieuw/r, 'front matter');
is(checked($repository), $before, 'check says what it said');
like($result->{out}, qr{git -C \S+ add --all -- .*:/content/topics/oud\.md.*:/content/topics/diep/nieuw\.md},
    'the command that commits it');

my ($command) = $result->{out} =~ /^  (git .*)$/m;
my $committed = run('sh', '-c', $command);
is($committed->{status}, 0, 'that command works') or diag($committed->{err});
is(run({dir => $repository}, qw(git status --porcelain))->{out}, '', 'nothing is left to commit');

my $site = scratch() . '/site';
my $built = naslag('build', '-q', '-C', $repository, '--out', $site);
is($built->{status}, 0, 'the site is built') or diag($built->{err});
like(slurp("$site/onderwerpen/oud.html"), qr{diep/nieuw\.html}, 'the old address leads on');

# Links by the old path and name work as well, from documents that nobody rewrote.
spill("$repository/content/notes/laat.md",
    "# Laat\n\nEen [[oud]], [[topics/oud]], [pad](../topics/oud.md#kop) in [[elders]].\n");
spill("$repository/content/notes/elders.md", slurp("$repository/content/notes/elders.md") . "\n[[laat]]\n");
is(checked($repository), $before, 'links by the old name lead on');

# -- A source ---------------------------------------------------------------------------------------

$repository = repository(%FILES);
$before = checked($repository);
$result = naslag('rename', '-C', $repository, 'Brief', 'memo-2024');
is($result->{status}, 0, 'a source moves') or diag($result->{err});
$files = files_of($repository);
is($files->{"content/sources/memo-2024.$_"} // '', $_ eq 'md' ? $files->{'content/sources/memo-2024.md'}
    : $FILES{"content/sources/brief.$_"}, "with its .$_") for qw(md txt pdf);
ok(!(grep { /sources\/brief\./ } keys %$files), 'nothing is left');
is($files->{'content/notes/citaat.md'},
    "---\ntitle: Citaat\nsources: [memo-2024, \"[\@memo-2024, p. 1; \@brief2]\"]\n---\n"
    . "Zo [\@memo-2024, p. 1; zie \@brief2] en `[\@brief]`, in het [origineel](../sources/memo-2024.pdf) en "
    . "[de tekst](../sources/memo-2024.txt). Mail brief\@brief.nl.\n", 'citations and paths');
is(checked($repository), $before, 'check says what it said');
spill("$repository/content/notes/laat.md", "# Laat\n\nZo [\@brief, p. 1], en [[laat]].\n");
unlike(checked($repository), qr/source-missing|heading-missing/, 'a citation by the old name leads on');

# -- A title ----------------------------------------------------------------------------------------

$repository = repository(%FILES);
$result = naslag('rename', '-C', $repository, '[[oud]]', 'Nieuwe: Naam');
is($result->{status}, 0, 'a title') or diag($result->{err});
like(slurp("$repository/content/topics/nieuwe-naam.md"),
    qr/^---\ntitle: "Nieuwe: Naam"\nkind: concept\naliases:\n  - Oude Naam\n  - Bijnaam\nredirect_from: \[topics\/oud\]\n---\n/,
    'the file is called after it, the old title is another name');
like(slurp("$repository/content/notes/elders.md"), qr/\[\[nieuwe-naam\|Oude Naam\]\]|\[\[Nieuwe: Naam\|Oude Naam\]\]/,
    'what a link shows stays');

$repository = repository(%FILES);
$result = naslag('rename', '-C', $repository, 'Nota bene', 'Let op');
is($result->{status}, 0, 'a file that is its own title') or diag($result->{err});
is(slurp("$repository/content/notes/Obsidian stijl.md"),
    "Zie [[Let op|Nota bene]] en [link](Let%20op.md).\n", 'is called as a person writes');
ok(-e "$repository/content/notes/Let op.md", 'and its file too');

$repository = repository(%FILES);
$result = naslag('rename', '-C', $repository, 'elders', 'Overal');
is($result->{status}, 0, 'a heading') or diag($result->{err});
like(slurp("$repository/content/notes/overal.md"), qr/^---\naliases: \[Elders\]\nredirect_from: .*^# Overal\n/ms, 'is the title');

# -- Names of others --------------------------------------------------------------------------------

$repository = repository(
    'notes/a.md' => "# A\n\nEen [[b]] en [[Titel]].\n",
    'notes/b.md' => "---\ntitle: B\n---\nNaar [[a]].\n",
    'notes/c.md' => "---\ntitle: Titel\n---\nNaar [[a]].\n");
$result = naslag('rename', '-C', $repository, 'notes/b.md', 'x/titel.md');
is($result->{status}, 0, 'a name that another document goes by') or diag($result->{err});
is(slurp("$repository/notes/a.md"), "# A\n\nEen [[b]] en [[c|Titel]].\n", 'stays that document\'s');

# -- Translations ------------------------------------------------------------------------------------

$repository = repository(
    'notes/een.md' => "---\ntitle: Begin\n---\nTekst.\n",
    'notes/one.md' => "---\ntitle: One\nlang: en\ntranslation_of: een\n---\nText.\n");
$before = checked($repository);
$result = naslag('rename', '-C', $repository, 'een', 'eerste');
is($result->{status}, 0, 'what is translated moves') or diag($result->{err});
like(slurp("$repository/notes/one.md"), qr/^translation_of: eerste$/m, 'its translation knows');
is(checked($repository) =~ s/eerste/een/r, $before, 'check says what it said');

# -- From where ---------------------------------------------------------------------------------------

$repository = repository(%FILES);
is(naslag({dir => "$repository/content/notes"}, 'rename', 'elders.md', 'onder/elders2.md')->{status}, 0,
    'from the current folder');
ok(-e "$repository/content/notes/onder/elders2.md", 'to the current folder');
is(naslag({dir => $repository}, 'rename', 'content/notes/onder/elders2.md', 'content/notes')->{status}, 0,
    'from the root, to a folder that is there');
ok(-e "$repository/content/notes/elders2.md", 'it keeps its name');
is(naslag({dir => $repository}, 'rename', 'elders2', 'notes/los/')->{status}, 0, 'to a folder that is not');
ok(-e "$repository/content/notes/los/elders2.md", 'it is made');
unlike(slurp("$repository/content/notes/los/elders2.md"), qr/redirect_from: \[.*elders2.*elders2.*elders2/,
    'no address comes twice');

# -- What is refused ----------------------------------------------------------------------------------

sub refuses {
    my ($what, $files, $message, @arguments) = @_;
    my $repository = repository(%$files);
    my $result = naslag('rename', '-C', $repository, @arguments);
    is($result->{status}, 2, "$what: status 2");
    like($result->{err}, $message, "$what: is said");
    is_deeply(files_of($repository), $files, "$what: nothing is written");
}

my %TWO = ('notes/a/x.md' => "# Een\n", 'notes/b/x.md' => "# Twee\n");
refuses('two of that name', \%TWO, qr{'x' is both 'notes/a/x\.md' and 'notes/b/x\.md'}, 'x', 'y');
refuses('a name that is taken', \%TWO, qr{'notes/b/x\.md' is there already}, 'notes/a/x', 'notes/b/x');
refuses('no such document', \%TWO, qr{nothing is called 'zz'}, 'zz', 'y');
refuses('out of the content', \%TWO, qr{not in the content folder}, 'notes/a/x', '../../y.md');
refuses('a hidden name', \%TWO, qr{cannot be the name}, 'notes/a/x', 'notes/.y.md');
refuses('its own name', \%TWO, qr{called so already}, 'notes/a/x', 'notes/a/x.md');
refuses('a text without its source', \%FILES, qr{belong in 'sources/'}, 'brief', 'notes/brief.md');
refuses('a text of another', {%FILES, 'content/sources/los.pdf' => '%PDF'}, qr{los\.pdf' is there already},
    'brief', 'los');
refuses('a file that is no document', \%FILES, qr{is no document}, 'foto.png', 'y');
refuses('a source that is cited as a note', \%FILES, qr{citaat\.md', line \d+: 'brief2'}, 'brief2', 'notes/brief2.md');
is(naslag('rename', 'a')->{status}, 2, 'one name is not enough');
is(naslag('rename', 'a', 'b', 'c')->{status}, 2, 'three are too many');

# -- Old addresses of many documents ----------------------------------------------------------------

# Each document is read into memory that the next one takes: what an outline keeps must be its own.
{
    my $many = repository(map { ("notes/n$_.md" => "---\ntitle: N$_\nredirect_from: [notes/oud-$_]\n---\n" . "Woord $_. " x 40 . "\n") } 1 .. 40);
    my $site = scratch() . '/site';
    my $built = naslag('build', '-q', '--no-cache', '-C', $many, '--out', $site);
    is($built->{status}, 0, 'many documents with old addresses') or diag($built->{err});
    is(join(' ', grep { !-e "$site/notities/oud-$_.html" } 1 .. 40), '', 'each leads on');
}

# -- The menu, and the README above the content ------------------------------------------------------

{
    my %menu = (%FILES, 'README.md' => "# Kennis\n\nBegin bij [oud](content/topics/oud.md).\n",
        'content/naslag.yaml' => "title: Kennisbank\nmenu:\n  - title: Op naam\n    url: oud\n  - {title: Op pad, url: 'topics/oud.md'}\n"
            . "  - title: Een kop\n    url: \"topics/oud#Kop\"\n  - title: Titel\n    url: Oude Naam\n  - title: Elders\n    url: https://oud.example/oud\n"
            . "  - title: Gevouwen\n    url: >-\n      topics/oud\n");
    my $repository = repository(%menu);
    my $before = checked($repository);
    my $result = naslag('rename', '-C', $repository, 'oud', 'topics/diep/nieuw.md');
    is($result->{status}, 0, 'a document of the menu moves') or diag($result->{err});
    is(slurp("$repository/content/naslag.yaml"), "title: Kennisbank\nmenu:\n  - title: Op naam\n    url: topics/diep/nieuw\n"
        . "  - {title: Op pad, url: 'topics/diep/nieuw.md'}\n  - title: Een kop\n    url: \"topics/diep/nieuw#Kop\"\n"
        . "  - title: Titel\n    url: Oude Naam\n  - title: Elders\n    url: https://oud.example/oud\n  - title: Gevouwen\n    url: >-\n      topics/oud\n",
        'the menu is rewritten, and nothing else in the settings');
    like($result->{out}, qr{^content/naslag\.yaml:\d+: not changed: it names 'topics/oud'$}m, 'what is written in another way is named');
    is(slurp("$repository/README.md"), $menu{'README.md'}, 'the README above the content stays');
    like($result->{out}, qr{^README\.md:3: not changed: it names 'content/topics/oud\.md'$}m, 'and is named');
    like($result->{out}, qr{git -C \S+ add --all -- .*:/content/naslag\.yaml}, 'the command commits the settings');
    my $site = scratch() . '/site';
    naslag('build', '-q', '-C', $repository, '--worktree', '--out', $site);
    like(slurp("$site/index.html"), qr{href="onderwerpen/diep/nieuw\.html#kop">Een kop<}, 'and the menu leads there');
    unlike(naslag('rename', '-n', '-C', $repository, 'ander', 'anders')->{out}, qr/not changed/, 'of another document nothing is said');
}

# Stopped in the middle, the same command does the rest: links come first, the document last.
{
    my %files = ('notes/a/oud.md' => "# Oude Naam\n\nTekst.\n",
        map { ("notes/n$_.md" => "# N$_\n\nZie [[oud]] en [pad](a/oud.md).\n") } 1 .. 1500);
    my $whole = repository(%files);
    naslag('rename', '-q', '-C', $whole, 'oud', 'notes/a/nieuw.md');
    my $stopped = repository(%files);
    my $pid = fork // die "fork: $!";
    if (!$pid) {
        open STDOUT, '>', '/dev/null';
        exec { $NASLAG } $NASLAG, 'rename', '-q', '-C', $stopped, 'oud', 'notes/a/nieuw.md' or die;
    }
    my $size = -s "$stopped/notes/n1.md";
    select undef, undef, undef, 0.0005 until -s "$stopped/notes/n1.md" != $size || waitpid $pid, 1;
    kill 'KILL', $pid;
    waitpid $pid, 0;
    ok(-e "$stopped/notes/a/oud.md", 'killed in the middle: the document is still there');
    my $again = naslag('rename', '-q', '-C', $stopped, 'oud', 'notes/a/nieuw.md');
    is($again->{status}, 0, 'once more') or diag($again->{err});
    my ($one, $other) = map { my $files = files_of($_); delete @$files{grep { m{/\.naslag-} } keys %$files}; $files } $whole, $stopped;
    is_deeply($other, $one, 'and all is as if nothing had happened');
}

# A folder that can't be written: what was done is undone.
SKIP: {
    skip 'root writes anywhere', 2 if $> == 0;
    my $repository = repository(%FILES);
    chmod 0555, "$repository/content/notes";
    my $result = naslag('rename', '-C', $repository, 'oud', 'nieuw');
    chmod 0755, "$repository/content/notes";
    is($result->{status}, 2, 'a folder that can\'t be written: status 2');
    is_deeply(files_of($repository), {%FILES}, 'a folder that can\'t be written: all is undone');
}
done_testing();
