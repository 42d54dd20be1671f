import { outreach } from '@sax/topology'
import type { NextConfig } from 'next'

const config: NextConfig = {
  basePath: outreach.basePath,
  // Path only: one build serves every stage and both names.
  assetPrefix: outreach.assetPrefix,
  // Without it `?_rsc=` is cut off before the proxy sees it, and a soft navigation is answered 307 to itself.
  skipProxyUrlNormalize: true,
  poweredByHeader: false,
  reactStrictMode: true,
  // Its development lines carry queries, and a query can hold what somebody searched for. Our own line is written either way.
  logging: { incomingRequests: false },
  typescript: { tsconfigPath: 'tsconfig.json' },
  // The laptop's front door is asked as localhost or 127.0.0.1; the hot-reload socket refuses names not listed here.
  allowedDevOrigins: ['localhost', '127.0.0.1'],
}

export default config
