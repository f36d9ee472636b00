import { fieldName, type FileProblem } from '../yaml-with-lines.ts';

/** One reason why a configuration is refused. `file` begins with the folder as it was given. */
export interface ConfigError extends FileProblem {
  readonly file: string;
}

/** Something that was read from a file, and where its fields stand in it. */
export interface Sourced<T> {
  readonly file: string;
  readonly value: T;
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

/** An error at a field of something that was read. */
export function errorAt(
  source: Omit<Sourced<unknown>, 'value'>,
  field: readonly PropertyKey[],
  words: Pick<ConfigError, 'problem' | 'fix'>,
): ConfigError {
  return { file: source.file, line: source.lineOf(field), field: fieldName(field), ...words };
}

/** `file:line: field problem; fix`: the form that editors and terminals turn into a link. */
export function configErrorText({ file, line, field, problem, fix }: ConfigError): string {
  return `${file}:${line}: ${field === '' ? '' : `${field} `}${problem}; ${fix}`;
}
