/** Named tests and procedures, and how one prepares for them. */
export const TESTS = {
  "procedure/imaging": `
mri, irm, mris, resonance, resonance magnetique, ct, ct scan*, cat scan*, tdm, taco, tomodens*, pet scan*, petscan, tep, tep scan, spect, gallium,
bone scan, scinti*, x ray*, xray*, xr, radio pulm*, radiograph*, rayon x, rayons x, imagerie, imaging, ultrasound*, ultra sound*, sonogram*,
echograph*, echocard*, doppler, mammo, mammos, mammogra*, mammograph*, bone density, osteodens*, dexa, dxa, fibroscan, fluoro*, barium, baryte*,
gorgee barytee, swallow study, angiogra*, coronarogra*, cath, cath lab, arteriogra*, myelogra*, nuclear, mibi, muga, pictures of your, image* de votre,
picture of your, heart picture, chest picture, heart tracing, trace du coeur, produit de contraste, colorant, with contrast, contrast dye,
avec contraste, densite osseuse, densitometrie, x ray film, your scan, the scan, scan is, scan on, scan at, scan booked, scan moved, votre scan,
le scan, scan est, scan cardiaque, scan abdominal, chest scan, heart scan, head scan, brain scan, lung scan, kidney scan, scan du, scan de, scan de la,
scan friday, scan monday, scan tuesday, scan thursday, scan wednesday, votre radio, radio du, radio de la, radio des, la radio, radio pulmonaire,
une radio, votre echo, echo de, echo du, l echo, une echo, echo abdominale, echo pelvienne, images de votre, images du, ultra sond, heart ultrasound,
baby ultrasound, echo du coeur, hip picture, more views, d autres images, autres vues, extra views
`,
  "procedure/scope": `
colonoscop*, coloscop*, colono, scopie*, endoscop*, gastroscop*, sigmoid*, cystoscop*, bronchoscop*, laryngoscop*, hysteroscop*, laparoscop*,
arthroscop*, capsule endo*, ercp, egd, anoscop*, bladder scope, knee scope, upper scope, lower scope, your scope, the scope, scope is, scope on,
scope mon*, scope tues*, scope wed*, scope thurs*, scope fri*, tummy camera, camera down, camera in your, passer la camera, la camera dans,
put a camera, put the camera, passer une camera, camera test
`,
  "procedure/heart-lung-nerve": `
ecg, ekg, eeg, emg, electrocardio*, electroenceph*, electromyo*, stress test*, epreuve d effort, test d effort, tapis roulant, treadmill, walk test,
test de marche, holter*, mapa, event monitor*, loop recorder, heart monitor*, moniteur cardiaque, moniteur _ coeur, moniteur _ pression,
blood pressure monitor*, bp monitor*, bp check*, blood pressure check*, blood pressure cuff, the cuff, appareil a pression, prise de pression,
prise de tension, tensiometre*, pressure monitor, pressure cuff, abpm, pacemaker*, icd check, defibrill*, cardioversion*, ablation*, angioplast*,
stent*, tuteur*, catheter*, cathet*, sonde, foley, bypass, pontage*, tilt table, echo d effort, stress echo, echo de stress, spirometr*, puff test,
test de souffle, pulmonary function, pft, pfts, fonction pulmonaire, fonction respiratoire, breathing test*, sleep study, sleep test, etude du sommeil,
test de sommeil, polysomno*, oximet*, oxymet*, cpap, bipap, cpap mask, appareil _ apnee, masque _ apnee, machine _ apnee, methacholin*,
nerve conduction, conduction nerveuse, evoked, potentiels evoques, sweat test, test de la sueur, machine for sleeping, machine for sleep,
sleep machine, appareil pour dormir, machine pour dormir, sleeping machine, mask size, box for your heart, appareil pour le coeur, b p cuff, bp cuff,
pressure machine
`,
  "procedure/lab": `
bloodwork, blood work, blood test*, blood draw*, bloods, prise* de sang, prises de sang, prise d sang, pds, bilan sanguin, bilan*, bilans,
analyse* de sang, analyse* sanguine*, urine test*, urine sample*, urine culture*, urinalys*, analyse* d urine, echantillon* d urine, culture d urine,
collecte d urine*, 24 h urine, 24 hour urine, urine 24 h, urines de 24, pee test, pee sample, test de pipi, test d urine, pot d urine, stool sample*,
stool test*, stool kit, poop kit, poop sample, fit kit*, fit test*, card test, rsosi, sang occulte, occult blood, test de selle*,
echantillon* de selle*, culture de selle*, prelevement*, throat swab*, swab, swabs, swabb*, ecouvillon*, nose swab, hba 1 c, a 1 c,
hemoglobine glyquee, hgba 1 c, lipid*, lipidique*, lipid panel, cholesterol test, tsh, ferritin*, hemoglobin*, hemoglobine, cbc, fsc, formule sanguine,
creatinin*, egfr, gfr, electrolyt*, glucose, glycemi*, glycemie*, ogtt, tolerance test, hyperglycemie provoquee, inr, rni, crp, d dimer, troponin*,
bnp, liver function, enzymes hepatiques, liver enzyme*, fonction hepatique, kidney function, fonction renale, uric acid, acide urique, b 12 level,
vitamin d level, cortisol, drug level, trough, titre, titer*, titres, monospot, rapid strep, strep test, test de strep*, covid test*, test covid,
test de covid, rapid test*, flu test, mono test, tb test*, tb skin, test de tuberculose, mantoux, ppd, patch test*, allergy test*, allergy needle*,
test* d allergie*, piqure* d allergie*, skin test*, test* cutane*, prick test*, scratch test*, provocation orale, breath test*, test respiratoire,
test* a l haleine, hydrogen breath, urea breath, heel prick, level before your, lithium level, food challenge, peanut challenge, egg challenge,
milk challenge, psa test, psa is, psa was, psa level, your psa, votre aps, urine jar, jar of pee, pee jar, pot de pipi, poop sample*, caca dans,
echantillon de caca, blood one, prise de sang a domicile, blood draw at home, skin tag*, bilirubin*, bilirubine, pathology,
pathologie, biopsy result*, under the microscope, au microscope,
platelet*, plaquettes, hgb, psa, psas, t s h, a un c, troponine, urine dip, dipstick, batonnet urinaire, spit in the, crachez dans, saliva kit, trousse de salive, oncotype, lab requisition for, skin prick, prick panel, panel d allergie
`,
  "procedure/senses": `
hearing test*, audiogram*, audiometr*, test d audition, test* auditif*, hearing aid*, appareil* auditif*, prothese auditive, visual field*, champ visuel, oct scan, retinal, retinal photo*, fond d oeil, dilat*, dilatation, tonomet*, ear syring*, ear irrigat*, ear flush*, lavage d oreille*, lavage des oreilles, ear wash, wax removal, bouchon de cire, bouchons de cire, bouchon d oreille, earwax
`,
  "procedure/skin-wound": `
skin check, mole check, mole removal, mole map*, excision*, exerese*, cryo*, liquid nitrogen, azote liquide, freeze _ wart*, wart freez*,
wart treatment*, geler, gele la verrue, curett*, cauter*, mohs, phototherap*, light booth, light therapy for, stitches out, stitches come out,
take out _ stitches, remove _ stitches, stitch removal, suture*, stitch*, points de suture, enlever les points, enleve les points, enlever vos points,
retrait des points, retrait de points, staples out, drain removal, drain can come, drain peut, le drain, your drain, the drain, dressing change*,
dressing*, changement de pansement*, pansement*, bandage*, meche, wound care, soins de plaie*, soin de plaie, wound vac, unna, wound check
`,
  "procedure/bones": `
cast off, cast removal, platre*, attelle*, splint*, brace fitting, orthes*, orthotic*, orthese*, prosthe*, prothes*, walking boot, botte de marche,
the boot, la botte, air cast, crutches fit*, traction, infiltrat*, cortisone shot*, cortisone injection*, steroid injection*, joint injection*,
injection* _ genou, injection* _ epaule, knee injection*, shoulder injection*, spine injection*, gel injection*, visco*, synvisc, prp, nerve block,
bloc nerveux, epidural*, peridural*, dry needling, tens unit, shockwave, onde* de choc, compression sleeve, sleeve fitter, manchon, cast comes off,
your cast, new cast, cast check, cast room, the cast, knee brace, back brace, brace is, ankle brace, wrist brace, neck brace, pins out, pins removed,
the pins, broches du, les broches, drain the knee, drain your knee, vide le genou, vider le genou, loose boot, gel shot in, shot in your knee,
shot in your shoulder, sling, l echarpe la nuit
`,
  "procedure/surgery": `
surgery, surgeries, surgical, surgeon*, chirurg*, operated, faire operer, fait operer, vous opere, est operee, etes opere*, pre op*, preop*, pre admission, preadmission, preadmit*, post op*,
postop*, anesth*, anaesth*, anesthes*, sedat*, freezing, day surgery, chirurgie d un jour, or time, bloc operatoire, recovery room, salle de reveil,
transplant*, greffe*, graft*, knee replacement, hip replacement, remplacement du genou, remplacement de genou, remplacement de la hanche,
remplacement de hanche, nouveau genou, nouvelle hanche, new hip, new knee, arthroplast*, laminect*, discect*, fusion, appendect*, cholecystect*,
tonsillect*, adenoid*, tubes in, ear tubes, tubes dans les oreilles, myringot*, septoplast*, thyroidect*, hernia repair, cure de hernie,
cataract surgery, cataracte, iridotom*, vitrect*, lasik, circumcis*, circoncis*, lithotrips*, lithotritie, turp, rtup, stoma, stomas, stomie, stomies, stomis*, colostom*,
ileostom*, ostom*, wisdom tooth, wisdom teeth, dents de sagesse, dent de sagesse, root canal tooth, numb the, geler le, geler la, your operation,
the operation, votre operation, l operation, operation du, operation de la, operation de votre, tooth extraction, extraction des dents,
since the operation, after your operation, we ll put freezing, put freezing, on gele avant, gele avant, gum surgery, chirurgie de gencive, freeze it,
au bloc, le bloc, going in through, entrer par le poignet, date de chirurgie, surgical date, keyhole, laparoscop*, angioplast*, ablat*, endarter*, bunionect*, somebody else drives
`,
  "procedure/lines": `
picc, picc line, dialys*, hemodialys*, transfusion*, infusion*, perfusion*, iv therapy, iv antibiotic*, antibiotique* iv, intraveineu*, phlebotom*,
bloodlet*, saignee, plasmapher*, hyperbar*, feeding tube, tube feed*, gavage, peg tube, g tube, trach, tracheo*, trach change, ventilator*, oxygen,
oxygene, foot care, soins de pieds, peak flow, debit de pointe, glucometer*, glucometre*, lecteur de glycemie, glucose sensor*, biops*, fine needle,
ponction*, lumbar puncture, ponction lombaire, paracent*, thoracent*, aspirat*, culture de gorge, capteur de glucose, capteur de glycemie, capteurs de,
change the bag, changer le sac, changer votre sac, bag change, needle test
`,
  /** Ordinary words for any visit; with a name, a preparation or a result beside them they say more. */
  "procedure.cue": `
test, tests, testing, lab, labo, labs, laborato*, exam, exams, examen*, procedure, procedures, intervention*, treatment*, traitement*, therapy,
therapie*, monitor, device, appareil, machine, kit, kits, sample*, echantillon*, requisition, requete*, screening, depistage*, injection, needle,
vaccine*, vaccin*, immuniz*, shot, booster, rehab, readapt*, recheck, retest, redo, reprendre, refaire, removal, remove*, enlever, enleve, enlevent,
retirer, freeze, fitting, ajustement, numb, poser, insert*, take out, take off, come off, comes off, comes out, home by supper, take the bandage,
driver, cast, casts, brace, corset, operate, operation*, extraction, packing, laser, scope, scopes, scan, scans, scanner, radio, radios, echo, echos,
film, films, contrast, density, culture, cultures
`,
  "body/fasting": `
fasting, fasted, jeun, a jeun, jeuner, jeunez, nothing to eat, nothing to drink, nothing by mouth, nothing after midnight, nothing past midnight,
nothing after #, no food, no eating, no drink*, don t eat, do not eat, dont eat, not eat, don t drink, do not drink, without eating, eat nothing,
drink nothing, stop eating, stop drinking, skip breakfast, no breakfast, no supper, light breakfast, light meal, empty stomach, empty tummy,
empty belly, npo, rien manger, rien boire, ne rien manger, ne rien avaler, rien avaler, rien prendre, rien dans l estomac, ne pas manger,
ne mangez pas, mangez pas, mangez rien, mange pas, mange rien, ne buvez pas, buvez pas, buvez rien, pas manger, pas boire, pas de nourriture,
pas de dejeuner, pas de souper, sans manger, sans dejeuner, sautez le dejeuner, dejeuner leger, dejeune leger, repas leger, estomac vide, ventre vide,
le ventre vide, rien apres minuit, rien apres #, minuit la veille, rien depuis minuit, depuis minuit, after midnight, past midnight,
minuit c est minuit, apres minuit, clear fluid*, clear liquid*, clear broth, clear juice, clear apple, jus de pomme clair, liquides clairs,
liquide clair, diete liquide, liquid diet, low residue, low fibre, low fiber, faible en fibre*, sans residu*, residus, sips of water, with a sip,
petite gorgee, water only, only water, just water, juste de l eau, seulement de l eau, que de l eau, eau seulement, gorgees d eau, no coffee,
black coffee, no caffeine, caffeine free, caffein*, cafein*, no decaf, deca, pas de cafe, aucun cafe, sans cafe, no chocolate, no alcohol,
pas d alcool, aucun alcool, no gum, pas de gomme, no juice, no milk, pas de lait, no jello, no mints, no fat, pas de gras, no seeds, pas de noix,
red meat, viande rouge, beets, betteraves, eat normally, mangez normalement, fast for, fast from, please fast, you must fast, need to fast,
fast before, fast after, # hour fast, fast # hours, last bite, derniere bouchee, come hungry, light tonight, mangez leger, eat light,
nothing from midnight, rien a partir de minuit, nothing since the night, then only water, apres ca juste de l eau, chill it and use a straw,
avec une paille, salty lemonade, limonade salee, skip the coffee, no smokes, pas de cigarette, hungry,
only jello, jello and broth, broth, bouillon clair, rien a manger, un peu d eau, water s ok, water is ok, l eau c est correct, coffee isn t, clear soup, no solid*, pas de solide*
`,
  "body/bladder-bowel": `
full bladder, bladder full, vessie pleine, empty bladder, vessie vide, empty your bladder, videz votre vessie, vider votre vessie, urinez,
hold your pee, don t pee, do not pee, dont pee, don t go pee, don t go before, allez pas avant, retenez vous, avoir envie, glasses of water,
verres d eau, verre d eau, drink # glass*, drink # cups, drink # ml, drink _ litre*, drink the whole, drink all, drink half, boire # verres,
buvez # verres, buvez tout, buvez toute, whole jug, the jug, gallon, first litre, second litre, premier litre, deuxieme litre, prep kit, bowel prep,
the prep, your prep, prep drink, prep day, start the prep, preparation intestinale, la preparation, votre preparation, lavement*, enema*, laxatif*,
laxative*, near a toilet, proche d une toilette, first morning urine, first pee, first morning pee, premier pipi, premiere urine, urine du matin,
first thing pee, pee in the cup, pipi dans le pot, mid stream, midstream, mi jet, milieu de jet, pot sterile, collect your, keep it in the fridge,
fleet enema*, lavement fleet, drink a litre, buvez un litre, and hold it, retenez, don t use the washroom, allez pas a la toilette, ben de l eau,
lots of water from
`,
  "body/skin-clothes": `
no lotion*, no cream*, no powder, no deodorant, deodorant*, deodorisant*, antiperspirant, pas de creme, aucune creme, pas de lotion, pas de deo*,
pas de deodorant, pas de poudre, no makeup, no make up, sans maquillage, pas de maquillage, nail polish, vernis, no metal, pas de metal, no jewel*,
sans bijoux, aucun bijou, pas de bijou*, retirez vos bijoux, remove jewel*, remove all jewel*, underwire, baleine*, brassiere*, no zipper*,
fermeture eclair, two piece, deux pieces, 2 morceaux, loose cloth*, loose pants, loose fitting, comfortable cloth*, wear shorts, wear loose,
sleeves that roll, vetements amples, vetement ample, vetements confortables, linge ample, linge confortable, linge # morceaux, mettez un short,
portez un short, wear runners, running shoes, bring runners, souliers de course, chlorhex*, antibacterial soap, savon antisept*, savon antibact*,
hibiclens, pink soap, savon rose, clean sheets, draps propres, shower the night, shower with, shower w, wash with the, wash your hair, hair clean,
clean dry hair, cheveux propres, cheveux laves, cheveux secs, lavez vos cheveux, hair spray, hairspray, hair gel, sans gel, no gel, no oil, clean skin,
contacts out, no contact lens*, no contacts, leave contact*, enlevez _ lentilles, enlevez vos verres de contact, sans verres de contact,
pas de verres de contact, pupils, pupilles, no sunscreen, no tanning, ongles sans, hold still, bouger pas pendant, sleep deprived, stay up,
couchez vous a, couchez vous tard, privation de sommeil, oil in the night, huile la veille, sans metal, metal in you, metal dans le corps, any metal,
don t shave, do not shave, ne rasez pas, rasez pas, shave the, no bra, good bra, without a bra, hospital gown, wear a gown, rings and earrings,
leave your rings, vos bagues, vos boucles d oreilles, leave jewellery, button up shirt, chemise a boutons, no cream pls, stick things on,
faut que ca colle
`,
  "body/before-after": `
driver needed, need a driver, needs a driver, driver mandatory, need someone to drive, someone to drive you, someone to take you home,
someone to bring you home, have a driver, bring a driver, ride home, drive home after, drive yourself, can t drive, cannot drive,
won t be able to drive, no driving, quelqu un pour vous ramener, adulte pour vous ramener, pas conduire, ne pas conduire, ne conduisez pas,
conduire apres, pouvez pas conduire, pourrez pas conduire, prenez pas le volant, escort home, adult with you, adulte avec vous, stop _ week before,
stop _ weeks before, stop _ days before, stop _ before your, # days before, # jours avant, # h avant, # hours before, # hrs before, # heures avant,
the night before, la veille, that morning, ce matin la, morning of, day of the test, day of your, jour de l examen, jour du test, jour meme,
day before, hold _ before, cessez _ avant, cesser _ avant, arretez _ avant, arreter _ avant, take your meds with, usual meds, meds with a sip,
vos medicaments avec, medicaments habituels, abstain*, abstenir, no sex, no intercourse, day # of your, day of your period, no workout*, no exercise,
pas d exercice, biotin*, biotine*, no vitamins, hydrated, bien hydrate*, hold your morning, gardez vos pilules du matin, morning pills till after,
pills till after, pilules du matin
`,
} as const;
