#!/usr/bin/env perl
# Long lists are cut up by letter and in parts, and the home page leads to them: no page grows with
# the collection.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my %files = ('naslag.yaml' => "title: Proef\nlanguage: nl\n");
$files{"notes/a-$_.md"} = "# Aap $_\n\nOver onderwerp $_.\n" for 1 .. 120;
$files{"notes/b-$_.md"} = "# Beer $_\n\nOver Onderwerp 7.\n" for 1 .. 30;
$files{'notes/cijfer.md'} = "# 5 is een getal\n\nTekst.\n";
$files{'notes/teken.md'} = "# 7 is er ook een\n\nTekst.\n";
$files{"topics/onderwerp-$_.md"} = "---\ntitle: Onderwerp $_\nkind: concept\n---\nOver $_.\n"
    for 1 .. 110;
my $repository = repository(%files);
my $out = scratch() . '/uit';
my $built = naslag({}, 'build', '-q', '-C', $repository, '--out', $out);
ok($built->{status} < 2, 'it is built') or diag($built->{err});

my $list = slurp("$out/notities/index.html");
like($list, qr{<a href="\.\./notities/index\.$_\.html">}, "the list leads to '$_'") for qw(a b overig);
unlike($list, qr/Aap 1\b/, 'and shows no document itself');
is(() = slurp("$out/notities/index.a.html") =~ m{<li><div class="entry">}g, 100, 'a part of the letter');
my $second = slurp("$out/notities/index.a.2.html");
is(() = $second =~ m{<li><div class="entry">}g, 20, 'and the rest of it');
like($second, qr{index\.a\.2\.html" aria-current="page"}, 'the part is marked as the current one');
like($second, qr{index\.a\.html" aria-current="page"}, 'and so is its letter');
is(() = slurp("$out/notities/index.overig.html") =~ m{<li><div class="entry">}g, 2,
    'what begins with no letter stands together');
like(slurp("$out/onderwerpen/index.html"), qr{id="letter\.o"}, 'a short list is whole');
ok(!-e "$out/onderwerpen/index.o.html", 'and has no pages for letters');

my $home = slurp("$out/index.html");
like($home, qr{<a href="notities/index\.html">Alle notities</a>}, 'the home page leads to the notes');
like($home, qr{<a href="onderwerpen/index\.html">Alle onderwerpen</a>}, 'and to the topics');
my %shown = map { $_ => 1 } $home =~ m{href="onderwerpen/(onderwerp-\d+)\.html"}g;
is(scalar keys %shown, 24, 'it shows some topics');
ok($shown{'onderwerp-7'}, 'with those that are named most');
unlike($home =~ s/.*part\.topics//sr =~ s/part\.recent.*//sr, qr/Aap/, 'and no notes');
done_testing();
