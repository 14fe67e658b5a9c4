#!/usr/bin/env node
// What a first query costs in a browser: search.js SITE PAGEFIND QUERY...
//
// SITE is a site that naslag built; PAGEFIND a folder of pages with Pagefind's index in it. Each query
// is asked by a browser that has nothing yet, and all that it gets is counted: for naslag the search
// page with its styles, script, reader, index and ten results; for Pagefind just its script, reader,
// index and ten results, without a page. Nothing is compressed on the way.
'use strict';

const fs = require('fs');
const http = require('http');
const path = require('path');
const { browser } = require('../lib/pages.js');

const types = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.wasm': 'application/wasm', '.svg': 'image/svg+xml' };
const EMPTY = '<!DOCTYPE html><title>x</title>';

function serve(folder) {
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    const file = path.join(folder, name);
    if (name === '/empty.html') return response.writeHead(200, { 'content-type': 'text/html' }).end(EMPTY);
    if (!fs.existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': types[path.extname(file)] || 'application/octet-stream' });
    response.end(fs.readFileSync(file));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

// Counts what a page gets. A round is what is asked for before anything of it has come.
async function measure(chromium, address, act) {
  const context = await chromium.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  const all = [];
  page.on('requestfinished', (request) => all.push((async () => {
    const response = await request.response();
    const { startTime, responseEnd } = request.timing();
    return { bytes: (await response.body()).length, start: startTime, end: startTime + responseEnd };
  })()));
  await page.goto(address.replace(/\?.*/, ''));
  const started = Date.now();
  await act(page);
  const ms = Date.now() - started;
  const got = (await Promise.all(all)).sort((a, b) => a.start - b.start);
  let [rounds, end] = [0, -1];
  for (const request of got.filter((each) => each.start >= started)) {
    if (request.start >= end) rounds++;
    end = Math.max(end, request.end);
  }
  await context.close();
  return { bytes: got.reduce((sum, each) => sum + each.bytes, 0), requests: got.length, rounds, ms };
}

async function naslag(chromium, server, query) {
  const address = `http://127.0.0.1:${server.address().port}/zoeken.html`;
  return measure(chromium, address, async (page) => {
    await page.fill('[id="search.box"]', query);
    await page.waitForSelector('[data-state=found], [data-state=nothing]', { timeout: 20000 });
    await page.waitForLoadState('networkidle');
  });
}

async function pagefind(chromium, server, query) {
  const address = `http://127.0.0.1:${server.address().port}/empty.html`;
  return measure(chromium, address, (page) => page.evaluate(async (text) => {
    const reader = await import('/pagefind/pagefind.js');
    const { results } = await reader.search(text);
    await Promise.all(results.slice(0, 10).map((result) => result.data()));
  }, query));
}

const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];

// A line of medians and maxima, with tabs between.
function show(tool, figures) {
  const columns = ['bytes', 'requests', 'rounds', 'ms'].flatMap((name) => {
    const values = figures.map((each) => each[name]);
    return [median(values), Math.max(...values)];
  });
  console.log([tool, ...columns].join('\t'));
}

async function main([site, peer, ...queries]) {
  const chromium = await browser();
  for (const [tool, folder, ask] of [['naslag', site, naslag], ['pagefind', peer, pagefind]]) {
    if (!folder || folder === '-') continue;
    const server = await serve(folder);
    const figures = [];
    for (const query of queries) figures.push(await ask(chromium, server, query));
    show(tool, figures);
    if (process.env.VERBOSE) queries.forEach((query, i) => console.error(' ', query, JSON.stringify(figures[i])));
    server.close();
  }
  await chromium.close();
}

main(process.argv.slice(2));
