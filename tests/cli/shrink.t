#!/usr/bin/env perl
# What `make` drops from styles and scripts changes nothing of what they say.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Naslag;
use Test::More;

sub shrunk {
    my ($kind, $text) = @_;
    return run({in => $text}, 'perl', "$ROOT/generator/write/shrink_$kind.pl");
}

sub gives {
    my ($kind, $text, $wanted, $name) = @_;
    my $result = shrunk($kind, $text);
    is($result->{out}, "$wanted\n", "$kind: $name") or diag($result->{err});
}

sub refuses {
    my ($kind, $text, $name) = @_;
    my $result = shrunk($kind, $text);
    ok($result->{status} != 0 && $result->{err} =~ /shrink_$kind\.pl: /, "$kind: $name") or diag($result->{out});
}

my @css = (
    ["a { color : red ; }\n\nb { top: 0; }", 'a{color:red}b{top:0}', 'white space, and the last semicolon'],
    ['.a :hover > b ~ c + d , e {}', '.a :hover>b~c+d,e{}', 'a descendant keeps its space, a combinator does not'],
    [':is(a, b) :is( c ) * {}', ':is(a,b) :is(c) *{}', 'behind a bracket and before a star too'],
    ['a { width: calc( 1px + 2px - (3px * 2) ); }', 'a{width:calc(1px + 2px - (3px * 2))}', 'calc() keeps its spaces'],
    ['@media (min-width: 1px) and (hover : hover) { a { b: c } }', '@media (min-width:1px) and (hover :hover){a{b:c}}', '`and (` is no function'],
    ['a::before { content: "/* a */  { ; }" ; }', 'a::before{content:"/* a */  { ; }"}', 'a string is left alone'],
    [q(a { content: 'it\\'s  "x"' }), q(a{content:'it\\'s  "x"'}), 'so are quotes in it'],
    ['a { background: url( x/*y*/z;q.png ) ; }', 'a{background:url( x/*y*/z;q.png )}', 'and an address without quotes'],
    ['.\31 \  b { }', '.\31 \  b{}', 'an escape takes the space that ends it'],
    ['a/* x */.b /* y */ .c/* z */{}', 'a/**/.b .c{}', 'a comment parts nothing that it did not part'],
    ['a { --x: 1/* */2; --e: ; --b: {a: b; c: d}; }', 'a{--x:1/**/2;--e: ;--b:{a: b; c: d}}', 'custom properties'],
    ['[a^="b"] [c="d e"] [f="1"] {}', '[a^=b] [c="d e"] [f="1"]{}', 'quotes around a name'],
    ['a { b: c !important; &:hover { d: e } f > g { h: i; } }', 'a{b:c!important;&:hover{d:e}f>g{h:i}}', 'rules in rules'],
    ['a { margin: 0 -1px; font: 1px/2 x, y }', 'a{margin:0 -1px;font:1px/2 x,y}', 'values part by spaces'],
);
gives('css', @$_) for @css;
refuses('css', $_->[0], $_->[1])
    for ['a { b: "c', 'a string without end'], ['a { /* b }', 'a comment without end'], ['a { b: c', 'a block without end'],
    ['a { } }', 'a brace too many'];

my @js = (
    ["// a\nx = 1; /* b */ y = 2;\n", 'x=1;y=2;', 'comments'],
    ["x = '// no' + \"/* no */\" + `// \${ a /* yes */ + `//  \${b}` } /* no */`;", "x='// no'+\"/* no */\"+`// \${a+`//  \${b}`} /* no */`;", 'strings and templates, one in another'],
    ["a = b\n++c\n(d)", "a=b\n++c\n(d)", 'a new line that may end a statement stays'],
    ["return\nx", "return\nx", 'behind return too'],
    ["f(\n  a,\n  b\n)", 'f(a,b)', 'in brackets it goes'],
    ['a + +b - -c + ++d', 'a+ +b- -c+ ++d', 'operators do not grow together'],
    ['a < !--b', 'a< !--b', 'nor into a comment'],
    ['1 .toFixed(); x in y; typeof /a/', '1 .toFixed();x in y;typeof/a/', 'words and numbers keep theirs'],
    ['x = y / z / 2; w = a[0] / b / c', 'x=y/z/2;w=a[0]/b/c', 'a division is no regular expression'],
    ['x = "a"; /"/.test(x)', 'x="a";/"/.test(x)', 'a quote in a regular expression opens nothing'],
    ['if (a) ; else { for (;;) ; }', 'if(a);else{for(;;);}', 'an empty statement stays'],
    ['f = () => { g(); };', 'f=()=>{g()};', 'the last semicolon of a block goes'],
    ['f = (a) => a; g = async (b) => b; h = (...c) => c;', 'f=a=>a;g=async b=>b;h=(...c)=>c;', 'brackets of one parameter'],
    ['const a = () => 1; const b = 2; let c; let d; const e = 3;', 'const a=()=>1,b=2;let c,d;const e=3;', 'declarations in a row'],
    ["const a = 1\nf(); const b = 2", "const a=1\nf();const b=2", 'but not over a new line'],
    ['for (const a of b) c(); const d = 1; const e = {}; const g = 2', 'for(const a of b)c();const d=1,e={},g=2', 'nor out of a loop'],
    ['if (x) { const a = 1; } const b = 2;', 'if(x){const a=1}const b=2;', 'nor out of a block'],
);
gives('js', @$_) for @js;
refuses('js', $_->[0], $_->[1])
    for ['(a) / b / c', 'behind a bracket a / may be either'], ["x = 'a", 'a string without end'], ['x = `a${b', 'a template without end'],
    ['x = `a${b} c', 'nor behind its script'], ['x = /a', 'a regular expression without end'], ['x <!--y', 'a comment of old'],
    ['function f() {', 'a brace that is not closed'];

for my $kind (qw(css js)) {
    for my $file (grep { /\.$kind$/ } tree("$ROOT/theme")) {
        my $result = shrunk($kind, slurp("$ROOT/theme/$file"));
        cmp_ok(length $result->{out}, '<', 0.85 * length slurp("$ROOT/theme/$file"), "$file is smaller");
        is(shrunk($kind, $result->{out})->{out}, $result->{out}, "$file: nothing is left to drop");
    }
}

my $repository = repository('naslag.yaml' => "title: Proef\n", 'notes/boom.md' => "# Boom\n\nHout.\n");
my $theme = scratch();
my $own = "/* mijn stijl */\n\nbody  {  color:  black;  }\n";
spill("$theme/document.css", $own);
my $site = scratch() . '/site';
is(naslag('build', '-q', '-C', $repository, '--out', $site, '--theme', $theme)->{status}, 0, 'a style of one\'s own');
is(slurp(glob "$site/theme/document.*.css"), $own, 'is published as it was written');
is(slurp(glob "$site/theme/naslag.*.css"), shrunk('css', slurp("$ROOT/theme/naslag.css"))->{out}, 'beside the program\'s, which is shrunk');
my @named = glob "$site/theme/*.*.css";
spill("$theme/document.css", "$own/* anders */\n");
naslag('build', '-q', '-C', $repository, '--out', $site, '--theme', $theme);
my @renamed = glob "$site/theme/*.*.css";
is(scalar(grep { my $name = $_; !grep { $name eq $_ } @named } @renamed), 1, 'a sheet that changed has another name, and no other');
is(scalar @renamed, scalar @named, 'and the old one is gone');
my ($name) = (glob "$site/theme/document.*.css")[0] =~ m{([^/]+)$};
like(slurp("$site/notities/boom.html"), qr{href="\.\./theme/\Q$name\E"}, 'pages name it');
done_testing();
