#!/usr/bin/env node
// Pages fit a phone, can be used by keyboard alone, and have one main heading.
'use strict';

const { none, ok, run } = require('../lib/tap.js');
const { sites, sample, serve, browser } = require('../lib/pages.js');

async function overflow(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return '';
    const wide = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > width + 1);
    return `${document.documentElement.scrollWidth} px: ${wide.slice(0, 3).map((e) => e.outerHTML.slice(0, 80)).join(' | ')}`;
  });
}

// What has the focus, and whether a person can see that.
async function focus(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return {
      html: element.outerHTML.slice(0, 100),
      href: element.getAttribute('href'),
      inside: box.width > 0 && box.bottom > 0 && box.right > 0 && box.left < innerWidth && box.top < innerHeight,
      marked: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none',
    };
  });
}

async function testWidths(chromium, origin) {
  for (const width of [320, 360, 768, 1280]) {
    const page = await chromium.newPage({ viewport: { width, height: 740 } });
    for (const site of sites()) {
      const wrong = [];
      for (const name of sample(site)) {
        await page.goto(`${origin}/${site.name}/${encodeURI(name)}`);
        const wide = await overflow(page);
        if (wide) wrong.push(`${name}: ${wide}`);
      }
      none(wrong, `${site.name}: nothing is wider than ${width} px`);
    }
    await page.close();
  }
}

async function testKeyboard(page, name) {
  await page.keyboard.press('Tab');
  const first = await focus(page);
  ok(first && first.inside && /^#./.test(first.href || ''), `${name}: Tab shows a link past the menu`, JSON.stringify(first));
  await page.keyboard.press('Enter');
  const main = await page.evaluate(() => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    return Boolean(target && (target.matches('main') || target.closest('main') || target.querySelector('main')));
  });
  ok(main, `${name}: it leads to the main part`);
  await page.reload();
  const unseen = [];
  for (let i = 0; i < 25; i++) {
    await page.keyboard.press('Tab');
    const at = await focus(page);
    if (!at) break;
    if (!at.inside || !at.marked) unseen.push(JSON.stringify(at));
  }
  none(unseen, `${name}: where the focus is can be seen`);
}

run(async () => {
  const server = await serve();
  const chromium = await browser();
  await testWidths(chromium, server.origin);
  const page = await chromium.newPage({ viewport: { width: 1280, height: 800 } });
  for (const site of sites()) {
    const headings = [];
    for (const name of sample(site)) {
      await page.goto(`${server.origin}/${site.name}/${encodeURI(name)}`);
      const count = await page.locator('h1').count();
      if (count !== 1) headings.push(`${name}: ${count} main headings`);
    }
    none(headings, `${site.name}: every page has one main heading`);
    for (const name of ['index.html', site.pages.find((file) => /\/(?!index)/.test(file))]) {
      await page.goto(`${server.origin}/${site.name}/${encodeURI(name)}`);
      await testKeyboard(page, `${site.name}/${name}`);
    }
  }
  await chromium.close();
  server.close();
});
