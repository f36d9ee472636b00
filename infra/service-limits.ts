/** Days that a message waits for a worker. Older ones are useless: the person's leased wake-up has come round by then. */
export const queueRetentionDays = 1;
/** Days that an operator has to look at what no worker could do: the longest that SQS keeps anything. */
export const deadLetterRetentionDays = 14;
/** Tries of a message before it goes to the dead-letter queue. */
export const receiveCountMax = 5;
/** AWS's rule: a message must stay hidden for six of its worker's time-outs, or it is handed out while still in work. */
export const visibilityPerTimeout = 6;

/** Longest run of each function, in seconds. A provider's own time-out (8 s) must fit into a sender's. */
export const timeoutSeconds = {
  ingest: 10,
  // The longest that Lambda allows: a million rows in one file.
  'ingest-file': 900,
  plan: 60,
  // Below the minute after which the next tick starts.
  tick: 55,
  'send-sms': 30,
  'send-email': 30,
  'place-call': 30,
  'receive-twilio': 10,
  'receive-ses': 20,
  'receive-mail': 20,
  // Two tries at Stripe, of 6 s each, where a dispute has to be asked about.
  'receive-payment': 20,
  // Opening a checkout: two tries at the payment provider, of 6 s each.
  portal: 20,
  ops: 10,
  work: 10,
  // Counting a million people of each arm is some hundred pages of the table.
  'guard-experiments': 120,
  // AppConfig waits for a validator as long as a synchronous call lasts.
  'check-config': 30,
} as const;

/** Memory of each function, in MB; Lambda gives processor time in proportion. */
export const memoryMb = {
  ingest: 512,
  'ingest-file': 1_024,
  plan: 1_024,
  tick: 512,
  'send-sms': 512,
  'send-email': 512,
  'place-call': 512,
  'receive-twilio': 512,
  'receive-ses': 512,
  'receive-mail': 1_024,
  'receive-payment': 512,
  portal: 1_024,
  ops: 512,
  work: 512,
  'guard-experiments': 512,
  'check-config': 1_024,
} as const;

/** How often experiments are judged, in minutes. */
export const guardEveryMinutes = 15;

/** What of the table's stream `plan` takes at once, and for how long it tries. */
export const planStream = {
  records: 100,
  // A moment's wait lets several changes of one person lead to one decision.
  windowSeconds: 1,
  retriesMax: 10,
  // The stream itself keeps 24 h; what is older than this is looked at by an operator instead.
  recordAgeHoursMax: 6,
  concurrentBatchesPerShard: 4,
} as const;

/** Requests a second that the public door lets through, and the burst above it. */
export const apiThrottle = { ratePerSecond: 2_000, burst: 4_000 } as const;

/** How often the AppConfig extension of a container looks for another configuration, in seconds. */
export const configPollSeconds = 15;
/** Where that extension listens, by AWS's own default. */
export const configExtensionPort = 2_772;
