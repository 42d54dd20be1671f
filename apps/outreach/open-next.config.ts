import type { OpenNextConfig } from '@opennextjs/aws/types/open-next'
import { streamedFunction } from '@sax/streamed-function'
import { outreach } from '@sax/topology'
import { NOBODYS_TOKEN, USER_CONTEXT_NAME } from '@sax/user-context'

/**
 * The zone's pages as a Lambda function. This file is bundled into it and evaluated again when it starts, so nothing
 * here may depend on where it is built. Pages are made for one person each: there is no cache to keep, and no image to resize.
 */
const config: OpenNextConfig = {
  default: {
    // A function has a whole processor while it starts, and a share of one when somebody waits for its first answer.
    routePreloadingBehavior: 'onStart',
    override: {
      // A file that is not there is answered by a page, to anybody. The token lets nobody in: it has the secret read.
      wrapper: () =>
        streamedFunction({
          atStart: {
            path: `${outreach.basePath}/_next/static/at-the-start`,
            headers: { [USER_CONTEXT_NAME]: NOBODYS_TOKEN },
          },
        }),
      converter: 'aws-apigw-v2',
      incrementalCache: 'dummy',
      tagCache: 'dummy',
      queue: 'dummy',
    },
  },
  dangerous: { disableTagCache: true, disableIncrementalCache: true },
}

export default config
