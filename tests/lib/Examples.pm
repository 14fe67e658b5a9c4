# The examples of prose that is a test; their form is in tests/spec/README.md.
package Examples;

use strict;
use warnings;
use Exporter qw(import);
use Naslag;

our @EXPORT = qw(examples);

# The examples of a file: a list of {name, line, arguments, parts}.
sub examples {
    my ($path) = @_;
    my (@examples, $heading, $fence, $open);
    my $number = 0;
    for my $line (split /\n/, slurp($path)) {
        $number++;
        if ($open) {
            if ($line =~ /^(`{3,}|~{3,})\s*$/ && index($line, $fence) == 0) {
                push @examples, $open if $open->{parts};
                $open = undef;
            } elsif ($open->{parts}) {
                if ($line eq '.') { push @{$open->{parts}}, '' }
                else { $open->{parts}[-1] .= bytes($line) }
            }
        } elsif ($line =~ /^(`{3,}|~{3,})\s*(.*?)\s*$/) {
            my ($word, @arguments) = split ' ', $2;
            $fence = $1;
            $open = {line => $number, name => $heading // '', arguments => \@arguments};
            $open->{parts} = [''] if ($word // '') eq 'example';
        } elsif ($line =~ /^#+\s+(.*?)\s*$/) {
            $heading = $1;
        }
    }
    die "$path:$open->{line}: the fence is not closed\n" if $open;
    return @examples;
}

# A line as it is meant: see README.md. Works on bytes of UTF-8.
sub bytes {
    my ($line) = @_;
    my $end = $line =~ s/\xE2\x90\x84$// ? '' : "\n";
    $line =~ s/\xE2\x86\x92/\t/g;
    $line =~ s/\xE2\x90\x8D/\r/g;
    $line =~ s/\xE2\x90\x80/\0/g;
    $line =~ s/\xE2\x9F\xA8([0-9A-Fa-f]{2})\xE2\x9F\xA9/chr hex $1/ge;
    return $line . $end;
}

1;
