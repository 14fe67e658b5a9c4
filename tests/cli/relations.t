#!/usr/bin/env perl
# Relations keep their types beside other links of the front matter.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my $repository = repository(
    'topics/molen.md' => "---\ntitle: Molen\nrelations:\n  part_of: Polder\n  funded_by: Gemeente\nup: \"[[Polder]]\"\nsee: \"[[Gemeente]]\"\n---\nDe molen draait.\n",
    'topics/polder.md' => "---\ntitle: Polder\n---\nDe polder is laag.\n",
    'topics/gemeente.md' => "---\ntitle: Gemeente\n---\nDe gemeente betaalt.\n");
my $out = scratch() . '/out';
is(naslag('build', '-q', '-C', $repository, '--out', $out)->{status}, 0, 'the site is built');
my ($relations) = slurp("$out/onderwerpen/molen.html") =~ m{<dl class="relations">(.*?)</dl>}s;
my @shown = $relations =~ m{<dt>(.*?)</dt>\s*<dd><a[^>]*>(.*?)</a>}g;
is("@shown", 'onderdeel van Polder gefinancierd door Gemeente', 'with the types that were stated');
like(slurp("$out/data/graph.graphml"), qr/part_of/, 'in the network too');
done_testing();
