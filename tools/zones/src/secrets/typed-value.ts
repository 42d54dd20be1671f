import type { SecretField } from './secret-shapes.ts'

interface Fault {
  readonly pattern: RegExp
  /** Completes "it …". */
  readonly says: string
}

/** What comes along when a value is copied, and what stands where a value should be. The first that fits is said. */
const faults: readonly Fault[] = [
  { pattern: /^$/, says: 'is empty' },
  { pattern: /\s/, says: 'holds white space, which was copied along' },
  { pattern: /["'`]/, says: 'holds a quotation mark, which was copied along' },
  { pattern: /^(export\s)?[A-Z][A-Z0-9_]*=/, says: 'begins with the name of a variable, which was copied along' },
  { pattern: /[^\x21-\x7e]/, says: 'holds something that is no plain letter, digit or sign' },
  {
    pattern: /your[-_.]|[<>]|change[-_]?me|replace[-_]?me|placeholder|secret[-_]?here|example|x{6}|\.{3}|\*{3}/i,
    says: 'is a placeholder, and not the value itself',
  },
]

/** Fewer different letters than this are a pattern, typed by a hand; 32 random hexadecimal digits have about 14. */
const MIN_DIFFERENT_LETTERS = 8

/**
 * What is wrong with a value that somebody typed or piped in, as a clause that completes "it …"; undefined when nothing
 * is. Says nothing of the value, its length included.
 */
export function faultOf(value: string, { looks }: SecretField): string | undefined {
  const fault = faults.find(({ pattern }) => pattern.test(value))
  if (fault !== undefined) return fault.says
  if (!looks.pattern.test(value)) return `does not look right: a right one ${looks.says}`
  return new Set(value).size < MIN_DIFFERENT_LETTERS ? 'repeats a few letters, which anybody could guess' : undefined
}
