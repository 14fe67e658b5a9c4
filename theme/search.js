// Asks the reader, search.bin, and shows its answers in the words and shapes of
// templates/search.mustache. All that is put in is text, never HTML.
'use strict';

const find = (id) => document.getElementById(`search.${id}`);
const main = find('');
const box = find('box');
const order = find('sort');
const { root } = main.dataset;
const site = document.title;
let query = '', turn = 0, typed, timer;

const said = (word, values) =>
  (main.getAttribute(`data-${word}`) || word).replace(/{(\w+)}/g, (_, key) => values[key]);
const grouped = (n) => n.toLocaleString(document.documentElement.lang);
const counted = (n, word) => n && `${grouped(n)} ${said(word).split('|')[+(n > 1)]}`;
const shape = (id) => find(id).content.firstElementChild.cloneNode(true);
const path = (id) => `${root}${id}.html`;
const make = (tag, textContent, values) => Object.assign(document.createElement(tag), { textContent, ...values });
const fill = (parts, texts) => [...parts].forEach((part, i) => part.append(texts[i] || ''));
const link = (to, topics) =>
  to.replaceChildren(...topics.map(({ id, title }) => make('a', title, { href: path(id) })));

function written(date) {
  const [year, month, day] = date.split('-');
  return [+day, said('months').split('|')[month - 1], year].filter(Boolean).join(' ');
}

// What kinds are called in the language of the page: the index has them in that of the site.
const names = new Map([...find('kinds')?.content.children || []].map((kind) => [kind.value, kind.textContent]));
const named = (kind) => names.get(kind) || kind;

// One query has the reader at a time.
let reader, queue = Promise.resolve();

async function inflated(file, cache) {
  const { body } = await fetch(root + file, { cache });
  const bytes = body.pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(bytes).arrayBuffer());
}

// Each call may have moved the memory.
const memory = (at, length) => new Uint8Array(reader.memory.buffer, at, length);
const put = (bytes) => memory(reader.input(bytes.length), bytes.length).set(bytes);

function wanted(_, i) {
  const bytes = memory(reader.wanted(i));
  const name = new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
  return reader.files[name] ||= inflated(`search/${name}`);
}

// What every query takes, while one is typed.
function begin() {
  const both = [inflated('theme/search.bin'), inflated('search/index.bin', 'no-cache')];
  both.forEach((each) => each.catch(() => {}));
  return both;
}
let first = location.protocol !== 'file:' && begin();

// Null where another query came since.
async function answered(mine, asked, options) {
  if (mine !== turn) return null;
  if (!reader) {
    const { instance } = await WebAssembly.instantiate(await first[0]);
    reader = { ...instance.exports, files: { 'index.bin': first[1] } };
  }
  put([...asked, ...options]);
  reader.start(asked.length, options.length);
  for (let count; (count = reader.step());) {
    if (count < 0) throw Error('index');
    const files = await Promise.all(Array.from({ length: count }, wanted));
    if (mine !== turn) return null;
    files.forEach((file, i) => {
      put(file);
      reader.file(i, file.length);
    });
  }
  return JSON.parse(new TextDecoder().decode(memory(reader.answer(), reader.answer_len())));
}

// Tried once more: the index may be another.
function ask(values) {
  const mine = turn;
  const options = `${new URLSearchParams({ sort: order.value, ...values })}`;
  const bytes = [query, options].map((part) => new TextEncoder().encode(part));
  const attempt = () => answered(mine, ...bytes);
  const restart = () => { [reader, first] = [null, begin()]; };
  queue = queue.then(attempt).catch(() => attempt(restart()))
    .catch(() => mine === turn && blank('failed', restart()));
  return queue;
}

