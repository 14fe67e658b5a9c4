#!/usr/bin/env node
// Every link of every page leads to a file and an anchor that exist, by relative paths that also
// work from disk.
'use strict';

const fs = require('fs');
const path = require('path');
const { none, ok, run } = require('../lib/tap.js');
const { sites } = require('../lib/pages.js');

const entities = { amp: '&', lt: '<', gt: '>', quot: '"' };

function decode(text) {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (all, decimal, hex, name) =>
    name ? entities[name] || all : String.fromCodePoint(decimal ? +decimal : parseInt(hex, 16)));
}

function attributes(html, name) {
  const found = [];
  for (const tag of html.matchAll(/<[a-z][^\s>]*(?:\s+[^\s=>]+(?:=(?:"[^"]*"|'[^']*'|[^\s>]*))?)*\s*\/?>/gi)) {
    for (const [, , a, b, c] of tag[0].matchAll(new RegExp(`\\s(${name})=(?:"([^"]*)"|'([^']*)'|([^\\s>]*))`, 'gi'))) {
      found.push(decode(a ?? b ?? c));
    }
  }
  return found;
}

const anchors = new Map();

function anchorsOf(file) {
  if (!anchors.has(file)) anchors.set(file, new Set(attributes(fs.readFileSync(file, 'utf8'), 'id')));
  return anchors.get(file);
}

// What is wrong with a link, or null.
function mistake(site, page, link) {
  if (/^(https?|mailto|tel|data):/i.test(link)) return null;
  if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return 'a scheme that is not allowed';
  if (link.startsWith('/')) return 'not relative';
  const [target, fragment] = [link.replace(/[?#].*$/s, ''), link.replace(/^[^#]*#?/s, '')];
  const file = target ? path.join(site.folder, path.dirname(page), decodeURIComponent(target))
    : path.join(site.folder, page);
  if (!file.startsWith(site.folder + path.sep)) return 'leaves the site';
  if (!fs.existsSync(file)) return 'there is no such file';
  if (!fs.statSync(file).isFile()) return 'a folder, which does not work from disk';
  if (!fragment || fragment === 'top' || !file.endsWith('.html')) return null;
  return anchorsOf(file).has(decodeURIComponent(fragment)) ? null : 'there is no such anchor';
}

run(() => {
  for (const site of sites()) {
    const wrong = [];
    const doubled = [];
    let count = 0;
    const reached = new Set(['index.html', '404.html']);
    for (const page of site.pages) {
      const html = fs.readFileSync(path.join(site.folder, page), 'utf8');
      for (const link of attributes(html, 'href|src|action|poster|data')) {
        count++;
        const what = mistake(site, page, link);
        if (what) wrong.push(`${page}: ${link}: ${what}`);
        else if (!/^\w+:/.test(link)) {
          reached.add(path.join(path.dirname(page), decodeURIComponent(link.replace(/[?#].*$/s, '')) || path.basename(page)));
        }
      }
      const ids = attributes(html, 'id');
      if (new Set(ids).size !== ids.length) doubled.push(page);
    }
    ok(count > site.pages.length, `${site.name}: there are links (${count})`);
    none(wrong, `${site.name}: every link and anchor resolves`);
    none(doubled, `${site.name}: no anchor stands twice on a page`);
    none(site.pages.filter((page) => !reached.has(page)), `${site.name}: every page is linked from another`);
    none(
      site.redirects
        .map((page) => [page, /url=([^"]*)"/.exec(fs.readFileSync(path.join(site.folder, page), 'utf8'))[1]])
        .filter(([page, link]) => mistake(site, page, link)
          || !site.pages.includes(path.join(path.dirname(page), decodeURIComponent(link))))
        .map(([page, link]) => `${page}: ${link}`),
      `${site.name}: other names lead to pages`,
    );
    const styles = site.files.filter((file) => file.endsWith('.css'));
    none(
      styles.flatMap((style) => {
        const css = fs.readFileSync(path.join(site.folder, style), 'utf8');
        return [...css.matchAll(/url\(\s*["']?([^"')]+)/g)]
          .map((match) => [match[1], mistake(site, style, match[1])])
          .filter(([, what]) => what)
          .map(([link, what]) => `${style}: ${link}: ${what}`);
      }),
      `${site.name}: what stylesheets use is there`,
    );
  }
});
