/** The name in a function's ARN, with or without a qualifier, also where it stands in an integration's URI; else the text itself. */
export function functionNameOf(functionArn: string): string {
  return /:function:([^:/]+)/.exec(functionArn)?.[1] ?? functionArn;
}
