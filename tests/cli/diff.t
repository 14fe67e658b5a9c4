#!/usr/bin/env perl
# What a commit changes on the site, in all three formats.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

sub git { run('git', '-C', @_) }

sub changes {
    my ($repository, @arguments) = @_;
    return naslag('diff', '-C', $repository, @arguments);
}

# What stands below a heading of the report.
sub section {
    my ($report, $title) = @_;
    return $report =~ /^\Q$title\E \(\d+\)\n(.*?)(?:\n\n|\n\z)/ms ? "$1\n" : '';
}

my $source = "---\ntitle: Brief\ndate: 2024-01-02\nissuer: Dijkgraaf\n---\n"
    . "De eerste alinea gaat over het waterpeil.\n\nDe tweede alinea gaat over de dijk bij Zwolle.\n\n"
    . "De derde alinea gaat over het geld dat ervoor nodig is.\n";
my %files = (
    'naslag.yaml' => "title: Proef\n",
    'topics/dijk.md' => "---\ntitle: Dijk\naliases: [Waterkering]\n---\nEen wal van klei.\n",
    'sources/brief.md' => $source,
    'notes/citeert.md' => "# Citeert\n\nZie [\@brief, ¶2] en [[brief#p3|daar]].\n\nOok [\@brief, ¶1-3] en [\@brief, Niets].\n",
    'notes/oud.md' => "# Oud\n\nEen lange notitie over polders en molens die verhuist.\n",
    'notes/weg.md' => "# Weg\n\nHiernaar verwijst nog iemand.\n",
    'notes/wijst.md' => "# Wijst\n\nNaar [[weg]].\n",
);
my $repository = repository(%files);
my $same = changes($repository, 'HEAD');
is($same->{status}, 0, 'nothing changed: 0');
is($same->{out}, "nothing changes on the site\n", 'and that is said');

# A paragraph comes before those that are cited by number; a page moves, another goes.
spill("$repository/sources/brief.md",
    $source =~ s/De eerste/Een nieuwe alinea die niemand citeert.\n\nDe eerste/r
            =~ s/het geld dat/het vele geld dat/r =~ s/2024-01-02/2024-01-03/r);
git($repository, 'mv', 'notes/oud.md', 'notes/nieuw.md');
git($repository, 'rm', '-q', 'notes/weg.md');
spill("$repository/notes/erbij.md", "# Erbij\n\nOver de dijk, en nog eens de kade.\n");
spill("$repository/topics/dijk.md", $files{'topics/dijk.md'} =~ s/Waterkering/Kade/r);
my $worktree = changes($repository, 'HEAD');
commit($repository, 'Wijzig');
my $change = changes($repository, 'HEAD~1', 'HEAD');
is($change->{status}, 1, 'something changed: 1');
is($change->{err}, '', 'and nothing is said beside it');
is($worktree->{out}, $change->{out}, 'the work tree is compared as a commit is');
is(changes($repository, 'HEAD~1..HEAD')->{out}, $change->{out}, 'a range is two revisions');
is(changes($repository)->{out}, changes($repository, 'HEAD')->{out}, 'without a revision it is HEAD');
is(changes($repository, 'HEAD~1..')->{out}, $change->{out}, 'whose second may be left out');
is(changes(bare($repository), 'HEAD~1', 'HEAD')->{out}, $change->{out}, 'a bare repository');
is(changes($repository, '--no-cache', '-j', '3', 'HEAD~1', 'HEAD')->{out}, $change->{out}, 'without a cache');
unlike($change->{out}, qr/\033/, 'no colours where nobody looks');

is(section($change->{out}, 'Citations that lead to other words than before'), <<'END', 'what was cited has another number');
! notes/citeert.md:3 cites ¶2 of sources/brief.md; what stood there is ¶3 now
    before: De tweede alinea gaat over de dijk bij Zwolle.
    now: De eerste alinea gaat over het waterpeil.
! notes/citeert.md:3 cites ¶3 of sources/brief.md; what stood there is ¶4 now
    before: De derde alinea gaat over het geld dat ervoor nodig is.
    now: De tweede alinea gaat over de dijk bij Zwolle.
! notes/citeert.md:5 cites ¶1 of sources/brief.md; what stood there is ¶2 now
    before: De eerste alinea gaat over het waterpeil.
    now: Een nieuwe alinea die niemand citeert.
