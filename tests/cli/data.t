#!/usr/bin/env perl
# What a site says of itself agrees: data and pages of the small sites, and of one whose titles,
# names and texts are strings made to break programs.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use JSON::PP;
use Naslag;
use Test::More;

# Rows of a CSV file by RFC 4180, as hashes, in bytes.
sub rows {
    my ($bytes) = @_;
    my (@rows, @row);
    while ($bytes =~ /\G(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gc) {
        my ($field, $end) = ($1 // $2, $3);
        $field =~ s/""/"/g if defined $1;
        push @row, $field;
        if ($end ne ',') { push @rows, [@row]; @row = () }
    }
    die 'not a table behind ' . (pos($bytes) // 0) if (pos($bytes) // 0) < length $bytes;
    my $names = shift @rows;
    return map { my %fields; @fields{@$names} = @$_; \%fields } @rows;
}

sub passages {
    my ($folder) = @_;
    my %passages;
    for my $line (split /\n/, slurp("$folder/data/passages.jsonl")) {
        my $passage = JSON::PP->new->utf8->decode($line);
        $passages{$passage->{document}}{$passage->{passage}} = $passage;
    }
    return \%passages;
}

sub wrong_mentions {
    my ($folder, $passages) = @_;
    my @wrong;
    for my $mention (rows(slurp("$folder/data/mentions.csv"))) {
        my $passage = $passages->{$mention->{document}}{$mention->{passage}};
        my $text = $passage->{text} // '';
        utf8::encode($text);
        my $found = substr $text, $mention->{start}, $mention->{end} - $mention->{start};
        push @wrong, join ',', %$mention
            unless $mention->{end} > $mention->{start} && $found eq $mention->{text}
            && grep { $_ eq $mention->{topic} } @{$passage->{topics}};
    }
    return @wrong;
}

# Anchors of a page, and those that are there twice.
sub anchors {
    my ($html) = @_;
    my %count;
    $count{$_}++ for $html =~ /<[a-z][^<>]*?\sid="([^"]*)"/g;
    return (\%count, grep { $count{$_} > 1 } sort keys %count);
}

sub wrong_numbers {
    my ($folder, $passages) = @_;
    my @wrong;
    for my $document (rows(slurp("$folder/data/documents.csv"))) {
        my $id = $document->{id};
        utf8::decode(my $key = $id);
        my @expected = 1 .. $document->{passages};
        my ($anchors) = anchors(slurp("$folder/$id.html"));
        my @given = sort { $a <=> $b } keys %{$passages->{$key} // {}};
        my @shown = sort { $a <=> $b } map { /^p(\d+)$/ ? $1 : () } keys %$anchors;
        push @wrong, "$id: data @given" unless "@given" eq "@expected";
        push @wrong, "$id: page @shown" unless "@shown" eq "@expected";
    }
    return @wrong;
}

# Nothing of an author's is markup: no script, no handler, no other address than a known kind.
sub wrong_markup {
    my ($html) = @_;
    my @wrong;
    for my $tag ($html =~ /<([a-z][a-z0-9]*(?:\s+[a-z][a-z0-9-]*(?:="[^"<>]*")?)*\s*\/?)>/gi) {
        (my $names = $tag) =~ s/="[^"]*"//g;
        push @wrong, $tag if $tag =~ /^script(?!\s+(?:src=|type="application\/ld\+json"))/i || $names =~ /\son\w+/i;
        push @wrong, $tag if $tag =~ /\s(?:href|src)="(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]*:/i;
    }
    for my $block ($html =~ m{<script type="application/ld\+json">(.*?)</script>}gs) {
        my $about = eval { JSON::PP->new->utf8->decode($block) };
        push @wrong, "no JSON-LD: $block" unless ref $about && $about->{'@type'} && $block !~ /</;
    }
    (my $rest = $html) =~ s/<!doctype html>|<\/?[a-z][a-z0-9]*(?:\s+[a-z][a-z0-9-]*(?:="[^"<>]*")?)*\s*\/?>//gi;
    push @wrong, "not a tag: $1" if $rest =~ /(<.{0,60})/s;
    return @wrong;
}

# The path of a passage ends in its section; a heading is its own.
sub wrong_sections {
    my ($passages) = @_;
    my %kinds = map { $_ => 1 } qw(heading paragraph item quote row code footnote);
    my @wrong;
    for my $document (sort keys %$passages) {
        for my $passage (values %{$passages->{$document}}) {
            my $end = $passage->{path}[-1] // '';
            push @wrong, "$document $passage->{passage}"
                unless $end eq $passage->{section} && $kinds{$passage->{kind}}
                && @{$passage->{path}} <= 6
                && ($passage->{kind} ne 'heading' || @{$passage->{path}});
        }
    }
    return @wrong;
}

sub wrong_pages {
    my ($folder) = @_;
    my @wrong;
    for my $path (grep { /\.html$/ } tree($folder)) {
        my $html = slurp("$folder/$path");
        my (undef, @twice) = anchors($html);
        push @wrong, map { "$path: $_" } wrong_markup($html), map { "twice $_" } @twice;
    }
    return @wrong;
}

# Ids of GraphML are NMTOKENs, each of one node; an edge joins two that are there.
sub wrong_graph {
    my ($folder) = @_;
    utf8::decode(my $graph = slurp("$folder/data/graph.graphml"));
    my %count;
    $count{$_}++ for $graph =~ /<node id="([^"]*)"/g;
    my @wrong = grep { $count{$_} > 1 || !/^[\w.:-]+\z/ } sort keys %count;
    push @wrong, "no node $_" for grep { !$count{$_} } $graph =~ /(?:source|target)="([^"]*)"/g;
    utf8::encode($_) for @wrong;
    return @wrong;
}

