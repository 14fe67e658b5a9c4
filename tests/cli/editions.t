#!/usr/bin/env perl
# What each language of a site has of its own: tags, feeds, what it says of a
# page that is not there, pairs and the letters of long lists.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my %files = (
    'naslag.yaml' => "title: Proef\nlanguages: [nl, en]\nbase_url: https://proef.example/\n",
    'notes/sluis.md' => "---\ntitle: Sluis\ntags: [water/laag]\n---\nDe sluis is dicht.\n",
    'notes/sluis.en.md' => "---\ntitle: Lock\nlang: en\ntranslation_of: sluis\naliases: [gate]\ntags: [water/laag]\n---\nThe lock is shut. #storm\n",
    'notes/gemaal.md' => "---\ntitle: Gemaal\ntags: [water]\n---\nHet gemaal pompt. #droog\n",
    'notes/pomp.en.md' => "---\ntitle: Pump\nlang: en\ntranslation_of: gemaal\n---\nThe pump runs.\n",
    'notes/fles.md' => "---\ntitle: Bouteille\nlang: fr\ntags: [water]\n---\nUne bouteille.\n",
    'en/tags/water.md' => "---\ntitle: Water\n---\nEen document op de plaats van een trefwoord.\n",
    'notes/wijzer.md' => "---\ntitle: Wijzer\nredirect_from: [en/tags/storm.html]\n---\nNiets.\n",
);
my $out = scratch() . '/uit';
my $built = naslag('build', '-q', '-C', repository(%files), '--out', $out);
ok($built->{status} < 2, 'it is built') or diag($built->{err});
sub page { return -e "$out/$_[0]" ? slurp("$out/$_[0]") : "there is no $_[0]" }

# The documents that a page of a tag lists, and the number that it gives.
sub listed {
    my ($html) = page($_[0]);
    my ($count) = $html =~ m{class="total">(\d+)<};
    return join ' ', $count // 'none', sort $html =~ m{<span class="name"><a href="(?:\.\./)*([^"#]+)}g;
}

