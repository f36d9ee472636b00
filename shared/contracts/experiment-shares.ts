/** What the people who get no automated contact are counted as; no arm may be called so. */
export const holdOutArm = 'hold-out';

/** All shares together, in percent. */
export const sharesSum = 100;
