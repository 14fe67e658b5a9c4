#!/usr/bin/env node
// What the scripts of a page do for readers: previews, passages to quote, contents that follow, and
// the choice of light or dark; by mouse, keyboard and touch.
'use strict';

const fs = require('fs');
const path = require('path');
const { none, ok, run } = require('../lib/tap.js');
const { root, folder, serve, browser } = require('../lib/pages.js');

const axe = fs.readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const note = 'own/notities/wat-is-zikos.html';
const source = 'own/bronnen/igj-reflectie-2024.html';
const footnoted = 'own/notities/minder-gesloten-plaatsingen.html';

const preview = (page) => page.locator('[id="preview."]');

async function violations(page, part) {
  await page.evaluate(axe);
  const found = await page.evaluate((selector) => window.axe.run(selector), part);
  return found.violations.map((violation) => `${violation.id}: ${violation.nodes[0].html}`);
}

// The description that the page at the end of a link gives of itself.
function described(page, href) {
  const html = fs.readFileSync(path.join(folder, path.dirname(page), href.replace(/#.*/, '')), 'utf8');
  return html.match(/<meta name="description" content="([^"]*)"/)[1].replace(/&#39;/g, "'").replace(/&amp;/g, '&');
}

async function testPreviews(page, origin) {
  await page.goto(`${origin}/${note}`);
  const topic = page.locator('.prose a.topic').first();
  await topic.hover();
  await preview(page).waitFor();
  const text = await preview(page).innerText();
  ok(text.includes(described(note, await topic.getAttribute('href')).slice(0, 60)), 'a topic tells what it is', text);
  ok(await topic.getAttribute('aria-describedby') === 'preview.', 'and is described by that');
  none(await violations(page, '[id="preview."]'), 'axe finds nothing in a preview');
  await preview(page).hover();
  await page.waitForTimeout(600);
  ok(await preview(page).isVisible(), 'the pointer can move onto a preview');
  await page.keyboard.press('Escape');
  ok(!await preview(page).isVisible(), 'Escape closes it');
  ok(await topic.getAttribute('aria-describedby') === null, 'and the link is described no more');

  const citation = page.locator('.prose .citation a[href*="#p"]').first();
  const [, file, anchor] = (await citation.getAttribute('href')).match(/^\.\.\/(.*)#(p\d+)$/);
  await citation.focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await preview(page).waitFor();
  const cited = await preview(page).innerText();
  await page.keyboard.press('Tab');
  const other = await page.context().newPage();
  await other.goto(`${origin}/own/${file}`);
  const passage = (await other.locator(`[id="${anchor}"]`).evaluate((one) => one.closest('p, li, td, h2, h3, h4').firstChild.textContent)).replace(/\s+/g, ' ').trim();
  await other.close();
  ok(cited.includes(passage.slice(0, 30)), 'a citation shows the passage, on focus by keyboard', `${cited} | ${passage}`);

  await page.goto(`${origin}/${footnoted}`);
  await page.locator('.footnote-ref a').first().hover();
  await preview(page).waitFor();
  const foot = await page.locator('[id="fn.1"]').innerText();
  ok(foot.includes((await preview(page).innerText()).slice(0, 50)), 'a footnote shows its text');
}

async function testNothingNeeded(chromium, origin) {
  const context = await chromium.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${origin}/${note}`);
  ok(!await page.locator('.colours').isVisible(), 'without scripts nothing is offered that needs one');
  await page.locator('.pn').first().click();
  ok(/#p\d+$/.test(page.url()), 'and the number of a passage leads to its address');
  await context.close();
}

async function testQuoting(page, origin) {
  await page.goto(`${origin}/${source}`);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const number = page.locator('p > .pn').nth(2);
  const count = (await number.innerText()).trim();
  const words = await number.evaluate((one) => {
    const copy = one.parentElement.cloneNode(true);
    copy.querySelector('.pn').remove();
    return copy.textContent.replace(/\s+/g, ' ').trim();
  });
  await number.click();
  const menu = page.locator('.cite-passage');
  await menu.waitFor();
  none(await violations(page, '.cite-passage'), 'axe finds nothing in what is offered');
  await menu.locator('button').nth(0).click();
  await menu.locator('[role=status]:not(:empty)').waitFor();
  const text = await copied();
  ok(text.startsWith(`‘${words}’ (`), 'a passage is quoted letter for letter, in two clicks', text);
  ok(text.includes('Inspectie Gezondheidszorg en Jeugd') && text.includes(`¶ ${count})`), 'with its source and number', text);
  await menu.locator('button').nth(1).click();
  await page.waitForTimeout(100);
  const link = await copied();
  ok(link.includes(`igj-reflectie-2024.html#p${count}:~:text=`), 'its link finds it by its words', link);
  const [start, end] = link.split(':~:text=')[1].split(',').map(decodeURIComponent);
  ok(words.startsWith(start) && words.endsWith(end || words), 'those that it begins and ends with', `${start} | ${end}`);
  await menu.locator('button').nth(2).click();
  await page.waitForTimeout(100);
  const bibtex = await copied();
  ok(/^@\w+\{[^,]+,\n/.test(bibtex) && bibtex.includes(`passage ${count}`) && bibtex.endsWith('}\n}'), 'and BibTeX names the passage', bibtex);
  ok(bibtex.split('{').length === bibtex.split('}').length, 'with as many braces opened as closed', bibtex);
  await page.keyboard.press('Escape');
  ok(await menu.count() === 0 && await number.evaluate((one) => one === document.activeElement), 'Escape closes, and the number has the focus again');
  await page.keyboard.press('Enter');
  ok(await menu.count() === 1, 'Enter opens');
  await page.waitForFunction(() => document.activeElement.matches('.cite-passage button'));
  ok(await menu.locator('button').first().evaluate((one) => one === document.activeElement), 'and its first button has the focus');
  await page.locator('h1').click();
  ok(await menu.count() === 0, 'a click elsewhere closes');
}

async function testContents(page, origin) {
  await page.goto(`${origin}/${source}`);
  const second = page.locator('.contents a').nth(4);
  const target = (await second.getAttribute('href')).slice(1);
  await page.locator(`[id="${target}"]`).evaluate((one) => window.scrollTo(0, one.getBoundingClientRect().top + window.scrollY - 20));
  await page.waitForFunction(() => document.querySelector('.contents [aria-current]'));
  await page.waitForTimeout(100);
  ok(await second.getAttribute('aria-current') === 'true', 'the contents show where one reads');
  ok(await page.locator('.contents [aria-current]').count() === 1, 'at one place');
  await page.evaluate(() => {
    const main = document.querySelector('main');
    main.replaceWith(main.cloneNode(true));
    window.scrollTo(0, 0);
  });
  await page.waitForFunction(() => document.querySelectorAll('.contents a')[4].ariaCurrent !== 'true');
  await page.locator(`[id="${target}"]`).evaluate((one) => window.scrollTo(0, one.getBoundingClientRect().top + window.scrollY - 20));
  await page.waitForFunction(() => document.querySelectorAll('.contents a')[4].ariaCurrent === 'true');
  ok(await page.locator('.contents [aria-current]').count() === 1, 'also once the page was replaced');
}

async function testColours(chromium, origin) {
  const context = await chromium.newContext({ colorScheme: 'light' });
  const page = await context.newPage();
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.goto(`${origin}/${note}`);
  const light = await paper();
  await page.locator('.colours select').selectOption('dark');
  const dark = await paper();
  ok(light !== dark, 'dark is another paper', `${light} ${dark}`);
  await page.goto(`${origin}/${source}`);
  ok(await paper() === dark, 'and stays on the next page');
  ok(await page.locator('.colours select').inputValue() === 'dark', 'which says so');
  await page.emulateMedia({ media: 'print' });
  ok(await paper() !== dark, 'but not in print');
  await page.emulateMedia({ media: 'screen' });
  await page.locator('.colours select').selectOption('');
  ok(await paper() === light, 'or as the system has it');
  await page.emulateMedia({ colorScheme: 'dark' });
  ok(await paper() === dark, 'which may change');
  await page.locator('.colours select').selectOption('light');
  ok(await paper() === light, 'and light in a dark system');
  await context.close();
}

async function testTouch(chromium, origin) {
  const context = await chromium.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await page.goto(`${origin}/${note}`);
  const topic = page.locator('.prose a.topic').first();
  await topic.scrollIntoViewIfNeeded();
  const address = page.url();
  const touch = (type) => topic.evaluate((link, name) => link.dispatchEvent(
    new TouchEvent(name, { bubbles: true, cancelable: true })), type);
  await touch('touchstart');
  await touch('touchend');
  await page.waitForTimeout(800);
  ok(!await preview(page).isVisible(), 'a short touch shows nothing, also while scripts are loaded');
  await touch('touchstart');
  await preview(page).waitFor();
  ok(!await touch('touchend'), 'a long touch shows a preview and does not follow the link');
  ok(page.url() === address, 'the page stays');
  const { x, width } = await preview(page).boundingBox();
  ok(x >= 0 && x + width <= 360, 'within the screen', `${x} ${width}`);
  await context.close();
}

// What a browser does before it prints, without a printer.
async function testPaper(page, origin) {
  const file = 'own/onderwerpen/elker.html';
  const [, address] = fs.readFileSync(path.join(folder, file), 'utf8').match(/<link rel="canonical" href="([^"]+)"/);
  await page.goto(`${origin}/${file}`);
  ok(!await page.locator('.address').isVisible(), 'the address of a page is not shown on a screen');
  await page.emulateMedia({ media: 'print' });
  ok(await page.locator('.address').innerText() === address, 'on paper it is', address);
  const said = () => page.locator('.prose .internal').first().evaluate((link) => getComputedStyle(link, '::after').content);
  ok((await said()).includes('notities/'), 'a link to another page has its path', await said());
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  ok((await said()).includes(new URL('../notities/', address).href), 'with a script its whole address', await said());
  await page.emulateMedia({ media: null });
}

run(async () => {
  const server = await serve();
  const chromium = await browser();
  const context = await chromium.newContext({ viewport: { width: 1280, height: 800 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
  const page = await context.newPage();
  const wrong = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  await testPreviews(page, server.origin);
  await testQuoting(page, server.origin);
  await testContents(page, server.origin);
  await testPaper(page, server.origin);
  none(wrong, 'no script fails');
  await testNothingNeeded(chromium, server.origin);
  await testColours(chromium, server.origin);
  await testTouch(chromium, server.origin);
  await chromium.close();
  server.close();
});
