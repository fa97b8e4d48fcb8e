import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import regexp from 'eslint-plugin-regexp';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

/** Every way to write one. */
const DEFAULT_EXPORTS = {
  direct: true,
  named: true,
  defaultFrom: true,
  namedFrom: true,
  namespaceFrom: true,
};

const SCRIPTS = ['**/*.mjs', 'demo/*.js'];

export default tseslint.config(
  {ignores: ['**/dist/', 'coverage/', '.cache/', 'node_modules/', '**/*.tgz']},
  // They need packages that only their applications install; each of these checks itself.
  {ignores: ['demo/frameworks/', 'src/frameworks/']},
  {linterOptions: {reportUnusedDisableDirectives: 'error'}},
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {parserOptions: {projectService: true, tsconfigRootDir: import.meta.dirname}},
  },
  {
    files: ['**/*.ts', ...SCRIPTS],
    rules: {
      'no-restricted-exports': ['error', {restrictDefaultExports: DEFAULT_EXPORTS}],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    settings: {wc: {elementBaseClasses: ['LitElement', 'CallControlElement']}},
    extends: [
      wc.configs['flat/recommended'],
      wc.configs['flat/best-practice'],
      lit.configs['flat/recommended'],
      {plugins: {'lit-a11y': litA11y}, rules: litA11y.configs.recommended.rules},
    ],
    // LitElement implements every lifecycle callback.
    rules: {
      'wc/guard-super-call': 'off',
      'no-restricted-imports': [
        'error',
        {
          name: 'lit/directives/repeat.js',
          message: 'It leaves markers behind: use elements/shared/repeat.js.',
        },
      ],
    },
  },
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', {fixStyle: 'inline-type-imports'}],
      '@typescript-eslint/no-unused-vars': ['error', {argsIgnorePattern: '^_', varsIgnorePattern: '^_'}],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        {allowNumber: true, allow: [{from: 'package', package: 'sip.js', name: 'URI'}]},
      ],
      // One that only widens a protected constructor is of use.
      '@typescript-eslint/no-useless-constructor': 'off',
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            // It gives a promise only where it compares HTML.
            {from: 'package', package: '@types/chai', name: 'Equal'},
            {
              from: 'package',
              package: 'node:test',
              name: ['after', 'before', 'describe', 'it', 'suite', 'test'],
            },
          ],
        },
      ],
      // Pages without types call what is public: what the types exclude is checked all the same.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unnecessary-type-conversion': 'off',
      // An interface may ask for a promise of what is done at once.
      '@typescript-eslint/require-await': 'off',
      // Indexing gives `undefined` as well (noUncheckedIndexedAccess), also where the line above has looked.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
    },
  },
  {
    // Strangers write what these expressions read: none may take the square of its length.
    files: ['src/**/*.ts', 'server/**/*.ts'],
    plugins: {regexp},
    rules: {
      'regexp/no-super-linear-backtracking': 'error',
      'regexp/no-super-linear-move': 'error',
    },
  },
  {
    // Tests reach into pages, where nothing is typed.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'off',
    },
  },
  {
    // The command line, and where a page's author is told.
    files: [
      'server/bin/**',
      'server/command-line.ts',
      'scripts/**',
      'test/bench/**',
      'test/look/pictures.ts',
      'test/support/faults/report.ts',
      'test/support/freeswitch/report.ts',
      'test/support/in-page/facts.ts',
      'src/elements/shared/boolean-attribute.ts',
      'src/elements/sip-client/unknown-options.ts',
      'src/controllers/sip-error-event.ts',
      'src/sip-elements-loader.ts',
      'src/loading/part-loader.ts',
    ],
    rules: {'no-console': 'off'},
  },
  {
    files: [
      '*.config.mjs',
      '.dependency-cruiser.mjs',
      'scripts/test/node-reporter.mjs',
      'docs/.vitepress/**',
    ],
    rules: {'no-restricted-exports': 'off'},
  },
);
