import tseslint from 'typescript-eslint';

const sizeLimits = {
  'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  complexity: ['error', 8],
  'max-depth': ['error', 3],
  'max-params': ['error', 4],
};

/** `import { z }` pulls in every locale of zod. (`no-restricted-imports` with `importNames` would also refuse `* as z`.) */
const zodByName = {
  selector: "ImportDeclaration[source.value='zod'] > ImportSpecifier",
  message: "Write `import * as z from 'zod'`: 85 KB in a bundle instead of 454.",
};

/** The pure core takes time, chance, ids and environment as arguments. */
const pureCore = {
  'no-restricted-globals': [
    'error',
    'process',
    'fetch',
    'setTimeout',
    'setInterval',
    'console',
    'performance',
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Date', property: 'now', message: 'Take `now` as an argument.' },
    { object: 'Math', property: 'random', message: 'Take a seeded generator as an argument.' },
    { object: 'crypto', property: 'randomUUID', message: 'Build ids from facts in core/identity.' },
  ],
  'no-restricted-syntax': [
    'error',
    zodByName,
    {
      selector: "NewExpression[callee.name='Date'][arguments.length=0]",
      message: 'Take `now` as an argument.',
    },
    {
      selector: 'FunctionDeclaration[async=true], ArrowFunctionExpression[async=true]',
      message: 'The core is synchronous.',
    },
  ],
};

export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'cdk.out', '.dunwell', 'coverage', 'test/tidy/planted'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...sizeLimits,
      'no-console': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-restricted-syntax': ['error', zodByName],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'twilio',
              message:
                'Import the part you use (`twilio/lib/webhooks/webhooks.js`): the whole SDK is 3.6 MB.',
            },
          ],
        },
      ],
    },
  },
  { files: ['shared/kernel/**', 'shared/contracts/**', 'shared/core/**'], rules: pureCore },
  {
    files: ['test/**'],
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['cli/**', 'infra/local/**', 'infra/build/**', 'test/bench/**', 'test/tidy/**'],
    rules: { 'no-console': 'off' },
  },
);
