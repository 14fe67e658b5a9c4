#!/usr/bin/env perl
# What README.md, CONTRIBUTING.md and the guides tell a reader to do can be done, and their links lead somewhere.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my $makefile = slurp("$ROOT/Makefile");
my $help = join '', map { naslag(@$_, '--help')->{out} } [], map { [$_] } naslag('--help')->{out} =~ /^  ([a-z]+) /mg;

sub commands {
    my ($text) = @_;
    return map { split /\n/ } $text =~ /^```sh\n(.*?)^```/msg;
}

# What is no example of code.
sub prose {
    my ($text) = @_;
    return $text =~ s/^```.*?^```//msgr;
}

# The anchors that GitHub gives to headings.
sub anchors {
    my ($text) = @_;
    return map { my $name = lc; $name =~ s/[^\w -]//g; ('#' . $name =~ tr/ /-/r) => 1 } $text =~ /^#+ (.*)$/mg;
}

my @guides = map { "docs/$_" } qw(editors.md editors.en.md diagnostics.md diagnostics.nl.md);
for my $file (qw(README.md CONTRIBUTING.md docs/architecture.md), @guides) {
    my $text = slurp("$ROOT/$file");
    for my $command (commands($text)) {
        $command =~ s/\s+#.*//;
        for my $target ($command =~ /^make ((?:[a-z-]+\s*)+)/ ? split ' ', $1 : ()) {
            like($makefile, qr/^\Q$target\E:/m, "$file: make $target");
        }
        next unless $command =~ m{^(?:\S*/)?naslag\s};
        like($help, qr/(?<![\w-])\Q$_\E(?![\w-])/, "$file: naslag ... $_")
            for $command =~ /(?<=\s)(--?[a-zA-Z][\w-]*)/g;
    }
    my $folder = $file =~ s{[^/]*$}{}r;
    for my $target (grep { !/^(?:[a-z]+:|#)/ } $text =~ /\]\(([^)\s]+)\)/g) {
        ok(-e "$ROOT/$folder" . ($target =~ s/#.*//r), "$file: $target is there");
    }
    my %anchors = anchors(prose($text));
    ok($anchors{$_}, "$file: $_ is a heading") for $text =~ /\]\((#[^)\s]+)\)/g;
}

# Each section of a guide is in its contents, and both guides have as many.
my %sections;
for my $file (qw(docs/editors.md docs/editors.en.md)) {
    my ($contents, $body) = split /(?=^## )/m, prose(slurp("$ROOT/$file")), 2;
    my @sections = $body =~ /^(##+) /mg;
    is(scalar(() = $contents =~ /\]\(#/g), @sections, "$file: all sections are in the contents");
    $sections{$file} = "@sections";
}
is($sections{'docs/editors.en.md'}, $sections{'docs/editors.md'}, 'both guides have the same sections');
done_testing();
