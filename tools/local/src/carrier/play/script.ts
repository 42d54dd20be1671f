import { z } from 'zod'
import { behaviourChange } from '../behaviour.ts'

/** E.164 */
const phone = z.string().regex(/^\+[1-9]\d{6,14}$/)

/** So much after the line before; default at once. */
const afterMs = z.int().min(0).max(3_600_000).default(0)

const says = z.strictObject({
  afterMs,
  from: phone,
  /** The practice's number; default: the one this phone heard from last, else the first. */
  to: phone.optional(),
  says: z.string().max(1600).default(''),
  /** Sends a small picture along. */
  picture: z.boolean().default(false),
})

const behaves = z.strictObject({ afterMs, carrier: behaviourChange })

/** Holds until the phone got one more message from a practice than when the wait began. */
const waits = z.strictObject({ afterMs, until: phone, hears: z.string().optional(), withinMs: z.int().max(600_000) })

const line = z.union([says, behaves, waits])

/** One line of a script. */
export type ScriptLine = z.infer<typeof line>

/** Longest script, in lines. */
export const MAX_LINES = 1000

export type ParsedScript =
  | { readonly kind: 'script'; readonly lines: readonly ScriptLine[] }
  /** Lines are counted from 1. */
  | { readonly kind: 'refused'; readonly line: number; readonly why: string }

/** Reads a script: one JSON object a line; empty lines and lines that begin with # say nothing. */
export function parseScript(text: string): ParsedScript {
  const lines: ScriptLine[] = []
  for (const [index, written] of text.split('\n').entries()) {
    if (/^\s*(#|$)/.test(written)) continue
    const parsed = line.safeParse(jsonOf(written))
    if (!parsed.success) return { kind: 'refused', line: index + 1, why: whyOf(written, parsed.error) }
    if (lines.length === MAX_LINES) return { kind: 'refused', line: index + 1, why: `more than ${MAX_LINES} lines` }
    lines.push(parsed.data)
  }
  return { kind: 'script', lines }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function whyOf(written: string, error: z.ZodError): string {
  if (jsonOf(written) === undefined) return 'is no JSON'
  const known = ['from', 'carrier', 'until'].filter((name) => written.includes(`"${name}"`))
  if (known.length === 0) return 'says none of "from", "carrier" and "until"'
  return z.prettifyError(error).split('\n')[0] ?? 'is not understood'
}
