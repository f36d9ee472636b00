/**
 * Takes the place of the two thousand names of letters that postal-mime knows, for turning HTML into text: we do that
 * ourselves (functions/_adapters/mime/html-text.ts), and it needs them only where a mail has both kinds side by side.
 */
export const htmlEntities: Readonly<Record<string, string>> = {
  '&amp': '&',
  '&lt': '<',
  '&gt': '>',
  '&quot': '"',
  '&nbsp': ' ',
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&nbsp;': ' ',
};
