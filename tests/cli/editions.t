#!/usr/bin/env perl
# What each language of a site has of its own: tags, and the letters of long lists.
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
