#!/usr/bin/env node
// The Mustache specification's own cases, but for lambdas, through build/tests/spec_mustache.
'use strict';

const fs = require('fs');
const path = require('path');
const { spawnSync } = require('child_process');
const { ok, skip, run } = require('../lib/tap.js');

const root = path.resolve(__dirname, '../..');
const build = process.env.NASLAG_BUILD || path.join(root, 'build');
const shared = path.resolve(root, process.env.NASLAG_SHARED || '../shared');
const folder = path.join(shared, 'specs/mustache');

// The form that mustache.c reads.
const text = (string) => `${Buffer.byteLength(string)}:${string}`;

function value(data) {
  if (data === true || data === false) return data ? '1' : '0';
  if (data === null) return 'S' + text('');
  if (Array.isArray(data)) return `L${data.length}:` + data.map(value).join('');
  if (typeof data !== 'object') return 'S' + text(String(data));
  const fields = Object.entries(data);
  return `O${fields.length}:` + fields.map(([name, item]) => text(name) + value(item)).join('');
}

function input(test) {
  const partials = Object.entries(test.partials || {});
  return partials.map(([name, source]) => 'P' + text(name) + text(source)).join('') +
    'T' + value(test.data) + text(test.template);
}

// The results, in the order of the cases; null for one that did not compile.
function outputs(bytes) {
  const list = [];
  for (let at = 0; at < bytes.length;) {
    if (bytes[at] === 0x21) {
      list.push(null);
      at++;
      continue;
    }
    const colon = bytes.indexOf(':', at);
    const length = Number(bytes.toString('latin1', at, colon));
    list.push(bytes.toString('utf8', colon + 1, colon + 1 + length));
    at = colon + 1 + length;
  }
  return list;
}

function cases(file) {
  const name = path.basename(file, '.json').replace('~', '');
  const { tests } = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
  return tests.map((test) => ({ ...test, name: `${name}: ${test.name}` }));
}

if (!fs.existsSync(folder)) skip(`${folder} is not there`);
run(async () => {
  const files = fs.readdirSync(folder).filter((file) => /^[^.].*\.json$/.test(file) && file !== '~lambdas.json');
  const tests = files.sort().flatMap(cases);
  const result = spawnSync(path.join(build, 'tests/spec_mustache'), { input: tests.map(input).join('') });
  ok(result.status === 0, 'the program runs', result.error || result.stderr);
  const results = outputs(result.stdout || Buffer.alloc(0));
  ok(results.length === tests.length && tests.length > 150, `every case has a result (${tests.length})`);
  tests.forEach((test, i) => {
    ok(results[i] === test.expected, test.name,
      `${test.desc}\ntemplate: ${JSON.stringify(test.template)}\n` +
      `expected: ${JSON.stringify(test.expected)}\nrendered: ${JSON.stringify(results[i])}`);
  });
});
