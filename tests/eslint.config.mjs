// What keeps scripts readable: those of the theme and of the tests. `tests/run` asks for no warning.
import js from "@eslint/js";
import globals from "globals";

// `src/site/module.rs` makes one scope of the modules of a folder, and knows no other forms.
const joinable = {
  "func-style": "error",
  "no-restricted-syntax": [
    "error",
    "ExportAllDeclaration",
    "ExportDefaultDeclaration",
    "ExportNamedDeclaration[declaration=null]",
    "ImportDefaultSpecifier",
    "ImportExpression",
    "ImportNamespaceSpecifier",
  ],
};

const readable = {
  complexity: ["error", 10],
  curly: ["error", "multi-line", "consistent"],
  eqeqeq: "error",
  // Both sides of a comparison, the axes of a plane, and what a callback gets and does not read.
  "id-length": ["error", { min: 2, exceptions: ["a", "b", "x", "y", "_"], properties: "never" }],
  "max-depth": ["error", 3],
  "max-lines-per-function": ["error", { max: 40, skipComments: true }],
  "max-len": ["error", { code: 120, ignoreRegExpLiterals: true, ignoreStrings: true, ignoreTemplateLiterals: true }],
  "max-params": ["error", 5],
  "no-implicit-globals": "error",
  "no-sequences": "error",
  "no-shadow": "error",
  "no-unused-expressions": "error",
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-const": "error",
};

export default [
  // What rutter writes.
  { ignores: ["tests/golden/"] },
  js.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: "error" }, rules: readable },
  {
    files: ["theme/assets/**/*.js"],
    languageOptions: { sourceType: "script", globals: { ...globals.browser, rutter: "readonly" } },
  },
  {
    files: ["theme/assets/**/*.mjs"],
    languageOptions: { globals: { ...globals.browser, rutter: "readonly" } },
    rules: joinable,
  },
  // What `rutter serve` adds to a page, joined as the theme's are.
  { files: ["src/serve/live/*.mjs"], languageOptions: { globals: globals.browser }, rules: joinable },
  // The body of a function in which WebDriver runs it.
  {
    files: ["tests/browser/*.js"],
    languageOptions: { sourceType: "commonjs", globals: globals.browser },
  },
  { files: ["tests/**/*.mjs", "benches/**/*.mjs"], languageOptions: { globals: { ...globals.node, rutter: "writable" } } },
];
