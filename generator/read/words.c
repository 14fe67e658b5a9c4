#include "read/words.h"

#include "base/utf8.h"

#define WORD(text)                                                                                 \
    {                                                                                              \
        text, sizeof(text) - 1                                                                     \
    }
#define END                                                                                        \
    {                                                                                              \
        NULL, 0                                                                                    \
    }

static const struct str salutation[] = {WORD("geachte"),
                                        WORD("geacht"),
                                        WORD("waarde"),
                                        WORD("beste"),
                                        WORD("aan allen"),
                                        WORD("hooggeachte"),
                                        WORD("excellentie"),
                                        WORD("dear"),
                                        WORD("to whom it may concern"),
                                        END};

static const struct str address[] = {WORD("geachte"),    WORD("hooggeachte"),   WORD("dear"),
                                     WORD("beste heer"), WORD("beste mevrouw"), END};

static const struct str addressed[] = {WORD("de heer"), WORD("mevrouw"), WORD("de heer/mevrouw"),
                                       WORD("mw."),     WORD("dhr."),    WORD("mr"),
                                       WORD("mrs"),     WORD("ms"),      END};

static const struct str sender[] = {WORD("retouradres"), WORD("> retouradres"),
                                    WORD(">retouradres"), WORD("return address"), END};

static const struct str subject[] = {WORD("besluit"),
                                     WORD("beslissing"),
                                     WORD("deelbesluit"),
                                     WORD("(deel)beslissing"),
                                     WORD("reactie"),
                                     WORD("antwoord"),
                                     WORD("beantwoording"),
                                     WORD("verzoek"),
                                     WORD("uw verzoek"),
                                     WORD("uw brief"),
                                     WORD("uw wob-verzoek"),
                                     WORD("uw woo-verzoek"),
                                     WORD("wob"),
                                     WORD("wob-verzoek"),
                                     WORD("wob-besluit"),
                                     WORD("woo"),
                                     WORD("woo-verzoek"),
                                     WORD("woo-besluit"),
                                     WORD("openbaarmaking"),
                                     WORD("uitnodiging"),
                                     WORD("aanbieding"),
                                     WORD("vragen"),
                                     WORD("schriftelijke vragen"),
                                     WORD("voortgang"),
                                     WORD("stand van zaken"),
                                     WORD("toezegging"),
                                     WORD("zienswijze"),
                                     WORD("verslag"),
                                     WORD("advies"),
                                     WORD("voornemen"),
                                     WORD("ontwerp"),
                                     WORD("kamerbrief"),
                                     WORD("decision"),
                                     WORD("response"),
                                     WORD("reply"),
                                     WORD("request"),
                                     WORD("answer"),
                                     END};

static const struct str closing[] = {WORD("hoogachtend"),
                                     WORD("met vriendelijke groet"),
                                     WORD("vriendelijke groet"),
                                     WORD("met hartelijke groet"),
                                     WORD("met collegiale groet"),
                                     WORD("met hoogachting"),
                                     WORD("met warme groet"),
                                     WORD("yours sincerely"),
                                     WORD("yours faithfully"),
                                     WORD("kind regards"),
                                     WORD("best regards"),
                                     WORD("sincerely"),
                                     END};

