import { usualChromium } from '@sax/local/chromium'
import { z } from 'zod'

const schema = z.object({
  /** Chromium to look with. Default: the machine's own, else the one Playwright brings. */
  CHROMIUM_PATH: z.string().min(1).optional(),
  /** Set by people who want no colours. @source no-color.org */
  NO_COLOR: z.string().optional(),
})

export interface Env {
  /** Undefined: the machine has none of its own. */
  readonly chromiumPath: string | undefined
  readonly colour: boolean
}

/** What the shell says about how to run. No variable names a site: that is an argument. */
export function readEnv(): Env {
  const { CHROMIUM_PATH, NO_COLOR } = schema.parse(process.env)
  return { chromiumPath: CHROMIUM_PATH ?? usualChromium(), colour: NO_COLOR === undefined || NO_COLOR === '' }
}
