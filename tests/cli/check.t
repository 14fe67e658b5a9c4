#!/usr/bin/env perl
# naslag check: each mistake that was planted in check/mistakes is found at its place, and nothing
# else; in its clean twin there is nothing to say. Formats, fixes, exit status.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use JSON::PP;
use Naslag;
use Test::More;

my $FIXTURES = "$FindBin::Bin/check";

sub planted {
    my ($name) = @_;
    return repository(map { ("content/$_" => slurp("$FIXTURES/$name/$_")) } tree("$FIXTURES/$name"));
}

sub objects {
    return map { decode_json($_) } split /\n/, $_[0]{out};
}

my $repository = planted('mistakes');
my @rev = ('--rev', 'HEAD');
my $result = naslag('check', '-C', $repository, @rev, '--format', 'json');
my @found = objects($result);
is(join("\n", map { "$_->{path}:$_->{line}:$_->{column} $_->{code}" } @found) . "\n",
    slurp("$FIXTURES/expected"), 'every planted mistake at its place, and nothing else');
is($result->{status}, 1, 'mistakes: status 1');

my $clean = naslag('check', '-C', planted('clean'), @rev);
is($clean->{out} . $clean->{err}, '', 'the clean twin: nothing is said');
is($clean->{status}, 0, 'the clean twin: status 0');

# Text: the line and a caret under the place, also behind tabs, accents and wide letters.
my $text = naslag('check', '-C', repository('a.md' => "# A\n\n\t\x{e4}\x{b8}\x{ad}\n\n- \xc3\xa9\xe4\xb8\xad [[Nergens]]\n"));
like($text->{out}, qr/^a\.md:5:9: warning: .*\n    - \xc3\xa9\xe4\xb8\xad \[\[Nergens\]\]\n {10}\^\n/m,
    'the caret stands below the place');
like($text->{out}, qr/^0 errors, 1 warning, 1 note\n\z/m, 'the last line counts');
unlike($text->{out}, qr/\e/, 'no colours but on a terminal');

# A citation is answered by a source only, also where something else has a name that is nearer.
$text = naslag('check', '-C', repository(
    'topics/brieven.md' => "---\ntitle: Brieven\n---\nEr zijn brieven.\n",
    'sources/brief-een.txt' => "Brief een\n\nDit is een brief.\n",
    'notes/a.md' => "# A\n\nZie [\@breif-een] en [\@brievem], over [[Brievem]].\n"));
