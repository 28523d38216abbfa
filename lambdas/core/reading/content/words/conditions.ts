/** Conditions and complaints. Public campaigns, staff illness and figures of speech are told apart by context, not here. */
export const CONDITIONS = {
  diagnosis: `
diabet*,prediabet*,pre diabet*,type 2,type 1,type deux,hypertens*,hypotens*,high blood pressure,low blood pressure,haute pression,
haute tension,high cholesterol,cholesterol eleve,hypercholester*,hyperlipid*,dyslipid*,asthm*,copd,mpoc,emphysem*,emphysema,bronchit*,
bronchiolit*,pneumon*,pleures*,pleurisy,fibrose,fibrosis,sarcoid*,apnea,apnee*,sleep apnea,tubercul*,latent tb,angina,angine*,
heart failure,insuffisance cardiaque,insuffisance renale,insuffisance*,kidney failure,kidney disease,renal failure,maladie renale,ckd,
arrhythm*,arythm*,afib,a fib,atrial fib*,fibrillation*,heart attack,crise cardiaque,infarct*,mini stroke,avc,ait,tia,embol*,dvt,
blood clot*,caillot*,phlebit*,thrombos*,thrombose*,thrombo*,anevrism*,aneurysm*,stenosis,stenose*,murmur,souffle au coeur,
souffle cardiaque,cardiomyop*,pericardit*,varice*,varicose,anemi*,anaemi*,hemophil*,sickle cell,thalassem*,hemochrom*,lymphedem*,
lymphoedem*,arthrit*,arthros*,osteoarthr*,polyarthrit*,rheumatoid,ra flare,gout,osteopor*,osteopen*,osteomyel*,fibromyalg*,lupus,sjogren*,
spondyl*,scolio*,sciatic*,sciatique*,herniated,hernia*,hernie*,bulging disc,slipped disc,disc bulge,disque bombe,pinched nerve,nerf coince,
tendinit*,tendonit*,bursit*,capsulit*,frozen shoulder,tennis elbow,epicondyl*,carpal tunnel,tunnel carpien,canal carpien,plantar fasci*,
fasciit*,epine de lenoir,bunion*,hallux,rotator cuff,coiffe des rotateurs,torn meniscus,meniscus,menisque*,acl,ligament dechire,
torn ligament,dechir*,sprain*,entorse*,fractur*,broken bone,stress fracture,concuss*,commotion*,whiplash,coup du lapin,dislocat*,luxation*,
rhumat*,rheumat*,polymyalg*,migrain*,epilep*,seizure*,convuls*,multiple sclerosis,ms clinic,sclerose en plaques,sclerose,parkinson*,
neuropath*,neuralg*,nevralg*,shingles,zona,bell s palsy,bells palsy,paralysie de bell,vertigo,vertige*,meniere,labyrinthit*,vestibul*,
tinnitus,acouphen*,cerebral palsy,paralysie cerebrale,guillain,myasthen*,essential tremor,tremblement essentiel,autis*,tsa,reflux,gerd,rgo,
ulcer,ulcers,ulcere*,gastrit*,gastro enter*,gastroenter*,h pylori,pylori,crohn*,colitis,colite*,ibs,ibd,mici,irritable bowel,
intestin irritable,celiac,coeliac,celiaq*,coeliaq*,gluten,diverticul*,polyp,polyps,polype*,hemorrhoid*,hemorroide*,fissure*,fistul*,
cirrho*,fatty liver,foie gras,hepatit*,hep b,hep a,hep c,gallstone*,gall stone*,gallbladder,gall bladder,vesicule biliaire,
pierre* a la vesicule,cholecyst*,pancreat*,appendicit*,appendicite*,kidney stone*,pierre* au rein,pierre* aux reins,calcul renal,
calculs renaux,constip*,diarrh*,incontinen*,obesit*,obese*,overweight,surpoids,malnutri*,intoleran* au lactose,lactose intoleran*,
food allerg*,allergie alimentaire,peanut allerg*,allerg* aux arachides,anaphyl*,allergic to,allergique a,hay fever,rhume des foins,rhinit*,
sinusit*,sinus infection*,tonsillit*,amygdalit*,strep,strep throat,streptoc*,laryngit*,pharyngit*,otit*,ear infection*,swimmer s ear,
mononucl*,croup,hand foot and mouth,pied main bouche,pieds mains bouche,impetig*,chickenpox,chicken pox,varicelle,scarlet fever,scarlatine,
roseola,fifth disease,cinquieme maladie,cellulit*,abscess*,abces,cyst,cysts,kyste*,furoncle*,infection*,infecte*,infected,uti,utis,
urinary tract,infection urinaire,cystit*,pyelo*,kidney infection,bladder infection,prostatit*,bph,enlarged prostate,grosse prostate,lice,
poux,scabies,gale,bed bug*,ringworm,athlete s foot,pied d athlete,fungal,fungus,champignon*,mycose*,worms,pinworm*,oxyures,wart*,
verrue*,grain de beaute,grains de beaute,eczema*,psorias*,dermatit*,rosacea,rosacee*,acne,acnee*,hives,urticair*,rash,keratos*,keratose*,
melasma,vitiligo,alopec*,pressure sore*,plaie de lit,plaie de pression,bedsore*,ulcere de pression,ingrown,ongle incarne,ongles incarnes,
conjunctivit*,conjonctivit*,pink eye,glaucom*,cataract*,macular,degenerescence maculaire,dmla,retinopath*,uveit*,stye,orgelet,
detached retina,decollement de la retine,thyroid,thyroide,hypothyr*,hyperthyr*,graves disease,hashimoto*,goitre,nodule*,cushing*,addison*,
pituitar*,hypophys*,hypoglyc*,hyperglyc*,lyme,west nile,malaria,paludisme,c diff,mrsa,sarm,norovirus,salmonel*,giardia*,sepsis,septic*,
encephalit*,long covid,covid longue,chronic fatigue,fatigue chronique,pots syndrome,ehlers,marfan,cystic fibrosis,fibrose kystique,
down syndrome,trisomie,developmental delay,retard de developpement,learning disab*,dyslex*,dysphag*,aphas*,begaie*,stutter*,
failure to thrive,jaundice,jaunisse,colic,coliques,thrush,muguet,tongue tie,frein de langue,cradle cap,diaper rash,erytheme fessier,
plagioceph*,hip dysplasia,dysplasie,chronic pain,douleur chronique,douleurs chroniques,crps,dementia prevention,neutropen*,deficien*,
carence*,iron deficien*,low iron,disease,disorder*,syndrome*,trouble du sommeil,insomni*,ramq maladie,bacter*,inflamm*,diagnos*,paralys*,
prediab*,kidney school,ecole du rein,ecole du dos,plan d action pour,action plan for,g 6 pd,allergy letter,allergies aux,allergie au lait,
peanut,arachide*,bad cold,gros rhume,nail fungus,sugars run high,low vision,gum disease,maladie coeliaque,maladie de,parkinson s,pneumonie,
vesicule,la goutte,de goutte,crise de goutte,mono test,have mono,got mono,la mono,tb test,tb clinic,tuberculosis,a stroke,stroke clinic,
your stroke,stroke prevention,post stroke,lactose,crystals in your ear,cristaux dans l oreille,chalazion,vue basse,ear is infected,
oreilles sont infectees,oreilles infectees,infectee*,eggs allergy,box for asthma,coche asthme,seizures plan,plan pour les convulsions,
bones are thin,os sont minces,heel spur,jaunice,early cataract*,diabeetis,back was bad,dos etait,
lombalgie*,cervicalgie*,tendinopath*,arthropath*,bursite,low back strain,discopath*,sciatalgie,platelets low,plaquettes basses,hypothyroid,cirrhose,aortic,aortique,prolapse*,prolapsus,hyperacti*,reflux*,gastrite,uveite,neurinom*,hernie,dyspeps*,mononucleose,infertilite,anaphylax*,lipome*,lipoma*,ganglion cyst,keloid*,cheloid*,lichen plan*,pityriasis,molluscum
`,
  "symptom/pain": `
pain,pains,painful,hurt,hurts,hurting,sore,sores,soreness,ache,aches,aching,achy,headache*,head ache*,mal de tete,maux de tete,
mal de dos,mal au dos,mal au ventre,mal de ventre,mal de gorge,mal a la,mal au,mal aux,mal dans,mal de,encore mal,fait mal,faire mal,
font mal,faisait mal,douleur*,doulour*,crampe*,cramp*,spasm*,stiff,stiffness,raide,raideur*,courbatur*,sore throat,throbbing,elance*,
burning,burn when,brulement*,brulure*,ca brule,brule en,on a scale,echelle de,# out of 10,# sur 10,0 to 10,0 a 10,de 1 a 10,from 1 to 10,
tightness,serrement*,oppression,chest tight*,tight chest,heartburn,limp,limping,boiter,sting,stings,stinging,ca chauffe,chauffe quand,
chauffe tu,tender when,quand vous touchez la
`,
  "symptom/breath-heart-heat": `
cough,coughing,coughs,tousse,toussez,toux,wheez*,siffle*,sillement*,short of breath,shortness of breath,breathless,winded,out of breath,
souffle court,essouffl*,trouble breathing,hard to breathe,breathing ok,respir*,palpit*,heart racing,skipped beats,coeur qui debat,debats,
fever*,fievre*,febri*,chills,frisson*,sweat*,night sweats,sueur*,hot flash*,bouffee* de chaleur,snor*,ronfl*,phlegm,mucus,flegme,
crache*,cracher,spit up,runny nose,stuffy,congest*,nez qui coule,nez bouche,nosebleed*,saigne du nez,resaigne,hoarse,enroue*,gasping,
manquant d air,manque d air,catch your breath,reprendre son souffle,because of the breathing,croaky,in the chair because
`,
  "symptom/gut-urine-bleeding": `
nausea*,nausee*,mal au coeur,mal de coeur,queasy,vomi,vomit*,vomi*,throwing up,throw up,puke*,puking,restitu*,keeping fluids,
keeping food,garde rien,diarrhea*,diarrhee*,loose stool*,loose ones,selles molles,the runs,courante,constip*,bloat*,ballonne*,passing gas,
passe des gaz,gas or,burping,pee,peeing,pees,pipi,pisse,urinat*,uriner,poop*,caca,stool,stools,selle,selles,a la selle,
bowel movement*,gone since,bleed*,bleeding,saign*,blood when,blood in,any blood,sang dans,du sang,clots,caillots,discharge,ecoulement*,
pertes,wet diaper*,couches mouillees,mouille,appetite,appetit,weight loss,lost weight,losing weight,perdu du poids,perte de poids,
gained weight,weight gain,pris du poids,prend plus d un kilo,thirsty,thirst,soif,she threw up,he threw up,threw up,vomi de quelle,any green,
de quelle couleur,food down,avaler,swallow,swallowing,when you go,quand vous allez aux toilettes,tummy gets hard,ventre devient dur,
when you wipe,quand vous vous essuyez,quand vous essuyez
`,
  "symptom/skin-wound": `
rash,rashes,rougeur*,redness,red line,itch*,demang*,ca pique,ca gratte,boutons,bumps,lump,lumps,bosse,bosses,swell*,swollen,puffy,
enfle*,enflure*,gonfl*,edema,oedeme,bruise*,bruising,ecchymos*,bleus sur,pus,ooze,oozing,oozes,suint*,coule encore,coule tu,
drainage jaune,plaie*,wound,wounds,scab*,croute*,blister*,cloque*,ampoule au,scar,cicatri*,incision*,your stitches,sent mauvais,
smells bad,bad smell,hives,peeling,still draining,is it draining,wound draining,did the lump,la bosse a,desenfle,go down at all,a desenfle
`,
  "symptom/nerves-senses": `
numb,numbness,engourd*,tingl*,tingles,fourmis,fourmillement*,picotement*,weakness,faiblesse*,dizz*,light headed,lightheaded,etourdi,
etourdie,etourdis,etourdissement*,faint,fainted,fainting,passed out,perdu connaissance,tombez dans les pommes,woozy,vertige*,spinning,
ca tourne,blurry,blurred,vision embrouill*,voir double,vois double,voyez double,double vision,seeing double,floaters,flashes,eclairs,
mouches noires,mouches volantes,ringing,bourdonn*,whoosh*,taste or smell,gout ni,odorat,fatigue,tired,fatigue*,epuis*,wiped,no energy,
insomn*,trouble sleeping,sleeping ok,how did you sleep,dormez vous,sleeping flat,irritable,tremble*,tremor*,shaky,foggy,fall since,
any falls,fallen,chute depuis,more confused,is she confused,is he confused,confused at night,still exhausted,so exhausted,est confuse,
plus confus,the shakes,tremblements,les tremblements,goes floppy,devient mou,put weight on,mettre du poids,dizy,up from the chair,
double when you
`,
  /** How one asks after somebody's state. */
  "symptom.cue": `
better,worse,mieux,pire,still,encore,since,depuis,any change,changement,improv*,amelior*,spread*,etend*,trouble,bother*,derang*,sick,malade,ill,flu,grippe,cold,rhume,rest,repos,itchy,red,rouge,swelling,bump,spot,tache,mark,marks,marque,marques,heal*,gueri*,guerit,recover*,remission,stable,episode*,attack*,attaque*,number of bad days,eating,drinking,sleeping,walking,marcher,mange t,dort,dormi,boit,feel,feels,feeling,felt,sentez,te sens,how s the,hows the,how is the,how are the,how is your,how s your,hows your,how are your,comment va votre,comment va ta,comment va ton,comment va le,comment va la,comment vont,ca va comment,any better,calme,calmed,acted up,relapse*,flare*,flared,flare up,poussee,crise,reparti,symptom*,symptome*,side effects,effets secondaires,reaction to,reaction a,colour,couleur,temperature,memory,memoire,voice,smell,odeur,oubli*,weight,poids,
wake you,wakes you,reveille la nuit,reveillez vous la nuit,out of ten,sur dix,hot when you touch,chaud au toucher,plus chaude,plus chaud que,keep water down,garder l eau,garde l eau,garde son lait,angrier,gone down,still there,est encore la,when it started,quand ca a commence,how long has,depuis combien de temps,worse at night,pire la nuit,thoughts again,those thoughts,ces pensees,cauchemar*,nightmare*
`,
  /** Named in campaigns, in the news and among staff as often as in a chart. */
  "diagnosis.cue": `
covid,flu,grippe,influenza,cold,rhume,gastro,measles,rougeole,mumps,oreillons,rubella,rubeole,rsv,vrs,meningit*,whooping cough,coqueluche,pertussis,tetanus,tetanos,hpv,vph,shingles,zona,virus,viral,boil,mole,torn,dechire,vers,chronic,chronique*,condition,malad*,disease,disorder*,syndrome*,infection*,allerg*
`,
  /** Parts of the body: clinical beside a finding, a device or an instruction, nothing in "the heart of downtown". */
  "body.part": `
head,tete,scalp,cuir chevelu,face,visage,eye,eyes,oeil,yeux,eyelid*,paupiere*,ear,ears,oreille*,nose,nez,sinus*,mouth,bouche,lip,lips,levre*,tongue,langue,tooth,teeth,dent,dents,gum,gums,gencive*,jaw,machoire,throat,gorge,tonsil*,amygdale*,neck,cou,shoulder*,epaule*,arm,arms,bras,elbow*,coude*,wrist*,poignet*,hand,hands,main,mains,finger*,doigt*,thumb*,pouce*,nail,nails,ongle*,chest,poitrine,thorax,breast*,sein,seins,rib,ribs,cote,cotes,lung,lungs,poumon*,heart,coeur,back,dos,spine,colonne,vertebr*,disc,disque,belly,tummy,stomach,abdomen,abdominal,ventre,estomac,navel,nombril,groin,aine,bowel*,intestin*,colon,rectum,rectal,anus,fesse*,butt,bum,derriere,bottom,liver,foie,kidney*,rein,reins,bladder,vessie,prostate,testicle*,testicule*,penis,vagin*,vulv*,uterus,uterin*,ovar*,ovaire*,cervix,cervical,col,pelvi*,bassin,hip,hips,hanche*,thigh*,cuisse*,leg,legs,jambe*,knee*,genou*,shin*,tibia,calf,calves,mollet*,ankle*,cheville*,foot,feet,pied,pieds,heel*,talon*,toe,toes,orteil*,skin,peau,hair,cheveux,bone*,os,joint*,articulation*,muscle*,nerve*,nerf*,vein*,veine*,artery,artere*,carotid*,blood,sang,urine,brain,cerveau,gallbladder,pancreas,spleen,rate,thyroid*,gland*,glande*,lymph,ganglion*,node,nodes,womb,placenta
`,
} as const;
