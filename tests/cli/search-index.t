#!/usr/bin/env perl
# The files of a search index: the same wherever and however it is built, few of them other where a
# document is, none too many in a folder, none missing.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Compress::Zlib qw(uncompress);
use Test::More;

use constant DOCUMENTS => 600;

my $state = 99;

sub draw {
    my ($below) = @_;
    $state = ($state * 1103515245 + 12345) % 2147483648;
    return int($state / 65536) % $below;
}

my @words = map { my $start = $_; map { "$start$_" } qw(dijk sluis polder gemaal haven brug kade) }
    '', map { my $letter = $_; map { "$letter$_" } qw(a oe ie) } qw(b d f g k l m p r t);

sub text {
    my ($title, $passages) = @_;
    return "# $title\n\n" . join("\n\n", map { join ' ', 'De', map { $words[int(@words * (draw(1000) / 1000) ** 2)] } 1 .. 12 } 1 .. $passages) . "\n";
}

my %files = ('naslag.yaml' => "title: Proef\nlanguage: nl\n",
    'topics/zeesluis.md' => "---\ntitle: Zeesluis\naliases: [roehaven]\n---\nEen sluis aan zee.\n");
$files{sprintf 'notes/n%03d.md', $_} = text("Nota $_", 3) for 1 .. DOCUMENTS;
$files{'notes/lang.md'} = text('Lang', 300);

sub built {
    my ($repository, @options) = @_;
    my $site = scratch() . '/site';
    my $result = naslag('build', '-q', '-C', $repository, '--out', $site, @options);
    die $result->{err} if $result->{status};
    return {site => $site, map { $_ => slurp("$site/search/$_") } tree("$site/search")};
}

sub names { my @names = sort grep { $_ ne 'site' } keys %{$_[0]}; return @names }

# The files of the one that the other has not, or has otherwise; index.bin is always one.
sub news {
    my ($now, $before) = @_;
    return grep { !defined $before->{$_} || $before->{$_} ne $now->{$_} } names($now);
}

my $repository = repository(%files);
my $index = built($repository, '-j', 1);
my $count = names($index);
cmp_ok($count, '>', DOCUMENTS, 'each document has its text');

# -- The same bytes -------------------------------------------------------------------------------

my $threads = built($repository, '-j', 4);
is(join(' ', news($threads, $index), news($index, $threads)), '', 'the same with four threads');
my $elsewhere = repository(%files);
commit($elsewhere, 'later');
my $other = built($elsewhere, '-j', 2);
is(join(' ', news($other, $index), news($index, $other)), '', 'the same in another place, at another time');

# -- Sound files ----------------------------------------------------------------------------------

my %bytes = map { $_ => uncompress($index->{$_}) } names($index);
is(join(' ', grep { !defined $bytes{$_} } names($index)), '', 'all can be unpacked');
like($bytes{'index.bin'}, qr/^naslag-search\x02\x01/, 'index.bin tells its version and language');
my %folders;
$folders{s{/[^/]*$}{}r}++ for grep { m{/} } names($index);
my ($fullest) = sort { $folders{$b} <=> $folders{$a} } keys %folders;
cmp_ok($folders{$fullest}, '<', 400, "the fullest folder has $folders{$fullest} files");
my ($largest) = sort { $b <=> $a } map { length } values %bytes;
cmp_ok($largest, '<', 256 * 1024, "the largest file has $largest bytes");

# -- Nothing is missing, nothing left over --------------------------------------------------------

# Parts are told by six bytes of hash wherever they are told: in index.bin, in lists of groups, in
# the tree and its entries. Each must stand in another file.
my $all = join "\0", values %bytes;
my @unknown = grep {
    my ($high, $low) = m{^([0-9a-f]{2})/([0-9a-f]{10})\.bin$};
    defined $high && index($all, reverse(pack 'H*', "$high$low")) < 0;
} names($index);
is(join(' ', @unknown), '', 'every part is told of in another');
# The pieces of a text have names in a row, of which the first is told.
my %pieces = map { m{^t/(.*)/([0-9a-f]{6})\.bin$} ? ("$1/" . hex $2 => 1) : () } names($index);
my @unnamed = grep {
    my ($folder, $hash) = m{(.*)/(.*)};
    $hash-- while $pieces{"$folder/" . ($hash - 1)} && index($all, substr(pack('V', $hash), 0, 3)) < 0;
    index($all, substr(pack('V', $hash), 0, 3)) < 0;
} sort keys %pieces;
is(join(' ', @unnamed), '', 'every text is told of where those of its group are');

# The reader reads everything that it may be led to.
sub whole {
    my ($site, $name) = @_;
    my $queries = "$site.queries";
    spill($queries, join "\n", @words, (map { "*$_" } qw(dijk ade)), 'kind:notitie', 'topic:zeesluis', 'roe* AND NOT b*', 'bap*', 'nota', 'de');
    my $result = naslag('search', '--site', $site, '--batch', $queries);
    is($result->{err} =~ s/.*star-short.*\n.*\n.*\n//r, '', "$name: nothing is missing");
    my %documents = map { $_ => 1 } $result->{out} =~ m{^\w+,(notities/\w+),}gm;
    return scalar keys %documents;
}
is(whole($index->{site}, 'the index'), DOCUMENTS + 1, 'all documents are found');

# -- A change -------------------------------------------------------------------------------------

# A document has some forty words: each in an entry of the tree, and where it is frequent in a file of
# its own. What was there before must still be found.
sub changed {
    my ($name, $most) = @_;
    commit($repository, $name);
    my $now = built($repository);
    my @news = news($now, $index);
    my $size = 0;
    $size += length $now->{$_} for @news;
    cmp_ok(scalar @news, '<', $most, "$name: " . @news . " files of $count are other ($size bytes)");
    whole($now->{site}, $name);
    $index = $now;
}

spill("$repository/notes/n300.md", $files{'notes/n300.md'} =~ s/Nota 300/Nota driehonderd/r);
changed('a title changed', 30);
spill("$repository/notes/n300.md", text('Nota 300', 3));
changed('a text changed', 60);
spill("$repository/notes/n3000.md", text('Nieuw', 3));
changed('a document more', 60);
unlink "$repository/notes/n100.md";
changed('a document less', 60);
done_testing();
