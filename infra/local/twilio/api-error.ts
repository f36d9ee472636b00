/** An answer of Twilio's REST API that is not a success, in Twilio's own shape. */
export interface ApiError {
  readonly status: number;
  readonly code: number;
  readonly message: string;
}

/** Codes with the texts that Twilio's error dictionary gives them (twilio.com/docs/api/errors). */
const dictionary: Readonly<Record<number, { status: number; text: (value: string) => string }>> = {
  20001: { status: 400, text: (value) => `Invalid parameter: ${value}` },
  20003: { status: 401, text: () => 'Authenticate' },
  20404: { status: 404, text: (value) => `The requested resource ${value} was not found` },
  20429: { status: 429, text: () => 'Too Many Requests' },
  21201: { status: 400, text: () => "No 'To' number is specified" },
  21205: { status: 400, text: (value) => `Url is not a valid URL: ${value}` },
  21211: { status: 400, text: (value) => `Invalid 'To' Phone Number: ${value}` },
  21212: { status: 400, text: (value) => `Invalid 'From' Number: ${value}` },
  21213: { status: 400, text: () => "'From' phone number is required" },
  21214: { status: 400, text: (value) => `'To' phone number cannot be reached: ${value}` },
  21215: { status: 400, text: (value) => `Account not authorized to call ${value}` },
  21216: { status: 400, text: (value) => `Call blocked by Twilio blocklist: ${value}` },
  21220: { status: 400, text: () => 'Call is not in-progress. Cannot redirect.' },
  21408: {
    status: 400,
    text: (value) =>
      `Permission to send an SMS has not been enabled for the region indicated by the 'To' number: ${value}`,
  },
  21602: { status: 400, text: () => 'Message body is required.' },
  21603: { status: 400, text: () => "A 'From' phone number is required." },
  21604: { status: 400, text: () => "A 'To' phone number is required." },
  21609: { status: 400, text: (value) => `The StatusCallback URL ${value} is not a valid URL.` },
  21610: { status: 400, text: () => 'Attempt to send to unsubscribed recipient' },
  21612: {
    status: 400,
    text: (value) =>
      `The 'To' phone number: ${value}, is not currently reachable using the 'From' phone number`,
  },
  21614: { status: 400, text: (value) => `'To' number is not a valid mobile number: ${value}` },
  21617: { status: 400, text: () => 'The concatenated message body exceeds the 1600 character limit' },
};

/** The error with this code; `value` is the part of the request that it speaks of. */
export function apiError(code: number, value = ''): ApiError {
  const entry = dictionary[code] ?? { status: 400, text: () => `Error ${code}: ${value}` };
  return { status: entry.status, code, message: entry.text(value) };
}

/** The JSON body that Twilio sends with an error. */
export function apiErrorBody(error: ApiError): Record<string, unknown> {
  return {
    code: error.code,
    message: error.message,
    more_info: `https://www.twilio.com/docs/errors/${error.code}`,
    status: error.status,
  };
}
