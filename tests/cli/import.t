#!/usr/bin/env perl
# naslag import: each kind of file, what is noticed, what is never done, and what it says.
use strict;
use warnings;
use utf8;
use Encode qw(decode_utf8 encode_utf8);
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use POSIX ();
use Test::More;

sub installed {
    my ($program) = @_;
    return grep { -x "$_/$program" } split /:/, $ENV{PATH};
}

sub scans { return installed('tesseract') && run(qw(tesseract --list-langs))->{out} =~ /^nld$/m }

# -- Files to import --------------------------------------------------------------------------------

# A PDF with these objects; nobody needs its table of places to be right.
sub pdf_of {
    my ($count, $kids, @objects) = @_;
    my $n = 0;
    my $pdf = "%PDF-1.4\n";
    $pdf .= ++$n . " 0 obj\n$_\nendobj\n"
        for '<< /Type /Catalog /Pages 2 0 R >>',
            "<< /Type /Pages /Count $count /Kids [$kids] >>", @objects;
    return $pdf . "trailer\n<< /Root 1 0 R /Size " . ($n + 1) . " >>\n%%EOF\n";
}

sub stream {
    my ($dictionary, $bytes) = @_;
    return "<< $dictionary /Length " . length($bytes) . " >>\nstream\n$bytes\nendstream";
}

