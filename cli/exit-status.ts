/** How every command of `dunwell` ends. Rows that are refused do not make an import fail. */
export const exitStatus = {
  done: 0,
  /** The run broke off: a table that does not answer, a disk that is full. What was done stays; run it again. */
  broken: 1,
  /** The file or the way of calling is refused; nothing was done. */
  refused: 2,
} as const;
export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];
