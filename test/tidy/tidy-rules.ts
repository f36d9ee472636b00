import path from 'node:path';
import { isFictional } from './fictional.ts';
import type { SourceFile } from './source-files.ts';

export interface TidyRule {
  readonly name: string;
  /** What breaks the rule, one line each, with the file and the way out. */
  readonly find: (files: readonly SourceFile[]) => string[];
}

/** Names that say nothing: whatever they hold belongs to a topic with a name. */
const emptyNames = /^(utils?|helpers?|common|misc|types|interfaces|services|managers?|dtos?)$/;
const program = /\.(ts|mjs|js)$/;

const telling: TidyRule = {
  name: 'names tell what is inside',
  find: (files) =>
    files
      .filter((file) => program.test(file.path))
      .filter((file) => file.path.split('/').some((part) => emptyNames.test(part.replace(/\..*$/, ''))))
      .map((file) => `${file.path}: name the file or folder after what it holds`),
};

const kebab: TidyRule = {
  name: 'files are written in kebab case',
  find: (files) =>
    files
      .filter((file) => program.test(file.path))
      .filter((file) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/.test(path.basename(file.path)))
      .map((file) => `${file.path}: write it in lower case with hyphens`),
};

const unmocked: TidyRule = {
  name: 'tests replace parts by fakes, not modules by mocks',
  find: (files) =>
    matches(files, /\bvi\.(mock|doMock|spyOn|stubGlobal)\(/g, (file) => file.startsWith('test/')).map(
      (found) => `${found}: pass a fake from test/fakes instead`,
    ),
};

const complete: TidyRule = {
  name: 'every function has a main, a handler and a test',
  find: (files) => {
    const paths = files.map((file) => file.path);
    const names = paths.flatMap((file) => /^functions\/([a-z][^/]*)\//.exec(file)?.[1] ?? []);
    return [...new Set(names)].flatMap((name) => [
      ...['main.ts', 'handler.ts']
        .map((part) => `functions/${name}/${part}`)
        .filter((part) => !paths.includes(part))
        .map((part) => `${part} is missing`),
      ...(paths.some((file) => file.startsWith(`test/functions/${name}/`) && file.endsWith('.test.ts'))
        ? []
        : [`test/functions/${name}/ has no test`]),
    ]);
  },
};

/** By port file: the suites and fakes of what it declares. */
const portParts: Readonly<
  Record<string, { readonly suites: readonly string[]; readonly fakes: readonly string[] }>
> = {
  'debtor-store': { suites: ['debtor-store'], fakes: ['fake-debtor-store'] },
  'evidence-log': { suites: ['evidence'], fakes: ['fake-debtor-store'] },
  'experiment-counts': { suites: ['experiment-counts'], fakes: ['fake-experiment-counts'] },
  'wake-queue': { suites: ['wake-queue'], fakes: ['fake-wake-queue'] },
  'message-sender': { suites: ['telephony', 'mailer'], fakes: ['fake-telephony', 'fake-mailer'] },
  'address-book': { suites: ['address-book'], fakes: ['fake-address-book'] },
  'address-notes': { suites: ['address-notes'], fakes: ['fake-address-notes'] },
  'link-store': { suites: ['link-store'], fakes: ['fake-debtor-store'] },
  'parked-payments': { suites: ['parked-payments'], fakes: ['fake-parked-payments'] },
  checkout: { suites: ['checkout'], fakes: ['fake-checkout'] },
  'stop-store': { suites: ['stop-store'], fakes: ['fake-stop-store'] },
  // Makes a code from a secret and a contact; what it makes is judged by the tests of core/links.
  'link-issuer': { suites: [], fakes: ['test-links'] },
  // One method that reads a number: there is nothing on which fake and machine could differ.
  clock: { suites: [], fakes: ['fake-clock'] },
  // Gives rules; what its real part refreshes has suites of its own.
  'rules-source': { suites: [], fakes: ['fixed-rules'] },
};

const ported: TidyRule = {
  name: 'every port has a suite that its fake and the real part pass',
  find: (files) => {
    const paths = new Set(files.map((file) => file.path));
    const ports = [...paths].flatMap((file) => /^shared\/ports\/([^/]+)\.ts$/.exec(file)?.[1] ?? []);
    return ports.flatMap((port) => {
      const parts = portParts[port];
      if (parts === undefined)
        return [`shared/ports/${port}.ts: name its suite and fake in test/tidy/tidy-rules.ts`];
      return [
        ...parts.suites.map((suite) => `test/suites/${suite}.suite.ts`),
        ...parts.fakes.map((fake) => `test/fakes/${fake}.ts`),
      ]
        .filter((file) => !paths.has(file))
        .map((file) => `${file} is missing for the port ${port}`);
    });
  },
};

const settled: TidyRule = {
  name: 'what is left to do has an issue number',
  find: (files) =>
    matches(
      files,
      /\b(TODO|FIXME|XXX|HACK)\b(?!\(#\d+\))/g,
      (file) => program.test(file) && !isThis(file),
    ).map((found) => `${found}: write TODO(#12) with the number of an issue, or do it`),
};

const fictional: TidyRule = {
  name: 'telephone numbers reach nobody',
  find: (files) =>
    matches(files, /(?<![\w+])\+[1-9]\d{6,14}(?!\w)/g, (file) => !isThis(file))
      .filter((found) => !isFictional(found.slice(found.lastIndexOf('+'))))
      .map((found) => `${found}: use a number that is kept for fiction (cli/portfolio/fictional-numbers.ts)`),
};

const exampleOnly: TidyRule = {
  name: 'e-mail addresses reach nobody',
  find: (files) =>
    // A version of a strategy is a file NAME@VERSION.yaml.
    matches(files, /[\w.+-]+@[\w-]+(\.[\w-]+)*\.(?!yaml\b)[a-z]{2,}\b/gi, (file) => !isThis(file))
      .filter(
        (found) =>
          !/@([\w-]+\.)*(example\.(com|org|net)|simulator\.amazonses\.com|[\w-]+\.(test|invalid))$/i.test(
            found,
          ),
      )
      .map((found) => `${found}: use a domain that is kept for examples`),
};

export const tidyRules: readonly TidyRule[] = [
  telling,
  kebab,
  unmocked,
  complete,
  ported,
  settled,
  fictional,
  exampleOnly,
];

/** The rules themselves have to spell what they forbid. */
function isThis(file: string): boolean {
  return file.startsWith('test/tidy/');
}

/** Each place where a pattern occurs, as `file:line: text`. */
function matches(files: readonly SourceFile[], pattern: RegExp, among: (file: string) => boolean): string[] {
  return files
    .filter((file) => among(file.path))
    .flatMap((file) =>
      [...file.text.matchAll(pattern)].map((match) => {
        const line = file.text.slice(0, match.index).split('\n').length;
        return `${file.path}:${line}: ${match[0]}`;
      }),
    );
}
