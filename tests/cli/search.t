#!/usr/bin/env perl
# naslag search: what each part of the query language finds, how it is told, and what is wrong with a
# query or an index.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use JSON::PP;
use Test::More;

my %files = (
    'naslag.yaml' => "title: Proef\nlanguage: nl\n",
    'topics/zeesluis.md' => "---\ntitle: Zeesluis\nabbreviation: ZSL\naliases: [roehaven, grote poort]\n---\nKeert het water.\n",
    'topics/gemaal.md' => "---\ntitle: Gemaal\n---\nPompt.\n",
    'sources/brief.md' => "---\ntitle: De brief over dijken\nissuer: Raad van Zuid\nkind: letter\ndate: 2025-03-02\ntags: [nat, oud land]\n---\n",
    'sources/brief.txt' => "De dijk is oud en moet hoger.\n\nDe roehaven blijft dicht, zegt café Één-op-een.\n\f"
        . "Tweede bladzijde: drie regio's en de rivierdijk langs het water.\n",
    'sources/rapport.md' => "---\ntitle: Rapport\nissuer: Dienst Noord\nkind: report\ndate: 2023-11\n---\n"
        . "Het gemaal pompt 1.234,5 liter. De e-mail over het gemaal is kwijt.\n\nHogere dijken kosten geld, oude polders ook.\n",
    'sources/memo.md' => "---\ntitle: Memo\nissuer: Raad van Noord\ndate: 2021\ntags: [droog]\n---\n"
        . "De polder ligt laag. Een email volgt.\n\nHoog water bij de sluis; dijk, kade, brug, stuw, haven.\n",
    'notes/vorm.md' => "---\ntitle: '=Vorm, \"raar\"'\n---\n=1+1 staat hier, \"zo\" gezegd.\n\n\@gemaal en de ZSL.\n\n-1 graad & <b>vet</b>.\n",
    'notes/kort.md' => "# Kort\n\nEen grote poort aan zee.\n",
);
my $repository = repository(%files);
my $site = scratch() . '/site';
my $built = naslag('build', '-q', '-C', $repository, '--out', $site);
is($built->{status}, 0, 'it builds') or diag($built->{err});

