import { listLengthMax, type PermitRequest } from '#shared/contracts/permission.ts';
import * as words from '#shared/contracts/permission-words.ts';
import { parseIsoInstant } from '#shared/kernel/iso-instant.ts';
import { parseLocalDate } from '#shared/kernel/local-date.ts';

/**
 * Whether a value surely is a request of the usual kind. It is a quick copy of PermitRequestSchema for the command that
 * judges millions of lines: what it accepts the schema accepts too, unchanged (a test compares them), and whatever it
 * does not know well, personal windows among it, it leaves to the schema, which also words the errors.
 */
export function isPlainRequest(value: unknown): value is PermitRequest {
  return isRequest(value);
}

type Test = (value: unknown) => boolean;

const isBoolean: Test = (value) => typeof value === 'boolean';
const isInteger: Test = (value) => Number.isSafeInteger(value);
const isString: Test = (value) => typeof value === 'string';
const isText: Test = (value) => typeof value === 'string' && value.length > 0 && value.length <= 512;
const isInstant: Test = (value) => typeof value === 'string' && parseIsoInstant(value) !== undefined;
const isDate: Test = (value) => typeof value === 'string' && parseLocalDate(value) !== undefined;
const isEmptyList: Test = (value) => Array.isArray(value) && value.length === 0;
const isPlace: Test = (value) => typeof value === 'string' && /^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/.test(value);
const isPostalCode: Test = (value) => typeof value === 'string' && value.length <= 16;

function oneOf(known: readonly string[]): Test {
  const set: ReadonlySet<unknown> = new Set(known);
  return (value) => set.has(value);
}

function listOf(test: Test, lengthMin = 0): Test {
  return (value) => {
    return (
      Array.isArray(value) && value.length >= lengthMin && value.length <= listLengthMax && value.every(test)
    );
  };
}

/** An object with all the required fields and no others than those and the optional ones. */
function fields(
  required: Readonly<Record<string, Test>>,
  optional: Readonly<Record<string, Test>> = {},
): Test {
  const tests = new Map(Object.entries({ ...required, ...optional }));
  const names = Object.keys(required);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    let missing = names.length;
    for (const name in value) {
      if (tests.get(name)?.(Reflect.get(value, name)) !== true) return false;
      if (name in required) missing -= 1;
    }
    return missing === 0;
  };
}

const isChannel = oneOf(words.contactChannels);

const isConsent = fields(
  { channel: isChannel, level: oneOf(words.consentLevels), at: isInstant },
  { number: isText, outsideHours: isBoolean },
);

const isEvent = fields(
  {
    at: isInstant,
    channel: isChannel,
    direction: oneOf(['outbound', 'inbound']),
    outcome: oneOf(words.contactOutcomes),
  },
  { debts: listOf(isText), value: isText, by: isText, role: isText, consented: isBoolean },
);

const isDebtor = fields(
  { id: isText },
  {
    zones: listOf(fields({ zone: isText, evidence: oneOf(words.zoneEvidences) })),
    consents: listOf(isConsent),
    personalWindows: isEmptyList,
  },
);

const isRequest = fields(
  { at: isInstant, channel: isChannel, debtor: isDebtor },
  {
    id: isString,
    purpose: oneOf(words.contactPurposes),
    packs: listOf(isText, 1),
    jurisdiction: fields(
      {},
      { institution: isPlace, residence: isPlace, postalCode: isPostalCode, numberArea: isPlace },
    ),
    party: oneOf(words.parties),
    automation: oneOf(words.automations),
    debt: fields({ id: isText }, { daysPastDue: isInteger, product: isText }),
    destination: fields({ kind: oneOf(words.destinationKinds) }, { value: isText }),
    history: listOf(isEvent),
    holds: listOf(
      fields({ kind: isText, from: isDate }, { scope: oneOf(['debt', 'debtor']), until: isDate }),
    ),
    facts: listOf(fields({ kind: isText, at: isInstant })),
    content: fields({ elements: listOf(oneOf(words.contentElements)) }),
  },
);
