#!/usr/bin/env perl
# Pictures that stand for pages where their addresses are shared.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my $settings = "title: Proef\nbase_url: https://proef.example/kennis/\n";
my $repository = repository(
    'naslag.yaml' => $settings,
    'topics/dijk.md' => "---\ntitle: Dijk\nkind: concept\nabbreviation: DK\n---\nEen dijk.\n",
    'sources/brief.md' => "---\ntitle: Brief over de dijk\ndate: 2024-05-03\nissuer: Waterschap\n---\nDe dijk is hoog.\n",
    'notes/een.md' => "# E\xC3\xA9n & <twee>\n\nDe dijk.\n",
    'notes/twee.md' => "# Twee\n\nNiets.\n");
my $scratch = scratch();
my $number = 0;

# Builds into a folder, by name; with which options.
sub build {
    my ($name, @options) = @_;
    my $built = naslag({}, 'build', '-C', $repository, '--out', "$scratch/$name", '--no-cache', @options);
    ok($built->{status} < 2, "$name is built") or diag($built->{err});
    return $built->{out} . $built->{err};
}

sub pictures { grep { /\.png$/ } tree("$scratch/$_[0]") }

# The tags of a page that sharing goes by.
sub tags {
    my ($page) = @_;
    return {map { /(?:property|name)="([^"]+)" content="([^"]*)"/ ? ($1 => $2) : () }
        slurp("$scratch/$page") =~ /<meta [^>]*>/g};
}

build('uit', '-j', '1');
is_deeply([pictures('uit')],
    [qw(bronnen/brief.png index.png notities/een.png notities/twee.png onderwerpen/dijk.png)],
    'each document has a picture, and the site');
my %bytes = map { $_ => slurp("$scratch/uit/$_") } pictures('uit');
like($bytes{$_}, qr/^\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x04\xb0\0\0\x02\x76/, "$_ is one of 1200 by 630")
    for sort keys %bytes;
my %same;
$same{$_}++ for values %bytes;
is(scalar keys %same, 5, 'each is another');

my $tags = tags('uit/notities/een.html');
my %expected = (
    'og:type' => 'article', 'og:title' => "E\xC3\xA9n &amp; &lt;twee&gt;", 'og:site_name' => 'Proef',
    'og:url' => 'https://proef.example/kennis/notities/een.html', 'og:locale' => 'nl_NL',
    'og:image' => 'https://proef.example/kennis/notities/een.png', 'og:image:type' => 'image/png',
    'og:image:width' => 1200, 'og:image:height' => 630,
    'og:image:alt' => "Notitie: E\xC3\xA9n &amp; &lt;twee&gt;", 'twitter:card' => 'summary_large_image');
is($tags->{$_}, $expected{$_}, "$_ of a note") for sort keys %expected;
for my $page ('index', 'onderwerpen/index', 'zoeken', 'toegankelijkheid') {
    is(tags("uit/$page.html")->{'og:image'}, 'https://proef.example/kennis/index.png', "$page has the picture of the site");
    is(tags("uit/$page.html")->{'og:type'}, 'website', 'and is of the site');
}
for my $page (grep { /\.html$/ } tree("$scratch/uit")) {
    my $image = tags("uit/$page")->{'og:image'} or next;
    my ($path) = $image =~ m{^https://proef\.example/kennis/(.+)$};
    ok($path && $bytes{$path}, "the picture of $page is there") if !$path || !$bytes{$path};
    unlike(slurp("$scratch/uit/$page") =~ s{.*</head>}{}sr, qr/\.png/, "$page itself shows none");
}

build('draden', '-j', '4');
is_deeply({map { $_ => slurp("$scratch/draden/$_") } pictures('draden')}, \%bytes, 'four threads draw the same');

# What is drawn again.
my %before = map { $_ => (stat "$scratch/uit/$_")[1] } pictures('uit');
spill("$repository/notes/een.md", "# Een\n\nDe dijk.\n");
commit($repository);
build('uit');
my @changed = grep { $before{$_} != (stat "$scratch/uit/$_")[1] } pictures('uit');
is_deeply(\@changed, ['notities/een.png'], 'a title that changes is drawn again, and no other');
isnt(slurp("$scratch/uit/notities/een.png"), $bytes{'notities/een.png'}, 'as another picture');
unlink "$repository/notes/twee.md";
commit($repository);
build('uit');
ok(!-e "$scratch/uit/notities/twee.png", 'a picture goes with its page');

# Where there are none.
for my $case (['title: Proef' => 'without base_url'], ["${settings}pictures: none" => 'with pictures: none']) {
    my ($yaml, $name) = @$case;
    spill("$repository/naslag.yaml", "$yaml\n");
    commit($repository);
    build('uit');
    is_deeply([pictures('uit')], [], "$name there are no pictures");
    unlike(slurp("$scratch/uit/$_.html"), qr/og:image|twitter:/, "nor tags of such in $_") for qw(index notities/een);
}
done_testing();
