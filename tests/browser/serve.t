#!/usr/bin/env node
// A page of `naslag serve` shows what is saved, at the place that is being read, marks it, and tells what
// is wrong.
'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawn, spawnSync } = require('child_process');
const { ok, run } = require('../lib/tap.js');
const { root, folder, browser } = require('../lib/pages.js');

const axe = fs.readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const program = process.env.NASLAG || path.join(path.dirname(folder), 'naslag');
const patience = 20000 * (process.env.NASLAG_SLOWER || 1);
const pictures = process.env.NASLAG_PICTURES; // where to leave screenshots

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'naslag-test-'));
const work = path.join(scratch, 'work');
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));

function save(name, text) {
  const file = path.join(work, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(`${file}~`, text);
  fs.renameSync(`${file}~`, file);
}

const paragraph = (i) => `Paragraph ${i} tells of the heron, and goes on for a while so that it fills a line or two of the page that it stands on.\n`;
const paragraphs = Array.from({ length: 60 }, (_, i) => paragraph(i));
const long = (...lines) => ['# Long\n', ...lines].join('\n');

// Starts the program; resolves to it, with its address as `origin`.
function serve(...options) {
  const server = spawn(program, ['serve', '-C', work, '--cache', path.join(scratch, 'cache'), ...options],
    { env: { ...process.env, TMPDIR: scratch }, stdio: ['ignore', 'pipe', 'ignore'] });
  process.on('exit', () => server.kill('SIGKILL'));
  server.end = () => new Promise((resolve) => {
    server.on('exit', resolve);
    server.kill();
  });
  return new Promise((resolve, reject) => {
    let said = '';
    server.on('exit', () => reject(Error(`naslag serve ends: ${said}`)));
    server.stdout.on('data', (bytes) => {
      said += bytes;
      const [origin] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) || [];
      if (origin) resolve(Object.assign(server, { origin }));
    });
  });
}

async function open(context, address) {
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  page.wrong = [];
  page.on('pageerror', (error) => page.wrong.push(error.message));
  page.on('console', (message) => message.type() === 'error' && !/404|ERR_/.test(message.text()) && page.wrong.push(message.text()));
  await page.goto(address);
  await page.waitForFunction(() => document.documentElement.dataset.build);
  await page.evaluate(() => { window.loadedOnce = true; });
  return page;
}

const shows = (page, text, where = 'main') => page.locator(where, { hasText: text }).waitFor({ state: 'attached' });
const gone = (page, text, where = 'main') => page.locator(where, { hasText: text }).waitFor({ state: 'detached' });
const kept = (page) => page.evaluate(() => window.loadedOnce === true);

// Where a paragraph stands in the window.
const top = (page, text) => page.locator('p', { hasText: text }).evaluate((one) => one.getBoundingClientRect().top);
const marked = (page) => page.locator('.serve-changed').allTextContents();

async function testPlace(page) {
  await page.locator('p', { hasText: 'Paragraph 40 ' }).evaluate((one) => window.scrollTo(0, one.getBoundingClientRect().top + window.scrollY + 5));
  const before = await top(page, 'Paragraph 40 ');
  save('notes/long.md', long('Put in above.\n', 'And a second one.\n', ...paragraphs));
  await shows(page, 'Put in above');
  ok(Math.abs(await top(page, 'Paragraph 40 ') - before) < 2, 'what is put in above does not move what is read');
  const marks = await marked(page);
  ok(marks.length === 2 && /Put in above/.test(marks[0]), 'it is marked, and nothing else', marks.join('\n'));

  save('notes/long.md', long('Put in above.\n', 'And a second one.\n', ...paragraphs.map((text, i) => (i === 40 ? `${text.trim()} It got longer. ${'Much longer. '.repeat(60)}\n` : text))));
  await shows(page, 'It got longer');
  ok(Math.abs(await top(page, 'Paragraph 40 ') - before) < 2, 'nor does what is read, when it is edited itself');
  ok((await marked(page)).length === 1, 'and it is marked');

  save('notes/long.md', long(...paragraphs.filter((_, i) => i < 30 || i > 40)));
  await gone(page, 'Paragraph 40 ');
  ok(await top(page, 'Paragraph 41 ') >= 0 && await top(page, 'Paragraph 41 ') < 800, 'where that is gone, what follows is there');
  save('notes/long.md', long(...paragraphs));
  await shows(page, 'Paragraph 40 ');
  ok(await kept(page), 'all that without loading the page anew');
}

