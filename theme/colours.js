// Light or dark as the reader chose, before anything is drawn; the choice stays in the browser.
'use strict';

{
  const sheet = document.getElementById('dark.');
  const system = sheet.media;
  const medias = { light: 'not all', dark: 'screen' };

  // A browser may keep nothing: then the choice holds for the page.
  function kept(value) {
    try {
      if (value !== undefined) localStorage.setItem('colours', value);
      return localStorage.getItem('colours') || '';
    } catch {
      return '';
    }
  }

  const paint = (colours) => { sheet.media = medias[colours] || system; };

  paint(kept());
  addEventListener('DOMContentLoaded', () => {
    const item = document.querySelector('.colours');
    const select = item && item.querySelector('select');
    if (!select) return;
    item.hidden = false;
    select.value = kept();
    select.addEventListener('change', () => {
      kept(select.value);
      paint(select.value);
    });
  });
}
