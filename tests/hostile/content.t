#!/usr/bin/env perl
# Content made to do harm: whatever a megabyte holds, the rest of the site is built, in two seconds
# and 200 MB.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my $SLOWER = $ENV{NASLAG_SLOWER} // 1; # sanitizers take time and memory of their own
my $SECONDS = 2 * $SLOWER;
my $MEGABYTES = 200 * $SLOWER;
my $SIZE = 1_000_000;

# A piece repeated to the full size.
sub full { my ($piece) = @_; return $piece x ($SIZE / length $piece) }
sub numbered {
    my ($format, $count) = @_;
    return join '', map { my $n = $_; $format =~ s/%/$n/gr } 1 .. $count;
}

my %MARKDOWN = (
    'a wide table with many short rows' =>
        '|' . 'a|' x 20000 . "\n|" . '-|' x 20000 . "\n" . "|b\n" x 300,
    'a table of many columns and rows' => '|a' x 1000 . "|\n" . '|-' x 1000 . "|\n" . ('|b' x 1000 . "|\n") x 480,
    'images in links that never close' => '![[]()' x 40000,
    'quotations in quotations' => '>' x 10000 . ' a',
    'quotations in quotations, on many lines' => '' . ('>' x 500 . " a\n") x 1990,
    'lists in lists' => numbered_indent(700),
    'list markers on one line' => full('- '),
    'ordered markers on one line' => full('1. '),
    'opening brackets' => full('['),
    'closing brackets' => full(']'),
    'brackets in pairs' => '[' x ($SIZE / 2) . ']' x ($SIZE / 2),
    'half links' => full('[a]('),
    'half links with angles' => full('[a](<b'),
    'half links with titles' => full('[a](b "c'),
    'half images' => full('!['),
    'half wikilinks' => full('[['),
    'half embeds' => full('![[a|'),
    'wikilinks in wikilinks' => '[[' x 250000 . 'a' . ']]' x 250000,
    'wikilinks to nowhere' => join(' ', map { "[[niets $_]]" } 1 .. 50000),
    'embeds of itself' => full("![[note]]\n\n"),
    'emphasis that opens' => full('*a '),
    'emphasis that opens and closes' => full('a**b' . 'c* '),
    'emphasis of two kinds' => full('*_a'),
    'underscores' => full('_'),
    'stars' => full('*'),
    'strikes' => full('~a~~b '),
    'backticks of growing length' => join(' ', map { '`' x $_ . 'e' } 1 .. 1400),
    'open fences' => full("```\n~~~\n"),
    'entities' => full('&amp;&#0;&#x110000;&nosuch;'),
    'backslashes' => full('\\'),
    'HTML that never closes' => full('<a '),
    'comments that never close' => full('<!-- '),
    'processing instructions' => full('<?'),
    'declarations' => full('<!A '),
    'CDATA' => full('<![CDATA['),
    'angles' => full('<'),
    'bare addresses' => full('http://a.nl/(' . ' '),
    'one long address' => 'http://' . full('a.'),
    'parentheses in an address' => 'http://a.nl/' . full('('),
    'mail addresses' => full('a@b.c '),
    'signs of a mail address' => full('a@'),
    'definitions of references' => numbered("[r%]: /u%\n", 50000) . "\n[r1]",
    'references to one long definition' => '[a]: ' . 'b' x 50000 . "\n\n" . '[a] ' x 10000,
    'one label, defined often' => full("[a]: b\n\n"),
    'footnotes' => numbered("[^%] ", 40000) . "\n\n" . numbered("[^%]: a\n\n", 40000),
    'references to one footnote' => full('[^a] ') . "\n\n[^a]: b\n",
    'a footnote in itself' => full("[^a]: [^a] \n\n"),
    'the same heading' => full("# a\n"),
    'headings without a letter' => full("# !\n"),
    'headings, deeper and deeper' => full("# a\n## a\n### a\n#### a\n##### a\n###### a\n"),
    'underlines of headings' => full("a\n=\n"),
    'rules' => full("---\n\n"),
    'task lists' => full("- [x] a\n"),
    'callouts' => full("> [!note]\n"),
    'citations' => full('[@a, p. 1] '),
    'half citations' => full('[@a; '),
    'comments of Obsidian' => full('%%a'),
    'marks' => full('==a'),
    'tags' => full('#a '),
    'short paragraphs' => full("a\n\n"),
    'one long line' => full('a'),
    'one line of words' => full('a '),
    'empty lines' => full("\n"),
    'carriage returns' => full("\r"),
    'tabs' => full("\t"),
    'a line of tabs and markers' => full(">\t-\t"),
    'NUL bytes' => full("\0"),
    'bytes that are no UTF-8' => full("\xff"),
    'half characters' => full("\xf0\x9f\x92"),
    'combining marks' => 'a' . full("\xcc\x81"),
    'marks of both directions' => full("\xe2\x80\xae"),
    'soft hyphens' => full("Zi\xc2\xad"),
    'noncharacters' => full("\xef\xb7\x90" . '1' . "\xef\xb7\x91"),
    'names of topics' => full('Aap '),
    'almost names of topics' => full('aaaaaaaaab '),
);

