/**
 * What words mean where somebody speaks of being texted, in English and in the French that is typed in Canada. Data: one
 * class an entry, its words as folded text has them (lower case, no accents). See Lexicon in ./tokens.ts for the notation.
 */
import type { Lexicon } from "./tokens.ts";

export const LEXICON: Lexicon = {
  // ——— asking for an end
  STOP: `stop stops stopp~ stahp stawp stopp arrete arretes arretez arreter arretons arretent arreterez arreteriez quit quitt~ cease~ ceas~
    discontinue discontinu~ halt halt~ desist refrain refrain~ knock_it_off cut_it_out cut_out lay_off back_off give_it_a_rest
    abstenir_de abstenez_vous_de vous_abstenir abstenir abstenez cess~ finissez finir lach~ slack~ suspendre suspend~ interromp~ stoper stopez
    stope arretter arrettez arrette aretez areter aretes arettez arretee interrupt~ cut_off knock_off mettre_fin mettez_fin put_an_end
    put_a_stop put_stop put_end`,
  END: "end ends ending ended fin finish finished terminate terminat~ termin~",
  CANCEL: "cancel cancel~ cancell~ canceler canceller cancelle cancellez annul~ anul~ annulle annuller annulation annulations",
  STOPPED: "stopped quitted ceased arretee arretees arretes cesse stoppe lache",
  HALTNOUN: "arret arrets cessation aret arets",
  UNSUB: `unsubscribe unsubscrib~ unsub unsubscription desabonn~ desabon~ desinscri~ desinscriv~ desinscrire desinscription desabonnement opt_out
    opting_out opted_out opts_out optout opt_me_out opt_us_out opt_her_out opt_him_out optouts deregister~ unregister unregist~ unenroll unenrol desenregistr~ disenroll
    desincri~ desinscript~ unsubscribtion de_sabonner des_abonner un_subscribe`,
  KEYWORDSTOP: "stop stopall unsubscribe arret",
  REMOVE: `remove remov~ delete delet~ erase eras~ strike struck scrub scrub~ wipe wip~ purge purg~ pull pull~ drop dropp~ untick uncheck
    unlist delist scratch enlev~ enleve retir~ effac~ supprim~ raye rayer rayez rayes biff~ radi~ radier ote oter otez otes otent sort sortez sortir sors decoch~ deinscri~
    desactive_mon flush~ exclude exclud~ exclu~ excluez exclure eliminate eliminat~ elimin~ detruis~ detruire detruisez
    dump get_rid_of debarrass~ barrer barrez debranch~ enlver enlevz enlve eneleve anleve anlever clear omit omet~`,
  TAKE: "take takes taking took taken get gets getting pull yank   ",
  OFF: "off out offa outta outa",
  TURNOFF: `disable disabl~ deactivate deactivat~ desactiv~ shut_off shut_down turn_off turned_off switch_off switch_it_off ferme fermez fermer couper coupez coupe kill kill~ mute
    mutes muted silence silenc~ debranch~ eteindre eteign~ eteins eteint unplug close_down end_the cut_the`,
  LOSE: "lose forget oubli~ forget_about",
  BLOCK: "block block~ bloqu~ barre barrer barrez",

  // ——— texting
  SEND: `send send~ sent text texts text~ texte texter textez textes textiez texto~ txt txts txting txted txter txtez textin texing txing message messag~ msg msging msging contact contacting
    contacted contact~ contacter contactez write writing wrote writ~ ping pings pinging pinged buzz buzz~ buzzing 
    spam~ spamming sms~ notify~ notify notifying notifi~ aviser blast~ reach reach~ envoy~ envoi envoie envoies envoient envoyer
    envoyez envoye envoyes ecrire ecrivez ecris ecrit ecrive ecriviez ecrivent transmett~
    joindre communiqu~ communicate~ communicat~ rentrent mail_me forward~ relanc~ texing textng txtng text_message joint jointe joints contactee rejoindre rejoint contactes ecrire_a`,
  SENDWORD: "send send~ sent envoy~ envoi envoie envoies transmett~",
  MSG: `text texts txt txts texte textes texto textos text_message text_messages text_msg text_msgs text_messaging texting text_reminders text_alerts
    message messages msg msgs mesage mesages messge messges messsages sms notification notifications notif notifs alert alerts alerte alertes reminder
    reminders rappel rappels messagerie messaging message_texte messages_texte messages_textes message_textes messages_text communications communication
    texting_service pings ping dings ding courrier_texte envois envoi robotext robotexts autotext autotexts broadcast broadcasts
    text_thing texting_thing txtos texto_message textage texte_message minimessages mini_messages remiders remindrs rapel rapels text_stuff texto_automatique
    texts_messages textmessages textmessage remainders blasts text_service service_texto service_de_texto service_de_textos service_de_messagerie service_sms systeme_de_texto texting_system systeme_de_messagerie texting_program`,
  REMINDER: "reminder reminders rappel rappels text_reminders rapel rapels remiders",
  THESE: `these those this that them it em ca cela ceci ces cette ces_affaires these_things this_thing this_stuff this_crap this_junk those_things
    affaires affaire trucs truc patente bebelles stuff`,
  ANYTHING:
    "anything nothing rien any ever quoi_que_ce_soit whatsoever zero aucun aucune none everything all tout tous zilch nada quelconque",
  RECEIVE: `receive receiv~ recieve reciev~ get gets getting got gettin recevoir recois recoit recoi recoive recevez recevais recevrai recevra rcevoir resevoir recu recus
    recieving recevoire avoir ravoir  getting_any`,
  LIST: `list lists texting_list text_list mailing_list contact_list liste listes list_d_envoi liste_d_envoi liste_de_diffusion diffusion system systeme sytem systme database
    base_de_donnees bdd records record file files fichier fichiers dossier dossiers computer ordinateur ordi roster registry registre plateforme platform program programme service
    services distribution machine software logiciel directory repertoire contacts phonebook banque_de_donnees rotation feed broadcast_list sms_list text_service service_texto service_de_texto service_de_textos service_de_messagerie service_sms systeme_de_texto texting_system systeme_de_messagerie texting_program`,
  ROBOT:
    "robot bot robots robo bots automated automatic auto automate automatise automatisee automatique automatiques automatises automatisees machine ia ai computer ordinateur intelligence_artificielle artificial_intelligence",
  ME: `me us myself ourselves moi nous m mwa meh my_husband my_wife my_mom my_mother my_father my_dad him her himself herself lui my_parents my_son
    mon_mari ma_femme ma_mere mon_pere mes_parents la_dame him_or_her`,
  SELF: "me us myself moi nous m here ici      ",
  I: "i im ive id ill we weve wed were j je jai on nous chu jsuis jveux",
  YOU: "you u ya yall vous tu t te toi your ur vos votre tes ton youre youve you_guys you_people ye",
  MINE: "my our mine mon ma mes notre nos this that ce cet cette mi the le la l",
  NUM: `# number num nbr numbr numero numeros numro no_de_cell no_de_tel numeros cell cellphone cell_phone phone phones phone_number mobile mobil line ligne telephone
    telephones tel cellulaire cellulaires cel portable device devices appareil appareils digits contact_info coordonnees handset iphone android tablette tablet
    cell_number cellulair celulaire celphone fone phone_no ph landline mobile_number numero_de_telephone numero_de_cell numero_de_cellulaire num_de_cell
    num_de_tel pager smartphone flip_phone pocket name nom work_phone work_cell company_phone home_phone`,
  NUMONLY:
    "# number num nbr numero numeros numro digits phone_number cell_number numero_de_telephone numero_de_cell numero_de_cellulaire mobile_number phone_no num_de_cell num_de_tel",
  DONT: "dont do_not don_t donot dnt doont please_no plz_no never dont_ever ",
  NOT: `not dont do_not don_t didnt did_not doesnt does_not never no nope cant cannot can_not wont will_not isnt is_not arent wasnt was_not couldnt wouldnt shouldnt
    havent hasnt aint neither nor without ne n pas point pu pus jamais aucunement nullement sans guere no_longer nolonger not_to werent hadnt needn neednt non`,
  NO: "no non nope nah zero pas pu pus plus aucun aucune fini finis finies finito nada not_a_single no_mas not_one zero",
  NOMORE:
    "no_more nomore no_mor nomor no_further no_additional no_longer no_longer_any plus_aucun plus_aucune plus_un plus_une pas_un pas_une not_another no_mas pu_aucun zero_more plus_jamais_de pu_jamais_de fini_les fini_la finis_les aucun_autre plus_un_seul ",
  NE: "ne n",
  PAS: "pas plus pu pus jamais rien point ",
  PLUS: "plus pu pus jamais rien plu",
  NEVER: "never jamais pu_jamais plus_jamais ever_again not_ever",
  NOLONGER: "no_longer not_anymore nolonger ",
  ANYMORE:
    "anymore any_more any_longer no_more again ever ever_again further longer encore desormais dorenavant henceforth going_forward from_now_on period point_final",
  WANT: `want wants wanting wanna wnat wish wishes wishing desire desir~ like need needs care require veux veut veulent voulons voulez vouloir voudrais voudrait voulais veu souhait~
    aimerais aimerait aimerions aimeraient aime tiens tient besoin envie agree consent consent~ accept~ accepte authorize authoriz~ autoris~ authoris~ permit wantin interested
    interesse interessee interess~ prefere prefererais prefer rather prefere prefers love `,
  WISH: "want wants wish wishes desire veux veut voulons veulent voudrais voudrait souhait~ aimerais aimerait aimerions desir~ need needs care besoin tiens voulais veu like interested interesse interessee wanna",
  RATHER:
    "rather prefer prefere prefererais prefers sooner aime_mieux aimerais_mieux aimerait_mieux prefere_ne prefer~ prefer preferons prefererions",
  PLEASE: `please pls plz plse pleas pleaz plese pleese plzz svp stp s_il_vous_plait s_il_te_plait sil_vous_plait sil_te_plait silvousplait kindly merci_de thx_for
    veuillez priere_de priere svp_de merci_d je_vous_prie si_vous_plait sivouplait silvouplait veuiller`,
  CAN: "can could would will pouvez pourriez peux pourrais peut pourrait pouvais voulez might may pourrai auriez faudrait possible pouviez",
  CANYOU: `can_you could_you would_you will_you can_u could_u would_u wld_you can_ya could_someone can_someone could_somebody can_somebody would_someone someone_please could_ya
    pouvez_vous pourriez_vous pouvez pourriez peux_tu pourrais_tu peux_tu_s auriez_vous voulez_vous could_the can_the could_we can_we may_we why_dont_you how_about_you how_bout_you
    would_you_mind you_can you_may you_could vous_pouvez vous_pourriez tu_peux can_y_all ask_you_to asking_you_to request_that request_to vous_demande vous_prie`,
  ASKED:
    "asked ask asks demande demandais demandait demander told tell said say says dit dis disait disais wrote asking requested request insist replied answered repondu written ecrit reponds texted typed hit pressed pese appuye clicked",

  // ——— limits and what is kept
  KEEP: `keep keeps continue continuez continuer continu gardez garde garder conserv~ laissez_moi_les maintenez 
 text_is_fine texts_are_fine texting_is_fine text_is_best text_is_good text_only texts_only text_works texts_ok text_ok     
 still_want still_need par_texto_seulement texto_seulement textos_seulement seulement_des_textos plutot_par_texto texto_c_est_correct textos_c_est_correct
 texting_here_is_fine texting_is_ok texting_works texts_work love_the_texts like_the_texts love_the_reminders`,
  ONLY: "only just juste seulement uniquement que_les rien_que solely strictly que_pour",
  EXCEPT: "except excepte unless sauf but_keep besides outside_of a_part other_than hormis excluding apart_from mis_a_part a_l_exception",
  WHEN: `before after during between until till til while past prior_to avant apres pendant durant entre jusqu jusque tant_que when_im when_i_am quand_je quand_chu quand_on lorsque
    at_night nights overnight la_nuit le_soir le_matin le_jour in_the_morning in_the_evening evenings mornings on_weekends weekends weekend on_sundays sunday sundays saturday saturdays
    le_dimanche dimanche le_samedi la_fin_de_semaine fins_de_semaine fin_de_semaine heures_de_bureau business_hours work_hours at_work au_travail late early tard tot so_early so_late
    le_lundi midi minuit midnight noon dinnertime supper souper diner bedtime class today tonight tomorrow`,
  DAY: `monday tuesday wednesday thursday friday saturday sunday tue tues wed thu thur thurs fri lundi mardi mercredi jeudi vendredi samedi dimanche
    january february april june july august september october november december janvier fevrier avril juin juillet aout septembre octobre novembre decembre`,
  SOON: "tomorrow tmrw tmr tonight demain today aujourdhui morning afternoon evening matin apres_midi soir week semaine month mois",
  CLOCK: "am pm h heures heure hrs oclock o_clock hour hours",
  NOISE: `marketing ads ad advert adverts promo promos promotion promotions promotional publicite publicites pub pubs survey surveys sondage sondages newsletter newsletters
    infolettre infolettres tips tip conseils wellness mieux_etre offers offres campaign campaigns campagne campagnes fundraising fundraiser dons donation satisfaction feedback_request
    nouvelles_de_la news events evenements announcements annonces bulletin ads_and facebook instagram flu_clinic_ads flu_clinic magazine flyers circulaires webinar webinaire contest concours`,

  // ——— other things that end, are removed or are stopped
  APPT: `appointment appointments appt appts apt appointement appointmnt apppointment apointment rdv rendez_vous rendezvous rv booking bookings booked visit visits visite visites slot
    consult consultation consultations followup follow_up suivi checkup check_up session sessions seance seances spot meeting procedure surgery operation chirurgie cleaning nettoyage
    exam examen physical ultrasound echo ecographie mri irm scan xray x_ray radio radiographie bloodwork blood_work blood_test blood_tests lab_work prise_de_sang prelevement prelevements
    labs colonoscopy colonoscopie mammogram mammographie test tests pap biopsy biopsie referral referrals reference requisition requete vaccin vaccins vaccine vaccines vaccination
    shot shots booster injection injections needle piqure physio physiotherapie physiotherapy ortho dental dentist dentiste dental_cleaning therapy therapie massage chiro class classes
    cours groupe group camp program_at atelier workshop treatment treatments traitement traitements chemo chimio dialysis dialyse transport van navette home_care home_visit home_visits
    infirmiere_a_domicile nurse_visit crown filling teleconsultation specialist specialiste docteur doctor doc md dr dre medecin derm dermato optometrist optometriste eye_exam`,
  DRUG: `pill pills pilule pilules medication medications medication~ medicament medicaments med meds medicine medicines drug drugs antibiotic antibiotics antibiotique antibiotiques
    prescription prescriptions rx refill refills renouvellement ordonnance ordonnances dose doses dosage tablet_a tablets comprime comprimes capsule capsules cream creams creme cremes
    ointment onguent drops gouttes syrup sirop inhaler inhalers puffer puffers pompe pompes patch patches timbre timbres insulin insuline metformin metformine prednisone cortisone
    lisinopril ramipril perindopril amlodipine ozempic wegovy trulicity mounjaro jardiance synthroid levothyroxine lipitor crestor rosuvastatin atorvastatin statin statine statines
    warfarin coumadin eliquis xarelto plavix aspirin aspirine asa advil ibuprofen motrin tylenol acetaminophen naproxen aleve celebrex gabapentin lyrica pregabalin tramadol dilaudid
    oxy oxycodone morphine codeine fentanyl suboxone methadone ativan lorazepam clonazepam zopiclone zoloft sertraline cipralex escitalopram celexa citalopram prozac fluoxetine
    effexor venlafaxine wellbutrin bupropion paxil cymbalta trazodone seroquel quetiapine abilify lithium ritalin concerta vyvanse adderall biphentin amoxicillin amoxicilline penicillin
    penicilline cipro keflex doxycycline nitro nitroglycerin blood_thinner blood_thinners water_pill bp_pills anticoagulant iron fer b12 vitamin vitamins vitamine vitamines vitamin_d
    steroid steroids cortisol birth_control contraceptif contraceptive contraceptives pilule_contraceptive la_pilule the_pill nexium pantoloc omeprazole pantoprazole tecta allergy_shots flonase ventolin symbicort advair singulair hctz
    lasix furosemide metoprolol bisoprolol beta_blocker potassium laxative laxatif probiotics supplements supplement accutane methotrexate humira tamoxifen letrozole hormone hormones hrt estrogen progesterone domperidone dispill dispills blister_packs nicotine champix
    gel lotion eye_drops nasal_spray dexamethasone antidepresseur antidepresseurs antidepressant antidepressants diclofenac colchicine allopurinol`,
  HABIT: `volant driving conduire waiting_room salle_d_attente smoking fumer cigarette cigarettes smoke vaping vapoter vape drinking boire alcool alcohol booze beer biere drugs pot weed cannabis gluten dairy lait sugar sucre coffee cafe meat eating manger eat diet
    regime hockey soccer working travailler job work exercises exercices exercise running sports sport gym school ecole pumping breastfeeding allaiter allaitement nursing dancing danse`,
  SYMPTOM: `he_passed_out she_passed_out passed_out passing_out coughing cough tousser tousse toux bleeding bleed saigner saigne saignement saignements vomiting vomi vomit vomir crying cries pleurer pleure pain pains douleur douleurs itching itch gratter pique
    sneezing hurting hurt hurts mal nausea nausee nausees diarrhea diarrhee diarrhee dizzy etourdissements etourdi headache headaches migraine migraines mal_de_tete fever fievre rash boutons cramps crampes hiccups hoquet shaking trembler tremble
    ringing sifflement palpitations breathing respire respirer ronfler snoring anxiety anxiete insomnia insomnie swelling enfle enflure nosebleed nosebleeds throbbing burning brule sweating sueur seizures
    convulse contractions thinking worrying sleeping peeing pisser uriner wheezing burping twitching spasms spasmes bouffees hot_flashes racing`,
  CALLING: `calling call calls called phoning phone_calls phone_call phonecalls phonecall voicemail voicemails voice_mail voice_mails boite_vocale appel appels appeler appelez appelle appelles appelait rappeler rappelez rappelle message_vocal messages_vocaux telephoner telephonez telephone_calls
    ring ringing_me coup_de_fil coups_de_fil robocall robocalls robocalling robocallings leaving_voicemails phone_me_at cold_calls callback call_back calling_me`,
  PAPER: `mail mails mailing letter letters lettre lettres poste post postal postcard postcards postale paper papers papier papiers envelope envelopes enveloppe enveloppes fax faxes faxing faxer statement statements invoice invoices facture factures bill bills billing releve releves
    cheque checks parking payment payments paiement prelevements_automatiques automatic_payments charging facturer charge card carte credit_card insurance assurance assurances claim reclamation subscription abonnement membership`,
  EMAIL:
    "email emails e_mail e_mails courriel courriels emailing emailed emailing_me courrier_electronique mel gmail hotmail couriel courrielle",
  WAITLIST: `la_file file_d_attente wait_list waiting_list waitlist waitinglist liste_d_attente liste_dattente cancellation_list liste_d_annulation standby_list short_notice_list urgent_list liste_prioritaire priority_list call_list
    emergency_contact contact_d_urgence personne_a_contacter personne_a_contacter_en_cas_d_urgence personne_ressource old_address ancienne_adresse address adresse allergy allergie allergies allergy_list medication_list med_list liste_de_medicaments patient_list liste_de_patients`,
  BODY: `stitches sutures suture points_de_suture points cast platre bandage dressing pansement pansements mole grain_de_beaute cyst kyste tube tubes catheter cathether sonde iud sterilet staples agrafes
    wart wax cerumen tooth teeth dent dents wisdom_teeth polyp polype broche broches pin splint attelle drain iv holter monitor moniteur balance solde fee frais note tumor tumeur lump bosse skin_tag gallbladder tonsils appendix nail ongle retainer brace braces`,
  PLACE: `bus_stop arret_de_bus arret_d_autobus arret_d_bus stop_sign panneau_d_arret stop_light stoplight pit_stop bus_stops stop_by stop_in stopping_by stopped_by stopping_in stopped_in stop_over drop_by drop_in full_stop non_stop nonstop stop_payment
    arret_de_travail arret_maladie arret_de_paiement arret_cardiaque arret_de_bus semaine_d_arret stop_watch door_stop last_stop l_arret_de next_stop stop_loss arret_maternite conge_maladie
    arret_de_l_autobus end_of_the end_of_month end_of end_up weekend_of by_the_end fin_de_mois fin_mars fin_juin fin_juillet fin_avril fin_mai fin_aout fin_septembre fin_octobre fin_novembre fin_decembre fin_janvier fin_fevrier
    fin_du_mois fin_de_semaine en_fin_de la_fin_de_mon la_fin_du the_end in_the_end dead_end fin_de_journee bonne_fin_de_journee bonne_fin_de_semaine stop_in_the_name`,
  RESULT:
    "results result resultat resultats form forms formulaire formulaires photo photos picture pictures study etude research recherche billing portal portail account compte receipt survey",
  DEVICE:
    "monitor meter glucometer pump app appli application watch montre cpap sensor capteur lecteur portal portail fitbit holter moniteur",
  BUS: "bus autobus train taxi navette shuttle elevator ascenseur car_stopped traffic trafic highway autoroute police",
  ORG: `pharmacy pharmacie pharmacist pharmacien pharmacienne shoppers jean_coutu rexall bank banque insurance assurance assureur insurer lab labo laboratoire laboratory hospital hopital hosp er emerg urgence clsc chsld specialist_office dentist_office
    telus rogers bell videotron fido koodo virgin_mobile amazon school ecole daycare garderie college university collections telemarketer telemarketers lifelabs dynalife blood_bank hema_quebec
    optician optometrist_office physio_place other_clinic autre_clinique their_office politicians election government gouvernement cra arc netflix doordash uber ebay canada_post postes_canada fedex ups costco walmart`,

  // ——— asking how
  HOW: `how hw comment how_do how_can how_to howto how_does how_would procedure marche_a_suivre la_facon facon_de way_to trick truc_pour the_trick moyen is_there_a_way is_there_any_way any_way
    anyway_to a_way y_a_tu_moyen y_a_t_il_moyen ya_tu_moyen est_ce_qu_il_y_a_moyen is_it_possible est_il_possible est_ce_possible c_est_possible possible_de ca_se_peut what_do_i_do what_do_i_reply what_do_i_type
    what_do_i_text what_do_i_have je_fais_quoi quoi_faire kosse que_faire qu_est_ce_que_je_fais what_should_i where_do_i where_can_i ou_est_ce ou_je_pese ou_peser quelle_est_la what_is_the_word what_word whats_the_word
    quel_mot what_number_do_i tell_me_how dites_moi_comment show_me_how where_is_the what_must_i steps_to button bouton off_button off_switch setting settings parametre parametres code_pour a_code unsubscribe_button option lien link how_come_i whats_the_trick the_procedure how_i where_s_the wheres_the where_is where_do who_do_i a_qui_je a_qui_dois who_should_i ou_c_est who_can_i what_do_i i_press je_pese pese_ou`,
  CANI: `can_i could_i may_i am_i_able can_we could_we est_ce_que_je_peux je_peux_tu puis_je peut_on est_ce_qu_on_peut on_peut_tu on_peut can_one can_a_person can_people peut_tu able_to possible_to do_i_have_to do_i_need_to
    suis_je_oblige suis_je_obligee faut_tu_que je_suis_tu_oblige chu_tu_oblige am_i_required must_i should_i dois_je devrais_je should_we can_someone_tell peut_on do_we_have_to is_there_an est_ce_qu_il_y_a y_a_tu_une y_a_t_il any_chance`,
  IF: "if si unless a_moins whether in_case au_cas advenant suppose",
  WHY: "why pourquoi how_come comment_ca_se_fait pkoi pourkoi kossa_donne why_do why_am why_are quesse_que kess",
  OFTEN: `again encore another still always toujours tjrs constantly constamment every_day every_single every_time every_hour each_day daily tous_les_jours chaque_jour a_chaque_jour a_tous_les_jours every_week non_stop nonstop sans_arret tout_le_temps all_the_time
 all_day toute_la_journee day_and_night jour_et_nuit twice three_times 3_times trois_fois deux_fois 2_fois 3_fois quatre_fois 4_times 5_times five_times times fois how_many combien repeatedly    
 nth enieme third_time second_time reminder_after_reminder over_and_over en_double in_triplicate duplicates doubles same_message meme_message same_text meme_texto same_thing meme_affaire meme_chose aux_deux_jours aux_2_jours a_tout_bout_de_champ
 keep_getting keeps_coming keep_coming keeps_buzzing continue_a continuez_a continue_de arrete_pas_de arretez_pas_de won_t_stop hourly weekly one_after nonstop`,
  MUCH: `too_many too_much trop tro way_too a_lot much many overkill excessive excessif excessifs abusive abuse abusif exagere exagerez exagerer bcp beaucoup beaucoup_trop plein ben_trop pas_mal enough assez suffit flooding flooded inonde bombard~ bombarde bombardement
    overload swamped nonstop thousand million millions mille 1000 100 ridiculous nombreux so_many tant_de autant_de tellement_de over_the_top`,
  ANNOYED: `annoying annoy~ annoyed annoyance irritating irritat~ irritant irritants irrite enerv~ enervant enervants enerve enervee fatiguant fatigant fatigants fatigante fatigue_de tanne tannee tannes tannant tannants tannante ecoeure ecoeuree ecoeurant ecoeurants ecoeurantes ecoeurer
    harcelement harassment harassing harassed harcele harcelee harcelant spam spammers spammy spamming pollution polluer pollue pollupostage pourriel junk junk_texts nuisance bothersome pest pests intrusive intrusif intrusifs intrusion invasive invasif pushy insistant insistants
    fed_up sick_of tired_of sick_and_tired had_it had_it_up had_enough up_to_here plein_mon_casque mon_casque plein_le_dos plein_le_casque ras_le_bol bout_de_mes a_bout marre ecoeurantite rude impolite impoli bete impolis unprofessional unacceptable inacceptable ridicule ridicules absurd absurde insulting
    creepy creeps weird bizarre stressful stressant stressants stress~ scares scare scary fait_peur peur_a angry furious fache fachee en_colere mad frustrat~ frustrant frustrants frustre frustree frustrating frustrated upsetting upset disappointed decu decue decevant complaint complain complained complaints complaining plainte plaindre plains porter_plainte
    disturbing disturb~ disturbed disturbs deranger derange derangeant derangeants derangent reveille reveillez reveillee reveiller woke woken wakes wake waking ding dings dinging buzzing buzzed buzzes vibre vibrer sonne sonner beep beeping beeps bip bips agacant agacants agace agacent agacee agacer achalant achalants achalante gossant gossants gosse gossent gosser tapant
    bored worse_than pires_que worst pire disruptive inappropriate inapproprie deplace deplaces indiscret indiscrets dislike hate hates detest~ deteste hais hais haissable hate_these cant_stand not_appreciate dont_appreciate apprecie_pas j_apprecie pas_normal pas_correct pas_le_temps not_cool not_ok not_okay not_acceptable
    seriously serieusement serieux come_on franchement voyons kidding calm_down wo wo woah chill chill_out relax ugh argh jeez geez omg wtf tabarnak tabarnouche calisse osti caline maudit maudits maudite damn damned bloody freaking fricking goddamn merde criss crisse viarge
    saoule saoulent saoulant soule soulent casse_pieds lourd lourds chiant chiants emmerd~ gonfle gonflent epuisant epuisants exhausting overwhelming overwhelmed deborde depasse headache_with creve_coeur crazy fou folle nuts rend_fou drives_me drive_me_crazy driving_me nonsense niaiserie niaiseries niaiseux
    pain_in_the_butt pain_in_the_neck embarrass~ embarrassing embarrassed embarrassant genant genants gene genee honte ashamed mortified confuses confusing confusing confused incomprehensible incomprehensibles melant melants mele melee invades invading privacy vie_privee confidentiality confidentialite indiscretion private prive privees breach bug bugging bother bothering bothers pester pestering achale achaler achalez harceler collants collant fatigue de_trop`,
  COST: `cost costs costing charge charges charged charging billed bill billing expensive pay paying pays paid cents cennes piasses dollars dollar roaming itinerance forfait plan data_plan prepaid prepaye per_text par_texto a_l_unite coute coutent couter coutant payer paye paie paies cher chers chere facture factures fees frais`,
  PRIVACY:
    "kids_can_see kids_see wife_sees husband_reads boss_sees lit_mes reads_my reads_them read_them see_it voient voit lit lisent roommates roommate colocs coloc coworkers collegues lock_screen ecran shared partage regarde regardent looks_at checks_my fouille fouillent nosy everyone_can tout_le_monde",

  // ——— not the right person
  WRONG: `wrong_number wrong_num wrong_nbr wrong_numbr wrong_no wrong_person wrong_phone wrong_guy wrong_girl wrong_lady wrong_man wrong_woman wrong_cell wrong_# wrong_digits wrong_patient wrong_contact wrong_family wrong_house wrong_fella wrong_dude wrong_gal wrong_chick wrong_numero wrong_personne mauvais_numero mauvais_num mauvaise_personne
    mauvais_number mauvais_tel mauvais_telephone mauvais_cell mauvais_patient pas_le_bon_numero pas_le_bon_num pas_la_bonne_personne pas_le_bon_patient bad_number incorrect_number not_the_right_person not_the_right_number pas_la_personne misdial misdialed mis_dialed faux_numero erreur_de_numero erreur_sur_la_personne trompe_de_numero trompez_de_numero trompe_de_personne trompez_de_personne vous_trompez vous_vous_trompez tu_te_trompes
    numero_errone wrongnumber wrong_people wrong_recipient mauvais_destinataire erreur_de_destinataire mistaken_identity wrong_mom wrong_dad wrong_name not_the_patient pas_le_patient pas_la_patiente mauvais_no`,
  NOTME: `not_me aint_me isnt_me not_mine pas_moi pas_a_moi pas_le_mien pas_la_mienne pas_les_miens not_my_appointment not_my_name not_my_number not_for_me pas_pour_moi pas_mon_nom pas_mon_rendez_vous pas_mon_rdv not_my_appt not_my_kid not_my_child
    someone_else somebody_else quelqu_un_d_autre quelquun_d_autre another_person une_autre_personne autre_personne other_person not_who_you pas_celui_que pas_celle_que meant_for destine_a not_intended isnt_mine isn_t_mine nt_mine`,
  NOBODY: `nobody_here no_one_here nobody_by no_one_by nobody_named no_one_named no_such_person personne_ici personne_de_ce_nom personne_de_ce_nom_la no_body_here by_that_name de_ce_nom du_nom_de named called_that there_is_no theres_no there_isnt there_no no_one_called nobody_called ya_pas_de y_a_pas_de il_n_y_a_pas_de y_a_pas
    y_a_personne aucun_patient no_patient_here not_here_anymore no_longer_at_this doesnt_live_here does_not_live_here reste_plus_ici habite_plus_ici reste_pu_ici vit_plus_ici habite_pu_ici lives_here demenage_d_ici`,
  DONTKNOW: `dont_know do_not_know don_t_know connais_pas connait_pas connaissons_pas connais_aucun connais_aucune no_idea_who never_heard jamais_entendu jamais_entendu_parler who_is whos who_s qui_est c_est_qui cest_qui kes_qui qui_ca aucune_idee_c_est_qui idk_who dunno know_no_one know_any know_a inconnu inconnue unknown_to stranger etranger sais_pas_c_est_qui`,
  NEVERPATIENT: `never_been_to never_been_a_patient never_been never_went jamais_mis_les_pieds jamais_alle jamais_allee jamais_ete jamais_eu_de_dossier not_a_patient pas_patient pas_patiente not_your_patient pas_votre_patient jamais_ete_patient no_file_with aucun_dossier pas_de_dossier im_in_halifax never_had dont_go_to never_set_foot`,
  OLDPHONE: `used_to_have_this used_to_be previous_owner former_owner old_owner ancien_proprietaire ancienne_proprietaire person_before personne_avant had_this_number ai_ce_numero j_ai_ce_numero got_this_number new_number_from i_got_this inherited herite new_owner new_owners nouveau_proprietaire nouvelle_proprietaire just_got_this_number
 eu_ce_numero had_this_phone has_this_phone this_phone_belongs this_number_belongs belongs_to appartient appartenait belonged no_longer_has_this no_longer_uses n_utilise_plus reassigned reattribue recycled tenant tenants locataire locataires changed_his_number changed_her_number
 this_is_a_business fax_line changed_hands change_de_mains old_number_of roommate_in basement_suite sim_before sim owned_this had_it_before numero_de_quelqu_un this_used_to used_to_be_my c_etait_le_cell c_etait_le_tel etait_le_cell etait_a_mon etait_a_ma`,

  // ——— gone
  DEATH: `died dead dies death deceased deceaced decease decede decedee decedes deces mort morte morts mourut mourir passed_away passed_on has_passed he_passed she_passed have_passed dad_passed mom_passed recently_passed passed_last passed_in passed_this passed_yesterday passed_peacefully passing perdu_la_vie rendu_l_ame eteint eteinte quitte_ce_monde
    nous_a_quittes nous_a_quitte nous_a_quittee nous_ont_quittes left_us lost_him lost_her lost_my_husband lost_my_wife lost_my_mom lost_my_dad lost_my_mother lost_my_father lost_our lost_his_battle lost_her_battle lost_the_battle perdu_papa perdu_maman perdu_mon_pere perdu_ma_mere perdu_mon_mari perdu_ma_femme perdue_hier perdu_hier on_l_a_perdu on_l_a_perdue
    funeral funerals funerailles funerarium obituary obit avis_de_deces buried burial enterre enterree enterrement inhumation cremation cremated crematorium coroner estate succession executor executrix liquidateur liquidatrice will_executor no_longer_with_us not_with_us isnt_with_us plus_parmi_nous pu_parmi_nous plus_de_ce_monde pu_de_ce_monde plus_la
    rest_in_peace rip in_heaven au_ciel gone_to_heaven partie_au_ciel parti_au_ciel paradis memory_of widow widower veuve veuf late_husband late_wife late_mother late_father feu_mon feu_ma defunt defunte trepas died_on stillborn stillbirth miscarried n_a_pas_survecu didnt_survive
    emporte_par succumbed succombe suicide_of s_est_enleve_la_vie est_partie_pour_toujours condolences condoleances salon_funeraire celebration_of_life memorial laid_to_rest put_to_rest ashes cendres took_lou cancer_took heavy_hearts avec_tristesse rejoindre_sa depart_de fini_de_souffrir finished_suffering crossed_over gone_to_be_with not_alive`,
  KIN: `my_husband my_wife my_mom my_mother my_father my_dad my_parents my_son mon_mari ma_femme ma_mere mon_pere mes_parents husband wife mother father mom mum mommy mummy dad daddy son daughter brother sister grandma grandmother grandpa grandfather granny nana nan aunt uncle cousin nephew niece parents kid kids child children baby boyfriend girlfriend partner spouse
    mari femme mere pere maman papa fils fille frere soeur grand_mere grand_maman grand_pere grand_papa meme pepere mamie papi tante oncle matante mononcle cousine neveu parents enfant enfants bebe chum blonde conjoint conjointe epoux epouse belle_mere beau_pere roommate neighbour neighbor voisin voisine gars meme memere
    patient patiente resident resident residente client cliente he she they il elle ils elles him her his`,
  MOVED: `moved moving demenage demenagee demenages demenager relocated relocating left_town left_the_province out_of_province out_of_town new_city nouvelle_ville moved_away moved_to moved_back no_longer_in_the plus_dans_le_coin plus_dans_la_region vit_a vis_a reste_a restons_a live_in_another lives_in retourne_en retournee_en retournes_en partis_de parti_de gone_home
    ontario alberta saskatchewan manitoba bc quebec nova_scotia nouvelle_ecosse nouveau_brunswick new_brunswick pei newfoundland terre_neuve yukon nunavut vancouver toronto montreal calgary edmonton regina saskatoon winnipeg ottawa gatineau halifax moncton laval sherbrooke kelowna victoria australia australie france europe mexico mexique florida floride arizona`,
  ELSEWHERE: `another_clinic a_different_clinic different_clinic other_clinic new_clinic une_autre_clinique autre_clinique nouvelle_clinique another_doctor a_different_doctor different_doctor new_doctor new_family_doctor nouveau_medecin nouveau_docteur nouvelle_docteure nouvel_medecin autre_medecin autre_docteur another_office another_practice another_practitioner new_practice
    another_dentist new_dentist nouveau_dentiste autre_dentiste une_autre_dentiste un_autre_dentiste another_provider elsewhere ailleurs switched switched_clinics switched_doctors switched_to changed_clinics changed_doctors change_de_clinique change_de_medecin change_de_docteur change_de_dentiste changer_de_clinique my_file_transferred
    no_longer_a_patient not_a_patient_anymore no_longer_your_patient not_your_patient not_your_patient_anymore plus_patient plus_patiente pu_patient pu_patiente pus_patiente plus_client plus_cliente pu_client pu_cliente plus_chez_vous pu_chez_vous left_the_practice left_your_practice left_your_clinic leaving_your_clinic leaving_your_practice quitte_votre_clinique quitte_la_clinique quitter_votre_clinique
    found_a_doctor found_a_family_doctor found_another found_a_new trouve_un_medecin trouve_un_docteur trouve_un_autre trouve_une_autre wont_be_back wont_be_coming_back not_coming_back not_coming_in_again never_coming_back j_irai_plus j_irai_pu retournerai_plus retournerai_pu reviendrai_plus reviendrai_pu pas_revenir not_returning closed_my_file close_my_file fermez_mon_dossier fermer_mon_dossier ferme_mon_dossier close_our_file
    fired_me_as_a_patient retired pris_sa_retraite a_pris_sa_retraite gmf suivi_ailleurs suivie_ailleurs suivis_ailleurs inscrit_ailleurs registered_elsewhere not_at_your_practice aged_out turned_18 18_ans someone_closer somebody_closer closer_to_home change_de_ville change_de_dentiste change_de_place autre_place new_health_centre outgrew outgrown moved_my_care my_wifes_doctor at_ste_justine family_doctor_in medecin_de_famille_a viens_plus_vous venu_plus no_more_visits went_elsewhere va_ailleurs voit_le_pediatre see_a_pediatrician aged_out fini_mes_etudes for_good_now inscrite_ailleurs`,

  // ——— another channel
  PREFER:
    "prefer prefere prefererais prefers rather sooner better mieux plutot instead a_la_place au_lieu ideal easier plus_facile plus_simple best meilleur works_better work_better suits_me convient nicer favour favor aime_mieux aimerais_mieux",
  CALLME: `call_me phone_me ring_me call_us call_my call_instead call_only phone_only just_call please_call pls_call call_please phone_call phone_calls calls phonecall call_the_house call_the_landline phone_instead ring_instead by_phone over_the_phone on_the_phone the_landline land_line landline home_phone house_phone telephone_call voicemail voice_message leave_a_message leave_a_voicemail
    appelez_moi appelle_moi appeler_moi m_appeler me_telephoner telephonez_moi telephonez appelez appelez_donc un_appel par_telephone au_telephone telephone_fixe ligne_fixe tel_maison a_la_maison a_maison coup_de_fil coup_de_telephone message_vocal messages_vocaux boite_vocale appel_seulement appels_seulement parler_a_du_vrai_monde vrai_monde de_vive_voix real_person a_person live_person hear_a_voice a_voice human_voice une_voix repondeur answering_machine home_machine machine_at_home ring_the_house call_the_home leave_a_message_on joindre_par_telephone rejointe_par_telephone rejoint_par_telephone parler_a_quelqu_un`,
  ELETTER: `email e_mail emails courriel courriels mail_me mail_it by_mail by_letter letter letters lettre lettres par_la_poste la_poste poste postal post portal portail app whatsapp messenger signal facebook telegram imessage fax messages_on_the_portal online_portal in_writing by_post write_me_a_letter mychart my_chart patient_portal dossier_en_ligne letters_only par_la_malle la_malle by_snail_mail snail_mail computer ordi mon_ordi laptop whatsapp_me dm`,
  CANTREAD: `cant_read cant_see cannot_read cannot_see can_t_read blind legally_blind low_vision malvoyant malvoyante aveugle glasses lunettes eyesight vue_basse vois_pas vois_mal voit_pas lis_pas lit_pas sait_pas_lire illiterate small_print too_small tiny trop_petit hands_shake mains_shakent mains_tremblent arthritis arthrite
 not_good_with pas_bon_avec pas_bonne_avec pas_doue don_t_do_texts dont_do_texts dont_check_texts never_check regarde_jamais regarde_pas landline_only rotary flip_phone vieux_telephone old_phone not_tech technologie technology old_fashioned elderly stutter trop_gros too_big fat_fingers reading_is_poor poor_reader dyslexique dyslexic dyslexia pas_les_pitons pitons lit_pas_bien can_t_see read_it_to_me underground`,

  // ——— starting again
  START: `start start~ started starting resume resum~ restart restart~ begin beginn~ reinstate reinstat~ reactivate reactivat~ reactiv~ activ~ activate activat~ recommenc~ commenc~ commencer repren~ reprenez reprendre reprenne debut~ demarr~ redemarr~ repart~ repartir repartez retabl~ retablir retablissez re_start re_commencer
    re_activate renew_my relanc~ restor~ restore reouvr~ rouvr~ unblock unblock~ debloqu~ unmute enable enabl~ re_enable kick_back fire_up remett~ remets remettre remettez remet commencer recommencer reprendre debuter redemarrer redemarrez`,
  STARTKEY: "start unstop subscribe resubscribe optin commencer recommencer reprendre abonner reabonner",
  SUBSCRIBE: `subscribe subscrib~ resubscribe resubscrib~ resubcribe re_subscribe abonn~ abonner reabonn~ re_abonner s_abonner m_abonner opt_in opt_me_in opting_in optin opt_me_back opt_back_in opt_us_in reinscri~ reinscriv~ reinscrire reinscription re_inscri inscri~ inscrire inscrivez inscris sign_me_up sign_us_up sign_up sign_me_back
    signed_up re_enroll re_enrol reenroll reenrol enroll enrol enroll~ reregister re_register put_me_back put_us_back add_me_back add_me add_us add_my rajout~ rajoute rajoutez ajout~ rebranch~ remettez_moi remets_moi re_add abonner reabonner subscribe resubscribe abonnez abonne`,
  BACK: "back again encore de_nouveau a_nouveau re like_before comme_avant as_before once_more resume anew another_chance",
  UNDO: "undo undid unstop un_stop reverse cancel_my_stop annuler_mon_arret annulez_mon_arret annuler_mon_desabonnement annulez_mon_desabonnement annuler_mon_stop annulez_mon_stop defaire defaites take_back take_it_back took_back retire_mon_arret retire_mon_stop enlevez_mon_desabonnement enlever_mon_desabonnement unopt scrap_my_stop ignore_my_stop",
  MISTAKE: `stop_by_mistake stop_by_accident mistake by_mistake by_accident accident accidentally accidently par_erreur erreur par_accident accidentellement oops oups whoops didnt_mean did_not_mean pas_fait_expres sans_faire_expres pocket inadvertently wrong_conversation wrong_thread regrette regrets regret changed_my_mind change_d_idee change_d_avis changed_our_mind switched_my_mind mind_changed`,
  MISS: "miss missed missing manque manquer manques manquee ennuie m_ennuie forgot_an oublie_mon",

  // ——— asking about the service
  WHO: "who whos who_s qui c_est_qui whose a_qui de_qui which_clinic quelle_clinique who_dis who_this",
  REALNESS:
    "robot bot real_person real_human human vraie_personne vrai_monde personne_reelle automated automatic automatique machine scam arnaque fraude fraud legit legitimate legitime phishing hameconnage fake vrai_numero real_number really_you really_from vraiment_vous vraiment_la_clinique trust fier safe secure securitaire securise securises securisee secured encrypted chiffre confidentiel confidentielle confidential",
  READBY:
    "reads read lit lisez lisent monitored surveille see_these see_my sees voit someone_there anyone_there quelqu_un_la y_a_tu_quelqu_un y_a_quelqu_un anybody_there anyone_read checks check reply_here repondre_ici respond_here write_here ecrire_ici",
  SERVICE:
    "this_service ce_service text_service service_texto service_de_texto service_de_textos texting_service service_de_messagerie service_sms systeme_de_texto texting_system short_code",
  TONGUE:
    "french francais anglais english spanish espagnol punjabi cree cri arabic arabe mandarin chinese chinois ukrainian ukrainien tagalog creole language langue languages langues",
  WORKS: "work works working marche fonctionne marchent fonctionnent",
  KEPT: "kept keep saved stored recorded printed gardes garde conserves seen shown read private secure secured confidential confidentiel confidentiels confidentielle prives prive vus vu lus lu chart record dossier doctor docteur medecin nurse infirmiere desk reception secretary secretaire staff",
  HELPWORD: "help aide info infos information informations aidez assistance",
  WHAT: "what whats quoi qu_est_ce que_est kosse c_est_quoi cest_quoi kesse quel quelle quels what_is which",

  // ——— courtesy and what surrounds a keyword
  POLITE: `famille family please pls plz plse pleas pleese svp stp sil vous plait s_il_vous_plait s_il_te_plait sil_vous_plait sil_te_plait silvousplait kindly thanks thank thank_you thankyou thx thnx tks ty tyvm tanks thanx much so_much very_much many merci mercii mrci merci_beaucoup merci_bien merci_ben ben beaucoup bcp mille_mercis gracias
    hi hello hey heya hiya yo dear good_morning good_afternoon good_evening good_day good morning afternoon evening day bonjour bonsoir bjr bsr allo alo salut slt coucou bon matin hello_there there madame monsieur mme mr mrs ms sir maam miss mam m 
    ok okay k okey oki right now rn right_now immediately immediatement maintenant tout_de_suite asap deja_la alright d_accord daccord sorry desole desolee pardon excuse_me excusez excusez_moi
    bye goodbye ciao au_revoir bonne_journee bonne_soiree bonne_fin_de_journee bonne_fin_de_semaine bonne_nuit a_bientot cheers regards best_regards kind_regards kindest_regards warm_regards best respectfully sincerely yours_truly yours truly cordialement bien_a_vous bien_a_toi salutations respectueusement amicalement love xo xox xoxo xx x love_you love_you_guys you_guys you
    god_bless god_bless_you god_bless_you_all bless blessings have_a_good_day have_a_nice_day have_a_good_one have_a_great_day have_good_day nice_day take_care for_everything for_your_help pour_tout de_votre_comprehension d_avance in_advance appreciated appreciate_it lol haha hehe mdr ptdr hun hon bro man dude guys team folks indeed then though alors donc la bon bin ben tse genre just juste
    from de la part_de it is its c_est cest this here ici my name is mon nom est je_m_appelle signed signe sent_from_my_iphone sent_from_my sent_from envoye_de_mon_iphone envoye_de_mon iphone samsung galaxy and et & `,
  THANKS: `please pls plz plse svp stp s_il_vous_plait s_il_te_plait sil_vous_plait sil_te_plait kindly thanks thank thank_you thankyou thx thnx tks ty merci mercii mrci ok okay k bye cheers now right_now maintenant immediately immediatement tout_de_suite asap la bon donc lol already
    god_bless regards cordialement bonne_journee have_a_good_day bro man dude guys hein alright completely altogether permanently entirely too also aussi`,
  SIGN: "🙏 🙂 😊 😀 😃 😄 😁 😅 😂 🤣 😉 😍 🥰 😘 👍 👋 ✌ ❤ 💕 💙 💖 💜 🌸 🌷 🎉 🤗 😇 ☺ 🙏🏻 🤷 😡 😠 🤬 😤 😒 🙄 😑 😐 😞 😔 😢 😭 🤦 💐 🌹 ✨ 🌞 ☀ 🤔 😩 😫 🤐 📵 🔕 🚫 🛑 ✋ ⛔ 👎 🙅 ❌ ✅ ❗ ‼ ❓ *",
  STOPSIGN: "🛑 ✋ ⛔ 🚫 🙅 👎 📵 🔕 ❌ 🤚 🖐",

  // ——— what only together with something else says that texts are not wanted
  GETOFF:
    "get_off get_out getting_off getting_out come_off go_off debarquer debarque sortir partir me_sortir be_off rid get_rid debarrasser desinscrire enlever_de se_retirer retirer off_button bye_bye",
  CHOICE:
    "choice choix obligatoire mandatory compulsory required oblige obligee obliges forced refuse refuser decline say_no dire_non opt_out optional optionnel have_to_get have_to_receive need_to_get",
  REPLY:
    "reply replied repondre reponds repond respond type typed write wrote ecrire ecris ecrit press pese peser peses pesez hit click clique cliquer send sent texted tape taper appuyer appuie said dit fait tried did put",
  THEIRS:
    "hers his theirs not_mine a_lui a_elle le_sien la_sienne les_siens someone_elses somebody_elses d_un_autre de_quelqu_un another_person someone_else somebody_else quelqu_un_d_autre son_ex his_ex her_ex roommates",
  SHARED:
    "shared partage tablet tablette family_phone whole_house toute_la_famille babysitter gardienne nanny work_phone boss_s roommate coloc",
  NOPATIENT:
    "your_patient votre_patient votre_patiente patient_of_yours your_clinic votre_clinique vos_patients one_of_yours you_guys you_people you_folks vous_autres chez_vous your_practice your_office a_votre_place your_place",
  AFTERDEATH:
    "obituary funeral funerals funerailles buried burial enterre enterree enterrement cremation cremated coroner memorial condolences condoleances ashes cendres estate succession",
  CAREHOME:
    "hospice nursing_home care_home long_term_care chsld residence foyer lodge palliative soins_palliatifs maison_de_soins retirement_home manoir",
  DOCTORISH:
    "doctor doc docteur docteure medecin pediatrician pediatre dentist dentiste clinic clinique practice gp nurse_practitioner infirmiere_praticienne provider physician family_doctor medecin_de_famille naturopath specialist",
  NOUSE:
    "waste useless pointless comical exaggerated exagere ridiculous ridicule overkill intrusive intrusif unprofessional professionnel harassed harcele harcelee harassment harcelement stressed stresse anxiety anxiete nerves nerfs marre tanne tannee achalant achalants fatigant fatigants annoying ecoeure ecoeuree ecoeurez ecoeurant gossant gossants bugging bothered embarrassing genant",

  // ——— plain answers
  YESNO:
    "yes y yep yup yeah ya yess yes_please oui o ouais oue no n non nope nah ok okay k c confirm confirmed confirme je_confirme 1 2 3 confirmer d_accord daccord sure perfect parfait absolutely absolument present presente",
  COME: "come coming viens viendrai viendra be_there see_you see_u a_demain attend je_serai serai_la arrive j_arrive on_my_way en_route ",
  FRIENDLY:
    "love great super parfait handy pratique pratiques helpful utile utiles useful appreciate apprecie j_aime i_like excellent wonderful fine correct correcte beau good bon bons bonne cool",

  // ——— people, places of work and things that speak for or against
  BAR: "and or but et ou mais pis puis because cause car so then before after when if quand si who which qui parce faque since although",
  HEDGE: "peut_etre maybe perhaps might possibly wondering",
  BOTHER:
    "bug bugging bother bothering bothers pester pestering harass harassing harceler harcelez achale achaler achalez achalent derange derangez deranger importuner importunez ecoeurer ecoeurez gosser gossez talonner talonnez poke poking hound hounding nag nagging",
  GOTIT: `we_get_it i_get_it we_got_it got_it_already get_the_point got_the_message i_heard_you heard_you on_a_compris j_ai_compris j_avais_compris on_avait_compris on_le_sait je_le_sais i_know_already i_know_about already_know le_sais_deja deja_su already_said_yes deja_dit_oui already_confirmed deja_confirme i_already yes_yes oui_oui can_read_a_calendar calendrier_la agenda_la`,
  SAW: "saw_that saw_it saw_your saw_my saw_the vu_ca vu_votre vu_mon vu_le lu_votre lu_mon read_your read_it_before read_that a_lu a_vu asking_questions poser_des_questions poses_des_questions reads_my reads_everything reads_this looks_at_my jaloux jalouse jealous suspicious awkward",
  ONLIST:
    "put_me_on put_us_on m_a_mis m_ont_mis got_on_this on_this_list on_your_list on_that_list mis_sur mis_la_dessus ramasse_sur signed_me_up m_a_inscrit m_a_inscrite m_avez_mis how_i_got on_a_list",
  FEWER:
    "fewer less moins ease_up slow_down slow_it_down tone_it_down tone_down cut_back cut_down calmer calmez calme_toi relax chill ralentir ralentissez diminuer diminuez espacer reduire reduce limit_the wo_les wo_la one_is_enough one_is_plenty un_suffit une_fois_suffit plenty",
  AILING: "sick ill tired pain hurts sore fever nausea malade fatigue fatiguee mal douleur",
  BUSINESS: `business businesses office shop store garage restaurant pizzeria pizza plumbing plumber plombier electrician electricien salon barber barbier daycare garderie hotel motel firm law_firm trucking outfit company compagnie entreprise
    commerce magasin boutique depanneur dealership concessionnaire church eglise farm ferme warehouse entrepot county switchboard receptionist boulangerie bakery cafe bar station depot construction landscaping paysagement resto fleuriste florist
    taxi_company school_board commission_scolaire work_phone work_cell work_line business_line company_phone company_cell personal_line shelter refuge fax_machine telephone_de_garde centre_de guard_shack contractor entrepreneur`,
  PET: "dog dogs cat cats chat chats chien chiens puppy kitten horse cheval hamster rabbit lapin pet minou pitou",
  OWNTEXT: `meant_to meant_that_for meant_for_my was_for_my was_for_someone was_for_the_babysitter ignore_my disregard ignore_that ignore_last my_last_text my_last_message mon_dernier_message mon_dernier_texto c_etait_pour_ma c_etait_pour_mon c_etait_pour_mes c_etait_pas_pour_vous pas_pour_vous pas_a_vous
    not_for_you i_sent sent_that sent_by_mistake sent_it_to_the envoye_par_erreur kid_grabbed grabbed_the_phone pocket_dial butt_dial autocorrect autocorrecteur typo faute_de_frappe voulais_ecrire voulais_texter texted_you_by sent_you_by wrong_chat wrong_thread mauvaise_conversation nevermind never_mind nvm laissez_faire laisse_faire scratch_that`,
  RESCHED: `reschedule reschedul~ rebook rebook~ postpone~ postpon~ push_it push_back bump new_time another_time different_time another_day different_day deplacer deplac~ repousser repouss~ reporter report_er
    changer_d_heure autre_date autre_journee autre_heure switch_to swap trade running_late late retard en_retard show_up bail cant_come can_t_come cant_make peux_pas_venir peux_pas_etre`,
  MISSEDTEXT: `resend re_send send_again send_it_again renvoyer renvoyez didnt_get did_not_get never_got didnt_receive did_not_receive not_received pas_recu pas_eu_de deleted_your deleted_the erased_your efface_votre cut_off came_through_blank blank coupe arrive_coupe link_doesnt lien_marche wont_open ouvre_pas cant_open
    what_time_was your_text_says your_message_says the_text_says the_message_says the_reminder_says le_message_dit le_texto_dit votre_message_dit votre_texto_dit dit_mardi it_says got_your_text got_your_message recu_votre`,
  BUZZ: "buzz buzzes buzzed buzzing ding dings dinged dinging ping pings pinged went_off go_off goes_off going_off rang rings lights_up lit_up lighting_up pops_up popped_up came_up sonne sonnait sonner vibre vibrait vibrer bip beep beeps beeping chime allume blowing_up blows_up in_my_pocket",
  SLEEP:
    "sleep sleeping asleep night_shift nights dors dormais dormir dort reveille reveiller reveillez woke wakes waking nap sieste in_bed couche couchee lit_la_nuit insomniac work_nights travaille_de_nuit shift_de_nuit overnight",
  SITUATION:
    "interview entrevue meeting reunion funeral funerailles mass messe church class classroom teaching court tribunal boss patron driving conduis conduire supper souper dinner breakfast dejeuner movie cinema theatre concert coworkers collegues in_laws beaux_parents kids_can_see bus_full everyone_saw tv televison television work job travail",
  EXCLAIM: `good_grief for_pete_s_sake for_petes_sake for_crying_out_loud for_gods_sake for_the_love for_heavens_sake come_on voyons voyons_donc ben_voyons coudonc franchement seriously serieusement serieux really again yet_another not_again give_me_a_break ca_va_faire enough enough_already assez en_voila_assez oh_my_god omg wow wo wtf ugh argh jeez geez sigh pff pfff bof
    are_you_kidding kidding_me vous_niaisez tu_me_niaises c_est_pas_vrai encore_un encore_une encore_vous encore_eux one_more un_autre jesus christ tabarnak tabarnouche calisse crisse osti maudit maudits bonyenne bon_yenne batinse sacrament hostie cibole what_the`,
  GOAWAY: `go_away buzz_off get_lost get_a_life back_off bug_off piss_off f_off fuck_off fuck_you screw_off screw_you leave_me_be leave_us_be get_bent beat_it shoo scram take_a_hike nobody_asked no_one_asked mind_your_own fichez_le_camp foutez_le_camp foutez_moi_la_paix fichez_moi_la_paix laissez_moi_la_paix sacrez_moi_la_paix sacrez_moi_patience donnez_moi_un_break achalez allez_vous_en va_t_en voir_ailleurs
    la_paix decolle decollez decalissez decrissez crissez_moi give_it_a_rest get_off_my_back de_l_air debarrassez_moi shut_up ta_gueule ferme_la fermez_la`,
  THREAT:
    "report reporting reported complaint complain complaints manager gerant superviseur supervisor lawyer avocat crtc ombudsman ombudsperson police plainte plaintes block_you blocking bloquer bloque bloquerai change_my_number changer_de_numero privacy_commissioner commissaire sue poursuivre poursuite better_business media newspaper journal change_doctors change_clinics changer_de_clinique",
  CONSENTQ:
    "agree agreed agreeing sign_up signed_up signed signe signer sign consent consented consenti permission permis autorise autorisation approve approved accord accepte okayed gave_you_my donne_mon gave_my sign_me ever_saying ever_asked jamais_demande never_asked didnt_ask rien_demande pas_demande",
  LATE: "late feu feue late_husband late_wife late_father late_mother late_brother late_sister late_uncle late_aunt late_mom late_dad",
  GONEKIN: `service_was service_is memorial_was funeral_was celebration_of_life gone_since gone_now been_gone_six no_longer_living not_living no_longer_alive not_alive est_plus_la n_est_plus plus_la_depuis pu_la_depuis parti_trop_vite partie_trop_vite lost_her lost_him l_a_perdu l_a_perdue l_a_perdue left_us overdose_took passed_peacefully went_peacefully
    slipped_away repose reposes sans_vie stillborn mort_ne morte_nee took_his_own took_her_own enleve_la_vie s_est_enleve`,
  SEESOMEONE: `new_doc has_him_now has_her_now has_us_now has_me_now see_a_different signed_on_with instead_of_you instead_of_yours instead_of_your followed_my_doctor followed_my_doc suivi_ma_docteure suivi_mon_docteur suivi_mon_medecin doctor_left docteure_est_partie medecin_est_parti docteur_est_parti
    plus_suivi plus_suivie pu_suivi pu_suivie plus_suivis pu_suivis pu_affaire_a plus_affaire_a isnt_looking_after not_looking_after s_occupe_de_lui s_occupe_d_elle s_occupent_de home_doctor emigrated emigre university_clinic clinique_du_cegep clinique_universitaire left_and_so_did_i`,
  IDENTITY:
    "year_old yr_old yrs_old ans man woman guy girl homme femme gars fille teenager teen ado kid boy male female vieux garcon_de etudiant student",
  MAN: "man guy male homme gars dude monsieur",

  GLUED: `jveux=j_veux jveut=j_veux jveu=j_veux jvx=j_veux jsuis=j_suis jpeux=j_peux jai=j_ai jen=j_en jaime=j_aime jaimerais=j_aimerais jvais=j_vais jte=j_te jle=j_le jvous=j_vous jconnais=j_connais jhabite=j_habite jreste=j_reste jrecois=j_recois jrecois=j_recois
    jme=j_me jmen=j_m_en jlai=j_l_ai jcomprends=j_comprends jviens=j_viens jrepond=j_repond jfais=j_fais cest=c_est cetait=c_etait cpas=c_pas ya=y_a yest=y_est yen=y_en tes=tes mtexter=m_texter mtextez=m_textez mecrire=m_ecrire menvoyer=m_envoyer menvoyez=m_envoyez nenvoyez=n_envoyez narretez=n_arretez
    denvoyer=d_envoyer stoptexting=stop_texting stoptext=stop_text stoptexts=stop_texts stopmessages=stop_messages stopsms=stop_sms notexts=no_texts notext=no_text nomoretexts=no_more_texts dunno=dont_know gimme=give_me lemme=let_me stopit=stop_it takemeoff=take_me_off removeme=remove_me textme=text_me leaveme=leave_me
    jveuxplus=j_veux_plus jveuxpu=j_veux_pu jenveux=j_en_veux jenveuxplus=j_en_veux_plus jenveuxpu=j_en_veux_pu arretezmoi=arretez_moi enlevezmoi=enlevez_moi enlevemoi=enleve_moi retirezmoi=retirez_moi textezmoi=textez_moi appelezmoi=appelez_moi`,
};

