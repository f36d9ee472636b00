import { ConfigBundleSchema, type ConfigBundle } from '#shared/contracts/config-bundle.ts';
import { configBytesMax } from '#shared/contracts/config-size.ts';
import type { Template } from '#shared/contracts/template.ts';
import { compileRules } from '#shared/core/decision/compile-rules.ts';
import { compileReplies } from '#shared/core/replies/compile-replies.ts';
import { contentHash } from '#shared/core/identity/content-hash.ts';
import { parseLiquid } from '#shared/core/render/parse-liquid.ts';
import { parseJson } from '#shared/kernel/parse-json.ts';

/** One reason why a bundle must not be applied. */
export interface BundleProblem {
  /** Path of the field in the bundle, such as `strategies.0.version`; `bundle` for the whole. */
  readonly field: string;
  readonly problem: string;
  readonly fix: string;
}

export type BundleReading =
  | { readonly kind: 'right'; readonly bundle: ConfigBundle }
  | { readonly kind: 'wrong'; readonly problems: readonly BundleProblem[] };

const rebuild = 'make it with `dunwell config publish`, which reads and checks config/';

/**
 * Judges the text of a configuration bundle by everything that the functions rely on: its size, its contract, that it
 * compiles, and that its version is the hash of its content. A bundle that fails any of it is never put in force.
 */
export function readBundle(text: string): BundleReading {
  const bytes = Buffer.byteLength(text);
  if (bytes > configBytesMax) {
    const problem = `has ${String(bytes)} bytes, more than ${String(configBytesMax)}`;
    return wrong([{ field: 'bundle', problem, fix: 'shorten texts, or take out what no strategy uses' }]);
  }
  const parsed = ConfigBundleSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({
      field: path.join('.') || 'bundle',
      problem: message,
      fix: rebuild,
    }));
    return wrong(problems);
  }
  const problems = [
    ...versionProblems(parsed.data),
    ...compileProblems(parsed.data),
    ...parsed.data.templates.flatMap(textProblems),
  ];
  return problems.length > 0 ? wrong(problems) : { kind: 'right', bundle: parsed.data };
}

function versionProblems({ version, ...content }: ConfigBundle): BundleProblem[] {
  const hash = contentHash(content);
  if (version === hash) return [];
  const problem = `is ${version}, but the content has the hash ${hash}: it was changed after it was made`;
  return [{ field: 'version', problem, fix: rebuild }];
}

function compileProblems(bundle: ConfigBundle): BundleProblem[] {
  try {
    compileRules(bundle);
    compileReplies(bundle.replies);
    return [];
  } catch (error) {
    const problem = `does not compile: ${error instanceof Error ? error.message : String(error)}`;
    return [{ field: 'bundle', problem, fix: 'correct what it names in config/ and publish again' }];
  }
}

/** Parts of a template that are texts; a container parses each only when it first sends it, which would be too late. */
const textParts = new Set(['body', 'subject', 'text', 'html', 'greeting', 'message', 'goodbye', 'machine']);

function textProblems(template: Template): BundleProblem[] {
  return Object.entries(template).flatMap(([part, source]) =>
    textParts.has(part) && typeof source === 'string'
      ? parseLiquid(source, template.context).problems.map(({ line, problem, fix }) => ({
          field: `templates ${template.locale}/${template.name} ${part}, line ${String(line)}`,
          problem,
          fix,
        }))
      : [],
  );
}

function wrong(problems: readonly BundleProblem[]): BundleReading {
  return { kind: 'wrong', problems };
}
