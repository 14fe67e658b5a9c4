// Shows what a link leads to when it is pointed at, focused or touched for long. page.js loads this at
// the first such link, and hands over what happened until then.
'use strict';

{
  const WAIT = 350; // milliseconds, so that nothing opens under a pointer that passes by
  const TEXT_MAX = 420; // characters of a preview
  const READ_MAX = 1 << 20; // bytes that are read of a page in search of a passage
  const { element, linkOf, meta, wordsOf } = window.naslag;

  const shortened = (text) => (text.length > TEXT_MAX ? `${text.slice(0, text.lastIndexOf(' ', TEXT_MAX))} …` : text);

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
  let touched;

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

  const takers = {
    mouseover(event) {
      const link = linkOf(event);
      if (link) want(link);
      else if (event.target.closest('[id="preview."]')) clearTimeout(timer);
      else if (shown) leave();
    },
    focusin(event) {
      const link = linkOf(event);
      if (link && link.matches(':focus-visible')) want(link);
      else hide();
    },
    // A long touch shows the preview in place of the browser's menu; the next touch closes it.
    touchstart(event) {
      touched = linkOf(event);
      if (touched) want(touched);
      else hide();
    },
  };
  for (const [type, take] of Object.entries(takers)) document.addEventListener(type, take, { passive: true });
  document.addEventListener('preview', ({ detail }) => takers[detail.type](detail));
  document.addEventListener('keydown', (event) => event.key === 'Escape' && hide());
  document.addEventListener('touchmove', () => { touched = undefined; hide(); }, { passive: true });
  document.addEventListener('touchend', (event) => {
    if (touched && !box.hidden) event.preventDefault();
    else if (touched) hide();
    touched = undefined;
  });
  document.addEventListener('contextmenu', (event) => touched && event.preventDefault());
}
