/* Mails (.eml) to plain text by mblaze. See convert.h. */
#ifndef NASLAG_READ_MAIL_H
#define NASLAG_READ_MAIL_H

#include "read/convert.h"

#define MAIL_PACKAGE "mblaze"

/* Sender, addressee, date and subject become fields above the text, as a Dutch letter has them; the
 * text is the mail's plain text, else its web page. Attachments are named and left. */
int mail_convert(struct arena *arena, struct str bytes, struct conversion *out, struct err *err);

#endif
