// The search page: asks the reader in search.wasm and shows its answers. Words, and the shape of a
// result, stand in the page (templates/search.mustache). All that is put in is text, never HTML.
'use strict';

const find = (id) => document.getElementById(`search.${id}`);
const page = find('');
const box = find('box');
const title = document.title;
const labels = {};
let query = '', sort, turn = 0, timer, kept = true;

const said = (word, values) =>
  (page.getAttribute(`data-${word}`) || word).replace(/\{(\w+)\}/g, (_, key) => values[key]);
const number = (n) => n.toLocaleString(document.documentElement.lang);
const counted = (n, word) => `${number(n)} ${said(word).split('|')[n === 1 ? 0 : 1]}`;
const make = (id) => find(id).content.firstElementChild.cloneNode(true);
const say = (message) => { find('count').textContent = message; };
const failed = () => say(said('failed'));
const path = (id) => `${page.dataset.root}${id.split('/').map(encodeURIComponent).join('/')}.html`;

function add(parent, tag, text, values) {
  const element = Object.assign(document.createElement(tag), values);
  element.append(text);
  parent.append(element);
  return element;
}

function date(iso = '') {
  const [year, month, day] = iso.split('-');
  return [+day, said('months').split('|')[month - 1], year].filter(Boolean).join(' ');
}

// The reader: one query has it at a time; what it was given is kept for the next.
let code, reader, queue = Promise.resolve();

async function start(again) {
  code ||= fetch(`${page.dataset.root}theme/search.wasm`)
    .then((file) => file.arrayBuffer()).then(WebAssembly.compile);
  reader = { api: (await WebAssembly.instantiate(await code)).exports, files: {}, again };
}

async function inflated(name) {
  const cache = name !== 'index.bin' ? 'default' : reader.again ? 'reload' : 'no-cache';
  const file = await fetch(`${page.dataset.root}search/${name}`, { cache });
  if (file.status === 404) return null;
  if (!file.ok) throw Error(file.status);
  return new Response(file.body.pipeThrough(new DecompressionStream('deflate'))).arrayBuffer();
}

// Each call may have moved the reader's memory.
const memory = (at, length) => new Uint8Array(reader.api.memory.buffer, at >>> 0, length);
const put = (bytes) => memory(reader.api.input(bytes.length), bytes.length).set(bytes);
const text = (bytes) => new TextDecoder().decode(bytes);

function wanted(_, i) {
  const bytes = memory(reader.api.wanted(i));
  return text(bytes.subarray(0, bytes.indexOf(0)));
}

// Null where no one waits for the answer any more, undefined where the index was replaced.
async function run(stale, ...parts) {
  const { api, files, again } = reader;
  const [asked, options] = parts.map((part) => new TextEncoder().encode(part));
  put([...asked, ...options]);
  api.start(asked.length, options.length);
  for (let count; (count = api.step());) {
    if (count < 0) throw Error('damaged');
    const names = Array.from({ length: count }, wanted);
    const all = await Promise.all(names.map((name) => files[name] ||= inflated(name)));
    if (stale()) return null;
    if (!again && all.some((file, i) => !file && names[i] !== 'index.bin')) return undefined;
    all.forEach((file, i) => {
      if (file) put(new Uint8Array(file));
      api.file(i, file ? file.byteLength : -1);
    });
  }
  return JSON.parse(text(memory(api.answer(), api.answer_len())));
}

async function answered(...asked) {
  try {
    for (const again of [false, true]) {
      if (again || !reader) await start(again);
      const answer = await run(...asked);
      if (answer !== undefined) return answer;
    }
  } catch (error) {
    code = reader = undefined;
    throw error;
  }
  return null;
}

function ask(values, stale = () => false) {
  const options = new URLSearchParams({ sort, first: 0, count: 10, passages: 3, ...values });
  const asked = [stale, query, `${options}`];
  const answer = queue.then(() => (stale() ? null : answered(...asked)));
  queue = answer.catch(() => {});
  return answer;
}

