#!/usr/bin/env perl
# Each library, the writing of files and the taking of memory have one door.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

# What is looked for, and where alone it may stand (patterns of paths below generator/).
my @DOORS = (
    ['libgit2', qr/#\s*include\s*<git2[.\/]/, qr{^repo/}],
    ['cmark-gfm', qr/#\s*include\s*<cmark-gfm/, qr{^read/markdown\.c$}],
    ['libyaml', qr/#\s*include\s*<yaml\.h>/, qr{^read/yaml\.c$}],
    ['utf8proc', qr/#\s*include\s*<utf8proc\.h>/, qr{^base/utf8\.c$}],
    ['SQLite', qr/#\s*include\s*<sqlite3\.h>/, qr{^(?:write/database|base/cache)\.c$}],
    ['xxHash', qr/#\s*include\s*<xxhash\.h>/, qr{^base/digest\.c$}],
    ['libdeflate', qr/#\s*include\s*<(?:libdeflate|zlib)\.h>/, qr{^search/packed\.c$}],
    ['libmicrohttpd', qr/#\s*include\s*<microhttpd\.h>/, qr{^cli/server\.c$}],
    ['libgvc', qr/#\s*include\s*<(?:gvc|graphviz|cgraph)\b/, qr{^write/layout\.c$}],
    ['FreeType', qr/#\s*include\s*(?:<(?:ft2build\.h|freetype)|FT_\w+_H)/, qr{^write/glyphs\.c$}],
    ['threads', qr/#\s*include\s*<pthread\.h>/, qr{^(base/(?:pool|cache)\.c|search/indexer\.[ch]|write/(?:publish\.c|(?:claims|pieces|readings)\.[ch])|cli/(?:watch|server)\.c)$}],
    ['memory from the system', qr/\b(?:m|c|re)alloc\s*\(|\bstrn?dup\s*\(/, qr{^(base/arena\.c$|search/wasm/)}],
    ['free()', qr/(?<![\w.>])free\s*\(/, qr{^(base/arena\.c|repo/|read/(markdown|yaml)\.c|base/utf8\.c|search/wasm/)}],
    ['writing of files',
        qr/\b(?:O_CREAT|O_WRONLY|O_RDWR|renameat2?|rename|linkat|unlinkat|unlink|mkdirat|mkdir|rmdir|mkstemp|mkostemp|mkdtemp|creat|symlink)\b(?=\s*[(|,)])/,
        qr{^(?:write/(?:publish|output|record|disk|deposit|database|scratch)|base/(?:cache|spill))\.c$}],
    ['fopen() for writing', qr/\bfopen\s*\([^;]*"[wa]/, qr{^write/(?:publish|output|record|disk)\.c$}],
    ['starting of programs',
        qr/(?<![\w.>])(?:posix_spawnp?|v?fork|clone|exec(?:l|v|vp|ve|lp|le|vpe|veat)|fexecve|popen|system)\s*\(/,
        qr{^base/process\.c$}],
    ['the end of the program', qr/(?<![\w.>])(?:_exit|exit|abort|longjmp|setjmp)\s*\(/, qr{^(base/err\.c|cli/)}],
);

# Code without comments and with empty strings, its lines kept.
sub code_of {
    my ($text) = @_;
    $text =~ s{(/\*.*?\*/)|(//[^\n]*)|("(?:[^"\\\n]|\\.)*")}
              {defined $3 ? $3 : "\n" x ($& =~ tr/\n//)}gse;
    return $text;
}

for my $door (@DOORS) {
    my ($name, $sought, $allowed) = @$door;
    my @found;
    for my $file (grep { /\.[ch]$/ } tree("$ROOT/generator")) {
        next if $file =~ $allowed;
        my $number = 0;
        for my $line (split /\n/, code_of(slurp("$ROOT/generator/$file"))) {
            $number++;
            push @found, "generator/$file:$number: $line" if $line =~ $sought;
        }
    }
    is(join("\n", @found), '', "one door: $name");
}
done_testing();
