#!/usr/bin/env perl
# No unit test uses cmocka's skip(): until cmocka 1.1.7 that writes "not ok", a failure to prove.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

for my $file (grep { /\.[ch]$/ } tree("$ROOT/tests/unit")) {
    my $code = slurp("$ROOT/tests/unit/$file") =~ s{/\*.*?\*/}{}grs;
    unlike($code, qr/\bskip\s*\(\s*\)/, "$file says itself that it skips");
}
done_testing();
