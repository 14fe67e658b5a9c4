#!/usr/bin/env perl
# The keys are well-formed and cover their texts, the scorer counts as it should, and the reader is
# no worse than the floors below: on the sample everywhere, on real documents where they are at hand.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib", $FindBin::Bin;
use Naslag;
use Quality;
use Test::More;

# The least share that must be right, of each document and in all. Raise them when the reader gets better.
my %FLOORS = (kinds => 0.98, joins => 0.98);

my $NO_SUM = 'sha256 ' . '0' x 64 . "\n";

sub check_floors {
    my ($score, $name) = @_;
    for my $measure (sort keys %FLOORS) {
        my $share = share($score, $measure) // 0;
        ok($share >= $FLOORS{$measure}, "$name: $measure, at least $FLOORS{$measure} right")
            or diag(sprintf '%.3f; see tests/quality/run --list', $share);
    }
}

# The score of a document, or undef where its text is not at hand.
sub check_document {
    my ($path) = @_;
    my $key = key_read($path);
    is(join("\n", @{$key->{problems}}), '', "$key->{name}: the key is well-formed");
    my $file = text_of($key);
    my ($text, $checksum) = $file ? text_read($file) : ();
    SKIP: {
        skip "the text of $key->{name} is not at hand", 1 + keys %FLOORS
            unless ($checksum // '') eq ($key->{sha256} // '-');
        key_fit($key, $text);
        is(join("\n", @{$key->{problems}}), '', "$key->{name}: the key fits its text");
        my $score = score($key, $text, trace_read($file));
        check_floors($score, $key->{name});
        return $score;
    }
    return undef;
}

# -- What is wrong in a key is seen ----------------------------------------------------------------

my @MISTAKES = (
    ["1 paragraph\n", "a\n", 'no checksum'],
    ["${NO_SUM}1 paragraf\n", "a\n", 'not understood'],
    ["${NO_SUM}1-2 paragraph\n2 item 1\n", "a\nb\n", 'line 2 has an entry already'],
    ["${NO_SUM}1 paragraph\n", "a\n\nb\n", 'line 3 has no entry'],
    ["${NO_SUM}1 paragraph\n2 quote\n", "a\n\n", 'no line that has text'],
    ["${NO_SUM}1-2 paragraph\ncut 1\n", "a\nb\n", 'line 1 ends in no hyphen'],
    ["${NO_SUM}1 paragraph\nref 1 2\n", "a word1\n", 'line 1 has no mark 2'],
);
for my $mistake (@MISTAKES) {
    my ($bytes, $text, $message) = @$mistake;
    my $key = key_parse('made-up', $bytes);
    key_fit($key, [split /\n/, $text, -1]);
    like(join("\n", @{$key->{problems}}), qr/\Q$message\E/, "a key with a mistake: $message");
}

# -- The scorer --------------------------------------------------------------------------------------

my $KEY = $NO_SUM . <<'END';
1 meta title
2 heading 2
3,6 paragraph
4 footnote 1
or 5 head | pagenum
7 item 1 1
8 item 2
ref 3 1
cut 3
page 1-5 1
page 6-8 2
END
my @TEXT = ('Over kaas', 'Melk', 'Zij melken1 elke och-', '1 Met de hand.', '2', 'tend vroeg.',
    '1. stremmen', '- roeren');
my $MARKDOWN = "## Melk\n\nZij melken[^1] elke ochtend\nvroeg.\n\n1. stremmen\n   - roeren\n\n"
    . "[^1]: Met de hand.\n";

# A trace of the made-up text that is right but for the rows given.
sub trace_with {
    my (%changed) = @_;
    my @rows = (undef, "1\tdropped: metadata: title\t", "1\theading 2\t1", "1\tparagraph\t2",
        "1\tfootnote 1\tn1", "1\tdropped: page number\t", "2\tparagraph\t2", "2\titem 1\t3",
        "2\titem 2\t4");
    $rows[$_] = $changed{$_} for keys %changed;
    return join "\n", "line\tpage\twhat\tpart\tpassage\ttext", map { "$_\t$rows[$_]\t\t" } 1 .. $#rows;
}

sub counts_of {
    my ($rows, $markdown) = @_;
    my $key = key_parse('made-up', $KEY);
    key_fit($key, \@TEXT);
    my $score = score($key, \@TEXT, trace_parse($rows, $markdown));
    return {map { $_ => "$score->{shares}{$_}{right}/$score->{shares}{$_}{all}" }
        keys %{$score->{shares}}};
}

my %RIGHT = (kinds => '8/8', joins => '6/6', levels => '1/1', depths => '2/2', numbers => '1/1',
    footnotes => '1/1', references => '1/1', words => '1/1', pages => '6/6');
is_deeply(counts_of(trace_with(), $MARKDOWN), \%RIGHT, 'all is right');
is_deeply(counts_of(trace_with(3 => "1\tparagraph\t9"), $MARKDOWN), {%RIGHT, joins => '5/6'},
    'a sentence that a footnote interrupts is not joined');
is_deeply(counts_of(trace_with(2 => "1\tparagraph\t2"), $MARKDOWN),
    {%RIGHT, kinds => '7/8', joins => '5/6', levels => '0/1'}, 'a heading is taken into the paragraph');
is_deeply(counts_of(trace_with(8 => "\titem 1\t4"), $MARKDOWN),
    {%RIGHT, depths => '1/2', pages => '5/6'}, 'an item is too high and has no page');
is_deeply(counts_of(trace_with(4 => "1\tdropped: running head\t"), $MARKDOWN),
    {%RIGHT, kinds => '7/8', footnotes => '0/1'}, 'a footnote is dropped');
is_deeply(counts_of(trace_with(), $MARKDOWN =~ s/ochtend/och-tend/r =~ s/\[\^1\] / /r =~ s/1\. /- /r),
    {%RIGHT, words => '0/1', references => '0/1', numbers => '0/1'},
    'a hyphen stays, a reference and a number go');

# -- The keys and the program --------------------------------------------------------------------------

check_document("$FindBin::Bin/sample.key");
my @scores = grep { defined } map { check_document($_) } key_files();
SKIP: {
    skip 'no real documents at hand', scalar keys %FLOORS unless @scores;
    my $total = score_new();
    score_add($total, $_) for @scores;
    check_floors($total, 'in all');
}
done_testing();
