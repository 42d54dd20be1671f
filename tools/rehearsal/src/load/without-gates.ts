/** A rehearsal is what one of the gates asks for; the others say nothing about the time that something takes. */
export const WITHOUT_GATES: readonly string[] = [
  ...['check', 'test', 'infra-check', 'rehearsal'].flatMap((gate) => ['--without-gate', gate]),
  ...['--because', 'a rehearsal'],
]
