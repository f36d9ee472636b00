import { createFakeExperimentCounts } from '#test/fakes/fake-experiment-counts.ts';
import { experimentCountsSuite } from '#test/suites/experiment-counts.suite.ts';

experimentCountsSuite('the fake counts of experiments', () =>
  Promise.resolve({
    create: () => Promise.resolve(createFakeExperimentCounts()),
    stop: () => Promise.resolve(),
  }),
);