static const struct str section[] = {WORD("samenvatting"),
                                     WORD("inleiding"),
                                     WORD("aanleiding"),
                                     WORD("inhoud"),
                                     WORD("inhoudsopgave"),
                                     WORD("voorwoord"),
                                     WORD("colofon"),
                                     WORD("achtergrond"),
                                     WORD("conclusie"),
                                     WORD("conclusies"),
                                     WORD("vervolg"),
                                     WORD("bijlage"),
                                     WORD("bijlagen"),
                                     WORD("reflectie"),
                                     WORD("kernboodschap"),
                                     WORD("consequenties"),
                                     WORD("communicatie"),
                                     WORD("tot slot"),
                                     WORD("afsluitend"),
                                     WORD("aanbevelingen"),
                                     WORD("hoofdstuk"),
                                     WORD("managementsamenvatting"),
                                     WORD("besluit"),
                                     WORD("ten slotte"),
                                     WORD("wettelijk kader"),
                                     WORD("leeswijzer"),
                                     WORD("overwegingen"),
                                     WORD("zienswijzen"),
                                     WORD("verder contact"),
                                     WORD("bezwaar"),
                                     WORD("bezwaarclausule"),
                                     WORD("plaatsing op internet"),
                                     WORD("inhoud van het verzoek"),
                                     WORD("procedure"),
                                     WORD("summary"),
                                     WORD("introduction"),
                                     WORD("contents"),
                                     WORD("preface"),
                                     WORD("foreword"),
                                     WORD("background"),
                                     WORD("conclusion"),
                                     WORD("conclusions"),
                                     WORD("appendix"),
                                     WORD("annex"),
                                     WORD("recommendations"),
                                     WORD("chapter"),
                                     END};

static const struct str letterhead[] = {WORD("retouradres"),
                                        WORD("> retouradres"),
                                        WORD("bezoekadres"),
                                        WORD("postadres"),
                                        WORD("postbus"),
                                        WORD("onze referentie"),
                                        WORD("ons kenmerk"),
                                        WORD("uw kenmerk"),
                                        WORD("uw referentie"),
                                        WORD("fout!"),
                                        WORD("error!"),
                                        WORD("kenmerk"),
                                        WORD("onbekende naam voor"),
                                        WORD("documenteigenschap"),
                                        WORD("correspondentie uitsluitend"),
                                        WORD("telefoon"),
                                        WORD("internet"),
                                        WORD("directie"),
                                        WORD("po box"),
                                        WORD("p.o. box"),
                                        WORD("our reference"),
                                        WORD("your reference"),
                                        WORD("visiting address"),
                                        END};

static const struct str margin[] = {WORD("directie"),      WORD("directoraat-generaal"),
                                    WORD("divisie"),       WORD("onze referentie"),
                                    WORD("ons kenmerk"),   WORD("kenmerk"),
                                    WORD("fout!"),         WORD("error!"),
                                    WORD("our reference"), END};

static const struct str disposition[] = {WORD("ter informatie"),   WORD("ter kennisname"),
                                         WORD("ter kennisneming"), WORD("ter besluitvorming"),
                                         WORD("ter bespreking"),   WORD("ter advisering"),
                                         WORD("for information"),  WORD("for decision"),
                                         WORD("for discussion"),   END};

static const struct str organisation[] = {WORD("ministerie"),
                                          WORD("gemeente"),
                                          WORD("provincie"),
                                          WORD("inspectie"),
                                          WORD("stichting"),
                                          WORD("vereniging"),
                                          WORD("universiteit"),
                                          WORD("college van"),
                                          WORD("rekenkamer"),
                                          WORD("raad voor"),
                                          WORD("commissie"),
                                          WORD("nationale"),
                                          WORD("algemene"),
                                          WORD("kinderombudsman"),
                                          WORD("regio"),
                                          WORD("waterschap"),
                                          WORD("rijksdienst voor"),
                                          WORD("ggd"),
                                          WORD("autoriteit"),
                                          WORD("raad van"),
                                          WORD("faculteit"),
                                          WORD("dienst"),
                                          WORD("hoogheemraadschap"),
                                          WORD("veiligheidsregio"),
                                          WORD("omgevingsdienst"),
                                          WORD("hogeschool"),
                                          WORD("directoraat-generaal"),
                                          WORD("ministry"),
                                          WORD("municipality"),
                                          WORD("university"),
                                          WORD("department"),
                                          END};

static const struct str named[] = {WORD("logius"),
                                   WORD("kiesraad"),
                                   WORD("rijksvastgoedbedrijf"),
                                   WORD("rijkswaterstaat"),
                                   WORD("belastingdienst"),
                                   WORD("tweede kamer der staten-generaal"),
                                   WORD("eerste kamer der staten-generaal"),
                                   WORD("raad van state"),
                                   END};

