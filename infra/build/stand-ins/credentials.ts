/** What the AWS clients sign with. */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * Takes the place of the SDK's own search for credentials in every bundle. Lambda always gives them in the environment; the
 * other places (files, single sign-on, instance metadata) would be a fifth of each bundle and could only mislead.
 */
export function defaultProvider(): () => Promise<Credentials> {
  return () => Promise.resolve().then(() => credentialsIn(process.env));
}

/** @throws Error that names the variables when they are missing. */
export function credentialsIn(variables: Readonly<Record<string, string | undefined>>): Credentials {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = variables;
  if (AWS_ACCESS_KEY_ID === undefined || AWS_SECRET_ACCESS_KEY === undefined) {
    throw new Error(
      'AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY is not set: this bundle runs as a Lambda only',
    );
  }
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: AWS_SESSION_TOKEN }),
  };
}
