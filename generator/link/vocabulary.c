#include "link/vocabulary.h"

#include "base/arena.h"
#include "link/numeral.h"

struct word {
    const char *text;
    enum word_class kind;
    int64_t value;
};

/* Lower case, by their first letters, in the order of their bytes, so that they are easily found by
 * whoever reads this. */
static const struct word words_a[] = {
    {"a", WORD_ONE, 1},
    {"a.s", WORD_COMING_DAY, 0},
    {"aangeboden", WORD_ADJECTIVE, 0},
    {"aangewezen", WORD_ADJECTIVE, 0},
    {"aanstaande", WORD_COMING_DAY, 0},
    {"about", WORD_ABOUT, 0},
    {"acht", WORD_NUMBER, 8},
    {"achttien", WORD_NUMBER, 18},
    {"across", WORD_NO_THING, 0},
    {"afgelopen", WORD_LAST, 0},
    {"afgesloten", WORD_ADJECTIVE, 0},
    {"after", WORD_AT, 0},
    {"al", WORD_LABEL, 0},
    {"alinea", WORD_LABEL, 0},
    {"alleen", WORD_NO_THING, 0},
    {"alles", WORD_NO_THING, 0},
    {"almost", WORD_ABOUT, 0},
    {"als", WORD_NO_THING, 0},
    {"always", WORD_NO_THING, 0},
    {"and", WORD_AND, 0},
    {"anderhalf", WORD_HALVES, 3},
    {"anders", WORD_NO_THING, 0},
    {"appendix", WORD_LABEL, 0},
    {"approximately", WORD_ABOUT, 0},
    {"apr", WORD_MONTH_CUT, 4},
    {"april", WORD_MONTH, 4},
    {"around", WORD_AT, 0},
    {"art", WORD_LABEL, 0},
    {"article", WORD_LABEL, 0},
    {"articles", WORD_LABEL, 0},
    {"artikel", WORD_LABEL, 0},
    {"artikelen", WORD_LABEL, 0},
    {"as", WORD_NO_THING, 0},
    {"aug", WORD_MONTH_CUT, 8},
    {"august", WORD_MONTH, 8},
    {"augustus", WORD_MONTH, 8},
    {"autumn", WORD_SEASON, 23},
};
static const struct word words_b[] = {
    {"been", WORD_NO_THING, 0},
    {"before", WORD_AT, 0},
    {"begin", WORD_AT, 0},
    {"beginnen", WORD_NO_THING, 0},
    {"behoorden", WORD_NO_THING, 0},
    {"behoren", WORD_NO_THING, 0},
    {"beneden", WORD_NO_THING, 0},
    {"besides", WORD_NO_THING, 0},
    {"besloten", WORD_ADJECTIVE, 0},
    {"bestaan", WORD_NO_THING, 0},
    {"betalen", WORD_NO_THING, 0},
    {"betekenen", WORD_NO_THING, 0},
    {"betreffen", WORD_NO_THING, 0},
    {"betrokken", WORD_ADJECTIVE, 0},
    {"between", WORD_BETWEEN, 0},
    {"bevatten", WORD_NO_THING, 0},
    {"bewezen", WORD_ADJECTIVE, 0},
    {"bieden", WORD_NO_THING, 0},
    {"bijlage", WORD_LABEL, 0},
    {"bijlagen", WORD_LABEL, 0},
    {"bijna", WORD_ABOUT, 0},
    {"billion", WORD_SCALE, 1000000000},
    {"binnen", WORD_NO_THING, 0},
    {"bladzijde", WORD_LABEL, 0},
    {"bleken", WORD_NO_THING, 0},
    {"bleven", WORD_NO_THING, 0},
    {"blijken", WORD_NO_THING, 0},
    {"blijven", WORD_NO_THING, 0},
    {"blz", WORD_LABEL, 0},
    {"bn", WORD_SCALE, 1000000000},
    {"boden", WORD_NO_THING, 0},
    {"boven", WORD_NO_THING, 0},
    {"bovendien", WORD_NO_THING, 0},
    {"box", WORD_LABEL, 0},
    {"brengen", WORD_NO_THING, 0},
    {"buiten", WORD_NO_THING, 0},
    {"by", WORD_AT, 0},
};
static const struct word words_c[] = {
    {"ca", WORD_ABOUT, 0},         {"categorie", WORD_LABEL, 0}, {"chapter", WORD_LABEL, 0},
    {"children", WORD_PLURAL, 0},  {"circa", WORD_ABOUT, 0},     {"class", WORD_NO_THING, 0},
    {"closed", WORD_ADJECTIVE, 0},
};
static const struct word words_d[] = {
    {"daarbinnen", WORD_NO_THING, 0},
    {"dagelijks", WORD_NO_THING, 0},
    {"dan", WORD_ABOUT, 0},
    {"de", WORD_ORDINAL, 0},
    {"dec", WORD_MONTH_CUT, 12},
    {"december", WORD_MONTH, 12},
    {"deden", WORD_NO_THING, 0},
    {"deel", WORD_LABEL, 0},
    {"deels", WORD_NO_THING, 0},
    {"denken", WORD_NO_THING, 0},
    {"derde", WORD_NTH, 3},
    {"dertien", WORD_NUMBER, 13},
    {"dertig", WORD_NUMBER, 30},
    {"destijds", WORD_NO_THING, 0},
    {"deze", WORD_THIS, 0},
    {"die", WORD_NO_THING, 0},
    {"dienen", WORD_NO_THING, 0},
    {"different", WORD_ADJECTIVE, 0},
    {"dit", WORD_THIS, 0},
    {"doen", WORD_NO_THING, 0},
    {"does", WORD_NO_THING, 0},
    {"dollar", WORD_CURRENCY, CURRENCY_USD},
    {"dollars", WORD_CURRENCY, CURRENCY_USD},
    {"doorgaans", WORD_NO_THING, 0},
    {"dossier", WORD_LABEL, 0},
    {"dragen", WORD_NO_THING, 0},
    {"drie", WORD_NUMBER, 3},
    {"duizend", WORD_SCALE, 1000},
    {"during", WORD_AT, 0},
    {"dus", WORD_NO_THING, 0},
};
static const struct word words_e[] = {
    {"e", WORD_ORDINAL, 0},
    {"early", WORD_AT, 0},
    {"echter", WORD_NO_THING, 0},
    {"een", WORD_ONE, 1},
    {"eens", WORD_NO_THING, 0},
    {"eerst", WORD_NO_THING, 0},
    {"eerste", WORD_NTH, 1},
    {"eigen", WORD_ADJECTIVE, 0},
    {"eight", WORD_NUMBER, 8},
    {"eighteen", WORD_NUMBER, 18},
    {"eighty", WORD_NUMBER, 80},
    {"eind", WORD_AT, 0},
    {"eleven", WORD_NUMBER, 11},
    {"elf", WORD_NUMBER, 11},
    {"en", WORD_AND, 0},
    {"eur", WORD_CURRENCY, CURRENCY_EUR},
    {"euro", WORD_CURRENCY, CURRENCY_EUR},
    {"euros", WORD_CURRENCY, CURRENCY_EUR},
    {"even", WORD_NO_THING, 0},
    {"eveneens", WORD_NO_THING, 0},
    {"eén", WORD_ONE, 1},
};
static const struct word words_f[] = {
    {"fase", WORD_LABEL, 0},        {"feb", WORD_MONTH_CUT, 2},    {"febr", WORD_MONTH_CUT, 2},
    {"februari", WORD_MONTH, 2},    {"february", WORD_MONTH, 2},   {"fifteen", WORD_NUMBER, 15},
    {"fifty", WORD_NUMBER, 50},     {"fig", WORD_LABEL, 0},        {"figure", WORD_LABEL, 0},
    {"figures", WORD_LABEL, 0},     {"figuur", WORD_LABEL, 0},     {"first", WORD_NTH, 1},
    {"five", WORD_NUMBER, 5},       {"footnote", WORD_LABEL, 0},   {"forty", WORD_NUMBER, 40},
    {"four", WORD_NUMBER, 4},       {"fourteen", WORD_NUMBER, 14}, {"fourth", WORD_NTH, 4},
    {"from", WORD_AT, 0},           {"fte", WORD_PLURAL, 0},       {"ftes", WORD_PLURAL, 0},
    {"further", WORD_ADJECTIVE, 0},
};
static const struct word words_g[] = {
    {"gaan", WORD_NO_THING, 0},           {"gaven", WORD_NO_THING, 0},
    {"gbp", WORD_CURRENCY, CURRENCY_GBP}, {"geboren", WORD_ADJECTIVE, 0},
    {"gebruiken", WORD_NO_THING, 0},      {"gegeven", WORD_ADJECTIVE, 0},
    {"gekozen", WORD_ADJECTIVE, 0},       {"gelden", WORD_NO_THING, 0},
    {"genomen", WORD_ADJECTIVE, 0},       {"gesloten", WORD_ADJECTIVE, 0},
    {"geven", WORD_NO_THING, 0},          {"gevonden", WORD_ADJECTIVE, 0},
    {"gingen", WORD_NO_THING, 0},         {"given", WORD_NO_THING, 0},
    {"golden", WORD_NO_THING, 0},         {"groep", WORD_LABEL, 0},
};
static const struct word words_h[] = {
    {"haar", WORD_NO_THING, 0},   {"had", WORD_NO_THING, 0},
    {"hadden", WORD_NO_THING, 0}, {"half", WORD_HALVES, 1},
    {"halfjaar", WORD_PART, 6},   {"handelingen", WORD_CITED, 0},
    {"has", WORD_NO_THING, 0},    {"hebben", WORD_NO_THING, 0},
    {"hectare", WORD_PLURAL, 0},  {"helft", WORD_PART, 6},
    {"helpen", WORD_NO_THING, 0}, {"herfst", WORD_SEASON, 23},
    {"hers", WORD_NO_THING, 0},   {"his", WORD_NO_THING, 0},
    {"hoe", WORD_NO_THING, 0},    {"honderd", WORD_NUMBER, 100},
    {"hoofdstuk", WORD_LABEL, 0}, {"hoofdstukken", WORD_LABEL, 0},
    {"hoogstens", WORD_ABOUT, 0}, {"hoogstwaarschijnlijk", WORD_NO_THING, 0},
    {"hooguit", WORD_ABOUT, 0},   {"hoorden", WORD_NO_THING, 0},
    {"horen", WORD_NO_THING, 0},  {"houden", WORD_NO_THING, 0},
    {"hun", WORD_NO_THING, 0},    {"hunnen", WORD_NO_THING, 0},
};
static const struct word words_i[] = {
    {"id", WORD_LABEL, 0},
    {"immers", WORD_NO_THING, 0},
    {"in", WORD_AT, 0},
    {"indien", WORD_NO_THING, 0},
    {"ingetrokken", WORD_ADJECTIVE, 0},
    {"inmiddels", WORD_NO_THING, 0},
    {"intussen", WORD_NO_THING, 0},
    {"is", WORD_NO_THING, 0},
    {"iso", WORD_LABEL, 0},
    {"its", WORD_NO_THING, 0},
};
static const struct word words_j[] = {
    {"jaar", WORD_YEAR, 0},
    {"jaarlijks", WORD_NO_THING, 0},
    {"jan", WORD_MONTH_CUT, 1},
    {"januari", WORD_MONTH, 1},
    {"january", WORD_MONTH, 1},
    {"je", WORD_NO_THING, 0},
    {"jegens", WORD_NO_THING, 0},
    {"jl", WORD_PAST_DAY, 0},
    {"jongstleden", WORD_PAST_DAY, 0},
    {"jul", WORD_MONTH_CUT, 7},
    {"juli", WORD_MONTH, 7},
    {"july", WORD_MONTH, 7},
    {"jun", WORD_MONTH_CUT, 6},
    {"june", WORD_MONTH, 6},
    {"juni", WORD_MONTH, 6},
};
static const struct word words_k[] = {
    {"k", WORD_SCALE_CUT, 1000},     {"kamer", WORD_LABEL, 0},      {"kamerstuk", WORD_CITED, 0},
    {"kamerstukken", WORD_CITED, 0}, {"kenmerk", WORD_LABEL, 0},    {"kennen", WORD_NO_THING, 0},
    {"kiezen", WORD_NO_THING, 0},    {"kilometer", WORD_PLURAL, 0}, {"klas", WORD_LABEL, 0},
    {"kolom", WORD_LABEL, 0},        {"komen", WORD_NO_THING, 0},   {"komend", WORD_NEXT, 0},
    {"komende", WORD_NEXT, 0},       {"konden", WORD_NO_THING, 0},  {"kregen", WORD_NO_THING, 0},
    {"krijgen", WORD_NO_THING, 0},   {"kunnen", WORD_NO_THING, 0},  {"kwamen", WORD_NO_THING, 0},
    {"kwartaal", WORD_PART, 3},
};
static const struct word words_l[] = {
    {"laatste", WORD_LAST, 0},     {"lagen", WORD_NO_THING, 0},  {"langs", WORD_NO_THING, 0},
    {"large", WORD_ADJECTIVE, 0},  {"last", WORD_LAST, 1},       {"late", WORD_AT, 0},
    {"laten", WORD_NO_THING, 0},   {"least", WORD_ABOUT, 0},     {"leden", WORD_PLURAL, 0},
    {"leiden", WORD_NO_THING, 0},  {"leken", WORD_NO_THING, 0},  {"lente", WORD_SEASON, 21},
    {"less", WORD_NO_THING, 0},    {"level", WORD_LABEL, 0},     {"leven", WORD_NO_THING, 0},
    {"leveren", WORD_NO_THING, 0}, {"lezen", WORD_NO_THING, 0},  {"lid", WORD_LABEL, 0},
    {"liepen", WORD_NO_THING, 0},  {"lieten", WORD_NO_THING, 0}, {"liggen", WORD_NO_THING, 0},
    {"lijken", WORD_NO_THING, 0},  {"lijn", WORD_LABEL, 0},      {"line", WORD_LABEL, 0},
    {"lines", WORD_LABEL, 0},      {"links", WORD_NO_THING, 0},  {"local", WORD_ADJECTIVE, 0},
    {"lopen", WORD_NO_THING, 0},
};
static const struct word words_m[] = {
    {"m", WORD_SCALE_CUT, 1000000},
    {"maakten", WORD_NO_THING, 0},
    {"maandags", WORD_NO_THING, 0},
    {"maandelijks", WORD_NO_THING, 0},
    {"maart", WORD_MONTH, 3},
    {"maken", WORD_NO_THING, 0},
    {"mar", WORD_MONTH_CUT, 3},
    {"march", WORD_MONTH, 3},
    {"maximaal", WORD_ABOUT, 0},
    {"may", WORD_MONTH, 5},
    {"medio", WORD_AT, 0},
    {"mee", WORD_NO_THING, 0},
    {"meer", WORD_ABOUT, 0},
    {"meestens", WORD_NO_THING, 0},
    {"mei", WORD_MONTH, 5},
    {"men", WORD_PLURAL, 0},
    {"met", WORD_WITH, 0},
    {"mid", WORD_AT, 0},
    {"miljard", WORD_SCALE, 1000000000},
    {"miljoen", WORD_SCALE, 1000000},
    {"million", WORD_SCALE, 1000000},
    {"minder", WORD_ABOUT, 0},
    {"minimaal", WORD_ABOUT, 0},
    {"minstens", WORD_ABOUT, 0},
    {"minus", WORD_NO_THING, 0},
    {"misschien", WORD_NO_THING, 0},
    {"mits", WORD_NO_THING, 0},
    {"mld", WORD_SCALE, 1000000000},
    {"mln", WORD_SCALE, 1000000},
    {"mochten", WORD_NO_THING, 0},
    {"moesten", WORD_NO_THING, 0},
    {"moeten", WORD_NO_THING, 0},
    {"mogen", WORD_NO_THING, 0},
    {"more", WORD_ADJECTIVE, 0},
    {"most", WORD_ABOUT, 0},
    {"mrd", WORD_SCALE, 1000000000},
    {"mrt", WORD_MONTH_CUT, 3},
};
static const struct word words_n[] = {
    {"na", WORD_AT, 0},
    {"naast", WORD_NO_THING, 0},
    {"najaar", WORD_SEASON, 23},
    {"namen", WORD_NO_THING, 0},
    {"namens", WORD_NO_THING, 0},
    {"nauwelijks", WORD_NO_THING, 0},
    {"nd", WORD_ORDINAL, 0},
    {"nearly", WORD_ABOUT, 0},
    {"negen", WORD_NUMBER, 9},
    {"negentien", WORD_NUMBER, 19},
    {"negentig", WORD_NUMBER, 90},
    {"nemen", WORD_NO_THING, 0},
    {"nen", WORD_LABEL, 0},
    {"new", WORD_ADJECTIVE, 0},
    {"next", WORD_NEXT, 1},
    {"niets", WORD_NO_THING, 0},
    {"nine", WORD_NUMBER, 9},
    {"nineteen", WORD_NUMBER, 19},
    {"ninety", WORD_NUMBER, 90},
    {"niveau", WORD_LABEL, 0},
    {"no", WORD_LABEL, 0},
    {"noemen", WORD_NO_THING, 0},
    {"nogmaals", WORD_NO_THING, 0},
    {"noot", WORD_LABEL, 0},
    {"note", WORD_LABEL, 0},
    {"nov", WORD_MONTH_CUT, 11},
    {"november", WORD_MONTH, 11},
    {"nr", WORD_LABEL, 0},
    {"nrs", WORD_LABEL, 0},
    {"number", WORD_LABEL, 0},
    {"numbers", WORD_LABEL, 0},
    {"nummer", WORD_LABEL, 0},
    {"nummers", WORD_LABEL, 0},
};
static const struct word words_o[] = {
    {"oct", WORD_MONTH_CUT, 10},
    {"october", WORD_MONTH, 10},
    {"of", WORD_OF, 0},
    {"often", WORD_NO_THING, 0},
    {"okt", WORD_MONTH_CUT, 10},
    {"oktober", WORD_MONTH, 10},
    {"om", WORD_AT, 0},
    {"omdat", WORD_NO_THING, 0},
    {"omstreeks", WORD_AT, 0},
    {"ondanks", WORD_NO_THING, 0},
    {"onderdeel", WORD_LABEL, 0},
    {"ondertussen", WORD_NO_THING, 0},
    {"one", WORD_ONE, 1},
    {"ongeveer", WORD_ABOUT, 0},
    {"ontstaan", WORD_NO_THING, 0},
    {"ontvangen", WORD_ADJECTIVE, 0},
    {"onze", WORD_NO_THING, 0},
    {"open", WORD_ADJECTIVE, 0},
    {"opgenomen", WORD_ADJECTIVE, 0},
    {"optie", WORD_LABEL, 0},
    {"other", WORD_ADJECTIVE, 0},
    {"ours", WORD_NO_THING, 0},
    {"over", WORD_AT, 0},
    {"overigens", WORD_NO_THING, 0},
    {"overleden", WORD_ADJECTIVE, 0},
};
static const struct word words_p[] = {
    {"p", WORD_LABEL, 0},
    {"pag", WORD_LABEL, 0},
    {"page", WORD_LABEL, 0},
    {"pages", WORD_LABEL, 0},
    {"pagina", WORD_LABEL, 0},
    {"pagina's", WORD_LABEL, 0},
    {"pagina’s", WORD_LABEL, 0},
    {"par", WORD_LABEL, 0},
    {"paragraaf", WORD_LABEL, 0},
    {"paragrafen", WORD_LABEL, 0},
    {"part", WORD_LABEL, 0},
    {"pas", WORD_NO_THING, 0},
    {"pbeu", WORD_CITED, 0},
    {"pct", WORD_PERCENT, 0},
    {"people", WORD_PLURAL, 0},
    {"per", WORD_AT, 0},
    {"percent", WORD_PERCENT, 0},
    {"perhaps", WORD_NO_THING, 0},
    {"persons", WORD_PLURAL, 0},
    {"phase", WORD_LABEL, 0},
    {"plus", WORD_NO_THING, 0},
    {"postbus", WORD_LABEL, 0},
    {"pp", WORD_LABEL, 0},
    {"procent", WORD_PERCENT, 0},
    {"procentpunt", WORD_PLURAL, 0},
    {"punt", WORD_LABEL, 0},
};
static const struct word words_q[] = {
    {"q1", WORD_QUARTER, 1}, {"q2", WORD_QUARTER, 2},   {"q3", WORD_QUARTER, 3},
    {"q4", WORD_QUARTER, 4}, {"quarter", WORD_PART, 3},
};
static const struct word words_r[] = {
    {"rd", WORD_ORDINAL, 0},  {"rechts", WORD_NO_THING, 0}, {"ref", WORD_LABEL, 0},
    {"regel", WORD_LABEL, 0}, {"regels", WORD_LABEL, 0},    {"rond", WORD_AT, 0},
    {"ronde", WORD_LABEL, 0}, {"room", WORD_LABEL, 0},      {"roughly", WORD_ABOUT, 0},
    {"route", WORD_LABEL, 0}, {"ruim", WORD_ABOUT, 0},      {"rule", WORD_LABEL, 0},
};
static const struct word words_s[] = {
    {"samen", WORD_NO_THING, 0},
    {"scenario", WORD_LABEL, 0},
    {"schrijven", WORD_NO_THING, 0},
    {"sec", WORD_LABEL, 0},
    {"second", WORD_NTH, 2},
    {"section", WORD_LABEL, 0},
    {"sections", WORD_LABEL, 0},
    {"secure", WORD_ADJECTIVE, 0},
    {"seen", WORD_NO_THING, 0},
    {"sep", WORD_MONTH_CUT, 9},
    {"sept", WORD_MONTH_CUT, 9},
    {"september", WORD_MONTH, 9},
    {"seven", WORD_NUMBER, 7},
    {"seventeen", WORD_NUMBER, 17},
    {"seventy", WORD_NUMBER, 70},
    {"shown", WORD_NO_THING, 0},
    {"since", WORD_AT, 0},
    {"sinds", WORD_AT, 0},
    {"sindsdien", WORD_NO_THING, 0},
    {"sindsdiens", WORD_NO_THING, 0},
    {"six", WORD_NUMBER, 6},
    {"sixteen", WORD_NUMBER, 16},
    {"sixty", WORD_NUMBER, 60},
    {"sluiten", WORD_NO_THING, 0},
    {"small", WORD_ADJECTIVE, 0},
    {"some", WORD_ABOUT, 0},
    {"soms", WORD_NO_THING, 0},
    {"spelen", WORD_NO_THING, 0},
    {"spoor", WORD_LABEL, 0},
    {"spreken", WORD_NO_THING, 0},
    {"spring", WORD_SEASON, 21},
    {"st", WORD_ORDINAL, 0},
    {"staan", WORD_NO_THING, 0},
    {"staatsblad", WORD_CITED, 0},
    {"staatscourant", WORD_CITED, 0},
    {"staff", WORD_PLURAL, 0},
    {"stage", WORD_LABEL, 0},
    {"stap", WORD_LABEL, 0},
    {"starten", WORD_NO_THING, 0},
    {"stb", WORD_CITED, 0},
    {"stcrt", WORD_CITED, 0},
    {"ste", WORD_ORDINAL, 0},
    {"steeds", WORD_NO_THING, 0},
    {"stelden", WORD_NO_THING, 0},
    {"stellen", WORD_NO_THING, 0},
    {"step", WORD_LABEL, 0},
    {"steunen", WORD_NO_THING, 0},
    {"stonden", WORD_NO_THING, 0},
    {"stoppen", WORD_NO_THING, 0},
    {"summer", WORD_SEASON, 22},
};
static const struct word words_t[] = {
    {"t/m", WORD_TO, 0},
    {"tabel", WORD_LABEL, 0},
    {"table", WORD_LABEL, 0},
    {"tables", WORD_LABEL, 0},
    {"tachtig", WORD_NUMBER, 80},
    {"taken", WORD_NO_THING, 0},
    {"tegelijk", WORD_NO_THING, 0},
    {"tegen", WORD_AT, 0},
    {"tegenover", WORD_NO_THING, 0},
    {"telkens", WORD_NO_THING, 0},
    {"tenslotte", WORD_NO_THING, 0},
    {"terwijl", WORD_NO_THING, 0},
    {"tevens", WORD_NO_THING, 0},
    {"th", WORD_ORDINAL, 0},
    {"than", WORD_ABOUT, 0},
    {"the", WORD_THE, 0},
    {"theirs", WORD_NO_THING, 0},
    {"then", WORD_NO_THING, 0},
    {"third", WORD_NTH, 3},
    {"thirteen", WORD_NUMBER, 13},
    {"thirty", WORD_NUMBER, 30},
    {"this", WORD_THIS, 0},
    {"thousand", WORD_SCALE, 1000},
    {"three", WORD_NUMBER, 3},
    {"through", WORD_TO, 0},
    {"thuis", WORD_NO_THING, 0},
    {"thus", WORD_NO_THING, 0},
    {"tien", WORD_NUMBER, 10},
    {"tijdens", WORD_NO_THING, 0},
    {"till", WORD_TO, 0},
    {"times", WORD_NO_THING, 0},
    {"to", WORD_TO, 0},
    {"toe", WORD_NO_THING, 0},
    {"toen", WORD_NO_THING, 0},
    {"tonen", WORD_NO_THING, 0},
    {"tot", WORD_TO, 0},
    {"totaal", WORD_ABOUT, 0},
    {"towards", WORD_NO_THING, 0},
    {"trb", WORD_CITED, 0},
    {"trouwens", WORD_NO_THING, 0},
    {"tussen", WORD_BETWEEN, 0},
    {"twaalf", WORD_NUMBER, 12},
    {"twee", WORD_NUMBER, 2},
    {"tweede", WORD_NTH, 2},
    {"twelve", WORD_NUMBER, 12},
    {"twenty", WORD_NUMBER, 20},
    {"twintig", WORD_NUMBER, 20},
    {"two", WORD_NUMBER, 2},
};
static const struct word words_u[] = {
    {"uit", WORD_AT, 0},          {"uitgesproken", WORD_ADJECTIVE, 0},
    {"unless", WORD_NO_THING, 0}, {"until", WORD_TO, 0},
    {"us", WORD_NO_THING, 0},     {"usd", WORD_CURRENCY, CURRENCY_USD},
    {"uur", WORD_HOUR, 0},
};
static const struct word words_v[] = {
    {"vallen", WORD_NO_THING, 0},
    {"van", WORD_OF, 0},
    {"vanaf", WORD_AT, 0},
    {"variant", WORD_LABEL, 0},
    {"veertien", WORD_NUMBER, 14},
    {"veertig", WORD_NUMBER, 40},
    {"verdwenen", WORD_ADJECTIVE, 0},
    {"verdwijnen", WORD_NO_THING, 0},
    {"versie", WORD_LABEL, 0},
    {"version", WORD_LABEL, 0},
    {"versus", WORD_NO_THING, 0},
    {"vervolgens", WORD_NO_THING, 0},
    {"vielen", WORD_NO_THING, 0},
    {"vier", WORD_NUMBER, 4},
    {"vierde", WORD_NTH, 4},
    {"vijf", WORD_NUMBER, 5},
    {"vijftien", WORD_NUMBER, 15},
    {"vijftig", WORD_NUMBER, 50},
    {"vinden", WORD_NO_THING, 0},
    {"voeren", WORD_NO_THING, 0},
    {"voetnoot", WORD_LABEL, 0},
    {"voldoen", WORD_NO_THING, 0},
    {"volgen", WORD_NO_THING, 0},
    {"volgend", WORD_NEXT, 1},
    {"volgende", WORD_NEXT, 0},
    {"volgens", WORD_NO_THING, 0},
    {"vonden", WORD_NO_THING, 0},
    {"voor", WORD_AT, 0},
    {"voorjaar", WORD_SEASON, 21},
    {"vorig", WORD_LAST, 1},
    {"vorige", WORD_LAST, 0},
    {"vraag", WORD_LABEL, 0},
    {"vóór", WORD_AT, 0},
};
static const struct word words_w[] = {
    {"wachten", WORD_NO_THING, 0},   {"waren", WORD_NO_THING, 0},
    {"was", WORD_NO_THING, 0},       {"we", WORD_NO_THING, 0},
    {"week", WORD_LABEL, 0},         {"wegens", WORD_NO_THING, 0},
    {"wekelijks", WORD_NO_THING, 0}, {"weliswaar", WORD_NO_THING, 0},
    {"wellicht", WORD_NO_THING, 0},  {"werden", WORD_NO_THING, 0},
    {"were", WORD_NO_THING, 0},      {"werken", WORD_NO_THING, 0},
    {"werkten", WORD_NO_THING, 0},   {"weten", WORD_NO_THING, 0},
    {"when", WORD_NO_THING, 0},      {"whole", WORD_ADJECTIVE, 0},
    {"wilden", WORD_NO_THING, 0},    {"willen", WORD_NO_THING, 0},
    {"winter", WORD_SEASON, 24},     {"wisten", WORD_NO_THING, 0},
    {"women", WORD_PLURAL, 0},       {"wonen", WORD_NO_THING, 0},
    {"worden", WORD_NO_THING, 0},
};
static const struct word words_y[] = {
    {"year", WORD_YEAR, 0},
    {"yes", WORD_NO_THING, 0},
    {"young", WORD_ADJECTIVE, 0},
    {"yours", WORD_NO_THING, 0},
};
static const struct word words_z[] = {
    {"zaak", WORD_LABEL, 0},
    {"zagen", WORD_NO_THING, 0},
    {"zaten", WORD_NO_THING, 0},
    {"ze", WORD_NO_THING, 0},
    {"zeker", WORD_ABOUT, 0},
    {"zes", WORD_NUMBER, 6},
    {"zestien", WORD_NUMBER, 16},
    {"zestig", WORD_NUMBER, 60},
    {"zeven", WORD_NUMBER, 7},
    {"zeventien", WORD_NUMBER, 17},
    {"zeventig", WORD_NUMBER, 70},
    {"zien", WORD_NO_THING, 0},
    {"zijn", WORD_NO_THING, 0},
    {"zitten", WORD_NO_THING, 0},
    {"zo'n", WORD_ABOUT, 0},
    {"zochten", WORD_NO_THING, 0},
    {"zodat", WORD_NO_THING, 0},
    {"zoeken", WORD_NO_THING, 0},
    {"zomer", WORD_SEASON, 22},
    {"zomerreces", WORD_SEASON, 22},
    {"zomervakantie", WORD_SEASON, 22},
    {"zouden", WORD_NO_THING, 0},
    {"zowat", WORD_ABOUT, 0},
    {"zo’n", WORD_ABOUT, 0},
    {"zullen", WORD_NO_THING, 0},
};
static const struct word words_others[] = {
    {"§", WORD_LABEL, 0},
    {"Één", WORD_ONE, 1},
    {"à", WORD_TO, 0},
    {"één", WORD_ONE, 1},
};