static const struct str office[] = {WORD("wethouder"),
                                    WORD("voorzitter"),
                                    WORD("minister"),
                                    WORD("staatssecretaris"),
                                    WORD("directeur"),
                                    WORD("bestuurder"),
                                    WORD("burgemeester"),
                                    WORD("secretaris"),
                                    WORD("griffier"),
                                    WORD("manager"),
                                    WORD("adviseur"),
                                    WORD("beleidsadviseur"),
                                    WORD("lid"),
                                    WORD("namens"),
                                    WORD("de"),
                                    WORD("het"),
                                    WORD("projectleider"),
                                    WORD("hoofd"),
                                    WORD("inspecteur-generaal"),
                                    WORD("hoofdinspecteur"),
                                    WORD("raad"),
                                    WORD("teamleider"),
                                    WORD("alderman"),
                                    WORD("chair"),
                                    WORD("director"),
                                    WORD("secretary"),
                                    WORD("on behalf"),
                                    WORD("the"),
                                    END};

static const struct str office_end[] = {
    WORD("hoofd"),      WORD("directeur"),  WORD("manager"),      WORD("minister"),
    WORD("secretaris"), WORD("voorzitter"), WORD("adviseur"),     WORD("coördinator"),
    WORD("generaal"),   WORD("griffier"),   WORD("burgemeester"), WORD("wethouder"),
    WORD("inspecteur"), WORD("architect"),  WORD("medewerker"),   WORD("ambtenaar"),
    WORD("director"),   WORD("officer"),    WORD("secretary"),    END};

static const struct str particle[] = {WORD("van"), WORD("de"),  WORD("der"), WORD("den"),
                                      WORD("het"), WORD("ter"), WORD("ten"), WORD("te"),
                                      WORD("el"),  WORD("von"), WORD("'t"),  WORD("’t"),
                                      WORD("in"),  WORD("op"),  END};

static const struct str open[] = {WORD("de"),
                                  WORD("het"),
                                  WORD("een"),
                                  WORD("van"),
                                  WORD("voor"),
                                  WORD("met"),
                                  WORD("en"),
                                  WORD("of"),
                                  WORD("dat"),
                                  WORD("die"),
                                  WORD("om"),
                                  WORD("te"),
                                  WORD("aan"),
                                  WORD("bij"),
                                  WORD("door"),
                                  WORD("tot"),
                                  WORD("uit"),
                                  WORD("als"),
                                  WORD("is"),
                                  WORD("zijn"),
                                  WORD("wordt"),
                                  WORD("worden"),
                                  WORD("heeft"),
                                  WORD("volgende"),
                                  WORD("waar"),
                                  WORD("waarbij"),
                                  WORD("welke"),
                                  WORD("naar"),
                                  WORD("deze"),
                                  WORD("onze"),
                                  WORD("the"),
                                  WORD("a"),
                                  WORD("an"),
                                  WORD("for"),
                                  WORD("with"),
                                  WORD("and"),
                                  WORD("or"),
                                  WORD("that"),
                                  WORD("to"),
                                  WORD("by"),
                                  WORD("from"),
                                  WORD("as"),
                                  WORD("are"),
                                  WORD("was"),
                                  WORD("were"),
                                  WORD("been"),
                                  END};

static const struct str verb[] = {WORD("schreef"), WORD("schrijft"), WORD("is"),
                                  WORD("zijn"),    WORD("was"),      WORD("waren"),
                                  WORD("wordt"),   WORD("worden"),   WORD("werd"),
                                  WORD("werden"),  WORD("heeft"),    WORD("hebben"),
                                  WORD("had"),     WORD("hadden"),   WORD("kan"),
                                  WORD("kunnen"),  WORD("moet"),     WORD("moeten"),
                                  WORD("zal"),     WORD("zullen"),   WORD("gaat"),
                                  WORD("gaan"),    WORD("staat"),    WORD("staan"),
                                  WORD("stond"),   WORD("stonden"),  WORD("ik"),
                                  WORD("wij"),     WORD("we"),       WORD("u"),
                                  WORD("hij"),     WORD("zij"),      WORD("er"),
                                  WORD("hierin"),  WORD("volgt"),    WORD("volgen"),
                                  WORD("geeft"),   WORD("geven"),    WORD("vraagt"),
                                  WORD("noemt"),   WORD("luidt"),    WORD("ziet"),
                                  WORD("doet"),    WORD("vindt"),    WORD("are"),
                                  WORD("were"),    WORD("has"),      WORD("have"),
                                  WORD("can"),     WORD("must"),     WORD("will"),
                                  WORD("i"),       WORD("you"),      WORD("they"),
                                  WORD("it"),      WORD("there"),    END};

