# Words, sentences and names out of nothing. The same seed gives the same everywhere: the numbers come
# from a generator of its own.
package Invent;

use strict;
use warnings;
use Exporter qw(import);

our @EXPORT = qw(seed pick word phrase topics_named);

my $WORDS = '/usr/share/dict/dutch';
my $state = 1;
my @words;

sub seed { $state = $_[0] }

# A number from 0 to $max - 1 (xorshift, 32 bits).
sub pick {
    my ($max) = @_;
    $state ^= ($state << 13) & 0xFFFFFFFF;
    $state ^= $state >> 17;
    $state ^= ($state << 5) & 0xFFFFFFFF;
    return $state % $max;
}

sub words_of_dictionary {
    open my $file, '<:raw', $WORDS or die "$WORDS: $! (the package wdutch has it)\n";
    my @found = grep { /^[a-z]{2,14}$/ } map { chomp; $_ } <$file>;
    die "$WORDS: too few words\n" if @found < 1000;
    return @found;
}

# Few words are common and many rare, as in any text: the cube of a number bends the choice.
sub word {
    @words = words_of_dictionary() unless @words;
    my $x = pick(1 << 15) / (1 << 15);
    return $words[int(@words * $x ** 3)];
}

sub phrase { return join ' ', map { word() } 1 .. $_[0] }

sub topics_named { return map { ucfirst(word()) . ' ' . phrase(1) . " $_" } 1 .. $_[0] }

1;