struct group {
    const struct word *words;
    size_t count;
};

#define GROUP(words)                                                                               \
    {                                                                                              \
        words, sizeof words / sizeof *words                                                        \
    }

/* By the first letter; behind them what begins with another character. */
enum { LETTERS = 26 };
static const struct group groups[LETTERS + 1] = {
    ['a' - 'a'] = GROUP(words_a), ['b' - 'a'] = GROUP(words_b),    ['c' - 'a'] = GROUP(words_c),
    ['d' - 'a'] = GROUP(words_d), ['e' - 'a'] = GROUP(words_e),    ['f' - 'a'] = GROUP(words_f),
    ['g' - 'a'] = GROUP(words_g), ['h' - 'a'] = GROUP(words_h),    ['i' - 'a'] = GROUP(words_i),
    ['j' - 'a'] = GROUP(words_j), ['k' - 'a'] = GROUP(words_k),    ['l' - 'a'] = GROUP(words_l),
    ['m' - 'a'] = GROUP(words_m), ['n' - 'a'] = GROUP(words_n),    ['o' - 'a'] = GROUP(words_o),
    ['p' - 'a'] = GROUP(words_p), ['q' - 'a'] = GROUP(words_q),    ['r' - 'a'] = GROUP(words_r),
    ['s' - 'a'] = GROUP(words_s), ['t' - 'a'] = GROUP(words_t),    ['u' - 'a'] = GROUP(words_u),
    ['v' - 'a'] = GROUP(words_v), ['w' - 'a'] = GROUP(words_w),    ['y' - 'a'] = GROUP(words_y),
    ['z' - 'a'] = GROUP(words_z), [LETTERS] = GROUP(words_others),
};

