// Asks the reader in search.bin, which is WebAssembly, and shows its answers. Words and shapes are those of
// templates/search.mustache; all that is put in is text, never HTML.
'use strict';

const find = (id) => document.getElementById(`search.${id}`);
const page = find('');
const box = find('box');
const { root } = page.dataset;
const title = document.title;
const labels = {};
let query = '', sort, turn = 0, timer, kept = true;

const said = (word, values) =>
  (page.getAttribute(`data-${word}`) || word).replace(/\{(\w+)\}/g, (_, key) => values[key]);
const number = (n) => n.toLocaleString(document.documentElement.lang);
const counted = (n, word) => `${number(n)} ${said(word).split('|')[n === 1 ? 0 : 1]}`;
const make = (id) => find(id).content.firstElementChild.cloneNode(true);
const say = (message) => find('count').replaceChildren(message);
const path = (id) => `${root}${id.split('/').map(encodeURIComponent).join('/')}.html`;

function add(parent, tag, text, values) {
  const element = Object.assign(document.createElement(tag), values);
  element.append(text);
  parent.append(element);
  return element;
}

const fill = (parts, texts) => [...parts].forEach((part, i) => part.append(texts[i] || ''));
const link = (parent, topics) => topics.forEach((topic) => add(parent, 'a', topic.title, { href: path(topic.id) }));

function date(iso = '') {
  const [year, month, day] = iso.split('-');
  return [+day, said('months').split('|')[month - 1], year].filter(Boolean).join(' ');
}

// One query has the reader at a time; its files are kept for the next.
let code, reader, queue = Promise.resolve();

async function inflated(path, cache = 'default') {
  const { ok, body } = await fetch(root + path, { cache });
  return ok && new Response(body.pipeThrough(new DecompressionStream('deflate'))).arrayBuffer();
}

// Each call may have moved the memory.
const memory = (at, length) => new Uint8Array(reader.api.memory.buffer, at, length);
const put = (bytes) => memory(reader.api.input(bytes.length), bytes.length).set(bytes);
const text = (bytes) => new TextDecoder().decode(bytes);

function wanted(_, i) {
  const bytes = memory(reader.api.wanted(i));
  return text(bytes.subarray(0, bytes.indexOf(0)));
}

// Null where no one waits for it. A file that is gone tells of a new index.
async function answered(stale, parts, again = false) {
  if (again || !reader) {
    code ||= inflated('theme/search.bin').then(WebAssembly.compile);
    reader = { api: (await WebAssembly.instantiate(await code)).exports, files: {}, again };
  }
  const { api, files } = reader;
  const [asked, options] = parts.map((part) => new TextEncoder().encode(part));
  put([...asked, ...options]);
  api.start(asked.length, options.length);
  for (let count; (count = api.step());) {
    if (count < 0) throw Error('index');
    const names = Array.from({ length: count }, wanted);
    const all = await Promise.all(names.map((name) => files[name] ||= inflated(
      `search/${name}`, name === 'index.bin' ? (again ? 'reload' : 'no-cache') : 'default')));
    if (stale()) return null;
    const gone = all.some((file, i) => !file && names[i] !== 'index.bin');
    if (gone && !reader.again) return answered(stale, parts, true);
    all.forEach((file, i) => {
      if (file) put(new Uint8Array(file));
      api.file(i, file ? file.byteLength : -1);
    });
  }
  return JSON.parse(text(memory(api.answer(), api.answer_len())));
}

function ask(values, stale = () => false) {
  const options = new URLSearchParams({ sort, first: 0, count: 10, passages: 3, ...values });
  const parts = [query, `${options}`];
  return queue = queue.then(() => (stale() ? null : answered(stale, parts))).catch(() => {
    code = reader = undefined;
    if (!stale()) blank(said('failed'));
  });
}

