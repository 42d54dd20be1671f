import { nextSettings, outreach } from '@sax/topology'
import type { NextConfig } from 'next'

/** What the browser runs in the place of React, in production: docs/decisions/0048. The server draws with React itself. */
const preact = {
  react: { browser: 'preact/compat', default: 'react' },
  'react-dom': { browser: 'preact/compat', default: 'react-dom' },
  'react-dom/client': { browser: './src/browser/react-dom-client.ts', default: 'react-dom/client' },
  'react/jsx-runtime': { browser: 'preact/compat/jsx-runtime', default: 'react/jsx-runtime' },
}

const config: NextConfig = {
  ...nextSettings(outreach),
  // The same sources get the same name; without it, as on a laptop, each build gets one of its own.
  generateBuildId: () => process.env.SAX_BUILD_ID ?? null,
  typescript: { tsconfigPath: 'tsconfig.json' },
  // The laptop's front door is asked as localhost or 127.0.0.1; the hot-reload socket refuses names not listed here.
  allowedDevOrigins: ['localhost', '127.0.0.1'],
  // A function reads one file sooner than hundreds, and packages by themselves would look for builds of React that it lacks.
  bundlePagesRouterDependencies: true,
  // A pointer that goes over a list would ask the server once a row; the code of a page may come ahead.
  experimental: { proxyPrefetch: 'strict' },
  turbopack: { resolveAlias: process.env.NODE_ENV === 'production' ? preact : {} },
}

export default config
