// What the number of a passage offers: its text with its source, a link that finds it by its words,
// BibTeX. page.js loads this when a number is followed.
'use strict';

{
  const { element, meta, wordsOf, words: [quoteWord, textWord, linkWord, copiedWord] } = window.naslag;

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

  function offer({ number, byKey }) {
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

  document.addEventListener('quote', ({ detail }) => offer(detail));
  document.addEventListener('click', (event) => {
    if (menu && !menu.contains(event.target) && !event.target.closest?.('main .pn')) close();
  });
}
