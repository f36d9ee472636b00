import { get, type IncomingMessage } from 'node:http';

/** Longest that the extension may take. It answers from its memory, or asks AppConfig first, for which it takes 3 s at most. */
const timeoutMs = 4_000;
/** Largest answer that is read, in bytes: twice what can be published. */
const answerBytesMax = 2_000_000;

/** What is published for this container now. */
export type PublishedAnswer =
  /** `label` names the published version; the same label means the same text. */
  | { readonly kind: 'published'; readonly label: string; readonly text: string }
  /** Still what the caller knows by its label. */
  | { readonly kind: 'unchanged' }
  /** Nothing was ever published here. */
  | { readonly kind: 'none' };

/** Asks for the published configuration; `knownLabel` spares reading again what the caller has. */
export type AskPublished = (knownLabel: string | undefined) => Promise<PublishedAnswer>;

/** The AppConfig extension did not say what is published: it may be anything, so nothing must be assumed. */
export class ConfigUnreachableError extends Error {
  override readonly name = 'ConfigUnreachableError';
}

export interface ExtensionPlace {
  readonly port: number;
  /** `/applications/…/environments/…/configurations/…` */
  readonly path: string;
}

/**
 * Asks the AppConfig extension beside this function (AppConfig User Guide, "AWS AppConfig Agent Lambda extension"). Each
 * time over a connection of its own: a kept one would break unseen while the container sleeps.
 *
 * @throws ConfigUnreachableError when there is no whole answer in time, or one that says neither what is published nor that
 * nothing is.
 */
export function publishedConfig({ port, path }: ExtensionPlace): AskPublished {
  return (knownLabel) =>
    new Promise((resolve, reject) => {
      const fail = (why: string): void =>
        reject(new ConfigUnreachableError(`http://localhost:${String(port)}${path}: ${why}`));
      const request = get({ host: 'localhost', port, path, agent: false }, (response) => {
        response.on('error', (error) => fail(error.message));
        readAnswer(response, knownLabel, resolve, fail);
      });
      const timer = setTimeout(() => {
        fail(`no whole answer in ${String(timeoutMs)} ms`);
        request.destroy();
      }, timeoutMs);
      request.on('error', (error) => fail(error.message));
      request.on('close', () => clearTimeout(timer));
    });
}

function readAnswer(
  response: IncomingMessage,
  knownLabel: string | undefined,
  answer: (published: PublishedAnswer) => void,
  fail: (why: string) => void,
): void {
  const { statusCode } = response;
  const label = String(response.headers['configuration-version'] ?? '');
  if (statusCode === 200 && label !== '' && label === knownLabel) {
    answer({ kind: 'unchanged' });
    response.destroy();
    return;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > answerBytesMax) response.destroy(new Error(`more than ${String(answerBytesMax)} bytes`));
  });
  response.on('end', () => {
    const text = Buffer.concat(chunks).toString('utf8');
    if (statusCode === 200) answer({ kind: 'published', label, text });
    // The extension's ResourceNotFoundException: there has been no deployment.
    else if (statusCode === 404) answer({ kind: 'none' });
    else fail(`status ${String(statusCode)} ${text.slice(0, 200)}`);
  });
}
