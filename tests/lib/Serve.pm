# `naslag serve` for tests: started at a port that is free, asked by sockets of the test's own so that
# nothing is made proper on the way, and ended.
package Serve;

use strict;
use warnings;
use Exporter qw(import);
use IO::Select;
use IO::Socket::INET;
use Naslag;
use POSIX ();
use Time::HiRes qw(sleep time);

our @EXPORT = qw($PATIENCE eventually);

# Seconds until something counts as not happening. Nothing that works takes as long.
our $PATIENCE = 30 * ($ENV{NASLAG_SLOWER} // 1);

sub eventually(&) {
    my ($holds) = @_;
    my $end = time + $PATIENCE;
    while (time < $end) {
        my $result = $holds->();
        return $result if $result;
        sleep 0.02;
    }
    return;
}

# Starts the program with these options; of a leading hash, env, and
# out, a handle that gets what it prints: then nothing is waited for. Waits until it says where it is, or
# has ended. `port` is 0 then, and `status` its exit status.
sub start {
    my $options = ref $_[0] ? shift : {};
    my $folder = scratch();
    my $temporary = "$folder/temporary";
    mkdir $temporary or die "$temporary: $!";
    spill("$folder/$_", '') for qw(out err);
    my $pid = fork // die "fork: $!";
    if ($pid == 0) {
        open STDIN, '<', '/dev/null' or POSIX::_exit(126);
        open STDOUT, $options->{out} ? '>&' : '>', $options->{out} // "$folder/out" or POSIX::_exit(126);
        open STDERR, '>', "$folder/err" or POSIX::_exit(126);
        $ENV{TMPDIR} = $temporary;
        $ENV{$_} = $options->{env}{$_} for keys %{$options->{env} // {}};
        exec { $NASLAG } $NASLAG, 'serve', @_ or POSIX::_exit(127);
    }
    my $self = bless {pid => $pid, folder => $folder, temporary => $temporary, owner => $$, port => 0}, 'Serve';
    return $self if $options->{out};
    eventually {
        ($self->{port}) = $self->out =~ m{http://127\.0\.0\.1:(\d+)/} if !$self->{port};
        return $self->{port} || $self->has_ended;
    };
    $self->{port} //= 0;
    return $self;
}

sub out { return slurp("$_[0]{folder}/out") }
sub err { return slurp("$_[0]{folder}/err") }

# The folder that the site is in.
sub site {
    my ($self) = @_;
    my ($site) = glob "$self->{temporary}/naslag-*";
    return $site;
}

sub has_ended {
    my ($self) = @_;
    return 1 if !$self->{pid};
    return 0 if waitpid($self->{pid}, POSIX::WNOHANG()) != $self->{pid};
    $self->{status} = $? & 127 ? 128 + ($? & 127) : $? >> 8;
    $self->{pid} = 0;
    return 1;
}

# Ends it by a signal; returns its exit status.
sub end {
    my ($self, $signal) = @_;
    kill $signal // 'TERM', $self->{pid} if $self->{pid};
    eventually { $self->has_ended } or kill 'KILL', $self->{pid};
    return $self->{status};
}

sub DESTROY {
    my ($self) = @_;
    local ($?, $!, $@);
    $self->end if $self->{owner} == $$ && $self->{pid};
}

# A socket of the test's own.
sub dial {
    my ($self) = @_;
    return IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $self->{port}, Timeout => $PATIENCE);
}

# Takes what comes next on a socket; what was read too much stays with it. False at the end.
sub take {
    my ($socket) = @_;
    my $got = IO::Select->new($socket)->can_read($PATIENCE) && sysread $socket, my $bytes, 65536;
    ${*$socket}{bytes} .= $bytes if $got;
    return $got;
}

# Reads one answer, by its length; undef where the connection ended before.
sub answer {
    my ($socket, $method) = @_;
    my $bytes = \${*$socket}{bytes};
    $$bytes //= '';
    while ($$bytes !~ /\r\n\r\n/) { take($socket) or return }
    $$bytes =~ s/^(.*?)\r\n\r\n//s;
    my ($first, @lines) = split /\r\n/, $1;
    my ($status) = $first =~ m{^HTTP/1\.[01] (\d+)};
    my %headers = map { /^([^:]+): *(.*)/ ? (lc $1, $2) : () } @lines;
    my $len = $method eq 'HEAD' || $status == 304 ? 0 : $headers{'content-length'} // 0;
    while (length $$bytes < $len && take($socket)) { }
    my $whole = length $$bytes >= $len;
    return {status => $status, headers => \%headers, body => substr($$bytes, 0, $len, ''), whole => $whole};
}

# Asks once, for bytes as they are. Options: method, headers (a hash), socket.
sub get {
    my ($self, $path, %options) = @_;
    my $socket = $options{socket} // $self->dial // return {status => 0, headers => {}, body => ''};
    my $method = $options{method} // 'GET';
    my %headers = (Host => "127.0.0.1:$self->{port}", %{$options{headers} // {}});
    my $lines = join '', map { defined $headers{$_} ? "$_: $headers{$_}\r\n" : () } sort keys %headers;
    local $SIG{PIPE} = 'IGNORE';
    syswrite $socket, "$method $path HTTP/1.1\r\n$lines\r\n";
    return answer($socket, $method) // {status => 0, headers => {}, body => ''};
}

# Events as a page gets them; by HTTP/1.0, so that they come without the lengths of their pieces.
sub listen_as {
    my ($self, $page) = @_;
    my $socket = $self->dial or return;
    syswrite $socket, "GET /.naslag/events?page=$page HTTP/1.0\r\nHost: 127.0.0.1:$self->{port}\r\n\r\n";
    return bless {socket => $socket, bytes => ''}, 'Serve::Events';
}

package Serve::Events;

use JSON::PP ();
use Time::HiRes qw(time);

# The next state that was announced, or undef. In `seen` is all that came before it.
sub next_state {
    my ($self, $seconds) = @_;
    my $end = time + ($seconds // $Serve::PATIENCE);
    my $select = IO::Select->new($self->{socket});
    while (1) {
        if ($self->{bytes} =~ s/^(.*?^)data: (.*?)\n\n//sm) {
            ($self->{seen}, my $state) = ($1, $2);
            return JSON::PP::decode_json($state);
        }
        my $left = $end - time;
        return if $left <= 0 || !$select->can_read($left);
        return if !sysread $self->{socket}, $self->{bytes}, 65536, length $self->{bytes};
    }
}

# The first state from here on for which something holds.
sub state_with {
    my ($self, $holds) = @_;
    my $end = time + $Serve::PATIENCE;
    while (time < $end) {
        my $state = $self->next_state($end - time) // return;
        local $_ = $state;
        return $state if $holds->($state);
    }
    return;
}

1;
