/** Addresses of one person's pages: one code, three doors. */
export interface PersonalPages {
  /** Opens on what is to be paid. */
  readonly payUrl: string;
  /** Opens on all that can be seen and agreed on. */
  readonly manageUrl: string;
  /** Opens on the question how it went. */
  readonly surveyUrl: string;
}

/** What each door's path begins with. */
export const pagePaths = { payUrl: '/p/', manageUrl: '/a/', surveyUrl: '/s/' } as const;

/** Where a click on "unsubscribe" goes. */
export const unsubscribePath = '/u/';

/** The addresses behind a code. `origin` has no path and no slash at its end. */
export function personalPages(origin: string, code: string): PersonalPages {
  return {
    payUrl: `${origin}${pagePaths.payUrl}${code}`,
    manageUrl: `${origin}${pagePaths.manageUrl}${code}`,
    surveyUrl: `${origin}${pagePaths.surveyUrl}${code}`,
  };
}
