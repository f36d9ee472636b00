import { join } from 'node:path';
import { LocaleSchema } from '#shared/contracts/primitives.ts';
import {
  EmailTemplateSchema,
  SmsTemplateSchema,
  TemplateSchema,
  TemplateWordsSchema,
  VoiceTemplateSchema,
  type Template,
  type TemplateWords,
} from '#shared/contracts/template.ts';
import { describeIssue } from '../describe-issue.ts';
import { fieldName, readYaml } from '../yaml-with-lines.ts';
import { compileMjml, contentMark } from './compile-mjml.ts';
import type { ConfigError } from './config-error.ts';
import { splitFrontMatter, type FrontMatter } from './front-matter.ts';
import { plainEmailHtml } from './plain-email.ts';
import { promptsName } from './read-calls.ts';
import { listFolder, notRead, readText, readYamlFile, refused } from './read-files.ts';

/** A part of a template as it stands in the file, for the checks of its text. */
export interface SourcePart {
  readonly part: string;
  readonly source: string;
  /** File line on which line 1 of the source stands. */
  readonly firstLine: number;
}

export interface ReadTemplate {
  readonly file: string;
  readonly template: Template;
  readonly parts: readonly SourcePart[];
}

export interface ReadTemplates {
  readonly templates: readonly ReadTemplate[];
  readonly words: ReadonlyMap<string, TemplateWords>;
  readonly errors: readonly ConfigError[];
}

/** Head of a `.sms.liquid` file. */
export const SmsHeadSchema = SmsTemplateSchema.pick({ context: true, elements: true });
/** Head of a `.email.mjml` file. */
export const EmailHeadSchema = EmailTemplateSchema.pick({
  context: true,
  elements: true,
  subject: true,
  text: true,
});
/** Head of a `.email.liquid` file, whose text is the e-mail. */
export const PlainEmailHeadSchema = EmailHeadSchema.omit({ text: true });
/** What a `.voice.yaml` file contains. */
export const VoiceFileSchema = VoiceTemplateSchema.omit({ name: true, locale: true, channel: true });

/** Reads templates/<locale>/<name>.{sms.liquid,email.mjml,email.liquid,voice.yaml} and each locale's words.yaml. */
export async function readTemplates(dir: string): Promise<ReadTemplates> {
  const names = await listFolder(dir);
  if (names === null)
    return { templates: [], words: new Map(), ...refused(dir, 'is missing', 'add the folder') };
  const layout = await readLayout(join(dir, layoutName));
  const locales = await Promise.all(
    names
      .filter((name) => name !== layoutName)
      .map((locale) => readLocale(join(dir, locale), locale, layout.text)),
  );
  return {
    templates: locales.flatMap((one) => one.templates),
    words: new Map(locales.flatMap(({ locale, words }) => words.map((list) => [locale, list]))),
    errors: [...layout.errors, ...locales.flatMap((one) => one.errors)],
  };
}

interface ReadLocale {
  readonly locale: string;
  readonly templates: readonly ReadTemplate[];
  readonly words: readonly TemplateWords[];
  readonly errors: readonly ConfigError[];
}

async function readLocale(folder: string, locale: string, layout: string): Promise<ReadLocale> {
  const names = LocaleSchema.safeParse(locale).success ? await listFolder(folder) : null;
  if (names === null) return { locale, templates: [], words: [], errors: notRead(folder).errors };
  const texts = await Promise.all(
    names
      .filter((name) => name !== wordsName && name !== promptsName)
      .map((name) => readTemplate({ file: join(folder, name), name, locale, layout })),
  );
  const words = await readYamlFile(join(folder, wordsName), TemplateWordsSchema);
  return {
    locale,
    templates: texts.flatMap((text) => text.found),
    words: words.found.map(({ value }) => value),
    errors: [...writtenTwice(folder, names), ...texts.flatMap((text) => text.errors), ...words.errors],
  };
}

/** An e-mail is written as text or as MJML: of two files nobody could tell which one is sent. */
function writtenTwice(folder: string, names: readonly string[]): readonly ConfigError[] {
  return names.flatMap((name) => {
    if (!name.endsWith(plainSuffix)) return [];
    const other = `${name.slice(0, -plainSuffix.length)}.email.mjml`;
    if (!names.includes(other)) return [];
    return refused(join(folder, name), `is the same e-mail as ${other}`, `remove ${name} or ${other}`).errors;
  });
}

const plainSuffix = '.email.liquid';
const wordsName = 'words.yaml';
const layoutName = 'layout.mjml';

async function readLayout(file: string): Promise<{ text: string; errors: readonly ConfigError[] }> {
  const bare = `<mjml><mj-body><mj-section><mj-column>\n${contentMark}\n</mj-column></mj-section></mj-body></mjml>`;
  const text = await readText(file).catch(() => bare);
  if (text.includes(contentMark)) return { text, errors: [] };
  const { errors } = refused(file, `has no line ${contentMark}`, 'add it where the text of an e-mail goes');
  return { text: bare, errors };
}

interface TemplateFile {
  readonly file: string;
  readonly name: string;
  readonly locale: string;
  readonly layout: string;
}
interface Read {
  readonly found: readonly ReadTemplate[];
  readonly errors: readonly ConfigError[];
}