# A PDF of pages, each a list of lines.
sub pdf {
    my @pages = @_;
    my @objects = ('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
    my @kids;
    for my $lines (@pages) {
        my $y = 780;
        my $text = join '', map { $y -= 20; s/([()\\])/\\$1/g; "BT /F1 12 Tf 60 $y Td ($_) Tj ET\n" }
            my @copy = @$lines;
        push @objects, stream('', $text);
        my $content = @objects + 2;
        push @objects, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents '
            . "$content 0 R /Resources << /Font << /F1 3 0 R >> >> >>";
        push @kids, (@objects + 2) . ' 0 R';
    }
    return pdf_of(scalar @kids, "@kids", @objects);
}

# The first page of a PDF as a PDF that is nothing but its image.
sub scan_of {
    my ($pdf) = @_;
    my $image = run({in => $pdf}, qw(pdftoppm -r 200 -gray -f 1 -l 1 -))->{out};
    $image =~ s/^P5\s+(\d+)\s+(\d+)\s+255\s//s or die 'no image';
    my ($width, $height) = ($1, $2);
    return pdf_of(1, '5 0 R',
        stream("/Type /XObject /Subtype /Image /Width $width /Height $height "
             . '/ColorSpace /DeviceGray /BitsPerComponent 8', $image),
        stream('', 'q 595 0 0 842 0 0 cm /I Do Q'),
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R '
            . '/Resources << /XObject << /I 3 0 R >> >> >>');
}

my @LETTER = (
    'Gemeente Voorbeeldstad', '', 'Datum: 14 maart 2025',
    'Onderwerp: Wachttijden bij de jeugdhulp', 'Kenmerk: Z/25/0042', '', 'Geachte raadsleden,', '',
    'In deze brief leest u hoe lang jongeren wachten op hulp. Het college vindt',
    'dat zij te lang wachten en stelt daarom drie maatregelen voor, die samen',
    'twee miljoen euro kosten. Wij bespreken ze graag met u in de commissie.', '',
    'Hoogachtend,', '', 'A. Voorbeeld',
);
my $LETTER = join("\n", @LETTER) . "\n";

my $HTML = <<'HTML';
<!DOCTYPE html><html><head><meta charset="utf-8"><title>Advies over opvang</title></head><body>
<nav><a href="/">Startpagina</a></nav>
<main><h1>Advies over opvang</h1><p>3 mei 2024</p><p>De commissie adviseert het college om de
opvang van jongeren kleiner te maken &amp; dichter bij huis.</p><ul><li>Noord</li><li>Zuid</li></ul>
</main><footer>Volg ons</footer></body></html>
HTML

my $MAIL = encode_utf8(<<'MAIL') =~ s/\n/\r\n/gr;
Return-Path: <noor@example.org>
Received: from a by b; Mon, 3 Mar 2025 10:00:00 +0100
From: =?iso-8859-1?Q?Ren=E9e_Noord?= <renee@example.org>
To: "De raad" <raad@example.org>
Subject: =?utf-8?Q?Vragen_over_co=C3=B6rdinatie?=
 =?utf-8?Q?_van_zorg?=
Date: Mon, 3 Mar 2025 10:00:00 +0100
Message-ID: <1@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b1"

--b1
Content-Type: multipart/alternative; boundary="b2"

--b2
Content-Type: text/plain; charset=windows-1252
Content-Transfer-Encoding: quoted-printable

Geachte raad,

Het kost =80 12 miljoen, zeggen zij in een lange regel die onderweg wordt =
afgebroken.

--b2
Content-Type: text/html; charset=utf-8

<p>Niet deze</p>
--b2--
--b1
Content-Type: application/pdf
Content-Disposition: attachment; filename="bijlage.pdf"
Content-Transfer-Encoding: base64

JVBERi0=
--b1--
MAIL

# -- Helpers -----------------------------------------------------------------------------------------

# A folder with files to import, and a repository to import them to.
my $desk = scratch();

sub desk {
    my ($name, $bytes) = @_;
    spill("$desk/$name", $bytes);
    return "$desk/$name";
}

sub import {
    my ($repository, @words) = @_;
    return naslag('import', '-C', $repository, @words);
}

sub files { my ($folder) = @_; return join ' ', grep { !m{^\.git/} } tree($folder) }

sub fine {
    my ($result, $name) = @_;
    ok($result->{status} == 0 && $result->{err} eq '', "$name: status 0, no errors")
        or diag($result->{out}, $result->{err});
}

sub refused {
    my ($result, $pattern, $name) = @_;
    is($result->{status}, 1, "$name: status 1");
    like($result->{err}, qr/^naslag: '[^\n]*' was not imported: [^\n]*$pattern/m, "$name: says so");
}

my $letter = desk('letter.txt', $LETTER);
my $NAME = 'voorbeeldstad-brief-wachttijden-jeugdhulp-2025';

# -- A text ------------------------------------------------------------------------------------------

subtest 'a text' => sub {
    my $repository = repository('content/naslag.yaml' => "title: Proef\n");
    my $result = import($repository, '-n', $letter);
    fine($result, 'dry run');
    like($result->{out}, qr{would add +content/sources/$NAME\.txt}, 'dry run: says what it would do');
    like($result->{out}, qr{nothing was written}, 'dry run: and that it did not');
    is(files($repository), 'content/naslag.yaml', 'dry run: writes nothing');

    $result = import($repository, $letter);
    fine($result, 'import');
    like($result->{out}, qr/^\Q$letter\E: plain text, \d+ characters$/m, 'what it was taken for');
    like($result->{out}, qr/^  title +Wachttijden bij de jeugdhulp \(line 4: label 'Onderwerp'\)$/m, 'the title, and where');
    like($result->{out}, qr/^  date +2025-03-14 \(line 3: label 'Datum'\)$/m, 'the date, and where');
    like($result->{out}, qr{^  git -C \S+ add ':/content/sources/$NAME\.\*'$}m, 'what to do next');
    is(files($repository), "content/naslag.yaml content/sources/$NAME.md content/sources/$NAME.txt",
        'the text and a record');
    is(slurp("$repository/content/sources/$NAME.txt"), $LETTER, 'the bytes as they are');
    my $record = slurp("$repository/content/sources/$NAME.md");
    like($record, qr/^date: 2025-03-14  # regel 3: bij 'Datum'$/m, 'record: evidence');
    like($record, qr/^issuer: "Gemeente Voorbeeldstad"  # regel 1: briefhoofd$/m,
        'record: the issuer');
    like($record, qr/^kind: "brief"  # regel 7: aanhef$/m, 'record: what the kind rests on');
    like($record, qr/^author: "A\. Voorbeeld"  # regel 15: ondertekening$/m, 'record: the author');
    like($record, qr/^addressee:  # niet gevonden$/m, 'record: what is missing');
    my $build = naslag('build', '-C', $repository, '--worktree', '--out', scratch() . '/site');
    is("$build->{status} $build->{err}", '0 ', 'it builds without a word');
    my ($add) = $result->{out} =~ /^  (git .*)$/m;
    is(run('sh', '-c', "$add && git -C $repository diff --cached --name-only")->{out},
        "content/sources/$NAME.md\ncontent/sources/$NAME.txt\n", 'the command that it shows works');

    $result = import($repository, $letter);
    fine($result, 'again');
    like($result->{out}, qr{known +the same text is there: content/sources/$NAME\.txt}, 'again: said');
    my $copy = desk('copy.txt', $LETTER =~ s/\n/\r\n\r\n/gr);
    like(import($repository, $copy)->{out}, qr/the same text/, 'the same words in other lines');
    my $newer = desk('newer.txt', $LETTER =~ s/drie maatregelen/vier maatregelen/r);
    refused(import($repository, $newer), 'which has another text already', 'another text of a record');
    is(scalar(my @all = tree("$repository/content/sources")), 2, 'nothing was added');
    is(slurp("$repository/content/sources/$NAME.txt"), $LETTER, 'nothing was changed');
};

subtest 'nearly the same' => sub {
    my $long = join ' ', map { "woord$_" } 1 .. 300;
    my $repository = repository('sources/een.txt' => "$long\n");
    my $file = desk('nearly.txt', ($long =~ s/woord150/anders/r) . "\n");
    my $result = import($repository, $file);
    refused($result, q{nearly the same \(9\d %\) as 'sources/een\.txt'; --similar}, 'nearly the same');
    fine(import($repository, '--similar', $file), '--similar');
    is(files($repository), 'sources/een.txt sources/nearly.md sources/nearly.txt', '--similar: added');
    my $again = import(repository('README.md' => "# Leeg\n"), $file, desk('twin.txt', "$long\n"));
    refused($again, 'nearly the same', 'two in one go');
    like($again->{out}, qr/^1 imported, 0 known already, 1 not imported$/m, 'two in one go: counted');
};

subtest 'names' => sub {
    my $repository = repository("sources/$NAME.pdf" => 'x', 'README.md' => "# Proef\n");
    fine(import($repository, $letter), 'a name that is taken');
    ok(-e "$repository/sources/$NAME-2.txt", 'a name that is taken gets a number');
    my $other = desk('other.txt', "Een heel andere tekst over vogels en hun nesten.\n");
    fine(import($repository, '--name', 'vogels', $other), '--name');
    ok(-e "$repository/sources/vogels.md", '--name: is used');
    refused(import($repository, '--name', $NAME, desk('third.txt', "Over vissen en kikkers.\n")),
        "a source with the name '$NAME'", '--name: one that is taken');
    for my $name ('../uit', 'a/b', '.weg', 'Hoofd', '', '-x', 'x' x 61) {
        is(import($repository, "--name=$name", $other)->{status}, 2, "--name '$name' is refused");
    }
    is(import($repository, '--name', 'a', $letter, $other)->{status}, 2, '--name with two files');
    is(naslag('import')->{status}, 2, 'no file');
    is(import(scratch(), $letter)->{status}, 2, 'no repository');
    is(import(bare($repository), $letter)->{status}, 2, 'a bare repository');
    my $empty = scratch();
    run({dir => $empty}, qw(git init -q));
    fine(naslag({dir => $empty}, 'import', $letter), 'a repository without a commit, in the folder');
    is(files($empty), "sources/$NAME.md sources/$NAME.txt", 'its folder is made');
    my $english = repository('naslag.yaml' => "language: en\n");
    fine(import($english, '-q', $letter), '-q');
    is(import($english, '-q', $letter)->{out}, '', '-q: nothing is said');
    like(slurp("$english/sources/$NAME.md"), qr/# line 3: label 'Datum'$/m, 'a record in English');
    my $elsewhere = repository('kb/naslag.yaml' => "title: Kb\n");
    fine(import($elsewhere, '--content', 'kb', $letter), '--content');
    ok(-e "$elsewhere/kb/sources/$NAME.md", '--content: is where it goes');
};

subtest 'records that are there' => sub {
    my $record = sub { "---\n" . join('', map { "$_\n" } @_) . "---\n\nSamenvatting.\n" };
    my $repository = repository(
        'sources/kenmerk.md' => $record->('title: Anders', 'reference: z 25 0042'),
        'sources/2024/titel.md' => $record->('title: Advies over vogels en nesten', 'date: 2024-05'),
        'sources/naamloos.md' => $record->('title: Naamloos'));
    my $result = import($repository, $letter);
    fine($result, 'by reference');
    like($result->{out}, qr{belongs to +sources/kenmerk\.md, by its reference}, 'by reference: said');
    my $advice = desk('advice.txt',
        "Datum: 3 mei 2024\nOnderwerp: Advies over nesten en vogels\n\nGeachte leden,\n\nVogels.\n");
    fine(import($repository, $advice), 'by date and title');
    ok(-e "$repository/sources/2024/titel.txt", 'by date and title: also in a folder');
    my $plain = desk('plain.txt', "Een tekst die niets van zichzelf zegt.\n");
    fine(import($repository, '--name', 'naamloos', $plain), 'by name');
    is(files($repository), join(' ', map { "sources/$_" } '2024/titel.md', '2024/titel.txt',
        'kenmerk.md', 'kenmerk.txt', 'naamloos.md', 'naamloos.txt'), 'no record was added');
    is(slurp("$repository/sources/kenmerk.md"), $record->('title: Anders', 'reference: z 25 0042'),
        'no record was changed');
    my $twice = repository(map { ("sources/$_.md" => $record->('title: A', 'reference: Z/25/0042')) }
        'een', 'twee');
    like(import($twice, $letter)->{out}, qr/it may belong to 'sources\/een\.md' or/, 'two candidates');
};

# -- What must not happen -----------------------------------------------------------------------------

subtest 'hostile' => sub {
    my $repository = repository('README.md' => "# Proef\n");
    my $result = import($repository, "$desk/none.txt", desk('empty.pdf', ''),
        desk('page.pdf', '<!DOCTYPE html><p>404</p>'), desk('text.pdf', 'gewone tekst'),
        desk('bytes.txt', "a\0\1\2\3\4\5\6\7" x 100), desk('sheet.xlsx', "PK\3\4" . 'x' x 40),
        $desk, $letter);
    is($result->{status}, 1, 'one of many is fine: status 1');
    like($result->{err}, qr/$_/, "says: $_") for 'none\.txt.*no such file', 'empty\.pdf.*an empty file',
        'page\.pdf.*no PDF but a web page', 'text\.pdf.*no PDF', 'bytes\.txt.*no text',
        'sheet\.xlsx.*an archive', 'is a folder';
    like($result->{out}, qr/^1 imported, 0 known already, 7 not imported$/m, 'the others went on');
    is(files($repository), "README.md sources/$NAME.md sources/$NAME.txt", 'only that one is there');

    # Nobody writes to this pipe: it is not waited for.
    POSIX::mkfifo("$desk/pijp.txt", 0600) or die;
    refused(run('timeout', 20, $NASLAG, 'import', '-C', $repository, "$desk/pijp.txt"),
        'is not a file but a pipe', 'a pipe');
    refused(import($repository, '/dev/zero'), 'is not a file but', 'a device');

    # Names that look like options, lead elsewhere or hold control characters.
    $repository = repository('README.md' => "# Proef\n");
    my $texts = 0;
    for my $name ('-rf.txt', "\e[31mrood\n.txt", '$(id).txt', 'a b;c.txt', '..txt') {
        my @words = map { $_ . ++$texts } qw(boom roos vis maan huis fiets);
        desk($name, "@words\n");
        my $one = naslag({dir => $desk}, 'import', '-C', $repository, '--', $name);
        is($one->{status}, 0, "a name is a name ($texts)") or diag($one->{err});
        unlike($one->{out} . $one->{err}, qr/\e/, "no control characters are printed ($texts)");
    }
    is(scalar(grep { !m{^sources/[a-z0-9-]+\.(?:md|txt)$} && $_ ne 'README.md' }
        grep { !m{^\.git/} } tree($repository)), 0, 'names of files are harmless');

    # What a text says of itself stays what it says.
    my $title = "Onderwerp: \"x\\ \x1b[31m'}: # %% ---\n";
    my $evil = desk('evil.txt', "Datum: 3 mei 2024\n${title}Kenmerk: ../../x\n\nGeachte heer,\n\nTekst.\n");
    fine(import($repository, '--name', 'evil', $evil), 'a strange title');
    my $build = naslag('build', '-C', $repository, '--worktree', '--out', scratch() . '/site');
    unlike($build->{err}, qr{sources/evil\.md}, 'the record is well-formed');

    my $linked = repository('echt/x.md' => "# X\n");
    symlink 'echt', "$linked/sources";
    refused(import($linked, $letter), 'is a link', 'a linked folder');
    is(files($linked), 'echt/x.md sources', 'a linked folder: nothing is written');
    my $blocked = repository('README.md' => "# X\n", 'sources/x.md' => "---\ntitle: X\n---\n");
    symlink '../weg', "$blocked/sources/$NAME.txt";
    fine(import($blocked, $letter), 'a link under the name');
    ok(!-e "$blocked/weg" && -e "$blocked/sources/$NAME-2.txt", 'a link under the name: another name');
};

# -- Other formats --------------------------------------------------------------------------------------

subtest 'PDF' => sub {
    plan skip_all => 'pdftotext (poppler-utils) is not installed' unless installed('pdftotext');
    my $repository = repository('README.md' => "# Proef\n");
    my $bytes = pdf([@LETTER], ['Bijlage', 'Cijfers over 2024.']);
    my $result = import($repository, desk('-brief.pdf', $bytes));
    fine($result, 'a PDF');
    like($result->{out}, qr/: a PDF, 2 pages, \d+ characters$/m, 'what it was taken for');
    is(files($repository), join(' ', 'README.md', map { "sources/$NAME.$_" } qw(md pdf txt)),
        'text, record and original');
    is(slurp("$repository/sources/$NAME.pdf"), $bytes, 'the original as it is');
    like(slurp("$repository/sources/$NAME.txt"), qr/A\. Voorbeeld\s*\f\s*Bijlage\s.*\f$/s,
        'form feeds between pages');

    my $second = repository('sources/tekst.txt' => slurp("$repository/sources/$NAME.txt"));
    fine(import($second, "$desk/-brief.pdf"), 'the original of a text that is there');
    is(files($second), 'sources/tekst.pdf sources/tekst.txt', 'is put beside it');
    like(import($second, "$desk/-brief.pdf")->{out}, qr/sources\/tekst\.pdf' is there and stays/,
        'once');

    my @long = map { my $n = $_; join ' ', map { "woord$n$_" } 1 .. 8 } 1 .. 30;
    my $report = desk('verslag.pdf', pdf(['Datum: 3 mei 2024', 'Onderwerp: Verslag van het bezoek',
        'Kenmerk: V/24/0077', '', 'Geachte leden,', '', @long]));
    my $other = repository('sources/v.md' => "---\ntitle: V\nreference: V/24/0077\n---\n",
        'sources/v.txt' => join("\n\n", 'Verslag', @long) . "\n");
    fine(import($other, $report), 'the original of a text that was read in another way');
    is(files($other), 'sources/v.md sources/v.pdf sources/v.txt', 'is put beside it too');
    refused(import($other, $report), 'which has another text already', 'but once');

    refused(import($repository, desk('stuk.pdf', "%PDF-1.4\nniets")), 'PDF', 'a broken PDF');
    refused(import($repository, desk('nul.pdf', pdf_of(0, ''))), 'a PDF without pages', 'no pages');
    refused(import($repository, desk('wit.pdf', pdf([]))), 'none of its pages \(1\) has text', 'a white page');
    is(scalar(my @all = tree("$repository/sources")), 3, 'of these nothing was added');
};

subtest 'scans' => sub {
    plan skip_all => 'poppler-utils is not installed' unless installed('pdftoppm');
    my $repository = repository('README.md' => "# Proef\n");
    my $scan = desk('scan.pdf', scan_of(pdf([@LETTER])));
    if (!scans()) {
        refused(import($repository, $scan), 'none of its pages \(1\) has text: .*apt install tesseract',
            'without tesseract');
        return;
    }
    my $result = import($repository, $scan);
    fine($result, 'a scan');
    like($result->{out}, qr/no readable text layer on page 1: read from the image/, 'is said');
    like(slurp("$repository/sources/$NAME.txt"), qr/stelt daarom drie maatregelen voor/, 'is read');
    # Without the programs in PATH it says which are missing.
    $result = naslag({env => {PATH => '/nonexistent'}}, 'import', '-C', $repository, $scan);
    refused($result, "'pdftotext', which is not installed: apt install poppler-utils", 'no programs');
};

subtest 'documents' => sub {
    plan skip_all => 'pandoc is not installed' unless installed('pandoc');
    my $repository = repository('README.md' => "# Proef\n");
    my $result = import($repository, desk('advies.html', $HTML));
    fine($result, 'a web page');
    my ($name) = grep { s{^(sources/.*)\.txt$}{$1} } tree($repository);
    my $text = slurp("$repository/$name.txt");
    like($text, qr/^De commissie adviseert het college om de opvang van jongeren kleiner te maken & /m,
        'a paragraph is a line');
    unlike($text, qr/Startpagina|Volg ons/, 'without menus');
    like($text, qr/^\s*-\s+Noord$/m, 'lists stay lists');
    ok(-e "$repository/$name.html", 'the original is there');
    my $table = "| Regio | Weken |\n|---|---|\n| Noord | 12 |\n| Zuid | 9 |\n";
    for my $format (qw(docx odt rtf)) {
        my $in = "Datum: 3 mei 2024\n\n# Kop\n\nDe raad **$format** besluit over vogels.\n\n$table";
        my $made = run({in => $in},
            'pandoc', '-s', '-f', 'markdown', '-t', $format, '-o', "$desk/stuk.$format");
        is($made->{status}, 0, "$format is made") or diag($made->{err});
        my $own = repository('README.md' => "# Proef\n");
        fine(import($own, '--name', 'stuk', "$desk/stuk.$format"), $format);
        like(slurp("$own/sources/stuk.txt"), qr/^De raad $format besluit over vogels\.$/m, "$format: text");
        like(slurp("$own/sources/stuk.txt"), qr/^ *Noord +12$/m, "$format: a table");
        unlike(slurp("$own/sources/stuk.txt"), qr/-{10}/, "$format: without the lines around it");
        is(slurp("$own/sources/stuk.$format"), slurp("$desk/stuk.$format"), "$format: original");
    }
};

# What a page offers of the originals beside a record.
subtest 'originals' => sub {
    my $record = "---\ntitle: T\n---\n\n%%\nNog te doen.\n%%\n";
    my $text = join '', map { "$_. Kop $_\n\nDit is de tekst van deel $_.\n\n" } 1 .. 6;
    my $repository = repository('naslag.yaml' => "language: nl\n",
        (map { ("sources/$_.md" => $record, "sources/$_.txt" => $text, "sources/$_.$_" => "$_\n") }
            qw(pdf docx odt rtf html eml)),
        map { ("sources/$_" => "x\n") } qw(alle.odt alle.docx alle.pdf alle.md alle.rtf alle.html));
    my $site = scratch() . '/site';
    is(naslag('build', '-C', $repository, '--out', $site)->{err}, '', 'it builds without a word');
    for my $kind (qw(pdf docx odt rtf)) {
        like(slurp("$site/bronnen/$kind.html"), qr{href="\.\./bestanden/sources/$kind\.$kind"},
            "$kind: is offered");
        is(slurp("$site/bestanden/sources/$kind.$kind"), "$kind\n", "$kind: is there");
    }
    for my $kind (qw(html eml)) {
        unlike(slurp("$site/bronnen/$kind.html"), qr{bestanden/}, "$kind: is not offered");
    }
    is(join(' ', grep { /^bestanden/ } tree($site)), join(' ', map { "bestanden/sources/$_" }
        qw(alle.pdf docx.docx odt.odt pdf.pdf rtf.rtf)), 'nothing else is copied; of more the first');
    my $page = slurp("$site/bronnen/pdf.html");
    like($page, qr{href="#[^"]*kop-1"}, 'a page with contents');
    unlike($page, qr{part\.summary}, 'that name no summary where the record has none yet');
};

subtest 'mail' => sub {
    plan skip_all => 'mshow (mblaze) is not installed' unless installed('mshow');
    my $repository = repository('README.md' => "# Proef\n");
    my $result = import($repository, '--name', 'mail', desk('vragen.eml', $MAIL));
    fine($result, 'a mail');
    like($result->{out}, qr/attachment 'bijlage\.pdf' was left/, 'attachments are named');
    is(slurp("$repository/sources/mail.txt"), encode_utf8(<<'TEXT'), 'fields and text');
Van: Renée Noord
Aan: De raad
Datum: 3 maart 2025
Onderwerp: Vragen over coördinatie van zorg

Geachte raad,

Het kost € 12 miljoen, zeggen zij in een lange regel die onderweg wordt afgebroken.
TEXT
    is(slurp("$repository/sources/mail.eml"), $MAIL, 'the original as it is');
    my $nameless = $MAIL =~ s/^From: .*$/From: <piet\@example.org>/mr
        =~ s/^To: .*$/To: "jan\@example.org" <jan\@example.org>, raad\@example.org/mr;
    fine(import($repository, '--similar', '--name', 'kaal', desk('kaal.eml', $nameless)), 'no names');
    like(decode_utf8(slurp("$repository/sources/kaal.txt")), qr/^Van: piet\@…\nAan: jan\@…, raad\@…\n/, 'addresses lose their hosts');
    like($result->{out}, qr/^  date +2025-03-03 /m, 'its date is found');
};

subtest 'the real documents' => sub {
    my $shared = shared();
    plan skip_all => 'no ../shared/sources' unless $shared;
    my $copy = scratch() . '/copy';
    run('git', 'clone', '-q', $ROOT, $copy);
    my @texts = glob "$shared/sources/*.txt";
    my $result = import($copy, @texts);
    fine($result, 'all of them');
    my @records = map { m{^(.*)\.md$} ? $1 : () } tree("$ROOT/content/sources");
    ok(-e "$copy/content/sources/$_.txt", "$_ is found") for @records;
    is(scalar(my @added = $result->{out} =~ /^  added /mg), scalar @texts, 'and nothing else is added');
    $result = import($copy, @texts);
    fine($result, 'again');
    like($result->{out}, qr/^0 imported, 5 known already, 0 not imported$/m, 'again: all are known');
};

done_testing();
