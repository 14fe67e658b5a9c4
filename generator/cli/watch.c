#include "cli/watch.h"

#include "base/arena.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

enum {
    SETTLE = 12,       /* milliseconds without a change: programs write in several steps */
    SETTLE_MAX = 150,  /* milliseconds after the first change: some never stop */
    NARROW_MAX = 8,    /* names that count alone in their folders */
    EVENTS_SIZE = 8192 /* bytes read at once */
};

static const uint32_t changes = IN_CLOSE_WRITE | IN_MODIFY | IN_CREATE | IN_DELETE | IN_MOVED_FROM |
                                IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF;

struct narrow {
    int descriptor;
    char name[NAME_MAX + 1];
};

struct watch {
    int events, signals;
    int told;  /* an eventfd, written when something happened */
    int close; /* likewise, by watch_close() */
    pthread_t thread;
    pthread_mutex_t lock; /* of the rest */
    int highest;          /* descriptor: they are given in order, so that a higher one is new */
    struct narrow narrow[NARROW_MAX];
    size_t narrow_count;
    bool changed, ended;
};

/* A folder that is gone, or all of which counts from here on. */
static void forget_names(struct watch *watch, int descriptor)
{
    size_t kept = 0;
    for (size_t i = 0; i < watch->narrow_count; i++)
        if (watch->narrow[i].descriptor != descriptor)
            watch->narrow[kept++] = watch->narrow[i];
    watch->narrow_count = kept;
}

/* Whether only some names in the folder count; `named`: whether this is one of them. */
static bool is_narrow(const struct watch *watch, int descriptor, const char *name, bool *named)
{
    bool narrow = false;
    *named = false;
    for (size_t i = 0; i < watch->narrow_count; i++)
        if (watch->narrow[i].descriptor == descriptor) {
            narrow = true;
            *named |= !strcmp(name, watch->narrow[i].name);
        }
    return narrow;
}

static bool matters(struct watch *watch, const struct inotify_event *event)
{
    const char *name = event->len ? event->name : "";
    bool named;
    if (event->mask & IN_Q_OVERFLOW)
        return true;
    if (event->mask & IN_IGNORED)
        forget_names(watch, event->wd);
    if (event->mask & IN_IGNORED)
        return false;
    if (is_narrow(watch, event->wd, name, &named))
        return named;
    return name[0] != '.' || !strcmp(name, ".gitignore");
}

static bool take_events(struct watch *watch)
{
    bool found = false;
    _Alignas(struct inotify_event) char bytes[EVENTS_SIZE];
    ssize_t len = read(watch->events, bytes, sizeof bytes);
    pthread_mutex_lock(&watch->lock);
    for (ssize_t at = 0; at < len;) {
        const struct inotify_event *event = (const void *)(bytes + at);
        found |= matters(watch, event);
        at += (ssize_t)(sizeof *event + event->len);
    }
    pthread_mutex_unlock(&watch->lock);
    return found;
}

/* A second signal is from someone who does not want to wait. */
static void take_signal(struct watch *watch)
{
    struct signalfd_siginfo signal;
    if (read(watch->signals, &signal, sizeof signal) != sizeof signal)
        return;
    pthread_mutex_lock(&watch->lock);
    bool again = watch->ended;
    watch->ended = true;
    pthread_mutex_unlock(&watch->lock);
    if (again)
        _exit(128 + (int)signal.ssi_signo);
}

static void tell(int told)
{
    static const uint64_t one = 1;
    if (write(told, &one, sizeof one) < 0)
        return; /* it is full: then it was told */
}

