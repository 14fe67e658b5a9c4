#include "search/stopwords.h"

/* Set off by spaces, folded. Question words are among them: whoever types a question wants what it
 * is about. */
static const char dutch[] =
    " aan al als bij dan dat de deze die dit doen door dus een en er had heb hebben heeft hem het "
    "hij hoe hoeveel hun ik in is ja je kan kon kunnen maar me meer men met mijn moet na naar niet "
    "nog nu of om omdat ons ook op over te tegen toch toen tot u uit uw van veel voor waar waarom "
    "wanneer waren was wat we wel welk welke werd wie wij worden wordt zal ze zei zich zij zijn zo "
    "zonder zou 't 's ";
static const char english[] =
    " a about an and are as at be been but by can could did do does for from had has have he her "
    "his how i if in into is it its may more no not of on or our she should so than that the their "
    "them then there these they this to was we were what when where which who why will with would "
    "you your ";

bool stopwords_have(enum stem_language language, struct str form)
{
    struct str list = language == STEM_DUTCH     ? (struct str){dutch, sizeof dutch - 1}
                      : language == STEM_ENGLISH ? (struct str){english, sizeof english - 1}
                                                 : (struct str){"", 0};
    str_cut(&list, ' ');
    while (list.len)
        if (str_equal(str_cut(&list, ' '), form))
            return true;
    return false;
}