! notes/citeert.md:5 cites ¶3 of sources/brief.md; what stood there is ¶4 now
    before: De derde alinea gaat over het geld dat ervoor nodig is.
    now: De tweede alinea gaat over de dijk bij Zwolle.
END
is(section($change->{out}, 'Links that are broken now'),
    "! notes/wijst.md:3 warning: nothing is called 'weg'; it is shown as text [link-missing]\n", 'a link breaks');
is(section($change->{out}, 'Pages'), <<'END', 'pages');
+ notes/erbij.md, 'Erbij', 2 passages
> notes/oud.md is now notes/nieuw.md, 'Oud'; the old address leads nowhere
~ sources/brief.md, 'Brief'; 1 passage new; 1 passage changed
    date: [-2024-01-02-] {+2024-01-03+}
    ¶1 new: {+Een nieuwe alinea die niemand citeert.+}
    ¶3, now ¶4: De derde alinea gaat over het {+vele +}geld dat ervoor nodig is.
~ topics/dijk.md, 'Dijk'
    aliases: [-Waterkering-] {+Kade+}
- notes/weg.md, 'Weg', 2 passages; the old address leads nowhere
END
is(section($change->{out}, 'Topics'), <<'END', 'topics');
~ Dijk: 3 mentions in 2 documents; before: 1 mention in 1 document
    no name any more: [-Waterkering-]
    a name now: {+Kade+}
END

# The other way round all of it is mended.
my $back = changes($repository, 'HEAD', 'HEAD~1');
like(section($back->{out}, 'Links that were broken and are not any more'), qr/'weg'/, 'a link that is mended');
like(section($back->{out}, 'Pages'), qr{^> notes/nieuw\.md is now notes/oud\.md}m, 'moved back');

# An author who follows the passages is right; who rewrites all but one citation is told of that one.
spill("$repository/notes/citeert.md",
    "# Citeert\n\nZie [\@brief, ¶3] en [[brief#p4|daar]].\n\nOok [\@brief, ¶1-3] en [\@brief, Niets]. En [\@brief, ¶1].\n");
my $followed = section(changes($repository, 'HEAD~1')->{out}, 'Citations that lead to other words than before');
unlike($followed, qr/citeert\.md:3/, 'citations that followed are right');
is(() = $followed =~ /citeert\.md:5/g, 2, 'those that did not are told of') or diag($followed);
git($repository, 'checkout', '-q', '.');

