/** The CDK app: settings in, stacks out. `npm run synth`, or `npx cdk deploy --all`. */
import { synthesise } from "../lib/synth.ts";

try {
  synthesise();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
