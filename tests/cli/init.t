#!/usr/bin/env perl
# naslag init: what it begins with builds and has nothing wrong in it, in which repository and by whom it
# is committed, what is refused, and what it says.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

# The user's own configuration of git is read: here it is that of a folder without one.
my $home = scratch();
delete @ENV{qw(GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL GIT_CONFIG_GLOBAL)};
$ENV{HOME} = $home;
delete $ENV{XDG_CONFIG_HOME};

my $CONFIG = "[user]\n\tname = Noor Editor\n\temail = noor\@example.org\n";

sub git { my $folder = shift; return run({dir => $folder}, 'git', @_)->{out} =~ s/\n\z//r }

sub knows_user { spill("$home/.gitconfig", $CONFIG . ($_[0] // '')) }

# -- What is made -----------------------------------------------------------------------------------

my %NOTE = (nl => 'notities/wat-we-weten.html', en => 'notes/what-we-know.html');
knows_user();
for my $language (qw(nl en)) {
    my $folder = scratch();
    my $result = naslag({dir => $folder}, 'init', 'my base', $language eq 'nl' ? () : ('--lang', $language));
    my $base = "$folder/my base";
    is($result->{status}, 0, "$language: status");
    is($result->{err}, '', "$language: no errors");
    like($result->{out}, qr/^wrote \d+ files to 'my base'; README\.md tells what they are\ncommitted them as 'Noor Editor <noor\@example\.org>'\nnext:\n/,
        "$language: says what it did");

    my ($next) = $result->{out} =~ /^next:\n(.*)\z/ms;
    my @next = split /\n/, $next;
    is(scalar @next, 3, "$language: three commands");
    is(scalar(grep { s/^  naslag serve --open /  naslag build / } @next), 1, "$language: one shows the site");
    my $path = join ':', $NASLAG =~ s{/[^/]*$}{}r, $ENV{PATH};
    my $ran = run({dir => $folder, env => {PATH => $path}}, 'sh', '-e', '-c', join "\n", @next);
    is($ran->{status}, 0, "$language: which can be done") or diag($ran->{err});
    ok(-f "$base/public/index.html", "$language: and make the site");
    is(git($base, 'status', '--porcelain'), '?? content/notes/' . ($language eq 'nl' ? 'een-vraag' : 'a-question') . '.md',
        "$language: which git ignores");
    run('git', '-C', $base, 'clean', '-qfd');

    my $check = naslag({dir => $base}, 'check');
    is("$check->{status}$check->{out}$check->{err}", '0', "$language: nothing is wrong");
    my $build = naslag({dir => $base}, qw(build -q --out), "$folder/site");
    is("$build->{status}$build->{err}", '0', "$language: it builds");
    is(git($base, 'rev-list', '--count', 'HEAD'), '1', "$language: one commit");
    is(git($base, 'fsck', '--strict'), '', "$language: of a sound repository");
    my @files = split /\n/, git($base, 'ls-files');
    for my $kind (['topics', 3], ['notes', 1]) {
        is(scalar(grep { m{^content/$kind->[0]/.*\.md$} } @files), $kind->[1], "$language: $kind->[0]");
    }
    is(scalar(grep { m{^content/sources/.*\.md$} } @files), 2, "$language: records");
    is(scalar(grep { m{^content/sources/.*\.txt$} } @files), 2, "$language: texts");

    my $page = slurp("$folder/site/$NOTE{$language}");
    like($page, $_->[1], "$language: the note shows $_->[0]")
        for ['a callout', qr/class="callout/], ['a footnote', qr/id="fn\.1"/], ['a table', qr/<table/],
        ['a mark', qr/<mark>/], ['a citation', qr/-2024\.html#page\.2"/], ['a task', qr{class="task}],
        ['a link', qr{<a [^>]*href="\.\./[a-z]+/(?:gemeente-rietveen|reedham-council)\.html}];

    my ($text) = grep { m{(?:telling|count)-.*\.txt$} } @files;
    spill("$base/$text", slurp("$base/$text") =~ s/glad|slippery/rood/r);
    my $changed = naslag({dir => $base}, 'check');
    is($changed->{status}, 1, "$language: the quotation is checked");
    like($changed->{err} . $changed->{out}, qr/\[quotation-/, "$language: and said to differ");
}

# -- The settings and what publishes ----------------------------------------------------------------

{
    my ($keys) = slurp("$ROOT/generator/read/config.c") =~ /known_keys\[\] = \{(.*?)\};/s;
    for my $language (qw(nl en)) {
        my $yaml = slurp("$ROOT/skeleton/$language/content/naslag.yaml");
        like($yaml, qr/^(?:# )?\Q$_\E:/m, "$language: '$_' is told of")
            for grep { $_ ne 'license' } $keys =~ /"(\w+)"/g;
        my $folder = scratch();
        naslag('init', '--lang', $language, $folder);
        my $all = $yaml =~ s/^# (?=[a-z_]+:|  )//gmr;
        isnt($all, $yaml, "$language: settings to bring in");
        spill("$folder/content/naslag.yaml", $all);
        my $check = naslag({dir => $folder}, 'check');
        is("$check->{status}$check->{out}$check->{err}", '0', "$language: all of them are right");
    }
    for my $file ('.github/workflows/site.yml', '.gitlab-ci.yml') {
        my $text = slurp("$ROOT/skeleton/both/$file");
        like($text, qr/\Q$_\E/, "$file: $_")
            for 'NASLAG_SOURCE', './setup.sh build', 'make install', 'naslag check', 'naslag build --out public';
        unlike($text, qr/\t/, "$file: no tabs");
    }
}

# -- Repositories -----------------------------------------------------------------------------------

{
    my $folder = scratch();
    run({dir => $folder}, qw(git init -q -b trunk));
    run({dir => $folder}, qw(git config user.name), 'Own Name');
    my $result = naslag({dir => $folder}, qw(init .));
    is($result->{status}, 0, 'an empty repository: status');
    like($result->{out}, qr/^committed them as 'Own Name <noor\@example\.org>'$/m, 'its own settings hold');
    unlike($result->{out}, qr/^  cd /m, 'no need to go to the folder');
    is(scalar(() = $result->{out} =~ /^  /mg), 3, 'three commands all the same');
    is(git($folder, qw(log --format=%an:%s:%D)), 'Own Name:Begin de kennisbank:HEAD -> trunk', 'on its branch');
}
{
    my $folder = scratch();
    run({dir => $folder}, qw(git init -q -b main));
    run({dir => $folder}, qw(git commit -q --allow-empty -m first));
    my $result = naslag({dir => $folder}, qw(init .));
    is($result->{status}, 0, 'a repository with commits and no files: status');
    like($result->{out}, qr/nothing was committed\nnext:\n  git add /, 'nothing is committed');
    is(git($folder, qw(rev-list --count HEAD)), '1', 'indeed');
    is(naslag({dir => $folder}, 'check')->{status}, 0, 'the files are there');
}
{
    my $outer = repository('README.md' => "Outer.\n");
    my $result = naslag({dir => $outer}, qw(init inner));
    is($result->{status}, 0, 'in another repository: status');
    like($result->{out}, qr/^note: .* in the work tree of another one, '\Q$outer\E\/'/m, 'says so');
    is(git($outer, qw(status --porcelain)), '?? inner/', 'the other one is left alone');
}
{
    knows_user("[init]\n\tdefaultBranch = stam\n");
    my $folder = scratch();
    naslag('init', "$folder/a");
    is(git("$folder/a", qw(symbolic-ref --short HEAD)), 'stam', 'the branch that git is told to begin with');
    local @ENV{qw(GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL)} = ('Other', 'other@example.org');
    naslag('init', "$folder/b");
    is(git("$folder/b", qw(log --format=%an:%ae:%cn)), 'Other:other@example.org:Noor Editor',
        'what the environment says goes before');
}
{
    my $folder = scratch();
    spill("$folder/config", $CONFIG =~ s/Noor/Nora/r);
    my $result = naslag({env => {GIT_CONFIG_GLOBAL => "$folder/config"}}, 'init', "$folder/a");
    is(git("$folder/a", qw(log --format=%an)), 'Nora Editor', 'a configuration elsewhere');
    unlink "$home/.gitconfig";
    $result = naslag('init', "$folder/b");
    is($result->{status}, 0, 'nobody known: status');
    like($result->{out}, qr/as 'naslag <naslag\@localhost>', as git does not know who you are; tell it with\n  git config /,
        'says by whom it is, and what to do');
    is(git("$folder/b", qw(log --format=%an:%cn)), 'naslag:naslag', 'and so it is');
    is(git("$folder/b", qw(symbolic-ref --short HEAD)), 'main', 'on main');
}

# -- What is refused --------------------------------------------------------------------------------

{
    my $folder = scratch();
    my $refused = sub {
        my ($name, $pattern, @words) = @_;
        my @before = tree($folder);
        my $result = naslag({dir => $folder}, 'init', @words);
        is($result->{status}, 2, "$name: status 2");
        is($result->{out}, '', "$name: nothing on standard output");
        like($result->{err}, $pattern, "$name: says so");
        is(join(' ', tree($folder)), "@before", "$name: nothing written");
    };
    spill("$folder/full/notes.md", "Mine.\n");
    spill("$folder/many/$_", 'x') for 'a' .. 'f';
    spill("$folder/hidden/.env", 'x');
    spill("$folder/odd/a\e[2Jb", 'x');
    spill("$folder/broken/.git", "gitdir: /nowhere\n");
    mkdir "$folder/empty";
    symlink 'missing', "$folder/dangling";
    $refused->('a folder with a file', qr/^naslag: the folder 'full' is not empty, so nothing was written; in the way: 'notes\.md'$/, 'full');
    $refused->('a folder with many', qr/in the way: '.', '.', '.' and more$/, 'many');
    $refused->('a hidden file', qr/in the way: '\.env'$/, 'hidden');
    $refused->('a name for the terminal', qr/'a\\x1B\[2Jb'/, 'odd');
    $refused->('a damaged repository', qr/^naslag: cannot open the repository in 'broken'/, 'broken');
    $refused->('a file', qr/'full\/notes\.md': it is a file/, 'full/notes.md');
    $refused->('a folder in none', qr/cannot make the folder 'no\/such'/, 'no/such');
    $refused->('a link to nothing', qr/^naslag: cannot open the folder 'dangling'/, 'dangling');
    $refused->('no folder', qr/a folder is missing behind 'init'/);
    $refused->('two folders', qr/one folder at a time; what is 'b'/, 'a', 'b');
    $refused->('a language without a pack', qr/the language is nl or en, not 'fr'/, '--lang', 'fr', 'empty');
    naslag({dir => $folder}, qw(init empty));
    $refused->('a second time', qr/^naslag: the folder 'empty' is not empty/, 'empty');
    my $result = naslag({dir => $folder}, 'init', '--', '-x');
    like($result->{out}, qr/^  cd \.\/-x$/m, 'a name like an option');
}
done_testing();
