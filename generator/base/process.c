#include "base/process.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    BLOCK = 64 * 1024,
    ENVIRONMENT_MAX = 8,
    FILE_MAX = 256 * 1024 * 1024, /* bytes of a file that a program makes for itself */
    NAP = 5 * 1000 * 1000, /* nanoseconds between looks at a program that closed its output */
};

struct run {
    const struct process *process;
    struct arena *arena;
    struct buf output, errors;
    int in, out[2], errs[2]; /* a pipe's end to read from, and the one to write to */
    int64_t deadline;        /* milliseconds */
    pid_t pid;               /* 0: none, or it has ended */
    int status;              /* as waitpid() gives it */
};

static const char *name_of(const struct run *run)
{
    return run->process->arguments[0];
}

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* -- Starting -----------------------------------------------------------------------------------
 */

static int write_all(int fd, struct str bytes)
{
    while (bytes.len) {
        ssize_t put = write(fd, bytes.data, bytes.len < BLOCK ? bytes.len : BLOCK);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return -1;
        bytes = str_from_offset(bytes, (size_t)put);
    }
    return 0;
}

/* The input as a file in memory: no name, no pipe to keep filled, and it can be sought in. */
static int prepare(struct run *run, struct err *err)
{
    run->in = memfd_create("naslag", MFD_CLOEXEC);
    if (run->in < 0 || write_all(run->in, run->process->input) || lseek(run->in, 0, SEEK_SET) < 0 ||
        pipe2(run->out, O_CLOEXEC) || pipe2(run->errs, O_CLOEXEC))
        return err_set(err, "cannot prepare to run '%s': %s", name_of(run), strerror(errno));
    fcntl(run->out[0], F_SETFL, O_NONBLOCK);
    fcntl(run->errs[0], F_SETFL, O_NONBLOCK);
    return 0;
}

/* What programs need of the environment, and a locale and zone that are the same everywhere. */
static void fill_environment(struct arena *arena, char *environment[ENVIRONMENT_MAX])
{
    static const char *const kept[] = {"PATH", "HOME", "TMPDIR", "TESSDATA_PREFIX"};
    size_t count = 0;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        const char *value = getenv(kept[i]);
        if (value)
            environment[count++] = str_cstring(arena, str_format(arena, "%s=%s", kept[i], value));
    }
    environment[count++] = str_cstring(arena, STR("LC_ALL=C.UTF-8"));
    environment[count++] = str_cstring(arena, STR("TZ=UTC"));
    environment[count] = NULL;
}

static int set_up(posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes,
                  const struct run *run)
{
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    int error = posix_spawn_file_actions_adddup2(actions, run->in, STDIN_FILENO);
    if (!error)
        error = posix_spawn_file_actions_adddup2(actions, run->out[1], STDOUT_FILENO);
    if (!error)
        error = posix_spawn_file_actions_adddup2(actions, run->errs[1], STDERR_FILENO);
    if (!error)
        error = posix_spawnattr_setsigmask(attributes, &none);
    if (!error)
        error = posix_spawnattr_setsigdefault(attributes, &usual);
    if (!error)
        error =
            posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    return error;
}

/* Bounds that the system keeps. The program has started, but what it has read is not much yet. */
static void bound(const struct run *run)
{
    const struct rlimit memory = {PROCESS_MEMORY_MAX, PROCESS_MEMORY_MAX};
    const struct rlimit files = {FILE_MAX, FILE_MAX}, core = {0, 0};
    const struct rlimit time = {run->process->seconds * 4ul, run->process->seconds * 4ul};
    if (!run->process->roomy)
        prlimit(run->pid, RLIMIT_AS, &memory, NULL);
    prlimit(run->pid, RLIMIT_FSIZE, &files, NULL);
    prlimit(run->pid, RLIMIT_CORE, &core, NULL);
    prlimit(run->pid, RLIMIT_CPU, &time, NULL);
}

/* Returns an error number. */
static int spawn(struct run *run)
{
    char *environment[ENVIRONMENT_MAX];
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);
    if (error)
        return error;
    error = posix_spawnattr_init(&attributes);
    if (!error) {
        fill_environment(run->arena, environment);
        error = set_up(&actions, &attributes, run);
        if (!error)
            error = posix_spawnp(&run->pid, name_of(run), &actions, &attributes,
                                 (char *const *)run->process->arguments, environment);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    if (error)
        run->pid = 0;
    else
        bound(run);
    return error;
}

static int start(struct run *run, struct err *err)
{
    int error = spawn(run);
    close_fd(&run->in);
    close_fd(&run->out[1]);
    close_fd(&run->errs[1]);
    if (error == ENOENT || error == ENOTDIR) {
        err_set(err, "there is no program '%s'", name_of(run));
        return 1;
    }
    return error ? err_set(err, "cannot run '%s': %s", name_of(run), strerror(error)) : 0;
}

/* -- Listening ----------------------------------------------------------------------------------
 */

/* Takes what a pipe holds; of more than `max` bytes the rest is lost. Closes it at its end. */
static bool take(int *fd, struct buf *buf, size_t max)
{
    char block[BLOCK];
    ssize_t got = read(*fd, block, sizeof block);
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return true;
    if (got <= 0) {
        close_fd(fd);
        return true;
    }
    size_t room = max - buf->len;
    buf_put(buf, (struct str){block, (size_t)got < room ? (size_t)got : room});
    return (size_t)got <= room;
}