sub test_site {
    my ($name, $repository) = @_;
    my $folder = scratch() . '/out';
    my $built = naslag('build', '-q', '-C', $repository, '--out', $folder);
    cmp_ok($built->{status}, '<', 2, "$name is built") or diag(substr $built->{err}, -2000);
    return unless -e "$folder/data/mentions.csv";
    my $passages = passages($folder);
    is(join("\n", wrong_mentions($folder, $passages)), '', "$name: mentions stand where data says");
    is(join("\n", wrong_sections($passages)), '', "$name: every passage has its section and kind");
    is(join("\n", wrong_numbers($folder, $passages)), '', "$name: passages are 1 to n, each once");
    is(join("\n", wrong_graph($folder)), '', "$name: the network is GraphML");
    is(join("\n", wrong_pages($folder)), '', "$name: anchors are unique, nothing is markup");
}

# A document of each kind with a string wherever an author can put one.
sub files_of {
    my ($number, $string) = @_;
    my $quoted = JSON::PP->new->utf8->allow_nonref->encode($string);
    utf8::encode(my $bytes = $string);
    my $matter = join '', map { "$_: $quoted\n" } qw(title kind label description);
    return (
        "topics/t$number.md" => "---\n${matter}abbreviation: $quoted\naliases: [$quoted]\n"
            . "same_as: $quoted\nrelations:\n  part_of: [$quoted]\n---\n# $bytes\n\n$bytes\n",
        "sources/s$number.md" => "---\n${matter}issuer: $quoted\nauthor: $quoted\n"
            . "reference: $quoted\nurl: $quoted\ndate: $quoted\n---\n$bytes\n",
        "sources/x$number.txt" => "$bytes\n\n$bytes\n",
        "notes/n$number.md" => "$bytes\n\n## $bytes\n\n[[$bytes]] [[t$number#$bytes|$bytes]] "
            . "[$bytes](<$bytes>) ![$bytes](<$bytes> \"$bytes\") [\@$bytes, $bytes] `$bytes`\n\n"
            . "> $bytes\n\n| $bytes |\n|---|\n| $bytes |\n\n```$bytes\n$bytes\n```\n\n"
            . "- $bytes\n\na[^1]\n\n[^1]: $bytes\n",
        length $bytes && length $bytes < 200 && $bytes !~ m{[/\0]|^\.}
            ? ("names/$bytes.md" => "tekst\n") : ());
}

test_site($_, site_repository($_)) for site_names();

SKIP: {
    my $strings = (shared() // '') . '/specs/strings/blns.json';
    skip 'no strings made to break programs', 1 unless -e $strings;
    my @strings = @{JSON::PP->new->utf8->decode(slurp($strings))};
    push @strings, 'x' x 10000, "\x{1F642}", "\x{202E}abc", q{"><img src=x onerror=alert(1)>};
    test_site('strings', repository(map { files_of($_, $strings[$_]) } 0 .. $#strings));
}

done_testing();
