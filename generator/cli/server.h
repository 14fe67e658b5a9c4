/* The server of `naslag serve`: shows the files of a folder to browsers on this machine, and tells
 * them when something changed.
 *
 * The door to libmicrohttpd. It listens on loopback only and answers only those who ask for it by a
 * name of this machine, so that no page from elsewhere can read along (DNS rebinding). Pages get a
 * script and a style added that listen for events (`theme/serve.js`); on disk they stay as they
 * are. Nothing outside the folder is served, nor a name in it that begins with a dot. */
#ifndef NASLAG_CLI_SERVER_H
#define NASLAG_CLI_SERVER_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct server;

enum {
    SERVER_PORT = 1313,       /* what is tried first where no port was asked for */
    SERVER_CLIENTS_MAX = 500, /* pages that listen for events; others must be reloaded by hand */
    SERVER_PAGE_MAX = 1024    /* bytes of the path of a page that someone looks at */
};

struct server_options {
    const char *folder;       /* with the site */
    uint16_t port;            /* 0: SERVER_PORT, or another one where that is taken */
    struct str script, style; /* that pages are given; they must live as long as the server */
};

/* Starts threads that serve. Memory is the arena's. Returns NULL on failure. */
struct server *server_open(struct arena *arena, const struct server_options *options,
                           struct err *err);
void server_close(struct server *server);

uint16_t server_port(const struct server *server);

/* Stands a page over the file of that path, until server_forget(). Both are copied. */
void server_show(struct server *server, struct str path, struct str html);
void server_forget(struct server *server);

/* Tells all pages, and those that are opened later, of the state of things: JSON on one line. */
void server_announce(struct server *server, struct str state);

/* Sends something to all pages, so that those are noticed that are gone. */
void server_ping(struct server *server);

/* The paths of the pages that someone looks at, in the arena; none twice. */
size_t server_viewed(struct server *server, struct arena *arena, const struct str **paths);

#endif
