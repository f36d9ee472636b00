import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { builtFunctions } from '#infra/build/built-functions.ts';
import { memoryMb, timeoutSeconds } from '#infra/service-limits.ts';

describe('the functions that are built', () => {
  const names = builtFunctions.map(({ name }) => name);

  it('are those that have an environment, limits and a folder', () => {
    expect([...names].sort()).toEqual(Object.keys(environmentSchemas).sort());
    expect(Object.keys(timeoutSeconds).sort()).toEqual([...names].sort());
    expect(Object.keys(memoryMb).sort()).toEqual([...names].sort());
    for (const name of names) {
      expect(existsSync(new URL(`../../../functions/${name}/main.ts`, import.meta.url)), name).toBe(true);
    }
  });
});
