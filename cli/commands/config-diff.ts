export const configDiffCommand = (_a: unknown, _b: unknown) => Promise.resolve(0 as const);