static const struct str joining[] = {WORD("en"),
                                     WORD("of"),
                                     WORD("en/of"),
                                     WORD("tot"),
                                     WORD("als"),
                                     WORD("dan"),
                                     WORD("noch"),
                                     WORD("respectievelijk"),
                                     WORD("maar"),
                                     WORD("resp."),
                                     WORD("and"),
                                     WORD("or"),
                                     WORD("to"),
                                     WORD("and/or"),
                                     END};

static const struct str caption[] = {
    WORD("tabel"), WORD("figuur"), WORD("grafiek"), WORD("afbeelding"), WORD("kaart"),
    WORD("foto"),  WORD("kader"),  WORD("table"),   WORD("figure"),     END};

static const struct str prefix[] = {
    WORD("niet"), WORD("non"), WORD("ex"),   WORD("oud"), WORD("vice"), WORD("vmbo"),
    WORD("mbo"),  WORD("hbo"), WORD("havo"), WORD("vwo"), WORD("wo"),   WORD("po"),
    WORD("vo"),   WORD("ggz"), WORD("ggd"),  WORD("lvb"), WORD("wmo"),  WORD("wlz"),
    WORD("awbz"), WORD("wob"), WORD("woo"),  WORD("tbs"), WORD("ict"),  WORD("cao"),
    WORD("btw"),  WORD("ozb"), WORD("mkb"),  WORD("zzp"), WORD("ov"),   END};

static const struct str pointing[] = {WORD("deze"),        WORD("dit"),  WORD("voorliggende"),
                                      WORD("voorliggend"), WORD("this"), END};

static const struct str page[] = {
    WORD("pagina"),    WORD("pag."),         WORD("pag"),  WORD("blz."), WORD("blz"),
    WORD("bladzijde"), WORD("paginanummer"), WORD("page"), WORD("p."),   END};

static const struct str notes[] = {
    WORD("noten"), WORD("eindnoten"), WORD("voetnoten"), WORD("noten:"),
    WORD("notes"), WORD("endnotes"),  WORD("footnotes"), END};

static const struct str contents[] = {WORD("inhoud"),
                                      WORD("inhoudsopgave"),
                                      WORD("inhoudstafel"),
                                      WORD("inhoudsopgaaf"),
                                      WORD("contents"),
                                      WORD("table of contents"),
                                      WORD("lijst van figuren"),
                                      WORD("lijst van tabellen"),
                                      WORD("lijst van afbeeldingen"),
                                      WORD("lijst met figuren"),
                                      WORD("lijst met tabellen"),
                                      WORD("list of figures"),
                                      WORD("list of tables"),
                                      END};

static const struct str *const lists[WORDS_LISTS] = {[WORDS_SALUTATION] = salutation,
                                                     [WORDS_ADDRESS] = address,
                                                     [WORDS_ADDRESSED] = addressed,
                                                     [WORDS_SENDER] = sender,
                                                     [WORDS_SUBJECT] = subject,
                                                     [WORDS_CLOSING] = closing,
                                                     [WORDS_SECTION] = section,
                                                     [WORDS_LETTERHEAD] = letterhead,
                                                     [WORDS_MARGIN] = margin,
                                                     [WORDS_DISPOSITION] = disposition,
                                                     [WORDS_ORGANISATION] = organisation,
                                                     [WORDS_NAMED] = named,
                                                     [WORDS_OFFICE] = office,
                                                     [WORDS_OFFICE_END] = office_end,
                                                     [WORDS_PARTICLE] = particle,
                                                     [WORDS_OPEN] = open,
                                                     [WORDS_VERB] = verb,
                                                     [WORDS_JOINING] = joining,
                                                     [WORDS_CAPTION] = caption,
                                                     [WORDS_PREFIX] = prefix,
                                                     [WORDS_POINTING] = pointing,
                                                     [WORDS_PAGE] = page,
                                                     [WORDS_NOTES] = notes,
                                                     [WORDS_CONTENTS] = contents};

