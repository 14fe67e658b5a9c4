#!/usr/bin/env perl
# A build that goes on from the last one, with the cache, gives the same bytes and the same
# messages as one that begins from nothing: after each of many changes, by seed (SEED, STEPS).
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my $state = $ENV{SEED} // 20251128;
my $STEPS = $ENV{STEPS} // 12;

# A number below $max (xorshift).
sub pick {
    my ($max) = @_;
    $state ^= ($state << 13) & 0xFFFFFFFF;
    $state ^= $state >> 17;
    $state ^= ($state << 5) & 0xFFFFFFFF;
    return $state % $max;
}
sub one_of { return $_[pick(scalar @_)] }

sub files_in { my ($folder) = @_; return grep { !m{^\.git/} } tree($folder) }
sub markdown { return grep { /\.md$/ } files_in($_[0]) }

# Changes, each of the work tree in $_[0].
sub edit_file { my ($path, $code) = @_; local $_ = slurp($path); $code->(); spill($path, $_) }
my $made = 0;
my %CHANGES = (
    append => sub { edit_file("$_[0]/" . one_of(markdown($_[0])), sub { $_ .= "\nNog een zin over de dijkwacht en 12 sloten.\n" }) },
    link => sub {
        my ($from, $to) = (one_of(markdown($_[0])), one_of(markdown($_[0])));
        $to =~ s{\.md$}{};
        edit_file("$_[0]/$from", sub { $_ .= "\nZie [[$to]] en ook [[$to#^geen]].\n\n![[$to]]\n" });
    },
    shorten => sub { edit_file("$_[0]/" . one_of(markdown($_[0])), sub { s/\n[^\n]+\n*\z/\n/ }) },
    title => sub {
        edit_file("$_[0]/" . one_of(markdown($_[0])), sub { my $n = ++$made; s/^title: .*/title: Anders $n/m or s/^# .*/# Anders $n/m });
    },
    alias => sub {
        my @topics = grep { m{^topics/} } markdown($_[0]) or return;
        my $word = one_of(qw(sluis zin veld sloten water gemeente));
        edit_file("$_[0]/" . one_of(@topics), sub { s/^aliases: .*\n//m; s/^title: .*\n/$&aliases: [$word]\n/m });
    },
    condition => sub {
        my @topics = grep { m{^topics/} } markdown($_[0]) or return;
        edit_file("$_[0]/" . one_of(@topics), sub { s/^match: .*\n//m; s/^title: .*\n/$&match: {only_with: [water]}\n/m });
    },
    note => sub { my $n = ++$made; spill("$_[0]/notes/nieuw-$n.md", "# Nieuw $n\n\nOver Dijkwacht $n, op 3 maart 2024, € 5 miljoen. #label$n\n") },
    topic => sub { my $n = ++$made; spill("$_[0]/topics/begrip-$n.md", "---\ntitle: Begrip $n\nkind: concept\naliases: [sloten]\n---\nWat het is.\n") },
    text => sub { my $n = ++$made; spill("$_[0]/sources/brief-$n.txt", "Brief $n\n\n3 april 2025\n\nDe dijkwacht schrijft over Begrip $n en de slo-\nten van het water-\nschap.\n") },
    gone => sub { my @files = markdown($_[0]); unlink "$_[0]/" . one_of(@files) if @files > 4 },
    moved => sub {
        my $from = one_of(markdown($_[0]));
        rename "$_[0]/$from", "$_[0]/" . ($from =~ s{[^/]+\.md$}{'verplaatst-' . ++$made . '.md'}er);
    },
    site => sub { my $n = ++$made; edit_file("$_[0]/naslag.yaml", sub { s/^title: .*/title: Titel $n/m }) },
    nothing => sub { },
);

# What is not the same in two sites.
sub differing {
    my ($one, $two) = @_;
    my (%in_one, %in_two);
    @in_one{tree($one)} = @in_two{tree($two)} = ();
    my @found = map { "only in one: $_" } grep { !exists $in_two{$_} } sort keys %in_one;
    push @found, map { "only in the other: $_" } grep { !exists $in_one{$_} } sort keys %in_two;
    push @found, grep { exists $in_two{$_} && slurp("$one/$_") ne slurp("$two/$_") } sort keys %in_one;
    return @found;
}

my %SITES = (kennis => 'tests/site/kennis/files', vault => 'tests/site/vault/files', content => 'content');
for my $name (sort keys %SITES) {
    my $files = "$ROOT/$SITES{$name}";
    my $repository = repository(map { $_ => slurp("$files/$_") } tree($files));
    spill("$repository/naslag.yaml", "title: Proef\n") unless -e "$repository/naslag.yaml";
    my $out = scratch() . '/uit';
    naslag('build', '-q', '-C', $repository, '--out', $out);
    my ($wrong, $kept) = (0, 0);
    for my $step (1 .. $STEPS) {
        my $change = one_of(sort keys %CHANGES);
        $CHANGES{$change}->($repository);
        my @mode = pick(3) ? () : ('--worktree');
        commit($repository, $change) unless @mode;
        my $fresh = scratch() . '/vers';
        my $next = naslag('build', @mode, '-C', $repository, '--out', $out);
        my $cold = naslag('build', '--no-cache', @mode, '-C', $repository, '--out', $fresh);
        my @differing = differing($out, $fresh);
        push @differing, 'messages: ' . diff_of($cold->{err}, $next->{err}) if $next->{err} ne $cold->{err};
        $wrong += @differing > 0;
        diag("$name, step $step, $change @mode: ", join(' ', @differing[0 .. ($#differing < 5 ? $#differing : 5)])) if @differing;
        $kept += $1 if $next->{out} =~ /(\d+) unchanged/;
    }
    is($wrong, 0, "$name: $STEPS changes, one after another");
    cmp_ok($kept, '>', $STEPS * 10, "$name: most files are left as they are");
}
done_testing();
