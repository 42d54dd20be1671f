import { nextSettings, outreach } from '@sax/topology'
import type { NextConfig } from 'next'

const config: NextConfig = {
  ...nextSettings(outreach),
  // The same sources get the same name; without it, as on a laptop, each build gets one of its own.
  generateBuildId: () => process.env.SAX_BUILD_ID ?? null,
  typescript: { tsconfigPath: 'tsconfig.json' },
  // The laptop's front door is asked as localhost or 127.0.0.1; the hot-reload socket refuses names not listed here.
  allowedDevOrigins: ['localhost', '127.0.0.1'],
}

export default config
