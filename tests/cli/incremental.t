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

# Options of the build that a change asks for, for that step alone.
my @options;

sub files_in { my ($folder) = @_; return grep { !m{^\.git/} } tree($folder) }
sub markdown { return grep { /\.md$/ } files_in($_[0]) }

# Changes, each of the work tree in $_[0].
sub edit_file { my ($path, $code) = @_; local $_ = slurp($path); $code->(); spill($path, $_) }
my $made = 0;
my %CHANGES = (
    append => sub { edit_file("$_[0]/" . one_of(markdown($_[0])), sub { $_ .= "\nNog een zin over de dijkwacht en 12 sloten.\n" }) },
    # Two topics meet, with a date and figures.
    mention => sub {
        my @titles = map { slurp("$_[0]/$_") =~ /^title: "?([^"\n]+)/m ? $1 : () } grep { m{^topics/} } markdown($_[0]);
        my ($a, $b) = @titles ? (one_of(@titles), one_of(@titles)) : ('de dijkwacht', 'het water');
        my ($day, $year, $count) = (1 + pick(28), 2015 + pick(10), 2 + pick(90));
        edit_file("$_[0]/" . one_of(markdown($_[0])), sub { $_ .= "\nOp $day mei $year spraken $a en $b over € $count miljoen en $count plaatsen.\n" });
    },
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
    # A translation of something, with the title of that or its own; or none any more.
    translation => sub {
        my $of = one_of(grep { !/\.en\.md$/ } markdown($_[0])) // return;
        my $path = $of =~ s/\.md$/.en.md/r;
        return unlink "$_[0]/$path" if -e "$_[0]/$path";
        my $n = ++$made;
        my ($name, $title) = ($of =~ s/\.md$//r, one_of("Dike watch $n", 'Dijkwacht', 'Water'));
        my $type = one_of('', '', "type: topic\n");
        spill("$_[0]/$path", "---\ntitle: $title\nlang: en\n${type}translation_of: $name\naliases: [dijk $n]\n---\n# $title\n\nThe dijkwacht zuid of dijk $n, Begrip $n and the sloten. ![[$name]]\n");
    },
    embed => sub {
        my ($from, $to) = (one_of(markdown($_[0])), one_of(markdown($_[0])));
        my ($heading) = slurp("$_[0]/$to") =~ /^##+ (.+)$/m;
        $to =~ s{\.md$}{};
        my $at = one_of('', defined $heading ? "#$heading" : '#Nergens', '#^blok', '#p2');
        edit_file("$_[0]/$from", sub { $_ .= "\nHier begint het. ^blok\n\n![[$to$at]]\n\n## Kop $made\n\n- een\n- twee ^rij\n" });
    },
    tag => sub {
        my ($old, $new) = (one_of(qw(dijk label1 water)), one_of(qw(dijk Water a/b a-b)));
        edit_file("$_[0]/$_", sub { s/#$old\b/#$new/g }) for markdown($_[0]);
        edit_file("$_[0]/" . one_of(markdown($_[0])), sub { $_ .= "\nMet #$old en #$new.\n" });
    },
    type => sub {
        edit_file("$_[0]/" . one_of(markdown($_[0])), sub {
            my $type = one_of(qw(topic note source));
            s/^type: .*\n//m or s/\A---\n/---\ntype: $type\n/ or s/\A/---\ntype: $type\n---\n/;
        });
    },
    front => sub {
        my $line = one_of(
            'kind: organisation', 'kind: concept', 'abbreviation: DW', 'abbreviation: NVWZ', 'date: 2024-05-06',
            'aliases: [oude naam, de sloten]', 'match: {never: [dijkwacht zuid, water]}', 'match: {compounds: true}',
            'relations: [{type: part_of, target: Dijkwacht}]', 'issuer: Dijkwacht', 'tags: [dijk, a/b]', 'label: Kort',
            'description: Wat het is.', 'sources: [brief]', 'lang: en', 'lang: fy', 'translation_of: dijkwacht'
        );
        my ($key) = $line =~ /^(\w+)/;
        edit_file("$_[0]/" . one_of(markdown($_[0])), sub { s/^$key: .*\n//m; s/\A---\n/---\n$line\n/ or s/\A/---\n$line\n---\n/ });
    },
    image => sub {
        my $n = pick(2);
        spill("$_[0]/plaat-$n.png", 'PNG' x (1 + pick(40)));
        edit_file("$_[0]/" . one_of(markdown($_[0])), sub { $_ .= "\n![[plaat-$n.png|100]] en ![plaat](/plaat-$n.png)\n" });
    },
    setting => sub {
        my $line = one_of(
            'menu: [{title: Meer, url: https://example.org}]', 'menu: [{title: Dijk, url: dijkwacht}]',
            'base_url: https://example.org/kennis/', 'edit_url: https://example.org/edit/{path}', 'data: no', 'search: no',
            'history: dates', 'history: none', 'language: en', 'languages: [nl, en]', 'languages: [en, nl]', 'limits: {links_per_page: 2}', 'limits: {asset_size: 50}',
            'limits: {file_size: 300}', 'limits: {topics: 2}', 'limits: {files: 5}', 'licence: CC0', 'ignore: [notes/nieuw-*]'
        );
        my ($key) = $line =~ /^(\w+)/;
        edit_file("$_[0]/naslag.yaml", sub { s/^$key: .*\n//m or s/\n?\z/\n$line\n/ });
    },
    folder => sub {
        my @folders = sort grep { !m{^/?\.} && -d "$_[0]/$_" } map { m{([^/]+)$} } glob("'$_[0]'/*");
        my $from = one_of(@folders) // return;
        my $to = one_of($from . 'en', 'notes/' . $from, $from =~ s/en$//r);
        return if $to =~ m{^\Q$from\E/} || -e "$_[0]/$to";
        mkdir "$_[0]/notes";
        rename "$_[0]/$from", "$_[0]/$to";
    },
    readme => sub {
        my ($from) = one_of(markdown($_[0]));
        my $to = $from =~ s{[^/]+$}{README.md}r;
        rename "$_[0]/$from", "$_[0]/$to" unless -e "$_[0]/$to";
    },
    quotation => sub {
        my ($from, $to) = (one_of(markdown($_[0])), one_of(markdown($_[0])));
        my ($name) = $to =~ m{([^/]+)\.md$};
        edit_file("$_[0]/$from", sub { $_ .= "\n> Dit staat er niet, of niet meer. [\@$name, p. 3]\n\nEn \xE2\x80\x9Cnog een zin over de dijkwacht\xE2\x80\x9D [\@$name, \xC2\xB62].\n" });
    },
    sign => sub {
        edit_file("$_[0]/" . one_of(markdown($_[0])), sub { $_ .= "\n\xE2\x80\x9CBegrip $made\xE2\x80\x9D\xE2\x80\x94sluis-, veld- en waterbegrip$made\n" });
        spill("$_[0]/topics/teken-$made.md", "---\ntitle: Begrip $made\nabbreviation: BG\n---\nBegrip (BG).\n") if pick(2);
    },
    amend => sub {
        edit_file("$_[0]/" . one_of(markdown($_[0])), sub { $_ .= "\nHerschreven.\n" });
        run({dir => $_[0]}, qw(git reset -q --soft HEAD~1));
    },
    back => sub { run({dir => $_[0]}, qw(git reset -q --hard), 'HEAD~' . (1 + pick(3))) },
    older => sub { @options = ('--rev', 'HEAD~1') },
    template => sub {
        my $folder = scratch();
        spill("$folder/" . one_of(qw(note passage layout)) . '.mustache', one_of('<p>{{title}}', "<!-- $made -->{{#page}}{{title}}{{/page}}"));
        @options = ('--templates', $folder);
    },
    theme => sub {
        my $folder = scratch();
        spill("$folder/naslag.css", 'p { color: #' . (100 + pick(800)) . ' }');
        @options = ('--theme', $folder);
    },
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

my @changes = $ENV{CHANGES} ? split(/,/, $ENV{CHANGES}) : sort keys %CHANGES;
my %SITES = (kennis => 'tests/site/kennis/files', vault => 'tests/site/vault/files', content => 'content');
for my $name ($ENV{SITES} ? split(/,/, $ENV{SITES}) : sort keys %SITES) {
    my $files = "$ROOT/$SITES{$name}";
    my $repository = repository(map { $_ => slurp("$files/$_") } tree($files));
    spill("$repository/naslag.yaml", "title: Proef\n") unless -e "$repository/naslag.yaml";
    my $out = scratch() . '/uit';
    naslag('build', '-q', '-C', $repository, '--out', $out);
    my ($wrong, $kept, $built) = (0, 0, 0);
    for my $step (1 .. $STEPS) {
        my $change = one_of(@changes);
        @options = ();
        $CHANGES{$change}->($repository);
        my @mode = pick(3) || @options ? @options : ('--worktree');
        commit($repository, $change) unless grep { $_ eq '--worktree' } @mode;
        my $fresh = scratch() . '/vers';
        my $next = naslag('build', @mode, '-C', $repository, '--out', $out);
        my $cold = naslag('build', '--no-cache', @mode, '-C', $repository, '--out', $fresh);
        $built += $cold->{status} < 2;
        my @differing = differing($out, $fresh);
        push @differing, "status: $next->{status} for $cold->{status}" if $next->{status} != $cold->{status};
        push @differing, 'messages: ' . diff_of($cold->{err}, $next->{err}) if $next->{err} ne $cold->{err};
        $wrong += @differing > 0;
        diag("$name, step $step, $change @mode: ", join(' ', @differing[0 .. ($#differing < 5 ? $#differing : 5)])) if @differing;
        $kept += $1 if $next->{out} =~ /(\d+) unchanged/;
    }
    cmp_ok($built, '>', $STEPS / 2, "$name: sites were made");
    is($wrong, 0, "$name: $STEPS changes, one after another");
    cmp_ok($kept, '>', $STEPS * 10, "$name: most files are left as they are");
}
# Changes that a build once missed, each on a small site of its own.
sub goes_on {
    my ($name, $change) = @_;
    my $repository = repository(
        'naslag.yaml' => "title: Proef\n",
        'topics/begrip.md' => "---\ntitle: Begrip\n---\nWat het is.\n",
        'notes/een.md' => "# Een\n\nZie \xE2\x80\x9CDijkwacht\xE2\x80\x9D.\n\n![[plaat.png]]\n",
        'plaat.png' => 'PNG' x 100);
    my ($out, $fresh) = (scratch() . '/uit', scratch() . '/vers');
    naslag('build', '-q', '-C', $repository, '--out', $out);
    $change->($repository);
    commit($repository, $name);
    my $next = naslag('build', '-q', '-C', $repository, '--out', $out);
    my $cold = naslag('build', '-q', '--no-cache', '-C', $repository, '--out', $fresh);
    is_deeply([$next->{status}, $next->{err}, differing($out, $fresh)], [$cold->{status}, $cold->{err}], $name);
}
goes_on('a new name that stands between quotation marks beyond ASCII',
    sub { spill("$_[0]/topics/dijkwacht.md", "---\ntitle: Dijkwacht\n---\nWie waakt.\n") });
goes_on('a picture that is too large now', sub { spill("$_[0]/naslag.yaml", "title: Proef\nlimits: {asset_size: 100}\n") });

# Pages in parts, of topics, of their facts, of pairs and of lists: one changed note is on some of them.
{
    my %files = ('naslag.yaml' => "title: Proef\n", map { ("topics/$_.md" => "---\ntitle: \u$_\n---\nWat het is.\n") } qw(dijk sluis polder));
    for my $n (100 .. 269) {
        my $place = $n % 3 ? 'de sluis' : 'een polder';
        $files{"notes/n$n.md"} = '# ' . chr(65 + $n % 20) . "$n\n\nBij de dijk en $place lagen op 3 mei " . (1900 + $n % 90) . " $n schepen.\n\nDe dijk kostte $n euro.\n";
    }
    my $repository = repository(%files);
    my $out = scratch() . '/uit';
    my $edit = sub { my ($n, $code) = @_; edit_file("$repository/notes/n$n.md", $code) };
    my @steps = (
        ['as it is', sub { }],
        ['a sentence more', sub { $edit->(150, sub { $_ .= "\nNog een zin.\n" }) }],
        ['another title', sub { $edit->(151, sub { s/^# ./# Q/ }) }],
        ['another figure', sub { $edit->(152, sub { s/\d+ schepen/7 schepen/ }) }],
        ['a topic less', sub { $edit->(153, sub { s/ en een polder// }) }],
        ['a note less', sub { unlink "$repository/notes/n154.md" }],
        ['a topic of another name', sub { edit_file("$repository/topics/sluis.md", sub { s/title: Sluis/title: Schutsluis\naliases: [sluis]/ }) }]);
    for my $step (@steps) {
        my ($name, $change) = @$step;
        my $fresh = scratch() . '/vers';
        $change->();
        commit($repository, $name) unless $name eq 'as it is';
        naslag('build', '-q', '-C', $repository, '--out', $out);
        naslag('build', '-q', '--no-cache', '-C', $repository, '--out', $fresh);
        is_deeply([differing($out, $fresh)], [], "pages in parts: $name");
    }
    my @pages = tree($out);
    for my $path ('onderwerpen/dijk[.]2[.]html', 'onderwerpen/dijk[.]tijdlijn[.]2[.]html', 'verbanden/.*[.]2[.]html', 'notities/index[.]q[.]html', 'onderwerpen/dijk[.]atom') {
        ok((grep { m{^$path$} } @pages), "pages in parts: there are $path");
    }
}

# Files of the index that were lost or touched, while no document changed: the whole index is kept
# only where all of it is there.
{
    my $files = "$ROOT/content";
    my $repository = repository(map { $_ => slurp("$files/$_") } tree($files));
    my ($out, $fresh, $other) = map { scratch() . "/$_" } qw(uit vers ander);
    naslag('build', '-q', '-C', $repository, '--out', $out);
    naslag('build', '-q', '--no-cache', '-C', $repository, '--out', $fresh);
    my @index = grep { m{^search/} } tree($out);
    my @lost = grep { pick(4) == 0 } @index;
    for my $step (['one after the other', map { [$_] } 'search/index.bin', @lost[0 .. 9]], ['many at once', \@lost], ['all', \@index]) {
        my ($how, @steps) = @$step;
        my @wrong;
        for my $files (@steps) {
            pick(2) ? unlink("$out/$_") : spill("$out/$_", 'anders') for @$files;
            my $next = naslag('build', '-q', '-C', $repository, '--out', $out);
            push @wrong, $next->{err}, "status of $files->[0]: $next->{status}" if $next->{status};
            push @wrong, differing($out, $fresh);
        }
        is_deeply(\@wrong, [], "files of the index are made again: $how");
    }
    naslag('build', '-q', '-C', $repository, '--out', $other);
    is_deeply([differing($other, $fresh)], [], 'a cache does for another folder');
}

# Two groups of documents in the search index (docs/search-format.md: the id of the note in the middle
# ends one). One of them changes, or a topic that both name, and of what the cache has of the other something is missing, or is damaged: with
# some of it still there it is seen late, when the terms of both are put together.
SKIP: {
    skip 'sqlite3 is not installed', 2 unless `sqlite3 --version 2>/dev/null`;
    my $repository = repository(
        'naslag.yaml' => "title: Proef\n",
        'topics/dijk.md' => "---\ntitle: Dijk\n---\nWat het is.\n",
        map { +"notes/$_.md" => "# Over $_\n\nDe dijk en de sluis van $_.\n" } qw(aa grens-58 zz));
    my ($out, $fresh) = map { scratch() . "/$_" } qw(uit vers);
    naslag('build', '-q', '-C', $repository, '--out', $out);
    is(scalar(() = glob("$out/search/t/*/*")), 2, 'there are two groups');
    my @wrong;
    my @edits = (
        ['notes/zz.md', sub { $_ .= "\nEen dijk en een sluis meer.\n" }],
        ['topics/dijk.md', sub { s/^aliases.*\n//m or s/^title.*\n/$&aliases: [sluis]\n/m }]);
    for my $what ('DELETE FROM entry', 'UPDATE entry SET value = zeroblob(length(value))') {
        for my $rows (map { ("rowid % 3 = $_", "rowid % 3 != $_") } 0 .. 2) {
            for my $edit (@edits) {
                my ($path, $code) = @$edit;
                naslag('build', '-q', '-C', $repository, '--out', $out); # what was damaged is gone as a whole
                system('sqlite3', glob("$ENV{XDG_CACHE_HOME}/naslag/recent"), "$what WHERE $rows");
                edit_file("$repository/$path", $code);
                commit($repository, 'meer');
                my $next = naslag('build', '-q', '-C', $repository, '--out', $out);
                naslag('build', '-q', '--no-cache', '-C', $repository, '--out', $fresh);
                push @wrong, grep { length } $next->{err}, differing($out, $fresh);
            }
        }
    }
    is_deeply(\@wrong, [], 'what the cache lacks of a group is found anew');
}

# Two groups again, where topics of the second one change that notes of the first one name: no document of that one
# does, but its texts say where they are named, and by what title.
{
    my $repository = repository(
        'naslag.yaml' => "title: Proef\n",
        'topics/dijk.md' => "---\ntitle: Dijk\n---\nWat het is.\n",
        'topics/sluis.md' => "---\ntitle: Sluis\n---\nWat het is.\n",
        (map { +"notes/$_.md" => "# Over $_\n\nDe hoge dijk van de sluis van $_.\n\nEen sluis en een kering.\n" } qw(aa grens-58 zz)),
        'notes/ab.md' => "# Iets anders\n\nHier staat niets.\n");
    my $out = scratch() . '/uit';
    my $change = sub { my ($topic, $code) = @_; edit_file("$repository/topics/$topic.md", $code) };
    my @steps = (
        ['as it is', sub { }],
        ['a longer name of the same topic', sub { $change->('dijk', sub { s/^title.*\n/$&aliases: [hoge dijk]\n/m }) }],
        ['another title', sub { $change->('sluis', sub { s/title: Sluis/title: Schutsluis\naliases: [sluis]/ }) }],
        ['an alias that is named elsewhere', sub { $change->('dijk', sub { s/^aliases.*/aliases: [kering]/m }) }],
        ['it names nothing any more', sub { $change->('sluis', sub { s/^aliases.*\n//m }) }],
        ['a topic more', sub { spill("$repository/topics/aanleg.md", "---\ntitle: Sluis\n---\nNog iets.\n") }],
        ['a topic less', sub { unlink "$repository/topics/dijk.md" }]);
    for my $step (@steps) {
        my ($name, $code) = @$step;
        my $fresh = scratch() . '/vers';
        $code->();
        commit($repository, $name) unless $name eq 'as it is';
        my $next = naslag('build', '-q', '-C', $repository, '--out', $out);
        naslag('build', '-q', '--no-cache', '-C', $repository, '--out', $fresh);
        is_deeply([$next->{err}, differing($out, $fresh)], [''], "topics of another group: $name");
    }
    is(scalar(() = glob("$out/search/t/*/*")), 2, 'there are two groups');
}

# The same commit again: nothing is read, as long as all files are as they were left; what was said is
# said again.
{
    my $repository = repository(
        'naslag.yaml' => "title: Proef\n",
        'topics/dijk.md' => "---\ntitle: Dijk\n---\nWat het is.\n",
        'notes/een.md' => "# Een\n\nDe dijk, [[nergens]] en [\@geen, p. 2].\n");
    my ($out, $fresh, $templates) = map { scratch() . "/$_" } qw(uit vers sjablonen);
    my $build = sub { return naslag('build', '--profile', '-C', $repository, '--out', $out, @_) };
    my $said = sub { my ($build) = @_; return [$build->{status}, $build->{out} =~ s/\d+ files written, (\d+) unchanged/files/r, grep { !/^(?:stage|[a-z ]+?) {2,}[\d.]+ /, } grep { !/^stage / } split /\n/, $build->{err}] };
    my $reads = sub { return scalar $_[0]->{err} =~ /^reading /m };
    my $first = $build->();
    my $second = $build->();
    is_deeply([$reads->($first), $reads->($second)], [1, ''], 'the same commit is not read again');
    is_deeply($said->($second), $said->($first), 'what was said is said again');
    like($second->{out}, qr/^0 files written, [1-9]\d+ unchanged, 0 removed/m, 'all files count');
    my @wrong;
    naslag('build', '-q', '--no-cache', '-C', $repository, '--out', $fresh);
    my $mended = sub {
        my ($what, @options) = @_;
        my $next = $build->(@options);
        push @wrong, "$what: not read" unless $reads->($next);
        push @wrong, "$what: " . join ' ', differing($out, $fresh) if !@options && differing($out, $fresh);
    };
    unlink "$out/notities/een.html";
    $mended->('a file that is gone');
    spill("$out/index.html", slurp("$out/index.html"));
    $mended->('a file that was written again');
    rename("$out/notities", "$out/ergens") and symlink('ergens', "$out/notities");
    push @wrong, 'a folder behind a link' if $build->()->{status} != 2;
    unlink "$out/notities" and rename("$out/ergens", "$out/notities");
    spill("$out/.naslag/journal", "notities/oud.html\n");
    spill("$out/notities/oud.html", 'van een bouw die niet af kwam');
    $mended->('a file that a build left that did not end');
    spill("$templates/note.mustache", '<p>{{title}}');
    $mended->('another template', '--templates', $templates);
    $mended->('the first template');
    $mended->('no cache', '--no-cache');
    $mended->('the work tree', '--worktree');
    $mended->('the commit after the work tree');
    spill("$repository/.git/shallow", `git -C '$repository' rev-parse HEAD`);
    naslag('build', '-q', '--no-cache', '-C', $repository, '--out', $fresh);
    $mended->('a clone that is shallow') for 1 .. 2;
    is_deeply(\@wrong, [], 'and is read again where something is another');
}
done_testing();