# What was cited is gone.
spill("$repository/sources/brief.md", $source =~ s/De tweede.*?\n\n//r);
like(changes($repository, 'HEAD~1')->{out},
    qr{citeert\.md:3 cites ¶2 of sources/brief\.md; what stood there is gone, or written anew\n    before: De tweede.*\n    now: De derde},
    'a passage that is gone');
spill("$repository/sources/brief.md", $source =~ s/(De tweede.*?)\n\n(De derde.*)\n/$2\n\n$1\n/r);
like(section(changes($repository, 'HEAD~1')->{out}, 'Pages'), qr/^~ sources.*; 1 passage moved$/m, 'one that moved');
spill("$repository/sources/brief.md", $source =~ s/waterpeil/**waterpeil**/r);
my $bold = changes($repository, 'HEAD~1')->{out};
like(section($bold, 'Pages'), qr/sources.*; in how it is written, not in its words$/m, 'a change that is not of words');
unlike($bold, qr/^Citations/m, 'breaks no citation');
git($repository, 'checkout', '-q', '.');

# A page that moved with a redirect, another language, files, settings.
spill("$repository/notes/verhuisd.md", "---\nredirect_from: notes/nieuw.md\n---\n# Heel anders\n\nNiets is nog als het was.\n");
git($repository, 'rm', '-q', 'notes/nieuw.md');
spill("$repository/sources/brief.pdf", "%PDF-1.4\n");
spill("$repository/naslag.yaml", "title: Anders\n");
my $moved = changes($repository, 'HEAD')->{out};
like($moved, qr{^> notes/nieuw\.md is now notes/verhuisd\.md, 'Heel anders'; the old address leads on}m, 'a redirect');
is(section($moved, 'Files that are copied, and settings'), "~ naslag.yaml, which every page goes by\n+ sources/brief.pdf\n", 'files');
commit($repository, 'Verhuis');
spill("$repository/sources/brief.pdf", "%PDF-1.5\n");
like(changes($repository, 'HEAD')->{out}, qr{^~ sources/brief\.pdf$}m, 'a file with other bytes');
git($repository, 'checkout', '-q', '.');

# A text gets a record: the same source.
spill("$repository/sources/los.txt", "Los\n\nEen tekst zonder beschrijving die lang genoeg is.\n");
commit($repository, 'Tekst');
spill("$repository/sources/los.md", "---\ntitle: Los\n---\n");
unlike(section(changes($repository, 'HEAD')->{out}, 'Pages'), qr/^[-+>]/m, 'a record makes no new page');
unlink "$repository/sources/los.md";

# Mistakes in what is asked.
for my $wrong (
    [['niets'], qr/^naslag: there is no revision 'niets' in the repository\n$/],
    [['HEAD', 'niets'], qr/^naslag: there is no revision 'niets' in the repository\n$/],
    [['HEAD:notes'], qr/^naslag: revision 'HEAD:notes' is not a commit\n$/],
    [['nergens...HEAD'], qr/no revision 'nergens'/],
    [['HEAD...nergens'], qr/no revision 'nergens'/],
    [['HEAD...HEAD', 'x'], qr/what is 'x'/],
    [['HEAD', 'HEAD', 'x'], qr/what is 'x'/],
    [['HEAD..HEAD', 'x'], qr/what is 'x'/],
    [['--format', 'pdf', 'HEAD'], qr/the format is text, markdown or html, not 'pdf'/],
) {
    my $result = changes($repository, @{$wrong->[0]});
    is($result->{status}, 2, "@{$wrong->[0]}: 2");
    like($result->{err}, $wrong->[1], 'and why');
    is($result->{out}, '', 'nothing else');
}

# Names and texts made to do harm.
my $evil = "<script>alert(1)</script> |`x`| \@wethouder #12 !3 [a](http://kwaad.example) ![i](x) **b** \033[31mrood \$e\$";
my $hostile = repository('notes/a.md' => "# A\n\nNiets.\n", 'index.md' => "# Begin\n");
spill("$hostile/notes/a.md", "---\ntitle: '$evil'\n---\n\n\\# kop\n\n" . $evil =~ s/([`<!*\[\]()#])/\\$1/gr . "\n");
spill("$hostile/notes/`kwaad` \@naam <b>.md", "# " . 'w' x 50000 . "\n");
spill("$hostile/topics/<i>|.md", "---\ntitle: '<i>|\@iemand'\naliases: ['" . 'n' x 3000 . "']\n---\n");
commit($hostile, 'Kwaad');
my $text = changes($hostile, 'HEAD~1', 'HEAD')->{out};
unlike($text, qr/[\x00-\x09\x0b-\x1f\x7f]/, 'a terminal is given no orders');
like($text, qr/\\x1b\[31mrood/, 'but shown them');
cmp_ok(length $text, '<', 20000, 'long titles are cut');

my $markdown = changes($hostile, '--format', 'markdown', 'HEAD~1', 'HEAD')->{out};
unlike($markdown =~ s/(`+) ?.*?\1//gr, qr/<(?!\/?(?:ins|del)>)/, 'Markdown: no HTML but ours');
my $folder = scratch();
my $rendered = run({in => $markdown}, compile("$ROOT/tests/cli/rendered.c", "$folder/rendered"))->{out};
my $outside = $rendered =~ s{<code>.*?</code>}{}gsr;
unlike($outside, qr/<(?:a|img|table|script|i|b|em)\b/, 'no link, picture or table comes of it');
unlike($outside, qr/[@#!~\$]\w/, 'nobody and nothing is named');
like($outside, qr/&lt;script&gt;/, 'it is shown as it is');
like($rendered, qr{<code>notes/`kwaad` \@naam &lt;b&gt;\.md</code>}, 'a path is code');

my $html = changes($hostile, '--format', 'html', 'HEAD~1', 'HEAD')->{out};
unlike($html, qr/<(?:script|img|a|i|b|link)\b/, 'HTML: nothing comes of it, and nothing from elsewhere');
like($html, qr/&lt;script&gt;/, 'it is shown');
like($html, qr/Content-Security-Policy" content="default-src 'none'/, 'and could do nothing');
unlike($html, qr/url\(|\@import/, 'no style from elsewhere');

# A thousand pages with the worst of signs make no more than a comment may have.
my $large = repository('index.md' => "# Begin\n");
spill("$large/notes/n$_.md", "# N$_\n\n" . join("\n\n", map { "Alinea $_ " . '\\&a\\<' x 40 } 1 .. 30) . "\n") for 1 .. 300;
commit($large, 'Veel');
spill("$large/notes/n$_.md", "# N$_\n\n" . join("\n\n", map { "Alinea $_ x " . '\\&b\\<' x 40 } 1 .. 30) . "\n") for 1 .. 300;
my $comment = changes($large, '--format', 'markdown', 'HEAD')->{out};
cmp_ok(length $comment, '<', 65536, 'a comment on GitHub has room for it');
like($comment, qr/^- and \d+ more$/m, 'and it says how much it leaves out');
like(changes($large, 'HEAD')->{out}, qr/^  and 100 more$/m, 'so does the text');

# A site in several languages counts a topic once.
my $twins = site_repository('tweeling');
spill("$twins/notes/dijk.md", "# Nog een\n\nDe Dijkwacht ging langs.\n");
is(() = section(changes($twins, 'HEAD')->{out}, 'Topics') =~ /^[-+~]/mg, 1, 'translations are one topic');

# The knowledge base of this project.
my %content = map { $_ => slurp("$ROOT/content/$_") } tree("$ROOT/content");
my $kennis = repository(map { ("content/$_" => $content{$_}) } keys %content);
my ($path) = grep { m{^sources/.*\.md$} } sort keys %content;
my ($name) = $path =~ m{([^/]*)\.md$};
spill("$kennis/content/notes/wie-citeert.md", "# Wie citeert\n\nZie [\@$name, ¶3].\n");
commit($kennis, 'Citeer');
is(changes($kennis, 'HEAD')->{status}, 0, 'real content: nothing changed');
spill("$kennis/content/$path", $content{$path} =~ s/^(---\n.*?\n---\n)/$1\nEen alinea die voor alle andere komt.\n/sr);
my $real = changes($kennis, 'HEAD');
is($real->{status}, 1, 'real content: something changed');
like($real->{out}, qr{^! notes/wie-citeert\.md:3 cites ¶3 of \Q$path\E; what stood there is ¶4 now$}m, 'real content: a citation');
like(section($real->{out}, 'Pages'), qr/^~ \Q$path\E.*; 1 passage new$/m, 'real content: one paragraph is new');
is(() = section($real->{out}, 'Pages') =~ /^[-+~>]/mg, 1, 'real content: on one page');
# -- Where two branches part -------------------------------------------------------------------------

my $parted = repository('notes/a.md' => "# Een\n\nTekst.\n");
git($parted, qw(checkout -q -b werk));
spill("$parted/notes/mijn.md", "# Mijn\n\nTekst.\n");
commit($parted, 'werk');
git($parted, qw(checkout -q main));
spill("$parted/notes/hun.md", "# Hun\n\nTekst.\n");
commit($parted, 'intussen');
my $both = changes($parted, 'main..werk')->{out};
like($both, qr/hun\.md/, 'two dots: what the other branch has is gone') or diag($both);
my $three = changes($parted, 'main...werk');
is($three->{status}, 1, 'three dots') or diag($three->{err});
like($three->{out}, qr/mijn\.md/, 'what the branch brings');
unlike($three->{out}, qr/hun\.md/, 'and not what happened on the other meanwhile');
is(changes($parted, 'main...', '--format', 'text')->{out}, changes($parted, 'HEAD', 'HEAD')->{out}, 'the second may be left out');
my $base = git($parted, qw(merge-base main werk))->{out} =~ s/\n//r;
is($three->{out}, changes($parted, $base, 'werk')->{out}, 'as from the commit that both have');
like(changes($parted, 'main...werk', '--format', 'markdown')->{out}, qr{^### .*from \Q@{[substr $base, 0, 10]}\E \\\(where main and werk part\\\) to }, 'which is named');
git($parted, qw(checkout -q --orphan los));
commit($parted, 'los');
my $none = changes($parted, 'main...los');
is("$none->{status} $none->{err}", "2 naslag: 'main' and 'los' have no commit in common\n", 'where there is none, that is said');

done_testing();
