import type { AnyValues } from '#shared/core/render/liquid-expression.ts';
import type { LiquidBranch, LiquidNode } from '#shared/core/render/parse-liquid.ts';

/**
 * Branches of a text that none of the given values lead to, by where they stand in the source. What stands in them is
 * never said, or the values do not show all that may be said.
 */
export function untakenBranches(
  nodes: readonly LiquidNode[],
  values: readonly AnyValues[],
): readonly { readonly at: number }[] {
  return nodes.flatMap((node) => (isChoice(node) ? untakenIn(node, values) : []));
}

function isChoice(node: LiquidNode): node is readonly LiquidBranch[] {
  return Array.isArray(node);
}

function untakenIn(
  branches: readonly LiquidBranch[],
  values: readonly AnyValues[],
): readonly { readonly at: number }[] {
  let left = values;
  return branches.flatMap((branch) => {
    const taking = left.filter((one) => branch.test(one));
    left = left.filter((one) => !branch.test(one));
    return taking.length === 0 ? [branch] : untakenBranches(branch.body, taking);
  });
}
