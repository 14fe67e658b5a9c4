// The sites that were built for the tests, their pages, and a browser to open them.
'use strict';

const fs = require('fs');
const http = require('http');
const path = require('path');

const root = path.resolve(__dirname, '../..');
const build = process.env.NASLAG_BUILD || path.join(root, 'build');
const folder = path.join(build, 'pages');

// All files below a folder, as paths within it, sorted.
function files(top) {
  return fs
    .readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(top, path.join(entry.parentPath || entry.path, entry.name)))
    .filter((name) => !name.startsWith('.naslag'))
    .sort();
}

// Whether a page only leads to another: it is not read.
function isRedirect(file) {
  return /<meta http-equiv="refresh"/.test(fs.readFileSync(file, 'utf8'));
}

// The sites, each with its folder, files, HTML pages, and pages that only lead to one.
function sites() {
  if (!fs.existsSync(folder)) throw new Error(`${folder} is missing: run tests/browser/build`);
  return fs.readdirSync(folder).sort().map((name) => {
    const top = path.join(folder, name);
    const all = files(top);
    const html = all.filter((file) => file.endsWith('.html'));
    const redirects = html.filter((file) => isRedirect(path.join(top, file)));
    return { name, folder: top, files: all, redirects, pages: html.filter((file) => !redirects.includes(file)) };
  });
}

// Some pages of every kind: of each folder the smallest, the middle and the largest one, and all
// that stand at the top.
function sample(site) {
  const groups = new Map();
  for (const page of site.pages) {
    const group = path.dirname(page);
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push(page);
  }
  const chosen = new Set();
  for (const [group, pages] of groups) {
    const bySize = pages
      .map((page) => [fs.statSync(path.join(site.folder, page)).size, page])
      .sort((a, b) => a[0] - b[0])
      .map((pair) => pair[1]);
    const picks = [bySize[0], bySize[bySize.length >> 1], bySize[bySize.length - 1]];
    for (const page of group === '.' ? pages : picks) chosen.add(page);
    if (pages.includes(path.join(group, 'index.html'))) chosen.add(path.join(group, 'index.html'));
  }
  return [...chosen].sort();
}

const types = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

// Serves the sites on loopback; resolves to the server, with its address as `origin`.
function serve() {
  const server = http.createServer((request, response) => {
    const wanted = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    const file = path.join(folder, wanted.endsWith('/') ? `${wanted}index.html` : wanted);
    if (!file.startsWith(folder) || !fs.existsSync(file) || !fs.statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    const type = types[path.extname(file)] || 'application/octet-stream';
    response.writeHead(200, { 'Content-Type': type }).end(fs.readFileSync(file));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      server.origin = `http://127.0.0.1:${server.address().port}`;
      resolve(server);
    });
  });
}

function browser() {
  const { chromium } = require(path.join(root, 'node_modules/playwright-core'));
  const args = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
    '--disable-background-networking', '--disable-component-update'];
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    chromiumSandbox: process.getuid() !== 0, // Chromium refuses to sandbox itself for root
    args,
  });
}

module.exports = { root, folder, sites, sample, serve, browser };
