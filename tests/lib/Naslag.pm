# What the tests share: running the program, repositories made from text, reading and comparing.
package Naslag;

use strict;
use warnings;
use Cwd qw(abs_path);
use Exporter qw(import);
use File::Basename qw(dirname);
use File::Find qw(find);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use Test::More;

our @EXPORT = qw($ROOT $BUILD $NASLAG run naslag scratch slurp spill tree repository bare commit compile
                 site_repository site_names lines_of diff_of shared);

our $ROOT = abs_path(dirname(__FILE__) . '/../..');
our $BUILD = $ENV{NASLAG_BUILD} // "$ROOT/build";
our $NASLAG = $ENV{NASLAG} // "$BUILD/naslag";

# Nothing of the user's own: what is tested must not depend on it.
delete @ENV{grep { /^GIT_/ } keys %ENV};
$ENV{GIT_CONFIG_GLOBAL} = $ENV{GIT_CONFIG_SYSTEM} = '/dev/null';
$ENV{LC_ALL} = 'C.UTF-8';
$ENV{XDG_CACHE_HOME} = tempdir(CLEANUP => 1);
$ENV{GIT_AUTHOR_NAME} = $ENV{GIT_COMMITTER_NAME} = 'Noor Editor';
$ENV{GIT_AUTHOR_EMAIL} = $ENV{GIT_COMMITTER_EMAIL} = 'noor@example.org';

# Where the texts of real documents are, or undef: a test that needs them skips without.
sub shared {
    my $folder = $ENV{NASLAG_SHARED} // "$ROOT/../shared";
    return -d "$folder/sources" ? $folder : undef;
}

# Runs a command. Options in a leading hash: in (standard input), dir, env (a hash).
# Returns a hash: status (exit status, or 128 + signal), out, err (bytes).
sub run {
    my $options = ref $_[0] ? shift : {};
    my @command = @_;
    my $folder = tempdir(CLEANUP => 1);
    spill("$folder/in", $options->{in} // '');
    my $pid = fork // die "fork: $!";
    if ($pid == 0) {
        open STDIN, '<', "$folder/in" or exit 126;
        open STDOUT, '>', "$folder/out" or exit 126;
        open STDERR, '>', "$folder/err" or exit 126;
        chdir($options->{dir} // '.') or exit 126;
        umask $options->{umask} if defined $options->{umask};
        $ENV{$_} = $options->{env}{$_} for keys %{$options->{env} // {}};
        exec { $command[0] } @command or exit 127;
    }
    waitpid $pid, 0;
    my $status = $? & 127 ? 128 + ($? & 127) : $? >> 8;
    return {status => $status, out => slurp("$folder/out"), err => slurp("$folder/err")};
}

sub naslag {
    my $options = ref $_[0] ? shift : {};
    return run($options, $NASLAG, @_);
}

# Builds a C file with the program's library, as the program was built: the file `flags` has the
# commands that compile and link, one behind the other, each beginning with the compiler.
sub compile {
    my ($source, $program) = @_;
    my ($flags) = slurp("$BUILD/flags") =~ /(.*)/;
    my ($compiler) = $flags =~ /^(\S+)/;
    $flags = join ' ', grep { $_ ne $compiler } split ' ', $flags;
    my $libraries = '-lcmark-gfm-extensions $(pkg-config --libs libgit2 libcmark-gfm yaml-0.1 libutf8proc libxxhash)';
    my $built = run({dir => $ROOT}, 'sh', '-c',
        "$compiler $flags -I. -o $program $source $BUILD/libnaslag.a $libraries");
    die "$source: $built->{err}" if $built->{status};
    return $program;
}

# A folder that goes away when the test ends.
sub scratch {
    return abs_path(tempdir(CLEANUP => 1));
}

sub slurp {
    my ($path) = @_;
    open my $file, '<:raw', $path or die "$path: $!";
    local $/;
    return scalar(<$file>) // '';
}

sub spill {
    my ($path, $bytes) = @_;
    make_path(dirname($path));
    open my $file, '>:raw', $path or die "$path: $!";
    print $file $bytes;
    close $file or die "$path: $!";
}

# The files below a folder, sorted, as paths within it; without what the program keeps for itself.
sub tree {
    my ($folder) = @_;
    my @paths;
    find({no_chdir => 1, wanted => sub {
        push @paths, substr($_, length($folder) + 1) if !-d $_ || -l $_;
    }}, $folder);
    return sort grep { !m{^\.naslag/} } @paths;
}

# Commits all that lies in the work tree. The dates are an hour apart from a fixed one on, so that
# the commit's name is always the same as well.
my %clock;

sub commit {
    my ($folder, $message) = @_;
    my $time = ($clock{$folder} //= 1736935200) . ' +0100';
    $clock{$folder} += 3600;
    local @ENV{qw(GIT_AUTHOR_DATE GIT_COMMITTER_DATE)} = ($time, $time);
    for my $command (['add', '-A'], ['commit', '-q', '--allow-empty', '-m', $message // 'change']) {
        my $result = run({dir => $folder}, 'git', @$command);
        die "git @$command: $result->{err}" if $result->{status};
    }
}

# A new repository with these files (a hash from path to bytes), committed once.
sub repository {
    my (%files) = @_;
    my $folder = scratch();
    run({dir => $folder}, qw(git init -q -b main));
    spill("$folder/$_", $files{$_}) for keys %files;
    commit($folder, 'first');
    return $folder;
}

# A bare copy of a repository.
sub bare {
    my ($folder) = @_;
    my $copy = scratch() . '/copy.git';
    run('git', 'clone', '-q', '--bare', $folder, $copy);
    return $copy;
}

# The repository of a small site in tests/site/, in either of its forms.
sub site_repository {
    my ($name) = @_;
    my $site = "$ROOT/tests/site/$name";
    return repository(map { $_ => slurp("$site/files/$_") } tree("$site/files"))
        unless -e "$site/repository.fi";
    my $folder = scratch();
    run({dir => $folder}, qw(git init -q --bare -b main));
    my $result = run({dir => $folder, in => slurp("$site/repository.fi")},
        qw(git fast-import --quiet));
    die "$name: $result->{err}" if $result->{status};
    return $folder;
}

sub site_names {
    return map { m{([^/]+)/$} ? $1 : () } glob "$ROOT/tests/site/*/";
}

# The lines of a file that are neither empty nor a comment; none where there is no such file.
sub lines_of {
    my ($path) = @_;
    return -e $path ? grep { length && !/^#/ } split /\n/, slurp($path) : ();
}

# How two texts differ, as diff shows it; empty where they don't.
sub diff_of {
    my ($expected, $actual) = @_;
    return '' if $expected eq $actual;
    my $folder = scratch();
    spill("$folder/expected", $expected);
    spill("$folder/actual", $actual);
    my $result = run({dir => $folder}, qw(diff -a -u --label expected --label actual expected actual));
    return $result->{out};
}

1;
