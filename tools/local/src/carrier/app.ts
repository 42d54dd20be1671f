import type { Logger } from '@sax/logging'
import { errorFields } from '@sax/logging'
import { Hono } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Carrier } from './carrier.ts'
import { controlApi } from './http/control-api.ts'
import { localOnly } from './http/local-only.ts'
import { pageRoutes } from './http/page-routes.ts'
import { type TwilioApiEnv, twilioApi } from './http/twilio-api.ts'
import type { PhoneBook } from './page/phone-book.ts'

export interface CarrierAppOptions {
  readonly carrier: Carrier
  readonly book: PhoneBook
  readonly logger: Logger
  readonly newRequestSid: () => string
  /** Names that lead here beside this computer's own. Default: none. */
  readonly knownAs?: readonly string[]
  /** Breaks running scripts off. */
  readonly closing: AbortSignal
}

/** Everything that the simulator answers, as one `Request -> Response` application. */
export function createCarrierApp(options: CarrierAppOptions): Hono<TwilioApiEnv> {
  const { carrier, book, logger, newRequestSid, closing, knownAs = [] } = options
  const app = new Hono<TwilioApiEnv>()
  app.use(async (c, next) => {
    await next()
    // The pattern and not the path: paths hold phone numbers.
    const path = matchedRoutes(c).find((route) => !route.path.endsWith('*'))?.path
    logger.debug('request', { method: c.req.method, path, status: c.res.status })
  })
  app.use(localOnly(knownAs))
  app.get('/health', (c) => c.json({ status: 'ok' }))
  app.route('/control', controlApi(carrier, closing))
  app.route('/', twilioApi(carrier, newRequestSid))
  app.route('/', pageRoutes(carrier, book))
  app.onError((error, c) => {
    logger.error('request failed', errorFields(error))
    return c.text('The simulator failed.', 500)
  })
  return app
}
