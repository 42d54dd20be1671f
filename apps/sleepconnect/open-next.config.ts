import type { OpenNextConfig } from '@opennextjs/aws/types/open-next'
import { streamedFunction } from '@sax/streamed-function'
import { answerReleaseEvent, carryInFunction } from './src/server/function.ts'

/**
 * The host as a Lambda function. This file is bundled into it and evaluated again when it starts, so nothing here may
 * depend on where it is built. Pages are made for one person each: there is no cache to keep, and no image to resize.
 */
const config: OpenNextConfig = {
  default: {
    override: {
      wrapper: () => streamedFunction(answerReleaseEvent),
      converter: 'aws-apigw-v2',
      proxyExternalRequest: () => ({ name: 'zone-proxy', proxy: carryInFunction }),
      incrementalCache: 'dummy',
      tagCache: 'dummy',
      queue: 'dummy',
    },
  },
  dangerous: { disableTagCache: true, disableIncrementalCache: true },
}

export default config
