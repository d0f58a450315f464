import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // What is printed is compared as text, also where whoever runs the tests wants colours of all programs.
          env: { FORCE_COLOR: "0" },
          // Files share the modules that they import, the Kubernetes SDK above all: a third of the time. So none may
          // leave anything behind in a module.
          isolate: false,
          // Lint and types, which run beside them, end long before.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "engine",
          include: ["test/engine/**/*.test.ts"],
          globalSetup: ["test/engine/support/toolchain-setup.ts"],
          // Each file has a lab of its own; two at a time fit two cores.
          maxWorkers: 2,
          testTimeout: 300_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: "story",
          include: ["test/story/**/*.test.ts"],
          globalSetup: ["test/story/support/toolchain-setup.ts"],
          // A lab with Argo CD on it takes about 1 GB.
          maxWorkers: 2,
          testTimeout: 300_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
