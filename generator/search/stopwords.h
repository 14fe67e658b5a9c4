/* Words that nearly every text holds, so that asking for them says nothing. Part of the reader. */
#ifndef NASLAG_SEARCH_STOPWORDS_H
#define NASLAG_SEARCH_STOPWORDS_H

#include "search/stem.h"

bool stopwords_have(enum stem_language language, struct str form);

#endif