is(listed('trefwoorden/water/laag.html'), '1 notities/sluis.html', 'of translations that have a tag the one in the language');
is(listed('en/tags/water/laag.html'), '1 en/notes/sluis.html', 'in the other language as well');
is(listed('en/tags/water.html'), '3 en/notes/sluis.html notities/fles.html notities/gemaal.html', 'where only one has it that one');
is(listed('trefwoorden/storm.html'), '1 en/notes/sluis.html', 'in whatever language');
like(page('en/tags/index.html'), qr{#water</a></span><span class="count">.*?>3<}, 'the list of tags gives that number');
like(page('en/tags/water.html'), qr{<a class="tag" href="\.\./\.\./en/tags/water/laag\.html">}, 'a tag leads to those below it in the language');
like(page('en/tags/water.html'), qr{hreflang="nl" href="https://proef\.example/trefwoorden/water\.html"}, 'and to itself in the other');
like(page('trefwoorden/index.html'), qr{<a href="\.\./en/tags/index\.html" lang="en"}, 'so does the list');
like(page('en/notes/sluis.html'), qr{"\.\./\.\./en/tags/water/laag\.html".*"\.\./\.\./en/tags/storm\.html"}s, 'a document leads to tags in its language');
like(page('notities/fles.html'), qr{"\.\./trefwoorden/water\.html"}, 'one in a language without pages of its own to those of the site');
like($built->{err}, qr{en/tags/water\.md}, 'a document in the place of a tag is told of');
like(page('en/tags/water.html'), qr{is-tag}, 'and does not take it');
like(page('en/tags/storm.html'), qr{is-tag}, 'nor does a former address');

# -- Feeds ----------------------------------------------------------------------------------------

%files = (
    'naslag.yaml' => "title: Proef\nlanguages: [nl, en]\nbase_url: https://proef.example/\n",
    'topics/sluis.md' => "---\ntitle: Sluis\n---\nKeert water.\n",
    'topics/sluis.en.md' => "---\ntitle: Lock\nlang: en\ntranslation_of: sluis\n---\nKeeps water out.\n",
    'topics/sluis.fr.md' => "---\ntitle: Ecluse\nlang: fr\ntranslation_of: sluis\n---\nAutre chose.\n",
    'topics/gemaal.md' => "---\ntitle: Gemaal\n---\nPompt.\n",
    'notes/stuk.md' => "---\ntitle: Kapot\n---\nDe Sluis bij het Gemaal is kapot.\n",
    'notes/stuk.en.md' => "---\ntitle: Broken\nlang: en\ntranslation_of: stuk\n---\nThe Lock is broken.\n",
);
my $repository = repository(%files);
$built = naslag('build', '-q', '-C', $repository, '--out', $out = scratch() . '/uit');
ok($built->{status} < 2, 'it is built') or diag($built->{err});
sub value { my ($page, $name) = @_; return page($page) =~ m{<$name(?:\s[^>]*)?>([^<]*)</$name>} ? $1 : "no $name" }
sub titles { my @titles = page($_[0]) =~ m{<entry>.*?<title>([^<]*)}gs; return join ', ', sort @titles }

is(titles('atom.xml'), 'Gemaal, Kapot, Sluis', 'the feed of the site has what its list has');
is(titles('en/atom.xml'), 'Broken, Gemaal, Lock', 'and that of the other language what that has');
like(page('en/atom.xml'), qr{xml:lang="en"}, 'it is in that language');
like(page('en/atom.xml'), qr{rel="self"[^>]*"https://proef\.example/en/atom\.xml"}, 'and names itself');
like(page('en/atom.xml'), qr{"https://proef\.example/en/index\.html"}, 'with the home page in that language');
isnt(value('en/atom.xml', 'id'), value('atom.xml', 'id'), 'the two are not taken for one');
like(page('en/notes/stuk.html'), qr{"\.\./\.\./en/atom\.xml"}, 'pages in that language lead to it');
like(page('notities/stuk.html'), qr{"\.\./atom\.xml"}, 'and those in the main one to theirs');

is(value('onderwerpen/sluis.atom', 'title'), 'Sluis – Proef', 'the feed of a topic');
is(value('en/topics/sluis.atom', 'title'), 'Lock – Proef', 'and that in the other language');
is(titles($_), 'Broken, Kapot', 'with the same passages, as on its pages') for qw(onderwerpen/sluis.atom en/topics/sluis.atom);
like(page('en/topics/sluis.atom'), qr{xml:lang="en".*"https://proef\.example/en/topics/sluis\.html"}s, 'which belongs to the page in that language');
like(page('en/topics/sluis.html'), qr{"\.\./\.\./en/topics/sluis\.atom"}, 'and is what that leads to');
ok(-e "$out/onderwerpen/gemaal.atom" && !-e "$out/en/topics/gemaal.atom", 'where there is no translation there is one feed');
my ($french) = grep { m{sluis} && page($_) =~ /Autre chose/ } map { "onderwerpen/$_" } tree("$out/onderwerpen");
ok($french, 'a translation in a language without pages of its own');
like(page($french // ''), qr{"\.\./onderwerpen/sluis\.atom"}, 'leads to the main feed');
(my $atom = $french // '') =~ s/html$/atom/;
ok(!-e "$out/$atom", 'and has none itself');
naslag('build', '-q', '-C', repository(%files, 'naslag.yaml' => "title: Proef\nlanguages: [nl, en]\n"), '--out', $out = scratch() . '/uit');
like(page('en/atom.xml'), qr{<link rel="alternate" type="text/html" href="\.\./en/notes/stuk\.html"/>}, 'without an address of the site links are relative to the feed');

# -- What is not there ----------------------------------------------------------------------------

my $gone = page('404.html');
like($gone, qr{<html lang="nl">.*<h1>Deze pagina bestaat niet}s, 'what is not there, in the main language');
my ($other) = $gone =~ m{<section class="part" lang="en">(.*?)</section>}s;
like($other, qr{<h2>This page does not exist</h2>}, 'and in the other');
like($other, qr{<a href="$_"}, "which leads to $_") for qw(en/index.html en/topics/index.html en/sources/index.html en/notes/index.html);
unlike($gone =~ s/\Q$other\E//r =~ s/site-header.*?<\/header>//sr, qr/does not exist|"en\//, 'each says its own');

# -- Pairs ----------------------------------------------------------------------------------------

$built = naslag('build', '-q', '-C', repository(%files, 'topics/pump.en.md' => "---\ntitle: Pump\nlang: en\n---\nRuns.\n",
    'notes/pump.en.md' => "---\ntitle: Wet\nlang: en\n---\nThe Pump is at the Lock.\n"), '--out', $out = scratch() . '/uit');
ok($built->{status} < 2, 'it is built') or diag($built->{err});
my ($pair) = grep { /pump\+|\+.*pump/ } tree("$out/en/connections");
like(page("en/connections/$pair"), qr{<mark}, 'a topic in one language alone has its pairs');
is(join(' ', grep { m{(?:^|/)\.} } tree($out)), '', 'whose pages no server hides');

# -- Letters of long lists ------------------------------------------------------------------------

my %long = ('naslag.yaml' => "title: Proef\nlanguages: [nl, en]\n");
$long{"notes/a$_.md"} = "# Aap $_\n" for 1 .. 160;
$long{'notes/vuur.md'} = "# Vuur\n";
$long{'notes/vuur.en.md'} = "---\ntitle: Fire\nlang: en\ntranslation_of: vuur\n---\nHot.\n";
$long{'notes/getal.md'} = "# 7 is een getal\n";
$built = naslag('build', '-q', '-C', repository(%long), '--out', $out = scratch() . '/uit');
ok($built->{status} < 2, 'it is built') or diag($built->{err});
my @ways = (['notities/index.a.html', 'en/notes/index.a.html'], ['en/notes/index.a.2.html', 'notities/index.a.html'],
    ['notities/index.overig.html', 'en/notes/index.other.html'], ['en/notes/index.other.html', 'notities/index.overig.html'],
    ['notities/index.v.html', 'en/notes/index.html'], ['en/notes/index.f.html', 'notities/index.html']);
for my $way (@ways) {
    my ($to) = page($way->[0]) =~ m{<a href="(?:\.\./)*([^"]+)" lang="(?:nl|en)" hreflang};
    is($to, $way->[1], "$way->[0] leads to $way->[1]");
}
unlike(page('en/notes/index.a.html') =~ s/site-header.*?<\/header>//sr, qr{"(?:\.\./)+notities/index}, 'all else stays in the language');
done_testing();
