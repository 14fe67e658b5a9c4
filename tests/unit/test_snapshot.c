/* Snapshots of commits and work trees. */
#include "base/utf8.h"
#include "git_fixture.h"

#include <sys/stat.h>

/* Two commits, with a folder `content` beside other things; a light and an annotated tag. */
static const char HISTORY[] = "commit refs/heads/main\n"
                              "committer Ans <ans@example.org> 1600000000 +0200\n"
                              "data <<.\n"
                              "first\n"
                              ".\n"
                              "M 100644 inline content/b.md\n"
                              "data <<.\n"
                              "old\n"
                              ".\n"
                              "M 100644 inline README.md\n"
                              "data <<.\n"
                              "readme\n"
                              ".\n"
                              "\n"
                              "tag v1\n"
                              "from refs/heads/main\n"
                              "tagger Ans <ans@example.org> 1600000100 +0000\n"
                              "data <<.\n"
                              "one\n"
                              ".\n"
                              "commit refs/heads/main\n"
                              "committer Ans <ans@example.org> 1600003600 -0530\n"
                              "data <<.\n"
                              "second\n"
                              ".\n"
                              "M 100644 inline content/b.md\n"
                              "data <<.\n"
                              "new\n"
                              ".\n"
                              "M 100644 inline content/b/c.md\n"
                              "data <<.\n"
                              "deep\n"
                              ".\n"
                              "M 100755 inline content/b-a.md\n"
                              "data <<.\n"
                              "executable\n"
                              ".\n"
                              "reset refs/tags/light\n"
                              "from refs/heads/main\n"
                              "\n";

/* -- Commits
 * --------------------------------------------------------------------------------------- */

static void bare_repository(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a.git", HISTORY);
    fixture_expect(fixture, (struct snapshot_options){.directory = "a.git"}, "b-a.md b.md b/c.md");
    assert_true(str_equal(fixture->snapshot.content, STR("content")));
    assert_int_equal(fixture->snapshot.commit.len, 40);
    assert_int_equal(fixture->snapshot.committed.time, 1600003600);
    assert_int_equal(fixture->snapshot.committed.offset, -330);
    fixture_expect_text(fixture, "b.md", "new\n");
    fixture_expect_text(fixture, "b/c.md", "deep\n");
    assert_int_equal(fixture->diags.count, 0);
}

static void folder_in_work_tree(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a", HISTORY);
    fixture_run(fixture, "mkdir -p a/sub/sub; echo changed > a/README.md");
    fixture_expect(fixture, (struct snapshot_options){.directory = "a/sub/sub", .content = ""},
                   "README.md content/b-a.md content/b.md content/b/c.md");
    fixture_expect_text(fixture, "README.md", "readme\n");
    fixture_run(fixture, "test \"$(ls a)\" = \"$(printf 'README.md\\nsub')\"");
}

static void revisions(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a.git", HISTORY);
    fixture_expect(fixture, (struct snapshot_options){.directory = "a.git", .rev = "v1"}, "b.md");
    fixture_expect_text(fixture, "b.md", "old\n");
    assert_int_equal(fixture->snapshot.committed.offset, 120);
    fixture_expect(fixture, (struct snapshot_options){.directory = "a.git", .rev = "HEAD~1"},
                   "b.md");
    fixture_expect(fixture, (struct snapshot_options){.directory = "a.git", .rev = "light"},
                   "b-a.md b.md b/c.md");
    fixture_expect_failure(fixture, (struct snapshot_options){.directory = "a.git", .rev = "none"},
                           "no revision 'none'");
    fixture_expect_failure(fixture,
                           (struct snapshot_options){.directory = "a.git", .rev = "HEAD:content"},
                           "'HEAD:content' is not a commit");
}