static int late(const struct run *run, struct err *err)
{
    return err_set(err, "'%s' takes longer than %u seconds", name_of(run), run->process->seconds);
}

static int listen_to(struct run *run, struct err *err)
{
    while (run->out[0] >= 0 || run->errs[0] >= 0) {
        struct pollfd pipes[] = {{run->out[0], POLLIN, 0}, {run->errs[0], POLLIN, 0}};
        int64_t left = run->deadline - now();
        if (left <= 0)
            return late(run, err);
        if (poll(pipes, 2, (int)left) < 0 && errno != EINTR)
            return err_set(err, "cannot listen to '%s': %s", name_of(run), strerror(errno));
        if (pipes[1].revents)
            (void)take(&run->errs[0], &run->errors, PROCESS_ERRORS_MAX);
        if (pipes[0].revents && !take(&run->out[0], &run->output, run->process->output_max))
            return err_set(err, "'%s' gives more than %zu bytes", name_of(run),
                           run->process->output_max);
    }
    return 0;
}

/* -- Ending -------------------------------------------------------------------------------------
 */

/* A program may close its output long before it ends. */
static int await(struct run *run, struct err *err)
{
    const struct timespec nap = {0, NAP};
    for (;;) {
        pid_t ended = waitpid(run->pid, &run->status, WNOHANG);
        if (ended == run->pid) {
            run->pid = 0;
            return 0;
        }
        if (ended < 0 && errno != EINTR) {
            run->pid = 0;
            return err_set(err, "lost '%s': %s", name_of(run), strerror(errno));
        }
        if (now() >= run->deadline)
            return late(run, err);
        nanosleep(&nap, NULL);
    }
}

static void end(struct run *run)
{
    if (run->pid) {
        kill(run->pid, SIGKILL);
        while (waitpid(run->pid, &run->status, 0) < 0 && errno == EINTR)
            continue;
    }
    close_fd(&run->in);
    for (size_t i = 0; i < 2; i++) {
        close_fd(&run->out[i]);
        close_fd(&run->errs[i]);
    }
}

/* A program that gets no more memory, or reads beyond what it has, is ended by a signal. */
static int broke(const struct run *run, struct err *err)
{
    int number = WTERMSIG(run->status);
    if (number == SIGXCPU)
        return err_set(err, "'%s' works longer than it may", name_of(run));
    if (number == SIGXFSZ)
        return err_set(err, "'%s' writes more than it may", name_of(run));
    return err_set(err, "'%s' breaks down on it, perhaps for want of memory (signal %d)",
                   name_of(run), number);
}

int process_run(struct arena *arena, const struct process *process, struct process_result *result,
                struct err *err)
{
    struct run run = {.process = process,
                      .arena = arena,
                      .in = -1,
                      .out = {-1, -1},
                      .errs = {-1, -1},
                      .deadline = now() + (int64_t)process->seconds * 1000};
    buf_init(&run.output, arena);
    buf_init(&run.errors, arena);
    int outcome = prepare(&run, err);
    if (!outcome)
        outcome = start(&run, err);
    if (!outcome)
        outcome = listen_to(&run, err);
    if (!outcome)
        outcome = await(&run, err);
    end(&run);
    *result = (struct process_result){buf_str(&run.output), buf_str(&run.errors), 0};
    if (!outcome && WIFSIGNALED(run.status))
        outcome = broke(&run, err);
    if (!outcome)
        result->status = WEXITSTATUS(run.status);
    return outcome;
}

struct str process_complaint(struct arena *arena, const struct process_result *result)
{
    struct str last = {0}, line;
    for (struct str rest = result->errors; (line = str_line(&rest)).data;)
        if (str_trim(line).len)
            last = str_trim(line);
    last = utf8_repair(arena, last);
    char *text = arena_text(arena, last.len);
    for (size_t i = 0; i < last.len; i++)
        text[i] = (unsigned char)last.data[i] < ' ' || last.data[i] == 0x7F ? ' ' : last.data[i];
    return (struct str){text, last.len};
}

/* -- Starting a program of the user's
 * -------------------------------------------------------------- */

/* Signals that the caller has blocked or ignores are not for it, and what ends the caller does not
 * end it. Returns an error number. */
static int launch(const char *const arguments[])
{
    pid_t pid;
    sigset_t none, usual;
    posix_spawnattr_t attributes;
    int error = posix_spawnattr_init(&attributes);
    if (error)
        return error;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    error = posix_spawnattr_setsigmask(&attributes, &none);
    if (!error)
        error = posix_spawnattr_setsigdefault(&attributes, &usual);
    if (!error)
        error = posix_spawnattr_setflags(
            &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
    if (!error)
        error =
            posix_spawnp(&pid, arguments[0], NULL, &attributes, (char *const *)arguments, environ);
    posix_spawnattr_destroy(&attributes);
    return error;
}

int process_launch(const char *program, const char *argument, struct err *err)
{
    const char *const arguments[] = {program, argument, NULL};
    int error = launch(arguments);
    return error ? err_set(err, "cannot start '%s': %s", program, strerror(error)) : 0;
}
