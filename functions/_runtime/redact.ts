const phone = /\+[1-9]\d{6,14}/g;
const email = /[\w.%+-]+@[\w-]+(?:\.[\w-]+)+/g;

/**
 * Takes telephone numbers and e-mail addresses out of a log line. Our own lines never name them; a provider's error text,
 * which we log as it came, may.
 */
export function redact(line: string): string {
  return line.replaceAll(phone, '<phone>').replaceAll(email, '<email>');
}