async function testKept(page) {
  await page.locator('input[name=q]').fill('half a quer');
  save('notes/long.md', long('> [!tip]- A tip\n> What it says.\n', ...paragraphs));
  await shows(page, 'What it says');
  await page.locator('main details', { hasText: 'A tip' }).last().evaluate((one) => { one.open = true; });
  save('notes/long.md', long('> [!tip]- A tip\n> What it says.\n', ...paragraphs, 'The end.\n'));
  await shows(page, 'The end.');
  ok(await page.locator('input[name=q]').inputValue() === 'half a quer', 'what was typed stays');
  ok(await page.locator('main details', { hasText: 'A tip' }).last().evaluate((one) => one.open), 'what was opened stays open');
}

const box = '#serve\\.';

async function testBox(page, other) {
  ok(await page.locator(box).isHidden(), 'where nothing is wrong there is no box');
  save('notes/other.md', '# Other\n\nSee [[Nobody]] and [[Nothing]].\n');
  await shows(page, '2 warnings', box);
  ok((await page.locator(`${box} a`).allTextContents()).join() === 'notes/other.md:3:5,notes/other.md:3:20', 'mistakes elsewhere are links', (await page.locator(`${box} a`).allTextContents()).join());
  ok(!await page.locator(`${box} details`).getAttribute('open').then((value) => value !== null), 'that are folded away');
  save('notes/long.md', long('See [[Nowhere]].\n', ...paragraphs));
  await shows(page, 'Nowhere', box);
  const groups = await page.locator(`${box} summary`).allTextContents();
  ok(groups.join() === 'In this document: 1 warning,Elsewhere: 2 warnings', 'those of the document come first', groups.join());
  ok(await page.locator(`${box} details`).first().getAttribute('open') !== null, 'and are shown');
  ok((await page.locator(`${box} li`).first().textContent()).startsWith('notes/long.md:3:5 warning: nothing is called \'Nowhere\''), 'with line and column', await page.locator(`${box} li`).first().textContent());
  const end = await page.evaluate(() => {
    window.scrollTo(0, document.documentElement.scrollHeight);
    const all = [...document.body.children].filter(({ id }) => id !== 'serve.');
    return [all[all.length - 1].getBoundingClientRect().bottom, document.getElementById('serve.').getBoundingClientRect().top];
  });
  ok(end[0] <= end[1] + 1, 'the end of the page can be read above the box', end.join());

  await shows(other, 'Nowhere', box);
  ok((await other.locator(`${box} summary`).allTextContents()).join() === 'In this document: 2 warnings,Elsewhere: 1 warning', 'a second page has its own');
  await page.locator(`${box} summary`).last().click();
  await page.locator(`${box} a`).first().click();
  await page.waitForURL('**/notes/other.html');
  await page.goBack();
  await shows(page, 'Nowhere', box);
  ok(await page.locator(`${box} details`).last().evaluate((one) => one.open), 'what was unfolded stays so');
}