sub numbered_indent {
    my ($depth) = @_;
    return join '', map { '  ' x $_ . "- a\n" } 0 .. $depth - 1;
}

my %FRONT_MATTER = (
    'aliases that multiply' => "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        . join('', map { my $p = $_ - 1; "a$_: &a$_ [" . join(', ', ("*a$p") x 9) . "]\n" } 1 .. 9),
    'lists in lists' => 'title: ' . '[' x 100000,
    'maps in maps' => 'title: ' . '{a: ' x 50000,
    'indented maps' => join('', map { ' ' x $_ . "a:\n" } 0 .. 1300),
    'many keys' => join('', map { "sleutel$_: a\n" } 1 .. 50000),
    'many of one key' => full("title: a\n"),
    'many names' => "aliases:\n" . join('', map { "  - naam $_\n" } 1 .. 60000),
    'a long name' => 'title: ' . 'a' x 900000,
    'a key that refers to itself' => "title: &a [*a]\n",
    'an anchor for each letter' => full('&a '),
    'no end' => full("a: b\n"),
);

my %TEXT = (
    'one long line' => full('a '),
    'form feeds' => full("\f"),
    'short lines' => full("a\n"),
    'short lines with empty ones' => full("a\n\n"),
    'bullets' => full("- a\n"),
    'numbers' => full("1.2.3 a\n"),
    'hyphens at line ends' => full("a-\n"),
    'a list of contents' => full("Titel .... 3\n"),
    'the same running head' => full("Kop van de pagina\nTekst.\n\f"),
    'addresses of a mail scanner' => full('https://x.safelinks.example/?url=https%3A%2F%2Fa '),
    'half addresses' => full('<http'),
    'dates' => full('1 maart 2024 '),
    'spaces' => full(' '),
    'UTF-16' => "\xff\xfe" . full("a\0"),
    'NUL bytes' => full("\0"),
    'bytes of Windows' => full("\x93\x94\x80"),
);

# Builds a site of one bad file and one good one, and looks at what it took.
sub try_file {
    my ($name, $path, $bytes) = @_;
    my $repository = repository(
        'notes/goed.md' => "# Goed\n\nDe rest van de site.\n",
        'topics/aap.md' => "---\ntitle: Aap\nkind: concept\naliases: [aaaaaaaaaa]\n---\n",
        $path => $bytes,
    );
    my $out = scratch() . '/site';
    my $result = run('/usr/bin/time', '-f', 'peak %M %U %S', 'timeout', 60 * $SLOWER,
        $NASLAG, 'build', '-q', '-C', $repository, '--out', $out);
    my ($kilobytes, $user, $system) = $result->{err} =~ /^peak (\d+) ([\d.]+) ([\d.]+)$/m;
    my $seconds = $user + $system; # of processors: what else they do is not naslag's doing
    my @wrong;
    push @wrong, "status $result->{status}" if $result->{status} > 1;
    push @wrong, 'the rest of the site is missing' unless -e "$out/notities/goed.html";
    push @wrong, sprintf('%.2f seconds', $seconds) if $seconds > $SECONDS;
    push @wrong, int($kilobytes / 1024) . ' MB' if $kilobytes > 1024 * $MEGABYTES;
    ok(!@wrong, "$path: $name") or diag(join(', ', @wrong), "\n", substr $result->{err}, 0, 1000);
}

sub front_matter { return "---\n" . $_[0] . ($_[0] =~ /\n\z/ ? '' : "\n") . "---\nTekst.\n" }

try_file($_, 'notes/note.md', $MARKDOWN{$_}) for sort keys %MARKDOWN;
try_file($_, 'topics/note.md', front_matter($FRONT_MATTER{$_})) for sort keys %FRONT_MATTER;
try_file($_, 'naslag.yaml', $FRONT_MATTER{$_}) for sort keys %FRONT_MATTER;
try_file($_, 'sources/brief.txt', $TEXT{$_}) for sort keys %TEXT;
done_testing();
