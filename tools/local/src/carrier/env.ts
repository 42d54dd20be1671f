import { z } from 'zod'

const environment = z.object({
  STAGE: z.enum(['local', 'rehearsal']),
  RELEASE: z.string().min(1),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']),
  PORT: z.coerce.number().int().min(1).max(65_535),
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC[0-9a-f]{32}$/),
  TWILIO_AUTH_TOKEN: z.string().min(32),
  /** Where messages of patients go. Status callbacks go where each message says. */
  INBOUND_URL: z.url({ protocol: /^http$/ }),
  /** What each number sends in a second. */
  SEGMENTS_PER_SEC: z.coerce.number().positive().max(1000).default(10),
})

export type CarrierEnvironment = z.infer<typeof environment>

/** The simulator's settings. @throws ZodError naming the variables that are missing or wrong. */
export function readEnvironment(): CarrierEnvironment {
  return environment.parse(process.env)
}
