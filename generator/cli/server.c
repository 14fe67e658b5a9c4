#include "cli/server.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/map.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    PORTS_TRIED = 20,        /* behind the usual one, before any that is free is taken */
    CONNECTIONS_MAX = 4000,  /* at once; those above wait */
    SPARE_FILES = 200,       /* descriptors that the rest of the program needs */
    IDLE_SECONDS = 30,       /* without a byte, until a connection is given up */
    BACKLOG = 1024,          /* connections that wait to be taken */
    SERVING_THREADS = 2,     /* the work is a few copies of bytes */
    PAGE_SIZE_MAX = 64 << 20 /* bytes of an HTML page, which is read as a whole */
};

#define OWN "/.naslag/" /* what is not of the site: no file's name begins with a dot */

/* A page that listens. What is being sent to it is its own copy. */
struct client {
    struct server *server;
    struct MHD_Connection *connection;
    bool open, waiting;
    uint64_t heard; /* the number of the last message that was sent */
    struct arena arena;
    struct buf out;
    size_t sent;
    char page[SERVER_PAGE_MAX];
};

struct server {
    int folder, socket;
    uint16_t port;
    struct str script, style;
    struct MHD_Daemon *daemon;
    pthread_mutex_t lock; /* of the rest */
    bool closing;
    uint64_t message; /* its number */
    struct arena state_arena, fresh_arena;
    struct str state;
    bool ping; /* the last message was nothing but a sign of life */
    struct map fresh;
    struct client clients[SERVER_CLIENTS_MAX];
};

typedef enum MHD_Result result;

/* Answers. */

static const char *type_of(struct str path)
{
    static const char *const types[][2] = {
        {".html", "text/html; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".json", "application/json"},
        {".jsonl", "text/plain; charset=utf-8"},
        {".csv", "text/csv; charset=utf-8"},
        {".txt", "text/plain; charset=utf-8"},
        {".bib", "text/plain; charset=utf-8"},
        {".ris", "text/plain; charset=utf-8"},
        {".md", "text/plain; charset=utf-8"},
        {".xml", "application/xml"},
        {".atom", "application/atom+xml"},
        {".graphml", "application/xml"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".gif", "image/gif"},
        {".webp", "image/webp"},
        {".avif", "image/avif"},
        {".ico", "image/x-icon"},
        {".pdf", "application/pdf"},
        {".woff2", "font/woff2"},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_ends(path, str_from(types[i][0])))
            return types[i][1];
    return "application/octet-stream";
}

/* Takes the response. */
static result answer(struct MHD_Connection *connection, unsigned status, const char *type,
                     struct MHD_Response *response)
{
    if (!response)
        return MHD_NO;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-cache");
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "Cross-Origin-Resource-Policy", "same-origin");
    result done = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return done;
}

static struct MHD_Response *copy_of(struct str bytes)
{
    return MHD_create_response_from_buffer(bytes.len, (void *)bytes.data, MHD_RESPMEM_MUST_COPY);
}

static result answer_text(struct MHD_Connection *connection, unsigned status, const char *text)
{
    return answer(connection, status, "text/plain; charset=utf-8", copy_of(str_from(text)));
}

/* Pages. */

/* A policy that the page has may forbid what is added: then it allows that too. `rest` is what
 * follows of it. */
static void put_policy(struct buf *out, struct str rest)
{
    struct str policy = str_cut(&rest, '"');
    static const char *const needed[] = {"script-src", "connect-src"};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (str_find(policy, str_from(needed[i])) == STR_NONE) {
            buf_put_cstring(out, needed[i]);
            buf_put(out, STR(" 'self'; "));
        }
}

/* The page with the script that listens, which is told what bytes it stands in. */
static void put_page(struct buf *out, struct str html, struct str version)
{
    static const struct str policy = {"content=\"default-src 'none'; ", 29};
    ptrdiff_t end = str_find(html, STR("</head>"));
    if (end == STR_NONE) {
        buf_put(out, html);
        return;
    }
    struct str head = str_slice(html, 0, (size_t)end);
    ptrdiff_t at = str_find(head, policy);
    size_t copied = at == STR_NONE ? 0 : (size_t)at + policy.len;
    buf_put(out, str_slice(head, 0, copied));
    if (copied)
        put_policy(out, str_from_offset(head, copied));
    buf_put(out, str_from_offset(head, copied));
    buf_put_cstring(out, "<link rel=\"stylesheet\" href=\"" OWN "serve.css\">\n");
    buf_printf(out, "<script src=\"" OWN "serve.js\" data-version='%.*s' defer></script>\n",
               STR_ARGS(version));
    buf_put(out, str_from_offset(html, (size_t)end));
}