async function testAccessible(context, address) {
  for (const colorScheme of ['light', 'dark']) {
    const page = await open(context, address);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(box).waitFor();
    await page.locator(`${box} details`).last().evaluate((one) => { one.open = true; });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document));
    ok(violations.length === 0, `the box is accessible, ${colorScheme}`, violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`).join('\n'));
    if (pictures) await page.screenshot({ path: path.join(pictures, `serve-${colorScheme}.png`) });
    await page.close();
  }
}

// Whether the theme counts.
const styled = (page) => page.evaluate(() => getComputedStyle(document.querySelector('.skip')).position === 'absolute');

async function testGone(page) {
  save('notes/long.md', long(...paragraphs));
  save('notes/other.md', '# Other\n\nFine now.\n');
  await page.locator(box).waitFor({ state: 'hidden' });
  ok(true, 'the box goes when all is mended');
  fs.rmSync(path.join(work, 'notes/long.md'));
  await shows(page, 'This page does not exist');
  ok(await styled(page), 'the page of what is not there has its style, at any depth');
  save('notes/long.md', long('It is back.\n'));
  await shows(page, 'It is back');
  ok(true, 'a page that was deleted comes back with its document');
  ok(await styled(page), 'with its style');
}

async function testSearch(context, origin) {
  const page = await open(context, `${origin}/search.html?q=back`);
  await shows(page, 'Long', '#search\\.results');
  save('notes/found.md', '# Found\n\nA kingfisher was seen.\n');
  await page.waitForFunction(() => !window.loadedOnce && document.documentElement.dataset.build);
  await page.locator('main input[type=search]').fill('kingfisher');
  await shows(page, 'Found', '#search\\.results');
  ok(true, 'the search page finds what was just saved');
  save('naslag.yaml', 'title: Marsh\nlanguage: en\n');
  await shows(page, 'Marsh', '.site-title');
  await shows(page, 'Found', '#search\\.results');
  ok(await page.locator('main input[type=search]').inputValue() === 'kingfisher', 'and goes on where it was, when it is another page itself');
  ok(page.wrong.length === 0, 'nothing goes wrong on the search page', page.wrong.join('\n'));
  await page.close();
}

// What is wrong is told in the language of the site.
async function testDutch(context, origin) {
  save('naslag.yaml', 'title: Polder\nlanguage: nl\n');
  save('notes/fout.md', '# Fout\n\nZie [[Nergens]], en ^[een noot.\n\n[naam](ftp://a.b)\n');
  const page = await context.newPage();
  for (let i = 0; i < 200; i++) {
    // Until it is there, the page that says so may load it by itself meanwhile.
    const answer = await page.goto(`${origin}/notities/fout.html`).catch(() => null);
    if (answer && answer.ok()) break;
    await page.waitForTimeout(50);
  }
  await shows(page, 'Nergens', box);
  const [group] = await page.locator(`${box} summary`).allTextContents();
  ok(/^In dit stuk: \d waarschuwing/.test(group), 'in the site\'s language: how many', group);
  const item = await page.locator(`${box} li`).first().textContent();
  ok(/^notes\/fout\.md:3:5 waarschuwing: een koppeling .*Zo herstel je het: .*nothing is called 'Nergens'.* \[link-missing\]$/.test(item), 'where, how bad, what it means, what to do and what was found', item);
  ok(await page.locator(`${box} li small [lang=en]`).first().textContent().then((text) => /^nothing is called/.test(text)), 'what is in English says so');
  ok(!(await page.locator(box).textContent()).includes('`'), 'code is set as code');
  ok(await page.locator(box).getAttribute('aria-label') === 'Fouten', 'and so is the name of the box');
  await page.close();
  save('notes/fout.md', '# Goed\n');
  save('naslag.yaml', 'title: Marsh\nlanguage: en\n');
}

async function testEnd(page, server) {
  await server.end();
  await shows(page, 'naslag serve is not running any more', box);
  save('notes/long.md', long('Saved meanwhile.\n'));
  const again = await serve('--port', new URL(server.origin).port);
  await shows(page, 'Saved meanwhile');
  await page.locator(box).waitFor({ state: 'hidden' });
  ok(true, 'when the program ends that is told, and a page goes on with the next');
  return again;
}

run(async () => {
  spawnSync('git', ['init', '-q', work]);
  save('naslag.yaml', 'title: Polder\nlanguage: en\n');
  save('topics/heron.md', '---\ntitle: heron\n---\nA wading bird.\n');
  save('notes/long.md', long(...paragraphs));
  save('notes/other.md', '# Other\n\nAnother note.\n');
  const server = await serve();
  const chromium = await browser();
  const context = await chromium.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await open(context, `${server.origin}/notes/long.html`);
  const other = await open(await chromium.newContext(), `${server.origin}/notes/other.html`);
  await testPlace(page);
  await testKept(page);
  await testBox(page, other);
  await testAccessible(context, `${server.origin}/notes/long.html`);
  await testGone(page);
  await testSearch(context, server.origin);
  await testDutch(context, server.origin);
  await shows(page, 'It is back');
  await page.waitForFunction(() => document.documentElement.dataset.build);
  const again = await testEnd(page, server);
  ok([...page.wrong, ...other.wrong].length === 0, 'nothing goes wrong on pages', [...page.wrong, ...other.wrong].join('\n'));
  await chromium.close();
  await again.end();
});
