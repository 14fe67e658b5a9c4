# Keys of texts, what the program makes of the texts, and how far the two agree. The form of a key
# and the meaning of every figure are in README.md beside this file.
#
# A key is a hash: name, sha256, entries (each {number, lines, is: alternatives of {kind, level,
# sure, item}}), of (line to entry), words (line to cut, keep or space), open (line to 1),
# refs (each {line, note}), pages (each {lines, columns, sure}), problems (messages).
package Quality;

use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use Exporter qw(import);
use File::Basename qw(basename);
use Naslag;

our @EXPORT = qw(key_read key_parse key_fit key_files text_read text_of trace_read trace_parse
                 score score_new score_add share);

my $HERE = "$ROOT/tests/quality";
my $FIELDS = qr/title|date|author|addressee|reference|issuer|kind/;
my $PLAIN = qr/title|paragraph|quote|table|letter|letterhead|head|aside|contents/;
my %DROPPED = map { $_ => 1 } qw(meta letterhead head pagenum aside contents);

# -- Keys ------------------------------------------------------------------------------------------

sub key_files {
    return sort glob "$HERE/keys/*.key";
}

sub key_read {
    my ($path) = @_;
    return key_parse(basename($path, '.key'), slurp($path));
}

sub key_parse {
    my ($name, $bytes) = @_;
    my $key = {name => $name, entries => [], of => {}, words => {}, open => {}, refs => [],
        pages => [], problems => []};
    my $number = 0;
    for my $line (split /\n/, $bytes) {
        $number++;
        $line =~ s/\s*#.*//;
        parse_line($key, $number, $line) || problem($key, $number, 'not understood') if $line =~ /\S/;
    }
    problem($key, $number, 'no checksum') unless $key->{sha256};
    return $key;
}

sub problem {
    my ($key, $number, $message) = @_;
    push @{$key->{problems}}, "$key->{name}.key:$number: $message";
    return 1;
}

sub parse_line {
    my ($key, $number, $line) = @_;
    if ($line =~ /^sha256 ([0-9a-f]{64})$/) { return $key->{sha256} = $1 }
    if ($line =~ /^(cut|keep|space) (\d+)$/) { return $key->{words}{$2} = $1 }
    if ($line =~ /^open (\d+)$/) { return $key->{open}{$1} = 1 }
    if ($line =~ /^ref (\d+) (\d+)$/) { return push @{$key->{refs}}, {line => $1, note => $2} }
    if ($line =~ /^page(\??) ([\d,-]+) (\d+(?: \| \d+)*)$/) {
        push @{$key->{pages}},
            {sure => !$1, lines => numbers($2), columns => [split / \| /, $3]};
        return 1;
    }
    return $line =~ /^(?:or )?([\d,-]+) (.+)$/ && add_entry($key, $number, $1, $2);
}

# The lines that '3-5,9' names.
sub numbers {
    my ($ranges) = @_;
    return [map { /^(\d+)-(\d+)$/ ? $1 .. $2 : $_ } split /,/, $ranges];
}

