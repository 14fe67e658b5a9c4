#!/usr/bin/env node
// A browser reads from the shrunk styles the same rules as from those in theme/, and the shrunk script
// is a script.
'use strict';

const fs = require('fs');
const path = require('path');
const vm = require('vm');
const { spawnSync } = require('child_process');
const { none, ok, run } = require('../lib/tap.js');
const { root, folder, browser } = require('../lib/pages.js');

// Every rule as the browser writes it. In custom properties it keeps white space as it stood.
function rules(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const walk = (list) => [...list].flatMap((rule) => {
    const text = rule.cssText.replace(/\s+/g, ' ').replace(/ ?([,:;{}()]) ?/g, '$1');
    return rule.cssRules && rule.cssRules.length ? [text.split('{')[0], ...walk(rule.cssRules)] : [text];
  });
  return walk(sheet.cssRules);
}

// What is written with \n is told, in both forms.
const snippets = [
  'const a = /[/"]/g, b = `x${ `y${1 + 1}` }z`; const c = 8 / 2 / 2; out(a.source, b, c);',
  'let a = 1\nlet b = a\n++a; out(a, b)\n;[1, 2].forEach((n) => out(n))',
  'function f() { return\n1; } const x = - -1; const y = + +"2"; out(f(), x, y, 1 .toFixed(1), !!x)',
  'const f = (x) => ({ x, y: x ? .5 : 1 }); for (const a of [1]) if (a) ; else { out(0); } out(JSON.stringify(f(1)))',
  'const { a, b = 2 } = { a: 1 }; const c = (d) => { let e = d; let g = e; return g; }; out(a, b, c(3)) // end',
];

function told(script) {
  const lines = [];
  vm.runInNewContext(script, { out: (...values) => lines.push(values.join(' ')) });
  return lines.join('\n');
}

function shrink(script) {
  return spawnSync('perl', [path.join(root, 'generator/write/shrink_js.pl')], { input: script, encoding: 'utf8' }).stdout;
}

run(async () => {
  const chromium = await browser();
  const page = await chromium.newPage();
  // A published file has a part of its digest in its name; what `serve` alone shows is not published.
  const published = fs.readdirSync(path.join(folder, 'own/theme'));
  const address = (name) => path.join(folder, 'own/theme', published.find((file) => file.replace(/\.[0-9a-f]{8}\./, '.') === name));
  for (const name of fs.readdirSync(path.join(root, 'theme')).filter((file) => file.endsWith('.css') && file !== 'serve.css')) {
    const [whole, shrunk] = await Promise.all([path.join(root, 'theme', name), address(name)]
      .map((file) => page.evaluate(rules, fs.readFileSync(file, 'utf8'))));
    ok(whole.length > 0 && shrunk.length === whole.length, `${name}: ${whole.length} rules`, shrunk.length);
    none(whole.filter((rule, i) => rule !== shrunk[i]).map((rule) => `not the same: ${rule}`), `${name}: the same rules`);
  }
  await chromium.close();
  for (const name of ['search.js', 'page.js', 'preview.js', 'quote.js', 'colours.js']) {
    const checked = spawnSync(process.execPath, ['--check', address(name)], { encoding: 'utf8' });
    ok(checked.status === 0, `${name} is a script`, checked.stderr);
  }
  for (const snippet of snippets) ok(told(shrink(snippet)) === told(snippet), `does the same: ${snippet.slice(0, 40).replace(/\s+/g, ' ')}`, shrink(snippet));
});
