import { defaultQueue } from '#shared/contracts/queue.ts';
import type { FoundConfig } from './check-bundle.ts';
import { errorAt, type ConfigError, type Sourced } from './config-error.ts';

/** A name in a file, and what it should be the name of. */
interface Reference {
  readonly path: readonly PropertyKey[];
  readonly name: string | undefined;
  readonly kind: NamedKind;
}

const folders = {
  creditor: 'creditors',
  queue: 'queues',
  agency: 'agencies',
  strategy: 'strategies',
} as const;
type NamedKind = keyof typeof folders;

/** Names that no file stands for: most likely they are misspelt, and what they are meant for would never happen. */
export function unknownNames(found: FoundConfig): ConfigError[] {
  const known: Readonly<Record<NamedKind, ReadonlySet<string>>> = {
    creditor: new Set(found.creditors.map(({ value }) => value.creditor)),
    queue: new Set(found.queues.map(({ value }) => value.queue)),
    agency: new Set(found.agencies.map(({ value }) => value.agency)),
    strategy: new Set(found.strategies.map(({ value }) => value.strategy)),
  };
  const check = <T>(sources: readonly Sourced<T>[], referencesIn: (value: T) => readonly Reference[]) =>
    sources.flatMap((source) =>
      referencesIn(source.value).flatMap(({ path, name, kind }) =>
        name === undefined || known[kind].has(name)
          ? []
          : [errorAt(source, path, unknown(name, folders[kind], [...known[kind]]))],
      ),
    );
  return [
    ...check(found.strategies, namesInStrategy),
    ...check(found.queues, ({ agency }) => [{ path: ['agency'], name: agency, kind: 'agency' }]),
    ...check(found.accounts, ({ accounts }) =>
      accounts.map(({ strategy }, index) => ({
        path: ['accounts', index, 'strategy'],
        name: strategy,
        kind: 'strategy',
      })),
    ),
    ...missingDefaultQueue(found),
  ];
}

function namesInStrategy(strategy: FoundConfig['strategies'][number]['value']): readonly Reference[] {
  const { creditors = [], stopWhen = [], escalation } = strategy;
  const { queue, routes = [] } = escalation;
  return [
    ...creditors.map((name, index) => ({ path: ['creditors', index], name, kind: 'creditor' as const })),
    ...stopWhen.map((one, index) => ({
      path: ['stopWhen', index, 'queue'],
      name: one.queue,
      kind: 'queue' as const,
    })),
    { path: ['escalation', 'queue'], name: queue, kind: 'queue' },
    ...routes.map((route, index) => ({
      path: ['escalation', 'routes', index, 'queue'],
      name: route.queue,
      kind: 'queue' as const,
    })),
  ];
}

function unknown(name: string, folder: string, known: readonly string[]) {
  const others = known.length === 0 ? '' : ` or use one of ${known.join(', ')}`;
  return {
    problem: `is "${name}", which has no file in ${folder}/`,
    fix: `add ${folder}/${name}.yaml${others}`,
  };
}

/** Where everything goes that nothing else was said about: it must be there, and people must work it. */
function missingDefaultQueue({ queues }: FoundConfig): ConfigError[] {
  const [first] = queues;
  const found = queues.find(({ value }) => value.queue === defaultQueue);
  if (found?.value.kind === 'human' || first === undefined) return [];
  return found === undefined
    ? [
        errorAt(first, ['queue'], {
          problem: `stands beside no queue "${defaultQueue}"`,
          fix: `add queues/${defaultQueue}.yaml: it takes what nothing else was said about`,
        }),
      ]
    : [
        errorAt(found, ['kind'], {
          problem: 'is "outsourced"',
          fix: `write human: people have to take what nothing else was said about`,
        }),
      ];
}
