#!/usr/bin/env perl
# Long lists of passages are cut by what they weigh, and nothing of them is lost.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my $filler = 'Het water stond die nacht hoog tegen de oude dijk aan. ' x 5;
my %files = (
    'naslag.yaml' => "title: Proef\n",
    'topics/dijk.md' => "---\ntitle: Zeedijk\n---\n\nEen dijk.\n",
    'notes/kort.md' => join("\n\n", '# Kort', map { "De Zeedijk is lang, nummer $_." } 1 .. 120) . "\n",
    'sources/brief.md' => "---\ntitle: Brief\n---\n\n" . join("\n\n", map { "Punt $_." } 1 .. 60) . "\n",
);
$files{"notes/lang-$_.md"} = join("\n\n", "# Lang $_", map { "Bij de Zeedijk, keer $_. $filler" } 1 .. 40) . "\n" for 1 .. 3;
$files{"notes/aanhaling-$_.md"} = join("\n\n", "# Aanhaling $_", map { "Bewering $_. $filler\[\@brief, ¶$_]" } 1 .. 8) . "\n" for 1 .. 9;
$files{'notes/verwijzing.md'} = "# Verwijzing\n\nDe Zeedijk [hoort](../topics/dijk.md) erbij.\n\nZie [daar](../topics/dijk.md).\n";
my $site = scratch() . '/site';
is(naslag('build', '-q', '-C', repository(%files), '--out', $site)->{status}, 0, 'a site of long lists');

# Parts of a topic.
my @parts = ("$site/onderwerpen/dijk.html", sort { ($a =~ /(\d+)\.html/)[0] <=> ($b =~ /(\d+)\.html/)[0] } glob "$site/onderwerpen/dijk.[0-9]*.html");
cmp_ok(scalar @parts, '>', 3, 'the passages of a topic are in parts: ' . @parts);
my (@said, @sizes);
for my $part (@parts) {
    my $html = slurp($part);
    my ($list) = $html =~ m{<section class="part" aria-labelledby="part.mentions">(.*?)\n</section>\n(?!<section class="document)}s;
    push @sizes, length $list;
    push @said, $list =~ m{<a class="number" href="([^"]+)"}g;
}
is(scalar @said, 120 + 3 * 40 + 2, 'each passage stands in one of them') or diag(join ' ', @said[0 .. 5]);
is(scalar(keys %{{map { $_ => 1 } @said}}), scalar @said, 'and in no other');
is_deeply([grep { $_ > 26_000 } @sizes], [], "none of them is large: @sizes");
cmp_ok($sizes[0], '<', 12_000, 'and the first, which has more to show, is smaller');
my @counts = map { my $html = slurp($_); scalar(() = $html =~ /class="passage"/g) } @parts[1 .. $#parts - 1];
cmp_ok((sort { $b <=> $a } @counts)[0], '>', (sort { $a <=> $b } @counts)[0], "short passages are more to a page: @counts");

# What links to a page: some of it is quoted, all of it is led to.
my ($cited) = slurp("$site/bronnen/brief.html") =~ m{(<section class="part" aria-labelledby="part.backlinks">.*)}s;
my @quoted = $cited =~ /<li class="passage">/g;
my %led = map { $_ => 1 } $cited =~ m{href="(\.\./notities/aanhaling-\d\.html#p\d+)"}g;
is(scalar keys %led, 9 * 8, 'every passage that cites a source is led to');
cmp_ok(scalar @quoted, '>', 9, 'some are quoted: ' . @quoted);
cmp_ok(length $cited, '<', 24_000, 'not all');
my @documents = split /<section class="document/, $cited;
is_deeply([grep { (() = /<li class="passage">/g) > 2 } @documents], [], 'no more than two of one document');
my ($linking) = slurp("$site/onderwerpen/dijk.html") =~ m{(<section class="part" aria-labelledby="part.backlinks">.*)}s;
unlike($linking, qr{<div class="said">}, 'what names a topic or links to it stands above already');
like($linking, qr{<a href="\.\./notities/verwijzing\.html#p2">¶2</a> <a [^>]*>¶3</a>}, 'and is led to');
done_testing();
