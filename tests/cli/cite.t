#!/usr/bin/env perl
# What a source's page says of citing: who cites which place of it, and how to cite a passage.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my $repository = repository(
    'naslag.yaml' => "title: Proef\nlanguage: nl\nbase_url: https://voorbeeld.nl/\n",
    'sources/brief.md' => "---\ntitle: De brief\nissuer: De raad\ndate: 2025-03-02\nreference: R-1\n"
        . "author: [Jan Bos, A & B]\n---\n",
    'sources/brief.txt' => "De dijk is oud en moet hoger, vindt de raad.\n\f"
        . "De sluis is nieuw en blijft zoals zij is, zegt de raad ook.\n",
    'sources/memo.md' => "---\ntitle: De memo\n---\nOver de sluis.\n",
    'notes/dijk.md' => "# De dijk\n\nHij moet hoger [\@brief, p. 1; \@brief p. 2].\n",
    'notes/sluis.md' => "---\nsources: \"[\@brief, p. 2; \@memo]\"\n---\n# De sluis\n\nEen sluis.\n",
    'notes/oud.md' => "---\nsources: [\"\@brief\", memo]\n---\n# Oud\n\nNiets.\n",
);
my $site = scratch() . '/site';
my $result = naslag('build', '-q', '-C', $repository, '--out', $site);
is($result->{status}, 0, 'it builds') or diag($result->{err});
is($result->{err}, '', 'every source is known');
my $page = slurp("$site/bronnen/brief.html");
like($page, qr{Citeert</span> <a href="[^"]*#page\.1">p\. 1</a> <a href="[^"]*#page\.2">p\. 2</a>},
    'the places that a passage cites, also without a comma');
my ($cited_by) = $page =~ /id="part\.backlinks"(.*)/s;
for my $note ('De dijk', 'De sluis', 'Oud') {
    like($cited_by, qr/>\Q$note\E</, "cited by '$note'");
}
like(slurp("$site/bronnen/memo.html"), qr{>Oud</a>.*>De sluis</a>}s, 'a second source as well');
like($page, qr{De raad \(2 maart 2025\)\. De brief\. Kenmerk R-1\.<}, 'how to cite the source');
like($page, qr{Kenmerk R-1, p\. 1, ¶1\. https://voorbeeld\.nl/bronnen/brief\.html#p1<},
    'how to cite a passage');
like($page, qr{<meta name="citation_author" content="Jan Bos">\s*<meta name="citation_author" content="A &amp; B">},
    'each author by itself');
done_testing();
