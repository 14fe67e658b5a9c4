#!/usr/bin/env perl
# No function is longer than fits on a screen or two.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my $MAX = 60; # lines from brace to brace

sub functions {
    my ($path) = @_;
    my (@functions, $start, $previous);
    my $number = 0;
    for my $line (split /\n/, slurp($path)) {
        $number++;
        $start = {line => $number, name => $previous} if $line eq '{';
        if ($start && $line =~ /^\}/) {
            push @functions, {%$start, length => $number - $start->{line} + 1};
            $start = undef;
        }
        $previous = $line;
    }
    return @functions;
}

my $count = 0;
for my $file (grep { m{^(generator|tests)/.*\.c$} } map { my $top = $_; map { "$top/$_" } tree("$ROOT/$_") } qw(generator tests)) {
    my @functions = functions("$ROOT/$file");
    $count += @functions;
    my @long = map { "line $_->{line}: $_->{length} lines: $_->{name}" }
        grep { $_->{length} > $MAX } @functions;
    is(join("\n", @long), '', "$file: no function above $MAX lines");
}
ok($count > 50, "functions were found ($count)");
done_testing();
