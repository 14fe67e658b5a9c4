/* The box in which pages of `naslag serve` tell what is wrong: its words, and what codes mean, in
 * the languages of the site.
 *
 * The words are those under `serve` in the program's language packs; what a code means and how it
 * is mended is said in docs/diagnostics.md and its twins, which the program carries. */
#ifndef NASLAG_CLI_BOX_H
#define NASLAG_CLI_BOX_H

#include "base/buf.h"
#include "base/diag.h"
#include "write/assets.h"

struct language;

/* The script `theme/serve.js`, with the words of all packs before it as `serveWords`. */
struct str box_script(struct arena *arena, const struct assets *assets);

/* Appends an object in JSON: by code, of each of the first `count` diagnostics, by language its
 * explanation as text with `code` between backticks. A language in which there is none is left out.
 */
void box_put_explanations(struct buf *out, const struct assets *assets,
                          const struct language *languages, uint32_t language_count,
                          const struct diag *diags, size_t count);

#endif
