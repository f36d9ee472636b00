import type { LocalDate } from '#shared/contracts/primitives.ts';
import { textLengthMax } from '#shared/contracts/primitives.ts';
import { isExactMinor } from '#shared/kernel/currency.ts';
import type { Filled, Problem } from './form-controls.ts';
import { readAmount } from './read-amount.ts';
import { readDate } from './read-date.ts';
import type { TextKey, Words } from './words.ts';

/** Reads the fields of a sent form. Whatever cannot be read becomes a problem, and nothing is guessed. */
export interface FormReader {
  readonly problems: readonly Problem[];
  text(name: string): string;
  /** A sentence or more that has to be there. */
  needed(name: string, problem: TextKey): string;
  amount(name: string, digits: number): number | undefined;
  date(name: string): LocalDate | undefined;
  /** One of the values that the form offers. */
  choice<T extends string>(name: string, among: readonly T[]): T | undefined;
  choices<T extends string>(name: string, among: readonly T[]): readonly T[];
  refuse(field: string, text: string): void;
}

export function createFormReader(form: URLSearchParams, words: Words): FormReader {
  const problems: Problem[] = [];
  const refuse = (field: string, text: string): void => void problems.push({ field, text });
  const text = (name: string): string => (form.get(name) ?? '').trim().slice(0, textLengthMax);
  const choices = <T extends string>(name: string, among: readonly T[]): readonly T[] => {
    const sent = form.getAll(name);
    return among.filter((value) => sent.includes(value));
  };
  return {
    problems,
    refuse,
    text,
    choices,
    needed: (name, problem) => {
      const value = text(name);
      if (value === '') refuse(name, words.say(problem));
      return value;
    },
    amount: (name, digits) => {
      const amount = readAmount(text(name), { language: words.language, digits });
      const isUsable = amount !== undefined && amount > 0 && isExactMinor(amount, digits);
      if (!isUsable) refuse(name, words.say('problem.amount', { example: words.money(120, 'USD') }));
      return isUsable ? amount : undefined;
    },
    date: (name) => {
      const date = readDate(text(name));
      if (date === undefined) refuse(name, words.say('problem.date'));
      return date;
    },
    choice: (name, among) => {
      const [chosen] = choices(name, among);
      if (chosen === undefined) refuse(name, words.say('problem.choose'));
      return chosen;
    },
  };
}

/** What a form shows: what was typed, or before anything was typed what is proposed. */
export function filledWith(
  typed: URLSearchParams | undefined,
  proposed: Readonly<Record<string, string | readonly string[]>>,
  problems: readonly Problem[],
): Filled {
  const values = (name: string): readonly string[] => {
    if (typed !== undefined) return typed.getAll(name);
    const value = proposed[name] ?? [];
    return typeof value === 'string' ? [value] : value;
  };
  return {
    values,
    value: (name) => values(name)[0] ?? '',
    problem: (name) => problems.find(({ field }) => field === name)?.text,
  };
}