/** Words that are understood with a slip: nobody misspells more than those who are angry. */
export const FORGIVEN =
  `texting message messages messaging messaged reminder reminders texted textos textez texter notification notifications sending
  remove removed removing delete deleted deleting unsubscribe unsubscribed unsubscribing subscribe resubscribe receive receiving received number
  stopped stopping arreter arretez arrete cessez cesser envoyez envoyer envoie recevoir recevez enlevez enlever enleve retirez retirer effacez effacer efface
  supprimez supprimer desabonner desabonnez desinscrire desinscrivez desabonnement desinscription abonner reabonner recommencer recommencez remettez
  deceased decedee decede numero cellulaire contacter contacting telephone permission consentement`.split(/\s+/);

/** Words of everyday texts that only look like a slip of one of those. */
export const REAL =
  `stepped constater massage massages passage texture context spending remote casser cassez casse numbers deleter arrivez remover removal testing tested
  texting tester testez vexing arriver descend mending tending seconding resending envoi envoyee desabonne enlevee effacee retiree supprimee`.split(
    /\s+/,
  );

/** Classes of words that a pronoun may be glued to ("menvoyer"). */
export const GLUABLE = ["STOP", "SEND", "MSG", "REMOVE", "UNSUB", "RECEIVE", "SUBSCRIBE", "WISH"];
