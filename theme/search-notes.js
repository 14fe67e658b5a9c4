// Tells what is wrong with a query, and which words are not there. Loaded when there is any of that.
let help;

// Explanations are on the page of help.
async function explanation(code, find) {
  try {
    help ||= fetch(find('help').href).then((page) => page.text());
    const page = new DOMParser().parseFromString(await help, 'text/html');
    return page.getElementById(`problem.${code}`).textContent;
  } catch {
    help = null;
    return '';
  }
}

async function shown({ start, end, code, word, suggestions = [] }, query, find, said) {
  const item = find('note').content.firstElementChild.cloneNode(true);
  const [before, here, after] = [query.slice(0, start), query.slice(start, end), query.slice(end)];
  const words = code ? await explanation(code, find) : said('missing', { word });
  item.querySelectorAll('span, mark').forEach((part, i) => part.append([before, here, after, words][i]));
  item.querySelector('code').hidden = !code; // the words name what is not there
  if (suggestions.length) item.append(` ${said('meant')} `);
  for (const other of suggestions)
    item.append(Object.assign(document.createElement('button'), { textContent: other, value: before + other + after }));
  return item;
}

export const items = (notes, ...rest) => Promise.all(notes.map((note) => shown(note, ...rest)));
