#!/usr/bin/env perl
# The examples of docs/themes.md are run: each as a template in the place of the program's own, on
# the site in tests/site/mill. Their form is that of tests/spec/README.md; the words behind `example`
# are the template and the page, and --later where it is the site as it became.
#
#   tests/cli/themes.t --print    prints the document with what the examples give now
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Examples;
use Naslag;
use Test::More;

my $DOCS = "$ROOT/docs/themes.md";
my $NEXT = "=== the next ===\n";

# What the mill's keepers did later, for what only a large site has: a hundred fields and as many
# receipts, and a log of which some days are written anew again and again.
sub later {
    my $time = 1767225600;
    my $commit = sub { "commit refs/heads/main\ncommitter Noor Editor <noor\@example.org> "
        . ($time += 3600) . ' +0100' . "\n" . block(shift) . join '', @_ };
    my @days = map { file("notes/day-$_.md", "# Day $_ at the mill\n\nOn day $_ the [[lark]] ground $_ sacks for Field $_.\n") } 1 .. 220;
    my @fields = map { file("topics/field-$_.md", "---\ntitle: Field $_\nkind: place\n---\nWheat.\n") } 1 .. 110;
    my @receipts = map { file("sources/receipt-$_.md", "---\ntitle: Receipt $_\ndate: 2025-01-01\n---\nPaid.\n") } 1 .. 110;
    my @diary = map { file('notes/diary.md', "# Diary\n\nThe wind was $_.\n") } 1 .. 110;
    my $book = sub { my ($did) = @_; file('notes/book.md', join "\n", "# Book\n", map { "Sack $_ of the mill was $did by hand.\n" } 1 .. 400) };
    return join "\n", $commit->('Tell of each day', "from refs/heads/main^0\n", @days, @fields, @receipts),
        (map { $commit->('Tell of the wind', $_) } @diary),
        map { $commit->("Tell how sacks were $_", $book->($_)) } qw(filled weighed);
}

sub file { return "M 100644 inline $_[0]\n" . block($_[1]) }
sub block { return 'data ' . length($_[0]) . "\n$_[0]\n" }

my %repositories;

sub repository_of {
    my ($later) = @_;
    return $repositories{$later ? 'later' : 'now'} //= do {
        my $folder = site_repository('mill');
        if ($later) {
            my $made = run({dir => $folder, in => later()}, qw(git fast-import --quiet));
            die $made->{err} if $made->{status};
        }
        $folder;
    };
}

# What the page becomes with each of these texts as its template: they are rendered in one go.
sub give {
    my ($later, $template, $page, @texts) = @_;
    my ($templates, $out) = (scratch(), scratch() . '/out');
    spill("$templates/$template.mustache", join $NEXT, @texts);
    my $built = naslag('build', '-q', '-C', repository_of($later), '--out', $out, '--templates', $templates);
    return "naslag says $built->{status}: $built->{err}" if $built->{status};
    return "there is no such page\n" unless -e "$out/$page";
    my $given = slurp("$out/$page");
    $given =~ s{(\btheme/[a-z-]+)\.[0-9a-f]{8}(\.(?:css|js)\b)}{$1$2}g; # see "The theme"
    return split /\Q$NEXT\E/, $given, -1;
}

# Where the section that is opened before `$from` is closed.
sub closing {
    my ($text, $name, $from) = @_;
    my $depth = 1;
    pos($text) = $from;
    while ($text =~ m{\{\{([#^/])\s*\Q$name\E\s*\}\}}g) {
        $depth += $1 eq '/' ? -1 : 1;
        return $-[0] unless $depth;
    }
    die "{{#$name}} is not closed\n";
}

# The text once for each of its tags but {{^...}}, with a name there that nothing has; and the tags.
sub without_each {
    my ($text) = @_;
    my (@texts, @tags);
    while ($text =~ /\{\{\{?([#>]?)\s*([\w.-]+)\s*\}\}\}?/g) {
        my ($sign, $name, $at, $end, $tag) = ($1, $2, $-[0], $+[0], $&);
        my $without = $text;
        substr($without, closing($text, $name, $end), length "{{/$name}}") = '{{/no_such_name}}' if $sign eq '#';
        substr($without, $at, $end - $at) = $sign eq '>' ? '{{! gone }}' : "{{${sign}no_such_name}}";
        push @texts, $without;
        push @tags, $tag;
    }
    return (\@texts, \@tags);
}

sub try_example {
    my ($example) = @_;
    my ($text, $expected) = @{$example->{parts}};
    my @arguments = @{$example->{arguments}};
    my $later = grep { $_ eq '--later' } @arguments;
    my ($template, $page) = grep { $_ ne '--later' } @arguments;
    my ($without, $tags) = without_each($text);
    my ($given, @others) = give($later, $template, $page, $text, @$without);
    my @idle = grep { ($others[$_] // '') eq $given } 0 .. $#$tags;
    return {given => $given, difference => diff_of($expected // '', $given), idle => [map { $tags->[$_] } @idle]};
}

my @examples = examples($DOCS);
if (@ARGV && $ARGV[0] eq '--print') {
    my %given = map { $_->{line} => try_example($_)->{given} } @examples;
    my ($number, $open, $below) = (0, 0, 0);
    for my $line (split /^/, slurp($DOCS)) {
        $number++;
        if ($given{$number}) { ($open, $below) = ($number, 0) }
        elsif ($open && ($line eq ".\n" || $line =~ /^```/) && !$below) { $below = 1; print ".\n$given{$open}" }
        print $line if !$below || $line =~ /^```/;
        ($open, $below) = (0, 0) if $open != $number && $line =~ /^```/;
    }
    exit 0;
}

cmp_ok(scalar @examples, '>', 30, 'there are examples');
for my $example (@examples) {
    my $name = "themes.md:$example->{line} $example->{name}";
    my $result = try_example($example);
    is($result->{difference}, '', $name);
    is(join(' ', @{$result->{idle}}), '', "$name: without any of its tags it gives something else");
}
done_testing();
