#!/usr/bin/env perl
# Where the content comes from: -C, --rev, --worktree, --content, bare and foreign repositories.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my %FILES = (
    'content/naslag.yaml' => "title: Proef\nlanguage: nl\n",
    'content/topics/aap.md' => "---\ntitle: Aap\nkind: concept\n---\nEen dier.\n",
    'content/notes/boom.md' => "# Boom\n\nIn de boom zit een [[Aap]].\n",
    'README.md' => "# Niet van de site\n",
);

# Builds and returns the result with the folder that was written, as `site`.
sub build {
    my $options = ref $_[0] ? shift : {};
    my $out = scratch() . '/site';
    my $result = naslag($options, 'build', @_, '--out', $out);
    $result->{site} = $out;
    return $result;
}

sub page {
    my ($result, $path) = @_;
    return -e "$result->{site}/$path" ? slurp("$result->{site}/$path") : '';
}

sub built_well {
    my ($result, $name) = @_;
    ok($result->{status} == 0, "$name: status 0") or diag($result->{err});
    like(page($result, 'notities/boom.html'), qr/In de boom zit een <a [^>]*>Aap</, "$name: the note");
    like(page($result, 'onderwerpen/aap.html'), qr/Een dier\./, "$name: the topic");
}

my $repository = repository(%FILES);
built_well(build('-C', $repository), '-C');
built_well(build({dir => $repository}), 'the folder one stands in');
built_well(build({dir => "$repository/content/notes"}), 'a folder below');
built_well(build('-C', $repository, '--content', 'content'), '--content');
built_well(build('-C', bare($repository)), 'a bare repository');
built_well(build('-C', $repository, '-q'), '-q');
is(build('-C', $repository, '-q')->{err}, '', '-q: silent where all is well');
unlike(build('-C', $repository)->{err}, qr/[\r\e]/, 'no progress where standard error is no terminal');

# What is not committed is seen with --worktree only.
spill("$repository/content/notes/boom.md", "# Boom\n\nOmgezaagd.\n");
spill("$repository/content/notes/nieuw.md", "# Nieuw\n\nNog niet vastgelegd.\n");
spill("$repository/.gitignore", "geheim.md\n");
spill("$repository/content/notes/geheim.md", "# Geheim\n\nNiet voor de site.\n");
built_well(build('-C', $repository), 'HEAD, with changes in the work tree');
my $result = build('-C', $repository, '--worktree');
is($result->{status}, 0, '--worktree: status 0') or diag($result->{err});
like(page($result, 'notities/boom.html'), qr/Omgezaagd/, '--worktree: a changed file');
like(page($result, 'notities/nieuw.html'), qr/Nog niet vastgelegd/, '--worktree: a new file');
is(page($result, 'notities/geheim.html'), '', '--worktree: not what git ignores');

# An older revision by any name that git knows.
run({dir => $repository}, qw(git tag oud));
commit($repository, 'second');
like(page(build('-C', $repository), 'notities/boom.html'), qr/Omgezaagd/, 'HEAD has moved');
built_well(build('-C', $repository, '--rev', 'oud'), '--rev with a tag');
built_well(build('-C', $repository, '--rev', 'HEAD~1'), '--rev with an expression');
built_well(build('-C', bare($repository), '--rev', 'oud'), '--rev in a bare repository');

# Without a folder content/ the root is the content.
my %at_root = map { my $path = s{^content/}{}r; ($path => $FILES{$_}) } grep { /^content/ } keys %FILES;
built_well(build('-C', repository(%at_root)), 'content in the root');

# The user's git configuration changes nothing, and another owner is no obstacle.
my $home = scratch();
spill("$home/.gitconfig", "[core]\n\tautocrlf = true\n\tignorecase = true\n\tquotepath = false\n");
built_well(build({env => {HOME => $home, GIT_CONFIG_GLOBAL => "$home/.gitconfig"}},
    '-C', $repository, '--rev', 'oud'), 'a git configuration of the user');
spill("$home/.gitconfig", "[core\nbroken");
built_well(build({env => {HOME => $home, GIT_CONFIG_GLOBAL => "$home/.gitconfig"}},
    '-C', $repository, '--rev', 'oud'), 'a broken git configuration of the user');
SKIP: {
    skip 'only root can give a folder to another user', 3 if $> != 0;
    my $foreign = repository(%FILES);
    run('chown', '-R', '65534:65534', $foreign);
    built_well(build('-C', $foreign), 'a repository of another user');
}

# Nothing can be built: status 2 and a message.
my $empty = scratch();
run({dir => $empty}, qw(git init -q));
my @HOPELESS = (
    ['no repository', '-C', scratch()],
    ['no such folder', '-C', scratch() . '/none'],
    ['no such revision', '-C', $repository, '--rev', 'nergens'],
    ['no commit yet', '-C', $empty],
    ['no such content', '-C', $repository, '--content', 'nergens'],
    ['the work tree of a bare repository', '-C', bare($repository), '--worktree'],
);
for my $case (@HOPELESS) {
    my ($name, @options) = @$case;
    my $result = build(@options);
    is($result->{status}, 2, "$name: status 2");
    like($result->{err}, qr/^naslag: \S/m, "$name: says so");
    ok(!-e "$result->{site}/index.html", "$name: no site");
}
done_testing();
