// Hands over results as a table. Loaded when it is asked for.

// A spreadsheet takes some texts for formulas.
const cell = (value = '') => `"${`${value}`.replace(/^[-=+@\t\r]/, "'$&").replaceAll('"', '""')}"`;

export async function save(ask, name) {
  const answer = await ask({ count: 1000, passages: 1000, whole: 1 });
  if (!answer) return;
  const lines = ['document,passage,page,date,title,score,text\r\n'];
  for (const { id, date, title, score, passages } of answer.results)
    for (const { number, page, text } of passages)
      lines.push(`${[id, number, page, date, title, score, text.join('')].map(cell)}\r\n`);
  const href = URL.createObjectURL(new Blob(lines, { type: 'text/csv' }));
  Object.assign(document.createElement('a'), { href, download: `${name}.csv` }).click();
}
