/**
 * Services whose name alone tells why somebody goes there: houses, clinics, lines and associations in Canada, by what they are
 * for. Names that are everyday words as well ("Portage", "Stella", "the Works") stand with a word that makes them one.
 */
export const SERVICES = {
  "mental-health/service": `
camh, ontario shores, the royal ottawa, royal ottawa, royal mental, waypoint centre, homewood, institut douglas, hopital douglas, douglas institute, douglas hospital, douglas mental, pinel, philippe pinel,
louis h lafontaine, louis hippolyte, iusmm, albert prevost, centennial centre alberta hospital, riverview hospital, forensic psych*, cmha, acsm, canadian mental health, association canadienne pour la sante mentale,
revivre, phobies zero, aneb, anebquebec, nedic, sheena s place, ami quebec, suicide action, prevention du suicide, suicide prevention, tel aide, tel jeunes, kids help phone, jeunesse j ecoute, distress centre, distress line,
crisis centre, centre de crise, tracom, access open minds, aire ouverte, operational stress, stress injury, osi clinic, clinique tso, blessures de stress operationnel, entendeurs de voix, mood disorders association,
togetherall, bounceback, urgence psychiatrique, psych emerg*, premiers episodes, eating disorders clinic, clinic for vets who, clinique des veterans, veterans clinic, mental health court, clubhouse for,
recovery college, hauts et les bas, highs and lows group, postpartum mood, reproductive mental health, relief line, ligne de detresse, hopital psychiatrique, psychiatric hospital, sante mentale jeunesse, groupe d entraide en sante mentale,
anxiety canada, ocd centre, borderline program, sante mentale adulte, centre de sante mentale
`,
  "substance-use/service": `
insite, cactus montreal, site cactus, chez cactus, dopamine montreal, spectre de rue, raam, raam clinic, rapid access addiction*, arcc, alateen, alanon, gamblers anonymous, gamanon, gam anon, joueurs anonymes, ga meeting, ga group,
ga meets, cocaine anonymous, crystal meth anonymous, smart recovery, renascent, bellwood, edgewood treatment, cedars at cobble, poundmaker*, henwood, lander treatment, fresh start recovery, simon house, alpha house,
recovery acres, aventa, oxford house, jean lapointe, maison lapointe, nouveau point de vue, dollard cormier, centre dollard, crd, crdm, readaptation en dependance, clinique cran, meta d ame, needle van, 
streetworks, street works van, spady, george spady, safeworks, opioid dependency, virtual opioid, self ban, self banned, casino self, auto exclu*, sobering centre, centre de degrisement, degrisement, drunk tank, addiction services, dependency clinic,
adfm, clinique d opioides, opioid program, tobacco and gambling, ligne jeu aide, jeu aide et reference, drogue aide et reference, problem gambling, gambling support, portage rehab, centre portage, programme portage, maison d entraide l arc en ciel,
on the drug court, drug treatment court, tribunal de traitement de la toxicomanie, overdose prevention, ops site, sps site, site d inhalation, site de consommation, naloxone kit, trousse de naloxone, nicotine anonymous
`,
  "sexual-health/service": `
hassle free, hassle free clinic, clinique clinique quorum, maple leaf medical, casey house, positive living, hiv community, aids vancouver, aids committee, aids calgary, cocqsida, cocq sida, action sida, portail vih, farha,
health initiative for men, hommes gais, hommes gais et bi, gay and bi, gay bi, gais et bi, clinic for guys, bute street, options for sexual health, opt clinic, centre for sexuality, getchecked, get checked online, sida secours, mains bis, miels quebec,
sunny street van, anonymous night, chez stella, projet lune, swap support, peers victoria, bathhouse clinic, bathhouse, sauna clinic, clinique des its, clinique its, dermato its
`,
  "sexual-health/transition": `
catherine white holman, clinique meraki, meraki, aide aux trans, skipping stone, trans wellness, rainbow health, gender journeys, gender pathways, grs montreal, clinique grs, trans care, trans lifeline, trans clinic, metamorphosis clinic, pflag, family of trans
`,
  "reproductive/service": `
morgentaler, kensington clinic, bay centre for birth control, everywoman s, willow clinic, elizabeth bagshaw, clinique femina, femina, planification des naissances, planning des naissances, clinique de planning, planned parenthood, planification familiale, olive fertility, procrea,
clinique trio fertility, regional fertility, maison de naissance, maison des naissances, birth centre, birthing centre, la leche, nourri source, early pregnancy, epac, grossesse a risque, grossesses a risque, clinique gare, high risk pregnancy, mfm clinic, maternal fetal, medecine foeto maternelle,
perinatal*, perinatolog*, valise de maternite, hospital bag for two, unite des naissances, sos grossesse, grossesse secours, pregnancy options, pregnancy care, options counselling, clinique de fertilite, pma, procreation assistee, 
`,
  "cancer/service": `
princess margaret, tom baker, cross cancer, arthur child, juravinski, odette centre, segal cancer, centre du cancer, cancerolog*, wellspring, hope and cope, l espoir c est la vie, gilda s club, organisme virage, fondation du cancer, look good feel better, belle et bien dans sa peau,
maison jacques cantin, leucan, candlelighters, camp ooch, wig bank, prothese mammaire, mastectomy bra*, soutien gorge postopera*, rethink breast, prostate centre, breast assessment, diagnostic assessment program, cidc, investigation mammaire, infirmiere pivot, nurse navigator
`,
  "end-of-life/service": `
victor gadbois, michel sarrazin, maison st raphael, residence de soins palliatifs, agape care, rosedale hospice, roger neilson, canuck place, le phare enfants, phare enfants et familles, dying with dignity, mourir dans la dignite, compassionate friends, bereaved families, parents orphelins,
parent etoile, deuil jeunesse, societe de soins palliatifs, palliative response, palliative care, maison de soins palliatifs, funeral home, salon funeraire, funeraille*, cremat*, obituar*, coroner, medical examiner, hospice line
`,
  "violence/service": `
sos violence, women in need, win house, sheriff king, discovery house, sonshine, ywca shelter, interval house, ernestine s, nellie s, secours aux femmes, auberge transition, inter val, la dauphinelle, multi femmes, le chainon, carrefour pour elle, flora tristan, a coeur d homme, pro gam,
saffron centre, communities against sexual, ccasa, sexual assault response, wavaw, rape relief, luna centre, zebra centre, marie vincent, boost child, sarc team, sane nurse, change of locks fund, change the locks for, maison pour femmes, maisons d aide, batterer*, conjoints violents, partner assault response,
child advocacy centre, emergency protective, peace bond, engagement de ne pas troubler
`,
  "social/service": `
batshaw, mcfd, ministry of children, native child and family, john howard, elizabeth fry, st leonard s, parole office*, probation office*, agent de probation, agent de liberation, libration conditionnelle, liberation conditionnelle, old brewery, accueil bonneau, la rue des femmes, mustard seed shelter, hope mission,
union gospel, covenant house, praida, cas worker, cas file, cas asked, cas called, cas visit, family services worker, intervenante dpj, directeur de la protection, sos itinerance, warming centre, halte chaleur, soup kitchen, soupe populaire, housing first, centre de detention, remand centre, correctional, corrections canada
`,
  "specialty/society": `
diabetes canada, diabete quebec, ms society, ms canada, societe de la sp, arthritis society, societe de l arthrite, kidney foundation, fondation du rein, ostomy canada, heart and stroke, coeur avc, crohn s and colitis, lung association, epilepsy association, parkinson society, parkinson canada, autism ontario, autisme montreal, stroke team, stroke recovery, equipe avc
`,
} as const;
