/**
 * Largest configuration that can be published, in bytes of JSON. AWS AppConfig keeps hosted configurations of up to one
 * megabyte in every account (more only where the quota was raised), and each container holds one in memory.
 */
export const configBytesMax = 1_000_000;
