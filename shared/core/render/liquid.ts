import { Liquid } from 'liquidjs';
import type { TemplateValues } from './template-values.ts';

/** What becomes of a value that is put into the text: `html` escapes it, so that a name can never become markup. */
export type Escaping = 'html' | 'none';
export type RenderText = (values: TemplateValues) => string;

/** The only tags of a template: a text may choose its words, it cannot compute, loop or include. */
export const permittedTags = ['if', 'unless', 'case'] as const;
/** The only filters of a template. `raw` is left out on purpose: it would undo the escaping. */
export const permittedFilters = ['default', 'upcase', 'downcase', 'capitalize', 'strip', 'truncate'] as const;

/** Longest source of one part of a template, in characters. */
const sourceLengthMax = 100_000;
/** Work that liquid may do to render one part, in its own unit (about one a character made). */
const memoryUnitsMax = 200_000;

const engines = { html: createEngine('html'), none: createEngine('none') };

function createEngine(escaping: Escaping): Liquid {
  const engine = new Liquid({
    strictFilters: true,
    strictVariables: true,
    ownPropertyOnly: true,
    parseLimit: sourceLengthMax,
    memoryLimit: memoryUnitsMax,
    ...(escaping === 'html' && { outputEscape: 'escape' }),
  });
  const tags = new Set<string>(permittedTags);
  for (const name of Object.keys(engine.tags)) if (!tags.has(name)) Reflect.deleteProperty(engine.tags, name);
  const filters = new Set<string>(permittedFilters);
  for (const name of Object.keys(engine.filters)) if (!filters.has(name)) engine.unregisterFilter(name);
  return engine;
}

/** The engine that texts are rendered with; exported for the check of template files. */
export function liquidEngine(escaping: Escaping): Liquid {
  return engines[escaping];
}

/**
 * A part of a template, ready to be rendered many times. It is parsed when it is first needed: a container that sends one
 * template does not pay for the others. Throws on a source that `checkLiquid` refuses; files are checked when they are read.
 */
export function textRenderer(source: string, escaping: Escaping): RenderText {
  const engine = engines[escaping];
  let parsed: ReturnType<Liquid['parse']> | undefined;
  return (values) => {
    parsed ??= engine.parse(source);
    const text: unknown = engine.renderSync(parsed, values);
    return String(text);
  };
}