static result answer_page(struct MHD_Connection *connection, unsigned status, struct str html)
{
    struct arena arena;
    struct buf version, out;
    arena_init(&arena);
    buf_init(&version, &arena);
    buf_init(&out, &arena);
    buf_put_char(&version, '"');
    digest_put_hex(&version, digest_of(html));
    buf_put_char(&version, '"');
    const char *tag = str_cstring(&arena, buf_str(&version));
    const char *known =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_IF_NONE_MATCH);
    bool same = status == MHD_HTTP_OK && known && !strcmp(known, tag);
    if (!same)
        put_page(&out, html, buf_str(&version));
    struct MHD_Response *response = copy_of(buf_str(&out));
    if (response)
        MHD_add_response_header(response, MHD_HTTP_HEADER_ETAG, tag);
    result done = answer(connection, same ? MHD_HTTP_NOT_MODIFIED : status,
                         "text/html; charset=utf-8", response);
    arena_release(&arena);
    return done;
}

/* Files. */

/* Whether a path may be one of the site's: no name in it is empty or begins with a dot. */
static bool is_of_site(struct str path)
{
    for (struct str rest = path; rest.data;) {
        struct str name = str_cut(&rest, '/');
        if (!name.len || name.data[0] == '.')
            return false;
    }
    return true;
}

/* Returns its descriptor, and its size; -1 where there is no such file. */
static int open_file(const struct server *server, const char *path, uint64_t *size)
{
    struct stat status;
    int file = openat(server->folder, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file >= 0 && !fstat(file, &status) && S_ISREG(status.st_mode)) {
        *size = (uint64_t)status.st_size;
        return file;
    }
    if (file >= 0)
        close(file);
    return -1;
}

static bool is_folder(const struct server *server, const char *path)
{
    struct stat status;
    return !fstatat(server->folder, path, &status, AT_SYMLINK_NOFOLLOW) && S_ISDIR(status.st_mode);
}

static bool read_page(const struct server *server, const char *path, struct arena *arena,
                      struct str *html)
{
    uint64_t size, done = 0;
    int file = open_file(server, path, &size);
    if (file < 0)
        return false;
    char *bytes = arena_text(arena, size <= PAGE_SIZE_MAX ? size : 0);
    for (ssize_t got = 1; size <= PAGE_SIZE_MAX && done < size && got > 0; done += (uint64_t)got)
        if ((got = read(file, bytes + done, size - done)) < 0)
            break;
    close(file);
    *html = (struct str){bytes, done};
    return done == size;
}

/* The page as it was shown last, or as it is on disk. */
static bool find_page(struct server *server, const char *path, struct arena *arena,
                      struct str *html)
{
    pthread_mutex_lock(&server->lock);
    const struct str *fresh = map_get(&server->fresh, str_from(path));
    if (fresh)
        *html = str_copy(arena, *fresh);
    pthread_mutex_unlock(&server->lock);
    return fresh || read_page(server, path, arena, html);
}

/* A page, so that it listens, and shows what was asked for once that is there. */
static const char no_page[] = "<!doctype html>\n<html lang=\"en\">\n<head>\n<title>naslag</title>\n"
                              "</head>\n<body>\n<main><p>There is no such page (yet): the site is "
                              "being made</p></main>\n</body>\n</html>\n";

/* The page of what is not there is shown at whatever depth; its links are those of one at the top.
 * This stands before the page's policy, which forbids it. */
static struct str from_top(struct arena *arena, struct str html)
{
    static const char head[] = "<head>";
    ptrdiff_t at = str_find(html, str_from(head));
    if (at == STR_NONE)
        return html;
    size_t end = (size_t)at + strlen(head);
    struct str before = str_slice(html, 0, end), after = str_from_offset(html, end);
    return str_format(arena, "%.*s\n<base href=\"/\">%.*s", STR_ARGS(before), STR_ARGS(after));
}