static void *listen_on(void *context)
{
    struct watch *watch = context;
    struct pollfd sources[] = {{.fd = watch->events, .events = POLLIN},
                               {.fd = watch->signals, .events = POLLIN},
                               {.fd = watch->close, .events = POLLIN}};
    for (;;) {
        if (poll(sources, 3, -1) < 0 && errno != EINTR)
            return NULL;
        if (sources[2].revents)
            return NULL;
        if (sources[1].revents)
            take_signal(watch);
        if (sources[0].revents && take_events(watch)) {
            pthread_mutex_lock(&watch->lock);
            watch->changed = true;
            pthread_mutex_unlock(&watch->lock);
        } else if (!sources[1].revents) {
            continue;
        }
        tell(watch->told);
    }
}

/* Nobody may read what is printed any more: that ends nothing. */
static int open_signals(void)
{
    sigset_t set;
    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    return signalfd(-1, &set, SFD_CLOEXEC);
}

static void close_all(struct watch *watch)
{
    const int all[] = {watch->events, watch->signals, watch->told, watch->close};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i] >= 0)
            close(all[i]);
}

struct watch *watch_open(struct arena *arena, struct err *err)
{
    struct watch *watch = arena_new(arena, struct watch);
    *watch = (struct watch){.events = inotify_init1(IN_CLOEXEC | IN_NONBLOCK),
                            .signals = open_signals(),
                            .told = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK),
                            .close = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    pthread_mutex_init(&watch->lock, NULL);
    bool open = watch->events >= 0 && watch->signals >= 0 && watch->told >= 0 && watch->close >= 0;
    int reason = open ? pthread_create(&watch->thread, NULL, listen_on, watch) : errno;
    if (!reason)
        return watch;
    err_set(err, "cannot watch files: %s", strerror(reason));
    close_all(watch);
    return NULL;
}

void watch_close(struct watch *watch)
{
    tell(watch->close);
    pthread_join(watch->thread, NULL);
    close_all(watch);
}

static void narrow_down(struct watch *watch, int descriptor, const char *only, bool new)
{
    bool named;
    if (!only)
        forget_names(watch, descriptor);
    else if ((is_narrow(watch, descriptor, only, &named) || new) && !named &&
             watch->narrow_count < NARROW_MAX) {
        struct narrow *narrow = &watch->narrow[watch->narrow_count++];
        narrow->descriptor = descriptor;
        snprintf(narrow->name, sizeof narrow->name, "%s", only);
    }
}

int watch_folder(struct watch *watch, const char *path, const char *only)
{
    pthread_mutex_lock(&watch->lock);
    int descriptor = inotify_add_watch(watch->events, path, changes | IN_ONLYDIR);
    bool new = descriptor > watch->highest;
    if (new)
        watch->highest = descriptor;
    if (descriptor >= 0)
        narrow_down(watch, descriptor, only, new);
    pthread_mutex_unlock(&watch->lock);
    return descriptor < 0 ? -1 : new;
}

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Whether something happened in the time. */
static bool happened(struct watch *watch, int milliseconds)
{
    uint64_t count;
    struct pollfd source = {.fd = watch->told, .events = POLLIN};
    if (poll(&source, 1, milliseconds) <= 0)
        return false;
    return read(watch->told, &count, sizeof count) == sizeof count;
}

static bool take(struct watch *watch, bool *flag, bool reset)
{
    pthread_mutex_lock(&watch->lock);
    bool set = *flag;
    if (reset)
        *flag = false;
    pthread_mutex_unlock(&watch->lock);
    return set;
}

enum watch_event watch_look(struct watch *watch)
{
    if (take(watch, &watch->ended, false))
        return WATCH_ENDED;
    return take(watch, &watch->changed, false) ? WATCH_CHANGED : WATCH_QUIET;
}

enum watch_event watch_wait(struct watch *watch, int milliseconds)
{
    if (watch_look(watch) == WATCH_QUIET)
        happened(watch, milliseconds);
    if (take(watch, &watch->changed, false))
        for (int64_t end = now() + SETTLE_MAX; now() < end && happened(watch, SETTLE);)
            ;
    if (take(watch, &watch->ended, false))
        return WATCH_ENDED;
    return take(watch, &watch->changed, true) ? WATCH_CHANGED : WATCH_QUIET;
}
