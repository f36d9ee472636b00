/** Between a section's kind and its name in the SDK's settings. */
export const CONFIG_PREFIX_SEPARATOR = '.';

/** Takes the place of reading `~/.aws`, which no Lambda has: each client would look for the files at its first call. */
export function loadSharedConfigFiles(): Promise<{ configFile: object; credentialsFile: object }> {
  return Promise.resolve({ configFile: {}, credentialsFile: {} });
}
