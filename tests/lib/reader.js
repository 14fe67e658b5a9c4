// The reader of the search index as the page runs it: reader.js SITE [WASM]. Standard input has queries,
// one a line, each behind its options and a tab; standard output answers, one a line. With --costs each
// query is asked of a reader that has nothing yet, and instead of the answer it is told in how many rounds
// which bytes came, by the letter of their kind; `I` is index.bin.
'use strict';

const fs = require('fs');
const zlib = require('zlib');

const costly = process.argv.includes('--costs');
const [site, program] = process.argv.slice(2).filter((word) => word !== '--costs');
const code = program ? fs.readFileSync(program) : zlib.inflateSync(fs.readFileSync(`${site}/theme/search.bin`));

async function load(module, costs) {
  const api = (await WebAssembly.instantiate(module, {})).exports;
  const memory = (at, length) => new Uint8Array(api.memory.buffer, at, length);
  const put = (bytes) => memory(api.input(bytes.length), bytes.length).set(bytes);

  function file(index) {
    const bytes = memory(api.wanted(index));
    const path = `${site}/search/${Buffer.from(bytes.subarray(0, bytes.indexOf(0)))}`;
    if (!fs.existsSync(path)) return null;
    const packed = fs.readFileSync(path);
    const file = zlib.inflateSync(packed);
    const kind = path.endsWith('/index.bin') ? 'I' : String.fromCharCode(file[0]);
    costs[kind] = (costs[kind] || 0) + packed.length;
    return file;
  }

  return (options, query) => {
    costs.rounds = 0;
    put(Buffer.concat([Buffer.from(query), Buffer.from(options)]));
    api.start(Buffer.byteLength(query), Buffer.byteLength(options));
    for (let count; (count = api.step());) {
      if (count < 0) return 'damaged';
      costs.rounds++;
      const files = Array.from({ length: count }, (_, i) => file(i));
      files.forEach((bytes, i) => {
        if (bytes) put(bytes);
        api.file(i, bytes ? bytes.length : -1);
      });
    }
    return Buffer.from(memory(api.answer(), api.answer_len()));
  };
}

async function main() {
  const module = await WebAssembly.compile(code);
  let costs = {};
  let answer = await load(module, costs);
  for (const line of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
    const tab = line.indexOf('\t');
    if (costly) answer = await load(module, costs = {});
    const answered = answer(line.slice(0, tab), line.slice(tab + 1));
    process.stdout.write(costly ? JSON.stringify(costs) : answered);
    process.stdout.write('\n');
  }
}

main();