// A phrase, or a term with its sign, field and value.
const pattern = /"[^"]*"?|(?<![^\s(])(-|NOT\s+)?(\w+:)("[^"]*"?|[^\s()"]+)/g;
const keyed = (field, value) => (field + value.replace(/"/g, '')).toLowerCase();

// The query with the term, or without where it was there. Its opposite goes in any case.
function toggled(key, field, value, not) {
  let had = false;
  let rest = query.replace(pattern, (all, sign, name, named) => {
    if (!name || keyed(name, named) !== key) return all;
    had ||= !!sign === not;
    return '';
  }).replace(/\s+/g, ' ').trim();
  if (had) return rest;
  if (!(rest.split('"').length % 2)) rest += '"';
  if (/\sOR\s/.test(rest.replace(/"[^"]*"|\([^()]*\)/g, ''))) rest = `(${rest})`;
  const safe = /^\w[\w./-]*$/.test(value) ? value : `"${value.replace(/"/g, ' ')}"`;
  return `${rest} ${not ? '-' : ''}${field}${safe}`.trim();
}

// What the query names stands first, even where no result has it.
function showFacet(set, values) {
  const field = `${set.name}:`;
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
      button.id = key + i;
      button.ariaPressed = excluded === !!i;
      button.lastChild.append(i ? label : count ? number(count) : '');
    });
    item.firstChild.prepend(label, ' ');
    return item;
  });
  const [, list, rest] = set.children;
  list.replaceChildren(...items.splice(0, 6));
  rest.firstChild.textContent = said('fold', { count: items.length });
  rest.lastChild.replaceChildren(...items);
}

function showNotes(notes) {
  find('notes').replaceChildren(...notes.map((note) => {
    const item = make('note');
    const { start: from, end, code: problem = 'missing', suggestions = [] } = note;
    const [before, after] = [query.slice(0, from), query.slice(end)];
    fill(item.querySelectorAll('span, mark'), [before, query.slice(from, end), after, said(problem, note)]);
    for (const other of suggestions) add(item, 'button', other, { value: before + other + after });
    return item;
  }));
}

function showPassages(item, { id, count, passages }, place) {
  const [, , list, more] = item.children;
  list.replaceChildren(...passages.map((passage) => {
    const entry = make('passage');
    const [address, body, where] = entry.children;
    address.href = `${path(id)}#p${passage.number}`;
    address.append(passage.number);
    passage.text.forEach((part, i) => (i % 2 ? add(body, 'mark', part) : body.append(part)));
    fill(where.children, [passage.page && `${said('page')} ${passage.page}`, passage.section]);
    link(where.lastChild, passage.topics);
    return entry;
  }));
  const rest = count - passages.length;
  more.textContent = rest > 0 ? said('rest', { passages: counted(rest, 'passage') }) : '';
  more.onclick = async () => {
    const answer = await ask({ first: place, count: 1, passages: count });
    if (!answer || !item.isConnected) return;
    showPassages(item, answer.results[0], place);
    list.children[passages.length].firstChild.focus();
  };
}

function showResults({ results }, documents) {
  const list = find('results');
  for (const result of results) {
    const item = make('result');
    const [{ firstChild: heading }, facts] = item.children;
    item.classList.add(`of-${result.kind}`);
    heading.href = path(result.id);
    fill([heading, ...facts.children], [result.title, result.label, result.issuer, date(result.date)]);
    showPassages(item, result, list.children.length);
    list.append(item);
  }
  const next = list.children.length;
  find('more').hidden = !results.length || next >= documents;
  find('more').onclick = async () => {
    const answer = await ask({ first: next });
    if (answer && list.children.length === next) showResults(answer, documents);
    list.children[next]?.querySelector('a').focus();
  };
}

function show(answer) {
  const { documents, passages, whole } = answer;
  const { id } = document.activeElement;
  const total = { passages: counted(passages, 'passage'), documents: counted(documents, 'document') };
  say(documents ? said(whole ? 'found' : 'at-least', total) : said('nothing'));
  page.dataset.state = documents ? 'found' : 'nothing';
  showNotes([...answer.problems, ...answer.missing]);
  find('named').replaceChildren();
  link(find('named'), answer.topics);
  for (const set of page.querySelectorAll('fieldset'))
    showFacet(set, answer.facets.find(({ field }) => field === set.name)?.values || []);
  if (document.activeElement.id !== id) document.getElementById(id)?.focus();
  find('results').replaceChildren();
  showResults(answer, documents);
}

function blank(message) {
  say(message);
  showNotes([]);
  page.dataset.state = '';
}

async function search() {
  const mine = ++turn;
  const stale = () => mine !== turn;
  if (location.protocol === 'file:') return blank(said('from-disk'));
  if (!query.trim()) return blank('');
  const busy = setTimeout(() => stale() || say(said('busy')), 400);
  const answer = await ask({}, stale);
  clearTimeout(busy);
  if (answer && !stale()) show(answer);
}

function set(wanted) {
  clearTimeout(timer);
  query = wanted;
  sort = find('sort').value || 'relevance';
  box.value = query;
  document.title = (query && `${query} – `) + title;
  search();
}

// Typing replaces the address, but not what was asked for on purpose.
function go(wanted, keep) {
  set(wanted);
  const after = query && `?${new URLSearchParams({ q: query, ...(sort !== 'relevance' && { sort }) })}`;
  if (after !== location.search) {
    history[keep || kept ? 'pushState' : 'replaceState'](null, '', location.pathname + after);
    kept = false;
  }
  kept ||= keep;
}

function restore() {
  const address = new URLSearchParams(location.search);
  kept = true;
  find('sort').value = address.get('sort') || 'relevance';
  set(address.get('q') || '');
}

// A spreadsheet would take it for a formula.
function cell(value) {
  const safe = typeof value === 'string' ? value.replace(/^[-=+@]/, "'$&") : `${value ?? ''}`;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

find('csv').onclick = async () => {
  const answer = await ask({ count: 1000, passages: 1000 });
  if (!answer) return;
  const rows = answer.results.flatMap(({ id, title: name, date: day, score, passages }) =>
    passages.map(({ number: n, page: at, text: parts }) => [id, n, at, day, name, score, parts.join('')]));
  rows.unshift('document passage page date title score text'.split(' '));
  const lines = rows.map((row) => `${row.map(cell).join(',')}\r\n`);
  const href = URL.createObjectURL(new Blob(lines, { type: 'text/csv' }));
  Object.assign(document.createElement('a'), { href, download: `${said('file')}.csv` }).click();
};

document.onkeydown = (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const stops = [box, ...page.querySelectorAll('h3 a')];
  const at = stops.indexOf(target.closest('.document')?.querySelector('a') || target);
  const move = { ArrowDown: 1, ArrowUp: -1 }[key];
  let to = at >= 0 && move && stops[at + move];
  if (target !== box && (key === 'Escape' || key === '/')) to = box;
  if (!to) return;
  event.preventDefault();
  to.focus();
};

page.onclick = ({ target }) => {
  const button = target.closest('button[value]');
  if (!button) return;
  go(button.value, true);
  if (!button.id) box.focus();
};

box.oninput = () => {
  clearTimeout(timer);
  timer = setTimeout(() => go(box.value, false), 120);
};

find('form').onsubmit = (event) => {
  event.preventDefault();
  go(box.value, true);
};

find('sort').onchange = () => go(query, true);
onpopstate = restore;
find('narrow').open = innerWidth >= 992;
restore();
