// Results in the Test Anything Protocol, for tests that node runs.
'use strict';

let count = 0;
let failed = 0;

function ok(holds, name, details) {
  count++;
  if (!holds) failed++;
  console.log(`${holds ? 'ok' : 'not ok'} ${count} - ${name.replace(/#/g, '\\#')}`);
  if (!holds && details) console.error(String(details).replace(/^/gm, '# '));
  return holds;
}

// Holds where a list is empty; its entries are the details.
function none(list, name) {
  const shown = list.slice(0, 20).join('\n');
  return ok(list.length === 0, name, list.length > 20 ? `${shown}\n… ${list.length} in all` : shown);
}

function skip(why) {
  console.log(`1..0 # SKIP ${why}`);
  process.exit(0);
}

// Runs the tests; an exception is a failure.
async function run(tests) {
  try {
    await tests();
  } catch (error) {
    ok(false, 'the test runs to its end', error.stack || error);
  }
  if (count === 0) ok(false, 'something is tested');
  console.log(`1..${count}`);
  process.exit(failed ? 1 : 0);
}

module.exports = { ok, none, skip, run };
