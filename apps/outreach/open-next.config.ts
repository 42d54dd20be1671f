import type { OpenNextConfig } from '@opennextjs/aws/types/open-next'
import { streamedFunction } from '@sax/streamed-function'
import { outreach } from '@sax/topology'
import { NOBODYS_TOKEN, USER_CONTEXT_NAME } from '@sax/user-context'
import { AT_THE_START } from './src/server/entry/at-the-start.ts'
import { releaseIn } from './src/server/release-in.ts'

/**
 * The zone's pages as a Lambda function. This file is bundled into it and evaluated again when it starts, so nothing
 * here may depend on where it is built. Pages are made for one person each: there is no cache to keep, and no image to resize.
 */
const config: OpenNextConfig = {
  default: {
    // A function has a whole processor while it starts, and a share of one when somebody waits for its first answer.
    routePreloadingBehavior: 'onStart',
    override: {
      // The token lets nobody in: it has the secret read.
      wrapper: () =>
        streamedFunction({
          atStart: {
            path: AT_THE_START,
            headers: { [USER_CONTEXT_NAME]: NOBODYS_TOKEN },
          },
          firstPage: { path: outreach.basePath, build: ownRelease },
        }),
      converter: 'aws-apigw-v2',
      incrementalCache: 'dummy',
      tagCache: 'dummy',
      queue: 'dummy',
    },
  },
  dangerous: { disableTagCache: true, disableIncrementalCache: true },
}

/** The build is named after the release. */
function ownRelease(): string {
  const { LAMBDA_TASK_ROOT = '.' } = process.env
  return releaseIn(LAMBDA_TASK_ROOT)
}

export default config
