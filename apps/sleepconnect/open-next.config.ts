import type { OpenNextConfig } from '@opennextjs/aws/types/open-next'
import { isReleaseEvent } from '@sax/release/is-release-event'
import { streamedFunction } from '@sax/streamed-function'

/** Beside the pages, and only loaded for what they do not answer: a page that is asked for first does not wait for it. */
const besidePages = () => import('./src/server/function.ts')

/**
 * The host as a Lambda function. This file is bundled into it and evaluated again when it starts, so nothing here may
 * depend on where it is built. Pages are made for one person each: there is no cache to keep, and no image to resize.
 */
const config: OpenNextConfig = {
  default: {
    // A function has a whole processor while it starts, and a share of one when somebody waits for its first answer.
    routePreloadingBehavior: 'onStart',
    override: {
      wrapper: () =>
        streamedFunction({
          answerEvent: async (event) =>
            isReleaseEvent(event) ? (await besidePages()).answerReleaseEvent(event) : { kind: 'request' },
          // With a session that no secret opens: so the secrets are read, and the sign-in SDK is made.
          atStart: { path: '/signed-out', headers: { cookie: '__session=nobodys' } },
        }),
      converter: 'aws-apigw-v2',
      proxyExternalRequest: () => ({
        name: 'zone-proxy',
        proxy: async (event) => (await besidePages()).carryInFunction(event),
      }),
      incrementalCache: 'dummy',
      tagCache: 'dummy',
      queue: 'dummy',
    },
  },
  dangerous: { disableTagCache: true, disableIncrementalCache: true },
}

export default config
