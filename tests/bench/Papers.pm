# Letters and reports out of nothing, as they come out of a PDF: lines wrapped and words cut at their
# ends, pages with a running head and a number, footnotes at the foot, contents, bullets.
package Papers;

use strict;
use warnings;
use Exporter qw(import);
use Invent;

our @EXPORT = qw(paper);

my $WIDTH = 96;
my $PAGE = 42; # lines of text
my @MONTHS = qw(januari februari maart april mei juni juli augustus september oktober november december);

sub sentence {
    my ($topics) = @_;
    my @words = map { pick(40) ? word() : $topics->[pick(scalar @$topics)] } 1 .. 8 + pick(16);
    return ucfirst(join ' ', @words) . '.';
}

sub running_text { my ($topics, $count) = @_; return join ' ', map { sentence($topics) } 1 .. $count }

# The lines of a paragraph; now and then a long word is cut at the end of one.
sub wrapped {
    my ($text, $indent) = @_;
    my @lines = ('');
    for my $word (split ' ', $text) {
        my $room = $WIDTH - length $lines[-1];
        if (length $word >= $room && $word =~ /^[a-z]{9,}$/ && $room > 6) {
            $lines[-1] .= ' ' . substr($word, 0, 4) . '-';
            push @lines, $indent . substr($word, 4);
            next;
        }
        push @lines, $indent if length $word >= $room;
        $lines[-1] .= ($lines[-1] =~ /\S/ ? ' ' : '') . $word;
    }
    return @lines;
}

# A paragraph, with a reference to a footnote in it now and then: a bare number behind a word.
sub paragraph {
    my ($paper) = @_;
    my $text = running_text($paper->{topics}, 3 + pick(5));
    if (!pick(6) && $text =~ /[a-z]\.\z/) {
        my $number = ++$paper->{noted};
        $text =~ s/\.\z/$number./;
        $paper->{notes}{$number} = sentence($paper->{topics});
    }
    return (wrapped($text, ''), '');
}

sub bullets {
    my ($paper) = @_;
    return ((map { wrapped("\x{2022} " . sentence($paper->{topics}), '  ') } 1 .. 3 + pick(4)), '');
}

sub chapter {
    my ($paper, $number) = @_;
    my @lines = ("$number " . ucfirst phrase(2), '');
    for my $section (1 .. 3 + pick(3)) {
        push @lines, "$number.$section " . ucfirst phrase(3), '';
        push @lines, pick(5) ? paragraph($paper) : bullets($paper) for 1 .. 4 + pick(6);
    }
    return @lines;
}

# The foot of a page: what the numbers in its lines refer to.
sub foot {
    my ($paper, @lines) = @_;
    my @numbers = map { /[a-z](\d+)\./ ? $1 : () } @lines;
    return @numbers ? ('', map { wrapped("$_ $paper->{notes}{$_}", '') } @numbers) : ();
}

sub pages {
    my ($paper, @lines) = @_;
    my ($text, $number) = ('', 0);
    while (my @page = splice @lines, 0, $PAGE) {
        my @head = $number++ ? ("$number     $paper->{head}", '') : ();
        $text .= ($number > 1 ? "\f" : '') . join '', map { "$_\n" } @head, @page, foot($paper, @page);
    }
    return $text;
}

sub date { return (1 + pick(28)) . " $MONTHS[pick(12)] " . (2010 + pick(15)) }

sub letter {
    my ($paper) = @_;
    my $subject = phrase(4);
    $paper->{head} = "Onderwerp: $subject";
    my @lines = ('Postbus ' . pick(9999), (1000 + pick(9000)) . ' AB ' . ucfirst word(), '', 'Datum: ' . date(),
        '', $paper->{head}, '', 'Geachte leden,', '');
    push @lines, paragraph($paper) for 1 .. 5 + pick(12);
    return pages($paper, @lines, 'Met vriendelijke groet,', '', ucfirst(word()) . ' ' . ucfirst word());
}

sub report {
    my ($paper) = @_;
    my $title = ucfirst phrase(4);
    $paper->{head} = "$title \x{2013} " . date();
    my @chapters = map { [chapter($paper, $_)] } 1 .. 4 + pick(8);
    my $page = 2;
    my @contents = map {
        my $line = $_->[0] . ' ' . '.' x 40 . ' ' . int($page);
        $page += @$_ / $PAGE;
        $line;
    } @chapters;
    return pages($paper, $title, '', 'Inhoud', '', @contents, '', map { @$_ } @chapters);
}

# A text in UTF-8: a letter of two or three pages, or as often a report of twenty to a hundred.
sub paper {
    my (@topics) = @_;
    my $paper = {topics => \@topics, notes => {}, noted => 0};
    my $text = pick(2) ? letter($paper) : report($paper);
    utf8::encode($text);
    return $text;
}

1;
