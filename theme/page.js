// Helps for readers, which nothing needs: what a link leads to is shown when it is pointed at, the
// number of a passage offers it to be quoted, and the contents show where one reads. What is said
// comes with the script's tag. Most of it is in preview.js and quote.js, which are loaded when they
// are wanted.
'use strict';

{
  const NEAR = 100; // pixels from the top of the window
  const script = document.currentScript;

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  // The words of a passage, without its number and the marks of footnotes.
  function wordsOf(passage) {
    const copy = passage.cloneNode(true);
    for (const extra of copy.querySelectorAll('.pn, .number, .footnote-ref, .footnote-back, .cite-passage')) extra.remove();
    return copy.textContent.replace(/\s+/g, ' ').trim();
  }

  const meta = (page, name) => page.querySelector(`meta[property="${name}"], meta[name="${name}"]`)?.content;

  const linkOf = (event) => event.target.closest?.(
    'main :is(.prose, .said) a:is(.topic, .source, .internal), main .footnote-ref a');

  // -- What is loaded when it is wanted ------------------------------------------------------------

  // Both scripts use what stands above, and wait for an event of their name.
  window.naslag = { element, linkOf, meta, wordsOf, words: script.dataset.words.split('|') };
  const base = script.src;
  const loading = {};
  const load = (name) => {
    loading[name] ||= new Promise((resolve) => {
      document.head.append(element('script', { src: new URL(`${name}.js`, base).href, onload: resolve }));
    });
    return loading[name];
  };
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

  // What happened last is handed over, unless a touch is over by then.
  const kinds = ['mouseover', 'focusin', 'touchstart', 'touchmove', 'touchend'];
  let last;
  function point(event) {
    last = event;
    if (loading.preview || !linkOf(event)) return;
    load('preview').then(() => {
      for (const kind of kinds) document.removeEventListener(kind, point);
      if (!/move|end/.test(last.type)) tell('preview', last);
    });
  }
  for (const kind of kinds) document.addEventListener(kind, point, { passive: true });

  document.addEventListener('click', (event) => {
    const number = event.target.closest?.('main .pn');
    const byKey = !event.detail;
    if (number) load('quote').then(() => tell('quote', { number, byKey }));
  });

  // -- Paper ---------------------------------------------------------------------------------------

  // A link on paper has its whole address: that of the site, where it says which it has.
  addEventListener('beforeprint', () => {
    const page = document.querySelector('link[rel=canonical]') || window.location;
    for (const link of document.querySelectorAll('.prose .internal'))
      link.dataset.address = new URL(link.getAttribute('href'), page.href).href;
  });

  // -- Contents ------------------------------------------------------------------------------------

  // Looked up at each step: what stood here when the page was loaded may have been replaced.
  const headings = () => [...document.querySelectorAll(':is(.is-source, .is-note) .contents a')]
    .map((link) => ({ link, heading: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
    .filter(({ heading }) => heading);

  // The entry of the last heading that has passed the top of the window, or nearly.
  function follow() {
    const passed = headings().filter(({ heading }) => heading.getBoundingClientRect().top < NEAR);
    const next = passed.pop()?.link;
    const current = document.querySelector('.contents [aria-current]');
    if (next === (current ?? undefined)) return;
    current?.removeAttribute('aria-current');
    next?.setAttribute('aria-current', 'true');
    const list = next?.closest('.contents');
    if (list && list.scrollHeight > list.clientHeight) list.scrollTop = next.offsetTop - list.clientHeight / 2;
  }

  let waiting = false;
  document.addEventListener('scroll', () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; follow(); });
  }, { passive: true });
}
