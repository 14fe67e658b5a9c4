#!/usr/bin/env perl
# `naslag export`: the database holds what the files of `data/` hold, and can be searched.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use JSON::PP;
use Naslag;
use Test::More;

plan skip_all => 'sqlite3 is not installed' unless `sqlite3 --version 2>/dev/null`;

my %FILES = (
    'naslag.yaml' => "title: Dijken\n",
    'topics/dijk.md' => "---\ntitle: Dijkwacht\nkind: organisation\nabbreviation: DW\n---\nDe wacht.\n",
    'topics/sluis.md' => "---\ntitle: sluis\nrelations:\n  part_of: [Dijkwacht]\n---\nEen deur in het water.\n",
    'sources/brief.md' => "---\ntitle: Brief\nissuer: Gemeente \"Oever\"\ndate: 2024-05\n---\nSamenvatting.\n",
    'sources/brief.txt' => "Op 3 mei 2024 zag de Dijkwacht (DW) een sluis in de co\xC3\xB6peratie.\n\nDe DW telde 12 sluizen.\n",
    'notes/a.md' => "# A, \"b\"\n\nDe DW schrijft, #nat, over [[sluis]] [\@brief, \xC2\xB61].\n\n```\n'; DROP TABLE passages; --\n```\n",
);
my $repository = repository(%FILES);
my $folder = scratch();
my $database = "$folder/dijken.sqlite";

sub sql {
    my ($query, $file) = @_;
    my $result = run('sqlite3', '-csv', $file // $database, $query);
    is($result->{err}, '', "can be asked: $query");
    $result->{out} =~ s/\r?\n\z//;
    return $result->{out};
}

my $made = naslag('export', '-C', $repository, $database);
is($made->{status}, 0, 'makes a database') or diag($made->{err});
like($made->{out}, qr/^4 documents, 2 topics, \d+ passages, \d+ mentions/, 'says what is in it');
is(sql('PRAGMA integrity_check'), 'ok', 'it is sound');
is(sql('PRAGMA foreign_key_check'), '', 'every reference leads to a row');

my $site = "$folder/site";
naslag('build', '-q', '-C', $repository, '--out', $site);
for my $table (qw(documents topics mentions links facts definitions tags)) {
    my $csv = slurp("$site/data/$table.csv");
    my $rows = () = $csv =~ /\r\n/g;
    is(sql("SELECT count(*) FROM \"$table\""), $rows - 1, "$table has as many rows as its file");
    my ($names) = $csv =~ /^(.*?)\r\n/;
    my $columns = sql("SELECT group_concat(name) FROM pragma_table_info('$table')");
    is($columns =~ tr/"//dr, $names, "$table has the columns of its file");
}
my @passages = map { JSON::PP->new->utf8->decode($_) } split /\n/, slurp("$site/data/passages.jsonl");
is(sql('SELECT count(*) FROM passages'), scalar @passages, 'every passage is there');
is(sql("SELECT count(*) FROM passages WHERE text LIKE '%DROP TABLE%'"), 1, 'text is text');
is(sql("SELECT count(*) FROM passages_fts WHERE passages_fts MATCH 'cooperatie'"), 1, 'accents do not matter to a search');
is(sql("SELECT name FROM sqlite_master WHERE sql LIKE '%USING fts5%content=\"passages\"%'"),
    'passages_fts', 'the search belongs to its table, as Datasette looks for it');
is(sql("SELECT passages FROM topics_together"), sql(<<'SQL'), 'topics that meet are counted');
SELECT count(*) FROM (SELECT document, passage FROM mentions GROUP BY document, passage HAVING count(DISTINCT topic) = 2)
SQL
is(sql("SELECT count(*) FROM mentions_in_documents"), sql('SELECT count(*) FROM mentions'), 'the view has every mention');
is(sql("SELECT count(*) FROM passages_in_documents WHERE address LIKE '%.html#p%'"), scalar @passages, 'each passage has an address');

naslag('export', '-q', '-j', '1', '-C', $repository, "$folder/again.sqlite");
is(slurp("$folder/again.sqlite"), slurp($database), 'the same commit gives the same bytes');
is(naslag('export', '-q', '-C', $repository, $database)->{status}, 0, 'replaces a database of its own');

spill("$folder/mine.txt", "mine\n");
my $refused = naslag('export', '-C', $repository, "$folder/mine.txt");
is($refused->{status}, 2, 'refuses a file that it did not make');
like($refused->{err}, qr/was not made by naslag/, 'and says why');
is(slurp("$folder/mine.txt"), "mine\n", 'and leaves it');
system('sqlite3', "$folder/other.sqlite", 'CREATE TABLE a (b)');
is(naslag('export', '-C', $repository, "$folder/other.sqlite")->{status}, 2, 'also another database');
symlink($database, "$folder/link.sqlite");
is(naslag('export', '-C', $repository, "$folder/link.sqlite")->{status}, 2, 'and a link');
my $before = slurp($database);
for my $ending ('wal', 'journal') {
    spill("$database-$ending", 'unfinished');
    my $busy = naslag('export', '-C', $repository, $database);
    is($busy->{status}, 2, "refuses a database that has a -$ending");
    like($busy->{err}, qr/-$ending' is there: another program/, 'and says why');
    is(slurp($database), $before, 'and leaves it');
    unlink "$database-$ending";
}
my $nowhere = naslag('export', '-C', $repository, "$folder/none/x.sqlite");
is($nowhere->{status}, 2, 'a folder that is not there is a failure');
like($nowhere->{err}, qr/none.*No such file/i, 'that says so');
is(naslag('export', '-C', $repository)->{status}, 2, 'a file must be named');
opendir my $left, $folder or die;
is_deeply([grep { /\.sqlite\./ } readdir $left], [], 'nothing is left behind');
done_testing();
