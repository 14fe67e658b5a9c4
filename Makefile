# Builds, tests and installs naslag. GNU make 4.3 or later; see CONTRIBUTING.md for what is needed.
#
#   make                  build/naslag
#   make site             public/, from content/ at HEAD; installs what is missing first
#   make check            every test; installs what is missing first
#   make check TESTS=...  only these, such as TESTS='tests/cli/*.t'
#   make check-sanitize   the tests that run the program, under ASan and UBSan
#   make check-format     whether the layout is that of .clang-format;  make format mends it
#   make bench            times builds and search beside Hugo and Pagefind; see docs/performance.md
#   make V=1              shows the commands
#   make install          PREFIX=/usr/local DESTDIR= ;  make uninstall;  make clean

VERSION := 0.1.0

BUILD := build
PREFIX ?= /usr/local
DESTDIR ?=
CFLAGS ?= -O2 -g
JOBS ?= $(shell nproc 2>/dev/null || echo 1)
SANITIZE ?=
TESTS ?=
Q := $(if $(V),,@)

# -- Flags ---------------------------------------------------------------------------------------

PACKAGES := libgit2 libcmark-gfm yaml-0.1 libutf8proc libgvc sqlite3 libdeflate libxxhash libmicrohttpd freetype2

# Asked once, and only when something is compiled: they may not be installed before `make site`.
pkg_cflags = $(eval pkg_cflags := $$(shell pkg-config --cflags $(PACKAGES)))$(pkg_cflags)
pkg_libs = $(eval pkg_libs := $$(shell pkg-config --libs $(PACKAGES)))$(pkg_libs)
# Graphviz keeps its layouts in a folder that the linker does not look in.
gvc_dir = $(eval gvc_dir := $$(shell pkg-config --variable=libdir libgvc)/graphviz)$(gvc_dir)
cmocka_flags = $(eval cmocka_flags := $$(shell pkg-config --cflags --libs cmocka))$(cmocka_flags)

warnings := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes \
            -Wmissing-prototypes -Wvla -Wformat=2 $(if $(filter true,$(CI)),-Werror)
ifeq ($(SANITIZE),)
protection := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong
else
protection := -fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer
endif
compile = $(CC) -std=c11 -D_GNU_SOURCE -Igenerator -DNASLAG_VERSION='"$(VERSION)"' $(warnings) \
          $(protection) -fPIE -pthread $(pkg_cflags) $(CPPFLAGS) $(CFLAGS)
# gcc sees all files at once where it links the program, which takes an eighth less of the processors
# when that runs. The objects do without as well: so tests are linked, which is done sooner. Names that
# gcc would draw come from the file, so that the same code gives the same objects. `make LTO=` leaves it out.
ifeq ($(origin LTO),undefined)
LTO := $(if $(SANITIZE)$(findstring clang,$(shell $(CC) --version)),,-flto=auto)
endif
for_lto = $(if $(LTO),$(LTO) -ffat-lto-objects -frandom-seed=$<)
without_lto = $(if $(LTO),-fno-lto)
link = $(CC) $(protection) $(CFLAGS) -pie -pthread -Wl,-z,relro,-z,now $(LDFLAGS)
libs = $(pkg_libs) -L$(gvc_dir) -Wl,-rpath,$(gvc_dir) -lgvplugin_neato_layout \
       -lcmark-gfm-extensions -lcmark-gfm $(LDLIBS)

# -- Files: whatever lies in the folders ------------------------------------------------------------

