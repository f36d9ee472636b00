import { stringify } from 'yaml';
import type { RiskModel } from '#shared/contracts/risk-model.ts';

/** Longest line of the file, in characters. */
const lineWidth = 110;

/** A risk model as the file config/models/risk.yaml: the same model gives the same bytes. */
export function riskModelFile(model: RiskModel): string {
  const head = [
    '# yaml-language-server: $schema=../schemas/risk-model.schema.json',
    '# Written by `dunwell model train`; docs/risk-model.md tells how, and how good it is. It orders the work of people and',
    '# is never asked who may be contacted.',
  ];
  return `${head.join('\n')}\n${stringify(model, { lineWidth, singleQuote: true })}`;
}
