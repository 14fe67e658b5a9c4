#!/usr/bin/env perl
# What README.md and CONTRIBUTING.md tell a reader to do can be done.
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

for my $file (qw(README.md CONTRIBUTING.md docs/architecture.md docs/editors.md)) {
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
}
done_testing();
