#!/usr/bin/env perl
# `naslag serve` with very many connections, slow ones, and more listeners than it has room for.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use IO::Select;
use Naslag;
use Serve;
use Test::More;
use Time::HiRes qw(sleep time);

use constant {
    HALF => 1500,     # connections with half a request
    LISTENERS => 600, # more than SERVER_CLIENTS_MAX in cli/server.h
    ROOM => 500,      # SERVER_CLIENTS_MAX
    REQUESTS => 3000, # one behind the other, by as many connections
};
my $slower = $ENV{NASLAG_SLOWER} // 1;

# Descriptors: the program raises its own bound, this test can't without the shell's help.
if (!$ENV{NASLAG_SERVE_ROOM}) {
    $ENV{NASLAG_SERVE_ROOM} = 1;
    exec 'sh', '-c', 'ulimit -n 4096 2>/dev/null || ulimit -n "$(ulimit -H -n)"; exec "$0" "$@"', $^X, $0, @ARGV;
}
my $descriptors = `sh -c 'ulimit -H -n'`;
plan skip_all => 'too few open files are allowed' if $descriptors =~ /^\d+$/ && $descriptors < 4096;

my $folder = repository(
    'notes/a.md' => "# A\n\nText.\n",
    'notes/large.csv' => join('', map { "$_,row\n" } 1 .. 500_000),
    'notes/b.md' => "# B\n\n[Large](large.csv)\n",
);
my $serve = Serve::start('-C', $folder);
ok($serve->{port}, 'it starts') or BAIL_OUT($serve->err);
my $large = '/bestanden/notes/large.csv';
is($serve->get($large)->{status}, 200, 'a large file is there') or diag(tree($serve->site));
my $bytes = slurp("$folder/notes/large.csv");

# Whether pages are served, and sooner than any connection is given up.
sub works {
    my ($what) = @_;
    my $start = time;
    my @statuses = map { $serve->get('/notities/a.html')->{status} } 1 .. 20;
    is("@statuses", join(' ', (200) x 20), $what);
    cmp_ok(time - $start, '<', 25 * $slower, 'and soon');
}

# Half a request each, some of them in the middle of a line, some not begun.
my @half = grep { $_ } map { $serve->dial } 1 .. HALF;
is(scalar @half, HALF, HALF . ' connections at once');
for my $i (0 .. $#half) {
    syswrite $half[$i], ('', "GET / HT", "GET / HTTP/1.1\r\nHost: 127.0.0.1", "GET / HTTP/1.1\r\nA: b\r\n")[$i % 4];
}
works('beside them pages are served');

# Readers that take nothing of a large file, which no socket's buffers hold.
my @slow = map { $serve->dial } 1 .. 40;
syswrite $_, "GET $large HTTP/1.1\r\nHost: 127.0.0.1:$serve->{port}\r\n\r\n" for @slow;
works('beside readers that do not read');
my $read = Serve::answer($slow[0], 'GET');
ok($read && $read->{whole} && $read->{body} eq $bytes, 'who reads late gets all of it');
close $_ for @slow;
works('when they hang up in the middle');
close $_ for @half;
works('when all have hung up');

# Listeners.
my @events = map { $serve->listen_as("notities/$_.html") } 1 .. LISTENERS;
my @told = grep { $_->next_state } @events;
is(scalar @told, ROOM, ROOM . ' pages listen');
my @refused = grep { $_->{bytes} =~ m{^HTTP/1\.[01] 503 } } @events;
is(scalar @refused, LISTENERS - ROOM, 'the others are refused');
works('and are served all the same');
spill("$folder/notes/a.md", "# A\n\nSee [[Nothing]].\n");
is(scalar(grep { $_->state_with(sub { $_->{count} }) } @told), ROOM, 'all that listen hear of a saved file');
close $_->{socket} for @events;
spill("$folder/notes/a.md", "# A\n\nSee nothing.\n");
my $new;
ok(eventually { $new = $serve->listen_as('notities/a.html'); $new && $new->next_state }, 'when they are gone there is room for another');

# One behind the other, and many that hang up at once.
my $fine = grep { $serve->get('/notities/a.html')->{status} == 200 } 1 .. REQUESTS;
is($fine, REQUESTS, REQUESTS . ' requests by connections of their own');
for (1 .. 1000) {
    my $socket = $serve->dial or next;
    syswrite $socket, "GET $large HTTP/1.1\r\nHost: 127.0.0.1:$serve->{port}\r\n\r\nGET / HTTP/1.1\r\n";
}
works('when a thousand hang up at once');

# Pages that come and go while the site is made again and again.
for my $round (1 .. 20) {
    spill("$folder/notes/a.md", "# A\n\nRound $round.\n");
    my @short = map { $serve->listen_as("notities/a.html") } 1 .. 20;
    sleep 0.01 * ($round % 5);
}
ok($new->state_with(sub { 1 }), 'it goes on');
ok(eventually { $serve->get('/notities/a.html')->{body} =~ /Round 20\./ }, 'and comes to the last that was saved');
is($serve->end, 0, 'it ends well');
is($serve->err =~ s/^notes\S+: (?:warning|note): .*\n//gmr, '', 'nothing went wrong');
done_testing();
