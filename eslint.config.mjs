import tseslint from "typescript-eslint";

/** Rules that a reader can name. What a type or a test already proves is not linted again. */
export default tseslint.config(
  { ignores: ["node_modules", "dist", "argocd", "imports", "lib", "cdk8s.out", "cdktf.out", ".cache", "infra/out", "**/*.cjs"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strict],
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-restricted-imports": [
        "error",
        { paths: [{ name: "@cdktf/provider-google", message: "Import from @cdktf/provider-google/lib/<resource>: the package root costs 2 s and 450 MB." }] },
      ],
      eqeqeq: "error",
      "no-console": "error",
    },
  },
  { files: ["engine/cli/**", "tools/**", "test/**", "infra/main.ts"], rules: { "no-console": "off" } },
);
