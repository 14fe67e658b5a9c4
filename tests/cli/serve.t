#!/usr/bin/env perl
# `naslag serve`: what it serves and refuses, how it notices what is saved, and that it leaves nothing.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Serve;
use Test::More;

my $folder = repository(
    'naslag.yaml' => "title: Polder\nlanguage: en\n",
    'topics/heron.md' => "---\ntitle: Grey heron\n---\nA wading bird.\n",
    'notes/count.md' => "# The count\n\nFewer herons.\n",
    'notes/deep/plain.md' => "# Plain\n\nThe Grey heron stands.\n",
    'notes/picture.png' => "\x89PNG\r\n\x1A\n",
    'notes/shown.md' => "# Shown\n\n![A heron](picture.png)\n",
);
my @before = tree($folder);
my $serve = Serve::start('-C', $folder);
ok($serve->{port}, 'it says where it is') or BAIL_OUT($serve->err);
like($serve->out, qr/^\d\d:\d\d:\d\d  4 documents, \d+ files changed, \d+ ms$/m, 'and what was made');

# -- What is served ------------------------------------------------------------------------------

my $page = $serve->get('/notes/count.html');
is($page->{status}, 200, 'a page');
like($page->{body}, qr/Fewer herons/, 'with its text');
is($page->{headers}{'content-type'}, 'text/html; charset=utf-8', 'as HTML');
like($page->{body}, qr{<script src="/\.naslag/serve\.js" data-version='"[0-9a-f]+"' defer></script>\n</head>},
    'with the script that listens');
like($page->{body}, qr{content="default-src 'none'; script-src 'self'; connect-src 'self'; style-src}, 'which its policy allows');
my ($allowed) = $serve->get('/search.html')->{body} =~ /content="(default-src[^"]*)"/;
is(() = $allowed =~ /script-src/g, 1, 'a policy that allows scripts is left alone');
ok(index(slurp($serve->site . '/notes/count.html'), '.naslag') < 0, 'on disk there is no script');
is($serve->get('/')->{body} =~ s/data-version\S+//r, $serve->get('/index.html')->{body} =~ s/data-version\S+//r,
    'the home page is at / as well');

my ($style) = $page->{body} =~ m{"\.\./(theme/naslag[^"]*\.css)"};
my ($program) = $serve->get('/search.html')->{body} =~ m{"(theme/search[^"]*\.js)"};
my %types = ($style => 'text/css; charset=utf-8', 'atom.xml' => 'application/xml', 'data/topics.csv' => 'text/csv; charset=utf-8',
    'search/index.bin' => 'application/octet-stream', 'theme/icons/favicon.svg' => 'image/svg+xml', $program => 'text/javascript; charset=utf-8',
    'files/notes/picture.png' => 'image/png', '.naslag/serve.js' => 'text/javascript; charset=utf-8', '.naslag/serve.css' => 'text/css; charset=utf-8');
for my $path (sort keys %types) {
    my $file = $serve->get("/$path");
    is("$file->{status} $file->{headers}{'content-type'}", "200 $types{$path}", $path);
    is($file->{headers}{'x-content-type-options'}, 'nosniff', "$path is what it says");
    is($file->{headers}{'cross-origin-resource-policy'}, 'same-origin', "$path is no other site's");
    is($file->{body}, slurp($serve->site . "/$path"), "$path as it is on disk") unless $path =~ /^\./;
}