static void content_folder(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a.git", HISTORY);
    fixture_expect(fixture,
                   (struct snapshot_options){.directory = "a.git", .content = "./content//b/"},
                   "c.md");
    assert_true(str_equal(fixture->snapshot.content, STR("content/b")));
    fixture_expect(fixture, (struct snapshot_options){.directory = "a.git", .content = "."},
                   "README.md content/b-a.md content/b.md content/b/c.md");
    fixture_expect_failure(fixture,
                           (struct snapshot_options){.directory = "a.git", .content = "docs"},
                           "no folder 'docs'");
    fixture_expect_failure(fixture,
                           (struct snapshot_options){.directory = "a.git", .content = "README.md"},
                           "no folder 'README.md'");
    fixture_expect_failure(
        fixture, (struct snapshot_options){.directory = "a.git", .content = "content/../.."},
        "not a path in the repository");
}

static void content_that_is_no_folder(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a.git",
                   "commit refs/heads/main\n"
                   "committer Ans <ans@example.org> 1600000000 +0000\n"
                   "data 0\n"
                   "M 100644 inline content\n"
                   "data 0\n"
                   "M 100644 inline notes/a.md\n"
                   "data 0\n");
    fixture_expect(fixture, (struct snapshot_options){.directory = "a.git"}, "content notes/a.md");
    assert_int_equal(fixture->snapshot.content.len, 0);
    fixture_expect_text(fixture, "notes/a.md", "");
}

static void left_out(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a.git",
                   "commit refs/heads/main\n"
                   "committer Ans <ans@example.org> 1600000000 +0000\n"
                   "data 0\n"
                   "M 100644 inline .hidden.md\n"
                   "data 0\n"
                   "M 100644 inline .obsidian/app.md\n"
                   "data 0\n"
                   "M 100644 inline a/.b/c.md\n"
                   "data 0\n"
                   "M 100644 inline a/d.md\n"
                   "data 0\n"
                   "M 120000 inline a/link\n"
                   "data 11\n"
                   "/etc/passwd\n"
                   "M 160000 0123456789012345678901234567890123456789 sub\n");
    fixture_expect(fixture, (struct snapshot_options){.directory = "a.git"}, "a/d.md");
    assert_int_equal(fixture->diags.count, 2);
    assert_int_equal(diags_count(&fixture->diags, DIAG_WARNING), 2);
    assert_int_equal(fixture_diags(fixture, "symlink-skipped"), 1);
    assert_int_equal(fixture_diags(fixture, "submodule-skipped"), 1);
    diags_sort(&fixture->diags);
    assert_true(str_equal(fixture->diags.items[0].place.path, STR("a/link")));
}

static void bad_names(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a.git",
                   "commit refs/heads/main\n"
                   "committer Ans <ans@example.org> 1600000000 +0000\n"
                   "data 0\n"
                   "M 100644 inline \"caf\\351.md\"\n"
                   "data 0\n"
                   "M 100644 inline \"bell\\007.md\"\n"
                   "data 0\n"
                   "M 100644 inline \"next\\302\\205line/x.md\"\n"
                   "data 0\n"
                   "M 100644 inline \"caf\\303\\251.md\"\n"
                   "data 0\n");
    fixture_expect(fixture, (struct snapshot_options){.directory = "a.git"}, "caf\303\251.md");
    assert_int_equal(fixture_diags(fixture, "path-invalid"), 3);
    assert_int_equal(diags_count(&fixture->diags, DIAG_ERROR), 3);
    for (size_t i = 0; i < fixture->diags.count; i++) {
        struct str path = fixture->diags.items[i].place.path;
        assert_int_equal(utf8_valid_length(path), path.len);
    }
}

/* A stream with one file, `name` in `depth` folders `f`. */
static const char *deep_stream(struct fixture *fixture, unsigned depth, size_t name_len)
{
    char *path = arena_alloc(&fixture->arena, 2 * depth + name_len + 1);
    for (unsigned i = 0; i < depth; i++)
        memcpy(path + 2 * i, "f/", 2);
    memset(path + 2 * depth, 'n', name_len);
    return str_format(&fixture->arena,
                      "commit refs/heads/main\n"
                      "committer Ans <ans@example.org> 1600000000 +0000\n"
                      "data 0\n"
                      "M 100644 inline %s\n"
                      "data 0\n",
                      path)
        .data;
}

