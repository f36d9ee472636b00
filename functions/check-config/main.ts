import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';

const { telemetry } = startFunction('check-config', environmentSchemas['check-config']);

export const handler = lambdaEntry(telemetry, createHandler({ telemetry }));
