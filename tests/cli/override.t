#!/usr/bin/env perl
# --templates and --theme: a file of a user's own stands in for the one inside the program.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

my $repository = repository('naslag.yaml' => "title: Proef\n", 'notes/boom.md' => "# Boom\n\nHout.\n");

sub build {
    my (@options) = @_;
    my $out = scratch() . '/site';
    my $result = naslag('build', '-q', '-C', $repository, '--out', $out, @options);
    return {%$result, site => $out};
}

sub all_text {
    my ($result) = @_;
    return join '', map { slurp("$result->{site}/$_") } -d $result->{site} ? tree($result->{site}) : ();
}

my ($footer) = grep { m{/} || /\.mustache$/ } tree("$ROOT/templates");
my $templates = scratch();
my $mine = scratch();
for my $file (tree("$ROOT/templates")) {
    spill("$mine/$file", slurp("$ROOT/templates/$file"));
}
my $built_in = build();
is($built_in->{status}, 0, 'without an override') or diag($built_in->{err});
is(build('--templates', $mine)->{status}, 0, 'a whole copy of the templates');
is(all_text(build('--templates', $mine)), all_text($built_in), 'a copy gives the same pages');
is(all_text(build('--templates', $templates)), all_text($built_in), 'what is not overridden is built in');

spill("$mine/layout.mustache", slurp("$ROOT/templates/layout.mustache") =~ s/<body/<body data-eigen="ja"/r);
like(all_text(build('--templates', $mine)), qr/data-eigen="ja"/, 'a template of one\'s own is used');

spill("$mine/layout.mustache", "<p>{{#open}}");
my $broken = build('--templates', $mine);
isnt($broken->{status}, 0, 'a broken template is an error');
like($broken->{err}, qr/layout\.mustache:1\b/, 'a broken template is named with its place');

my ($css) = grep { /\.css$/ } tree("$ROOT/theme");
my $theme = scratch();
spill("$theme/$css", "/* eigen stijl */ body { color: black }\n");
like(all_text(build('--theme', $theme)), qr/eigen stijl/, 'a style of one\'s own is used');

is(build("--$_", '/nonexistent')->{status}, 2, "--$_ with a folder that is not there: status 2")
    for qw(templates theme);
done_testing();