static void depth_and_length(void **state)
{
    static const struct {
        unsigned depth;
        size_t len;
        const char *code;
    } cases[] = {{SNAPSHOT_DEPTH_MAX, 1, NULL},
                 {SNAPSHOT_DEPTH_MAX + 1, 1, "path-too-long"},
                 {1, SNAPSHOT_PATH_MAX - 2, NULL},
                 {1, SNAPSHOT_PATH_MAX - 1, "path-too-long"}};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture_import(fixture, "a.git", deep_stream(fixture, cases[i].depth, cases[i].len));
        assert_int_equal(fixture_open(fixture, (struct snapshot_options){.directory = "a.git"}), 0);
        assert_int_equal(fixture->snapshot.count, cases[i].code ? 0 : 1);
        if (cases[i].code)
            assert_int_equal(fixture_diags(fixture, cases[i].code), 1);
    }
}

/* Trees that git would not make: names with a slash, a name twice, a file and a folder alike. */
static void forged_tree(void **state)
{
    struct fixture *fixture = *state;
    fixture_run(fixture,
                "git init -q --bare a.git && cd a.git &&"
                "b=$(echo x | git hash-object -w --stdin) &&"
                "s=$(printf '100644 blob %s\\tn\\n' $b | git mktree) &&"
                "t=$(perl -e '($b, $s) = map { pack \"H*\", $_ } @ARGV;"
                "    print \"100644 a\\0$b\", \"100644 a\\0$b\", \"100644 b/../../c\\0$b\","
                "        \"100644 d\\0$b\", \"40000 d\\0$s\", \"40000 e\\0$s\"' $b $s |"
                "    git hash-object -w -t tree --literally --stdin) &&"
                "git update-ref refs/heads/main $(git commit-tree -m x $t) &&"
                "git symbolic-ref HEAD refs/heads/main");
    fixture_expect(fixture, (struct snapshot_options){.directory = "a.git"}, "a d/n e/n");
    assert_int_equal(fixture_diags(fixture, "path-invalid"), 1);
    assert_int_equal(fixture_diags(fixture, "path-repeated"), 2);
}

/* Ten folders in each of ten folders, and so on: a few objects, ten thousand million files. */
static void tree_bomb(void **state)
{
    struct fixture *fixture = *state;
    fixture_run(fixture,
                "git init -q --bare a.git && cd a.git &&"
                "t=$(git mktree </dev/null) &&"
                "for i in 1 2 3 4 5 6 7 8 9 10; do"
                "    t=$(for j in a b c d e f g h i j; do"
                "        printf '040000 tree %s\\t%s\\n' $t $j; done | git mktree); done &&"
                "git update-ref refs/heads/main $(git commit-tree -m x $t) &&"
                "git symbolic-ref HEAD refs/heads/main");
    fixture_expect_failure(fixture, (struct snapshot_options){.directory = "a.git"},
                           "more than 2500000 files and folders");
}

/* -- Reading
 * --------------------------------------------------------------------------------------- */

static void size_limit(void **state)
{
    struct fixture *fixture = *state;
    struct str bytes;
    fixture_import(fixture, "a", HISTORY);
    fixture_run(fixture, "git -C a reset -q --hard");
    for (int worktree = 0; worktree < 2; worktree++) {
        struct snapshot_options options = {.directory = "a", .worktree = worktree};
        fixture_expect(fixture, options, "b-a.md b.md b/c.md");
        assert_int_equal(fixture_read(fixture, "b.md", 4, &bytes), 0);
        assert_int_equal(bytes.len, 4);
        assert_int_equal(fixture_read(fixture, "b.md", 3, &bytes), 1);
    }
}