// A phrase, or a term with its sign, field and value.
const pattern = /"[^"]*"?|(?<![^\s(])(-|NOT\s+)?(\w+:)("[^"]*"?|[^\s()"]+)/g;
const keyed = (field, value) => (field + value.replace(/"/g, '')).toLowerCase();

// The query with the term, or without it where it was there; its opposite goes in any case.
function toggled(key, field, value, not) {
  let had = false;
  let rest = query.replace(pattern, (all, sign, name, named) => {
    if (!name || keyed(name, named) !== key) return all;
    had ||= !!sign === not;
    return '';
  }).replace(/\s+/g, ' ').trim();
  if (had) return rest;
  if (rest.split('"').length % 2 === 0) rest += '"';
  if (/\sOR\s/.test(rest.replace(/"[^"]*"|\([^()]*\)/g, ''))) rest = `(${rest})`;
  const plain = /^\w[\w./-]*$/.test(value);
  return `${rest} ${not ? '-' : ''}${field}${plain ? value : `"${value.replace(/"/g, ' ')}"`}`.trim();
}

// What the query names stands first, also where no result has it.
function showFacet(name, values) {
  const field = `${name}:`;
  const all = new Map();
  for (const [, sign, other, value] of query.matchAll(pattern))
    if (other?.toLowerCase() === field) all.set(keyed(field, value), { value: value.replace(/"/g, ''), excluded: !!sign });
  for (const value of values) {
    const key = keyed(field, value.value);
    labels[key] = value.label;
    all.set(key, { ...all.get(key), ...value });
  }
  const items = [...all].map(([key, { value, count, excluded }]) => {
    const item = make('value');
    const label = labels[key] || value;
    [...item.children].forEach((button, i) => {
      button.value = toggled(key, field, value, !!i);
      button.dataset.key = key + i;
      button.setAttribute('aria-pressed', excluded === !!i);
      button.lastChild.append(i ? label : number(count || 0));
    });
    item.firstChild.prepend(label, ' ');
    return item;
  });
  const [, list, rest] = find(name).children;
  list.replaceChildren(...items.splice(0, 6));
  rest.firstChild.textContent = said('fold', { count: items.length });
  rest.lastChild.replaceChildren(...items);
}

function showNotes({ problems, missing }) {
  const notes = [...problems, ...missing.map((word) => ({ ...word, code: 'missing' }))];
  find('notes').replaceChildren(...notes.map((note) => {
    const item = make('note');
    const [before, after] = [query.slice(0, note.start), query.slice(note.end)];
    item.firstChild.append(before);
    add(item.firstChild, 'mark', query.slice(note.start, note.end));
    item.firstChild.append(after);
    add(item, 'span', said(note.code, note));
    for (const other of note.suggestions || []) add(item, 'button', other, { value: before + other + after });
    return item;
  }));
}

function link(parent, topics) {
  topics.forEach((topic, i) => {
    parent.append(i ? ', ' : '');
    add(parent, 'a', topic.title, { href: path(topic.id) });
  });
}

function showPassages(item, { id, count, passages }, place) {
  const [, , list, more] = item.children;
  list.replaceChildren(...passages.map((passage) => {
    const entry = make('passage');
    const [address, body, where] = entry.children;
    address.href = `${path(id)}#p${passage.number}`;
    address.append(passage.number);
    passage.text.forEach((part, i) => (i % 2 ? add(body, 'mark', part) : body.append(part)));
    if (passage.page) add(where, 'span', `${said('page')} ${passage.page}`);
    if (passage.section) add(where, 'span', passage.section);
    link(add(where, 'span', ''), passage.topics);
    return entry;
  }));
  const rest = count - passages.length;
  more.textContent = rest > 0 ? said('rest', { passages: counted(rest, 'passage') }) : '';
  more.onclick = async () => {
    const answer = await ask({ first: place, count: 1, passages: count }).catch(failed);
    if (!answer || !item.isConnected) return;
    showPassages(item, answer.results[0], place);
    list.children[passages.length].firstChild.focus();
  };
}

function showResult(result) {
  const item = make('result');
  const [heading, facts] = item.children;
  item.classList.add(`of-${result.kind}`);
  heading.firstChild.href = path(result.id);
  heading.firstChild.append(result.title);
  for (const fact of [result.label, result.issuer, date(result.date)]) if (fact) add(facts, 'span', fact);
  showPassages(item, result, find('results').children.length);
  find('results').append(item);
}

function showResults({ results }, documents) {
  const list = find('results');
  const first = list.children.length;
  results.forEach(showResult);
  const next = list.children.length;
  find('more').hidden = !results.length || next >= documents;
  find('more').onclick = async () => {
    const answer = await ask({ first: next }).catch(failed);
    if (answer && list.children.length === next) showResults(answer, documents);
    list.children[next]?.querySelector('a').focus();
  };
}

function show(answer) {
  const { documents, passages, whole, topics, facets } = answer;
  const { key } = document.activeElement.dataset;
  const total = { passages: counted(passages, 'passage'), documents: counted(documents, 'document') };
  say(documents ? said(whole ? 'found' : 'at-least', total) : said('nothing'));
  page.dataset.state = documents ? 'found' : 'nothing';
  showNotes(answer);
  find('named').replaceChildren();
  link(find('named'), topics);
  for (const field of ['topic', 'kind', 'issuer', 'year', 'source'])
    showFacet(field, facets.find((facet) => facet.field === field)?.values || []);
  if (key) [...page.querySelectorAll('[data-key]')].find((button) => button.dataset.key === key)?.focus();
  find('results').replaceChildren();
  showResults(answer, documents);
}

async function search() {
  const mine = ++turn;
  const stale = () => mine !== turn;
  if (!query.trim()) {
    say('');
    find('notes').replaceChildren();
    page.dataset.state = '';
    return;
  }
  const busy = setTimeout(() => stale() || say(said('busy')), 400);
  const answer = await ask({}, stale).catch(() => stale() || failed());
  clearTimeout(busy);
  if (answer && !stale()) show(answer);
}

// Typing replaces the address, but for one that was asked for on purpose: that stays in the history.
function go(wanted, keep) {
  clearTimeout(timer);
  query = wanted;
  sort = find('sort').value || 'relevance';
  if (box.value !== query) box.value = query;
  const address = new URLSearchParams({ q: query, ...(sort !== 'relevance' && { sort }) });
  const after = query && `?${address}`;
  if (after !== location.search) {
    history[keep || kept ? 'pushState' : 'replaceState'](null, '', location.pathname + after);
    kept = false;
  }
  kept ||= keep;
  document.title = query ? `${query} – ${title}` : title;
  search();
}

function restore() {
  const address = new URLSearchParams(location.search);
  find('sort').value = address.get('sort') || 'relevance';
  go(address.get('q') || '', true);
}

// A text that a spreadsheet would take for a formula gets an apostrophe.
function cell(value) {
  const safe = typeof value === 'string' ? value.replace(/^[=+\-@\t\r]/, "'$&") : `${value ?? ''}`;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

async function download() {
  const answer = await ask({ count: 1000, passages: 1000 }).catch(failed);
  if (!answer) return;
  const rows = [['document', 'passage', 'page', 'date', 'title', 'score', 'text']];
  for (const result of answer.results)
    for (const passage of result.passages)
      rows.push([result.id, passage.number, passage.page, result.date, result.title, result.score, passage.text.join('')]);
  const lines = rows.map((row) => `${row.map(cell).join(',')}\r\n`);
  const href = URL.createObjectURL(new Blob(lines, { type: 'text/csv' }));
  Object.assign(document.createElement('a'), { href, download: `${said('file')}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
}

function press(event) {
  const { key, target } = event;
  if (event.ctrlKey || event.altKey || event.metaKey || target.matches('select')) return;
  const links = [...find('results').querySelectorAll('h3 a')];
  const at = links.indexOf(target.closest('.document')?.querySelector('a'));
  let to;
  if (key === 'Escape' || (key === '/' && target !== box)) to = target !== box && box;
  if (key === 'ArrowDown' && (at >= 0 || target === box)) to = links[at + 1];
  if (key === 'ArrowUp' && at >= 0) to = links[at - 1] || box;
  if (!to) return;
  event.preventDefault();
  to.focus();
}

function click({ target }) {
  const button = target.closest('button[value]');
  if (!button) return;
  go(button.value, true);
  if (!button.dataset.key) box.focus();
}

if (location.protocol === 'file:') {
  say(said('from-disk'));
} else {
  box.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(() => go(box.value, false), 120);
  };
  find('form').onsubmit = (event) => {
    event.preventDefault();
    go(box.value, true);
  };
  find('sort').onchange = () => go(query, true);
  find('csv').onclick = download;
  page.onclick = click;
  document.onkeydown = press;
  window.onpopstate = restore;
  find('narrow').open = matchMedia('(min-width: 62rem)').matches;
  restore();
}
