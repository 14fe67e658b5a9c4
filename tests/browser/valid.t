#!/usr/bin/env node
// Every page is valid HTML, every stylesheet valid CSS, by the Nu Html Checker.
'use strict';

const { spawnSync } = require('child_process');
const path = require('path');
const { ok, none, run } = require('../lib/tap.js');
const { root, sites } = require('../lib/pages.js');

const checker = path.join(root, 'node_modules/vnu-jar/build/dist/vnu.jar');

function check(paths, cwd, options) {
  const result = spawnSync('java', ['-Xss8m', '-jar', checker, '--format', 'json', ...options, ...paths], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (result.error) throw result.error;
  const start = result.stderr.indexOf('{"');
  if (start < 0) throw new Error(`the checker says: ${result.stderr}`);
  return JSON.parse(result.stderr.slice(start)).messages;
}

run(() => {
  for (const site of sites()) {
    ok(site.pages.length > 3, `${site.name}: there are pages (${site.pages.length})`);
    const messages = check(['.'], site.folder, ['--skip-non-html']);
    none(
      messages
        .filter((message) => message.type === 'error' || message.subType === 'warning')
        // A history may hold a commit dated far ahead, which the page shows as it is.
        .filter((message) => !/attribute “datetime”.*Year may be mistyped/.test(message.message))
        // Read from disk, a page has no origin of its own that 'self' could stand for.
        .filter((message) => !message.message.startsWith('Resource violates Content Security Policy'))
        // What no browser runs, no policy needs to allow: a data block.
        .filter((message) => !(message.message.startsWith('Inline script violates')
          && /<script type="application\/ld\+json">/.test(message.extract)))
        // A commit may say that it was made in any year; the page says it after it.
        .filter((message) => !/Potentially bad value .* Year may be mistyped/.test(message.message))
        .map((m) => `${m.url}:${m.lastLine}:${m.firstColumn || m.lastColumn}: ${m.message} … ${m.extract || ''}`),
      `${site.name}: every page is valid HTML`,
    );
  }
});
