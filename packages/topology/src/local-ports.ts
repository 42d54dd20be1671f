/** TCP ports on a laptop, loopback only. Each can be overridden by the environment variable named in `tools/local`. */
export const localPorts = {
  edgeHost: 8080,
  edgeOutreach: 8081,
  hostPages: 3000,
  outreachPages: 3001,
  outreachApiRoutes: 3002,
  api: 4000,
  outreachWorker: 4001,
  identityProvider: 4010,
  carrierSimulator: 4020,
  postgres: 54_329,
} as const

export type LocalPart = keyof typeof localPorts