/* One file's object is gone, another's is a copy of a third's. */
static void damaged_objects(void **state)
{
    struct fixture *fixture = *state;
    struct str bytes;
    fixture_import(fixture, "a.git", HISTORY);
    fixture_run(fixture, "cd a.git &&"
                         "file() { git rev-parse HEAD:content/$1 | sed 's,^..,objects/&/,'; } &&"
                         "rm -f $(file b.md) && chmod u+w $(file b-a.md) &&"
                         "cp $(file b/c.md) $(file b-a.md)");
    fixture_expect(fixture, (struct snapshot_options){.directory = "a.git"}, "b-a.md b.md b/c.md");
    assert_int_equal(fixture_read(fixture, "b.md", 100, &bytes), -1);
    assert_non_null(strstr(fixture->err.message, "cannot read 'b.md': object"));
    assert_non_null(strstr(fixture->err.message, "is missing"));
    assert_int_equal(fixture_read(fixture, "b-a.md", 100, &bytes), -1);
    assert_non_null(strstr(fixture->err.message, "is damaged"));
    fixture_expect_text(fixture, "b/c.md", "deep\n");
}

/* -- Surroundings
 * ---------------------------------------------------------------------------------- */

static void another_owner(void **state)
{
    struct fixture *fixture = *state;
    if (geteuid() != 0) {
        fputs("# a repository of another owner is not tested: that needs root\n", stderr);
        return; /* skip() of cmocka 1.1.5 is a failure to prove */
    }
    fixture_import(fixture, "a", HISTORY);
    fixture_run(fixture, "git -C a reset -q --hard && chown -R 12345 a");
    for (int worktree = 0; worktree < 2; worktree++)
        fixture_expect(fixture, (struct snapshot_options){.directory = "a", .worktree = worktree},
                       "b-a.md b.md b/c.md");
}

/* A configuration that would be an error, and an ignore list, if they were read. */
static void configuration_of_the_user(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a", HISTORY);
    fixture_run(fixture, "git -C a reset -q --hard && mkdir -p .config/git &&"
                         "echo '*.md' > .config/git/ignore && echo '[broken' > .gitconfig &&"
                         "echo more > a/content/new.md");
    struct snapshot_options options = {.directory = "a", .worktree = true};
    fixture_expect(fixture, options, "b-a.md b.md b/c.md new.md");
    unsetenv("HOME");
    fixture_expect(fixture, options, "b-a.md b.md b/c.md new.md");
    setenv("HOME", "/proc/1/nowhere", 1);
    fixture_expect(fixture, options, "b-a.md b.md b/c.md new.md");
}

/* What a clone's own configuration may well have. */
static void configuration_of_the_repository(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a.git", HISTORY);
    fixture_run(fixture, "cd a.git && git config core.repositoryformatversion 1 &&"
                         "git config extensions.partialClone origin &&"
                         "git config extensions.worktreeConfig true &&"
                         "git config include.path '~/.gitconfig-work'");
    fixture_expect(fixture, (struct snapshot_options){.directory = "a.git"}, "b-a.md b.md b/c.md");
}

static void no_repository(void **state)
{
    struct fixture *fixture = *state;
    fixture_run(fixture, "mkdir plain");
    fixture_expect_failure(fixture, (struct snapshot_options){.directory = "plain"},
                           "no git repository in or above");
    fixture_expect_failure(fixture,
                           (struct snapshot_options){.directory = "plain", .worktree = true},
                           "no git repository in or above");
    fixture_expect_failure(fixture, (struct snapshot_options){.directory = "nothing"},
                           "no git repository in or above");
}

static void no_commit(void **state)
{
    struct fixture *fixture = *state;
    fixture_run(fixture, "git init -q a && mkdir a/content && echo text > a/content/note.md");
    fixture_expect_failure(fixture, (struct snapshot_options){.directory = "a"},
                           "has no commit at HEAD yet");
    fixture_expect(fixture, (struct snapshot_options){.directory = "a", .worktree = true},
                   "note.md");
    assert_int_equal(fixture->snapshot.commit.len, 0);
    assert_int_equal(fixture->snapshot.committed.time, 0);
    fixture_expect_text(fixture, "note.md", "text\n");
}