// A phrase, or a term with its sign, field and value.
const pattern = /"[^"]*"?|(?<![^\s(])(-|NOT\s+)?(\w+:)("[^"]*"?|[^\s()"]+)\s*/g;
const bare = (value) => value.replaceAll('"', '');
const keyed = (field, value) => bare(field + value).toLowerCase();

// The query with the term, or without it; never with its opposite.
function toggled(key, field, value, not) {
  let had;
  let rest = query.replace(pattern, (all, sign, name, named) => {
    if (!name || keyed(name, named) !== key) return all;
    had ||= !sign !== not;
    return '';
  }).trim();
  if (had) return rest;
  if (!(rest.split('"').length % 2)) rest += '"';
  if (/\sOR\s/.test(rest.replace(/"[^"]*"|\([^()]*\)/g, ''))) rest = `(${rest})`;
  const safe = /[^\w./-]/.test(value) ? `"${bare(value)}"` : value;
  return `${rest} ${not ? '-' : ''}${field}${safe}`.trim();
}

// What the query names comes first, found or not.
function showFacet(set, values) {
  const field = `${set.name}:`;
  const all = {};
  for (const [, sign, name, value] of query.matchAll(pattern))
    if (name === field) all[keyed(field, value)] = { value: bare(value), not: !!sign };
  for (const value of values) {
    if (set.name === 'kind') value.value = value.label = named(value.value);
    Object.assign(all[keyed(field, value.value)] ||= {}, value);
  }
  set.querySelector('ul').replaceChildren(...Object.entries(all).map(([key, { value, label = value, count, not }]) => {
    const item = shape('value');
    fill(item.querySelectorAll('span'), [label, count && grouped(count), label]);
    [...item.children].forEach((button, i) => Object.assign(button, {
      id: key + i, value: toggled(key, field, value, !!i), ariaPressed: not === !!i,
    }));
    return item;
  }));
}

// Few queries have anything wrong with them.
async function showNotes(notes) {
  const mine = turn;
  const items = notes[0] ? await (await import('./search-notes.js')).items(notes, query, find, said) : [];
  if (mine === turn) find('notes').replaceChildren(...items);
}

function showPassage(id, { number, page, section, text, topics, cut_before, cut_behind }) {
  const item = shape('passage');
  const [address, body, where] = item.children;
  address.href = `${path(id)}#p${number}`;
  address.append(number);
  const marked = text.map((part, i) => make(i % 2 ? 'mark' : 'span', part));
  body.append(cut_before ? '… ' : '', ...marked, cut_behind ? '\xa0…' : '');
  fill(where.children, [page && `${said('page')} ${page}`, section !== text.join('') && section]);
  link(where.lastChild, topics);
  return item;
}

function showPassages(item, { id, count, passages }, place) {
  const [, , list, more] = item.children;
  list.replaceChildren(...passages.map((passage) => showPassage(id, passage)));
  const rest = count - passages.length;
  more.textContent = rest > 0 ? said('rest', { passages: counted(rest, 'passages') }) : '';
  more.onclick = async () => {
    const answer = await ask({ first: place, count: 1, passages: count });
    if (!answer) return;
    showPassages(item, answer.results[0], place);
    list.children[passages.length].firstChild.focus();
  };
}

function showResults({ results, documents, partly }) {
  const list = find('results');
  for (const result of results) {
    const item = shape('result');
    const { id, title, kind, label, issuer, date, count, together, without } = result;
    item.className += ` of-${kind}`;
    item.querySelector('a').href = path(id);
    fill(item.querySelectorAll('a, span'), [title, named(label), issuer, written(date),
      without ? said('without', { words: without.join(', ') }) : count && !together && said('apart')]);
    showPassages(item, result, list.children.length);
    list.append(item);
  }
  const next = list.children.length;
  const more = find('more');
  more.hidden = !results.length || next >= documents + partly;
  more.onclick = async () => {
    const answer = await ask({ first: next });
    if (answer && list.children.length === next) showResults(answer);
    list.children[next]?.querySelector('a').focus();
  };
}

function summary(answer) {
  const [documents, passages, partly] = ['documents', 'passages', 'partly'].map((name) => counted(answer[name], name));
  const fewer = passages && answer.passages < answer.documents;
  const counts = fewer ? [said('titles', { documents, passages }), partly] : [documents, passages, partly];
  const all = counts.filter(Boolean).join(', ');
  return answer.whole ? all : said('at-least', { all });
}

const say = (word) => find('count').replaceChildren(said(word));

function blank(word) {
  say(word);
  showNotes([]);
  main.dataset.state = '';
}

function show(answer) {
  const { id } = document.activeElement;
  const found = answer.documents + answer.partly;
  say(found ? summary(answer) : 'nothing');
  showNotes([...answer.problems, ...answer.missing]);
  main.dataset.state = found ? 'found' : 'nothing';
  link(find('named'), answer.topics);
  find('best').hidden = answer.facets_whole;
  for (const set of main.querySelectorAll('fieldset'))
    showFacet(set, answer.facets.find(({ field }) => field === set.name)?.values || []);
  document.getElementById(id)?.focus();
  find('results').replaceChildren();
  showResults(answer);
}

async function search(wanted, values) {
  const mine = ++turn;
  clearTimeout(timer);
  query = box.value = wanted;
  document.title = (query && `${query} – `) + site;
  if (location.protocol === 'file:') return blank('from-disk');
  if (!query.trim()) return blank('');
  const busy = setTimeout(() => mine === turn && say('busy'), 400);
  const answer = await ask(values);
  clearTimeout(busy);
  if (answer) show(answer);
}

// Of what is typed the address keeps the last only.
function go(wanted, typing) {
  const sort = order.value && { sort: order.value };
  const after = wanted && `?${new URLSearchParams({ q: wanted, ...sort })}`;
  if (after !== location.search)
    history[typing && typed ? 'replaceState' : 'pushState'](null, '', location.pathname + after);
  typed = typing;
  search(wanted);
}

function restore() {
  const address = new URLSearchParams(location.search);
  typed = false;
  order.value = address.get('sort') || '';
  search(address.get('q') || '');
}

find('all').onclick = () => search(query, { groups: 9999 });

find('csv').onclick = async () => (await import('./search-csv.js')).save(ask, said('file'));

document.onkeydown = (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey) return;
  const stops = [box, ...main.querySelectorAll('h3 a')];
  const at = stops.indexOf(target.closest('.document')?.querySelector('a') || target);
  const move = { ArrowDown: 1, ArrowUp: -1 }[key];
  const back = target !== box && (key === 'Escape' || key === '/');
  const to = back ? box : at >= 0 && move && stops[at + move];
  if (!to) return;
  event.preventDefault();
  to.focus();
};

main.onclick = ({ target }) => {
  const button = target.closest('button[value]');
  if (!button) return;
  go(button.value);
  if (!button.id) box.focus();
};

box.oninput = () => {
  clearTimeout(timer);
  timer = setTimeout(go, 120, box.value, true);
};

find('form').onsubmit = (event) => {
  event.preventDefault();
  go(box.value);
};

order.onchange = () => go(query);
onpopstate = restore;
find('narrow').open = innerWidth >= 992;
restore();
