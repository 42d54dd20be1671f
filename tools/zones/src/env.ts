import { usualChromium } from '@sax/local/chromium'
import { chromium } from 'playwright-core'
import { z } from 'zod'

const schema = z.object({
  /** Chromium to look with. Default: the machine's own, else the one Playwright brings. */
  CHROMIUM_PATH: z
    .string()
    .min(1)
    .default(() => usualChromium() ?? chromium.executablePath()),
  /** Set by people who want no colours. @source no-color.org */
  NO_COLOR: z.string().optional(),
})

export interface Env {
  readonly chromiumPath: string
  readonly colour: boolean
}

/** What the shell says about how to run. No variable names a site: that is an argument. */
export function readEnv(): Env {
  const { CHROMIUM_PATH, NO_COLOR } = schema.parse(process.env)
  return { chromiumPath: CHROMIUM_PATH, colour: NO_COLOR === undefined || NO_COLOR === '' }
}