async function readTemplate(from: TemplateFile): Promise<Read> {
  const { file, name } = from;
  let text: string;
  try {
    text = await readText(file);
  } catch {
    return { ...refused(file, 'cannot be read as UTF-8 text', 'save it as UTF-8'), found: [] };
  }
  const reader = readers.find(({ suffix }) => name.endsWith(suffix));
  if (reader === undefined) return { ...notRead(file), found: [] };
  return reader.read(text, from, name.slice(0, -reader.suffix.length));
}

type Reader = (text: string, from: TemplateFile, name: string) => Read | Promise<Read>;
const readers: readonly { suffix: string; read: Reader }[] = [
  { suffix: '.sms.liquid', read: readSms },
  { suffix: '.email.mjml', read: readEmail },
  { suffix: plainSuffix, read: readPlainEmail },
  { suffix: '.voice.yaml', read: readVoice },
];

function readSms(text: string, { file, locale }: TemplateFile, name: string): Read {
  const split = splitFrontMatter(text);
  if (split === null) return noHead(file);
  const head = readYaml(split.head, SmsHeadSchema, split.headLine);
  if (!head.ok) return failed(file, head.problems);
  const part = bodyPart('body', split);
  return checked(file, { channel: 'sms', name, locale, ...head.value, body: part.source }, [part]);
}

/** Both parts of the e-mail come from its text, so that what is checked of the text is checked of both. */
function readPlainEmail(text: string, { file, locale }: TemplateFile, name: string): Read {
  const split = splitFrontMatter(text);
  if (split === null) return noHead(file);
  const head = readYaml(split.head, PlainEmailHeadSchema, split.headLine);
  if (!head.ok) return failed(file, head.problems);
  const part = bodyPart('text', split);
  const html = plainEmailHtml(part.source, locale);
  const template = { channel: 'email', name, locale, ...head.value, text: part.source, html } as const;
  const subject = headParts(['subject'], head.value, (of) => partLine(text, head.lineOf([of])));
  return checked(file, template, [...subject, part]);
}

/** The part of a template that is the file's text below its head. */
function bodyPart(part: string, { body, bodyLine }: FrontMatter): SourcePart {
  const source = body.trim();
  const blankLines = body.slice(0, body.indexOf(source)).split('\n').length - 1;
  return { part, source, firstLine: bodyLine + blankLines };
}

async function readEmail(text: string, { file, locale, layout }: TemplateFile, name: string): Promise<Read> {
  const split = splitFrontMatter(text);
  if (split === null) return noHead(file);
  const head = readYaml(split.head, EmailHeadSchema, split.headLine);
  if (!head.ok) return failed(file, head.problems);
  const compiled = await compileMjml(split.body, layout, locale);
  const errors = compiled.problems.map(({ line, problem, fix }) => ({
    line: split.bodyLine + Math.max(0, line - 1),
    field: 'html',
    problem,
    fix,
  }));
  if (errors.length > 0) return failed(file, errors);
  const parts = [
    ...headParts(['subject', 'text'], head.value, (part) => partLine(text, head.lineOf([part]))),
    { part: 'html', source: split.body, firstLine: split.bodyLine },
  ];
  return checked(file, { channel: 'email', name, locale, ...head.value, html: compiled.html }, parts);
}

function readVoice(text: string, { file, locale }: TemplateFile, name: string): Read {
  const read = readYaml(text, VoiceFileSchema);
  if (!read.ok) return failed(file, read.problems);
  const parts = headParts(['greeting', 'message', 'goodbye', 'machine'], read.value, (part) =>
    partLine(text, read.lineOf([part])),
  );
  return checked(file, { channel: 'call', name, locale, ...read.value }, parts);
}

/** A block scalar begins on the line below its key. */
function partLine(text: string, keyLine: number): number {
  const line = text.split('\n')[keyLine - 1] ?? '';
  return /[|>][+-]?\d?\s*$/u.test(line) ? keyLine + 1 : keyLine;
}

function headParts<P extends string>(
  parts: readonly P[],
  values: Readonly<Record<P, string>>,
  lineOf: (part: P) => number,
): SourcePart[] {
  return parts.map((part) => ({ part, source: values[part], firstLine: lineOf(part) }));
}

function checked(file: string, template: Template, parts: readonly SourcePart[]): Read {
  const valid = TemplateSchema.safeParse(template, { reportInput: true });
  if (valid.success) return { found: [{ file, template, parts }], errors: [] };
  const problems = valid.error.issues.flatMap((issue) => describeIssue(issue, TemplateSchema));
  return failed(
    file,
    problems.map(({ path, problem, fix }) => ({ line: 1, field: fieldName(path), problem, fix })),
  );
}

function failed(file: string, problems: readonly Omit<ConfigError, 'file'>[]): Read {
  return { found: [], errors: problems.map((problem) => ({ file, ...problem })) };
}

function noHead(file: string): Read {
  const fix = 'begin with a line ---, then `elements: […]`, then a line ---, then the text';
  return { ...refused(file, 'has no head between two --- lines', fix), found: [] };
}
