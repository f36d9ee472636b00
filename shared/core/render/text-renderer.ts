import type { TemplateContext } from '#shared/contracts/template.ts';
import type { AnyValues } from './liquid-expression.ts';
import { parseLiquid, type LiquidNode } from './parse-liquid.ts';

/** What becomes of a value that is put into the text: `html` escapes it, so that a name can never become markup. */
export type Escaping = 'html' | 'none';
export type RenderText = (values: AnyValues) => string;

/**
 * A part of a template, ready to be rendered many times. It is parsed when it is first needed: a container that sends one
 * template does not pay for the others. Throws on a source with problems; files are checked when they are read.
 */
export function textRenderer(source: string, context: TemplateContext, escaping: Escaping): RenderText {
  const escape = escaping === 'html' ? escapeHtml : asItIs;
  let nodes: readonly LiquidNode[] | undefined;
  return (values) => {
    nodes ??= nodesOf(source, context);
    return write(nodes, values, escape);
  };
}

function nodesOf(source: string, context: TemplateContext): readonly LiquidNode[] {
  const { nodes, problems } = parseLiquid(source, context);
  const [first] = problems;
  if (first !== undefined)
    throw new Error(`a text that was not checked: line ${String(first.line)}: ${first.problem}`);
  return nodes;
}

function write(nodes: readonly LiquidNode[], values: AnyValues, escape: (text: string) => string): string {
  let text = '';
  for (const node of nodes) {
    if (typeof node === 'string') text += node;
    else if (typeof node === 'function') text += escape(node(values));
    else text += write(node.find(({ test }) => test(values))?.body ?? [], values, escape);
  }
  return text;
}

const htmlMarks: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (mark) => htmlMarks[mark] ?? mark);
}

function asItIs(text: string): string {
  return text;
}
