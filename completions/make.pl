#!/usr/bin/env perl
# Usage: make.pl NASLAG FOLDER
# Writes what completes naslag's command line into FOLDER: naslag.bash, _naslag (of zsh) and
# naslag.fish, from what 'NASLAG --help' and 'NASLAG COMMAND --help' print. There is no other list of
# commands and options to keep. In the help
#
#   -n, --dry-run    is an option,
#   --out DIR        one with a value, completed by what its name is in %VALUES,
#   --sort ORDER     relevance, newest or oldest ...: one of these words, and
#   KIND             topic, note or source: likewise of an argument that the usage names.
use strict;
use warnings;

my ($naslag, $folder) = @ARGV;
die "usage: make.pl NASLAG FOLDER\n" unless defined $folder;

# What a value or an argument of this name is: a folder, a file, a revision of git, a topic, or a
# text that nobody can guess. One that is not here is a text, too.
my %VALUES = (
    DIR => 'folder', PATH => 'folder', FILE => 'file', REV => 'revision', QUERY => 'topic',
    OLD => 'file', NEW => 'file',
);

my $SHELL_FOLDERS = '{content/,}topics';

sub help {
    open my $pipe, '-|', $naslag, @_, '--help' or die "$naslag: $!\n";
    local $/;
    my $text = <$pipe>;
    close $pipe or die "'$naslag @_ --help' failed\n";
    return $text;
}