static const struct label labels[] = {
    {WORD("onderwerp"), FIELD_TITLE, false},
    {WORD("betreft"), FIELD_TITLE, false},
    {WORD("betreffende"), FIELD_TITLE, true},
    {WORD("titel"), FIELD_TITLE, false},
    {WORD("kennis nemen van"), FIELD_TITLE, false},
    {WORD("kennisnemen van"), FIELD_TITLE, false},
    {WORD("subject"), FIELD_TITLE, false},
    {WORD("re"), FIELD_TITLE, true},
    {WORD("title"), FIELD_TITLE, true},
    {WORD("datum"), FIELD_DATE, false},
    {WORD("date"), FIELD_DATE, false},
    {WORD("van"), FIELD_AUTHOR, true},
    {WORD("auteur"), FIELD_AUTHOR, false},
    {WORD("auteurs"), FIELD_AUTHOR, false},
    {WORD("steller"), FIELD_AUTHOR, false},
    {WORD("portefeuillehouder"), FIELD_AUTHOR, false},
    {WORD("from"), FIELD_AUTHOR, true},
    {WORD("author"), FIELD_AUTHOR, true},
    {WORD("voor"), FIELD_ADDRESSEE, true},
    {WORD("aan"), FIELD_ADDRESSEE, true},
    {WORD("to"), FIELD_ADDRESSEE, true},
    {WORD("onze referentie"), FIELD_REFERENCE, false},
    {WORD("ons kenmerk"), FIELD_REFERENCE, false},
    {WORD("referentie"), FIELD_REFERENCE, false},
    {WORD("kenmerk"), FIELD_REFERENCE, false},
    {WORD("zaaknummer"), FIELD_REFERENCE, false},
    {WORD("documentnummer"), FIELD_REFERENCE, false},
    {WORD("our reference"), FIELD_REFERENCE, false},
    {WORD("reference"), FIELD_REFERENCE, true},
    {WORD("afzender"), FIELD_ISSUER, false},
    {WORD("organisatie"), FIELD_ISSUER, true},
    {WORD("bijlage(n)"), FIELD_OTHER, false},
    {WORD("bijlagen"), FIELD_OTHER, false},
    {WORD("bijlage"), FIELD_OTHER, false},
    {WORD("uw kenmerk"), FIELD_OTHER, false},
    {WORD("uw brief (kenmerk)"), FIELD_OTHER, false},
    {WORD("uw brief van"), FIELD_OTHER, false},
    {WORD("inlichtingen bij"), FIELD_OTHER, false},
    {WORD("inlichtingen"), FIELD_OTHER, true},
    {WORD("verzonden"), FIELD_DATE, true},
    {WORD("datum besluit"), FIELD_DATE, false},
    {WORD("aantal bijlagen"), FIELD_OTHER, false},
    {WORD("doorkiesnummer"), FIELD_OTHER, false},
    {WORD("dossiernummer"), FIELD_REFERENCE, false},
    {WORD("registratienummer"), FIELD_REFERENCE, false},
    {WORD("briefnummer"), FIELD_REFERENCE, false},
    {WORD("nummer"), FIELD_REFERENCE, true},
    {WORD("geadresseerde"), FIELD_ADDRESSEE, true},
    {WORD("opgesteld door"), FIELD_AUTHOR, false},
    {WORD("uw brief"), FIELD_OTHER, false},
    {WORD("uw referentie"), FIELD_OTHER, false},
    {WORD("behandeld door"), FIELD_OTHER, false},
    {WORD("contactpersoon"), FIELD_OTHER, false},
    {WORD("telefoon"), FIELD_OTHER, false},
    {WORD("telefoonnummer"), FIELD_OTHER, false},
    {WORD("e-mail"), FIELD_OTHER, false},
    {WORD("bezoekadres"), FIELD_OTHER, false},
    {WORD("postadres"), FIELD_OTHER, false},
    {WORD("cc"), FIELD_OTHER, true},
    {WORD("kopie aan"), FIELD_OTHER, false},
    {WORD("enclosure"), FIELD_OTHER, true},
    {WORD("your reference"), FIELD_OTHER, false},
};