sub add_entry {
    my ($key, $number, $ranges, $kinds) = @_;
    my @is = map { alternative($_) // return 0 } split / \| /, $kinds;
    my $entry = {number => $number, lines => numbers($ranges), is => \@is};
    push @{$key->{entries}}, $entry;
    for my $line (@{$entry->{lines}}) {
        problem($key, $number, "line $line has an entry already") if $key->{of}{$line};
        $key->{of}{$line} = $entry;
    }
    return 1;
}

sub alternative {
    my ($text) = @_;
    return {kind => $text} if $text =~ /^(?:$PLAIN|meta (?:$FIELDS))$/;
    return {kind => 'pagenum'} if $text =~ /^pagenum(?: \d+)?$/;
    return {kind => $1, level => $2, sure => !$3, item => $4}
        if $text =~ /^(heading|item) (\d+)(\??)(?: (\d+))?$/;
    return {kind => 'footnote', level => $1} if $text =~ /^footnote (\d+)$/;
    return undef;
}

# Leaves the empty lines of the text out of the key, and adds what doesn't fit to its problems.
sub key_fit {
    my ($key, $text) = @_;
    for my $entry (@{$key->{entries}}) {
        $entry->{lines} = [grep { ($text->[$_ - 1] // '') =~ /\S/ } @{$entry->{lines}}];
        problem($key, $entry->{number}, 'no line that has text') unless @{$entry->{lines}};
    }
    for my $line (1 .. @$text) {
        my $empty = $text->[$line - 1] !~ /\S/;
        delete $key->{of}{$line} if $empty;
        problem($key, 0, "line $line has no entry") unless $empty || $key->{of}{$line};
    }
    for my $line (sort { $a <=> $b } keys %{$key->{words}}) {
        problem($key, 0, "line $line ends in no hyphen") if ($text->[$line - 1] // '') !~ /-\s*$/;
    }
    for my $ref (@{$key->{refs}}) {
        problem($key, 0, "line $ref->{line} has no mark $ref->{note}")
            unless @{marked_words($text->[$ref->{line} - 1] // '', $ref->{note})};
    }
}

# -- Texts -----------------------------------------------------------------------------------------

# The lines of a text; its checksum.
sub text_read {
    my ($path) = @_;
    my $bytes = slurp($path);
    my $text = $bytes;
    utf8::decode($text);
    my @lines = split /\n/, $text, -1;
    pop @lines if @lines && $lines[-1] eq '';
    return (\@lines, sha256_hex($bytes));
}

# Where the text of a key is, or undef.
sub text_of {
    my ($key) = @_;
    return "$HERE/sample.txt" if $key->{name} eq 'sample';
    my $folder = shared() or return undef;
    my ($path) = glob "$folder/sources/$key->{name}*.txt";
    return $path;
}

# -- What the program makes of a text ----------------------------------------------------------------

# A hash: lines (line to {page, kind, level, part}), text (the document as one long line of Markdown).
sub trace_read {
    my ($path) = @_;
    my @results = map { naslag('read', @$_, $path) } ['--trace'], [];
    for my $result (@results) {
        die "naslag read $path: status $result->{status}\n$result->{err}" if $result->{status} > 1;
    }
    return trace_parse($results[0]{out}, $results[1]{out});
}

sub trace_parse {
    my ($rows, $markdown) = @_;
    my %lines;
    my ($header, @rows) = split /\n/, $rows;
    die "not a trace\n" unless ($header // '') =~ /^line\tpage\twhat\tpart\b/;
    for my $row (@rows) {
        my ($line, $page, $what, $part) = split /\t/, $row;
        my ($kind, $level) = kind_of($what);
        $lines{$line} = {page => $page, kind => $kind, level => $level, part => $part // ''};
    }
    utf8::decode($markdown);
    $markdown =~ s/\\(?=[[:punct:]])//g;
    $markdown =~ s/\s+/ /g;
    return {lines => \%lines, text => $markdown};
}

# What the program calls a line, in the words of a key.
sub kind_of {
    my ($what) = @_;
    my %dropped = ('running head' => 'head', 'page number' => 'pagenum', contents => 'contents',
        letterhead => 'letterhead', 'repeated letterhead' => 'letterhead',
        'repeated address' => 'aside');
    return ($1, $2) if $what =~ /^(heading|item|footnote) (\d+)$/;
    return 'letter' if $what eq 'lines';
    return "meta $1" if $what =~ /^dropped: metadata: (.+)$/;
    return $dropped{$1} // "dropped ($1)" if $what =~ /^dropped: (.+)$/;
    return $what;
}

# -- How far they agree --------------------------------------------------------------------------------

# A hash: kinds (kind to {key, found, right}), shares (measure to {all, right}), differences
# (each {line, key, program}).
sub score_new {
    return {kinds => {}, shares => {}, differences => []};
}

sub score {
    my ($key, $text, $trace) = @_;
    my $score = score_new();
    score_kinds($score, $key, $trace->{lines});
    score_joins($score, $key, $trace->{lines});
    score_levels($score, $key, $trace->{lines});
    score_notes($score, $key, $trace->{lines});
    score_pages($score, $key, $trace->{lines});
    score_references($score, $key, $text, $trace);
    score_words($score, $key, $text, $trace);
    score_numbers($score, $key, $text, $trace);
    $score->{differences} = [sort { $a->{line} <=> $b->{line} } @{$score->{differences}}];
    return $score;
}

sub score_add {
    my ($sum, $score) = @_;
    for my $group (qw(kinds shares)) {
        for my $name (keys %{$score->{$group}}) {
            my $counts = $score->{$group}{$name};
            $sum->{$group}{$name}{$_} += $counts->{$_} // 0 for keys %$counts;
        }
    }
}

# The share that is right of a measure, or undef where there is nothing to measure.
sub share {
    my ($score, $name) = @_;
    my $counts = $score->{shares}{$name} or return undef;
    return $counts->{all} ? $counts->{right} / $counts->{all} : undef;
}

# Counts one question of a measure; `$says` is a line, the key's word and the program's.
sub count {
    my ($score, $name, $right, @says) = @_;
    my $counts = $score->{shares}{$name} //= {all => 0, right => 0};
    $counts->{all}++;
    $counts->{right}++ if $right;
    push @{$score->{differences}}, {line => $says[0], key => $says[1], program => $says[2]}
        unless $right;
}

sub same_kind {
    my ($alternative, $kind) = @_;
    my %title = (title => 1, 'meta title' => 1);
    return $alternative->{kind} eq $kind || ($title{$alternative->{kind}} && $title{$kind});
}

# The alternative that the program chose, or the first one.
sub chosen {
    my ($entry, $kind) = @_;
    my ($match) = grep { same_kind($_, $kind) } @{$entry->{is}};
    return ($match // $entry->{is}[0], defined $match);
}

# 'meta' for all metadata.
sub group {
    my ($kind) = @_;
    return (split ' ', $kind)[0];
}

sub kind_at {
    my ($trace, $line) = @_;
    return $trace->{$line} ? $trace->{$line}{kind} : 'nothing';
}

sub score_kinds {
    my ($score, $key, $trace) = @_;
    for my $line (keys %{$key->{of}}) {
        my $kind = kind_at($trace, $line);
        my ($alternative, $right) = chosen($key->{of}{$line}, $kind);
        my $wanted = group($alternative->{kind});
        $score->{kinds}{$wanted}{key}++;
        $score->{kinds}{$right ? $wanted : group($kind)}{found}++;
        $score->{kinds}{$wanted}{right}++ if $right;
        count($score, 'kinds', $right, $line, $alternative->{kind}, $kind);
    }
}

sub is_kept {
    my ($entry) = @_;
    return !grep { $DROPPED{group($_->{kind})} } @{$entry->{is}};
}

sub has_kind {
    my ($entry, $kind) = @_;
    return scalar grep { $_->{kind} eq $kind } @{$entry->{is}};
}

# Neighbours among the lines that stay, and among those once footnotes are left out.
sub pairs {
    my ($key) = @_;
    my @kept = grep { is_kept($key->{of}{$_}) } sort { $a <=> $b } keys %{$key->{of}};
    my @flow = grep { !has_kind($key->{of}{$_}, 'footnote') } @kept;
    my %pairs;
    for my $lines (\@kept, \@flow) {
        $pairs{"$lines->[$_ - 1] $lines->[$_]"} = [@$lines[$_ - 1, $_]] for 1 .. $#$lines;
    }
    return values %pairs;
}

sub score_joins {
    my ($score, $key, $trace) = @_;
    for my $pair (pairs($key)) {
        my ($first, $second) = @$pair;
        my @entries = map { $key->{of}{$_} } @$pair;
        next if $key->{open}{$first} || 2 == grep { has_kind($_, 'letter') } @entries;
        my @parts = map { $trace->{$_} ? $trace->{$_}{part} : '' } @$pair;
        my $together = $parts[0] ne '' && $parts[0] eq $parts[1];
        my $wanted = $entries[0] == $entries[1];
        count($score, 'joins', !$wanted == !$together, $first, map {
            ($_ ? 'one with ' : 'apart from ') . "line $second" } $wanted, $together);
    }
}

sub score_levels {
    my ($score, $key, $trace) = @_;
    for my $entry (grep { @{$_->{lines}} } @{$key->{entries}}) {
        my $line = $entry->{lines}[0];
        my $kind = kind_at($trace, $line);
        my ($alternative, $right) = chosen($entry, $kind);
        my $measure = {heading => 'levels', item => 'depths'}->{$alternative->{kind}} or next;
        my $sure = $alternative->{sure} ? '' : '?';
        my $level = $right ? $trace->{$line}{level} // '' : '';
        count($score, "$measure$sure", $level eq $alternative->{level}, $line,
            "$alternative->{kind} $alternative->{level}$sure", "$kind $level");
    }
}

sub score_notes {
    my ($score, $key, $trace) = @_;
    for my $entry (grep { has_kind($_, 'footnote') } @{$key->{entries}}) {
        my $wanted = "footnote $entry->{is}[0]{level}";
        for my $line (@{$entry->{lines}}) {
            my $kind = kind_at($trace, $line);
            my $found = $kind . ($kind eq 'footnote' ? " $trace->{$line}{level}" : '');
            count($score, 'footnotes', $wanted eq $found, $line, $wanted, $found);
        }
    }
}

# Where the numbers can be read in several ways, the document counts by the way that fits best.
sub score_pages {
    my ($score, $key, $trace) = @_;
    my $columns = @{$key->{pages}} ? @{$key->{pages}[0]{columns}} : 0;
    my ($best) = sort { right_of($b, 'pages') <=> right_of($a, 'pages') }
        map { pages_in($key, $trace, $_) } 0 .. $columns - 1;
    return unless $best;
    score_add($score, $best);
    push @{$score->{differences}}, @{$best->{differences}};
}

sub right_of {
    my ($score, $name) = @_;
    return $score->{shares}{$name} ? $score->{shares}{$name}{right} : 0;
}

sub pages_in {
    my ($key, $trace, $column) = @_;
    my $score = score_new();
    for my $range (@{$key->{pages}}) {
        my $wanted = $range->{columns}[$column] // $range->{columns}[0];
        for my $line (grep { $key->{of}{$_} && is_kept($key->{of}{$_}) } @{$range->{lines}}) {
            my $page = $trace->{$line} ? $trace->{$line}{page} : '';
            next if $page eq '' && !$range->{sure};
            count($score, 'pages', $page eq $wanted, $line, "page $wanted",
                $page eq '' ? 'no page' : "page $page");
        }
    }
    return $score;
}

# The number that a mark shows, raised or not.
sub mark_pattern {
    my ($note) = @_;
    my %raised = (0 => "\x{2070}", 1 => "\x{B9}", 2 => "\x{B2}", 3 => "\x{B3}",
        map { $_ => chr(0x2070 + $_) } 4 .. 9);
    my $raised = join '', map { $raised{$_} } split //, $note;
    return qr/(?:$note|$raised)(?!\d)/;
}

# What stands right before the marks of a footnote in a line: a word or its punctuation.
sub marked_words {
    my ($line, $note) = @_;
    my $mark = mark_pattern($note);
    return [$line =~ /([^\s\d]{1,12})$mark/g];
}

sub score_references {
    my ($score, $key, $text, $trace) = @_;
    for my $ref (@{$key->{refs}}) {
        my $words = marked_words($text->[$ref->{line} - 1], $ref->{note});
        my $right = grep { $trace->{text} =~ /\Q$_\E ?\[\^$ref->{note}\](?!:)/ } @$words;
        count($score, 'references', $right, $ref->{line}, "refers to footnote $ref->{note}",
            'no reference there');
    }
}

# The words on both sides of a line end, as the document must show them.
sub joined {
    my ($key, $text, $line) = @_;
    my ($next) = grep { $_ > $line } @{$key->{of}{$line}{lines}} or return undef;
    my ($before) = $text->[$line - 1] =~ /((?:\S+\s+)?\S+)-\s*$/;
    my ($after) = $text->[$next - 1] =~ /^\s*(\S+)/;
    my %between = (cut => '', keep => '-', space => '- ');
    $before =~ s/\s+/ /g;
    return $before . $between{$key->{words}{$line}} . $after;
}

sub score_words {
    my ($score, $key, $text, $trace) = @_;
    for my $line (keys %{$key->{words}}) {
        my $words = joined($key, $text, $line);
        my $right = defined $words && index($trace->{text}, $words) >= 0;
        count($score, 'words', $right, $line, "$key->{words}{$line} the hyphen", 'otherwise');
    }
}

# Whether numbered items show their numbers.
sub score_numbers {
    my ($score, $key, $text, $trace) = @_;
    for my $entry (@{$key->{entries}}) {
        my $number = $entry->{is}[0]{item} or next;
        my $line = $entry->{lines}[0];
        my ($words) = $text->[$line - 1] =~ /\b$number[.)]?\s+(\S+(?:\s\S+)?)/ or next;
        my $right = $trace->{text} =~ /(?<!\d)$number[.)] \Q$words\E/;
        count($score, 'numbers', $right, $line, "item with number $number", 'otherwise');
    }
}

1;
