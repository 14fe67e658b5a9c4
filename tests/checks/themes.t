#!/usr/bin/env perl
# What templates are shown and what docs/themes.md says of it are the same, and each has an example
# there. That the examples are right is tested by tests/cli/themes.t.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Examples;
use Naslag;
use Test::More;

my $docs = slurp("$ROOT/docs/themes.md");
my ($variables) = $docs =~ /^### Everywhere$(.*?)(?=^## )/ms;
ok($variables, 'themes.md has a section on what templates are shown') or BAIL_OUT('no section');

# What stands between backticks there, without paths, endings and examples.
my @examples = examples("$ROOT/docs/themes.md");
$variables =~ s/^```.*?^```$//msg;
my %documented = map { $_ => 1 } map { split /\./ } grep { /^[a-z][a-z0-9_.-]*$/ } $variables =~ /`([^`\n]+)`/g;

# Names of fields that the code sets: a literal behind the object that it is set in.
my (%set, %literal);
for my $file (grep { /\.c$/ } tree("$ROOT/generator/write")) {
    my $code = slurp("$ROOT/generator/write/$file");
    $literal{$_} = 1 for $code =~ /"([^"\\\n]+)"/g;
    next if $file =~ /^(?:value|mustache|template|language)\.c$/;
    while ($code =~ /\b(?:page_set(?:_number|_flag|_list|_list_as)?|value_set(?:_text)?)\(\s*[\w.&>-]+,\s*[\w.>()-]+(?:\([^()]*\))?,\s*"([a-z][a-z0-9_]*)"/g) {
        $set{$1} //= $file;
    }
}
cmp_ok(scalar keys %set, '>', 100, 'the code sets a hundred fields and more');
is(join("\n", map { "$_ ($set{$_})" } grep { !$documented{$_} } sort keys %set), '', 'each is told of');

# Names of templates, kinds of pages and settings stand there too.
my %settings = map { $_ => 1 } slurp("$ROOT/generator/read/config.c") =~ /\{"([a-z_]+)", \d+\}/g;
$literal{$_} = 1 for keys %settings;
my %templates = map { s/\.mustache$//r => 1 } tree("$ROOT/templates");
my @gone = grep { !$set{$_} && !$literal{$_} && !$templates{$_} && !$literal{s/^(?:is|has)_//r} && !$set{s/^has_//r} } sort keys %documented;
is(join("\n", @gone), '', 'what is told of is there');

# What is told of under a heading is in an example there, and all that is set is in one.
my (%tried, %tried_under, %called);
for my $example (@examples) {
    my $template = $example->{parts}[0];
    my @called = ($template =~ /\{\{[><]\s*([\w-]+)/g, @{$example->{arguments}});
    while (defined(my $name = shift @called)) {
        # A partial that only partials call is shown by those.
        next if $called{$name}++ || !$templates{$name};
        push @called, slurp("$ROOT/templates/$name.mustache") =~ /\{\{>\s*([\w-]+)/g;
    }
    for my $name (map { split /\./ } $template =~ /\{\{\{?[#^]?\s*([a-z][\w.]*)\s*\}/g) {
        $tried{$name} = $tried_under{$example->{name}}{$name} = 1;
    }
}
is(join("\n", map { "$_ ($set{$_})" } grep { !$tried{$_} } sort keys %set), '', 'each is in an example');
my @untried;
for my $section (split /^### /m, $variables) {
    my ($heading, $text) = split /\n/, $section, 2;
    $heading ||= 'Everywhere';
    push @untried, map { "$heading: $_" } grep { !$tried_under{$heading}{$_} && ($set{$_} || !$settings{$_}) } map { split /\./ }
        grep { /^[a-z][a-z0-9_.]*$/ } $text =~ /`([^`\n]+)`/g;
}
is(join("\n", @untried), '', 'each is in an example under its heading');

# What templates ask for is set by somebody.
my %texts = map { $_ => 1 } slurp("$ROOT/theme/languages/nl.yaml") =~ /^\s*([a-z_0-9]+):/mg;
my %blocks = map { $_ => 1 } map { slurp("$ROOT/templates/$_") =~ /\{\{\$\s*([\w-]+)/g } tree("$ROOT/templates");
my @asked;
for my $file (tree("$ROOT/templates")) {
    my $template = slurp("$ROOT/templates/$file");
    for my $name ($template =~ /\{\{\{?[#^&\/]?\s*([a-z][\w.-]*)\s*\}/g) {
        next if $blocks{$name};
        my @parts = split /\./, $name;
        next if $parts[0] eq 't' ? !grep { !$texts{$_} } @parts[1 .. $#parts] : !grep {
            my $plain = s/^(?:has|is)_//r;
            !$set{$_} && !$literal{$_} && !$set{$plain} && !$literal{"is_$plain"} && !$templates{$_} } @parts;
        push @asked, "$file: $name";
    }
}
is(join("\n", @asked), '', 'what templates ask for is set');
# A template that nobody is told of can't be replaced on purpose.
my ($list) = $docs =~ /^## Templates$(.*?)^### Everywhere/ms;
is(join("\n", grep { $list !~ /`\Q$_\E`/ } sort keys %templates), '', 'each template is told of');
is(join("\n", grep { !$called{$_} } sort keys %templates), '', 'each template is in an example');
done_testing();
