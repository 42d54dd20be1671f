import type { NextConfig } from 'next'

/**
 * Holds nothing that differs per stage: one build is promoted through all of them. Other zones are carried by
 * `src/proxy.ts` at run time; `rewrites()` would read their address at build time and match without regard to case.
 */
const config: NextConfig = {
  poweredByHeader: false,
  compress: true,
  reactStrictMode: true,
  // An RSC request whose hash is empty would otherwise be redirected to itself.
  skipProxyUrlNormalize: true,
  images: { unoptimized: true },
  // The development server would print queries, and searches hold names.
  logging: { incomingRequests: false },
  experimental: { authInterrupts: true },
}

export default config