/* The word, and the kind that it names. */
static const struct str kinds[][2] = {
    {WORD("kamerbrief"), WORD("Kamerbrief")},
    {WORD("raadsinformatiebrief"), WORD("raadsinformatiebrief")},
    {WORD("raadsinformatienota"), WORD("raadsinformatienota")},
    {WORD("informatienota"), WORD("informatienota")},
    {WORD("informatiebrief"), WORD("informatiebrief")},
    {WORD("collegebrief"), WORD("collegebrief")},
    {WORD("persbericht"), WORD("persbericht")},
    {WORD("factsheet"), WORD("factsheet")},
    {WORD("standpunt"), WORD("standpunt")},
    {WORD("raadsvoorstel"), WORD("raadsvoorstel")},
    {WORD("beleidsnota"), WORD("beleidsnota")},
    {WORD("notitie"), WORD("notitie")},
    {WORD("memorandum"), WORD("memo")},
    {WORD("memo"), WORD("memo")},
    {WORD("onderzoeksrapport"), WORD("rapport")},
    {WORD("rapportage"), WORD("rapport")},
    {WORD("rapport"), WORD("rapport")},
    {WORD("jaarverslag"), WORD("jaarverslag")},
    {WORD("verslag"), WORD("verslag")},
    {WORD("advies"), WORD("advies")},
    {WORD("manifest"), WORD("manifest")},
    {WORD("nota"), WORD("nota")},
    {WORD("report"), WORD("report")},
    {WORD("verkiezingsprogramma"), WORD("verkiezingsprogramma")},
    {WORD("partijprogramma"), WORD("partijprogramma")},
    {WORD("deelbesluit"), WORD("besluit")},
    {WORD("wob-besluit"), WORD("besluit")},
    {WORD("woo-besluit"), WORD("besluit")},
    {WORD("beslissing"), WORD("besluit")},
    {WORD("besluit"), WORD("besluit")},
    {WORD("besluitenlijst"), WORD("besluitenlijst")},
    {WORD("notulen"), WORD("notulen")},
    {WORD("vergaderverslag"), WORD("verslag")},
    {WORD("handreiking"), WORD("handreiking")},
    {WORD("handleiding"), WORD("handleiding")},
    {WORD("gebruikershandleiding"), WORD("handleiding")},
    {WORD("agenda"), WORD("agenda")},
    {WORD("begroting"), WORD("begroting")},
    {WORD("jaarrekening"), WORD("jaarrekening")},
    {WORD("jaarplan"), WORD("jaarplan")},
    {WORD("convenant"), WORD("convenant")},
    {WORD("verordening"), WORD("verordening")},
    {WORD("beleidsregel"), WORD("beleidsregel")},
    {WORD("beleidsplan"), WORD("beleidsplan")},
    {WORD("kadernota"), WORD("kadernota")},
    {WORD("voorjaarsnota"), WORD("voorjaarsnota")},
    {WORD("omgevingsvisie"), WORD("omgevingsvisie")},
    {WORD("visie"), WORD("visie")},
    {WORD("actieplan"), WORD("actieplan")},
    {WORD("uitvoeringsprogramma"), WORD("uitvoeringsprogramma")},
    {WORD("raadsbrief"), WORD("raadsbrief")},
    {WORD("beschikking"), WORD("beschikking")},
    {WORD("uitspraak"), WORD("uitspraak")},
    {WORD("zienswijze"), WORD("zienswijze")},
    {WORD("onderzoeksvoorstel"), WORD("onderzoeksvoorstel")},
    {WORD("inventarislijst"), WORD("inventarislijst")},
    {WORD("impactanalyse"), WORD("impactanalyse")},
    {WORD("evaluatie"), WORD("evaluatie")},
    {WORD("roadmap"), WORD("roadmap")},
    {WORD("fiche"), WORD("fiche")},
    {WORD("eindrapport"), WORD("rapport")},
    {WORD("adviesrapport"), WORD("rapport")},
    {WORD("eindrapportage"), WORD("rapport")},
    {WORD("inspectierapport"), WORD("rapport")},
    {WORD("principenota"), WORD("principenota")},
    {WORD("collegenota"), WORD("nota")},
    {WORD("brochure"), WORD("brochure")},
    {WORD("informatieblad"), WORD("informatieblad")},
    {WORD("voordracht"), WORD("voordracht")},
    {WORD("uitnodiging"), WORD("uitnodiging")},
    {WORD("toespraak"), WORD("toespraak")},
    {WORD("minutes"), WORD("minutes")},
    {WORD("agreement"), WORD("agreement")},
    {WORD("brief"), WORD("brief")},
    {WORD("letter"), WORD("letter")},
};

