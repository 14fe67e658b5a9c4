#!/usr/bin/env perl
# What completes the command line in bash, zsh and fish has every command and option of the help, and
# none that is not there. Where a shell is there, it is asked.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my %file = (bash => 'naslag.bash', zsh => '_naslag', fish => 'naslag.fish');
my %text = map { $_ => slurp("$BUILD/completions/$file{$_}") } keys %file;

sub installed { return grep { -x "$_/$_[0]" } split /:/, $ENV{PATH} }

sub sorted { return join ' ', sort @_ }

# -- What the help says -----------------------------------------------------------------------------

sub options_of {
    return map { split /, /, s/ [A-Z]+$//r } grep { /^-/ } map { /^  (\S.*?)\s{2,}\S/ ? $1 : () }
        split /\n/, $_[0];
}

my ($list) = naslag('--help')->{out} =~ /^commands:\n(.*?)\n\n/ms;
my @commands = $list =~ /^  ([a-z]+)\s/mg;
my %options = map { $_ => sorted(options_of(naslag($_, '--help')->{out})) } @commands;
my @general = options_of(naslag('--help')->{out});
ok(@commands > 7, 'the help lists commands');
is(sorted(@general), '--help --version', 'and options');

# -- bash -------------------------------------------------------------------------------------------

# What bash offers for the last of these words.
sub offers {
    my ($folder, @words) = @_;
    my $words = join ' ', map { "'" . s/'/'\\''/gr . "'" } 'naslag', @words;
    my $script = ". '$BUILD/completions/naslag.bash' && COMP_WORDS=($words) && COMP_CWORD="
        . scalar(@words) . ' && _naslag 2>/dev/null; printf "%s\n" "${COMPREPLY[@]}"';
    my $result = run({dir => $folder}, 'bash', '--norc', '-c', $script);
    return sorted(split /\n/, $result->{out});
}

SKIP: {
    skip 'there is no bash', 1 unless installed('bash');
    my $folder = repository(
        'content/topics/heron.md' => "A bird.\n", 'content/topics/it\'s $(touch broken).md' => "Odd.\n",
        'letter one.txt' => "Text.\n",
    );
    run({dir => $folder}, 'git', 'branch', 'x$(touch${IFS}broken)');
    is(offers($folder, ''), sorted(@commands, @general), 'bash: the commands');
    is(offers($folder, 'bu'), 'build', 'bash: of a beginning');
    is(offers($folder, $_, '-'), $options{$_}, "bash: the options of $_") for @commands;
    is(offers($folder, 'build', '--no'), '--no-cache', 'bash: of an option');
    is(offers($folder, 'check', '--format', ''), 'json sarif text', 'bash: values');
    is(offers($folder, 'check', '--format', '=', 'j'), 'json', 'bash: a value behind =');
    is(offers($folder, 'check', '--format', '='), 'json sarif text', 'bash: = alone');
    is(offers($folder, 'search', '--sort', 'n'), 'newest', 'bash: other values');
    is(offers($folder, 'init', '--lang', ''), 'en nl', 'bash: languages');
    is(offers($folder, 'build', '--out', 'c'), 'content', 'bash: folders');
    is(offers($folder, 'build', '-j', ''), '', 'bash: nothing for a number');
    is(offers($folder, 'new', ''), 'note source topic', 'bash: kinds');
    is(offers($folder, 'new', '-C', 'x', 'n'), 'note', 'bash: behind an option with a value');
    is(offers($folder, 'new', 'note', ''), '', 'bash: nothing for a name');
    is(offers($folder, 'read', 'le'), 'letter one.txt', 'bash: files');
    is(offers($folder, 'search', 'he'), 'heron', 'bash: topics');
    is(offers($folder, 'build', '--rev', 'ma'), 'main', 'bash: branches');
    is(offers($folder, 'build', '--rev', 'x'), 'x\$\(touch\$\{IFS\}broken\)',
        'bash: an odd branch is one word');
    like(offers($folder, 'search', 'it'), qr/^it\\'s\\ \\\$\\\(/, 'bash: an odd topic is one word');
    ok(!-e "$folder/broken", 'bash: nothing in a name is run');
    is(offers($folder, 'nonsense', ''), '', 'bash: nothing behind what is no command');
}

# -- zsh and fish -----------------------------------------------------------------------------------

my ($zsh_commands) = $text{zsh} =~ /commands=\(\n(.*?)\n    \)/ms;
is(sorted($zsh_commands =~ /^\s+'([a-z]+):/mg), sorted(@commands), 'zsh: the commands');
for my $command (@commands) {
    my ($case) = $text{zsh} =~ /^        \Q$command\E\)\n(.*?)^            ;;/ms;
    my @specs = ($case // '') =~ /^\s+('(?:\([^)]*\))?-.*?)(?: \\)?$/mg;
    is(sorted(map { /^'(?:\([^)]*\))?(--?[\w-]+)/ } @specs), $options{$command}, "zsh: the options of $command");
}
like($text{zsh}, qr/'--format=\[.*\]:FORMAT:\(text json sarif\)'/, 'zsh: values');

is(sorted($text{fish} =~ /^complete -c naslag -n __naslag_is_first -a (\S+)/mg), sorted(@commands),
    'fish: the commands');
for my $command (@commands) {
    my @lines = $text{fish} =~ /^complete -c naslag -n '__naslag_is \Q$command\E' (-[sl] .*)/mg;
    my @options = map { my $line = s/ -d .*//r; (map { "-$_" } $line =~ /-s (\S)/g), map { "--$_" } $line =~ /-l (\S+)/g } @lines;
    is(sorted(@options), $options{$command}, "fish: the options of $command");
}
like($text{fish}, qr/ -l format -x -a 'text json sarif' /, 'fish: values');

for my $shell (qw(bash zsh fish)) {
  SKIP: {
        skip "there is no $shell", 1 unless installed($shell);
        my $result = run($shell, '-n', "$BUILD/completions/$file{$shell}");
        is("$result->{status}$result->{err}", '0', "$shell takes it");
    }
}
SKIP: {
    skip 'there is no fish', 2 unless installed('fish');
    my $folder = scratch();
    my $ask = sub {
        my $result = run({dir => $folder, env => {HOME => $folder}}, 'fish', '--no-config', '-c',
            "source $BUILD/completions/naslag.fish; complete -C '$_[0]'");
        return sorted(map { /^(\S+)/ } split /\n/, $result->{out});
    };
    is($ask->('naslag check --format '), 'json sarif text', 'fish offers values');
    is($ask->('naslag new '), 'note source topic', 'fish offers kinds');
}

# -- Installing -------------------------------------------------------------------------------------

SKIP: {
    skip 'the program under test is not that of make', 1 unless $BUILD eq "$ROOT/build";
    my $folder = scratch();
    my $result = run({dir => $ROOT}, 'make', 'install', "DESTDIR=$folder", 'PREFIX=/usr');
    is($result->{status}, 0, 'make install') or diag($result->{err});
    ok(-f "$folder/usr/share/$_", $_)
        for 'bash-completion/completions/naslag', 'zsh/site-functions/_naslag',
        'fish/vendor_completions.d/naslag.fish';
    run({dir => $ROOT}, 'make', 'uninstall', "DESTDIR=$folder", 'PREFIX=/usr');
    is(join(' ', tree($folder)), '', 'make uninstall takes all away');
}
done_testing();
