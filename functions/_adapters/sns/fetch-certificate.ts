import { get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';

const timeoutMs = 5_000;
/** A certificate has about 2,000 characters. */
const lengthMax = 20_000;

/**
 * Fetches a PEM certificate. Redirects are not followed: the address was judged, not where it leads.
 *
 * @throws when it does not come whole in time.
 */
export function fetchCertificate(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const get = url.startsWith('https:') ? httpsGet : httpGet;
    const fail = (why: string): void =>
      reject(
        new Error(`The SNS certificate could not be fetched from ${url}: ${why}. Try the delivery again.`),
      );
    const request = get(url, { timeout: timeoutMs }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > lengthMax) request.destroy(new Error('it is too long'));
      });
      response.on('end', () =>
        response.statusCode === 200 ? resolve(text) : fail(`status ${String(response.statusCode)}`),
      );
      response.on('error', (error) => fail(error.message));
    });
    request.on('timeout', () => request.destroy(new Error('time-out')));
    request.on('error', (error) => fail(error.message));
  });
}