static bool is_boundary(struct str text, size_t offset)
{
    if (offset >= text.len || (offset && !str_is_alnum(text.data[offset - 1])))
        return true;
    uint32_t c = utf8_next(text, &offset);
    return !utf8_is_letter(c) && !utf8_is_digit(c) && c != '-';
}

static bool starts_with(struct str text, struct str word)
{
    return str_equal_nocase(str_slice(text, 0, word.len), word) && is_boundary(text, word.len);
}

/* A quick no, which most comparisons get: whether the first bytes differ in more than their case.
 */
static bool differs(struct str text, struct str word)
{
    return !text.len || ((text.data[0] ^ word.data[0]) & ~0x20);
}

bool words_have(enum word_list list, struct str word)
{
    for (const struct str *entry = lists[list]; entry->data; entry++)
        if (entry->len == word.len && !differs(word, *entry) && str_equal_nocase(*entry, word))
            return true;
    return false;
}

bool words_say(enum word_list list, struct str text)
{
    for (struct str rest = text; rest.data;) {
        struct str word = str_cut(&rest, ' ');
        word.len -= str_ends(word, STR(":"));
        if (words_have(list, word))
            return true;
    }
    return false;
}

size_t words_start(enum word_list list, struct str text)
{
    size_t longest = 0;
    for (const struct str *entry = lists[list]; entry->data; entry++)
        if (entry->len > longest && !differs(text, *entry) && starts_with(text, *entry))
            longest = entry->len;
    return longest;
}

bool words_end(enum word_list list, struct str word)
{
    for (const struct str *entry = lists[list]; entry->data; entry++)
        if (entry->len <= word.len &&
            str_equal_nocase(str_from_offset(word, word.len - entry->len), *entry))
            return true;
    return false;
}

const struct label *words_label(struct str text)
{
    const struct label *best = NULL;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (!differs(text, labels[i].text) && starts_with(text, labels[i].text) &&
            (!best || best->text.len < labels[i].text.len))
            best = &labels[i];
    return best;
}

static struct str kind_of_word(struct str word)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!differs(word, kinds[i][0]) && str_equal_nocase(word, kinds[i][0]))
            return kinds[i][1];
    return (struct str){0};
}

struct str words_kind(struct str text)
{
    struct str kind = {0};
    for (struct str rest = text; rest.data && !kind.len;) {
        struct str word = str_cut(&rest, ' ');
        while (word.len && !str_is_alnum(word.data[word.len - 1]))
            word.len--;
        kind = kind_of_word(word);
    }
    return kind;
}