# The kind of a value, and the words that a description lists: "text, json (a line) or sarif".
sub value {
    my ($name, $description) = @_;
    my $list = ($description // '') =~ s/\([^()]*\)//gr =~ s/\s+/ /gr =~ s/^ | $//gr;
    return {name => $name, kind => 'word', words => [split /, | or /, $list]}
        if $list =~ /^[a-z]+(?:, [a-z]+)* or [a-z]+$/;
    return {name => $name, kind => 'word', words => [split /\|/, $name]} if $name =~ /^[a-z]+\|/;
    return {name => $name, kind => $VALUES{$name} // 'text'};
}

# {options => [{names, value, description}], arguments => [{name, kind, words, many}]}
sub grammar {
    my ($text) = @_;
    my (@options, %described);
    for (split /\n/, $text) {
        my ($sign, $description) = /^  (\S.*?)\s{2,}(\S.*)$/ or next;
        if ($sign =~ /^-/) {
            my ($names, $value) = $sign =~ /^(.*?)(?: ([A-Z]+))?$/;
            push @options, {names => [split /, /, $names], description => $description,
                            $value ? (value => value($value, $description)) : ()};
        } elsif ($sign =~ /^[A-Z]+$/) {
            $described{$sign} = $description;
        }
    }
    my ($usage) = $text =~ /^usage: naslag \S+(.*)$/m;
    my @arguments = map { my $many = s/\.\.\.\]?$//; my $name = s/^\[|\]$//gr;
                          +{%{value($name, $described{$name})}, many => $many} }
        grep { !/^\[OPTION/ } split ' ', $usage // '';
    return {options => \@options, arguments => \@arguments};
}

my $program = help();
my ($list) = $program =~ /^commands:\n(.*?)\n\n/ms;
my @commands;
for (split /\n/, $list) {
    my ($name, $description) = /^  ([a-z]+)\s+(.*)$/ or next;
    push @commands, {name => $name, description => $description, %{grammar(help($name))}};
}
my $general = grammar($program)->{options};

sub write_file {
    my ($name, $text) = @_;
    open my $file, '>', "$folder/$name" or die "$folder/$name: $!\n";
    print $file $text;
    close $file or die "$folder/$name: $!\n";
}

sub quote { return "'" . ($_[0] =~ s/'/'\\''/gr) . "'" }

# -- bash -------------------------------------------------------------------------------------------

sub bash_action {
    my ($value) = @_;
    my %actions = (
        folder => '_naslag_paths -d', file => '_naslag_paths -f', topic => '_naslag_topics',
        revision => '_naslag_revisions', text => ':',
    );
    return $value->{kind} eq 'word' ? "_naslag_words '@{$value->{words}}'" : $actions{$value->{kind}};
}

sub bash {
    my (@values, @valued, @options, @arguments);
    for my $command (@commands) {
        my $name = $command->{name};
        push @options, "    $name) _naslag_words '"
            . join(' ', map { @{$_->{names}} } @{$command->{options}}) . "' ;;";
        for my $option (grep { $_->{value} } @{$command->{options}}) {
            my $pattern = join ' | ', map { "'$name $_'" } @{$option->{names}};
            push @valued, $pattern;
            push @values, "    $pattern) " . bash_action($option->{value}) . '; return ;;';
        }
        my $index = 0;
        for my $argument (@{$command->{arguments}}) {
            my $place = $argument->{many} ? "'$name '*" : "'$name $index'";
            push @arguments, "    $place) " . bash_action($argument) . ' ;;';
            $index++;
        }
    }
    local $" = "\n";
    my $first = join ' ', (map { $_->{name} } @commands), map { @{$_->{names}} } @$general;
    my $valued = join " | \\\n            ", @valued;
    return <<"END";
# Completes naslag's command line in bash. Made from 'naslag --help'; see completions/make.pl.

_naslag_words() {
    COMPREPLY=(\$(compgen -W "\$1" -- "\$current"))
}

_naslag_paths() {
    local IFS=\$'\\n'
    compopt -o filenames 2>/dev/null
    COMPREPLY=(\$(compgen "\$1" -- "\$current"))
}

# Names that others chose, one a line: 'compgen -W' would run what stands in \$( ) in them.
_naslag_names() {
    local name
    while IFS= read -r name; do
        [[ \$name != "\$current"* ]] || COMPREPLY+=("\$(printf %q "\$name")")
    done
}

_naslag_revisions() {
    _naslag_names < <(git for-each-ref --format='%(refname:short)' 2>/dev/null)
}

_naslag_topics() {
    local file
    _naslag_names < <(for file in $SHELL_FOLDERS/*.md; do
        file=\${file##*/}
        [ "\$file" = '*.md' ] || printf '%s\\n' "\${file%.md}"
    done)
}

_naslag() {
    local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
    local command=\${COMP_WORDS[1]} index=0 i
    COMPREPLY=()
    # Of '--option=value' bash makes three words.
    if [ "\$current" = = ]; then
        current=
    elif [ "\$previous" = = ]; then
        previous=\${COMP_WORDS[COMP_CWORD-2]}
    fi
    if [ "\$COMP_CWORD" = 1 ]; then
        _naslag_words '$first'
        return
    fi
    case "\$command \$previous" in
@values
    esac
    if [[ \$current == -* ]]; then
        case \$command in
@{[map { s/^/    /r } @options]}
        esac
        return
    fi
    # Which argument it is, without options and their values.
    for ((i = 2; i < COMP_CWORD; i++)); do
        case "\$command \${COMP_WORDS[i]}" in
        $valued)
            [ "\${COMP_WORDS[i+1]}" != = ] || i=\$((i + 1))
            i=\$((i + 1))
            ;;
        *' -'*) ;;
        *) index=\$((index + 1)) ;;
        esac
    done
    case "\$command \$index" in
@arguments
    esac
}

complete -F _naslag naslag
END
}

# -- zsh --------------------------------------------------------------------------------------------

sub zsh_action {
    my ($value) = @_;
    my %actions = (
        folder => '_files -/', file => '_files', topic => '_naslag_topics',
        revision => '_naslag_revisions', text => ' ',
    );
    return ":$value->{name}:"
        . ($value->{kind} eq 'word' ? "(@{$value->{words}})" : $actions{$value->{kind}});
}

sub zsh_option {
    my ($option, $alone) = @_;
    my $text = '[' . ($option->{description} =~ s/([\[\]\\])/\\$1/gr) . ']'
        . ($option->{value} ? zsh_action($option->{value}) : '');
    my @names = @{$option->{names}};
    my $excluded = $alone ? '(- *)' : @names > 1 ? "(@names)" : '';
    return map { quote($excluded . $_ . ($option->{value} ? /^--/ ? '=' : '+' : '') . $text) } @names;
}

