import { fileURLToPath } from 'node:url';

/** Where the build puts one folder per function, and infra finds them. */
export const assetsDir = fileURLToPath(new URL('../../dist/functions/', import.meta.url));