enum {
    LONGEST = 32,
    SLOTS = 4096, /* several times as many as words: most others find an empty one */
    SLOT_SHIFT = 32 - 12
};

struct entry {
    struct str text;
    enum word_class kind;
    int64_t value;
};

/* A hash table with open addressing. */
struct word_table {
    struct entry *entries;
    uint16_t slots[SLOTS]; /* index of an entry + 1, or 0 */
};

/* Of a few letters without regard to case, which tell most words apart. */
static inline size_t first_slot(struct str word)
{
    const unsigned char *bytes = (const unsigned char *)word.data;
    uint32_t first = bytes[0], second = bytes[word.len > 1], middle = bytes[word.len / 2],
             last = bytes[word.len - 1];
    uint32_t letters = (first | second << 8 | middle << 16 | last << 24) | 0x20202020;
    return (uint32_t)((letters ^ (uint32_t)word.len << 5) * 0x9E3779B1u) >> SLOT_SHIFT;
}

const struct word_table *vocabulary_table(struct arena *arena)
{
    struct word_table *vocabulary = arena_new(arena, struct word_table);
    size_t count = 0, index = 0;
    for (size_t i = 0; i <= LETTERS; i++)
        count += groups[i].count;
    vocabulary->entries = arena_new_array(arena, count, struct entry);
    for (size_t i = 0; i <= LETTERS; i++)
        for (size_t w = 0; w < groups[i].count; w++) {
            const struct word *word = &groups[i].words[w];
            struct str text = str_from(word->text);
            size_t slot = first_slot(text);
            while (vocabulary->slots[slot])
                slot = (slot + 1) % SLOTS;
            vocabulary->entries[index++] = (struct entry){text, word->kind, word->value};
            vocabulary->slots[slot] = (uint16_t)index;
        }
    return vocabulary;
}

enum word_class vocabulary_find(const struct word_table *vocabulary, struct str word,
                                int64_t *value)
{
    *value = 0;
    if (!word.len || word.len > LONGEST)
        return WORD_OTHER;
    for (size_t slot = first_slot(word); vocabulary->slots[slot]; slot = (slot + 1) % SLOTS) {
        const struct entry *entry = &vocabulary->entries[vocabulary->slots[slot] - 1];
        if (str_equal_nocase(entry->text, word)) {
            *value = entry->value;
            return entry->kind;
        }
    }
    *value = numeral_read(word);
    return *value ? WORD_NUMBER : WORD_OTHER;
}

struct str vocabulary_word(size_t index)
{
    for (size_t i = 0; i <= LETTERS; index -= groups[i++].count)
        if (index < groups[i].count)
            return str_from(groups[i].words[index].text);
    return STR("");
}
