import { z } from 'zod'

const schema = z.object({
  /** Chromium to test with. Default: the one Debian installs. */
  CHROMIUM_PATH: z.string().min(1).default('/usr/bin/chromium'),
  /** File for the JSON report; absent: none is written. */
  PLAYWRIGHT_JSON: z.string().min(1).optional(),
})

export const env = () => schema.parse(process.env)
