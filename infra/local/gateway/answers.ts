import type { OutgoingHttpHeaders } from 'node:http';

/** The answer to a call, as it goes back over HTTP. */
export interface GatewayAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer | string;
}

/** The ways in which AWS services speak; each has its own form of an error. */
export type Protocol = 'dynamodb' | 'sqs' | 'secretsmanager' | 'query' | 's3' | 'restJson';

interface ServiceError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** An error in the form in which the service itself would give it, so that SDK clients throw the same class as on AWS. */
export function errorAnswer(protocol: Protocol, { status, code, message }: ServiceError): GatewayAnswer {
  switch (protocol) {
    case 'dynamodb':
    case 'secretsmanager':
      return jsonAnswer(protocol === 'dynamodb' ? '1.0' : '1.1', status, {
        __type: `com.amazon.coral.service#${code}`,
        message,
        Message: message,
      });
    case 'sqs': {
      const answer = jsonAnswer('1.0', status, { __type: `com.amazonaws.sqs#${code}`, message });
      return { ...answer, headers: { ...answer.headers, 'x-amzn-query-error': `${code};Sender` } };
    }
    case 's3':
      return xmlAnswer(status, `<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`);
    case 'restJson':
      return {
        status,
        headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
        body: JSON.stringify({ Message: message }),
      };
    case 'query':
      return xmlAnswer(
        status,
        `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error><RequestId>local</RequestId></ErrorResponse>`,
      );
  }
}

/** AWS's answer to a caller whose policies do not allow what was asked. */
export function accessDenied(
  protocol: Protocol,
  denial: {
    readonly caller: string;
    readonly action: string;
    readonly resource: string;
    readonly explicit: boolean;
  },
): GatewayAnswer {
  const why = denial.explicit
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${denial.action} action`;
  const message = `User: ${denial.caller} is not authorized to perform: ${denial.action} on resource: ${denial.resource} ${why}`;
  const isException = protocol === 'dynamodb' || protocol === 'secretsmanager';
  return errorAnswer(protocol, {
    status: isException ? 400 : 403,
    code: isException ? 'AccessDeniedException' : 'AccessDenied',
    message,
  });
}

export function jsonAnswer(version: '1.0' | '1.1', status: number, body: object): GatewayAnswer {
  return {
    status,
    headers: { 'content-type': `application/x-amz-json-${version}` },
    body: JSON.stringify(body),
  };
}

export function xmlAnswer(status: number, body: string): GatewayAnswer {
  return { status, headers: { 'content-type': 'text/xml' }, body: `<?xml version="1.0"?>\n${body}` };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