sources := $(sort $(wildcard generator/*/*.c))
objects := $(sources:generator/%.c=$(BUILD)/obj/%.o)
main := $(BUILD)/obj/cli/main.o
library := $(BUILD)/libnaslag.a
embedded := $(sort $(shell find templates theme skeleton -type f 2>/dev/null) $(wildcard docs/diagnostics*.md))
units := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/unit/test_*.c)))
specs := $(patsubst tests/spec/%.c,$(BUILD)/tests/spec_%,$(sort $(wildcard tests/spec/*.c)))
completions := $(addprefix $(BUILD)/completions/,naslag.bash _naslag naslag.fish)
benches := $(patsubst tests/bench/%.c,$(BUILD)/tests/bench_%,$(sort $(wildcard tests/bench/*.c)))

all: $(BUILD)/naslag $(completions)

$(BUILD)/naslag: $(main) $(library)
	@echo '  link   $@'
	$(Q)$(link) $(LTO) -o $@ $^ $(libs)

code := $(filter-out $(main),$(objects)) $(BUILD)/embed.o $(BUILD)/embed_data.o
members := $(code) $(BUILD)/identity.o

$(library): $(members) $(BUILD)/members.list
	$(Q)rm -f $@ && ar rcs $@ $(members)

$(BUILD)/obj/%.o: generator/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	@echo '  cc     $<'
	$(Q)$(compile) $(for_lto) -MMD -MP -c -o $@ $<

$(units): $(BUILD)/tests/%: tests/unit/%.c $(library)
	@mkdir -p $(@D)
	@echo '  test   $<'
	$(Q)$(compile) -Itests/unit -MMD -MP -MF $@.d $(link:$(CC)%=%) $(without_lto) -o $@ $< $(library) $(libs) $(cmocka_flags)

$(specs): $(BUILD)/tests/spec_%: tests/spec/%.c $(library)
	@mkdir -p $(@D)
	@echo '  test   $<'
	$(Q)$(compile) -MMD -MP -MF $@.d $(link:$(CC)%=%) $(without_lto) -o $@ $< $(library) $(libs)

$(benches): $(BUILD)/tests/bench_%: tests/bench/%.c $(library)
	@mkdir -p $(@D)
	@echo '  test   $<'
	$(Q)$(compile) -MMD -MP -MF $@.d $(link:$(CC)%=%) $(without_lto) -o $@ $< $(library) $(libs)

-include $(objects:.o=.d) $(BUILD)/embed.d $(units:=.d) $(specs:=.d) $(benches:=.d)

# What completes the command line in shells: the program's help tells all that there is.
$(completions) &: completions/make.pl $(BUILD)/naslag
	@mkdir -p $(@D)
	$(Q)perl completions/make.pl $(BUILD)/naslag $(@D)

# -- The reader of the search index, for the browser: all of search/ but what writes -----------------

writer := collate columns concordance gathered grouping harvest indexer indexing key_table merge nodes numbering packed parts reuse slices terms texts yield
reader := $(wildcard generator/search/wasm/*.c) \
          $(filter-out $(writer:%=generator/search/%.c),$(wildcard generator/search/*.c)) \
          $(patsubst %,generator/base/%.c,arena buf bytes map str vec)
# Each byte is loaded before the first answer. -Oz goes past the driver of clang, which would have a
# wasm-opt run over the result wherever there is one.
wasm := clang --target=wasm32 -std=c11 -Xclang -Oz -ffreestanding -fno-builtin-memcpy -fvisibility=hidden \
        -mbulk-memory -Igenerator -isystem generator/search/wasm/include -nostdlib \
        -Wl,--no-entry,--gc-sections,--strip-all,--compress-relocations,-z,stack-size=131072 -ffunction-sections -flto \
        -Wl,-mllvm,-disable-lsr,-mllvm,-inline-threshold=-50

$(BUILD)/reader.wasm: $(reader) $(wildcard generator/search/*.h generator/search/wasm/include/*.h generator/base/*.h)
	@mkdir -p $(@D)
	@echo '  wasm   $@'
	$(Q)$(wasm) -o $@ $(reader)

# -- Templates, theme, skeletons and fonts, carried inside the program ------------------------------

# Styles and scripts go in without what browsers do not need.
shrinkable := $(filter theme/%.css theme/%.js,$(embedded))
shrunk := $(shrinkable:%=$(BUILD)/%)

$(BUILD)/theme/%.css: theme/%.css generator/write/shrink_css.pl
	@mkdir -p $(@D)
	$(Q)perl generator/write/shrink_css.pl <$< >$@

$(BUILD)/theme/%.js: theme/%.js generator/write/shrink_js.pl
	@mkdir -p $(@D)
	$(Q)perl generator/write/shrink_js.pl <$< >$@

# The letters of the pictures that stand for pages. FONTS is where the DejaVu fonts are.
FONTS ?= /usr/share/fonts/truetype/dejavu
title_font := $(FONTS)/DejaVuSerifCondensed-Bold.ttf
plain_font := $(FONTS)/DejaVuSans.ttf
fonts := $(title_font) $(plain_font)

embeddings := $(filter-out $(shrinkable),$(embedded)) $(foreach file,$(shrinkable),$(file)=$(BUILD)/$(file)) \
              search/reader.wasm=$(BUILD)/reader.wasm \
              fonts/title.ttf=$(title_font) fonts/plain.ttf=$(plain_font)

$(BUILD)/embed.S $(BUILD)/embed.c &: generator/write/embed.sh $(embedded) $(shrunk) $(BUILD)/reader.wasm \
                                     $(fonts) $(BUILD)/embed.list
	@echo '  embed  templates/ theme/ skeleton/, what codes mean, and fonts'
	$(Q)sh generator/write/embed.sh $(BUILD)/embed $(embeddings)

$(BUILD)/embed.o: $(BUILD)/embed.c $(BUILD)/flags
	$(Q)$(compile) -MMD -MP -c -o $@ $<

$(BUILD)/embed_data.o: $(BUILD)/embed.S $(embedded) $(shrunk) $(BUILD)/reader.wasm $(fonts) $(BUILD)/flags
	$(Q)$(CC) -fPIE -c -o $@ $<

# What tells one program from another: a cache holds what this very code made.
$(BUILD)/identity.c: $(code)
	$(Q)printf '%s\n' '#include "base/identity.h"' \
	    "const char identity_of_program[] = \"$$(cat $^ | sha256sum | cut -d' ' -f1)\";" > $@

$(BUILD)/identity.o: $(BUILD)/identity.c $(BUILD)/flags
	$(Q)$(compile) -c -o $@ $<

# -- Stamps: what is built again when flags, the compiler or the list of files change -----------------

# Keeps the file as it is where its text would be the same.
define keep
@mkdir -p $(BUILD)
@printf '%s\n' $(1) | cmp -s - $@ || printf '%s\n' $(1) > $@
endef

$(BUILD)/flags: always
	@pkg-config --print-errors --exists $(PACKAGES) || { \
	    echo "make: a library is missing; './setup.sh build' installs what is needed" >&2; exit 1; }
	$(call keep,'$(subst ','\'',$(compile) $(link) $(LTO))')

$(BUILD)/embed.list: always
	$(call keep,$(embedded) $(fonts))

$(BUILD)/members.list: always
	$(call keep,$(members))

# -- Doing ------------------------------------------------------------------------------------------

parallel = $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(JOBS))
again = $(MAKE) --no-print-directory $(parallel)

site:
	./setup.sh build
	+$(again) all
	$(BUILD)/naslag build -C . --out public

check:
	./setup.sh build test
	+$(again) check-run TESTS='$(or $(TESTS),$(tests_static) $(tests_program) $(tests_browser))'

check-sanitize:
	./setup.sh build test
	+$(again) check-run BUILD=$(BUILD)/sanitize SANITIZE=address,undefined CFLAGS='-O1 -g' \
	    TESTS='$(or $(TESTS),$(tests_program))'

tests_static := $(sort $(wildcard tests/checks/*.t))
tests_program := tests/unit tests/spec/run $(sort $(wildcard tests/spec/*.js)) tests/site/run tests/quality/keys.t \
                 $(sort $(wildcard tests/cli/*.t tests/hostile/*.t))
tests_browser := $(sort $(wildcard tests/browser/*.t))

# `tests/unit` in TESTS stands for the programs made from it. Tests that time something run alone.
export NASLAG = $(abspath $(BUILD))/naslag
export NASLAG_BUILD = $(abspath $(BUILD))
export NASLAG_SLOWER = $(if $(SANITIZE),10,1)
export LSAN_OPTIONS = $(if $(SANITIZE),suppressions=$(abspath tests/leaks):print_suppressions=0)
check-run: all $(units) $(specs) pages
	prove --exec '' --jobs $(JOBS) --rules='seq=tests/hostile/*' --rules='par=**' \
	    $(patsubst tests/unit,$(units),$(TESTS))

# The sites that the tests of pages open: this repository's own content as it lies in the work tree,
# the small sites of tests/site/, and the real documents where they are at hand.
pages: $(BUILD)/naslag
	$(if $(findstring tests/browser,$(TESTS)),tests/browser/build)

bench:
	./setup.sh build test bench
	+$(again) all $(benches)
	tests/bench/run
	tests/bench/texts
	tests/bench/search

sources_formatted = $(wildcard generator/*/*.[ch] generator/search/wasm/*.[ch] \
                               generator/search/wasm/include/*.h tests/*/*.[ch])

format:
	clang-format -i $(sources_formatted)

check-format:
	clang-format --dry-run --Werror $(sources_formatted)

completion_bash := share/bash-completion/completions/naslag
completion_zsh := share/zsh/site-functions/_naslag
completion_fish := share/fish/vendor_completions.d/naslag.fish

install: all
	install -D -m 755 $(BUILD)/naslag $(DESTDIR)$(PREFIX)/bin/naslag
	install -D -m 644 naslag.1 $(DESTDIR)$(PREFIX)/share/man/man1/naslag.1
	install -D -m 644 $(BUILD)/completions/naslag.bash $(DESTDIR)$(PREFIX)/$(completion_bash)
	install -D -m 644 $(BUILD)/completions/_naslag $(DESTDIR)$(PREFIX)/$(completion_zsh)
	install -D -m 644 $(BUILD)/completions/naslag.fish $(DESTDIR)$(PREFIX)/$(completion_fish)
	install -D -m 644 LICENSE $(DESTDIR)$(PREFIX)/share/doc/naslag/LICENSE

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/naslag $(DESTDIR)$(PREFIX)/share/man/man1/naslag.1 \
	    $(DESTDIR)$(PREFIX)/share/doc/naslag/LICENSE \
	    $(addprefix $(DESTDIR)$(PREFIX)/,$(completion_bash) $(completion_zsh) $(completion_fish))
	-rmdir $(DESTDIR)$(PREFIX)/share/doc/naslag

clean:
	rm -rf build public

.PHONY: all site check check-sanitize check-run pages bench format check-format install uninstall \
        clean always
.DELETE_ON_ERROR:
