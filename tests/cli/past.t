#!/usr/bin/env perl
# A history that is walked from the last built commit on tells the same as one that is walked whole:
# invented histories with merges, renames and branches that are rewound, by seed (SEED, STEPS).
use strict;
use warnings;
use File::Temp qw(tempdir);
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my $state = $ENV{SEED} // 20261128;
my $STEPS = $ENV{STEPS} // 8;

# A number below $max (xorshift).
sub pick {
    my ($max) = @_;
    $state ^= ($state << 13) & 0xFFFFFFFF;
    $state ^= $state >> 17;
    $state ^= ($state << 5) & 0xFFFFFFFF;
    return $state % $max;
}
sub one_of { return $_[pick(scalar @_)] }

# -- Histories made of nothing ---------------------------------------------------------------------

# Of a commit: its mark, and its files. Branches are what a next commit may stand on.
my @NAMES = map { ("content/$_.md", "content/notes/$_.md", "content/notes/diep/$_.md") } qw(een twee drie vier);
my @OTHERS = qw(content/notes.md content/plaat.png content/brief.txt buiten.md content/.verborgen.md content/drie);

sub text { return join('', map { one_of(qw(dijk sluis water veld zin)) . ' ' . pick(50) . "\n\n" } 1 .. 8) }

# Changes files as an editor would: most stay as they are.
sub edit {
    my ($files) = @_;
    my $name = one_of(@NAMES, @NAMES, @OTHERS);
    my $dice = pick(6);
    my @there = sort keys %$files;
    if ($dice == 0 && @there > 3) {
        delete $files->{one_of(@there)};
    } elsif ($dice == 1 && @there) {
        my $from = one_of(grep { /\.md$/ } @there) // return;
        my $text = delete $files->{$from};
        $files->{$name} = pick(2) ? $text : $text . text();
    } elsif ($dice == 2 && exists $files->{$name}) {
        $files->{$name} .= "Nog een zin.\n\n";
    } else {
        $files->{$name} = text();
    }
}

# A file cannot be where a folder is.
sub standing { my ($files) = @_; delete $files->{'content/drie'} if grep { m{^content/drie/} } keys %$files }

