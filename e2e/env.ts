import { chromium } from '@playwright/test'
import { usualChromium } from '@sax/local/chromium'
import { z } from 'zod'

const schema = z.object({
  /** Chromium to test with. Default: the machine's own, else the one Playwright brings. */
  CHROMIUM_PATH: z
    .string()
    .min(1)
    .default(() => usualChromium() ?? chromium.executablePath()),
  /** File for the JSON report; absent: none is written. */
  PLAYWRIGHT_JSON: z.string().min(1).optional(),
  /** What a command needs of the shell to find its programs. */
  PATH: z.string().default(''),
  HOME: z.string().default(''),
})

export const env = () => schema.parse(process.env)
