#!/usr/bin/env perl
# naslag read: a document as Markdown, what became of each line, what was dropped.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use POSIX ();
use Test::More;

my $folder = scratch();
my $LETTER = <<'END';
Datum: 3 mei 2024
Onderwerp: De brug over de vaart

Geachte raad,

De brug over de vaart is al drie jaar dicht en dat blijft voorlopig zo.1
De gemeente wacht op een onderdeel.

• de pont vaart;
• de brug blijft dicht.

1 Sinds de zomer van 2021.

Hoogachtend,

P. de Vries
END

spill("$folder/brief.txt", $LETTER);
my $read = naslag({dir => $folder}, 'read', 'brief.txt');
is($read->{status}, 0, 'a text: status');
is($read->{err}, '', 'a text: nothing to say');
like($read->{out}, qr/^---\ntitle: "De brug over de vaart"/, 'front matter with the title');
like($read->{out}, qr/^date: "2024-05-03"/m, 'the date');
like($read->{out}, qr/^# De brug over de vaart$/m, 'the title as a heading');
like($read->{out}, qr/^De brug .* zo\.\[\^1\] De gemeente wacht op een onderdeel\.$/m,
    'a paragraph, joined, with its footnote');
like($read->{out}, qr/^- de pont vaart;\n- de brug blijft dicht\.$/m, 'a list');
like($read->{out}, qr/^\[\^1\]: Sinds de zomer van 2021\.$/m, 'the footnote');

# What is printed reads as the same document.
spill("$folder/brief.md", $read->{out});
my $again = naslag({dir => $folder}, 'read', 'brief.md');
is($again->{out} =~ s/\A---\n.*?\n---\n//sr, $read->{out} =~ s/\A---\n.*?\n---\n//sr,
    'the Markdown reads as the same document');

my $trace = naslag({dir => $folder}, 'read', '--trace', 'brief.txt')->{out};
my ($head, @rows) = map { [split /\t/, $_, -1] } split /\n/, $trace;
is("@$head", 'line page what part passage text', 'the trace has a head');
is(scalar @rows, 16, 'and a row for each line');
is(join(' ', map { $_->[0] } @rows), join(' ', 1 .. 16), 'in their order');
is($rows[0][2], 'dropped: metadata: date', 'metadata');
is($rows[2][2], 'empty', 'an empty line');
is($rows[5][2], 'paragraph', 'a paragraph');
is($rows[5][3], $rows[6][3], 'whose lines are one part');
is($rows[8][2], 'item 1', 'an item');
is($rows[11][2], 'footnote 1', 'a footnote');
is($rows[15][5], 'P. de Vries', 'the last line');

my $dropped = naslag({dir => $folder}, 'read', '--dropped', 'brief.txt')->{out};
is($dropped, "1\tmetadata: date\tDatum: 3 mei 2024\n"
        . "2\tmetadata: title\tOnderwerp: De brug over de vaart\n", 'what was dropped');

for my $case (
    ['an empty file', 'leeg.txt', '', 0, qr/\A\z/],
    ['a picture', 'foto.txt', "\x89PNG\r\n\x1a\n\0\0\0", 1, qr/^foto\.txt: error: .*PNG/],
    ['Windows-1252', 'oud.txt', "Caf\xe9 \x93De Brug\x94 is dicht.\n", 0, qr/note: .*Windows-1252/],
    ['UTF-16', 'breed.txt', "\xff\xfeD\0e\0 \0b\0r\0u\0g\0\n\0", 0, qr/note: .*UTF-16/],
) {
    my ($name, $file, $bytes, $status, $said) = @$case;
    spill("$folder/$file", $bytes);
    my $result = naslag({dir => $folder}, 'read', $file);
    is($result->{status}, $status, "$name: status $status");
    like($result->{err}, $said, "$name: what is said");
}

POSIX::mkfifo("$folder/pijp", 0600) or die;
for my $case (
    ['no file', [], qr/a file is missing/],
    ['two files', ['brief.txt', 'brief.md'], qr/one file at a time/],
    ['a file that is not there', ['weg.txt'], qr/no such file: 'weg\.txt'/],
    ['a folder', ['.'], qr/is a folder/],
    ['a pipe', ['pijp'], qr/is not a file but a pipe/],
) {
    my ($name, $words, $said) = @$case;
    my $result = run({dir => $folder}, 'timeout', 20, $NASLAG, 'read', @$words);
    is($result->{status}, 2, "$name: status 2");
    like($result->{err}, $said, "$name: says so");
}
done_testing();
