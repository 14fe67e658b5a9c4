#!/usr/bin/env perl
# A folder of generator/ includes only itself and those before it, and no includes go in a circle.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my @LAYERS = qw(base repo read link search write cli);
my %rank = map { $LAYERS[$_] => $_ } 0 .. $#LAYERS;

my @files = grep { /\.[ch]$/ } tree("$ROOT/generator");
my %includes;
for my $file (@files) {
    $includes{$file} = [slurp("$ROOT/generator/$file") =~ /^\s*#\s*include\s+"([^"]+)"/mg];
}

sub folder { return (split m{/}, $_[0])[0] }

# A circle of includes that starts at a file, as a list of files, or nothing.
my %state;

sub circle {
    my ($file, @trail) = @_;
    return if ($state{$file} // '') eq 'done';
    return (@trail, $file) if grep { $_ eq $file } @trail;
    for my $next (@{$includes{$file} // []}) {
        my @circle = circle($next, @trail, $file);
        return @circle if @circle;
    }
    $state{$file} = 'done';
    return;
}

for my $file (@files) {
    ok(exists $rank{folder($file)}, "$file is in a folder that has a rank");
    my @missing = grep { !exists $includes{$_} } @{$includes{$file}};
    is("@missing", '', "$file: what it includes is there, by its path in generator/");
    my @higher = grep { ($rank{folder($_)} // 99) > ($rank{folder($file)} // -1) }
        @{$includes{$file}};
    is("@higher", '', "$file includes nothing of a later stage");
    is(join(' > ', circle($file)), '', "$file is in no circle");
}
done_testing();