sub stream_of {
    my ($mark, $time, $parents, $files, $subject) = @_;
    my $stream = "commit refs/heads/made\nmark :$mark\ncommitter Ans <ans\@example.org> $time +0100\n" . 'data ' . length($subject) . "\n$subject\n";
    $stream .= (@$parents ? "from $parents->[0]\n" : '') . join '', map { "merge $_\n" } @$parents[1 .. $#$parents];
    $stream .= "deleteall\n";
    for my $path (sort keys %$files) {
        my $mode = $files->{$path} =~ /sluis 4/ ? '100755' : '100644';
        $stream .= "M $mode inline $path\ndata " . length($files->{$path}) . "\n$files->{$path}\n";
    }
    return "$stream\n";
}

# Adds commits to a repository, on any that it has; the last one is the branch `main`.
sub grow {
    my ($made, $count) = @_;
    my ($stream, @fresh) = ('');
    for (1 .. $count) {
        my $number = ++$made->{count};
        my @all = @{$made->{commits}};
        my @near = @all > 4 ? @all[-4 .. -1] : @all;
        my @parents = !@all || !pick(40) ? () : (one_of(@near, $all[-1], $all[-1]));
        push @parents, one_of(@near), pick(5) ? () : one_of(@all) if @parents && !pick(4);
        my %files = map { %{$_->{files}} } reverse @parents;
        for my $parent (@parents[1 .. $#parents]) {
            $files{$_} = $parent->{files}{$_} for grep { exists $parent->{files}{$_} && pick(2) } sort keys %{$parent->{files}};
        }
        edit(\%files) for 1 .. pick(@parents > 1 ? 2 : 4);
        $files{'content/een.md'} //= text();
        standing(\%files);
        my $time = 1600000000 + 100 * $number - (pick(8) ? 0 : 1000);
        my %seen;
        my @names = grep { !$seen{$_}++ } map { $_->{name} } @parents;
        $stream .= stream_of($number, $time, \@names, \%files, "Wijzig $number");
        push @{$made->{commits}}, {name => ":$number", files => \%files};
        push @fresh, $made->{commits}[-1];
    }
    my $marks = "$made->{folder}/marks";
    my $result = run({dir => $made->{folder}, in => $stream . "reset refs/heads/main\nfrom $made->{commits}[-1]{name}\n\n"},
        qw(git fast-import --quiet --force), "--import-marks-if-exists=$marks", "--export-marks=$marks");
    die $result->{err} if $result->{status};
}

sub invent {
    my ($count) = @_;
    my $made = {folder => scratch(), commits => [], count => 0};
    run({dir => $made->{folder}}, qw(git init -q --bare -b main));
    grow($made, $count);
    return $made;
}

# -- Builds ----------------------------------------------------------------------------------------

sub differing {
    my ($one, $two) = @_;
    my %in_two = map { $_ => 1 } tree($two);
    my @found = grep { !delete $in_two{$_} || slurp("$one/$_") ne slurp("$two/$_") } tree($one);
    return (@found, sort keys %in_two);
}

sub built {
    my ($folder, @options) = @_;
    my $out = scratch() . '/uit';
    my $result = naslag('build', '-q', '-C', $folder, '--out', $out, @options);
    return {out => $out, said => "$result->{status} $result->{err}"};
}

# Builds with the cache, with an empty one and with none; the same thrice.
sub same {
    my ($name, $folder, $cache, @options) = @_;
    my $none = built($folder, '--no-cache', @options);
    my @wrong;
    for my $case (['warm', $cache], ['cold', scratch()], ['again', $cache]) {
        my $other = built($folder, '--cache', $case->[1], @options);
        push @wrong, map { "$case->[0]: $_" } differing($none->{out}, $other->{out});
        push @wrong, "$case->[0]: $none->{said} is $other->{said}" if $none->{said} ne $other->{said};
    }
    ok(!@wrong, $name) or diag(join "\n", @wrong);
}

for my $history (1 .. 3) {
    my ($made, $cache) = (invent(20 + pick(20)), scratch());
    for my $step (1 .. $STEPS) {
        my $dice = pick(6);
        # The branch is rewound, and what comes next stands on what is left.
        splice @{$made->{commits}}, -(1 + pick(5)) if $dice == 0;
        grow($made, $dice == 1 ? 12 : 1 + pick(2)) if $dice != 2;
        my @options = !pick(3) ? ('--rev', 'main~' . pick(4)) : !pick(4) ? ('--content', one_of('content/notes', '.')) : ();
        same("history $history, step $step @options", $made->{folder}, $cache, @options);
    }
}

# -- Clones that lack something, beside one that does not ------------------------------------------

# All use one cache and stand, one after the other, in the same place.
my $made = invent(40);
my ($cache, $place) = (scratch(), scratch() . '/hier.git');
my $url = "file://$made->{folder}";
run('git', '-C', $made->{folder}, 'config', 'uploadpack.allowFilter', 'true');
my @clones = (
    whole => [], shallow => ['--depth', '4'], whole => [], 'without blobs' => ['--filter=blob:none'],
    'without trees' => ['--filter=tree:1'], whole => [],
);
while (my ($name, $options) = splice @clones, 0, 2) {
    run('rm', '-rf', $place);
    run(qw(git clone -q --bare), @$options, $url, $place);
    # What the commit itself shows is fetched, so that there is a site.
    run({dir => $place}, qw(git archive --output=/dev/null HEAD));
    same("a clone: $name", $place, $cache);
}
my $grafted = run({dir => $place}, qw(git rev-parse main~3))->{out};
spill("$place/info/grafts", $grafted);
same('a clone: with a graft', $place, $cache);
run('rm', '-f', "$place/info/grafts");
run({dir => $place}, qw(git replace main~3 main~6));
same('a clone: with a commit replaced', $place, $cache);

# -- The cache itself ------------------------------------------------------------------------------

# Damaged here and there: at worst, nothing of it is of use.
for my $try (1 .. 4) {
    my $bytes = slurp("$cache/recent");
    substr($bytes, pick(length $bytes), 1) = chr pick(256) for 1 .. 1 << (3 * $try);
    spill("$cache/recent", $bytes);
    same("a cache damaged, $try", $place, $cache);
}

# Only what is new is read: objects that are known are not needed any more.
$made = invent(30);
$cache = scratch();
built($made->{folder}, '--cache', $cache);
grow($made, 2) for 1 .. 2;
run({dir => $made->{folder}}, qw(git gc -q --prune=now));
my $whole = built($made->{folder}, '--no-cache');
run({dir => $made->{folder}}, 'sh', '-c', 'mkdir x && mv objects/pack/*.pack x && for i in x/*.pack; do git unpack-objects -q < $i; done; rm -rf x objects/pack/*');
my ($lost) = run({dir => $made->{folder}}, qw(git rev-parse main~8))->{out} =~ /^(\S+)/;
ok(unlink("$made->{folder}/objects/" . $lost =~ s{^..}{$&/}r), 'an old commit is lost');
like(built($made->{folder}, '--no-cache')->{said}, qr{history-shallow|history-unreadable}, 'without a cache it is missed');
my $warm = built($made->{folder}, '--cache', $cache);
is_deeply([$warm->{said}, differing($whole->{out}, $warm->{out})], [$whole->{said}], 'with one it is not read');
done_testing();
