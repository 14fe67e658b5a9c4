#!/usr/bin/perl
# Usage: shrink_css.pl < SHEET > SHRUNK
# Drops from a style sheet what a browser does not need: comments, and white space where it parts
# nothing. Names, values and the order of the rules stay. Needs perl alone, without modules.
#
# Strings, escapes and bare url() are taken whole. White space is one space at most, and goes
#   beside { } ; , behind ( and before ), and where a declaration or a rule begins or ends;
#   beside > + ~ in selectors: not in values, where calc() needs it, nor in the rules of an @;
#   behind the colon of a declaration, and of a feature in brackets behind an @.
# A comment that alone parts two tokens becomes an empty one. What does not end is an error.
use strict;
use warnings;

my $ESCAPE = qr/\\(?:[0-9a-fA-F]{1,6}(?:\r\n|[ \t\r\n\f])?|[^0-9a-fA-F\r\n\f])/;
my $STRING = qr/"(?:[^"\\\r\n\f]|\\(?:\r\n|[\s\S]))*"|'(?:[^'\\\r\n\f]|\\(?:\r\n|[\s\S]))*'/;
my $URL = qr/(?<![\w-])url\([ \t\r\n\f]*(?!["' \t\r\n\f])(?:[^()"'\\\s]|$ESCAPE)*[ \t\r\n\f]*\)/i;
my $COMMENT = qr{/\*.*?\*/}s;
my $SPACE = qr/[ \t\r\n\f]+/;

# The tokens: white space as one space, and a comment as one or as an empty comment.
sub tokens {
    my ($text) = @_;
    my @tokens;
    while ((pos($text) // 0) < length $text) {
        if ($text =~ /\G$COMMENT/gc) {
            my $parts = @tokens && $tokens[-1] !~ /^[ {};,]$/ && $text !~ /\G(?:[ \t\r\n\f{};,]|\z)/;
            push @tokens, '/**/' if $parts;
        } elsif ($text =~ /\G$SPACE/gc) {
            push @tokens, ' ' unless @tokens && $tokens[-1] eq ' ';
        } elsif ($text =~ /\G($STRING|$URL|(?:[\w-]|[^\x00-\x7f]|$ESCAPE)+)/gc) {
            push @tokens, $1;
        } elsif ($text =~ m{\G(?:["'\\]|/\*)}gc) {
            die 'shrink_css.pl: line ' . (1 + (substr($text, 0, pos $text) =~ tr/\n//)) . ": it does not end\n";
        } elsif ($text =~ /\G(.)/gcs) {
            push @tokens, $1;
        }
    }
    return @tokens;
}

# From a token to the end of the statement that it begins: the index of its `{`, `;` or `}`.
# The value of a custom property may hold braces.
sub end_of {
    my ($tokens, $at) = @_;
    my $custom = $tokens->[$at] =~ /^--/;
    my $depth = 0;
    for my $i ($at .. $#$tokens) {
        my $token = $tokens->[$i];
        return $i if !$depth && ($token eq ';' || $token eq '}' || ($token eq '{' && !$custom));
        $depth++ if $token =~ /^[(\[{]$/;
        $depth-- if $depth && $token =~ /^[)\]}]$/;
    }
    return scalar @$tokens;
}

# What white space is not needed beside, by the kind of a statement.
my %BEFORE = (selector => qr/^[>+~,)]$/, at => qr/^[,)]$/, declaration => qr/^[,)!]$/);
my %BEHIND = (selector => qr/^[>+~,(]$/, at => qr/^[,(]$/, declaration => qr/^[,(]$/);

# The statement in few bytes. `calc(1px + 2px)` and `.a :hover` keep their spaces.
sub statement {
    my ($kind, @tokens) = @_;
    my ($out, $depth, $colon) = ('', 0, 0);
    pop @tokens while @tokens && $tokens[-1] eq ' ';
    for my $i (0 .. $#tokens) {
        my $token = $tokens[$i];
        my $before = $i ? $tokens[$i - 1] : '';
        $depth++ if $token =~ /^[(\[]$/;
        $depth-- if $token =~ /^[)\]]$/;
        if ($token eq ' ') {
            next if $before =~ $BEHIND{$kind} || ($tokens[$i + 1] // '') =~ $BEFORE{$kind};
            next if $kind eq 'at' && $depth && $before eq ':';
            next if $kind eq 'declaration' && !$colon && ($tokens[$i + 1] // '') eq ':';
            next if $kind eq 'declaration' && $colon == $i;
        }
        # A value that is a name needs no quotes.
        $token = $1 if $kind eq 'selector' && $before eq '=' && $token =~ /^["']([a-zA-Z][a-zA-Z0-9_-]*)["']\z/;
        $colon = $i + 1 if $token eq ':' && !$colon;
        $out .= $token;
    }
    # A custom property that holds nothing holds a space.
    return $kind eq 'declaration' && $out =~ /^--[^:]*:\z/ ? "$out " : $out;
}

sub shrink {
    my @tokens = tokens(@_);
    my ($out, $depth, $i) = ('', 0, 0);
    while ($i < @tokens) {
        my $token = $tokens[$i];
        if ($token eq ' ' || $token eq ';') {
            $i++;
        } elsif ($token eq '}') {
            $out =~ s/;\z//;
            $out .= '}';
            die "shrink_css.pl: a } closes nothing\n" if --$depth < 0;
            $i++;
        } else {
            my $end = end_of(\@tokens, $i);
            my $closer = $tokens[$end] // '';
            my $kind = $token eq '@' ? 'at' : $closer eq '{' ? 'selector' : 'declaration';
            $out .= statement($kind, @tokens[$i .. $end - 1]);
            $out .= $closer eq '{' ? '{' : ';';
            $depth++ if $closer eq '{';
            $i = $closer eq '}' ? $end : $end + 1;
        }
    }
    die "shrink_css.pl: a { is not closed\n" if $depth;
    return $out;
}

binmode STDIN;
binmode STDOUT;
my $text = do { local $/; <STDIN> } // '';
print shrink($text), "\n" or die "shrink_css.pl: $!\n";
close STDOUT or die "shrink_css.pl: $!\n";
