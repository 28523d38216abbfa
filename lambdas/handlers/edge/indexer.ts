import { kmsIndexer } from "../../adapters/kms.ts";
import { variable } from "./environment.ts";
import { kms } from "./kms-client.ts";

export const indexer = kmsIndexer(kms, variable("INDEX_KEY"), variable("INDEX_GENERATION"));
