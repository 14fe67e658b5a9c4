#!/usr/bin/env perl
# There is no global mutable state: nothing of ours lies in a part of memory that can be written, but for
# the lock around a library that has such state itself (base/pool.h).
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my @objects = grep { /\.o$/ } -d "$BUILD/obj" ? tree("$BUILD/obj") : ();
plan skip_all => "nothing is built in $BUILD/obj" unless @objects;
for my $object (@objects) {
    my @symbols = grep { /\s\.(?:data(?!\.rel\.ro)|bss|tbss|tdata)\S*\s+0*[1-9a-f]/ && /\bO\b/ && !/\blibrary_lock$/ }
        split /\n/, run('objdump', '-t', "$BUILD/obj/$object")->{out};
    is(join("\n", @symbols), '', "$object has no variables of its own");
}
done_testing();
