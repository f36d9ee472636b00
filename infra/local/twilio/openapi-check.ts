import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import * as z from 'zod';

/** The operations of Twilio's API that the emulator plays. */
export type OperationId =
  'CreateMessage' | 'FetchMessage' | 'ListMessage' | 'CreateCall' | 'FetchCall' | 'ListCall' | 'UpdateCall';

/** Parameters by name; a name that was given several times keeps all of its values. */
export type RequestParameters = Readonly<Record<string, string | readonly string[]>>;

const JsonSchemaSchema = z.record(z.string(), z.unknown());
const ParameterSchema = z.looseObject({
  name: z.string(),
  in: z.string(),
  required: z.boolean().optional(),
  schema: JsonSchemaSchema,
});
const OperationSchema = z.looseObject({
  operationId: z.string(),
  parameters: z.array(ParameterSchema).optional(),
  requestBody: z
    .looseObject({ content: z.record(z.string(), z.looseObject({ schema: JsonSchemaSchema })) })
    .optional(),
});
const DocumentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.looseObject({ schemas: z.record(z.string(), JsonSchemaSchema) }),
});

const formType = 'application/x-www-form-urlencoded';

/**
 * Checks requests against Twilio's official OpenAPI document. Stricter than Twilio in one way on purpose: a parameter
 * that the document does not know is an error, so that a misspelt one is found here and not in production.
 */
export interface OpenapiCheck {
  /** What is wrong with the parameters of this operation, naming the first bad one; undefined when nothing is. */
  request(operation: OperationId, parameters: RequestParameters): string | undefined;
  /** What is wrong with a resource that the emulator itself is about to send. */
  resource(name: 'message' | 'call', value: unknown): string | undefined;
}

/** Reads the document from the npm package `@twilio-alpha/mcp` and compiles a validator for each operation. */
export function loadOpenapiCheck(): OpenapiCheck {
  const document = readDocument();
  const ajv = new Ajv({ strict: false, coerceTypes: 'array', validateFormats: true, formats });
  const schemas = telephonySchemas(document.components.schemas);
  const requests = new Map<string, ValidateFunction>();
  for (const operation of operationsOf(document)) {
    requests.set(
      operation.operationId,
      ajv.compile({ ...requestSchema(operation), components: { schemas } }),
    );
  }
  const resources = new Ajv({ strict: false, formats: { ...formats, 'uri-map': true, currency: true } });
  const resourceOf = (name: string): ValidateFunction =>
    resources.compile({ $ref: `#/components/schemas/api.v2010.account.${name}`, components: { schemas } });
  const resourceChecks = { message: resourceOf('message'), call: resourceOf('call') };
  return {
    request(operation, parameters) {
      const validate = requests.get(operation);
      if (validate === undefined) return `${operation} is not an operation of the document`;
      return validate(structuredClone(parameters)) ? undefined : firstError(validate);
    },
    resource: (name, value) => (resourceChecks[name](value) ? undefined : firstError(resourceChecks[name])),
  };
}

/** Numbers and addresses are judged by the emulator itself, with Twilio's own error codes; only forms are judged here. */
const formats = {
  'phone-number': true,
  endpoint: true,
  'http-method': true,
  twiml: true,
  'date-time-rfc-2822': (text: string) => /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} \+0000$/.test(text),
  'date-time': (text: string) => /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?$/.test(text),
  uri: (text: string) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''),
  int64: true,
} as const;

function readDocument(): z.infer<typeof DocumentSchema> {
  const path = createRequire(import.meta.url).resolve(
    '@twilio-alpha/mcp/twilio-oai/spec/json/twilio_api_v2010.json',
  );
  return DocumentSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

function telephonySchemas(
  all: z.infer<typeof DocumentSchema>['components']['schemas'],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(all).filter(([name]) =>
      /^(message_enum|call_enum|api\.v2010\.account\.(message|call)$)/.test(name),
    ),
  );
}

function operationsOf(document: z.infer<typeof DocumentSchema>): z.infer<typeof OperationSchema>[] {
  const paths = ['Messages.json', 'Messages/{Sid}.json', 'Calls.json', 'Calls/{Sid}.json'];
  return paths.flatMap((path) => {
    const item = document.paths[`/2010-04-01/Accounts/{AccountSid}/${path}`] ?? {};
    return ['get', 'post']
      .filter((method) => method in item)
      .map((method) => OperationSchema.parse(item[method]));
  });
}

function requestSchema(operation: z.infer<typeof OperationSchema>): Record<string, unknown> {
  const body = operation.requestBody?.content[formType]?.schema;
  if (body !== undefined) return { ...body, additionalProperties: false };
  const query = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
  return {
    type: 'object',
    properties: Object.fromEntries(query.map((parameter) => [parameter.name, parameter.schema])),
    additionalProperties: false,
  };
}

function firstError(validate: ValidateFunction): string {
  const error = validate.errors?.[0];
  if (error === undefined) return 'invalid';
  const unknown: unknown = error.params['additionalProperty'];
  if (typeof unknown === 'string') return `${unknown} is not a parameter of this operation`;
  return `${error.instancePath.slice(1) || 'the request'} ${error.message ?? 'is invalid'}`;
}