/* `path` is NULL where there is no such page. */
static result serve_page(struct server *server, struct MHD_Connection *connection, const char *path)
{
    struct arena arena;
    struct str html;
    result done;
    arena_init(&arena);
    if (path && find_page(server, path, &arena, &html))
        done = answer_page(connection, MHD_HTTP_OK, html);
    else if (find_page(server, "404.html", &arena, &html))
        done = answer_page(connection, MHD_HTTP_NOT_FOUND, from_top(&arena, html));
    else
        done = answer_page(connection, MHD_HTTP_NOT_FOUND, str_from(no_page));
    arena_release(&arena);
    return done;
}

static result serve_file(struct server *server, struct MHD_Connection *connection, const char *path)
{
    uint64_t size;
    int file = open_file(server, path, &size);
    if (file < 0)
        return serve_page(server, connection, path);
    struct MHD_Response *response = MHD_create_response_from_fd64(size, file);
    if (!response)
        close(file);
    return answer(connection, MHD_HTTP_OK, type_of(str_from(path)), response);
}

static result redirect(struct MHD_Connection *connection, const char *url)
{
    struct arena arena;
    arena_init(&arena);
    struct MHD_Response *response = copy_of(STR(""));
    if (response)
        MHD_add_response_header(response, MHD_HTTP_HEADER_LOCATION,
                                str_cstring(&arena, str_format(&arena, "%s/", url)));
    result done = answer(connection, MHD_HTTP_FOUND, "text/plain", response);
    arena_release(&arena);
    return done;
}

/* `url` begins with `/`, and was decoded. */
static result serve_site(struct server *server, struct MHD_Connection *connection, const char *url)
{
    struct arena arena;
    const char *path = url + 1;
    result done;
    arena_init(&arena);
    struct str whole = str_from(url);
    if (str_ends(whole, STR("/")))
        path = str_cstring(&arena, str_format(&arena, "%sindex.html", path));
    if (!is_of_site(str_from(path)))
        done = serve_page(server, connection, NULL);
    else if (is_folder(server, path))
        done = redirect(connection, url);
    else if (str_ends(str_from(path), STR(".html")))
        done = serve_page(server, connection, path);
    else
        done = serve_file(server, connection, path);
    arena_release(&arena);
    return done;
}

/* Events: the HTML standard's server-sent ones. */

static void next_message(struct client *client)
{
    struct server *server = client->server;
    bool first = client->heard == 0;
    arena_clear(&client->arena);
    buf_init(&client->out, &client->arena);
    client->sent = 0;
    client->heard = server->message;
    if (first || !server->ping)
        buf_printf(&client->out, "retry: 500\nevent: state\ndata: %.*s\n\n",
                   STR_ARGS(server->state));
    else
        buf_put(&client->out, STR(": still here\n\n"));
}

static ssize_t feed(void *context, uint64_t position, char *bytes, size_t max)
{
    struct client *client = context;
    struct server *server = client->server;
    (void)position;
    pthread_mutex_lock(&server->lock);
    if (client->sent == client->out.len && client->heard < server->message)
        next_message(client);
    size_t len = client->out.len - client->sent;
    len = len < max ? len : max;
    if (len)
        memcpy(bytes, client->out.data + client->sent, len);
    client->sent += len;
    bool closing = server->closing;
    if (!len && !closing) {
        client->waiting = true;
        MHD_suspend_connection(client->connection);
    }
    pthread_mutex_unlock(&server->lock);
    return len || !closing ? (ssize_t)len : MHD_CONTENT_READER_END_OF_STREAM;
}

static void forget_client(void *context)
{
    struct client *client = context;
    struct server *server = client->server;
    pthread_mutex_lock(&server->lock);
    arena_release(&client->arena);
    client->open = client->waiting = false;
    pthread_mutex_unlock(&server->lock);
}

static struct client *new_client(struct server *server, struct MHD_Connection *connection,
                                 const char *page)
{
    struct client *client = NULL;
    pthread_mutex_lock(&server->lock);
    for (size_t i = 0; i < SERVER_CLIENTS_MAX && !client; i++)
        if (!server->clients[i].open)
            client = &server->clients[i];
    if (client) {
        *client = (struct client){.server = server, .connection = connection, .open = true};
        arena_init(&client->arena);
        buf_init(&client->out, &client->arena);
        if (page && strlen(page) < sizeof client->page)
            strcpy(client->page, page);
    }
    pthread_mutex_unlock(&server->lock);
    return client;
}

