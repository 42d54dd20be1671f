import { bodies, connections } from './connection-cases.ts'
import { chunks, codingForms, codings, trailers, twoLengths } from './length-cases.ts'
import { lineEnds, names, requestLines } from './line-cases.ts'
import type { RawCase } from './raw-case.ts'

export { ambiguousTargets } from './line-cases.ts'
export { MARKER, OUTER, type RawCase } from './raw-case.ts'

/** The smuggling set: what is sent, what the front door owes, what an origin may see. */
export const rawCases: readonly RawCase[] = [
  ...[...twoLengths, ...codings, ...codingForms, ...chunks, ...trailers, ...lineEnds],
  ...[...requestLines, ...names, ...bodies, ...connections],
]
