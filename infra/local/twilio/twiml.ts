import sax from 'sax';

/** One element of a TwiML document, with its direct text. */
export interface TwimlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly TwimlElement[];
  readonly text: string;
}

interface OpenElement {
  name: string;
  attributes: Record<string, string>;
  children: OpenElement[];
  text: string;
}

/**
 * Reads a TwiML document: well-formed XML whose root is <Response>.
 *
 * @throws with Twilio's error 12100 (document parse failure) in the message.
 */
export function parseTwiml(xml: string): readonly TwimlElement[] {
  const parser = sax.parser(true, { trim: false });
  const root: OpenElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const current = (): OpenElement => open.at(-1) ?? root;
  parser.onerror = (error) => {
    throw new Error(`12100 document parse failure: ${error.message.replaceAll('\n', ' ')}`);
  };
  parser.onopentag = (tag) => {
    const attributes = Object.fromEntries(
      Object.entries(tag.attributes).map(([name, value]) => [name, String(value)]),
    );
    const element: OpenElement = { name: tag.name, attributes, children: [], text: '' };
    current().children.push(element);
    open.push(element);
  };
  parser.onclosetag = () => open.pop();
  parser.ontext = (text) => (current().text += text);
  parser.oncdata = (text) => (current().text += text);
  parser.write(xml.trim()).close();
  const response = root.children[0];
  if (response?.name !== 'Response')
    throw new Error('12100 document parse failure: the root must be <Response>');
  return response.children;
}
