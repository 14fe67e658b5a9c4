#!/usr/bin/env node
// Markdown against the examples of GitHub's specification (CommonMark and its extensions), through
// build/tests/spec_markdown: the same elements and addresses around the same text. Left aside are
// what has no place in one lone document (links within the site) and what is listed below.
'use strict';

const fs = require('fs');
const path = require('path');
const { spawnSync } = require('child_process');
const { ok, skip, run } = require('../lib/tap.js');

const root = path.resolve(__dirname, '../..');
const build = process.env.NASLAG_BUILD || path.join(root, 'build');
const shared = path.resolve(root, process.env.NASLAG_SHARED || '../shared');
const folder = path.join(shared, 'specs/markdown');

const openings = (html) => html.split('&lt;!--').length;

// What naslag does otherwise on purpose, by a sign of it in its page or in the Markdown.
const deliberate = [
  { why: 'raw HTML is shown as text', holds: (example, page) => page.includes('class="raw-html"') },
  { why: 'comments are left out', holds: (example) => example.html.includes('<!--') },
  { why: 'newer versions of cmark-gfm take more for a comment',
    holds: (example, page) => openings(page) < openings(example.html) },
  { why: '[[...]] is a wikilink', holds: (example) => example.markdown.includes('[[') },
  { why: 'a bare address is a link wherever it stands',
    holds: (example) => ['Autolinks'].includes(example.section) && example.name === 'spec' },
  { why: 'mail and ftp addresses are no links; www. leads to https; an entity may end an address',
    holds: (example) => example.section.startsWith('Autolinks') && /@|www\.|ftp:/.test(example.markdown) },
  { why: 'an item whose heading came first goes on in a paragraph of its own',
    holds: (example) => example.markdown === '- # Foo\n- Bar\n  ---\n  baz\n' },
  { why: 'a picture that is not there and has no text shows its address',
    holds: (example) => example.markdown === '![](/url)\n' },
  { why: 'the specification gives no result', holds: (example) => example.html.includes('<IGNORE>') },
];

function render(texts) {
  const input = texts.map((text) => `${Buffer.byteLength(text)}:${text}`).join('');
  const result = spawnSync(path.join(build, 'tests/spec_markdown'), ['--many'],
    { input, maxBuffer: 1 << 28 });
  if (result.status !== 0) throw new Error(`spec_markdown: ${result.status}\n${result.stderr}`);
  const pages = [];
  for (let rest = result.stdout; rest.length;) {
    const start = rest.indexOf(':') + 1;
    const end = start + parseInt(rest.subarray(0, start).toString(), 10);
    pages.push(rest.subarray(start, end).toString());
    rest = rest.subarray(end);
  }
  return pages;
}

const entities = { lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" };
const decode = (text) => text.replace(/&(lt|gt|quot|amp|#39);/g, (_, name) => entities[name]);
const attribute = (tag, name) => decode((tag.match(` ${name}="([^"]*)"`) || ['', ''])[1]);
const leadsOut = (address) => /^(https?:|mailto:|tel:|\/\/)/i.test(address);

// Elements that say how a thing is laid out, not what it is.
const layout = /^<\/?(div|section|span|sup|input)\b/;

// Addresses alike but for what need not be escaped in them.
const plain = (address) => address.replace(/%5B/g, '[').replace(/%5D/g, ']').replace(/^http:\/\/www\./, 'https://www.');

// A link or picture: its address where that leads out of the site, else what it shows alone.
function link(tag, open) {
  if (tag.startsWith('<img')) {
    const address = attribute(tag, 'src');
    const text = decode(attribute(tag, 'alt'));
    return leadsOut(address) && !open.length ? [`<a ${plain(address)}>`, text || address, '</a>'] : [text];
  }
  if (tag === '</a>') return open.pop() ? ['</a>'] : [];
  const address = attribute(tag, 'href');
  open.push(leadsOut(address));
  return leadsOut(address) ? [`<a ${plain(address)}>`] : [];
}

// A page as one line for each element's start and end and each text.
function lines(html) {
  const open = [];
  const parts = [];
  html = html.replace(/<a [^>]*class="footnote-back[^>]*>[^]*?<\/a>/g, '');
  for (const token of html.match(/<[^>]*>|[^<]+/g) || []) {
    if (token[0] !== '<') parts.push(decode(token));
    else if (/^<(\/a>|a |img )/.test(token)) parts.push(...link(token, open));
    else if (!layout.test(token)) parts.push(token.replace(/^<(\/?)(?:h[1-6]|(\w+))[^]*$/, '<$1$2>'));
  }
  return parts.join('\u0000').replace(/([^>])\u0000(?=[^<])/g, '$1').split('\u0000')
    .map((part) => part.replace(/\s+/g, ' ').trim()).filter((part) => part).join('\n');
}

function compare(example, page) {
  const name = `${example.name} ${example.example}: ${example.section}`;
  const found = deliberate.find((difference) => difference.holds(example, page));
  if (found) return;
  ok(lines(example.html) === lines(page), name,
    `${JSON.stringify(example.markdown)}\nwanted ${example.html}\ngiven ${page}\n${lines(example.html)}\n--\n${lines(page)}`);
}

function read(name) {
  const examples = JSON.parse(fs.readFileSync(path.join(folder, `${name}.json`), 'utf8'));
  return examples.map((example) => ({ ...example, name }));
}

run(() => {
  if (!fs.existsSync(folder)) skip(`${folder} is not there`);
  const examples = [...read('spec'), ...read('extensions')];
  const pages = render(examples.map((example) => example.markdown));
  examples.forEach((example, i) => compare(example, pages[i]));
});