static result serve_events(struct server *server, struct MHD_Connection *connection)
{
    const char *page = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "page");
    struct client *client = new_client(server, connection, page);
    if (!client)
        return answer_text(connection, MHD_HTTP_SERVICE_UNAVAILABLE, "too many pages listen\n");
    struct MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, feed, client, forget_client);
    if (!response)
        forget_client(client);
    return answer(connection, MHD_HTTP_OK, "text/event-stream", response);
}

/* Requests. */

/* Whether whoever asks knows this server by a name that only this machine's programs can have for
 * it: a page from elsewhere would come with its own host's name. */
static bool is_addressed(const struct server *server, struct MHD_Connection *connection)
{
    static const char *const names[] = {"127.0.0.1", "localhost", "[::1]"};
    const char *host =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_HOST);
    struct arena arena;
    bool found = false;
    arena_init(&arena);
    for (size_t i = 0; host && i < sizeof names / sizeof *names; i++) {
        struct str wanted = str_format(&arena, "%s:%u", names[i], (unsigned)server->port);
        found |= str_equal_nocase(str_from(host), wanted);
    }
    arena_release(&arena);
    return found;
}

static result serve_own(struct server *server, struct MHD_Connection *connection, const char *name)
{
    if (!strcmp(name, "events"))
        return serve_events(server, connection);
    if (!strcmp(name, "serve.js"))
        return answer(connection, MHD_HTTP_OK, type_of(STR(".js")), copy_of(server->script));
    if (!strcmp(name, "serve.css"))
        return answer(connection, MHD_HTTP_OK, type_of(STR(".css")), copy_of(server->style));
    return serve_page(server, connection, NULL);
}

static result handle(void *context, struct MHD_Connection *connection, const char *url,
                     const char *method, const char *version, const char *upload,
                     size_t *upload_size, void **own)
{
    struct server *server = context;
    (void)version, (void)upload;
    /* Only at the second call: who answers at the first has the connection closed behind it. */
    if (!*own) {
        *own = server;
        return MHD_YES;
    }
    *upload_size = 0;
    if (!is_addressed(server, connection))
        return answer_text(connection, MHD_HTTP_FORBIDDEN,
                           "naslag: this server answers to 127.0.0.1 and localhost only\n");
    if (strcmp(method, MHD_HTTP_METHOD_GET) && strcmp(method, MHD_HTTP_METHOD_HEAD))
        return answer_text(connection, MHD_HTTP_METHOD_NOT_ALLOWED, "naslag: GET and HEAD only\n");
    if (url[0] != '/')
        return answer_text(connection, MHD_HTTP_BAD_REQUEST, "naslag: not an address\n");
    if (!strncmp(url, OWN, strlen(OWN)))
        return serve_own(server, connection, url + strlen(OWN));
    return serve_site(server, connection, url);
}

/* Opening and closing. */

static int listen_at(uint16_t port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const int yes = 1;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0)
        return -1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (!bind(listener, (struct sockaddr *)&address, sizeof address) && !listen(listener, BACKLOG))
        return listener;
    int reason = errno;
    close(listener);
    errno = reason;
    return -1;
}

/* The port that was asked for and no other; else the usual one or the next that is free. */
static int open_socket(struct server *server, uint16_t wanted, struct err *err)
{
    server->socket = listen_at(wanted ? wanted : SERVER_PORT);
    for (uint16_t i = 1; server->socket < 0 && !wanted && i <= PORTS_TRIED; i++)
        server->socket = listen_at((uint16_t)(SERVER_PORT + i));
    if (server->socket < 0 && !wanted)
        server->socket = listen_at(0);
    struct sockaddr_in address;
    socklen_t size = sizeof address;
    if (server->socket < 0 || getsockname(server->socket, (struct sockaddr *)&address, &size))
        return err_set(err, "cannot listen at port %u: %s",
                       (unsigned)(wanted ? wanted : SERVER_PORT), strerror(errno));
    server->port = ntohs(address.sin_port);
    return 0;
}

/* As many connections as there may be open files, for each may have one. */
static unsigned room_for_connections(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit))
        return SPARE_FILES;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
    uint64_t room = limit.rlim_cur > 2 * SPARE_FILES ? (limit.rlim_cur - SPARE_FILES) / 2 : 64;
    return room < CONNECTIONS_MAX ? (unsigned)room : CONNECTIONS_MAX;
}