for my $from ('/notes', '/notes/deep') {
    my $led = $serve->get($from);
    is("$led->{status} " . ($led->{headers}{location} // ''), "302 $from/", "$from leads into the folder");
}
is($serve->get('/notes/?a=b')->{status}, 200, 'a folder has its list');

my $gone = $serve->get('/a/b/gone.html');
is($gone->{status}, 404, 'what is not there');
like($gone->{body}, qr{<head>\n<base href="/">.*serve\.js}s, 'has a page that listens, whose links hold at any depth');

my $head = $serve->get('/notes/count.html', method => 'HEAD');
is($head->{status}, 200, 'HEAD');
is($head->{headers}{'content-length'}, length $page->{body}, 'tells the length');
is($serve->get("/$style", method => 'HEAD')->{status}, 200, 'HEAD of a file');
is($serve->get('/.naslag/events', method => 'HEAD')->{status}, 200, 'HEAD of the events');

my $tag = $page->{headers}{etag};
my $same = $serve->get('/notes/count.html', headers => {'If-None-Match' => $tag});
is("$same->{status} $same->{headers}{etag} $same->{body}", "304 $tag ", 'a page that is known is not sent again');
is($serve->get('/notes/count.html', headers => {'If-None-Match' => '"x"'})->{status}, 200, 'another is');
is($serve->get('/a.html', headers => {'If-None-Match' => $serve->get('/a.html')->{headers}{etag}})->{status}, 404,
    'what is gone stays gone');

my $socket = $serve->dial;
is(join(' ', map { $serve->get($_, socket => $socket)->{status} } '/', '/x.html', "/$style", '/notes', '/.naslag/x', '/'),
    '200 404 200 302 404 200', 'one connection serves for all');
is(join(' ', map { $serve->get('/', socket => $socket, method => $_)->{status} } 'PUT', 'DELETE'), '405 405',
    'nothing can be put or deleted');
is($serve->get('/', method => 'POST', headers => {'Content-Length' => 0})->{status}, 405, 'nor posted');

# -- What is refused -----------------------------------------------------------------------------

for my $host (undef, '', 'evil.example', "evil.example:$serve->{port}", '127.0.0.1', '127.0.0.1:1', "127.0.0.1:$serve->{port}.evil.example",
    "127.0.0.2:$serve->{port}", "0.0.0.0:$serve->{port}") {
    my $status = $serve->get('/', headers => {Host => $host})->{status};
    ok($status == 403 || $status == 400, 'refused as ' . ($host // 'nobody')) or diag($status);
}
is($serve->get('/', headers => {Host => "$_:$serve->{port}"})->{status}, 200, "served as $_") for 'localhost', 'LocalHost', '[::1]';
is($serve->get('/.naslag/events', headers => {Host => 'evil.example'})->{status}, 403, 'events are refused, too');

symlink '/etc/passwd', $serve->site . '/passwd.txt';
symlink '/etc', $serve->site . '/etc';
spill($serve->site . '/.hidden', 'secret');
for my $path ('/../' x 8 . 'etc/passwd', '/..%2f..%2f..%2f..%2fetc/passwd', '/%2e%2e/%2e%2e/%2e%2e/etc/passwd', '/notes/../../../etc/passwd',
    '//etc/passwd', '/notes//count.html', '/./index.html', '/\\..\\..\\etc\\passwd', '/%5c..%5cetc', '/.naslag/record', '/.naslag/../index.html', '/.naslag/',
    '/.naslag', '/.hidden', '/passwd.txt', '/etc', '/theme/x%00.css', '/' . 'a' x 5000, '/' . 'a/' x 2000, '/%', '/%zz',
    '/index.html/', '/index.html/x', "/\xFF\xFE.html", '/%ff', '/*', '/notes/count.html%20') {
    my $answer = $serve->get($path);
    ok($answer->{status} == 404 || $answer->{status} == 400, 'not served: ' . substr $path, 0, 40) or diag($answer->{status});
    unlike($answer->{body}, qr/root:|secret/, 'nothing is let out');
}
for my $bytes ("\r\n" x 10, "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\0" x 100, "\x16\x03\x01\x02\x00\x01\x00", "GET / HTTP/1.1\r\nA: " . 'x' x 100_000 . "\r\n\r\n",
    "GET /" . 'x' x 100_000 . " HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n") {
    local $SIG{PIPE} = 'IGNORE';
    my $raw = $serve->dial;
    syswrite $raw, $bytes;
    close $raw;
}
is($serve->get('/')->{status}, 200, 'what is no request does no harm');

# -- Events --------------------------------------------------------------------------------------

my $events = $serve->listen_as('notes/count.html');
my $first = $events->next_state;
ok($first, 'who listens is told of the state at once');
is_deeply([@$first{qw(count diagnostics failure)}], [0, [], undef], 'there is nothing wrong');
my $theme = $first->{theme};

# Saves, and waits for a page to say so; of a build there may be more than one state.
sub shows {
    my ($path, $pattern, $what) = @_;
    my $last = '';
    ok(eventually {
        my $answer = $serve->get($path);
        $last = "$answer->{status} $answer->{body}";
        return $last =~ $pattern;
    }, $what) or diag($last, $serve->err);
}

spill("$folder/notes/count.md", "# The count\n\nMore herons. See [[Nowhere]].\n");
my $state = $events->state_with(sub { $_->{count} });
ok($state, 'a saved file is told of');
is_deeply([map { [@$_{qw(path line column severity code page)}] } @{$state->{diagnostics}}],
    [['notes/count.md', 3, 18, 'warning', 'link-missing', 'notes/count.html']], 'with what is wrong in it, and on which page') or diag(explain($state));
is_deeply($state->{explanations}, {'link-missing' => {en => slurp("$ROOT/docs/diagnostics.md") =~ /^## link-missing\n\n\w+: (.*)/m}},
    'what that means, in the languages of the site') or diag(explain($state));
like($serve->get('/.naslag/serve.js')->{body}, qr/"nl":\{"box":"Fouten",.*"warning":\["waarschuwing","waarschuwingen"\].*\},\n\}/s, 'and the words for it are in the script');
like($serve->get('/notes/count.html')->{body}, qr/More herons/, 'the page is there by then');
ok(eventually { $serve->err =~ m{notes/count\.md:3:18: warning: } }, 'the terminal shows it as well');
my ($early) = $serve->get('/notes/count.html')->{headers}{etag};
ok(eventually { index(slurp($serve->site . '/notes/count.html'), 'More herons') >= 0 }, 'the site has it');
is($serve->get('/notes/count.html')->{headers}{etag}, $early, 'the same as was shown before all others');

spill("$folder/notes/count.md", "# The count\n\nAll herons.[^1] ![](picture.png) \xFF\n");
$state = $events->state_with(sub { $_->{count} == 3 });
is(join(' ', sort map { $_->{code} } @{$state->{diagnostics}}), 'footnote-missing image-text-missing invalid-utf8', 'what is doubtful in Markdown, too');
spill("$folder/notes/count.md", "# The count\n\nAll herons.\n");
ok($events->state_with(sub { !$_->{count} }), 'what is mended is told of');

spill("$folder/.aside", 'x' x 9_000_000);
rename "$folder/.aside", "$folder/naslag.yaml";
$state = $events->state_with(sub { $_->{failure} });
like($state->{failure}, qr/'naslag\.yaml' is larger/, 'a site that cannot be made is told of') or diag(explain($state));
is($state->{theme}, $theme, 'the theme is not another for that');
is($serve->get('/notes/count.html')->{status}, 200, 'the site is shown as it was');
spill("$folder/naslag.yaml", "title: Marsh\nlanguage: en\n");
ok($events->state_with(sub { !$_->{failure} && $_->{build} > $state->{build} }), 'and when it is mended');
shows('/index.html', qr/Marsh/, 'settings count at once');

# -- What is noticed -----------------------------------------------------------------------------

spill("$folder/one/two/three/new.md", "# New\n\nThe Grey heron flies.\n");
shows('/one/two/three/new.html', qr/^200 .*flies/s, 'a file in new folders in one another');
spill("$folder/one/two/three/new.md", "# New\n\nThe Grey heron eats.\n");
shows('/one/two/three/new.html', qr/^200 .*eats/s, 'another change in there');
rename "$folder/one/two", "$folder/one/second";
shows('/one/second/three/new.html', qr/^200/, 'a folder that has another name');
shows('/one/two/three/new.html', qr/^404/, 'is not at its old one');
spill("$folder/one/second/three/new.md", "# New\n\nThe Grey heron sleeps.\n");
shows('/one/second/three/new.html', qr/sleeps/, 'and is still watched');
rename "$folder/one/second/three/new.md", "$folder/one/second/three/old.md";
shows('/one/second/three/old.html', qr/^200/, 'a file that has another name');
unlink "$folder/one/second/three/old.md";
shows('/one/second/three/old.html', qr/^404/, 'a file that was deleted');
run('rm', '-r', "$folder/one");
spill("$folder/one/two/again.md", "# Again\n");
shows('/one/two/again.html', qr/^200/, 'a folder that was deleted, and came back');
spill("$folder/notes/.count.swp", 'half a file of an editor');
spill("$folder/notes/count.md~", "# Renamed\n\nWritten aside.\n");
rename "$folder/notes/count.md~", "$folder/notes/count.md";
shows('/notes/count.html', qr/Written aside/, 'a file that was renamed into place, as editors do');
spill("$folder/.gitignore", "one/\n");
shows('/one/two/again.html', qr/^404/, 'what git is told to ignore');
is($serve->get('/notes/count.html')->{body} =~ /second version/ ? 1 : 0, 0, 'no commit yet');
commit($folder, 'the second version');
shows('/notes/count.history.html', qr/second version/, 'a commit');

# -- Its end -------------------------------------------------------------------------------------

my @listeners = map { $serve->listen_as("notes/$_.html") } 1 .. 20;
$_->next_state for @listeners;
my $temporary = $serve->{temporary};
is($serve->end('INT'), 0, 'Ctrl-C ends it well');
is_deeply([glob "$temporary/*"], [], 'nothing is left of the site');
is($serve->err =~ s/^notes\S+: (?:error|warning|note): .*\n//gmr, "naslag: 'naslag.yaml' is larger than 8388608 bytes; the site is shown as it was\n",
    'nothing else went wrong');
is_deeply([grep { m{^public|/\.naslag} } tree($folder)], [], 'nothing was written to the work tree');

for my $signal ('TERM', 'HUP') {
    my $other = Serve::start('-C', $folder, '-q');
    is($other->end($signal), 0, "SIG$signal ends it");
    is_deeply([glob "$other->{temporary}/*"], [], 'and its site goes');
    unlike($other->out, qr/documents/, 'quiet');
}

# As in `naslag serve | head -n 1`: whoever reads what it prints goes, and it must not go without a trace
# of its folder left.
pipe my $reader, my $writer or die "pipe: $!";
my $piped = Serve::start({out => $writer}, '-C', $folder, '--port', $serve->{port});
close $writer;
readline $reader;
close $reader;
$piped->{port} = $serve->{port};
spill("$folder/notes/count.md", "# Piped\n\nNobody reads what is printed.\n");
ok(eventually { $piped->get('/notes/count.html')->{body} =~ /Nobody reads/ }, 'it goes on where nobody reads what it prints');
spill("$folder/notes/count.md", "# Piped\n\nStill nobody.\n");
ok(eventually { $piped->get('/notes/count.html')->{body} =~ /Still nobody/ }, 'and on');
$piped->end;
is_deeply([glob "$piped->{temporary}/*"], [], 'and leaves nothing');

# -- Ports ---------------------------------------------------------------------------------------

my ($one, $two) = map { Serve::start('-C', $folder) } 1 .. 2;
ok($one->{port} && $two->{port} && $one->{port} != $two->{port}, 'two at once have ports of their own');
my $taken = Serve::start('-C', $folder, '--port', $one->{port});
is($taken->{status}, 2, 'a port that was asked for and is taken');
is($taken->err, "naslag: cannot listen at port $one->{port}: Address already in use\n", 'is said');
is_deeply([glob "$taken->{temporary}/*"], [], 'and nothing is left');
my $port = $two->{port};
$two->end;
my $again = Serve::start('-C', $folder, '--port', $port);
is($again->{port}, $port, 'a port is free again at once');
$_->end for $one, $again;

# -- Where it can't work -------------------------------------------------------------------------

sub refused {
    my ($pattern, $what, @arguments) = @_;
    my $other = Serve::start(@arguments);
    is($other->{status}, 2, $what) or $other->end;
    like($other->err, $pattern, 'says why');
    is_deeply([glob "$other->{temporary}/*"], [], 'and nothing is left');
}

refused(qr/^naslag: .*bare|^naslag: .*no work tree/, 'a bare repository', '-C', bare($folder));
refused(qr/^naslag: .*repository/, 'no repository', '-C', scratch());
refused(qr/^naslag: .*'gone'/, 'no such content', '-C', $folder, '--content', 'gone');
refused(qr/cannot make a folder in '\/gone'/, 'no place for the site', {env => {TMPDIR => '/gone'}}, '-C', $folder);
my $broken = scratch();
spill("$broken/note.mustache", '{{#a}}');
refused(qr/note\.mustache:1.*templates cannot be used/s, 'templates that are broken', '-C', $folder, '--templates', $broken);
is(naslag('serve', $_)->{status}, 2, "refused: $_") for 'x', '--port', '--port=0', '--port=65536', '--port=x', '--rev=HEAD';

# -- Kinds of repositories -----------------------------------------------------------------------

my $empty = scratch();
run({dir => $empty}, qw(git init -q -b main));
$serve = Serve::start('-C', $empty);
ok($serve->{port}, 'a repository without a commit') or diag($serve->err);
spill("$empty/first.md", "# First\n");
shows('/first.html', qr/^200/, 'can be begun');
commit($empty, 'the very first');
shows('/wijzigingen.html', qr/very first/, 'and its first commit is noticed');
$serve->end;

my $inner = repository('content/a.md' => "# A\n", 'templates/note.mustache' => "{{<layout}}{{\$main}}old words{{/main}}{{/layout}}\n", 'theme/x.txt' => '');
my $tree = scratch() . '/tree';
run({dir => $inner}, 'git', 'worktree', 'add', '-q', $tree);
mkdir "$tree/theme/icons";
$serve = Serve::start('-C', $tree, '--templates', "$tree/templates", '--theme', "$tree/theme", '--content', 'content');
shows('/a.html', qr/old words/, "a second work tree, and the user's templates") or diag($serve->err);
spill("$tree/templates/note.mustache", "{{<layout}}{{\$main}}new words{{/main}}{{/layout}}\n");
shows('/a.html', qr/new words/, 'a template that is saved');
spill("$tree/theme/icons/extra.svg", '<svg/>');
shows('/theme/icons/extra.svg', qr/^200/, 'a file in a folder of the theme');
run('rm', '-r', "$tree/content");
ok(eventually { $serve->err =~ /the site is shown as it was/ }, 'a content folder that is gone') or diag($serve->err);
spill("$tree/content/b.md", "# B\n");
shows('/b.html', qr/^200/, 'and comes back');
$serve->end;

# -- Saves that overtake each other --------------------------------------------------------------

# A site that takes a while to write: its pages are made one by one after that of who looks is shown.
my $large = repository('naslag.yaml' => "title: Polder\nlanguage: en\n", 'topics/heron.md' => "---\ntitle: Grey heron\n---\nA bird.\n",
    'notes/first.md' => "# First\n\nThe Grey heron.\n",
    map { ("notes/n$_.md" => "# Note $_\n\n" . "The Grey heron stands in field $_, word$_ by word.\n\n" x 8) } 1 .. 1000);
$serve = Serve::start('-C', $large, '-j', 1);
$events = $serve->listen_as('notes/first.html');
$state = $events->next_state;
my ($saves, %early, %whole) = (0);
sub save {
    $saves++;
    spill("$large/notes/first.md", "# First\n\nThe Grey heron, save $saves.\n");
    spill("$large/notes/n1.md", "# Note of save $saves\n");
}
# Saves whenever a page is shown, until a whole site is made. A busy machine may make it before the save is seen.
for my $round (1 .. 6) {
    (%early, %whole) = ();
    save();
    for (1 .. 40) {
        $state = $events->next_state // last;
        $state->{whole} ? $whole{$state->{build}}++ : $early{$state->{build}}++;
        last if $state->{whole};
        my $shown = $saves;
        save();
        like($serve->get('/notes/first.html')->{body}, qr/save (?:$shown|$saves)\b/, "save $shown is shown at once");
    }
    last if keys %early > 1;
}
ok(keys(%early) > 1, 'a build is given up when another file is saved') or diag(explain([\%early, \%whole]));
ok(keys(%early) <= 8, 'but not for ever') or diag(explain(\%early));
shows('/notes/n1.html', qr/Note of save $saves\b/, 'in the end all pages are those of the last save');
shows('/notes/first.html', qr/save $saves\b/, 'that of who looks as well');
ok(eventually { slurp($serve->site . '/notes/first.html') =~ /save $saves\b/ }, 'as files');
sleep 1;
my $fresh = scratch();
naslag('build', '-C', $large, '--worktree', '-q', '--out', "$fresh/site");
my $compared = run('diff', '-rq', '-x', '.naslag', "$fresh/site", $serve->site);
is("$compared->{status} $compared->{out}", '0 ', 'the same as of a build that nobody disturbed');
my $lines = $serve->out;
save();
$events->state_with(sub { $_->{whole} && $serve->get('/notes/first.html')->{body} =~ /save $saves\b/ });
spill("$large/notes/n1.md", "# Note of save $saves\n");
$events->state_with(sub { $_->{whole} });
unlike($serve->out, qr/, 0 files changed/, 'nothing is said of a save that changed nothing');
save();
is($serve->end, 0, 'it ends while it builds');

# -- A browser -----------------------------------------------------------------------------------

my $programs = scratch();
spill("$programs/xdg-open", qq(#!/bin/sh\necho "\$# \$*" >"$programs/opened.part"\nmv "$programs/opened.part" "$programs/opened"\n));
chmod 0755, "$programs/xdg-open";
$serve = Serve::start({env => {PATH => "$programs:$ENV{PATH}"}}, '-C', $folder, '--open');
ok(eventually { -e "$programs/opened" }, 'a browser is asked for') or diag($serve->err);
is(slurp("$programs/opened"), "1 http://127.0.0.1:$serve->{port}/\n", 'with the address of the site');
is($serve->get('/')->{status}, 200, 'which is there by then');
is($serve->end, 0, 'it ends all the same');
$serve = Serve::start({env => {PATH => scratch()}}, '-C', $folder, '--open');
ok(eventually { $serve->err =~ /^naslag: cannot start 'xdg-open': No such file or directory$/m }, 'where there is none, that is said') or diag($serve->err);
is($serve->get('/')->{status}, 200, 'and the site is served');
$serve->end;

done_testing();
