import type { IRegularForbiddenRuleType } from 'dependency-cruiser';

/** Vendors' clients: a change of provider must stay inside the adapters. */
const sdk = '(^|/)node_modules/(@aws-sdk|@smithy|twilio|sns-payload-validator)/';
/** Where effects live. */
const outside = '^(functions|infra|cli|test)/';

interface Rule extends IRegularForbiddenRuleType {
  readonly name: string;
  readonly comment: string;
}
type Ends = Pick<IRegularForbiddenRuleType, 'from' | 'to'>;

function rule(name: string, comment: string, { from, to }: Ends): Rule {
  return { name, comment, severity: 'error', from, to };
}

/**
 * The import directions: kernel <- contracts <- core <- ports <- usecases <- functions <- infra (paths only). Each rule
 * has a planted violation under test/tidy/planted/boundaries, so that a rule which has stopped biting is noticed.
 */
export const boundaryRules: readonly Rule[] = [
  rule(
    'no-cycle',
    'Two modules that need each other are one module, or a third is missing. (Types alone may.)',
    {
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ),
  rule('no-unresolved', 'An import that leads nowhere hides every rule about what lies behind it.', {
    from: {},
    to: { couldNotResolve: true },
  }),
  rule('kernel-stands-alone', 'The kernel is what everything else stands on.', {
    from: { path: '^shared/kernel/' },
    to: { pathNot: '^shared/kernel/' },
  }),
  rule('contracts-below-core', 'Contracts say what crosses a boundary, not what is decided about it.', {
    from: { path: '^shared/contracts/' },
    to: { path: '^shared/(core|ports|usecases)/' },
  }),
  rule('core-is-pure', 'Decisions know no ports and no use cases: facts in, decision out.', {
    from: { path: '^shared/core/' },
    to: { path: '^shared/(ports|usecases)/' },
  }),
  rule(
    'core-without-effects',
    'Of Node only hashing and comparing: the rest are effects, to be passed in as arguments.',
    {
      from: { path: '^shared/core/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|util)$' },
    },
  ),
  rule(
    'permission-knows-no-risk',
    'Risk and segments order work and choose treatment; who may be contacted never depends on them.',
    {
      from: { path: '^shared/core/permission/' },
      to: { path: '^shared/core/(risk|segments|conditions)/' },
    },
  ),
  rule('ports-are-interfaces', 'A port is named by use cases; it never names them.', {
    from: { path: '^shared/ports/' },
    to: { path: '^shared/usecases/' },
  }),
  rule('shared-survives-aws', 'Everything in shared would live on after leaving AWS.', {
    from: { path: '^shared/' },
    to: { path: outside },
  }),
  rule(
    'shared-few-packages',
    'zod for contracts, liquidjs for texts; another one needs a decision in docs/decisions.',
    {
      from: { path: '^shared/' },
      to: { path: '(^|/)node_modules/', pathNot: '(^|/)node_modules/(zod|liquidjs)/' },
    },
  ),
  rule('sdk-only-in-adapters', 'Vendor words stop at the adapter.', {
    from: { path: '^(shared|functions)/', pathNot: '^functions/_adapters/' },
    to: { path: sdk },
  }),
  rule(
    'function-apart-from-function',
    'Functions are deployed apart; what two share is a use case or belongs to _runtime.',
    {
      from: { path: '^functions/([a-z][^/]*)/' },
      to: { path: '^functions/[a-z][^/]*/', pathNot: '^functions/$1/' },
    },
  ),
  rule('adapter-apart-from-adapter', 'A technology can be replaced only while no other one leans on it.', {
    from: { path: '^functions/_adapters/([^/]+)/' },
    to: { path: '^functions/_adapters/[^/]+/', pathNot: '^functions/_adapters/$1/' },
  }),
  rule('adapter-below-function', 'An adapter serves ports; it does not know who calls.', {
    from: { path: '^functions/_adapters/' },
    to: { path: '^(functions/(_runtime|[a-z][^/]*)/|shared/usecases/)' },
  }),
  rule('runtime-below-function', 'The runtime serves every function and knows none.', {
    from: { path: '^functions/_runtime/' },
    to: { path: '^functions/[a-z]' },
  }),
  rule('functions-below-infra', 'A function is bundled without the tools that deploy or test it.', {
    from: { path: '^functions/' },
    to: { path: '^(infra|cli|test)/' },
  }),
  rule(
    'infra-names-functions-by-path',
    'The app knows a function by its folder; of adapters and paths it may read plain data.',
    {
      from: { path: '^infra/' },
      to: {
        path: '^functions/',
        pathNot:
          '^functions/(_adapters/(dynamodb/(table-definition|keys|read-person)|twilio/webhook-urls|stripe/stripe-version)|[a-z-]+/paths)\\.ts$',
      },
    },
  ),
  rule('deployed-app-apart-from-local-run', 'What is deployed is the same with and without a local run.', {
    from: { path: '^infra/', pathNot: '^infra/local/' },
    to: { path: '^infra/local/' },
  }),
  rule('nothing-needs-tests', 'Tests may be deleted without breaking what they test.', {
    from: { pathNot: '^test/' },
    to: { path: '^test/' },
  }),
  rule(
    'bundles-without-dev-packages',
    'What runs in a Lambda is a dependency, not a devDependency (types apart).',
    {
      from: { path: '^(shared|functions)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-unknown', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
    },
  ),
];
