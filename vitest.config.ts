import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Numerics on one core each; the goldens of the whole tutorial take longest.
    testTimeout: 180_000,
  },
});