/* -- Work trees
 * ------------------------------------------------------------------------------------ */

static void work_tree(void **state)
{
    static const unsigned char zeroes[OID_SIZE];
    struct fixture *fixture = *state;
    fixture_import(fixture, "a", HISTORY);
    fixture_run(fixture,
                "cd a && git reset -q --hard && cd content && echo changed > b.md && rm b-a.md &&"
                "mkdir -p new/er drafts/old && echo 1 > new/er/x.md && echo 2 > .secret.md &&"
                "echo drafts/ > .gitignore && echo '*.tmp' >> .gitignore && echo 3 > drafts/x.md &&"
                "echo 4 > drafts/old/kept.md && git add -f drafts/old/kept.md &&"
                "echo 5 > b/c.tmp && echo 6 > added.tmp && git add -f added.tmp");
    fixture_expect(fixture, (struct snapshot_options){.directory = "a", .worktree = true},
                   "added.tmp b.md b/c.md drafts/old/kept.md new/er/x.md");
    assert_int_equal(fixture->snapshot.committed.time, 1600003600);
    assert_int_equal(fixture->snapshot.commit.len, 40);
    assert_int_equal(fixture->diags.count, 0);
    assert_int_equal(fixture->snapshot.entries[1].size, 8);
    assert_memory_equal(fixture->snapshot.entries[1].oid, zeroes, OID_SIZE);
    fixture_expect_text(fixture, "b.md", "changed\n");
    fixture_expect_text(fixture, "new/er/x.md", "1\n");
}

static void work_tree_content(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a", HISTORY);
    fixture_run(fixture, "cd a && git reset -q --hard && ln -s content linked && mkdir in &&"
                         "ln -s ../content in/linked");
    struct snapshot_options options = {
        .directory = "a/in", .worktree = true, .content = "content/b"};
    fixture_expect(fixture, options, "c.md");
    options.content = "none";
    fixture_expect_failure(fixture, options, "content folder 'none'");
    options.content = "linked";
    fixture_expect_failure(fixture, options, "content folder 'linked'");
    options.content = "linked/b";
    fixture_expect_failure(fixture, options, "content folder 'linked/b'");
    fixture_run(fixture, "cd a && mv content docs && ln -s docs content");
    options.content = NULL;
    fixture_expect(fixture, options, "README.md docs/b-a.md docs/b.md docs/b/c.md");
    assert_int_equal(fixture_diags(fixture, "symlink-skipped"), 3);
}

/* Nothing outside is listed, and nothing outside is read by a link put there afterwards. */
static void links_in_work_tree(void **state)
{
    struct fixture *fixture = *state;
    struct str bytes;
    fixture_import(fixture, "a", HISTORY);
    fixture_run(fixture, "git -C a reset -q --hard && mkdir out && echo secret > out/c.md &&"
                         "cd a/content && ln -s ../../out new && ln -s ../../out/c.md file.md");
    struct snapshot_options options = {.directory = "a", .worktree = true};
    fixture_expect(fixture, options, "b-a.md b.md b/c.md");
    assert_int_equal(fixture_diags(fixture, "symlink-skipped"), 2);
    fixture_run(fixture, "cd a/content && rm -r b b.md && ln -s ../../out b && ln -s b/c.md b.md");
    assert_int_equal(fixture_read(fixture, "b/c.md", 100, &bytes), -1);
    assert_int_equal(fixture_read(fixture, "b.md", 100, &bytes), -1);
    fixture_expect(fixture, options, "b-a.md");
    assert_int_equal(fixture_diags(fixture, "symlink-skipped"), 4);
}

