#!/usr/bin/env node
// Pages ask nothing of other hosts, keep to a strict policy of their own, and work without scripts
// and from disk.
'use strict';

const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');
const { none, ok, run } = require('../lib/tap.js');
const { sites, sample, serve, browser } = require('../lib/pages.js');

// What a page's policy lacks, or null.
function weakness(html) {
  const meta = html.match(/<meta[^>]+http-equiv="?Content-Security-Policy"?[^>]*>/i);
  if (!meta) return 'no policy';
  const policy = (meta[0].match(/content="([^"]*)"/i) || [])[1] || '';
  if (!/default-src '(none|self)'/.test(policy)) return `default-src is open: ${policy}`;
  if (/'unsafe-(inline|eval)'|\*|https?:/.test(policy)) return `the policy lets others in: ${policy}`;
  if (/<script\b|<style\b|<link\b/i.test(html.slice(0, meta.index))) return 'the policy comes too late';
  if (/<[^>]+\s(?:on\w+|style)=["']/i.test(html)) return 'an inline style or handler';
  return null;
}

// Opens pages and gives what went wrong: failures, messages of the browser, requests elsewhere.
async function visit(chromium, site, address, options) {
  const wrong = [];
  const context = await chromium.newContext(options);
  const page = await context.newPage();
  let name = '';
  const own = address('').replace(/[^/]*$/, '');
  page.on('request', (request) => {
    if (!request.url().startsWith(own) && !request.url().startsWith('data:')) wrong.push(`${name}: asks for ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    const left = request.failure().errorText === 'net::ERR_ABORTED'; // the page was left before it came
    if (!left) wrong.push(`${name}: ${request.url()} failed: ${request.failure().errorText}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && !response.url().endsWith('/favicon.ico')) wrong.push(`${name}: ${response.url()}: ${response.status()}`);
  });
  page.on('console', (message) => {
    const told = message.text().startsWith('Failed to load resource'); // as a response, above
    if (message.type() === 'error' && !told) wrong.push(`${name}: ${message.text()}`);
  });
  page.on('pageerror', (error) => wrong.push(`${name}: ${error.message}`));
  for (name of sample(site)) {
    await page.goto(address(name));
    const styled = await page.evaluate(() => getComputedStyle(document.body).fontFamily);
    const text = await page.locator('main').innerText();
    if (!text.trim()) wrong.push(`${name}: shows nothing`);
    if (/^("?Times|serif$)/.test(styled) && !site.unstyled) wrong.push(`${name}: has no style (${styled})`);
  }
  await context.close();
  return wrong;
}

run(async () => {
  const server = await serve();
  const chromium = await browser();
  for (const site of sites()) {
    none(
      site.pages
        .map((page) => [page, weakness(fs.readFileSync(path.join(site.folder, page), 'utf8'))])
        .filter(([, what]) => what)
        .map(([page, what]) => `${page}: ${what}`),
      `${site.name}: every page has a strict policy`,
    );
    const served = (name) => `${server.origin}/${site.name}/${encodeURI(name)}`;
    const onDisk = (name) => pathToFileURL(path.join(site.folder, name || 'x')).href.replace(/\/x$/, name ? '/x' : '/');
    none(await visit(chromium, site, served, {}), `${site.name}: served`);
    none(await visit(chromium, site, served, { javaScriptEnabled: false }), `${site.name}: without scripts`);
    none(await visit(chromium, site, onDisk, {}), `${site.name}: from disk`);
  }
  ok(true, 'all sites were opened');
  await chromium.close();
  server.close();
});
