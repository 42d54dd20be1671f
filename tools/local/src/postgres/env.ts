const KEPT = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'windir'] as const

/** What a PostgreSQL program gets of our environment: where things are, none of our secrets, and one language. */
export function systemEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC' }
  for (const name of KEPT) if (process.env[name] !== undefined) env[name] = process.env[name]
  return env
}
