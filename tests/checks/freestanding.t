#!/usr/bin/env perl
# The reader of the search index runs in a browser: it needs no library, keeps nothing for itself and
# asks nothing of the page.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my $HEADERS = qr{^(?:stddef\.h|stdint\.h|stdbool\.h|string\.h|base/(?:arena|bytes|vec|map|str|buf)\.h)$};

my ($writer) = slurp("$ROOT/Makefile") =~ /^writer := (.*)$/m or die 'the Makefile names no writer';
my %writer = map { $_ => 1 } split ' ', $writer;
ok(-e "$ROOT/generator/search/$_.c", "search/$_.c, of the writer, is there") for sort keys %writer;

sub code_of {
    my ($text) = @_;
    $text =~ s{(/\*.*?\*/)|(//[^\n]*)|("(?:[^"\\\n]|\\.)*")}{defined $3 ? $3 : ' '}gse;
    return $text;
}

my $CALLS = qr/(?<!\w)(?:str_format|buf_printf|\w*printf|[mc]alloc|realloc|free|qsort|bsearch
    |str(?:n?cmp|n?cpy|n?cat|r?chr|str|tok|n?dup|to\w+|c?spn|pbrk|coll)|mem(?!cpy|move|cmp|set|chr)[a-z]+)\s*\(/x;
my @modules = grep { m{^[^/]+\.[ch]$} && !$writer{s/\.[ch]$//r} } tree("$ROOT/generator/search");
cmp_ok(scalar @modules, '>', 40, 'modules of the reader');
my (@includes, @calls, @floats, @state);
for my $file (@modules) {
    my $code = code_of(slurp("$ROOT/generator/search/$file"));
    for my $header ($code =~ /#\s*include\s*[<"]([^>"]+)[>"]/g) {
        my ($module) = $header =~ m{^search/([^/]+)\.h$};
        push @includes, "$file: $header" unless $header =~ $HEADERS || ($module && !$writer{$module});
    }
    $code =~ s/"(?:[^"\\\n]|\\.)*"/""/g;
    push @calls, "$file: $&" while $code =~ /$CALLS/g;
    push @floats, "$file: $&" while $code =~ /\b(?:float|double)\b/g;
    push @state, "$file: $&" while $code =~ /^\s*static (?!const\b|inline\b)(?:[\w ]+[ *])?\w+(?:\[[^\]]*\])*\s*(?:=|;)/gm;
}
is(join("\n", @includes), '', 'they include only each other and what a browser has');
is(join("\n", @calls), '', 'they call nothing of a library');
is(join("\n", @floats), '', 'they have no floating point');
is(join("\n", @state), '', 'they keep nothing');

# -- The program that the page runs ---------------------------------------------------------------

SKIP: {
    skip 'the program is not built', 3 unless -e "$BUILD/reader.wasm";
    my $bytes = slurp("$BUILD/reader.wasm");
    is(substr($bytes, 0, 8), "\0asm\1\0\0\0", 'reader.wasm is WebAssembly');
    my ($at, %sections) = (8);
    while ($at < length $bytes) {
        my $kind = ord substr $bytes, $at++, 1;
        my $size = number($bytes, \$at);
        $sections{$kind} = substr $bytes, $at, $size;
        $at += $size;
    }
    my $from = 0;
    is(defined $sections{2} ? number($sections{2}, \$from) : 0, 0, 'it imports nothing');
    is(join(' ', sort(exports($sections{7}))), 'answer answer_len file input memory start step wanted',
        'it exports what theme/search.js calls');
    cmp_ok(length $bytes, '<', 96 * 1024, 'it is small');
}

# A number as WebAssembly writes it: seven bits a byte, the lowest first.
sub number {
    my ($bytes, $at) = @_;
    my ($number, $shift) = (0, 0);
    for (;;) {
        my $byte = ord substr $bytes, $$at++, 1;
        $number |= ($byte & 127) << $shift;
        return $number if $byte < 128;
        $shift += 7;
    }
}

sub exports {
    my ($section) = @_;
    my $at = 0;
    my @names;
    for (1 .. number($section, \$at)) {
        my $length = number($section, \$at);
        push @names, substr $section, $at, $length;
        $at += $length + 1;
        number($section, \$at);
    }
    return @names;
}
done_testing();
