// The reader of the search index as the page runs it: reader.js SITE [WASM]. Standard input has queries,
// one a line, each behind its options and a tab; standard output answers, one a line.
'use strict';

const fs = require('fs');
const zlib = require('zlib');

const [site, program] = process.argv.slice(2);
const code = program ? fs.readFileSync(program) : zlib.inflateSync(fs.readFileSync(`${site}/theme/search.bin`));

async function main() {
  const api = (await WebAssembly.instantiate(await WebAssembly.compile(code), {})).exports;
  const memory = (at, length) => new Uint8Array(api.memory.buffer, at, length);
  const put = (bytes) => memory(api.input(bytes.length), bytes.length).set(bytes);

  function file(index) {
    const bytes = memory(api.wanted(index));
    const path = `${site}/search/${Buffer.from(bytes.subarray(0, bytes.indexOf(0)))}`;
    return fs.existsSync(path) ? zlib.inflateSync(fs.readFileSync(path)) : null;
  }

  function answer(options, query) {
    put(Buffer.concat([Buffer.from(query), Buffer.from(options)]));
    api.start(Buffer.byteLength(query), Buffer.byteLength(options));
    for (let count; (count = api.step());) {
      if (count < 0) return 'damaged';
      const files = Array.from({ length: count }, (_, i) => file(i));
      files.forEach((bytes, i) => {
        if (bytes) put(bytes);
        api.file(i, bytes ? bytes.length : -1);
      });
    }
    return Buffer.from(memory(api.answer(), api.answer_len()));
  }

  for (const line of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
    const tab = line.indexOf('\t');
    process.stdout.write(answer(line.slice(0, tab), line.slice(tab + 1)));
    process.stdout.write('\n');
  }
}

main();
