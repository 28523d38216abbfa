import { defineConfig } from "vitest/config";

/** The tests of the core that are quick enough to be asked of each mutant. */
export default defineConfig({
  test: { include: ["tests/core/**/*.test.ts"], exclude: ["tests/core/histories.test.ts", "tests/core/reading/**"], testTimeout: 60_000 },
});
