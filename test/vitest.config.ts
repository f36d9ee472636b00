import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Folders whose files take minutes: begun last they would run alone at the end. */
const longFolders = ['/test/e2e/', '/test/browser/'];

/** The long files first, the others as vitest has them. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) =>
      longFolders.some((folder) => moduleId.includes(folder));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    // Two cores, and some tests start local parts: more workers only make them wait for each other.
    maxWorkers: 2,
    sequence: { sequencer: LongFirst },
    // Generous: nothing here is a statement about speed, and machines are shared.
    testTimeout: 90_000,
    hookTimeout: 60_000,
  },
});