sub search { return naslag('search', '--site', $site, @_) }
sub json { return decode_json(search('--json', '-n', 1000, '--', @_)->{out}) }
sub documents { return join ' ', sort map { $_->{id} =~ s{.*/}{}r } @{$_[0]{results}} }
sub finds { my ($query, $expected, $name) = @_; is(documents(json($query)), $expected, $name // $query) }

# -- Words ----------------------------------------------------------------------------------------

finds('dijk AND oud', 'brief rapport', 'all words, in any form, anywhere in the document');
finds('DIJKEN', 'brief memo rapport', 'capitals and forms');
finds('cafe', 'brief', 'accents');
finds('Cáfé', 'brief', 'accents that the text lacks');
finds("regio\xE2\x80\x99s", 'brief', 'apostrophes of either kind');
finds('een-op-een', 'brief');
finds('eenopeen', 'brief', 'a hyphen that the query lacks');
finds('e-mail', 'memo rapport', 'a hyphen that the text lacks');
finds('email', 'memo rapport', 'a hyphen that the query lacks');
finds('1.234,5', 'rapport', 'a number');
finds('rivierdijk', 'brief', 'a compound is a word of its own');
finds('de', 'brief memo rapport vorm', 'a stop word alone is a word');
finds('"de polder"', 'memo', 'a stop word counts in quotation marks');

# -- Phrases, stars, NEAR -------------------------------------------------------------------------

finds('"dijk is oud"', 'brief');
finds('"dijken is oud"', '', 'a phrase is verbatim');
finds('"hogere dijken"', 'rapport');
finds('"hoger dijk"', '', 'in each of its words');
finds('"oud dijk"', '', 'and in their order');
finds('"dicht tweede"', '', 'a phrase stays within a passage');
finds('"oude pol*"', 'rapport', 'a star in a phrase');
finds('rivier*', 'brief');
finds('*dijk', 'brief memo', 'a star before a word: those that end so');
finds('dijk NEAR/1 oud', 'brief');
finds('oud NEAR/1 dijk', 'brief', 'near in either order');
finds('dijk NEAR/2 moet', '', 'too far');
finds('dijk NEAR/3 moet', 'brief', 'near enough');
finds('dijk NEAR hoger', 'brief rapport', 'near in a passage');
finds('"dijk is" NEAR/2 hoger', '', 'three words between');
finds('"dijk is oud" NEAR/2 hoger', 'brief', 'the words of a phrase are none between');
finds('hoger NEAR/2 "dijk is oud"', 'brief', 'whichever comes first');
finds('polder NEAR/3 (laag OR kade)', 'memo', 'near one of several');

# -- AND, OR, NOT ---------------------------------------------------------------------------------

finds('gemaal OR polder', 'gemaal memo rapport vorm');
finds('gemaal OF polder', 'gemaal memo rapport vorm', 'in Dutch');
finds('dijk -gemaal', 'brief memo');
finds('dijk NOT gemaal', 'brief memo');
finds('dijk NIET "hoog water"', 'brief rapport');
finds('dijk AND (gemaal OR kade)', 'memo rapport');
finds('dijk -(gemaal OR kade)', 'brief');
finds('(dijk AND oud) OR zee', 'brief kort rapport');

# -- Fields ---------------------------------------------------------------------------------------

finds('year:2025', 'brief');
finds('year:2021..2023', 'memo rapport');
finds('jaar:2023..', 'brief rapport');
finds('year:..2022', 'memo');
finds('year:(2021 OR 2025)', 'brief memo');
finds('issuer:noord', 'memo rapport', 'an issuer by a word of its name');
finds('issuer:"Raad van Noord"', 'memo');
finds('afzender:raad', 'brief memo', 'an issuer by the beginning of its name');
finds('kind:letter', 'brief');
finds('soort:brief', 'brief', 'a kind by its name in Dutch');
finds('kind:source', 'brief memo rapport');
finds('soort:onderwerp', 'gemaal zeesluis');
finds('source:rap', 'rapport', 'the beginning of a name');
finds('tag:"oud land"', 'brief');
finds('tag:droog dijk', 'memo');
finds('dijk -year:2023', 'brief memo');

# -- Topics ---------------------------------------------------------------------------------------

for my $name ('zeesluis', 'roehaven', '"grote poort"', 'ZSL') {
    finds("topic:$name", 'brief kort vorm zeesluis', "topic:$name, by any of its names");
}
finds('zeesluis', 'brief kort vorm zeesluis', 'a word that names a topic finds all its names');
finds('roehaven', 'brief kort vorm zeesluis', 'another name finds its page');
finds('grote poort', 'brief kort vorm zeesluis', 'a name of several words');
finds('"roehaven"', 'brief', 'but not in quotation marks');
is_deeply([map { $_->{id} } @{json('roehaven')->{topics}}], ['onderwerpen/zeesluis'], 'the topic is told');
is_deeply([grep { /grote/ } map { @{$_->{text}} } map { @{$_->{passages}} } @{json('roehaven')->{results}}],
    ['grote poort'], 'its name in the text is marked');

# -- Words that are lacking -----------------------------------------------------------------------

my $answer = json('dijk gemaal kade brug stuw');
is_deeply([map { $_->{id} =~ s{.*/}{}r, $_->{without} } @{$answer->{results}}], [memo => ['gemaal']],
    'a document without a word tells which');
is("$answer->{documents} $answer->{partly}", '0 1', 'and is counted by itself');
finds('dijk AND gemaal AND kade AND brug AND stuw', '', 'not where all are said to be wanted');
finds('dijk de het', 'brief memo rapport', 'a stop word may be lacking');
$answer = json('gemaalx');
is_deeply($answer->{missing}[0], {word => 'gemaalx', start => 0, end => 7, suggestions => ['gemaal']}, 'a suggestion');
is_deeply([map { [map { $_->{suggestions}[0] // () } @{json($_)->{missing}}] } 'solker', 'gemaax', 'egmaal', 'remaal', 'polser', 'kogere'],
    [[], ['gemaal'], ['gemaal'], ['gemaal'], ['polder'], ['hogere']], 'which begins as the word does, or is but one letter away');
my $text = search('gemaalx');
is($text->{status}, 1, 'nothing is found');
like(search('memo')->{out}, qr/^1 document$/m, 'a title alone has no passages to count') or diag(search('memo')->{out});
like($text->{out}, qr/^nothing has 'gemaalx'; did you mean 'gemaal'$/m, 'which is told');
is(json("\xF0\x9F\x8C\x8A gemaalx")->{missing}[0]{start}, 3, 'places are counted as JavaScript does');

# -- What is wrong with a query -------------------------------------------------------------------

my @PROBLEMS = (
    ['dijk "oud', 'quote-open', '     ^^^^'], ['dijk (oud', 'bracket-open', '     ^'],
    ['dijk) oud', 'bracket-unopened', '    ^'], ['dijk AND', 'operand-missing', '     ^^^'],
    ['dijk NEAR/0 oud', 'near-distance', '     ^^^^^^'], ['dijk NEAR/2 year:2025', 'near-operand', '     ^^^^^^'],
    ['titel:dijk', 'field-unknown', '^^^^^^'], ['dijk topic:', 'field-empty', '     ^^^^^^'],
    ['year:20', 'year-wrong', '^^^^^^^'], ['-dijk', 'only-not', '^^^^^'], ['é* dijk', 'star-short', '^^'],
    ['dijk ' x 300, 'too-long', undef], ['(' x 15 . 'dijk' . ')' x 15, 'too-deep', ' ' x 14 . '^'],
);
for my $problem (@PROBLEMS) {
    my ($query, $code, $caret) = @$problem;
    my $result = search('--', $query);
    is($result->{status}, 2, "$code: a status of its own");
    is($result->{out}, '', "$code: nothing is answered");
    like($result->{err}, qr/^naslag: [^\n]+ \[$code\]\n  \Q$query\E\n/, "$code: told above the query");
    like($result->{err}, qr/\n  \Q$caret\E\n/, "$code: the place is shown") if defined $caret;
}
like(search('--', "dijk \x1B[2J\"")->{err}, qr/^  dijk (?!\x1B)/m, 'control characters are not obeyed');

# -- Outputs --------------------------------------------------------------------------------------

is(search('dijk')->{status}, 0, 'something is found');
like(search('dijk', 'polder')->{out}, qr/^\S+ passages? in \S+ documents?/, 'words by themselves are a query');
like(search('rivierdijk')->{out}, qr/\n1\. De brief over dijken\n    brief, Raad van Zuid, 2025-03-02 - bronnen\/brief\.html\n    #p3 p\. 2: .*\*rivierdijk\*/,
    'title, kind, issuer, date, address, passage, page and mark');
my $result = search('--json', 'rivierdijk');
$answer = decode_json($result->{out});
is(join(' ', sort keys %$answer),
    'documents facets facets_whole missing partly passages problems query results topics whole', 'fields of an answer');
is(join(' ', sort keys %{$answer->{results}[0]}),
    'count date id issuer kind label passages score title together', 'fields of a result');
is(join(' ', sort keys %{$answer->{results}[0]{passages}[0]}), 'number page text topics', 'fields of a passage');
is($answer->{results}[0]{passages}[0]{text}[1], 'rivierdijk', 'marks stand at the odd places');
my %facets = map { $_->{field} => {map { $_->{value} => $_->{count} } @{$_->{values}}} } @{json('dijk')->{facets}};
is_deeply($facets{year}, {2025 => 1, 2023 => 1, 2021 => 1}, 'years of what was found');
is_deeply($facets{issuer}, {'Raad van Zuid' => 1, 'Dienst Noord' => 1, 'Raad van Noord' => 1}, 'issuers');
is($facets{topic}{zeesluis}, 1, 'topics');
for my $facet (grep { $_->{field} ne 'year' } @{json('dijk')->{facets}}) {
    for my $value (@{$facet->{values}}) {
        my $narrowed = json("dijk $facet->{field}:\"$value->{value}\"");
        is($narrowed->{documents}, $value->{count},
            "$facet->{field} '$value->{label}' narrows to as many as it says");
    }
}
ok(eval { decode_json(search('--json', '--', "dijk \xFF\xC3 \x01 \"\\")->{out} || '{}'); 1 }, 'JSON whatever is typed') or diag($@);
for my $odd ("dijk\xFF", "\xC3", "dijk\x01\x7F") {
    my $bytes = search('--json', '--', $odd)->{out};
    ok(eval { decode_json($bytes); 1 }, 'JSON is well-formed where the query is not') or diag($@);
}

my $table = search('--csv', 'staat OR gezegd OR gemaal')->{out};
my @rows = split /\r\n/, $table;
is($rows[0], 'document,passage,page,date,title,score,text', 'the columns of a table');
my ($formula) = grep { /,1,,,/ } grep { /^notities\/vorm/ } @rows;
like($formula // '', qr/^notities\/vorm,1,,,"'=Vorm, ""raar""",[\d.]+,"'=1\+1 staat hier, /, 'quoted, and no formula');
ok((grep { /,'\@gemaal en/ } @rows), 'nor where a cell begins with @');
like($table, qr/\r\n\z/, 'each line ends in CR LF');
is(search('--csv', 'onbestaanbaar')->{out}, "document,passage,page,date,title,score,text\r\n", 'a table without rows');
is(search('--csv', 'onbestaanbaar')->{status}, 1, 'which is nothing');

# -- A file of queries ----------------------------------------------------------------------------

spill("$site.queries", "rivierdijk\r\n\n  \"dijk is oud\"  \n=gemaal\nonbestaanbaar\n");
$result = search('--batch', "$site.queries");
is($result->{status}, 0, 'something of it is found');
@rows = split /\r\n/, $result->{out};
is(shift @rows, 'query,document,passage,page,date,title,score,text', 'with the query in front');
like($rows[0], qr/^rivierdijk,bronnen\/brief,3,2,/, 'the first');
like($rows[1], qr/^"""dijk is oud""",bronnen\/brief,1,1,/, 'the second, quoted');
like($rows[2], qr/^'=gemaal,/, 'the third, no formula');
spill("$site.queries", "onbestaanbaar\n");
is(search('--batch', "$site.queries")->{status}, 1, 'nothing');
spill("$site.queries", "dijk (\nrivierdijk\n");
$result = search('--batch', "$site.queries");
is($result->{status}, 2, 'one that cannot be read');
like($result->{err}, qr/bracket-open/, 'is told');
like($result->{out}, qr/^rivierdijk,/m, 'and the others are searched');
$result = search('--batch', "$site.none");
is($result->{status}, 2, 'no such file');
like($result->{err}, qr/^naslag: cannot open '\Q$site.none\E'/, 'which is told');

# -- Pages and order ------------------------------------------------------------------------------

my $query = 'dijk OR gemaal OR polder OR zee OR water';
my $whole = json($query)->{results};
cmp_ok(scalar @$whole, '>', 5, 'several results');
my @joined;
for (my $first = 1; $first <= @$whole; $first += 2) {
    push @joined, @{decode_json(search('--json', '--first', $first, '-n', 2, $query)->{out})->{results}};
}
is_deeply(\@joined, $whole, 'pages put together are the whole');
is(search('--first', 100, $query)->{status}, 1, 'beyond the last there is nothing');
like(search('--first', 3, '-n', 1, $query)->{out}, qr/\n3\. /, 'numbers go on');
is_deeply([map { $_->{date} } grep { $_->{date} } @{decode_json(search('--json', '--sort', 'newest', $query)->{out})->{results}}],
    ['2025-03-02', '2023-11', '2021'], 'the newest first');
is_deeply([map { $_->{date} } @{decode_json(search('--json', '--sort', 'oldest', $query)->{out})->{results}}[0 .. 3]],
    ['2021', '2023-11', '2025-03-02', ''], 'the oldest first, without a date last');
is(scalar @{decode_json(search('--json', '--passages', 1, 'gemaal OR dijken')->{out})->{results}[0]{passages}}, 1, 'one passage of each');

# -- Indexes --------------------------------------------------------------------------------------

my $none = scratch();
$result = naslag('search', '--site', $none, 'dijk');
is($result->{status}, 2, 'no index');
like($result->{err}, qr/^naslag: '\Q$none\E' holds no search index; 'naslag build --out/, 'tells how to make one');
is($result->{out}, '', 'and answers nothing');

sub damaged {
    my ($name, $reason, $harm) = @_;
    my $copy = scratch() . '/site';
    run('cp', '-r', $site, $copy);
    $harm->("$copy/search");
    for my $format ([], ['--json'], ['--csv']) {
        my $result = naslag('search', '--site', $copy, @$format, 'rivierdijk');
        is($result->{status}, 2, "$name: @$format");
        like($result->{err}, qr/^naslag: the search index in '\Q$copy\E' is damaged: $reason\n\z/, "$name: is told");
        unlike($result->{out}, qr/rivierdijk/, "$name: nothing is answered");
    }
}

# -- Several languages ----------------------------------------------------------------------------

my $twins = scratch() . '/site';
is(naslag('build', '-q', '-C', site_repository('tweeling'), '--out', $twins)->{status}, 0, 'two languages: it builds');
for my $queries (['kind:brief', 'kind:letter'], ['kind:organisatie', 'kind:organisation'], ['kind:notitie', 'kind:note'], ['kind:bron', 'kind:source']) {
    my @found = map { decode_json(naslag('search', '--site', $twins, '--json', '-n', 100, '--', $_)->{out}) } @$queries;
    isnt(documents($found[0]), '', "$queries->[0] finds something");
    is(documents($found[1]), documents($found[0]), "$queries->[1] finds the same");
}
unlike(slurp("$twins/zoeken.html"), qr/search\.kinds/, 'the index has the names of kinds in the main language');
like(slurp("$twins/en/search.html"), qr{<data value="brief">letter</data>}, 'the page in another has its own');
like(slurp("$twins/en/search-help.html"), qr/kind:letter/, 'and shows by one of those how to ask');

damaged('index.bin is no zlib', qr/a file can't be unpacked/, sub { spill("$_[0]/index.bin", 'junk') });
damaged('index.bin is empty', qr/a file can't be unpacked/, sub { spill("$_[0]/index.bin", '') });
damaged('index.bin is cut', qr/a file can't be unpacked/, sub { spill("$_[0]/index.bin", substr slurp("$_[0]/index.bin"), 0, -9) });
damaged('parts are gone', qr/a file is missing/, sub { unlink grep { !m{/t/|/index} } glob "$_[0]/*/*.bin" });
damaged('texts are gone', qr/a file is missing/, sub { run('rm', '-r', "$_[0]/t") });
damaged('parts are exchanged', qr/a file is not what its name says/, sub {
    my @parts = grep { !m{/t/} } glob "$_[0]/??/*.bin";
    spill($_, slurp("$_[0]/index.bin")) for @parts;
});
damaged('another version', qr/index\.bin is no index of this version/, sub {
    require Compress::Zlib;
    my $bytes = Compress::Zlib::uncompress(slurp("$_[0]/index.bin"));
    substr($bytes, 13, 1) = "\x63";
    spill("$_[0]/index.bin", Compress::Zlib::compress($bytes));
});
done_testing();
