import { InvalidArgumentError, Option } from 'commander';
import { parseLocalDate } from '#shared/kernel/local-date.ts';

/** An option that takes a calendar date, such as `--today <date>`. */
export function dateOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value: string) => {
    if (parseLocalDate(value) === undefined) throw new InvalidArgumentError('Write a date as YYYY-MM-DD.');
    return value;
  });
}
