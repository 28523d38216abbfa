import { words } from "./tokens.ts";

/** Everyday words, one letter from a complaint, that are no misspelling of it: "strike" is no stroke, "trucking" no tracking. */
export const REAL_WORDS = words(`
  accedent aimait amanda amante amende amusing antigen approche approchee aspiring assaut attached backing baking ballets banking
  baring barring batters beaming bearing beaver betting billie blaster boating borden bourre braking branch bridget brille brosser
  brousse browse bubbling buisson bulles cachent cachot caillou catches chilli chipped chloride choques chunky collars collusion
  comprise concession concus contrat controlent cooked cooking coques cristal cropped crowding cushing dawned decoule deformer
  degueu delice delicious delivre demarque depart deroule desire deterrent dipping disette divide divided diviser donnie downer
  downey dozens drague drying ejection election entail entails epanouir epanouissement etoile exacte exacts faster fauche fenced
  flanque flatter flotter fondre footer forgave forgiven forster fourre foutre granting handed herein heroic hiking hinged hiring
  homeless horned horner howard impala inertie infect insect invest jointe legale lenteur libere lightening lighting listen loader
  loaned lodges logged lovely lyrical lyrics machin magnat magneto malaisie manage manchette manege mangez mangue maniac marbre
  marquees marquis menage menages messire meteor metier mettons mislead modest modules monstre monteur montra montree montrer
  montrez monture morgue morton mourning mouton moutons mutton nomade paddle painting palmes pantin parade parity partly peindre
  planete planted plantee planting plants poking policy polite pompee pompey pondre poudre profane propage propped psalms pulling
  purcell purely quartet quartier rampes ravoir reactive refile refugee refugie rivera riviera saigon salement saline santos
  scaring scoring section sections sergent serment servent shades shading shaming shaping shares sharing shaving shipped silice
  skipped slipper sliver slotted smashes smoker smokey smoother snowing soaring souvent spanning spiced splitting sporting squire
  stades staging staked stakes starling starring starting states stating steaming storing streams strike strung tangle tanguy
  taping tapped tastes taxing thinly thread tipped towers tracas tracing tracked tracts trappe trappes triage tricking tricks
  tronche trucking tumblr vaines vestige voilee voiler whistle winged marchette framing
`);
