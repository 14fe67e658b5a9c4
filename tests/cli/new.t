#!/usr/bin/env perl
# naslag new: what it writes and where, what it calls it, what it refuses.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use POSIX qw(strftime);
use Test::More;

my %FILES = (
    'content/naslag.yaml' => "title: Birds\nlanguage: en\n",
    'content/topics/heron.md' => "---\ntitle: Grey heron\naliases: [Ardea cinerea]\nabbreviation: GH\n---\nA bird.\n",
    'content/topics/Little Egret.md' => "# Egretta\n\nA bird.\n",
    'content/birds/stork.md' => "---\ntype: topic\ntitle: Stork\n---\nA bird.\n",
    'content/sources/letter.txt' => "Dear all,\n\nthe herons are back.\n",
    'content/sources/The Report.txt' => "Herons are back.\n",
);

my %FOLDER = (topic => 'topics', note => 'notes', source => 'sources');
my %KEYS = (
    topic => [qw(title kind abbreviation aliases relations)], note => [qw(title date tags sources)],
    source => [qw(title label kind issuer author addressee date reference url)],
);

sub today { return strftime('%Y-%m-%d', localtime) }

# -- Each kind, in each language --------------------------------------------------------------------

for my $language (qw(nl en)) {
    my $folder = repository('naslag.yaml' => "language: $language\n");
    for my $kind (sort keys %FOLDER) {
        my $before = today();
        my $result = naslag({dir => $folder}, 'new', $kind, "A $kind of mine");
        is("$result->{status}$result->{err}", '0', "$language $kind: status");
        is($result->{out}, "$FOLDER{$kind}/a-$kind-of-mine.md\n", "$language $kind: prints the path");
        my $text = slurp("$folder/" . $result->{out} =~ s/\n//r);
        my ($matter) = $text =~ /\A---\n(.*?)\n---\n/s;
        is(join(' ', $matter =~ /^(\w+):/mg), "@{$KEYS{$kind}}", "$language $kind: the keys");
        like($matter, qr/^title: A $kind of mine$/m, "$language $kind: the title");
        like($matter, qr/^date: (?:$before|${\today()})(?: |$)/m, "$language $kind: today") unless $kind eq 'topic';
        unlike($text, qr/\{\{/, "$language $kind: nothing is left to fill in");
        is(scalar($language eq 'nl' ? $text =~ /\bPassages\b|Schrijf|Vat/ : $text =~ /Say|Write|Sum/), 1,
            "$language $kind: in its language");
    }
    my $check = naslag({dir => $folder}, 'check');
    unlike($check->{err} . $check->{out}, qr/ error: /, "$language: no errors");
}

# -- Titles -----------------------------------------------------------------------------------------

{
    my $folder = repository(%FILES);
    my %titles = (
        "Wie betaalt het licht?" => 'wie-betaalt-het-licht', 'A: b' => 'a-b', 'say "x" \\ y' => 'say-x-y',
        '# not a heading' => 'not-a-heading', '- item' => 'item', '[a, b]' => 'a-b-2', 'null' => 'null', '12' => '12',
        "Rand 's nachts" => 'rand-s-nachts', '{{date}}' => 'date', 'a #b' => 'a-b-3', '2024-01-01' => '2024-01-01',
        "\xC3\x89\xC3\xA9n: hulp/zorg & \xE2\x80\x99n plek" => 'een-hulp-zorg-n-plek', '../../../up' => 'up',
        "  too   wide\xC2\xA0 " => 'too-wide', '*&anchor' => 'anchor', '@mention' => 'mention', 'yes' => 'yes',
        '~' x 3 . 'a' => 'a', "\xE2\x80\xAEreversed" => 'reversed', '<b>bold</b>' => 'b-bold-b', 'CON' => 'con',
    );
    delete @titles{'[a, b]', 'a #b'};
    for my $title (sort keys %titles) {
        my $result = naslag({dir => $folder}, 'new', 'note', '--', $title);
        is($result->{out}, "content/notes/$titles{$title}.md\n", "'$title': the path") or diag($result->{err});
    }
    my $build = naslag({dir => $folder}, qw(build -q --worktree --out), "$folder/out");
    unlike($build->{err}, qr/ error: /, 'titles: no errors');
    my $table = slurp("$folder/out/data/documents.csv");
    for my $title (sort keys %titles) {
        my $shown = $title =~ s/^ +| +$|\xC2\xA0|\xE2\x80\xAE//gr =~ s/ +/ /gr =~ s/^ | $//gr;
        my $field = $shown =~ /[",]/ ? '"' . ($shown =~ s/"/""/gr) . '"' : $shown;
        like($table, qr/^notes\/\Q$titles{$title}\E,note,\Q$field\E,/m, "'$title': is what the site has");
    }
    my $plain = slurp("$folder/content/notes/wie-betaalt-het-licht.md");
    like($plain, qr/^title: Wie betaalt het licht\?$/m, 'no quotes where none are needed');
    my $words = naslag({dir => $folder}, qw(new topic White stork));
    is($words->{out}, "content/topics/white-stork.md\n", 'words without quotes are one name');
}

# -- What is refused --------------------------------------------------------------------------------

{
    my $folder = repository(%FILES);
    my @before = tree($folder);
    my $refused = sub {
        my ($name, $pattern, @words) = @_;
        my $result = naslag({dir => $folder}, 'new', @words);
        is($result->{status}, 2, "$name: status 2");
        is($result->{out}, '', "$name: nothing on standard output");
        like($result->{err}, $pattern, "$name: says so");
        is(scalar(() = $result->{err} =~ /\n/g), 1, "$name: in one line");
        is(join(' ', tree($folder)), "@before", "$name: nothing written");
    };
    $refused->('no kind', qr/topic, note or source is missing behind 'new'/);
    $refused->('another kind', qr/a topic, note or source, not 'page'/, 'page', 'x');
    $refused->('no name', qr/a name is missing behind 'note'/, 'note');
    $refused->('a file', qr/'content\/topics\/heron\.md' is there already/, 'topic', 'Heron');
    $refused->('a file by its slug', qr/'content\/topics\/Little Egret\.md' is there already/, 'topic', 'little egret');
    $refused->('a title', qr/the topic in 'content\/topics\/heron\.md' has the name 'grey HERON' already/, 'topic', 'grey HERON');
    $refused->('an alias', qr/in 'content\/topics\/heron\.md' has/, 'topic', 'ardea cinerea');
    $refused->('an abbreviation', qr/in 'content\/topics\/heron\.md' has/, 'topic', 'Gh');
    $refused->('a heading', qr/in 'content\/topics\/Little Egret\.md' has/, 'topic', 'Egretta');
    $refused->('a topic elsewhere', qr/in 'content\/birds\/stork\.md' has/, 'topic', 'Stork');
    $refused->('a text by its slug', qr/'content\/sources\/The Report\.txt' is there already/, 'source', 'The report');
    $refused->("the folder's page", qr/'Index' is the page of a folder/, 'note', 'Index');
    $refused->('README', qr/'README' is the page of a folder/, 'note', 'README');
    $refused->('a newline', qr/'a\\x0Ab' is not text on one line/, 'note', "a\nb");
    $refused->('an escape', qr/'a\\x1Bb' is not text/, 'note', "a\eb");
    $refused->('a C1 control', qr/is not text/, 'note', "a\xC2\x9Bb");
    $refused->('a line separator', qr/is not text/, 'note', "a\xE2\x80\xA8b");
    $refused->('broken UTF-8', qr/is not text/, 'note', "a\xFFb");
    $refused->('dots', qr/there is no letter or digit in '\.\.'/, 'note', '..');
    $refused->('a slash', qr/there is no letter or digit in '\/'/, 'note', '/');
    $refused->('nothing', qr/there is no letter or digit in ''/, 'note', '');
    $refused->('10,000 characters', qr/the name is longer than 200 bytes/, 'note', 'a' x 10000);
    my $record = naslag({dir => $folder}, qw(new source Letter));
    is($record->{out}, "content/sources/letter.md\n", 'the record of a text that is there');
    is(naslag({dir => $folder}, 'new', 'note', 'a' x 200)->{status}, 0, 'as long as may be');
    is(naslag({dir => $folder}, qw(new note Stork))->{status}, 0, 'a note may be called as a topic');

    mkdir "$folder/elsewhere";
    symlink '../elsewhere', "$folder/content/notes-link";
    rename "$folder/content/notes", "$folder/notes-away" or die;
    symlink '../elsewhere', "$folder/content/notes";
    my $link = naslag({dir => $folder}, qw(new note Away));
    is($link->{status}, 2, 'a folder that is a link: status');
    like($link->{err}, qr/cannot open the folder 'notes': it is a link or a file/, 'says so');
    is(join(' ', tree("$folder/elsewhere")), '', 'nothing is written there');
    like(naslag({dir => scratch()}, qw(new note x))->{err}, qr/there is no git repository/, 'no repository');
    like(naslag('new', '-C', bare($folder), 'note', 'x')->{err}, qr/is bare: it has no work tree/, 'a bare one');
}

# -- Where from -------------------------------------------------------------------------------------

{
    my $folder = repository(%FILES);
    is(naslag('new', '-C', $folder, 'note', 'One')->{out}, "$folder/content/notes/one.md\n", 'a path from elsewhere');
    is(naslag({dir => "$folder/content/topics"}, qw(new topic Two))->{out}, "two.md\n", 'from its folder');
    is(naslag({dir => "$folder/content/topics"}, qw(new note Three))->{out}, "$folder/content/notes/three.md\n",
        'from another one');
    is(naslag({dir => $folder}, qw(new --content other/base note Four))->{status}, 2, 'no such content folder');
    mkdir "$folder/other";
    is(naslag({dir => $folder}, qw(new --content other note Four))->{out}, "other/notes/four.md\n", 'another content folder');
}

# -- The user's own templates -----------------------------------------------------------------------

{
    my $folder = repository(%FILES, 'content/.naslag/new/note.md' =>
        "---\r\ntitle: {{title}}\r\nseen: {{date}} {{other}}\r\n---\r\n# {{title}}\r\n\r\n{{title}} on {{date}}\r\n");
    naslag({dir => $folder}, qw(new note), 'A: b {{date}}');
    my $today = today();
    is(slurp("$folder/content/notes/a-b-date.md"),
        "---\r\ntitle: \"A: b {{date}}\"\r\nseen: $today {{other}}\r\n---\r\n# A: b {{date}}\r\n\r\nA: b {{date}} on $today\r\n",
        'the own template, and nothing of a name filled in');
    like(slurp("$folder/" . naslag({dir => $folder}, qw(new topic Own))->{out} =~ s/\n//r), qr/^kind: concept/m,
        "the program's for another kind");
    spill("$folder/secret", "secret\n");
    symlink '../../../secret', "$folder/content/.naslag/new/source.md";
    my $link = naslag({dir => $folder}, qw(new source Own));
    is($link->{status}, 2, 'a template that is a link: status');
    like($link->{err}, qr/cannot read the template '\.naslag\/new\/source\.md'/, 'says so');
    is(naslag({dir => $folder}, qw(check -q))->{err} =~ /\.naslag/ ? 1 : 0, 0, 'templates are no content');
}
done_testing();
