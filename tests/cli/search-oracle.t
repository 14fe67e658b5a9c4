#!/usr/bin/env perl
# What a search finds, beside what a plain reading of the same texts finds: documents with words made
# by a seed, and queries made by a seed.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use List::Util qw(any all first max min);
use Test::More;

use constant {DOCUMENTS => 300, WORDS => 140, QUERIES => 600};

# The same numbers on every machine.
my $state = 20260;

sub draw {
    my ($below) = @_;
    $state = ($state * 1103515245 + 12345) % 2147483648;
    return int($state / 65536) % $below;
}

sub pick { return $_[draw(scalar @_)] }

# -- The texts ------------------------------------------------------------------------------------

# Words of which no two have a stem in common, and some with forms that do.
my @FAMILIES = ([qw(brief brieven)], [qw(regeling regelingen)], [qw(aanbieder aanbieders)],
    [qw(kamer kamers)], [qw(plaatsing plaatsingen)]);
my %family = map { my $family = $_; map { $_ => $family->[0] } @$family } @FAMILIES;
my %made;
while (keys %made < WORDS) {
    my $word = join '', map { pick(qw(b d f g h l m p r v)) . pick(qw(a o u)) } 1 .. 2 + draw(2);
    $made{$word . 'k'} = 1;
}
my @words = ((sort keys %made), sort keys %family);

# Few words are common and many rare.
sub word { my $x = draw(1000) / 1000; return $words[@words * $x * $x] }

# As a text may write it.
sub written {
    my ($word) = @_;
    my $way = draw(12);
    return ucfirst $word if $way == 0;
    return uc $word if $way == 1;
    return $word =~ s/([ao])(?=[^ao]*$)/$1 eq 'a' ? "\xC3\xA1" : "\xC3\xB6"/er if $way == 2;
    return $word . '-' . word() if $way == 3;
    return $word . pick(',', ';', '!', '?', ')') if $way == 4;
    return $word;
}

sub sentence { return join ' ', map { written(word()) } 1 .. 3 + draw(22) }

