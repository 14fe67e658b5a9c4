#!/usr/bin/env perl
# What changed: settings, limits, feeds, and commits made to do harm.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my $root = scratch();

sub git { run('git', '-C', @_) }

sub built {
    my ($repository, $name, @options) = @_;
    my $result = naslag('build', '-q', '-C', $repository, '--out', "$root/$name", @options);
    cmp_ok($result->{status}, '<', 2, "$name is built") or diag($result->{err});
    return $result;
}

my %files = (
    'naslag.yaml' => "title: Proef\nbase_url: https://proef.example/\n",
    'topics/dijk.md' => "---\ntitle: Dijk\nkind: concept\n---\nEen wal van klei.\n",
    'notes/a.md' => "# A\n\nDe dijk ligt er.\n",
    'sources/groot.txt' => "Groot\n\n" . "Een regel die lang genoeg is om te tellen.\n\n" x 20000,
);
my $repository = repository(%files);
spill("$repository/notes/a.md", "# A\n\nDe dijk ligt er nog.\n\nDaar ligt een andere dijk.\n");
spill("$repository/sources/groot.txt", $files{'sources/groot.txt'} . "Nog een regel.\n");
commit($repository, 'Vul aan');

built($repository, 'full');
# Changes that a word or two stand between are one, as a reader sees them.
sub seen { my ($html) = @_; return $html =~ s{<span class="hidden">.*?</span>}{}gr }
spill("$repository/notes/zin.md", "# Zin\n\nHet geld gaat naar gemeenten; er zijn zeven delen, en de rest van deze zin blijft.\n");
commit($repository, 'Zin');
spill("$repository/notes/zin.md", "# Zin\n\nHet geld is voor gemeenten in zeven delen, en de rest van deze zin blijft.\n");
commit($repository, 'Andere zin');
built($repository, 'zin');
like(seen(slurp("$root/zin/notities/zin.geschiedenis.html")),
    qr{<p>Het geld <del>gaat naar</del><ins>is voor</ins> gemeenten<del>; er zijn</del><ins> in</ins> zeven},
    'a change reads as a whole');
git($repository, 'reset', '-q', '--hard', 'HEAD~2');

like(slurp("$root/full/notities/a.geschiedenis.html"), qr{<ins>.* nog.*</ins>}, 'words that came');
unlike(slurp("$root/full/notities/a.geschiedenis.html"), qr{@}, 'no address of anyone');
cmp_ok(-s "$root/full/bronnen/groot.geschiedenis.html", '<', 20000, 'a large text is not compared');
like(slurp("$root/full/bronnen/groot.geschiedenis.html"), qr{niet vergeleken}, 'and that is said');
like(slurp("$root/full/onderwerpen/dijk.html"),
    qr{<link rel="alternate" type="application/atom\+xml" href="../onderwerpen/dijk.atom"},
    'the feed of a topic is announced');

