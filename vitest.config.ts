import { defineConfig } from "vitest/config";

/**
 * Two kinds of tests. Everything that needs no running stack runs side by side; the flows share one machine's two cores
 * with Java, workers and queues, so they run one file at a time.
 */
export default defineConfig({
  test: {
    // For a machine that counts: the same run, written down as JSON too.
    reporters: process.env["TEST_REPORT"] ? ["default", ["json", { outputFile: process.env["TEST_REPORT"] }]] : ["default"],
    projects: [
      {
        test: {
          name: "parts",
          include: ["tests/{core,adapters,handlers,lib,local,bin}/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "flows",
          include: ["tests/{flows,outside}/**/*.test.ts"],
          globalSetup: ["tests/support/global-setup.ts"],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