sub zsh {
    my $commands = join "\n", map { '        ' . quote("$_->{name}:$_->{description}") } @commands;
    my $general = join ' ', map { zsh_option($_, 1) } @$general;
    my $cases = '';
    for my $command (@commands) {
        my $index = 0;
        my @specs = map { zsh_option($_, "@{$_->{names}}" eq '--help') } @{$command->{options}};
        push @specs, map { $index++; quote(($_->{many} ? '*' : $index) . zsh_action($_)) }
            @{$command->{arguments}};
        $cases .= "        $command->{name})\n            _arguments \\\n                "
            . join(" \\\n                ", @specs) . "\n            ;;\n";
    }
    return <<"END";
#compdef naslag
# Completes naslag's command line in zsh. Made from 'naslag --help'; see completions/make.pl.

_naslag_revisions() {
    local -a revisions
    revisions=(\${(f)"\$(git for-each-ref --format='%(refname:short)' 2>/dev/null)"})
    compadd -a revisions
}

_naslag_topics() {
    local -a topics
    topics=($SHELL_FOLDERS/*.md(N:t:r))
    compadd -a topics
}

_naslag() {
    local curcontext=\$curcontext state line
    local -a commands
    typeset -A opt_args
    commands=(
$commands
    )
    _arguments -C $general '1:command:->command' '*::argument:->argument' && return
    case \$state in
    command) _describe command commands ;;
    argument)
        case \$words[1] in
$cases        esac
        ;;
    esac
}

_naslag "\$@"
END
}

# -- fish -------------------------------------------------------------------------------------------

sub fish_action {
    my ($value) = @_;
    my %actions = (
        folder => q{-x -a '(__fish_complete_directories)'}, file => '-r -F',
        topic => q{-x -a '(__naslag_topics)'}, revision => q{-x -a '(__naslag_revisions)'}, text => '-x',
    );
    return $value->{kind} eq 'word' ? "-x -a '@{$value->{words}}'" : $actions{$value->{kind}};
}

sub fish_quote { return "'" . ($_[0] =~ s/([\\'])/\\$1/gr) . "'" }

sub fish_option {
    my ($option) = @_;
    return join ' ', (map { /^--(.*)/ ? "-l $1" : '-s ' . substr $_, 1 } @{$option->{names}}),
        ($option->{value} ? fish_action($option->{value}) : ()),
        '-d ' . fish_quote($option->{description});
}

sub fish_argument {
    my ($command, $argument) = @_;
    return $argument->{kind} eq 'text' ? ()
        : $argument->{kind} eq 'word'
        ? "complete -c naslag -n '__naslag_is $command; and not __fish_seen_subcommand_from @{$argument->{words}}' "
            . '-a ' . fish_quote("@{$argument->{words}}")
        : "complete -c naslag -n '__naslag_is $command' " . (fish_action($argument) =~ s/^-[rx] //r);
}

sub fish {
    my @lines;
    push @lines, "complete -c naslag -n __naslag_is_first " . fish_option($_) for @$general;
    for my $command (@commands) {
        my $name = $command->{name};
        push @lines, '', "complete -c naslag -n __naslag_is_first -a $name -d "
            . fish_quote($command->{description});
        push @lines, "complete -c naslag -n '__naslag_is $name' " . fish_option($_)
            for @{$command->{options}};
        push @lines, map { fish_argument($name, $_) } @{$command->{arguments}};
    }
    local $" = "\n";
    return <<"END";
# Completes naslag's command line in fish. Made from 'naslag --help'; see completions/make.pl.

function __naslag_is_first
    test (count (commandline -opc)) = 1
end

function __naslag_is
    set -l words (commandline -opc)
    test (count \$words) -gt 1; and test \$words[2] = \$argv[1]
end

function __naslag_revisions
    git for-each-ref --format='%(refname:short)' 2>/dev/null
end

function __naslag_topics
    for file in $SHELL_FOLDERS/*.md
        string replace -r '.*/(.*)\\.md\$' '\$1' \$file
    end
end

complete -c naslag -f
@lines
END
}

write_file('naslag.bash', bash());
write_file('_naslag', zsh());
write_file('naslag.fish', fish());
