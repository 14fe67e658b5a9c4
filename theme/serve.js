// What `naslag serve` adds to each page: shows it anew when it changed, at the place that was being
// read, and tells what is wrong in its document. It is no part of a site that is built.
/* global serveWords */ // by language: see generator/cli/box.h
'use strict';

{
  function decoded(address) {
    try {
      return decodeURI(address);
    } catch {
      return address; // of no page of the site
    }
  }

  const severities = ['error', 'warning', 'note'];
  const path = decoded(window.location.pathname).slice(1).replace(/(^|\/)$/, '$1index.html');
  let { version } = document.currentScript.dataset;
  let theme;
  let first; // build that was heard of

  const language = () => (serveWords[document.documentElement.lang] ? document.documentElement.lang : 'en');
  const t = () => serveWords[language()];

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  // The box with what is wrong. Which of its parts are open is the reader's choice, and stays.
  const box = element('aside', { id: 'serve.', hidden: true });
  box.setAttribute('aria-live', 'polite');

  function counted(list) {
    return severities
      .map((severity) => [severity, list.filter((one) => one.severity === severity).length])
      .filter(([, count]) => count)
      .map(([severity, count]) => `${count} ${t()[severity][count > 1 ? 1 : 0]}`)
      .join(', ');
  }

  // What stands between backticks is code.
  function explained(text) {
    return text.split('`').map((part, i) => (i % 2 ? element('code', { textContent: part }) : part));
  }

  // What was found is said in English; what it means and how it is mended in the language of the page.
  function said({ code, message }, explanations) {
    const explanation = explanations[code]?.[language()];
    const exact = element('span', { lang: 'en', textContent: message });
    const about = element('small', { textContent: `[${code}]` });
    if (!explanation) return [exact, ' ', about];
    if (language() === 'en') return [exact, '. ', ...explained(explanation.slice(explanation.indexOf('To mend it:'))), ' ', about];
    return [...explained(explanation), ' ', element('small', {}, exact, ' ', about)];
  }

  function item(diagnostic, explanations) {
    const { path: file, line, column, severity, page } = diagnostic;
    const place = [file, line, column].filter(Boolean).join(':');
    const where = page && page !== path
      ? element('a', { href: `/${encodeURI(page)}`, textContent: place })
      : element('code', { textContent: place });
    const label = element('b', { className: severity, textContent: t()[severity][0] });
    return element('li', {}, where, ' ', label, ': ', ...said(diagnostic, explanations));
  }

  function group(title, list, explanations, open) {
    const key = `serve.${title}`;
    const details = element('details', { open: (sessionStorage.getItem(key) ?? `${open}`) === 'true' },
      element('summary', { textContent: `${title}: ${counted(list)}` }),
      element('ul', {}, ...list.map((one) => item(one, explanations))));
    details.addEventListener('toggle', () => {
      sessionStorage.setItem(key, details.open);
      fit();
    });
    return details;
  }

  // The end of the page can be read above the box.
  function fit() {
    document.body.style.paddingBottom = box.hidden ? '' : `${box.offsetHeight}px`;
  }

  function show(...parts) {
    box.replaceChildren(...parts);
    box.hidden = !parts.length;
    box.setAttribute('aria-label', t().box);
    document.body.append(box);
    fit();
  }

  function tell({ diagnostics, explanations, count, failure }) {
    const here = diagnostics.filter(({ page }) => page === path);
    const elsewhere = diagnostics.filter(({ page }) => page !== path);
    const parts = [];
    if (failure) parts.push(element('p', { className: 'error', textContent: `${t().failed}: ${failure}` }));
    if (here.length) parts.push(group(t().here, here, explanations, true));
    if (elsewhere.length) parts.push(group(t().elsewhere, elsewhere, explanations, false));
    if (count > diagnostics.length) parts.push(element('p', { textContent: t().more }));
    show(...parts);
  }

  // The passages of the page, each with its text. Their numbers move when one is put in between.
  function passages() {
    return [...document.querySelectorAll('main [id]')].filter(({ id }) => /^p\d+$/.test(id)).map((one) => {
      const whole = one.matches('.pn') ? one.parentElement : one;
      const copy = whole.cloneNode(true);
      copy.querySelectorAll('.pn').forEach((number) => number.remove());
      return { whole, text: copy.textContent.trim() };
    });
  }

  // Where a passage of before stands now: at its place where nothing before it changed, else where its
  // text is, the nearest of several.
  function found(at, before, after) {
    if (before.slice(0, at).every(({ text }, i) => after[i]?.text === text)) return after[at];
    const [nearest] = [...after.keys()]
      .filter((i) => after[i].text === before[at].text)
      .sort((a, b) => Math.abs(a - at) - Math.abs(b - at));
    return after[nearest];
  }

  // Puts what stands at the top of the window there again, once the page is another. Where that is gone,
  // the first passage behind it that is not.
  function place(before) {
    if (!window.scrollY) return () => {};
    const tops = before.map(({ whole }) => whole.getBoundingClientRect());
    const first = tops.findIndex(({ bottom }) => bottom > 0);
    return (after) => {
      for (let at = first; at >= 0 && at < before.length; at++) {
        const now = found(at, before, after);
        if (now) {
          window.scrollBy({ top: now.whole.getBoundingClientRect().top - tops[at].top, behavior: 'instant' });
          return;
        }
      }
    };
  }

  // Marks what was not there or reads otherwise than before.
  function mark(before, after) {
    const known = new Set(before.map(({ text }) => text));
    if (!before.length) return;
    for (const { whole, text } of after) if (!known.has(text)) whole.classList.add('serve-changed');
  }

  // What a page loads: where that changed, the page has to be loaded as a whole. So is that of the
  // search, after each build: its program holds on to the page, and to the index of before.
  function loads(page) {
    return [...page.querySelectorAll('link[rel=stylesheet], script[src]')]
      .map((one) => one.getAttribute('href') || one.getAttribute('src')).join();
  }
  const searches = Boolean(document.getElementById('search.'));

  // Which parts are open is the reader's choice, as long as they are the same.
  function keepOpen(next) {
    const [before, after] = [document, next].map((page) => page.querySelectorAll('main details'));
    if (before.length === after.length) before.forEach((one, i) => { after[i].open = one.open; });
  }

  // What reads the same stays, with what was typed in it or a script made of it.
  function exchange(next) {
    const ours = (one) => one !== box && one.id !== 'preview.';
    const same = (one, other) => (one.matches('main') ? one.isEqualNode(other) : one.textContent === other.textContent);
    const [before, after] = [[...document.body.children].filter(ours), [...next.body.children]];
    if (before.length !== after.length) document.body.replaceChildren(...after, box);
    else before.forEach((one, i) => { if (!same(one, after[i])) one.replaceWith(after[i]); });
  }

  function replace(next) {
    const before = passages();
    const restore = place(before);
    keepOpen(next);
    document.title = next.title;
    document.documentElement.lang = next.documentElement.lang;
    document.body.className = next.body.className;
    exchange(next);
    const after = passages();
    mark(before, after);
    restore(after);
  }

  async function refresh() {
    const answer = await fetch(window.location.pathname, {
      cache: 'no-store',
      headers: { 'If-None-Match': version },
    });
    const now = answer.headers.get('ETag');
    if (answer.status === 304 || now === version) return;
    const next = answer.ok && new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (!next || searches || loads(next) !== loads(document)) {
      window.location.reload();
      return;
    }
    version = now;
    replace(next);
  }

  async function hear(state) {
    if (theme && theme !== state.theme) window.location.reload();
    theme = state.theme;
    first ??= state.build;
    if (searches && state.whole && state.build > first) window.location.reload();
    await refresh();
    tell(state);
    document.documentElement.dataset.build = state.build;
  }

  // A browser has few connections to a server, and a page that is not seen needs none.
  let source;
  let heard = Promise.resolve(); // one after the other: an older answer must not come last
  function listen() {
    if (source) source.close();
    source = undefined;
    if (document.visibilityState === 'hidden') return;
    source = new EventSource(`/.naslag/events?page=${encodeURIComponent(path)}`);
    source.addEventListener('state', ({ data }) => {
      const state = JSON.parse(data);
      if (state.diagnostics) heard = heard.then(() => hear(state)).catch(() => {});
    });
    source.addEventListener('error', () => {
      const refused = source.readyState === EventSource.CLOSED;
      show(element('p', { className: 'error', textContent: refused ? t().full : t().gone }));
      if (refused) setTimeout(listen, 10000);
    });
  }
  document.addEventListener('visibilitychange', listen);
  listen();
}
