import { host, nextSettings } from '@sax/topology'
import type { NextConfig } from 'next'
import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js'

/** A zone that is asked for the first time in development compiles meanwhile; 30 s, Next's own, end in a bare 500. */
const DEVELOPMENT_PROXY_TIMEOUT_MS = 120_000

/**
 * Holds nothing that differs per stage: one build is promoted through all of them. Other zones are carried by
 * `src/proxy.ts` at run time; `rewrites()` would read their address at build time and match without regard to case.
 */
const config = (phase: string): NextConfig => ({
  ...nextSettings(host),
  // The same sources get the same name; without it, as on a laptop, each build gets one of its own.
  generateBuildId: () => process.env.SAX_BUILD_ID ?? null,
  compress: true,
  images: { unoptimized: true },
  experimental: {
    authInterrupts: true,
    ...(phase === PHASE_DEVELOPMENT_SERVER ? { proxyTimeout: DEVELOPMENT_PROXY_TIMEOUT_MS } : {}),
  },
})

export default config