like($text->{out}, qr/'breif-een'; did you mean 'brief-een'\? .*source-missing/, 'a citation: the nearest source');
like($text->{out}, qr/nothing is called 'brievem'; it is shown as text \[source-missing/, 'and no topic');
like($text->{out}, qr/'Brievem'; did you mean 'Brieven'\? .*link-missing/, 'which a wikilink can mean');

# SARIF: what code scanning asks of a log.
$result = naslag('check', '-C', $repository, @rev, '--format', 'sarif');
my $run = decode_json($result->{out})->{runs}[0];
my %rules = map { $_->{id} => $_ } @{$run->{tool}{driver}{rules}};
is(scalar @{$run->{results}}, scalar @found, 'SARIF: as many results');
is(join(' ', grep { !$rules{$_->{ruleId}} } @{$run->{results}}), '', 'SARIF: every result has its rule');
is(join(' ', grep { !$rules{$_}{help}{text} || !$rules{$_}{shortDescription}{text} } sort keys %rules), '',
    'SARIF: every rule has a description and help');
my ($accent) = grep { $_->{fixes} && $_->{message}{text} =~ /jkzorg/ } @{$run->{results}};
my $replacement = $accent->{fixes}[0]{artifactChanges}[0]{replacements}[0];
is_deeply($replacement->{deletedRegion}, {startLine => 4, startColumn => 5, endColumn => 15},
    'SARIF: the columns of a fix are UTF-16 code units');
is($accent->{locations}[0]{physicalLocation}{artifactLocation}{uri}, 'content/notes/links.md',
    'SARIF: addresses are below the root of the repository');

# Nothing names it, nothing links to it; said only where all texts are there.
my %topic = ('topics/stil.md' => "---\ntitle: Stilte\n---\nRust.\n");
like(naslag('check', '-C', repository(%topic))->{out}, qr/^topics\/stil\.md: warning: .*\[topic-unnamed\]$/m,
    'a topic that nothing names');
unlike(naslag('check', '-C', repository(%topic, 'sources/a.md' => "---\ntitle: A\n---\n"))->{out},
    qr/topic-unnamed/, 'it may be named in a text that is not there');

# A translation that does not say what it translates is a page of its own.
my %unreached = map { $_->{path} => $_->{message} } grep { $_->{code} eq 'note-unreached' } @found;
like($unreached{'notes/eiland.en.md'}, qr/translates 'notes\/eiland\.md', say 'translation_of: notes\/eiland\.md'/, 'what looks like a translation');
unlike($unreached{'notes/laat.md'}, qr/translation_of/, 'what does not');

# Fixes: what needs no guess, in the work tree only, and the rest of the file stays.
my $links = "$repository/content/notes/links.md";
my $before = slurp($links);
my $dry = naslag('check', '-C', $repository, '--fix', '-n');
like($dry->{out}, qr/^notes\/links\.md:6\n-.*weg\/koppen.*\n\+.*\(koppen\.md\)/m, 'dry run: the change is shown');
is(slurp($links), $before, 'dry run: nothing is written');
chmod 0600, $links;
my $fixed = naslag('check', '-C', $repository, '--fix');
(my $wanted = $before) =~ s/D\xc3\xadjkzorg/Dijkzorg/;
$wanted =~ s/\[\[oud\//[[/;
$wanted =~ s/\(\.\.\/weg\//(/;
is(slurp($links), $wanted, 'fix: just the links that have one meaning');
is((stat $links)[2] & 0777, 0600, 'fix: the mode stays');
like(slurp("$repository/content/notes/datum.md"), qr/^description: Twee$/m, 'fix: a key with a slip of one letter');
like($fixed->{out}, qr/^5 places mended$/m, 'fix: it says how many');
like(naslag('check', '-C', $repository, '--fix')->{out}, qr/^0 places mended$/m, 'fix: a second time nothing');
like(slurp("$repository/content/notes/zonder.md"), qr/\A---\ntitle: Zonder begin\nkind: wet\n/, 'fix: a first line that front matter lacks');
like($fixed->{out}, qr/^notes\/zonder\.md:1\n-title: Zonder begin\n\+---\n\+title: Zonder begin\n/m, 'fix: both lines are shown');
my $windows = repository('a.md' => "\xEF\xBB\xBFtitle: Van elders\r\ntags: dijk\r\n---\r\n\r\nTekst.\r\n", 'b.md' => "title: Naam\nfoo: bar\n---\n\nTekst.\n");
my $shown = naslag('check', '-C', $windows)->{out};
like($shown, qr/^    --fix: 'title' becomes '---' and on the next line 'title'$/m, 'fix: what it would be');
is(() = $shown =~ /no-front-matter/g, 2, 'front matter that nothing opens');
naslag('check', '-C', $windows, '--fix');
is(slurp("$windows/a.md"), "\xEF\xBB\xBF---\r\ntitle: Van elders\r\ntags: dijk\r\n---\r\n\r\nTekst.\r\n", 'fix: with the line ends of the file');
is(slurp("$windows/b.md"), "title: Naam\nfoo: bar\n---\n\nTekst.\n", 'fix: where a key is not known it would be a guess');
is(join(' ', grep { /naslag-import/ } split /\n/, run('find', $repository)->{out}), '', 'fix: nothing stays aside');
is(naslag('check', '-C', $repository, '--fix', @rev)->{status}, 2, 'a commit is not mended');

# What is not said in a passage.
my $dropped = naslag('check', '-C', repository('sources/a.txt' => "Kop\n\nTekst is dit.\n\f2\n\nNog een zin.\n\f3\n\nEinde.\n"),
    '--dropped');
is($dropped->{status}, 0, 'dropped: status 0');
like($dropped->{out}, qr/^sources\/a\.txt\t\d+\t[^\t]+\t/m, 'dropped: path, line, reason, text');

# What was read once is not read again: most of the time goes into that.
my $many = repository(map { ("notes/n$_.md" => "# Note $_\n\n" . "A line of [some](n1.md) **words** and *more* of them, number $_.\n\n" x 60) } 1 .. 300);
sub processor_time {
    my @before = times;
    naslag('check', '-q', '-C', $many, '--staged', @_);
    my @after = times;
    return $after[2] + $after[3] - $before[2] - $before[3];
}
my $cold = processor_time();
processor_time();
my ($warm) = sort { $a <=> $b } map { processor_time() } 1 .. 3;
cmp_ok($warm, '<', $cold / 2, 'a second check takes less than half of the first');

is(naslag('check', '--format', 'xml')->{status}, 2, 'no such format: status 2');
is(naslag('check', '-C', scratch())->{status}, 2, 'no repository: status 2');
done_testing();