my @ISSUERS = ('Raad van Zuid', 'Dienst Noord', 'Gemeente Oost');
my @KINDS = qw(letter report);
my (%files, @documents, %vocabulary);
for my $number (1 .. DOCUMENTS) {
    my $name = sprintf 'd%03d', $number;
    my %document = (name => $name, year => 2018 + draw(8), issuer => pick(@ISSUERS),
        kind => pick(@KINDS), tag => pick(qw(droog nat)));
    my @texts = (join(' ', map { word() } 1 .. 1 + draw(3)), map { sentence() } 1 .. 1 + draw(5));
    $files{"sources/$name.md"} = "---\ntitle: $texts[0]\nissuer: $document{issuer}\nkind: $document{kind}\n"
        . "date: $document{year}-0" . (1 + draw(9)) . "-11\ntags: [$document{tag}]\n---\n\n"
        . join("\n\n", @texts[1 .. $#texts]) . "\n";
    $document{passages} = [map { passage($_) } @texts];
    push @documents, \%document;
}

# The words of a text by their places, and at the place of the first what hyphens join.
sub passage {
    my ($text) = @_;
    my (@places, %joined);
    $text = lc($text =~ s/\xC3\xA1/a/gr =~ s/\xC3\xB6/o/gr);
    for my $run ($text =~ /[a-z-]+/g) {
        my @parts = grep { length } split /-/, $run;
        push @{$joined{@places + 0}}, join '', @parts if @parts > 1;
        push @places, @parts;
    }
    $vocabulary{$_} = 1 for @places, map { @$_ } values %joined;
    return {words => \@places, joined => \%joined};
}

# -- A plain reading ------------------------------------------------------------------------------

# Places in a passage where a word stands, as pairs of its first and its last place.
sub places {
    my ($term, $passage) = @_;
    my ($words, $joined) = @$passage{qw(words joined)};
    if ($term->{kind} eq 'word') {
        my $forms = $term->{forms} //= {map { $_ => 1 } grep { fits($term, $_) } keys %vocabulary};
        my @found = grep { $forms->{$words->[$_]} } 0 .. $#$words;
        push @found, grep { any { $forms->{$_} } @{$joined->{$_}} } keys %$joined;
        my %seen;
        return map { [$_, $_] } grep { !$seen{$_}++ } sort { $a <=> $b } @found;
    }
    if ($term->{kind} eq 'phrase') {
        my @parts = map { {map { $_->[0] => 1 } places($_, $passage)} } @{$term->{terms}};
        return map { [$_, $_ + $#parts] }
            grep { my $at = $_; all { $parts[$_]{$at + $_} } 0 .. $#parts } sort { $a <=> $b } keys %{$parts[0]};
    }
    return map { places($_, $passage) } @{$term->{terms}}; # any
}

sub fits {
    my ($term, $word) = @_;
    my $text = $term->{text};
    return 1 if $term->{prefix} && index($word, $text) == 0;
    return 1 if $term->{suffix} && length $word >= length $text && substr($word, -length $text) eq $text;
    return 0 if $term->{prefix} || $term->{suffix};
    return $word eq $text if $term->{exact};
    return ($family{$word} // $word) eq ($family{$text} // $text);
}

# Whether a place of each stands in a stretch with that many other words at most.
sub near {
    my ($term, $passage) = @_;
    my @all = map { [places($_, $passage)] } @{$term->{terms}};
    return all { @$_ } @all if !$term->{distance};
    my @chosen = ([]);
    for my $places (@all) {
        @chosen = map { my $chosen = $_; map { [@$chosen, $_] } @$places } @chosen;
    }
    return any {
        my $length = max(map { $_->[1] } @$_) - min(map { $_->[0] } @$_) + 1;
        my $own = 0;
        $own += $_->[1] - $_->[0] + 1 for @$_;
        $length - $own <= $term->{distance};
    } @chosen;
}

sub holds {
    my ($term, $document) = @_;
    my $kind = $term->{kind};
    return all { holds($_, $document) } @{$term->{terms}} if $kind eq 'and';
    return any { holds($_, $document) } @{$term->{terms}} if $kind eq 'or';
    return !holds($term->{terms}[0], $document) if $kind eq 'not';
    return $term->{holds}->($document) if $kind eq 'field';
    return any { near($term, $_) } @{$document->{passages}} if $kind eq 'near';
    return any { my @found = places($term, $_); @found } @{$document->{passages}};
}

# -- Queries --------------------------------------------------------------------------------------

sub words_in_a_row {
    my ($most) = @_;
    my $words = pick(@{pick(@documents)->{passages}})->{words};
    my $at = draw(scalar @$words);
    return @$words[$at .. min($#$words, $at + 1 + draw($most))];
}

sub a_word {
    my %term = (kind => 'word', text => word(), write => undef);
    my $way = draw(8);
    if ($way == 0) {
        $term{text} = substr $term{text}, 0, 3 + draw(2);
        return {%term, prefix => 1, write => "$term{text}*"};
    }
    if ($way == 1) {
        $term{text} = substr $term{text}, -4 - draw(2);
        return {%term, suffix => 1, write => "*$term{text}"};
    }
    if ($way == 2) {
        my @parts = (word(), word());
        return {kind => 'any', write => join('-', @parts), terms => [
            {kind => 'phrase', terms => [map { {kind => 'word', text => $_, exact => 1} } @parts]},
            {kind => 'word', text => join('', @parts)}]};
    }
    return {%term, write => pick($term{text}, $term{text}, ucfirst $term{text})};
}

sub a_phrase {
    my @words = @_ ? @_ : words_in_a_row(3);
    my @terms = map { {kind => 'word', text => $_, exact => 1} } @words;
    my $write = join ' ', @words;
    if (length $words[-1] > 4 && !draw(4)) {
        chop $terms[-1]{text};
        chop $write;
        $write .= '*';
        @{$terms[-1]}{qw(prefix exact)} = (1, 0);
    }
    return {kind => 'phrase', terms => \@terms, write => "\"$write\""};
}

sub a_near {
    my @words = words_in_a_row(9);
    my @terms = map { {kind => 'word', text => $_, write => $_} } @words[0, -1];
    $terms[0] = a_phrase(@words[0 .. 1 + draw(2)]) if @words > 3 && draw(2);
    @terms = reverse @terms if draw(2);
    my @either = map { a_word() } 1 .. 2;
    push @terms, {kind => 'any', terms => \@either, write => '(' . join(' OR ', map { $_->{write} } @either) . ')'}
        unless draw(4);
    my $distance = draw(3) ? 1 + draw(5) : 0;
    my $operator = $distance ? " NEAR/$distance " : ' NEAR ';
    return {kind => 'near', terms => \@terms, distance => $distance,
        write => join $operator, map { $_->{write} } @terms};
}

sub a_field {
    my $way = draw(5);
    if ($way == 0) {
        my ($from, $to) = sort { $a <=> $b } 2017 + draw(10), 2017 + draw(10);
        my $open = draw(4);
        $from = 0 if $open == 0;
        $to = 9999 if $open == 1;
        return {kind => 'field', holds => sub { $_[0]{year} >= $from && $_[0]{year} <= $to },
            write => 'year:' . ($from || '') . '..' . ($to == 9999 ? '' : $to)};
    }
    if ($way == 1) {
        my $issuer = pick(@ISSUERS);
        my $write = pick("\"$issuer\"", (split ' ', $issuer)[-1], lc((split ' ', $issuer)[0]));
        return {kind => 'field', holds => sub { $_[0]{issuer} eq $issuer }, write => "issuer:$write"};
    }
    my ($name, $key) = @{pick(['kind', 'kind'], ['tag', 'tag'], ['source', 'name'])};
    my $value = pick(@documents)->{$key};
    return {kind => 'field', holds => sub { $_[0]{$key} eq $value }, write => "$name:$value"};
}

sub a_term {
    my ($depth) = @_;
    my $way = draw(10);
    return a_phrase() if $way == 0;
    return a_near() if $way == 1;
    return a_field() if $way == 2;
    if ($depth && $way < 6) {
        my $kind = $way == 3 ? 'or' : 'and';
        my @terms = map { a_term($depth - 1) } 1 .. 2 + draw(2);
        my $not = a_term($depth - 1);
        push @terms, {kind => 'not', terms => [$not], write => "NOT $not->{write}"}
            if $kind eq 'and' && !draw(2);
        return {kind => $kind, terms => \@terms,
            write => '(' . join(uc " $kind ", map { $_->{write} } @terms) . ')'};
    }
    return a_word();
}

my %known;
my @queries = grep { !$known{$_->{write}}++ } map { a_term(2) } 1 .. QUERIES;

# -- Beside each other ----------------------------------------------------------------------------

my $site = scratch() . '/site';
my $repository = repository('naslag.yaml' => "title: Proef\nlanguage: nl\n", %files);
my $built = naslag('build', '-q', '-C', $repository, '--out', $site);
is($built->{status}, 0, 'it builds') or diag($built->{err});

spill("$site.batch", join '', map { "$_->{write}\n" } @queries);
my $found = naslag('search', '--site', $site, '--batch', "$site.batch");
is($found->{err}, '', 'all queries can be read');
my %found;
for my $row (split /\r\n/, $found->{out}) {
    my ($query, $id) = $row =~ /^("(?:[^"]|"")*"|[^,]*),bronnen\/(d\d+),/ or next;
    $query =~ s/""/"/g if $query =~ s/^"(.*)"$/$1/;
    $found{$query =~ s/^'(?=[-=+@])//r}{$id} = 1;
}
my ($some, $different) = (0, 0);
for my $query (@queries) {
    my @expected = map { $_->{name} } grep { holds($query, $_) } @documents;
    my @actual = sort keys %{$found{$query->{write}} // {}};
    $some++ if @expected;
    next if "@expected" eq "@actual";
    last if ++$different > 10;
    my %expected = map { $_ => 1 } @expected;
    my $lost = join ' ', grep { !$found{$query->{write}}{$_} } @expected;
    my $extra = join ' ', grep { !$expected{$_} } @actual;
    diag("$query->{write}\n  not found: $lost\n  not expected: $extra");
}
is($different, 0, @queries . ' queries find the same');
cmp_ok($some, '>', @queries / 2, 'and most of them something');

# Many alternatives: each counts.
my @names = map { "z$_" } 0 .. 99;
for my $at (0, 63, 64, 65, 99) {
    my $word = $words[$at];
    my $expected = grep { holds({kind => 'word', text => $word}, $_) } @documents;
    my $result = naslag('search', '--site', $site, '--json', join ' OR ', @names[0 .. $at - 1], $word);
    is(($result->{out} =~ /"documents":(\d+)/)[0], $expected, "an alternative behind $at others");
}
done_testing();
