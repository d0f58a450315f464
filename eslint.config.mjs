import js from "@eslint/js";
import globals from "globals";
import tseslint from "typescript-eslint";

/**
 * The directions in which data flows (ARCHITECTURE.md): for each stage, the stages that it may not import.
 * catalog + stack config → model → manifests → components → resources.
 */
const closed = {
  model: ["components", "manifests", "mirror", "delivery", "lab", "policies"],
  corefile: ["components", "manifests", "mirror", "delivery", "lab", "policies"],
  manifests: ["components", "mirror", "delivery", "lab", "policies"],
  // It hands over files, and knows nothing of what becomes of them.
  mirror: ["model", "corefile", "manifests", "components", "delivery", "lab", "policies"],
  components: ["delivery", "lab", "policies"],
  policies: ["components", "mirror", "delivery", "lab"],
  // It offers the components to programs of other languages.
  "component-package": ["delivery", "lab", "policies", "mirror"],
  // `factory policies` lists the rules; the pack itself knows nothing of the commands.
  delivery: ["components"],
  lab: ["components", "delivery", "policies"],
};

/** Modules by which a stage would reach out of its role: files, the environment, the network, resources. */
const closedModules = {
  model: ["@pulumi/*", "node:net", "node:http", "node:https", "node:child_process"],
  corefile: ["@pulumi/*", "node:*"],
  components: ["node:fs", "node:fs/*", "node:process", "node:child_process", "node:http", "node:https"],
};

const directions = Object.entries(closed).map(([stage, stages]) => ({
  files: [`${stage}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            group: stages.map((other) => `**/${other}/**`),
            message: `${stage}/ may not import that stage: see ARCHITECTURE.md`,
          },
          {
            group: closedModules[stage] ?? ["@gitops-factory/none"],
            message: `${stage}/ may not reach out: see ARCHITECTURE.md`,
          },
        ],
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ["node_modules/", "schemas/", "lab/toolchain/modules/"] },
  js.configs.recommended,
  { languageOptions: { globals: globals.node } },
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strict],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-extraneous-class": "off",
      "@typescript-eslint/no-import-type-side-effects": "error",
    },
  },
  {
    // Pulumi's contract: a resource is registered by constructing it.
    files: ["components/**/*.ts", "index.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        { name: "process", message: "arguments come from the model, never from the environment" },
      ],
    },
  },
  { files: ["**/*.ts"], rules: { "max-lines": ["error", { max: 250 }] } },
  // A generated file is as long as the resource has properties.
  { files: ["sdks/gitlab/generated/**"], rules: { "max-lines": "off" } },
  { files: ["delivery/report/page-script.js"], languageOptions: { sourceType: "script", globals: globals.browser } },
  {
    files: ["bin/**/*.js", "policies/**/*.js", "test/**/*.js"],
    languageOptions: { sourceType: "commonjs" },
    rules: {},
  },
  ...directions,
);
