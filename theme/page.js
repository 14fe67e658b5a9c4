// Helps for readers, which nothing needs: what a link leads to is shown when it is pointed at, the
// number of a passage offers it to be quoted, and the contents show where one reads. What is said
// comes with the script's tag.
'use strict';

{
  const WAIT = 350; // milliseconds, so that nothing opens under a pointer that passes by
  const TEXT_MAX = 420; // characters of a preview
  const NEAR = 100; // pixels from the top of the window
  const READ_MAX = 1 << 20; // bytes that are read of a page in search of a passage
  const [quoteWord, textWord, linkWord, copiedWord] = document.currentScript.dataset.words.split('|');

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

  const shortened = (text) => (text.length > TEXT_MAX ? `${text.slice(0, text.lastIndexOf(' ', TEXT_MAX))} …` : text);

  // -- Previews ------------------------------------------------------------------------------------

  const parse = (html) => new DOMParser().parseFromString(html, 'text/html');

  // As much of a page as holds its head, or the passage that is asked for: the rest is not loaded.
  async function load(url, anchor) {
    const answer = await fetch(url);
    if (!answer.ok) return undefined;
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    const wanted = anchor ? `id="${anchor}"` : '</head>';
    let html = '';
    for (let at = -1; html.length < READ_MAX;) {
      const { done, value } = await reader.read();
      if (done) break;
      html += value;
      if (at < 0) at = html.indexOf(wanted);
      if (at >= 0 && (!anchor || html.length > at + 8 * TEXT_MAX)) {
        reader.cancel();
        break;
      }
    }
    return parse(html);
  }

  const meta = (page, name) => page.querySelector(`meta[property="${name}"], meta[name="${name}"]`)?.content;

  // What stands at an anchor: a passage, a footnote, or a heading with what comes behind it.
  function textAt(page, anchor) {
    const found = page.getElementById(anchor);
    const block = found?.closest('p, li, td, h2, h3, h4, h5, h6, blockquote') || found;
    if (!block) return undefined;
    const next = /^H/.test(block.tagName) && block.nextElementSibling;
    return next ? `${wordsOf(block)}: ${wordsOf(next)}` : wordsOf(block);
  }

  async function previewOf(link) {
    const url = new URL(link.href);
    const anchor = decodeURIComponent(url.hash.slice(1));
    url.hash = '';
    const here = url.href === window.location.href.replace(/#.*/, '');
    const page = here ? document : await load(url, anchor);
    if (!page) return undefined;
    const text = anchor ? textAt(page, anchor) : meta(page, 'description');
    if (!text) return undefined;
    return { title: here ? '' : meta(page, 'og:title'), text: shortened(text), kind: here ? '' : page.body?.className };
  }

  const box = element('div', { id: 'preview.', role: 'tooltip', hidden: true });
  const known = new Map();
  let shown;
  let timer;

  function hide() {
    clearTimeout(timer);
    if (shown) shown.removeAttribute('aria-describedby');
    shown = undefined;
    box.hidden = true;
  }

  // Below the link where there is room, else above it.
  function put(link) {
    const { left, top, bottom } = link.getClientRects()[0] || link.getBoundingClientRect();
    const space = document.documentElement;
    box.style.left = `${Math.max(8, Math.min(left, space.clientWidth - box.offsetWidth - 8)) + window.scrollX}px`;
    const below = bottom + box.offsetHeight + 8 < space.clientHeight || top < box.offsetHeight;
    box.style.top = `${(below ? bottom + 4 : top - box.offsetHeight - 4) + window.scrollY}px`;
  }

  async function show(link) {
    const key = link.href;
    if (!known.has(key)) known.set(key, previewOf(link).catch(() => undefined));
    const found = await known.get(key);
    if (!found || shown !== link) return;
    box.className = found.kind || '';
    box.replaceChildren(...(found.title ? [element('strong', { textContent: found.title })] : []),
      element('p', { textContent: found.text }));
    document.body.append(box);
    box.hidden = false;
    put(link);
    link.setAttribute('aria-describedby', box.id);
  }

  function want(link) {
    if (link === shown) {
      clearTimeout(timer);
      return;
    }
    hide();
    shown = link;
    timer = setTimeout(show, WAIT, link);
  }

  const leave = () => {
    clearTimeout(timer);
    timer = setTimeout(hide, WAIT);
  };

  const linkOf = (event) => event.target.closest?.(
    'main :is(.prose, .said) a:is(.topic, .source, .internal), main .footnote-ref a');

  document.addEventListener('mouseover', (event) => {
    const link = linkOf(event);
    if (link) want(link);
    else if (event.target.closest('[id="preview."]')) clearTimeout(timer);
    else if (shown) leave();
  });
  document.addEventListener('focusin', (event) => {
    const link = linkOf(event);
    if (link && link.matches(':focus-visible')) want(link);
    else hide();
  });
  document.addEventListener('keydown', (event) => event.key === 'Escape' && hide());

  // A long touch shows the preview in place of the browser's menu; the next touch closes it.
  let touched;
  document.addEventListener('touchstart', (event) => {
    touched = linkOf(event);
    if (touched) want(touched);
    else hide();
  }, { passive: true });
  document.addEventListener('touchmove', () => { touched = undefined; hide(); }, { passive: true });
  document.addEventListener('touchend', (event) => {
    if (touched && !box.hidden) event.preventDefault();
    else if (touched) hide();
    touched = undefined;
  });
  document.addEventListener('contextmenu', (event) => touched && event.preventDefault());

  // -- Quoting -------------------------------------------------------------------------------------

  const encoded = (text) => encodeURIComponent(text).replace(/-/g, '%2D');

  // https://wicg.github.io/scroll-to-text-fragment/: the passage is found also when numbers moved.
  function linkTo(anchor, text) {
    const words = text.split(' ');
    const range = words.length > 12
      ? `${encoded(words.slice(0, 5).join(' '))},${encoded(words.slice(-5).join(' '))}`
      : encoded(text);
    const page = document.querySelector('link[rel=canonical]') || window.location;
    return `${page.href.replace(/#.*/, '')}#${anchor}:~:text=${range}`;
  }

  // The page of the original that a passage stands on, as the last mark before it has it.
  function markBefore(passage) {
    const marks = [...document.querySelectorAll('.page-mark')];
    return marks.filter((mark) => mark.compareDocumentPosition(passage) & 4).pop()?.textContent.trim();
  }

  function citation(passage, number, url, text) {
    const whole = document.querySelector('.cite')?.textContent.trim();
    const source = whole || `${meta(document, 'og:title')}, ${meta(document, 'og:site_name')}`;
    const place = [markBefore(passage), `¶ ${number}`].filter(Boolean).join(', ');
    return `‘${text}’ (${source.replace(/\.$/, '')}, ${place}) ${url}`;
  }

  function bibtex(passage, number, url) {
    const note = [markBefore(passage), `passage ${number}`].filter(Boolean).join(', ');
    const given = document.querySelector('main pre code')?.textContent;
    const added = `  note = {${note}},\n  howpublished = {\\url{${url}}}\n}`;
    if (document.body.className === 'is-source' && /^@\w+\{/.test(given || ''))
      return given.trim().replace(/,?\s*\}$/, `,\n${added}`);
    const key = window.location.pathname.split('/').pop().replace(/\.html$/, '');
    return `@misc{${key},\n  title = {${meta(document, 'og:title')}},\n  publisher = {${meta(document, 'og:site_name')}},\n${added}`;
  }

  // The clipboard is there on secure pages only; on others an old way works as well.
  async function copy(text) {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return;
    }
    const field = element('textarea', { value: text });
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }

  let menu;
  function close() {
    menu?.remove();
    menu = undefined;
  }

  function offer(number, byKey) {
    const anchor = number.hash.slice(1);
    const passage = number.parentElement;
    const text = wordsOf(passage);
    const url = linkTo(anchor, text);
    const count = number.textContent.trim();
    const status = element('span', { role: 'status' });
    const button = (label, make) => element('button', {
      type: 'button',
      textContent: label,
      onclick: async () => { await copy(make()); status.textContent = copiedWord; },
    });
    close();
    menu = element('span', { className: 'cite-passage', role: 'group', ariaLabel: `${quoteWord}: ${count}` },
      button(textWord, () => citation(passage, count, url, text)),
      button(linkWord, () => url),
      button('BibTeX', () => bibtex(passage, count, url)),
      status);
    menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      close();
      number.focus();
    });
    number.after(menu);
    // Where the number was followed by key, what it offers comes next. The browser, which goes to the
    // address of the passage after this, would have the next Tab begin there.
    if (byKey) setTimeout(() => menu?.querySelector('button').focus({ preventScroll: true }));
  }

  document.addEventListener('click', (event) => {
    const number = event.target.closest?.('main .pn');
    if (number) offer(number, !event.detail);
    else if (menu && !menu.contains(event.target)) close();
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
