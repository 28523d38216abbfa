/** What came back and how one says so without saying it; what is advised. */
export const FINDINGS = {
  "result/reassurance": `
nothing to worry, nothing to be worried, no need to worry, not worried, isn t worried, not worrying, nothing scary, nothing serious, nothing sinister,
nothing bad, nothing wrong, nothing alarming, nothing concerning, nothing dangerous, no concern, no concerns, not concerned, isn t concerned,
unconcerned, rien d inquiet*, rien de grave, rien d anormal, rien de mechant, rien de serieux, rien de dramatique, rien d alarmant, rien d epeurant,
rien a signaler, pas inquiet*, inquiet pas, inquiete pas, pas inquietant, pas d inquietude, pas de panique, not panic, don t panic, dont panic,
paniquez pas, harmless, inoffensi*, innocent, bonne sorte, good kind, harmless kind, wear and tear, usure, on dort tranquille, sleep easy, rest easy,
dormez tranquille, breathe easy, breathe, respirez, phew, whew, ouf, big relief, soulage*, relieved, relief, in the clear, out of the woods,
sorti du bois, hors de danger, dodged a bullet, nothing showed, nothing new on, nothing found, nothing grew, nothing broken, rien trouve, rien vu,
rien pousse, rien a pousser, rien de casse, rien casse, nothing cassé, not broken, isn t broken, pas casse, clean bill, doesn t look like,
looks like nothing, didn t see the, didn t find, ils ont pas trouve, not what they were looking, reassuring, rassurant*, rassure, quit fretting,
stop fretting, stop worrying, quit worrying, arreter de vous en faire, vous en faites pas, faites vous en pas, don t fret, no fretting,
enjoy your holiday, enjoy your trip, enjoy your weekend, l esprit tranquille, relax, relaxez, freckle, tache de soleil, probably nothing,
surement rien, c est surement rien, nothing but, rien donne, no bug, pas de bibitte, no bugs found, explains the, explique la, explique que,
nothing growing, rien pousse qui, you re okay, you re ok, vous etes correct, vous etes ok, off the hook
`,
  "result/good": `
all clear, all normal, everything normal, everything _ normal, everything is normal, everything fine, everything is fine, everything looks,
everything looked, everything came back, everything _ good, everything _ ok, everything s where, all came back, came back, came in normal, all good on,
all fine, all is well, all looks, all looked, it all looks, looks good, looks great, looks fine, looks normal, looks perfect, looked good, looked fine,
looked normal, looked great, looking great, looks clean, look good, look fine, look great, good news, great news, excellent news, wonderful news,
bonne nouvelle, bonnes nouvelles, belle nouvelle, belles nouvelles, super nouvelle, excellente nouvelle, best news, tout est beau, tout est normal,
tout est correct, tout est negatif, tout est stable, tout est bon, tout est good, tout beau, tout normal, tout negatif, tout est a sa place,
c est normal, c est tout normal, c est beau, c est beau partout, est normal, est normale, sont normaux, sont normales, is normal, are normal,
was normal, were normal, normal range, in range, within range, within normal, dans les normes, dans la norme, dans la normale, valeurs normales,
revenu normal, revenus normaux, revenue normale, revenues normales, est revenue, sont beaux, sont belles, sont bons, sont bonnes, est beau, est belle,
est bel et bien, est clair, est claire, sont clairs, sont claires, is clear, are clear, was clear, were clear, came clear, came clean, came up clean,
was clean, is clean, are clean, sont clean, est clean, it s clear, c est clair, passed, you passed, aced, nailed it, on target, at target, at goal,
dans la cible, right where, on track, back to normal, revenu a la normale, retour a la normale, of normal, perfect result, perfect score, parfait*,
champion, bravo, proud of your numbers, keep doing what, keep doing whatever, keep it up, keep up the good work, continuez comme ca, continuez de meme,
lachez pas, healing nicely, healing well, heals well, guerit bien, healed, gueri, mend*, knitting, way better, much better, pas mal meilleur*,
bien meilleur*, better than last, best in years, meilleur* depuis, improved, improving, improvement, ameliore*, amelioration, happy with your,
happy with the, happy with how, pleased with, very happy with, is happy, surgeon s happy, doctor s happy, thrilled with, content de la, content des,
content du, contente de la, contente des, contente du, est content, est contente, satisfait*, go enjoy, profitez de votre, good to go,
fine to go ahead, good sign, bon signe, no sign of, no signs of, no evidence, no trace, aucun signe, aucune trace, pas de trace, rien de cancer,
good numbers, good shape, great shape, bonne forme, flying colours, flying colors, haut la main, tickled, ben content de ca, content de ca,
over the moon, nothing to change, strong as, solide comme, super, chapeau, high five, tout baigne, propre, ben propres, where we like it,
where we want, in the range we want, for his age, for her age, pour son age, growing like, pousse, pousse bien, coming down, descend, descendent,
lovely this time, numbers are lovely, no longer, pu diabetique, plus diabetique, not diabetic anymore, years clear, # ans sans rien, got it all,
tout enleve, whole thing, nodes clean, ganglions propres, ganglions sont propres
`,
  "result/bad": `
bad news, mauvaise nouvelle, mauvaises nouvelles, pas une bonne nouvelle, not great news, not the news, not what we hoped, not what we wanted,
wish i had better, pas ce qu on esperait, not thrilled, don t love, doesn t love, don t like, doesn t like, not crazy about, aime pas ce,
aime pas trop, n aime pas, not happy with, pas content, pas contente, concerned about, concerned with, concerning, worried about, worrisome,
worries me, preoccup*, inquiete*, inquiete par, inquiet de, inquietant*, suspicious, suspect, suspecte, suspects, needs attention,
faut qu on s en occupe, want* to treat, needs treatment, faut traiter, a traiter, confirms what, confirms it, what we feared, ce qu on craignait,
caught something, caught a, caught it early, pogne*, found something, found a, found some, found an, what we found, what they found, what he found,
what she found, what showed up, what shows, what it showed, what came up, what the picture, on a trouve, ont trouve, a trouve quelque, ce qu on a vu,
ce qu on a trouve, ce qu on voit, a vu quelque chose, we spotted, spotted something, spotted a, picked up something, picked up a small, picked up some,
shadow, ombre, tache sur, tache au, spot on your, narrow spot, narrowing, retreciss*, something on your, something on the, something in your,
quelque chose sur, quelque chose dans, quelque chose au, grew something, grew, a pousse, ont pousse, la culture a, showed a, showed some, showed signs,
shows a, shows some, shows signs, montre un, montre une, montre que, montre des, montrent, revele*, reveals, revealed, suggests, suggere,
consistent with, compatible avec, confirms, confirme que vous, abnormal*, anormal*, anomali*, irregular*, irregulari*, growing, has grown, grossi,
a grossi, spread, s est etendu, wrong way, wrong direction, mauvais bord, mauvais sens, went up, gone up, crept up, creeping, has dropped, dropped,
jumped, climbed, spiked, slipped, slipping, doubled, a monte, ont monte, monte tranquillement, a baisse, ont baisse, a double, glisse, a glisse,
descendu*, getting worse, worse than last, pire que, moins bon*, moins beau, moins belle, not as good, in the red, dans le rouge, off the chart,
sky high, au plafond, out of range, hors norme*, hors des normes, failed, bone on bone, os sur os, too high, too low, trop haut*, trop bas*,
trop eleve*, trop lent*, un peu haut*, un peu bas*, un peu eleve*, un peu faible*, pas mal haut*, high side, low side, slightly high, slightly low,
slightly up, bit high, bit low, bit off, bit up, little high, little low, little off, touch high, touch low, hair high, hair low, a hair, un cheveu,
a smidge, tad high, tad low, a tad, elevated, higher than, lower than, plus haut* que, plus bas* que, borderline, a la limite, c est limite, limite,
low again, high again, still high, still low, still positive, encore haut*, encore bas*, encore eleve*, encore positif, is low, are low, is high,
are high, is up, are up, is down, are down, est bas, est basse, est haut, est haute, est low, est high, est eleve, est elevee, sont bas, sont hauts,
sont eleves, est faible, weak, thin, a bit thin, croche, off, scraping, gratte le fond, empire, acting up, fait des siennes, mauvaise sorte, bad type,
bad kind, not loving the, aime pas la tendance, the trend, la tendance, small crack, petite fissure, fissure, tiny crack, bit of pressure,
went a bit worse, a bit worse, a little worse, moins bon que, is worse, way to high, encor tro haut, tro haut, it s in the, c est rendu dans
`,
  "result/posneg": `
positive, positif, positive for, positifs, negative, negatif, negatifs, negative for, negatives, pos, neg, non reactive, non reactif, non reactifs, benign, benin, benigne, malign*, detected, not detected, undetect*, detecte*, indetect*, immune, immunise*, immunity, immunite
`,
  "result/stable": `
stable, unchanged, no change, hasn t changed, haven t changed, inchange*, pas change, a pas bouge, ont pas bouge, pas bouge, bouge pas, hasn t grown, hasn t moved, pas grossi, shrunk, shrinking, smaller, rapetiss*, has shrunk, diminue, same as last, same as before, same as two, same as a year, same old, comme la derniere fois, pareil comme avant, pareil qu, meme vieille, matched the old, hasn t budged, holding steady, steady
`,
  "result/tell-in-person": `
want* to discuss what, would like to discuss what, like to discuss what, talk about what, parler de ce qu, discuter de ce qu, au sujet de ce qu,
au sujet de vos resultats, discuter de vos resultats, discuss your results, discuss your test, discuss the results, discuss the scan, discuss the test,
discuss the findings, rather tell you, rather say, better in person, best said in person, tell you in person, tell you face to face, say it in person,
vous le dire en personne, mieux vous le dire, dire en personne, en personne seulement, in person only, de vive voix, pas par telephone,
not over the phone, not by phone, don t want to say by text, can t say by text, won t say by text, not for a text, can t text details,
pas dire par texto, pas de details par texto, hate doing this by text, haïs, bring someone, bring somebody, bring a support, bring your husband,
bring your wife, bring your partner, bring your sister, bring your brother, bring your daughter, bring your son, bring your mom, bring family,
bring a family member, bring your family, bring a loved one, come with your, come in with, not come alone, don t come alone, shouldn t come alone,
don t be alone, pas seul, pas seule, venez pas tout seul, venez pas seul*, venez accompagne*, venir accompagne*, accompagne si, accompagnee si,
accompagne de, etre accompagne*, amenez quelqu un, amener quelqu un, amenez votre, avec votre conjoint*, avec votre mari, avec votre femme,
venez avec votre, venez avec, emmenez, someone with you, somebody with you, somebody who can be with, someone who can be with, husband there,
wife there, partner there, someone you trust, quelqu un de confiance, quelqu un avec vous, have support, sit down with you, sit down for,
are you sitting, assoyez vous avant, are you near a phone, near your phone, keep your phone on, phone close, gardez votre telephone,
proche d un telephone, don t read the portal, before you read, don t look at the portal, don t google, don t open the, regardez pas le portail,
googlez pas, lisez pas, before you see it online, before we talk, avant qu on se parle, clear your, liberez votre, libere ton, take the first slot,
take the first opening, prenez la premiere place, first available please, le plus vite possible, as soon as you can, asap, sooner than later,
pas demain mais, not urgent urgent, no rush but not, wants to see you sooner, wants you in, veut vous voir plus vite, want you in today, come today,
venez aujourd hui, come in today, come by today, come by this week, come by this wk, needs to see you today, see you right away, next steps,
prochaines etapes, discuss options, over options, options together, your options, treatment options, les options, options de traitement,
plan de traitement, treatment plan, sort out treatment, parler de traitement, like a chat, have a chat, vous en jaser, en jaser,
aimerait vous parler de, aimerait vous voir au sujet, wants to talk about your, call you about your, ring you about your, give you a call about,
ring me when, appelez moi avant, somewhere private, ten quiet minutes, # quiet minutes, dix minutes tranquille, minutes tranquille, before you see it,
avant que vous la lisiez, avant de le lire, in the app, on the portal first, a line in it, une phrase dans le rapport, on the line when we call,
soit la quand on, soyez chez vous, try to be home, essayez d etre chez vous, be home when, re what came in, of what came in, ce qui est rentre,
what came back, please pick up even, repondez meme si, needs to speak, doit vous parler aujourd hui, needs to talk to you today, face to face,
what we thought it was, ce qu on pensait, let s talk tues*, en jase mardi, let s talk, on en parle, on en jase, want you both here,
wants all of you there
`,
  "result/recheck": `
further test*, more tests, more testing, more blood, further investig*, plus de tests, d autres tests, autres tests, autres examens,
examens supplementaires, test supplementaire*, investig*, repeat the test, repeat it in, repeat your, repeat the, redo the, redo it, redo your,
do it again, recheck, re check, recheck it, retest, redrawn, redraw, repeat in, again in # month*, again in # week*, reprend dans, on reprend,
reprendre dans, reprend la prise, refaire dans, refait ca, on refait, controle dans, on controle, on recontrole, on verifie encore, on surveille,
a surveiller, watch it, watch it instead, keep an eye on, keep watching, garder a l oeil, watch and wait, surveiller a la place, look again,
regarde encore, next look, prochain controle, another look, second look, 2 e lecture, second opinion, 2 e avis, deuxieme avis, see you in a year,
dans un an, l an prochain, next year then, no further, no follow up needed, no need to come in, no need to come back, no treatment needed,
pas besoin de revenir, pas besoin de venir, pas besoin de traitement, pas de suivi necessaire, aucun suivi, aucun traitement, nothing more to do,
nothing to stent, no action, aucune action, rien a faire de plus, repeat came out, 2 e prise, deuxieme prise, came out the same, dit pareil,
same as the first, come check again, revenez en, needs more views, more pictures, again in the fall
`,
  "result/number": `
percentile, percentile, on the curve, sa courbe, growth chart, courbe de croissance, # out of, # sur #, scored, score of, # percent, % of, # %, is at #, are at #, was #, is #, a # a jeun, level is, levels are, level was, level of, niveau de, taux, votre taux, son taux, numbers are, your numbers, his numbers, her numbers, vos chiffres, les chiffres, le chiffre, the number i, numbers look, numbers were, counts are, count is, count was, blood count, down to #, up to #, up from, down from, from # to #, coupe en deux, fell by, # over #, # 1 #
`,
  "result.subject": `
result*, resultat*, report*, rapport*, lab, labs, labo, test, tests, bloodwork, blood, sang, scan, scans, xray, swab, culture, biopsy, biopsie, sample, echantillon*, urine, pee, stool, specimen, level, levels, niveau*, taux, numbers, chiffre, chiffres, count, counts, sugar, sugars, sucre*, iron, fer, ferritin*, ferritine, cholesterol, potassium, sodium, calcium, vitamin*, b 12, pressure, pression, kidney*, rein*, liver, foie, thyroid*, heart, coeur, lung*, poumon*, picture*, image*, film*, ecg, ekg, radio, echo, ultrasound, mammo*, pap, hearing, vision, weight, poids, growth, croissance, readings, lecture*, glycemie*, everything, it all, the second one, second one, le deuxieme, panel, bilan*, prise*, analyse*, xr, spot, tache, polyp*, nodule*, cyst*, kyste*, mole, grain de beaute, bone, os, tracing, trace, titre
`,
  "result.value": `
normal*, normaux, fine, good, great, ok, clear, clean, negative, positive, negatif*, positif*, high, low, higher, lower, up, down, better, worse, stable, same, unchanged, perfect, excellent, reassuring, rassurant*, abnormal*, anormal*, borderline, elevated, eleve*, haut*, bas, basse*, beau, beaux, belle*, bon, bons, bonne*, correct*, parfait*, mieux, pire, meilleur*, limite, concerning, worrisome, suspicious, suspect*, inquietant*, odd, weird, bizarre, off, faible*, fort, moderate, modere*, severe, mild, leger*, legere*, improved, improving, deteriorat*, growing, grossi, gone, disparu*, healed, gueri*, revenu*, sorti*, range, norme*, thin, weak, slow, lent*, mince*, smaller, bigger, gros, grosse, tiny, petit, petite, immune, clean
`,
  "advice/wound-limb": `
keep it dry, keep it clean, keep it covered, keep it elevated, keep _ dry, keep _ clean, keep _ covered, keep _ elevated, keep your foot,
keep your leg, keep your arm, au sec, gardez _ au sec, gardez _ propre, gardez le pied, gardez la jambe, elevate*, sureleve*, surelever,
plus haut que le coeur, above your heart, above the heart, ice it, ice on, ice pack, ice for, ice the, ice #, put ice, de la glace, glace #,
mettez de la glace, mets de la glace, heat pad, heating pad, warm compress, warm cloth, compresse*, cold compress, soak, soaks, soak it, soak your,
trempez, tremper, rince, rincez, rinse, gargle*, gargaris*, massage it, massez, wash it, wash the wound, lavez la plaie, lavez le, scrub it,
don t scrub, apply, appliquez, appliquer, rub, frottez, put the cream, mettez la creme, mettez de la creme, moisturi*, sunscreen, creme solaire,
don t scratch, grattez pas, ne grattez pas, don t pick, let it scab, leave it on, leave it open, leave the roof, crevez la pas, pop it, take the tape,
take off the tape, enlevez le tape, enlevez le pansement, change the dressing, changez le pansement, wiggle, bougez les orteils, move your toes,
compression socks, compression stocking*, bas de compression, wear the sling, wear the brace, wear the boot, wear the splint, portez l attelle,
portez la botte, portez l orthese, sleep propped, two pillows, deux oreillers, # pillows, # oreillers, roll a, bouteille gelee, frozen bottle,
stretches, etirement*, etirez, pinch the, pincez le, on a pillow, sur un oreiller, take the sling off, let the air get, a l air, cool cloth*,
debarbouillette, ice after, glace apres, till the stitches
`,
  "advice/activity": `
rest, rest it, rest and, get rest, get some rest, reposez vous, reposez, repose toi, repos, take it easy, easy does it, allez y mollo, mollo,
no lifting, don t lift, do not lift, nothing heavy, lift a, lift more than, lever une, pas lever, soulever, ne soulevez, soulevez rien, pas forcer,
forcez pas, no heavy, no gym, pas de gym, no sports, pas de sport, no swimming, pas de piscine, pas de baignade, no bath, no baths, pas de bain,
no hot tub, pas de spa, you can shower, shower only, ok to shower, no flying, no fly, pas d avion, no diving, no contact sport*, stay home from,
off work, off school, off till, off until, back to work, back to school, back to daycare, retour au travail, retour a l ecole, arret de travail,
arret maladie, pas de garderie, no daycare, pas d ecole, no school, light duties, travaux legers, modified duties, isolate, isolez, isolement,
stay away from, restez loin, stay in on, walk more, walk #, walk every, marchez plus, marchez #, marcher #, marche #, exercise*, exercices,
physio homework, lose weight, perdre du poids, lose # lb*, lose # pounds, go for walks, prenez des marches, drive again, drive when, conduire quand,
recommencer a, start running, play hockey, jouer au hockey, no drinks before, no drinking, levez vous aux, pieds a terre, sit up after, assise apres,
assis apres, don t blow, mouchez vous pas, don t strain, sleep on your, dormez sur, no ladders, pas d echelle, ladder, echelle, be a hero about,
faites pas le brave, faites pas le heros, no kneeling, pas a genoux, weight on it, put wieght, pois dessus, poids dessus, hot tub, frozen peas,
get the arm up
`,
  "advice/diet": `
eat more, eat less, eat lots, eat prunes, mangez plus, mangez moins, manger plus, manger moins, mangez des, less salt, salt less, less sugar,
less juice, less pop, cut back, cut down, cut out, cut the, coupez le, coupez les, coupez la, moins de sel, moins de sucre, moins de liqueur, moins de,
low salt, low sodium, low fat, fibre, fiber, fibres, prune juice, prunes, pruneau*, bland, diet, diete, regime sans, no dairy, sans gluten,
gluten free, drink more, drink lots, drink plenty, drink beaucoup, plenty of fluids, lots of fluids, lots of water, push fluids, fluids,
buvez beaucoup, boire beaucoup, buvez plus, bois de l eau, hydratez vous, popsicles, honey, miel, epsom, vinaigre, vinegar, humidif*, saltwater,
salt water, eau salee, quit smoking, stop smoking, arreter de fumer, arretez de fumer, cessez de fumer, no smoking, food diary, journal alimentaire,
grapefruit, pamplemousse, protein*, proteines, snack before bed, collation au coucher, add an egg, snack at, egg at breakfast, sit up for,
assise une heure, assis une heure, head of the bed, tete du lit, won t drink, boit pas
`,
  "advice/watch": `
monitor it, monitor your, monitor at home, watch for, watch out for, surveillez, check it at home, check your blood, check your sugar*, check your pressure, verifiez votre, log it, log your, keep a log, keep a diary, notez vos, notez votre, notez les, write down your, write it down, ecrivez le, ecrivez les, track your, record your, weigh yourself, weigh each, weigh in, pesez vous, take your temp*, prenez votre temperature, prenez votre pression, send me the numbers, send us your readings, envoyez moi les chiffres, if it gets worse, if it worsens, if it gets, if you get worse, gets worse, get worse, if worse, worsens, si ca empire, si ca s aggrave, si ca va pas mieux, si ca continue, si ca passe pas, if it doesn t, if not better, not better in, not improving, if no better, if it spreads, if it turns, if it bleeds, if it swells, if you notice, if you see, if you feel, if you have a fever, if you develop, if you gain, if you re still, if you are still, if the pain, if the red*, if the swelling, if the drain, if symptoms, if she s not, if he s not, if he s, if she s, if he gets, if she gets, si vous faites, si vous voyez, si vous remarquez, si vous sentez, si vous prenez plus, si vous avez encore, si vous avez de la fievre, si vous avez mal, si vous avez des, s il fait, s il tire, si elle, si il, si ca saigne, si ca coule, si ca sent, si ca enfle, si ca fait, si la fievre, si la douleur, si la, si le rouge, si le mal, si les symptomes, go to emerg*, go to the er, go to er, go to hospital, go to the hospital, to emergency, straight to emerg*, to the er, go in, allez a l urgence, aller a l urgence, filez a l urgence, allez y, come straight in, come right in, come in right away, venez direct, amenez la, amenez le, call 911, call 811, phone 811, appelez le 811, appelez le 911, appelez 811, appelez 911, info sante, attendez pas, don t wait, don t be brave, call us if, call if, text if, appelez si, call si, tell us if, dites nous, dites le nous
`,
  "advice/general": `
avoid, avoiding, evitez, eviter, stay off, keep off, lay off, lachez, try not to, it s normal to, it is normal to, is expected, are expected, that s normal, that is normal, c est normal que, c est correct si, normal si, normal d avoir, normal if, normal after, isn t unusual, ca se peut, you may feel, you might feel, you may see, you might see, you may have, vous pourriez avoir, feel sore, tender, should settle, should go away, should be gone, should heal, should help, devrait passer, devrait partir, devrait aider, ca devrait, va passer, va partir, ca va passer, va se calmer, you should, should see the, should be seen, should be tested, recommend*, recommande*, recommandons, advise*, conseille*, on vous conseille, better to stay, best to stay, mieux de, il vaut mieux, helps with, aide a, aide pour, aide contre, good for the, stop taking, stop the, stop using, stop it, stop your, stopped it, keep taking, keep using, keep on, continue taking, continue the, continue with, continue your, continuez le, continuez la, continuez les, continuez votre, continuez vos, arretez le, arretez la, arretez les, arretez votre, arretez de, on arrete, l a arrete, cessez, start taking, start the, start your, start tonight, starting tonight, commencez le, commencez la, commencez les, commencez a soir, on commence, on essaie, we ll try, we re going to try, restart the, restart your, recommencez, don t stop, do not stop, arretez pas, finish the, finish all, finissez la, finissez les, finissez vos, take with, take it with, take them, take it, take the, take your, prenez la, prenez le, prenez les, prenez vos, prenez votre, prends la, prends le, prends les, prends ton, prends ta, prends tes, prendre avec, prendre en mangeant, hold off, hold the, hold your, don t take, do not take, ne prenez pas, prenez pas, prends pas, don t mix, melangez pas, melangez les pas, vont pas ensemble, interact*, don t double, doublez pas, throw out, throw the, jetez, swap, switch to, switched to, switch you, changed to, change pour, ease off, back off, go easy, call back if, treat it, treat with, on traite, we ll treat, va l avoir, will get it
`,
} as const;
