/** Tests run on swc: type-checking is `npm run typecheck`, a gate of its own. */
module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/test/**/*.test.ts", "<rootDir>/apps/**/*.test.ts", "<rootDir>/infra/**/*.test.ts"],
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } }] },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/cdk8s.out", "<rootDir>/.cache"],
};