# A feed gains an entry, and what was in it keeps its id.
sub entries { my ($feed) = @_; return $feed =~ m{<entry>\n<id>(.*?)</id>}g }
my @before = entries(slurp("$root/full/onderwerpen/dijk.atom"));
spill("$repository/notes/b.md", "# B\n\nOver de dijk.\n");
commit($repository, 'Nieuwe notitie');
built($repository, 'more');
my @after = entries(slurp("$root/more/onderwerpen/dijk.atom"));
is(scalar @after, @before + 1, 'an entry for the new passage');
is_deeply([@after[1 .. $#after]], \@before, 'the others stay');
spill("$repository/notes/b.md", "# B\n\nOver de dijk.\n\nOok dit gaat over iets anders.\n");
commit($repository, 'Zonder het onderwerp');
built($repository, 'same');
is_deeply([entries(slurp("$root/same/onderwerpen/dijk.atom"))], \@after,
    'no entry for a passage that does not name it');

# An edit is news where the passage did not name the topic before it, and only there.
spill("$repository/notes/b.md", "# B\n\nOver die dijk.\n\nOok dit gaat over iets heel anders.\n");
commit($repository, 'Tikfouten');
built($repository, 'typo');
is_deeply([entries(slurp("$root/typo/onderwerpen/dijk.atom"))], \@after, 'no entry for an edit');
like(slurp("$root/typo/onderwerpen/dijk.atom"), qr{Over die dijk}, 'but what stands there now');
spill("$repository/notes/b.md", "# B\n\nOok dit gaat over iets heel anders dan de dijk.\n\nOver die dijk.\n");
commit($repository, 'Noemt nu het onderwerp');
built($repository, 'named');
my @named = entries(slurp("$root/named/onderwerpen/dijk.atom"));
is_deeply([@named[1 .. $#named]], \@after, 'an entry where an edit names it, none for what moved');
@after = @named;

# A source whose record and text come together has two entries, each with an id of its own.
spill("$repository/sources/brief.md", "---\ntitle: Brief\n---\nGaat over de dijk.\n");
spill("$repository/sources/brief.txt", "Brief\n\nDe dijk is in de tekst hoog genoeg.\n");
commit($repository, 'Brief met tekst');
built($repository, 'two');
my @two = entries(slurp("$root/two/onderwerpen/dijk.atom"));
my %once = map { $_ => 1 } @two;
is(scalar keys %once, @after + 2, 'a record and its text are two entries') or diag("@two");

# A document that moves is no news.
git($repository, 'mv', 'notes/b.md', 'notes/c.md');
commit($repository, 'Andere naam');
built($repository, 'moved');
is_deeply([entries(slurp("$root/moved/onderwerpen/dijk.atom"))], \@two, 'entries of a document that moved stay');
git($repository, 'mv', 'notes/c.md', 'notes/b.md');
commit($repository, 'Oude naam');

# Every link of a page of changes leads somewhere.
for my $page ('wijzigingen.html', 'notities/a.geschiedenis.html') {
    my ($folder) = $page =~ m{^(.*/)?[^/]*$};
    for my $url (slurp("$root/same/$page") =~ /href="([^":#]+)[#"]/g) {
        ok(-e "$root/same/" . ($folder // '') . $url, "$page leads to $url");
    }
}

# What is not committed is not history.
spill("$repository/notes/a.md", "# A\n\nGeheim.\n");
built($repository, 'worktree', '--worktree');
unlike(slurp("$root/worktree/notities/a.geschiedenis.html"), qr{Geheim}, 'no uncommitted words');

# Settings.
spill("$repository/naslag.yaml", "title: Proef\nhistory: dates\n");
built($repository, 'dates', '--worktree');
ok(!-e "$root/dates/wijzigingen.html", 'dates: no page of changes');
ok(!-e "$root/dates/onderwerpen/dijk.atom", 'dates: no feed of a topic');
like(slurp("$root/dates/notities/a.html"), qr{Laatst gewijzigd}, 'dates: when a page changed');
unlike(slurp("$root/dates/notities/a.html"), qr{geschiedenis|wijzigingen\.html}, 'dates: no dead link');
spill("$repository/naslag.yaml", "title: Proef\nhistory: none\n");
built($repository, 'none', '--worktree');
unlike(slurp("$root/none/notities/a.html"), qr{Laatst gewijzigd}, 'none: not even when');
spill("$repository/naslag.yaml", "title: Proef\nhistory: alles\n");
like(built($repository, 'wrong', '--worktree')->{err},
    qr{naslag.yaml:2:10: error: 'history' is 'full', 'dates' or 'none', not 'alles'; only dates are shown \[bad-history\]},
    'a wrong setting shows less, not more');

# A subject of a megabyte.
git($repository, 'checkout', '-q', '.');
spill("$root/message", '<script>' x 131072);
spill("$repository/notes/a.md", "# A\n\nKort.\n");
git($repository, '-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '-q', '-a', '-F', "$root/message");
built($repository, 'long');
cmp_ok(-s "$root/long/wijzigingen.html", '<', 20000, 'a subject is cut');
unlike(slurp("$root/long/wijzigingen.html"), qr{<script>}, 'and escaped');

# A shallow clone says that it is one.
run('git', 'clone', '-q', '--bare', '--depth', '1', "file://$repository", "$root/shallow.git");
like(built("$root/shallow.git", 'shallow')->{err}, qr{history-shallow}, 'shallow: said to the editor');
like(slurp("$root/shallow/wijzigingen.html"), qr{De oudste wijzigingen ontbreken}, 'and to the reader');
done_testing();
