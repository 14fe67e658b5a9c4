# What the stopwatches share: corpora, measuring in rounds, changes to measure, tables.
package Bench;

use strict;
use warnings;
use Exporter qw(import);
use File::Basename qw(dirname);
use File::Path qw(make_path);
use Naslag;
use Time::HiRes qw(sleep time);

our @EXPORT = qw(corpus floor_of in_rounds measure note_change pagefind restore table topic_change);

# How often everything is measured; VERBOSE shows each figure once it is there.
my $ROUNDS = $ENV{ROUNDS} // 3;
my $MARKDOWN = grep { $_ eq '--markdown' } @ARGV;
@ARGV = grep { $_ ne '--markdown' } @ARGV;

# -- Corpora --------------------------------------------------------------------------------------

# A knowledge base of so many notes, or with '--texts' of so many papers. CORPORA is a folder where
# they are kept and found again: a hundred thousand take minutes to make.
sub corpus {
    my ($count, @options) = @_;
    my $kept = $ENV{CORPORA} // scratch();
    my $folder = "$kept/" . (@options ? 'texts' : 'notes') . "-$count";
    return restore($folder) if -e "$folder/naslag.yaml";
    make_path($kept);
    my $made = run(dirname(__FILE__) . '/corpus', @options, $folder, $count);
    die $made->{err} if $made->{status};
    return $folder;
}

sub append {
    my ($path, $text) = @_;
    spill($path, slurp($path) . $text);
}

# One sentence more at the end of one note.
sub note_change { append("$_[0]/notes/01/nota-1.md", "\nHier staat een zin die er nog niet stond.\n") }

# One name more for one topic.
sub topic_change {
    my ($corpus) = @_;
    my $path = "$corpus/topics/topic-1.md";
    spill($path, slurp($path) =~ s/^kind:/aliases: [aandachtspunt]\nkind:/mr);
}

# Back to the commit that the corpus was made with, all that was committed on top of it gone.
sub restore {
    my ($corpus) = @_;
    my ($first) = split /\s+/, run({dir => $corpus}, qw(git rev-list --max-parents=0 HEAD))->{out};
    run({dir => $corpus}, qw(git reset -q --hard), $first);
    return $corpus;
}

# -- Measuring ------------------------------------------------------------------------------------

# What lies below a folder that was written after the marker: how many files, how many bytes.
sub written {
    my ($folder, $marker) = @_;
    my @sizes = split /\n/, run('find', $folder, qw(-type f -cnewer), $marker, '-printf', '%s\n')->{out};
    my $bytes = 0;
    $bytes += $_ for @sizes;
    return (files => scalar @sizes, bytes => $bytes);
}

# Runs a command that writes below a folder. Returns a hash: seconds on the wall, cpu (seconds of
# processors), peak (memory in MB), files and bytes written. Where other work goes on beside it, the
# processors' time is the one to compare. A program that prints `took SECONDS CPU` measured itself.
sub measure {
    my ($folder, @command) = @_;
    my $marker = scratch() . '/marker';
    spill($marker, '');
    sleep 0.02; # the clock of files ticks slowly
    my $start = time;
    my $result = run('/usr/bin/time', '-f', 'peak %M %U %S', @command);
    my $seconds = time - $start;
    die "@command: $result->{err}" if $result->{status} > 1;
    my ($kilobytes, $user, $system) = $result->{err} =~ /^peak (\d+) ([\d.]+) ([\d.]+)$/m;
    my $cpu = $user + $system;
    ($seconds, $cpu) = ($1, $2) if $result->{out} =~ /^took ([\d.]+) ([\d.]+)$/m;
    my %got = (seconds => $seconds, cpu => $cpu, peak => $kilobytes / 1024, written($folder, $marker));
    print STDERR join(' ', "@command:", map { "$_ $got{$_}" } sort keys %got), "\n" if $ENV{VERBOSE};
    return \%got;
}

sub median { my @sorted = sort { $a <=> $b } @_; return $sorted[$#sorted / 2] }

# Runs functions in turn, ROUNDS times. Each returns a hash from names of cases to what measure()
# returned. Returns a hash from those names to the medians.
sub in_rounds {
    my (@functions) = @_;
    my (%all, %medians);
    for (1 .. $ROUNDS) {
        for my $function (@functions) {
            my %got = $function->();
            push @{$all{$_}}, $got{$_} for keys %got;
        }
    }
    for my $name (keys %all) {
        my @got = @{$all{$name}};
        $medians{$name} = {map { my $key = $_; $key => median(map { $_->{$key} } @got) } keys %{$got[0]}};
    }
    return %medians;
}

# -- Peers and floors -----------------------------------------------------------------------------

# Pagefind's own program, without the script that looks for it; undef where it is not installed.
sub pagefind {
    my ($program) = grep { -x && !/\.sha256$/ } glob "$BUILD/bench/node_modules/\@pagefind/*/bin/*";
    return $program;
}

# One of the programs made from tests/bench/*.c.
sub floor_of { return "$BUILD/tests/bench_$_[0]" }

# -- Tables ---------------------------------------------------------------------------------------

# Prints rows below a head, the first $texts columns as text and the others as numbers; in Markdown
# where --markdown was given.
sub table {
    my ($texts, @rows) = @_;
    my @widths = map { my $column = $_; (sort { $b <=> $a } map { length $_->[$column] } @rows)[0] } 0 .. $#{$rows[0]};
    my @formats = map { '%' . ($_ < $texts ? '-' : '') . "$widths[$_]s" } 0 .. $#widths;
    my ($open, $between, $close) = $MARKDOWN ? ('| ', ' | ', ' |') : ('', '  ', '');
    my @lines = map { $open . sprintf(join($between, @formats), @$_) . $close } @rows;
    splice @lines, 1, 0, '| ' . join(' | ', map { $_ < $texts ? '---' : '--:' } 0 .. $#widths) . ' |' if $MARKDOWN;
    print map { s/ +$//r . "\n" } @lines, '';
}

1;
