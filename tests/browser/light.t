#!/usr/bin/env node
// Pages are light: what one loads in all, packed as servers pack it, and nothing moves while it loads.
'use strict';

const fs = require('fs');
const path = require('path');
const zlib = require('zlib');
const { none, run } = require('../lib/tap.js');
const { sites, sample, serve, browser } = require('../lib/pages.js');

const PAGE_MAX = 60000; // bytes of any page with its styles and scripts
const PLAIN_MAX = 60000; // before they are packed: what a phone has to read
const TEXT_MAX = 100000; // where the text of a source is in it, whatever its length
const SHIFT_MAX = 0.01; // cumulative layout shift; 0.1 is called good

const packed = new Map();
function weight(file) {
  if (!packed.has(file)) {
    const bytes = fs.readFileSync(file);
    packed.set(file, { plain: bytes.length, packed: zlib.gzipSync(bytes).length });
  }
  return packed.get(file);
}

function weigh(site, name) {
  const file = path.join(site.folder, name);
  const parts = [...fs.readFileSync(file, 'utf8').matchAll(/<(?:link rel="stylesheet"|script)[^>]* (?:href|src)="([^"]+)"/g)]
    .map(([, address]) => weight(path.join(path.dirname(file), address)));
  return [weight(file), ...parts].reduce((a, b) => ({ plain: a.plain + b.plain, packed: a.packed + b.packed }));
}

async function shift(page, address) {
  await page.goto(address);
  return page.evaluate(() => new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sum += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => setTimeout(() => resolve(sum), 100));
  }));
}

run(async () => {
  const server = await serve();
  const chromium = await browser();
  const page = await chromium.newPage({ viewport: { width: 360, height: 740 } });
  for (const site of sites().filter(({ name }) => ['own', 'documents'].includes(name))) {
    const heavy = site.pages.map((name) => ({ name, ...weigh(site, name) }))
      .filter(({ name, plain, packed: bytes }) => bytes > PAGE_MAX || plain > (/^(en\/)?(bronnen|sources)\//.test(name) ? TEXT_MAX : PLAIN_MAX));
    none(heavy.map(({ name, plain, packed: bytes }) => `${name}: ${plain} bytes, ${bytes} packed`), `${site.name}: no page is heavy`);
    const moved = [];
    for (const name of sample(site)) {
      const sum = await shift(page, `${server.origin}/${site.name}/${encodeURI(name)}`);
      if (sum > SHIFT_MAX) moved.push(`${name}: ${sum}`);
    }
    none(moved, `${site.name}: nothing moves while a page loads`);
  }
  await chromium.close();
  server.close();
});
