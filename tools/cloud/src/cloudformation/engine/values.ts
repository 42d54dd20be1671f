import { isObject } from './template.ts'

/** A place below a value: names and list positions. */
export type Path = readonly (string | number)[]

export interface Difference {
  readonly path: Path
  readonly before: unknown
  readonly after: unknown
}

/** True when two values are the same to CloudFormation, which takes `"30"` for 30 and `"true"` for true. */
export function isSameValue(a: unknown, b: unknown): boolean {
  return differences(a, b).length === 0
}

/** The innermost places where two values differ. Lists of different length differ as a whole. */
export function differences(before: unknown, after: unknown, path: Path = []): readonly Difference[] {
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((item, i) => differences(item, after[i], [...path, i]))
  }
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return names.flatMap((name) => differences(before[name], after[name], [...path, name]))
  }
  const isSame = isSimple(before) && isSimple(after) ? String(before) === String(after) : isSameEmpty(before, after)
  return isSame ? [] : [{ path, before, after }]
}

function isSimple(value: unknown): boolean {
  return value !== undefined && value !== null && typeof value !== 'object'
}

function isSameEmpty(a: unknown, b: unknown): boolean {
  return a === b || (a === null && b === undefined) || (a === undefined && b === null)
}