static int start(struct server *server, struct err *err)
{
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC, 0, NULL, NULL,
        handle, server, MHD_OPTION_LISTEN_SOCKET, server->socket, MHD_OPTION_THREAD_POOL_SIZE,
        (unsigned)SERVING_THREADS, MHD_OPTION_CONNECTION_LIMIT, room_for_connections(),
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS, MHD_OPTION_END);
    return server->daemon ? 0 : err_set(err, "cannot start a server: %s", strerror(errno));
}

struct server *server_open(struct arena *arena, const struct server_options *options,
                           struct err *err)
{
    struct server *server = arena_new(arena, struct server);
    *server = (struct server){.script = options->script,
                              .style = options->style,
                              .socket = -1,
                              .message = 1,
                              .state = STR("{}"),
                              .folder = open(options->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    pthread_mutex_init(&server->lock, NULL);
    arena_init(&server->state_arena);
    arena_init(&server->fresh_arena);
    map_init(&server->fresh, &server->fresh_arena);
    if (server->folder < 0)
        err_set(err, "cannot open '%s': %s", options->folder, strerror(errno));
    else if (!open_socket(server, options->port, err) && !start(server, err))
        return server;
    if (server->socket >= 0)
        close(server->socket);
    if (server->folder >= 0)
        close(server->folder);
    return NULL;
}

/* Lets all clients take what there is to be sent. Call with the lock held. */
static void wake(struct server *server)
{
    for (size_t i = 0; i < SERVER_CLIENTS_MAX; i++)
        if (server->clients[i].open && server->clients[i].waiting) {
            server->clients[i].waiting = false;
            MHD_resume_connection(server->clients[i].connection);
        }
}

void server_close(struct server *server)
{
    pthread_mutex_lock(&server->lock);
    server->closing = true;
    wake(server);
    pthread_mutex_unlock(&server->lock);
    MHD_stop_daemon(server->daemon); /* closes the socket */
    close(server->folder);
    arena_release(&server->state_arena);
    arena_release(&server->fresh_arena);
}

uint16_t server_port(const struct server *server)
{
    return server->port;
}

void server_show(struct server *server, struct str path, struct str html)
{
    pthread_mutex_lock(&server->lock);
    struct str *page = arena_new(&server->fresh_arena, struct str);
    *page = str_copy(&server->fresh_arena, html);
    *map_at(&server->fresh, str_copy(&server->fresh_arena, path)) = page;
    pthread_mutex_unlock(&server->lock);
}

void server_forget(struct server *server)
{
    pthread_mutex_lock(&server->lock);
    arena_clear(&server->fresh_arena);
    map_init(&server->fresh, &server->fresh_arena);
    pthread_mutex_unlock(&server->lock);
}

void server_announce(struct server *server, struct str state)
{
    pthread_mutex_lock(&server->lock);
    arena_clear(&server->state_arena);
    server->state = str_copy(&server->state_arena, state);
    server->ping = false;
    server->message++;
    wake(server);
    pthread_mutex_unlock(&server->lock);
}

/* A client that has not heard the last state yet must not get a sign of life in its place. */
void server_ping(struct server *server)
{
    pthread_mutex_lock(&server->lock);
    bool heard = true;
    for (size_t i = 0; i < SERVER_CLIENTS_MAX; i++)
        heard = heard && (!server->clients[i].open || server->clients[i].heard == server->message);
    server->ping = heard;
    server->message++;
    wake(server);
    pthread_mutex_unlock(&server->lock);
}

size_t server_viewed(struct server *server, struct arena *arena, const struct str **paths)
{
    struct map seen;
    struct str *list = arena_new_array(arena, SERVER_CLIENTS_MAX, struct str);
    size_t count = 0;
    map_init(&seen, arena);
    pthread_mutex_lock(&server->lock);
    for (size_t i = 0; i < SERVER_CLIENTS_MAX; i++) {
        const struct client *client = &server->clients[i];
        struct str page = str_from(client->page);
        if (!client->open || !page.len || map_get(&seen, page))
            continue;
        list[count] = str_copy(arena, page);
        *map_at(&seen, list[count++]) = server;
    }
    pthread_mutex_unlock(&server->lock);
    *paths = list;
    return count;
}
