// What `naslag serve` adds to each page: shows it anew when it changed, at the place that was being
// read, and tells what is wrong in its document. It is no part of a site that is built.
'use strict';

{
  const words = {
    nl: {
      error: ['fout', 'fouten'],
      warning: ['waarschuwing', 'waarschuwingen'],
      note: ['opmerking', 'opmerkingen'],
      fine: 'Geen fouten in dit stuk',
      here: 'In dit stuk',
      elsewhere: 'Elders',
      failed: 'De site is niet opnieuw gemaakt',
      more: 'Meer staat in de terminal.',
      gone: 'naslag serve draait niet meer.',
    },
    en: {
      error: ['error', 'errors'],
      warning: ['warning', 'warnings'],
      note: ['note', 'notes'],
      fine: 'No mistakes in this document',
      here: 'In this document',
      elsewhere: 'Elsewhere',
      failed: 'The site was not made anew',
      more: 'The terminal shows more.',
      gone: 'naslag serve is not running any more.',
    },
  };
  const severities = ['error', 'warning', 'note'];
  const path = decodeURI(window.location.pathname).slice(1).replace(/(^|\/)$/, '$1index.html');
  let { version } = document.currentScript.dataset;
  let theme;

  const t = () => words[document.documentElement.lang] || words.en;

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

  function item({ path: file, line, column, severity, code, message, page }) {
    const place = [file, line, column].filter(Boolean).join(':');
    const where = page && page !== path
      ? element('a', { href: `/${encodeURI(page)}`, textContent: place })
      : element('code', { textContent: place });
    const label = element('b', { className: severity, textContent: t()[severity][0] });
    return element('li', {}, where, ' ', label, ` ${message} `, element('small', { textContent: `[${code}]` }));
  }

  function group(title, list, open) {
    const key = `serve.${title}`;
    const details = element('details', { open: (sessionStorage.getItem(key) ?? `${open}`) === 'true' },
      element('summary', { textContent: `${title}: ${counted(list)}` }),
      element('ul', {}, ...list.map(item)));
    details.addEventListener('toggle', () => sessionStorage.setItem(key, details.open));
    return details;
  }

  function tell({ diagnostics, count, failure }) {
    const here = diagnostics.filter(({ page }) => page === path);
    const elsewhere = diagnostics.filter(({ page }) => page !== path);
    const parts = [];
    if (failure) parts.push(element('p', { className: 'error', textContent: `${t().failed}: ${failure}` }));
    if (here.length) parts.push(group(t().here, here, true));
    if (elsewhere.length) parts.push(group(t().elsewhere, elsewhere, false));
    if (count > diagnostics.length) parts.push(element('p', { textContent: t().more }));
    box.replaceChildren(...parts);
    box.hidden = !parts.length;
    document.body.append(box);
  }

  // What stands at the top of the window, to be put there again.
  function place() {
    if (!window.scrollY) return () => {};
    const all = [...document.querySelectorAll('main [id]')];
    const first = all.find((one) => one.getBoundingClientRect().bottom > 0);
    if (!first) return () => {};
    const { id } = first;
    const { top } = first.getBoundingClientRect();
    return () => {
      const now = document.getElementById(id);
      if (now) window.scrollBy({ top: now.getBoundingClientRect().top - top, behavior: 'instant' });
    };
  }

  // What a page loads: where that changed, the page has to be loaded as a whole.
  const loads = (page) => [...page.querySelectorAll('link[rel=stylesheet], script[src]')]
    .map((one) => one.getAttribute('href') || one.getAttribute('src')).join();

  const texts = (page) => new Map([...page.querySelectorAll('main [id]')].map((one) => [one.id, one.textContent]));

  // Marks what was not there or reads otherwise than before.
  function mark(before) {
    for (const one of document.querySelectorAll('main [id^=p]'))
      if (/^p\d+$/.test(one.id) && before.get(one.id) !== one.textContent) one.classList.add('serve-changed');
  }

  function replace(next) {
    const restore = place();
    const before = texts(document);
    document.title = next.title;
    document.documentElement.lang = next.documentElement.lang;
    document.body.className = next.body.className;
    document.body.replaceChildren(...next.body.children, box);
    mark(before);
    restore();
  }

  async function refresh() {
    const answer = await fetch(window.location.pathname, {
      cache: 'no-store',
      headers: { 'If-None-Match': version },
    });
    const now = answer.headers.get('ETag');
    if (answer.status === 304 || now === version) return;
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (loads(next) !== loads(document)) {
      window.location.reload();
      return;
    }
    version = now;
    replace(next);
  }

  async function hear(event) {
    const state = JSON.parse(event.data);
    if (!state.diagnostics) return;
    if (theme && theme !== state.theme) window.location.reload();
    theme = state.theme;
    await refresh();
    tell(state);
    document.documentElement.dataset.build = state.build;
  }

  // A browser has few connections to a server, and a page that is not seen needs none.
  let source;
  function listen() {
    if (source) source.close();
    source = undefined;
    if (document.visibilityState === 'hidden') return;
    source = new EventSource(`/.naslag/events?page=${encodeURIComponent(path)}`);
    source.addEventListener('state', hear);
    source.addEventListener('error', () => {
      box.replaceChildren(element('p', { className: 'error', textContent: t().gone }));
      box.hidden = false;
      document.body.append(box);
    });
  }
  document.addEventListener('visibilitychange', listen);
  listen();
}
