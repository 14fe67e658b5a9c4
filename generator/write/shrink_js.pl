#!/usr/bin/perl
# Usage: shrink_js.pl < SCRIPT > SHRUNK
# Drops from a script what a browser does not need. No name changes. Needs perl alone, without modules.
#
#   Comments and white space go. A space stays between two words, between two operators, where
#   `a < !--b` would become a comment, and behind a number before a point. A new line stays where it
#   may end a statement: it goes behind { ( [ , ; and before } ) ] alone, where it never does.
#   A ; goes before }, unless it may be an empty statement: behind the head of an if, for or while.
#   Round brackets go from the one plain parameter of an arrow function.
#   Declarations with the same word that follow each other become one: `const a=1,b=2`.
#
# Strings, regular expressions and the text of templates are taken whole; what stands in `${…}` is
# script again. Whether / divides or begins a regular expression is known from the token before it,
# but not behind ) } ++ -- and words such as `yield`: there it is an error, as is what does not end,
# and <!-- or -->.
use strict;
use warnings;

my $NEWLINE = qr/\r\n|[\n\r]|\xe2\x80[\xa8\xa9]/;
my $WORD = qr/(?:[\w\$]|\\u(?:[0-9a-fA-F]{4}|\{[0-9a-fA-F]+\})|[\x80-\xff])+/;
my $NUMBER = qr/(?:0[xXoObB][\w]+|(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9_]+)?n?)/;
my $STRING = qr/"(?:[^"\\\r\n]++|\\(?:\r\n|[\s\S]))*+"|'(?:[^'\\\r\n]++|\\(?:\r\n|[\s\S]))*+'/;
my $CLASS = qr/\[(?:[^\]\\\r\n]|\\[^\r\n])*\]/;
my $REGEX = qr{/(?![*/])(?:[^/\\\[\r\n]|\\[^\r\n]|$CLASS)+/[\w\$]*};
my $SPLICE = qr/(?:[^`\\\$]++|\\[\s\S]|\$(?!\{))*+/; # the text of a template, to its end or to `${`
my $DECLARES = qr/^(?:const|let)\z/;
my $OPERATOR = qr{[-+*%&|^<>=!?~/]};

my %BEFORE_REGEX = map { $_ => 1 } qw(return typeof case delete void in instanceof new throw do else);
my %UNCLEAR = map { $_ => 1 } qw(yield await of async let get set static);

sub fail {
    my ($text, $what) = @_;
    die 'shrink_js.pl: line ' . (1 + (substr($$text, 0, pos $$text) =~ tr/\n//)) . ": $what\n";
}

# Whether a / here begins a regular expression.
sub begins_regex {
    my ($text, $tokens) = @_;
    my @seen = grep { $_->[0] !~ /^(?:space|line)$/ } @$tokens[($#$tokens > 7 ? $#$tokens - 7 : 0) .. $#$tokens];
    my ($before, $last) = @seen > 1 ? @seen[-2, -1] : (['', ''], $seen[-1]);
    return 1 unless $last;
    my ($kind, $token) = @$last;
    return 0 if $kind =~ /^(?:string|template|number|regex)$/ || $token eq ']';
    if ($kind eq 'word') {
        return 0 if $before->[1] =~ /^(?:\.|\?\.)$/;
        fail($text, "after '$token' a / may be either; put brackets around it") if $UNCLEAR{$token};
        return $BEFORE_REGEX{$token};
    }
    fail($text, "after '$token' a / may be either; name what stands before it")
        if $token =~ /(?:[)}]|\+\+|--)\z/;
    return 1;
}

# The tokens, each with its kind. A comment is a space, or a new line where it holds one.
sub tokens {
    my ($text) = @_;
    my (@tokens, @open);
    pos($text) = 0;
    while (pos($text) < length $text) {
        if ($text =~ /\G(?:[ \t\x0b\f]|\xc2\xa0|\xef\xbb\xbf)+/gc || $text =~ m{\G//(?:(?!$NEWLINE)[\s\S])*}gc) {
            push @tokens, ['space', ' '];
        } elsif ($text =~ m{\G/\*(.*?)\*/}gcs) {
            push @tokens, $1 =~ $NEWLINE ? ['line', "\n"] : ['space', ' '];
        } elsif ($text =~ /\G$NEWLINE/gc) {
            push @tokens, ['line', "\n"];
        } elsif ($text =~ /\G($STRING)/gc) {
            push @tokens, ['string', $1];
        } elsif ($text =~ /\G(`$SPLICE(?:`|\$\{))/gc) {
            push @tokens, [substr($1, -1) eq '`' ? 'template' : 'opening', $1];
            push @open, '`' if substr($1, -1) eq '{';
        } elsif (@open && $open[-1] eq '`' && $text =~ /\G\}/gc) {
            pos($text)--;
            $text =~ /\G(\}$SPLICE(?:`|\$\{))/gc or fail(\$text, 'a template does not end');
            push @tokens, [substr($1, -1) eq '`' ? 'template' : 'opening', $1];
            pop @open if substr($1, -1) eq '`';
        } elsif ($text =~ /\G($NUMBER)/gc) {
            push @tokens, ['number', $1];
        } elsif ($text =~ /\G(#?$WORD)/gc) {
            push @tokens, ['word', $1];
        } elsif ($text =~ m{\G/}gc) {
            pos($text)--;
            if (begins_regex(\$text, \@tokens)) {
                $text =~ /\G($REGEX)/gc or fail(\$text, 'a regular expression does not end');
                push @tokens, ['regex', $1];
            } else {
                $text =~ m{\G(/=?)}gc;
                push @tokens, ['sign', $1];
            }
        } elsif ($text =~ /\G(\.\.\.|\?\.(?![0-9])|[-+*%&|^<>=!?~]+|[.:;,(){}\[\]\@])/gc) {
            push @tokens, ['sign', $1];
            fail(\$text, "'<!--' and '-->' are comments in some scripts") if $1 =~ /<!--|-->/;
            push @open, $1 if $1 eq '{';
            pop @open if $1 eq '}';
        } else {
            fail(\$text, 'this does not end, or is no script');
        }
    }
    die "shrink_js.pl: a { or a template is not closed\n" if @open;
    return @tokens;
}

# Whether two tokens would be others without a space between them. No operator holds ! or ~ behind
# another character, but `<!--` is a comment.
sub need_space {
    my ($left, $right) = @_;
    my $operators = $left->[0] eq 'sign' && $left->[1] =~ /$OPERATOR\z/;
    return $left->[0] =~ /^(?:word|number|regex)$/ if $right->[0] =~ /^(?:word|number)$/;
    return $operators && $left->[1] =~ m{/\z} if $right->[0] eq 'regex';
    return 1 if $left->[0] eq 'number' && $right->[1] =~ /^\.(?!\.)/;
    return $operators && $right->[0] eq 'sign' && $right->[1] =~ /^$OPERATOR/
        && ($right->[1] !~ /^[!~]/ || $left->[1] =~ /<\z/);
}

# The tokens without white space, each with the gap before it: '', ' ', or a new line that may matter.
sub gaps {
    my (@kept, $gap);
    for my $token (@_) {
        my ($kind, $content) = @$token;
        if ($kind eq 'line' || $kind eq 'space') {
            $gap = $kind eq 'line' ? "\n" : $gap || ' ';
            next;
        }
        my $joins = !@kept || is_sign($kept[-1], qr/[\{(\[,;]/) || is_sign($token, qr/[\})\]]/);
        push @kept, [$kind, $content, ($gap // '') eq "\n" && !$joins ? "\n" : ''];
        $gap = '';
    }
    return @kept;
}

sub is_sign {
    my ($token, $signs) = @_;
    return $token && $token->[0] eq 'sign' && $token->[1] =~ /^$signs\z/;
}

# Of each `)` by its index: the index of its `(`.
sub brackets {
    my (%opening, @open);
    for my $i (0 .. $#_) {
        push @open, $i if is_sign($_[$i], qr/\(/);
        $opening{$i} = pop @open if is_sign($_[$i], qr/\)/);
    }
    return %opening;
}

sub without_semicolons {
    my @tokens = @_;
    my %opening = brackets(@tokens);
    my @keep = grep {
        my $before = $_ ? $tokens[$_ - 1] : undef;
        my $heads = is_sign($before, qr/\)/) && ($opening{$_ - 1} // 0) > 0
            && $tokens[$opening{$_ - 1} - 1][1] =~ /^(?:if|for|while|with|await)\z/;
        !is_sign($tokens[$_], qr/;/) || !is_sign($tokens[$_ + 1], qr/\}/)
            || $heads || is_sign($before, qr/[;:\{]/) || $before->[1] =~ /^(?:else|do)\z/;
    } 0 .. $#tokens;
    return @tokens[@keep];
}

sub without_brackets {
    my @tokens = @_;
    my %drop;
    for my $i (0 .. $#tokens - 3) {
        my ($open, $name, $close, $arrow) = @tokens[$i .. $i + 3];
        next unless is_sign($open, qr/\(/) && $name->[0] eq 'word' && is_sign($close, qr/\)/)
            && is_sign($arrow, qr/=>/);
        $drop{$i} = $drop{$i + 2} = 1;
        $name->[2] = $open->[2];
    }
    return @tokens[grep { !$drop{$_} } 0 .. $#tokens];
}

# The words that began the statements at hand stand in @words, one for each bracket that is open.
# A new line may end a statement, and what follows is another.
sub with_joined_declarations {
    my (@kept, $skip);
    my @words = ('');
    my @tokens = @_;
    for my $i (0 .. $#tokens) {
        my $token = $tokens[$i];
        my $next = $tokens[$i + 1] // ['', ''];
        my $begins = !@kept || is_sign($kept[-1], qr/[;\{]/)
            || is_sign($kept[-1], qr/\}/) && $words[-1] !~ $DECLARES;
        if ($token->[2] eq "\n") {
            $words[-1] = '';
            $begins = 1;
        }
        if ($skip) {
            $skip = 0;
            next;
        }
        if (is_sign($token, qr/;/) && $words[-1] =~ $DECLARES && $next->[0] eq 'word'
            && $next->[1] eq $words[-1]) {
            push @kept, ['sign', ',', ''];
            $skip = 1;
            next;
        }
        $words[-1] = $token->[0] eq 'word' ? $token->[1] : '' if $begins;
        push @words, '' if is_sign($token, qr/[\{(\[]/) || $token->[0] eq 'opening' && $token->[1] =~ /^`/;
        pop @words if @words > 1 && (is_sign($token, qr/[\})\]]/) || $token->[0] eq 'template' && $token->[1] =~ /^\}/);
        push @kept, $token;
    }
    return @kept;
}

sub shrink {
    my ($text) = @_;
    my @tokens = with_joined_declarations(without_brackets(without_semicolons(gaps(tokens($text)))));
    my $out = '';
    for my $i (0 .. $#tokens) {
        my $gap = $tokens[$i][2];
        $gap ||= $i && need_space(@tokens[$i - 1, $i]) ? ' ' : '';
        $out .= $gap . $tokens[$i][1];
    }
    return "$out\n";
}

binmode STDIN;
binmode STDOUT;
my $text = do { local $/; <STDIN> } // '';
print shrink($text) or die "shrink_js.pl: $!\n";
close STDOUT or die "shrink_js.pl: $!\n";