/* A pipe is no file, and reading one that took a file's place does not wait for a writer. */
static void pipes_in_work_tree(void **state)
{
    struct fixture *fixture = *state;
    struct str bytes;
    fixture_import(fixture, "a", HISTORY);
    fixture_run(fixture, "git -C a reset -q --hard && mkfifo a/content/pipe.md");
    fixture_expect(fixture, (struct snapshot_options){.directory = "a", .worktree = true},
                   "b-a.md b.md b/c.md");
    fixture_run(fixture, "cd a/content && rm b.md && mkfifo b.md");
    assert_int_equal(fixture_read(fixture, "b.md", 100, &bytes), -1);
}

static void repositories_in_work_tree(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a", HISTORY);
    fixture_run(fixture, "cd a && git reset -q --hard && git init -q content/inner &&"
                         "echo x > content/inner/x.md && mkdir content/module &&"
                         "git update-index --add --cacheinfo "
                         "160000,0123456789012345678901234567890123456789,content/module");
    fixture_expect(fixture, (struct snapshot_options){.directory = "a", .worktree = true},
                   "b-a.md b.md b/c.md");
    assert_int_equal(fixture_diags(fixture, "submodule-skipped"), 2);
    fixture_expect(fixture,
                   (struct snapshot_options){.directory = "a/content/inner", .worktree = true},
                   "x.md");
}

static void linked_work_tree(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a.git", HISTORY);
    fixture_run(fixture, "git -C a.git worktree add -q ../w v1 && echo x > w/content/x.md");
    fixture_expect(fixture, (struct snapshot_options){.directory = "w", .worktree = true},
                   "b.md x.md");
    fixture_expect(fixture, (struct snapshot_options){.directory = "w"}, "b.md");
    fixture_expect_text(fixture, "b.md", "old\n");
}

static void work_tree_elsewhere(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a.git", HISTORY);
    fixture_run(fixture, "mkdir -p other && echo secret > other/x.md");
    struct snapshot_options options = {.directory = "a.git", .worktree = true};
    fixture_expect_failure(fixture, options, "is bare");
    fixture_run(fixture, "cd a.git && git config core.bare false &&"
                         "git config core.worktree \"$PWD/../other\"");
    fixture_expect_failure(fixture, options, "is not in the work tree");
}

/* Whatever is tried first, each entry is found and nothing else. */
static void finding(void **state)
{
    struct entry entries[] = {
        {.path = STR("a.md")}, {.path = STR("b.md")}, {.path = STR("b/c.md")}, {.path = STR("d")}};
    const struct str missing[] = {STR(""), STR("b"), STR("b/c.m"), STR("e")};
    struct snapshot snapshot = {.entries = entries, .count = 4};
    (void)state;
    for (size_t first = 0; first < 6; first++) {
        for (size_t i = 0; i < 4; i++) {
            size_t entry = first;
            assert_true(snapshot_find(&snapshot, entries[i].path, &entry));
            assert_int_equal(entry, i);
            assert_false(snapshot_find(&snapshot, missing[i], &entry));
        }
    }
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(bare_repository),
        FIXTURE_TEST(folder_in_work_tree),
        cmocka_unit_test(finding),
        FIXTURE_TEST(revisions),
        FIXTURE_TEST(content_folder),
        FIXTURE_TEST(content_that_is_no_folder),
        FIXTURE_TEST(left_out),
        FIXTURE_TEST(bad_names),
        FIXTURE_TEST(depth_and_length),
        FIXTURE_TEST(forged_tree),
        FIXTURE_TEST(tree_bomb),
        FIXTURE_TEST(size_limit),
        FIXTURE_TEST(damaged_objects),
        FIXTURE_TEST(another_owner),
        FIXTURE_TEST(configuration_of_the_user),
        FIXTURE_TEST(configuration_of_the_repository),
        FIXTURE_TEST(no_repository),
        FIXTURE_TEST(no_commit),
        FIXTURE_TEST(work_tree),
        FIXTURE_TEST(work_tree_content),
        FIXTURE_TEST(links_in_work_tree),
        FIXTURE_TEST(pipes_in_work_tree),
        FIXTURE_TEST(repositories_in_work_tree),
        FIXTURE_TEST(linked_work_tree),
        FIXTURE_TEST(work_tree_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
