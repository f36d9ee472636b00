import { createFakeWakeQueue } from '#test/fakes/fake-wake-queue.ts';
import { wakeQueueSuite } from '#test/suites/wake-queue.suite.ts';

wakeQueueSuite('the fake wake queue', () =>
  Promise.resolve({
    createQueue: () => {
      const queue = createFakeWakeQueue();
      return Promise.resolve({
        queue,
        taken: (wakeFor) => queue.sent.filter((wake) => wake.message.wakeFor === wakeFor),
        refuse: (refuses) => queue.refuse(refuses),
      });
    },
    stop: () => Promise.resolve(),
  }),
);
