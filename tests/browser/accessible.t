#!/usr/bin/env node
// axe finds nothing on pages of every kind, narrow and wide, light and dark.
'use strict';

const fs = require('fs');
const path = require('path');
const { none, run } = require('../lib/tap.js');
const { root, sites, sample, serve, browser } = require('../lib/pages.js');

const axe = fs.readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

// Of the rules of axe only one depends on colours: in the dark that one is enough.
async function violations(page, colorScheme) {
  await page.evaluate(axe);
  const options = { resultTypes: ['violations'] };
  if (colorScheme === 'dark') options.runOnly = ['color-contrast'];
  const found = await page.evaluate((given) => window.axe.run(given), options);
  return found.violations.flatMap((violation) =>
    violation.nodes.slice(0, 3).map((node) => `${violation.id}: ${violation.help}: ${node.html.slice(0, 200)}`));
}

// The site of the real documents has pages as our own has, with longer texts: once is enough.
const isWanted = (site, colorScheme, width) => site.name !== 'documents' || (colorScheme === 'light' && width === 360);

run(async () => {
  const server = await serve();
  const chromium = await browser();
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1280]) {
      const context = await chromium.newContext({ colorScheme, viewport: { width, height: 800 } });
      const page = await context.newPage();
      for (const site of sites().filter((one) => isWanted(one, colorScheme, width))) {
        const wrong = [];
        for (const name of sample(site)) {
          await page.goto(`${server.origin}/${site.name}/${encodeURI(name)}`);
          for (const violation of await violations(page, colorScheme)) wrong.push(`${name}: ${violation}`);
        }
        none(wrong, `${site.name}: ${colorScheme}, ${width} px wide`);
      }
      await context.close();
    }
  }
  await chromium.close();
  server.close();
});
