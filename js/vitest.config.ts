// The front end's tests run on a document without a browser.

import { defineConfig } from "vitest/config";

/** What ends a hang; a shorter one would be a verdict by the clock of a busy machine. */
const HANG_MILLISECONDS = 120_000;

export default defineConfig({
  test: {
    environment: "happy-dom",
    hookTimeout: HANG_MILLISECONDS,
    include: ["test/**/*.test.{ts,tsx}"],
    testTimeout: HANG_MILLISECONDS,
  },
});
