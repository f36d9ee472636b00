/** Namespace of our metrics in CloudWatch; each has the dimension `service`, the name of the function that counts. */
export const metricNamespace = 'Dunwell';

/** What the guard of experiments counts and an alarm hangs on. */
export const guardMetrics = {
  stopped: 'experiment_stopped',
  sampleRatioBroken: 'sample_ratio_broken',
} as const;
